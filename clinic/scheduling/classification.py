from clinic.lib.privacy import classify

# Whom somebody visits, and for what, tells about their health.
CLASSIFICATION = {
    "Appointment": classify(
        public=("revision", "source", "language"),
        personal=(
            "reference",
            "patient",
            "location",
            "starts_at",
            "ends_at",
            "status",
            "contact_name",
            "contact_phone",
            "contact_email",
            "created_at",
            "approve_by",
            "confirmed_at",
            "arrived_at",
            "called_at",
            "began_at",
            "finished_at",
            "token",
            "token_day",
        ),
        clinical=("practitioner", "service", "note", "cancel_reason", "overbooked"),
    ),
    "BookingRequest": classify(public=("created_at",), personal=("sender", "digest", "appointment"), secret=("key",)),
    "Deed": classify(
        public=("group", "actor", "kind", "revision", "done_at"), personal=("appointment",), clinical=("before",)
    ),
    "Hold": classify(
        public=("practitioner", "service", "location", "starts_at", "expires_at"),
        personal=("holder",),
        secret=("reference",),
    ),
    "Lateness": classify(public=("practitioner", "location", "day", "minutes", "told_at")),
    "Reservation": classify(public=("resource", "seat", "during", "reason", "hold"), personal=("appointment", "note")),
    "WaitingScreen": classify(public=("location", "opened_at"), secret=("key",)),
}
