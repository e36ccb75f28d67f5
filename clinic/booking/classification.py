from clinic.lib.privacy import classify

CLASSIFICATION = {
    "BookingWidget": classify(public=("site",)),
    "ContactCode": classify(
        public=("channel", "attempts", "created_at", "expires_at", "proven_at"),
        personal=("contact",),
        secret=("reference", "key"),
    ),
    "WidgetHost": classify(public=("widget", "origin")),
}
