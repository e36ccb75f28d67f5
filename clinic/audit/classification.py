from clinic.lib.privacy import classify

CLASSIFICATION = {
    # A subject is an opaque reference, yet beside the other tables it leads to a person.
    "AuditEvent": classify(
        public=("occurred_at", "verb", "subject_type"),
        personal=("actor", "actor_name", "subject", "detail"),
    ),
}
