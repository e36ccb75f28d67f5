from clinic.lib.privacy import classify

CLASSIFICATION = {
    "Message": classify(
        public=(
            "kind",
            "subject_type",
            "rule",
            "channel",
            "revision",
            "language",
            "status",
            "due_at",
            "attempts",
            "claimed_until",
            "sent_at",
            "news",
            "created_at",
        ),
        # A mail server's refusal repeats the address.
        personal=("reference", "subject", "recipient", "provider_id", "last_error"),
    ),
}
