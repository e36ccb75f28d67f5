from clinic.lib.privacy import classify

# The index holds only what is published; what people search for is not kept anywhere.
CLASSIFICATION = {
    "Entry": classify(
        public=(
            "kind",
            "subject",
            "language",
            "title",
            "summary",
            "body",
            "path",
            "folded",
            "names",
            "spelling",
            "words",
        )
    ),
    "Synonyms": classify(public=("words",)),
}
