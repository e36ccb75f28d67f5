from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from clinic.booking.views import widget
from config import health, media
from content.passwords import open_page
from home import views as home
from home import wellknown
from home.sitemaps import SITEMAPS

handler404 = home.show_not_found
handler500 = home.show_fault

urlpatterns = [
    path("", home.choose_language),
    path("robots.txt", wellknown.robots),
    path(".well-known/security.txt", wellknown.security),
    path("manifest.webmanifest", wellknown.manifest, name="manifest"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("widget.js", widget.script),
    path("health/live/", health.live),
    path("health/ready/", health.ready),
    path("media/<path:path>", media.serve_media),
    path("api/", include("home.website_data.urls")),
    path("waiting/", include("clinic.desk.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include("content.documents")),
]
urlpatterns += i18n_patterns(
    path("", include("clinic.booking.urls")),
    path("search/", include("content.search.urls")),
    # These two before Wagtail's own of the same address and name.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        open_page,
        name="wagtailcore_authenticate_with_password",
    ),
    re_path(wagtail_urls.serve_pattern, home.serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)
