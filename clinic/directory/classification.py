from clinic.lib.privacy import classify

# The directory is what the clinic publishes about itself; only who signs in as whom is not.
CLASSIFICATION = {
    "Closure": classify(public=("location", "name_en", "name_ar", "first_day", "last_day")),
    "Device": classify(public=("device_kind", "location")),
    "ExtraHours": classify(public=("practitioner", "location", "day", "starts", "ends")),
    "HijriSetting": classify(public=("is_shown", "shift")),
    "HoursTemplate": classify(
        public=("location", "name_en", "name_ar", "first_day", "last_day", "keeps_days", "for_doors")
    ),
    "Location": classify(
        public=(
            "slug",
            "name_en",
            "name_ar",
            "city_en",
            "city_ar",
            "address_en",
            "address_ar",
            "phone",
            "email",
            "time_zone",
            "latitude",
            "longitude",
            "is_active",
            "keeps_to_hours",
            "sort_order",
        )
    ),
    "MaintenanceRecord": classify(
        public=("resource", "task", "done_on", "note", "cost", "interval_months", "next_due"), personal=("done_by",)
    ),
    "OpeningHours": classify(public=("location", "weekday", "starts", "ends")),
    "Practitioner": classify(
        public=(
            "slug",
            "title_en",
            "title_ar",
            "biography_en",
            "biography_ar",
            "gender",
            "languages",
            "portrait",
            "specialties",
            "services",
            "sort_order",
        ),
        personal=("user",),
    ),
    "ReminderRule": classify(public=("service", "hours_before", "channel")),
    "Resource": classify(public=("kind", "seats", "is_active", "name_en", "name_ar")),
    "Room": classify(public=("room_kind", "location")),
    "Service": classify(
        public=(
            "slug",
            "specialty",
            "name_en",
            "name_ar",
            "summary_en",
            "summary_ar",
            "preparation_en",
            "preparation_ar",
            "duration",
            "buffer_before",
            "buffer_after",
            "step",
            "notice",
            "horizon_days",
            "cancel_cutoff",
            "needs_approval",
            "approval_hours",
            "code_by",
            "room_kind",
            "device_kind",
            "is_public",
            "sort_order",
        )
    ),
    "Specialty": classify(public=("slug", "name_en", "name_ar", "summary_en", "summary_ar", "icon", "sort_order")),
    "TemplateHours": classify(public=("template", "weekday", "starts", "ends")),
    "TemplateUse": classify(public=("template", "practitioner", "location", "first_day", "last_day")),
    "WorkingHours": classify(
        public=("practitioner", "location", "weekday", "starts", "ends", "valid_from", "valid_until")
    ),
}
