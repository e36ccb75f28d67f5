from wagtail import hooks

from clinic.messaging.viewsets import MessagesGroup


@hooks.register("register_admin_viewset")
def register_messages() -> MessagesGroup:
    return MessagesGroup()
