"""What administrators edit: places, people, services, rooms, devices and closures, in both languages."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Select
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from clinic.audit.views import RecordingCreateView, RecordingDeleteView, RecordingEditView, RecordingReorderView
from clinic.directory.forms import LocationForm, PractitionerForm, ServiceForm
from clinic.directory.models import Closure, Device, Location, MaintenanceRecord, Practitioner, Room, Service, Specialty
from clinic.directory.panels import both, coded, extra_hours, names, reminders, weekly_hours
from clinic.directory.views import (
    ClosureCreateView,
    ClosureEditView,
    LocationEditView,
    MaintenanceCreateView,
    PractitionerEditView,
    ServiceCreateView,
)


class DirectoryIndexView(generic.IndexView):
    """A list that reads the rows it names together with its own: as many queries for three rows as for one."""

    def get_base_queryset(self) -> QuerySet[Any]:
        shown = {column for column in self.list_display if isinstance(column, str)}
        keys = [field.name for field in self.model._meta.get_fields() if field.many_to_one and field.name in shown]
        rows: QuerySet[Any] = super().get_base_queryset()
        return rows.select_related(*keys) if keys else rows


class PlaceIndexView(DirectoryIndexView):
    """Each row leads to its calendar."""

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        address = reverse("desk_places:week", args=[instance.pk])
        return [MenuItem(_("Calendar"), url=address, icon_name="calendar", priority=5), *buttons]


class DayColumn(Column):
    """A day, by both calendars where the clinic asks for it."""

    cell_template_name = "directory/day_cell.html"


class DirectoryViewSet(ModelViewSet):
    """A list that records each change, without copies and without an entry in Wagtail's reference index."""

    index_view_class = DirectoryIndexView
    pk_path_converter = "int"  # also where the key is that of a parent, which Wagtail takes for any text
    add_view_class = RecordingCreateView
    edit_view_class = RecordingEditView
    delete_view_class = RecordingDeleteView
    reorder_view_class = RecordingReorderView
    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50
    search_backend_name = None
    search_fields = ["name_en", "name_ar"]


def both_names() -> list[Any]:
    return [
        "name_en",
        Column("name_ar", label=_("Name in Arabic"), accessor="name_ar", classname="iyada-arabic"),
    ]


class LocationViewSet(DirectoryViewSet):
    model = Location
    icon = "site"
    edit_view_class = LocationEditView
    list_display = [
        *both_names(),
        Column("city", label=_("City"), accessor="city"),
        "time_zone",
        BooleanColumn("is_active", label=_("Open to patients")),
    ]
    list_filter = ["is_active"]
    search_fields = ["name_en", "name_ar", "city_en", "city_ar"]
    sort_order_field = "sort_order"
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    names("name", "city", "address", heading=_("Name and address")),
                    FieldRowPanel([coded("phone"), coded("email")]),
                    FieldRowPanel([coded("slug"), coded("time_zone")]),
                    FieldPanel("clock_is_meant"),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                    FieldPanel("is_active"),
                ],
                heading=_("Place"),
            ),
            ObjectList(
                [
                    weekly_hours(
                        "opening_hours", label=_("opening hours"), heading=_("Opening hours"), at_location=False
                    ),
                    FieldPanel("keeps_to_hours"),
                ],
                heading=_("Opening hours"),
            ),
        ],
        base_form_class=LocationForm,
    )


class SpecialtyViewSet(DirectoryViewSet):
    model = Specialty
    icon = "tag"
    list_display = [*both_names(), "slug"]
    sort_order_field = "sort_order"
    edit_handler = ObjectList([both("name"), both("summary"), FieldRowPanel([coded("slug"), coded("icon")])])


class PractitionerViewSet(DirectoryViewSet):
    model = Practitioner
    icon = "user"
    edit_view_class = PractitionerEditView
    list_display = [
        *both_names(),
        Column("title", label=pgettext_lazy("of a person", "Title"), accessor="title"),
        BooleanColumn("is_active", label=_("Can be booked")),
    ]
    list_filter = ["is_active", "specialties", "gender"]
    search_fields = ["name_en", "name_ar", "title_en", "title_ar"]
    sort_order_field = "sort_order"
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    names("name", "title", heading=_("Name and title")),
                    both("biography", long=True),
                    FieldPanel("portrait"),
                    FieldRowPanel([FieldPanel("gender", widget=Select), FieldPanel("seats"), coded("slug")]),
                    FieldRowPanel([FieldPanel("user"), FieldPanel("is_active")]),
                ],
                heading=_("Person"),
            ),
            ObjectList(
                [FieldPanel("specialties"), FieldPanel("services"), FieldPanel("languages")],
                heading=_("Services and languages"),
            ),
            ObjectList(
                [
                    weekly_hours(
                        "working_hours", label=_("working hours"), heading=_("Weekly hours"), at_location=True
                    ),
                    extra_hours(),
                ],
                heading=_("Hours"),
            ),
        ],
        base_form_class=PractitionerForm,
    )


