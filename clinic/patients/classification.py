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
            "merged_into",
        ),
    ),
    "Merge": classify(public=("done_by",), personal=("reference", "kept", "merged", "taken", "done_at", "undone_at")),
    "MovedRow": classify(personal=("merge", "follower", "row")),
    "Distinction": classify(personal=("first", "second", "made_at")),
}
