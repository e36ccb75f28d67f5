from clinic.lib.privacy import classify

# Whom somebody visits, and for what, tells about their health.
CLASSIFICATION = {
    "Absence": classify(
        public=("kind", "resource", "location", "closure", "during", "time_zone", "created_at", "withdrawn_at"),
        personal=("reference", "note"),
    ),
    "AffectedVisit": classify(public=("absence",), personal=("appointment", "decision", "decided_at")),
    "Appointment": classify(
        public=("revision", "source", "language", "proven"),
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
            "ending",
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
    "CalendarFeed": classify(public=("shows_names", "opened_at"), personal=("user",), secret=("reference",)),
    "Deed": classify(
        public=("group", "actor", "kind", "revision", "done_at"), personal=("appointment",), clinical=("before",)
    ),
    "Hold": classify(
        public=("practitioner", "service", "location", "starts_at", "expires_at", "is_extended"),
        personal=("holder",),
        secret=("reference",),
    ),
    "Lateness": classify(public=("practitioner", "location", "day", "minutes", "told_at")),
    "Reservation": classify(
        public=("resource", "seat", "during", "reason", "hold", "absence"), personal=("appointment", "note")
    ),
    "WaitingScreen": classify(public=("location", "opened_at"), secret=("key",)),
    "WaitlistEntry": classify(
        public=("source", "language", "unanswered"),
        personal=(
            "reference",
            "location",
            "patient",
            "first_day",
            "last_day",
            "weekdays",
            "earliest",
            "latest",
            "contact_name",
            "contact_phone",
            "contact_email",
            "status",
            "created_at",
            "ended_at",
        ),
        clinical=("service", "practitioner"),
        secret=("key",),
    ),
    "WaitlistOffer": classify(
        personal=(
            "reference",
            "entry",
            "location",
            "starts_at",
            "status",
            "made_at",
            "expires_at",
            "answered_at",
            "appointment",
        ),
        clinical=("practitioner",),
    ),
}
