from clinic.lib.privacy import classify

CLASSIFICATION = {
    "Patient": classify(
        public=("origin", "is_synthetic"),
        personal=(
            "reference",
            "name_en",
            "name_ar",
            "birth_date",
            "gender",
            "phone",
            "email",
            "language",
            "search_text",
            "search_sounds",
            "created_at",
        ),
    ),
}