class ServiceViewSet(DirectoryViewSet):
    model = Service
    icon = "clipboard-list"
    add_view_class = ServiceCreateView
    list_display = [*both_names(), "specialty", "duration", BooleanColumn("is_public", label=_("On the site"))]
    list_filter = ["specialty", "is_public"]
    sort_order_field = "sort_order"
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    names("name", "summary", heading=_("Name and summary")),
                    both("preparation", long=True),
                    FieldRowPanel([FieldPanel("specialty"), coded("slug")]),
                    FieldPanel("is_public"),
                ],
                heading=_("Description"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("duration"), FieldPanel("step")]),
                            FieldRowPanel([FieldPanel("buffer_before"), FieldPanel("buffer_after")]),
                        ],
                        heading=_("Length in minutes"),
                    ),
                    FieldRowPanel([FieldPanel("notice"), FieldPanel("horizon_days"), FieldPanel("cancel_cutoff")]),
                    FieldRowPanel([FieldPanel("room_kind"), FieldPanel("device_kind")]),
                    FieldRowPanel([FieldPanel("needs_approval"), FieldPanel("approval_hours")]),
                    FieldPanel("code_by", widget=Select),
                ],
                heading=_("Booking rules"),
            ),
            ObjectList([reminders()], heading=_("Reminders")),
        ],
        base_form_class=ServiceForm,
    )


class RoomViewSet(DirectoryViewSet):
    model = Room
    index_view_class = PlaceIndexView
    icon = "home"
    list_display = [*both_names(), "location", "room_kind", BooleanColumn("is_active", label=_("Can be booked"))]
    list_filter = ["location", "room_kind", "is_active"]
    edit_handler = ObjectList(
        [
            both("name"),
            FieldRowPanel([FieldPanel("location"), FieldPanel("room_kind")]),
            FieldRowPanel([FieldPanel("seats"), FieldPanel("is_active")]),
        ]
    )


class DeviceViewSet(DirectoryViewSet):
    model = Device
    index_view_class = PlaceIndexView
    icon = "desktop"
    list_display = [*both_names(), "location", "device_kind", BooleanColumn("is_active", label=_("Can be booked"))]
    list_filter = ["location", "device_kind", "is_active"]
    edit_handler = ObjectList(
        [
            both("name"),
            FieldRowPanel([FieldPanel("location"), FieldPanel("device_kind")]),
            FieldRowPanel([FieldPanel("seats"), FieldPanel("is_active")]),
        ]
    )


class ClosureViewSet(DirectoryViewSet):
    model = Closure
    icon = "calendar-alt"
    add_view_class = ClosureCreateView
    edit_view_class = ClosureEditView
    list_display = [
        *both_names(),
        DayColumn("first_day", label=_("First day"), sort_key="first_day"),
        DayColumn("last_day", label=_("Last day"), sort_key="last_day"),
        "location",
    ]
    list_filter = ["location"]
    ordering = ["-first_day"]
    edit_handler = ObjectList(
        [
            HelpPanel(template="directory/closure_help.html"),
            both("name"),
            FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
            FieldPanel("location"),
        ]
    )


class MaintenanceViewSet(DirectoryViewSet):
    model = MaintenanceRecord
    icon = "cogs"
    add_view_class = MaintenanceCreateView
    list_display = ["resource", "task", "done_on", "done_by", "next_due"]
    list_filter = ["resource", "task"]
    search_fields = ["task", "done_by", "note", "resource__name_en", "resource__name_ar"]
    ordering = ["-done_on", "-pk"]
    edit_handler = ObjectList(
        [
            FieldPanel("resource"),
            FieldRowPanel([FieldPanel("task"), FieldPanel("done_on", widget=AdminDateInput)]),
            FieldRowPanel([FieldPanel("done_by"), FieldPanel("cost")]),
            FieldPanel("interval_months"),
            FieldPanel("note", widget=AdminAutoHeightTextInput),
        ]
    )


class ClinicGroup(ViewSetGroup):
    """The directory as one entry of the menu."""

    menu_label = _("Clinic")
    menu_name = "clinic"
    menu_icon = "group"
    menu_order = 150
    items = (
        PractitionerViewSet,
        ServiceViewSet,
        SpecialtyViewSet,
        LocationViewSet,
        RoomViewSet,
        DeviceViewSet,
        MaintenanceViewSet,
        ClosureViewSet,
    )
