from clinic.lib.privacy import classify

SEO = ("og_image", "noindex")

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
    "StandardPage": classify(public=("introduction", "body", *SEO)),
    "NewsIndexPage": classify(public=("introduction", *SEO)),
    "ArticlePage": classify(public=("date", "summary", "author_name", "picture", "body", *SEO)),
    "HealthIndexPage": classify(public=("introduction", *SEO)),
    "HealthTopicPage": classify(
        public=(
            "summary",
            "specialty",
            "reviewer",
            "reviewed_on",
            "next_review",
            "body",
            "sources",
            "related",
            *SEO,
        ),
    ),
    "ServicesIndexPage": classify(public=("introduction", "body", *SEO)),
    "ServicePage": classify(public=("service", "language", "introduction", "body", *SEO)),
    "DoctorsIndexPage": classify(public=("introduction", "body", *SEO)),
    "DoctorPage": classify(public=("practitioner", "language", "introduction", "body", *SEO)),
    "LocationsIndexPage": classify(public=("introduction", "body", *SEO)),
    "LocationPage": classify(public=("location", "map_image", "language", "introduction", "body", *SEO)),
    "FaqPage": classify(public=("introduction", "body", *SEO)),
    "ContactPage": classify(public=("introduction", "body", "form", *SEO)),
    "LegalPage": classify(public=("introduction", "effective_on", "body", *SEO)),
    # Where enquiries are mailed to is the clinic's own affair, and may be somebody's address.
    "FormPage": classify(
        public=("introduction", "consent_text", "privacy_page", "thank_you_text", *SEO), personal=("to_address",)
    ),
    "FormField": classify(
        public=(
            "page",
            "sort_order",
            "clean_name",
            "label",
            "field_type",
            "required",
            "choices",
            "default_value",
            "help_text",
        ),
    ),
    # People write about their health however often a form asks them not to.
    "Enquiry": classify(
        public=("page", "submit_time", "language", "consent_text"), personal=("reference",), clinical=("form_data",)
    ),
}
