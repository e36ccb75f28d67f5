from clinic.lib.privacy import classify

# What Wagtail adds to each snippet that is drafted, timed, locked and translated.
EDITORIAL = (
    "live",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
    "live_revision",
    "latest_revision",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_at",
    "locale",
    "translation_key",
)

CLASSIFICATION = {
    "Announcement": classify(public=("message", "level", "link", *EDITORIAL), personal=("locked_by",)),
    "Footer": classify(public=("name", "text", "columns", *EDITORIAL), personal=("locked_by",)),
    "HomePage": classify(public=("hero", "sections", "og_image", "noindex")),
    "Menu": classify(public=("name", "items", *EDITORIAL), personal=("locked_by",)),
    "Partner": classify(public=("name", "logo", "url", "sort_order", *EDITORIAL), personal=("locked_by",)),
    "PublisherApproval": classify(),
    "SiteIdentity": classify(
        public=(
            "site",
            "name_en",
            "name_ar",
            "tagline_en",
            "tagline_ar",
            "description_en",
            "description_ar",
            "sharing_image",
            "email",
            "emergency_number",
            "whatsapp",
            "facebook",
            "instagram",
            "youtube",
        )
    ),
    "SiteNavigation": classify(public=("site", "header", "footer")),
}
