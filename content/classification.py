from clinic.lib.privacy import classify

# Who uploaded a file is for the back office; everything else is there to be published.
CLASSIFICATION = {
    "ClinicDocument": classify(
        public=("reference", "title", "file", "created_at", "file_size", "file_hash", "collection", "tags"),
        personal=("uploaded_by_user",),
    ),
    "ClinicImage": classify(
        public=(
            "title",
            "alt_en",
            "alt_ar",
            "description",
            "file",
            "file_size",
            "file_hash",
            "width",
            "height",
            "focal_point_x",
            "focal_point_y",
            "focal_point_width",
            "focal_point_height",
            "created_at",
            "collection",
            "tags",
        ),
        personal=("uploaded_by_user",),
    ),
    "ClinicRendition": classify(public=("image", "file", "filter_spec", "focal_point_key", "width", "height")),
    "StandardPage": classify(public=("introduction", "body", "og_image", "noindex")),
}
