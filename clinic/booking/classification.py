from clinic.lib.privacy import classify

CLASSIFICATION = {
    "BookingWidget": classify(public=("site",)),
    "WidgetHost": classify(public=("widget", "origin")),
}
