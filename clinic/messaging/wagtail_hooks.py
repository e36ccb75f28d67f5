from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from clinic.messaging.viewsets import MessagesGroup


@hooks.register("register_admin_viewset")
def register_messages() -> MessagesGroup:
    return MessagesGroup()


@hooks.register("insert_global_admin_css")
def add_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/messaging.css"))
