from typing import Any

from django.contrib.auth.models import Permission
from wagtail import hooks

from content.pagecache.screen import add_screen, list_screen

hooks.register("register_admin_urls", add_screen)
hooks.register("register_reports_menu_item", list_screen)


@hooks.register("register_permissions")
def offer_the_permission() -> Any:
    return Permission.objects.filter(content_type__app_label="pagecache", codename="manage_page_cache")
