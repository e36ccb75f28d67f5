from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content.translation.reports import TranslationReport
from content.translation.views.beside import beside
from content.translation.views.catalogues import export_many, import_many, po
from content.translation.views.starting import changes, confirm, start, start_page, start_snippet
from content.translation.viewsets import translated_pages

URLS = [
    path("", TranslationReport.as_view(), name="report"),
    path("results/", TranslationReport.as_view(results_only=True), name="report_results"),
    path("export/", export_many, name="export_many"),
    path("import/", import_many, name="import_many"),
    path("<str:label>/<str:pk>/start/", start, name="start"),
    path("<str:label>/<str:pk>/changes/", changes, name="changes"),
    path("<str:label>/<str:pk>/confirm/", confirm, name="confirm"),
    path("<str:label>/<str:pk>/beside/", beside, name="beside"),
    path("<str:label>/<str:pk>/po/", po, name="po"),
]


@hooks.register("register_admin_urls")
def register_translation_urls() -> list[URLPattern | URLResolver]:
    return [path("translation/", include((URLS, "translation"), namespace="translation"))]


@hooks.register("register_admin_urls", order=-1)  # before wagtail-localize's
def register_instead_of_the_stock_form() -> list[URLPattern]:
    """Its form translates subtrees, which damages the tree (https://github.com/wagtail/wagtail-localize/issues/773)."""
    return [
        path("localize/submit/page/<int:pk>/", start_page),
        path("localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", start_snippet),
    ]


@hooks.register("register_admin_viewset", order=100)  # after Wagtail's own, whose place it takes
def register_translated_pages() -> PageViewSet:
    return translated_pages


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}))


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    return ReportMenuItem(
        _("Translation status"),
        reverse("translation:report"),
        name="translation-status",
        icon_name="globe",
        order=1050,
    )


@hooks.register("construct_reports_menu")
def leave_out_the_stock_report(request: HttpRequest, menu_items: list[Any]) -> None:
    """wagtail-localize's report knows synchronised translations only, of which this site has none."""
    menu_items[:] = [item for item in menu_items if "localize/reports" not in str(getattr(item, "url", ""))]


@hooks.register("insert_global_admin_css")
def link_translation_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/translation.css"))


@hooks.register("before_serve_page")
def lead_to_the_published_translation(
    page: Page, request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponseRedirect | None:
    """The page has a translation after all, at an address of its own."""
    published_at = getattr(request, "published_at", "")
    return HttpResponseRedirect(published_at) if published_at else None
