"""A clinic in which every address of ours leads somewhere, and the people who knock at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from clinic.accounts.enums import Role, Scope
from clinic.accounts.keys import make_key
from clinic.accounts.models import User
from clinic.booking.choices import Choice
from clinic.directory.models import Location, Practitioner, Service
from clinic.patients.actions import merge_patients
from clinic.patients.models import Merge, Patient
from clinic.scheduling import links
from clinic.scheduling.actions.feeds import open_feed
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.feeds import feed_url
from clinic.scheduling.models import Absence, Appointment, WaitingScreen, WaitlistEntry, WaitlistOffer
from clinic.scheduling.waitlist.links import entry_token, offer_token
from home.models import Menu
from home.models.announcements import Level
from tests.accounts.cast import person
from tests.factories.audit import AuditEventFactory
from tests.factories.content import ClinicDocumentFactory, ClinicImageFactory
from tests.factories.directory import (
    ClosureFactory,
    DeviceFactory,
    HoursTemplateFactory,
    LocationFactory,
    MaintenanceRecordFactory,
    RoomFactory,
    ServiceFactory,
    WorkingPractitionerFactory,
)
from tests.factories.home import AnnouncementFactory, FooterFactory, MenuFactory, PartnerFactory, arabic
from tests.factories.messaging import MessageFactory
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import AbsenceFactory, AppointmentFactory, WaitingScreenFactory
from tests.factories.search import SynonymsFactory
from tests.factories.waitlist import WaitlistEntryFactory, WaitlistOfferFactory
from tests.fuzz.addresses import Address
from tests.home.website import Website, open_website

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
FREE = NOW + timedelta(days=3)  # ten o'clock in Amman, when nobody has a visit
TOMORROW = NOW.date() + timedelta(days=1)
STRANGER = "stranger"
PEOPLE = (STRANGER, Role.RECEPTIONIST, Role.CLINICIAN, Role.EDITOR, Role.ADMINISTRATOR)


@dataclass
class Town:
    website: Website
    location: Location
    service: Service
    doctor: Practitioner
    patient: Patient
    twin: Patient
    merge: Merge
    visits: dict[str, Appointment]
    entry: WaitlistEntry
    offer: WaitlistOffer
    absence: Absence
    screen: WaitingScreen
    staff: dict[str, User]
    rows: dict[type[Model], Model]
    tokens: dict[str, str]
    restriction: PageViewRestriction
    closed: CollectionViewRestriction
    key: str
    cookies: Mapping[str, Any]

    @property
    def choice(self) -> tuple[tuple[str, str], ...]:
        """A free time, as a visitor's browser sends it."""
        return tuple(Choice(self.service, self.doctor, self.location, FREE).fields.items())

    def query(self, address: Address) -> tuple[tuple[str, str], ...]:
        """What an address must be asked with to lead somewhere."""
        if address.route.startswith("book/<slug:slug>/"):
            return self.choice
        if address.route.startswith("admin/translation/"):
            return (("language", "ar"),)
        return (("location", self.location.slug),) if address.route == "admin/special-hours/new/" else ()

    @property
    def visit(self) -> Appointment:
        return self.visits["booked"]

    def client(self, who: str) -> Client:
        """Somebody's browser as it was when they had just signed in."""
        client = Client(REMOTE_ADDR="192.0.2.7")
        if who != STRANGER:
            client.cookies.update(self.cookies[who])
        return client

    def value(self, address: Address, kind: str, name: str) -> Any:
        """What stands for a parameter of `address` so that it leads somewhere."""
        route, row = address.route, self.row(address.model) if address.model else None
        for wanted, known in (("reference", self.references), ("token", self.tokens)):
            if name == wanted:
                return next((each for part, each in known.items() if part in route), "AAAAAAAAAA")
        if name == "slug":
            return self.doctor.slug if route.startswith("doctors/") else self.service.slug
        if row is not None and name in {"pk", "image_id", "document_id"}:
            return row.pk
        if row is not None and name.startswith("revision_id"):
            return getattr(row, "latest_revision_id", None) or 1
        if name in {"pk", "number"}:
            return next((pk for part, pk in self.keys.items() if route.startswith(part)), 1)
        return self.words.get(name, 1)

    @cached_property
    def references(self) -> dict[str, str]:
        """By the beginning of the address, the longest first."""
        return {
            "admin/appointments/waitlist/": self.entry.reference,
            "admin/appointments/": self.visit.reference,
            "admin/patient/": self.patient.reference,
            "admin/leave/": self.absence.reference,
            "admin/outbox/": self.row_named("Message").reference,
            "documents/": self.row_named("ClinicDocument").reference,
        }

    @cached_property
    def keys(self) -> dict[str, int]:
        """Of views that name no model, by the beginning of the address."""
        menu = self.row_named("Menu")
        return {
            "admin/emergency/": self.row_named("Announcement").pk,
            "admin/localize/submit/page/": self.website.homes["en"].pk,
            "admin/localize/submit/snippet/": menu.pk,
            "admin/rooms/": self.row_named("Room").pk,
            "admin/special-hours/": self.row_named("HoursTemplate").pk,
            "admin/translation/": menu.get_translations().get().pk,
        }

    @cached_property
    def words(self) -> dict[str, Any]:
        return {
            "key": self.screen.key,
            "other": self.twin.reference,
            "merge": self.merge.reference,
            "label": "home.menu",
            "app_label": "home",
            "model_name": "menu",
            "path": self.row_named("ClinicImage").file.name,
            "filename": self.row_named("ClinicDocument").filename,
            "rest": "nothing",
            "action_name": "approve",
            "restriction_id": self.closed.pk,
            "page_view_restriction_id": self.restriction.pk,
            "page_id": self.restriction.page_id,
            "name": "20261123T070000000000Z-AAAAAAAAAA",
        }

    def row_named(self, name: str) -> Any:
        return next(row for model, row in self.rows.items() if model.__name__ == name)

    def row(self, model: type[Model]) -> Any:
        if model not in self.rows:
            self.rows[model] = model._default_manager.order_by("pk").first() or model(pk=1)
        return self.rows[model]


def signed_in(staff: dict[str, User]) -> dict[str, Any]:
    """The cookies of each. Made with the town: a session begun by a knock would be taken back with it."""
    known = {}
    for who, user in staff.items():
        client = Client()
        client.force_login(user)
        known[who] = client.cookies
    return known


def open_town() -> Town:
    website = open_website()
    about = website.page("about")
    staff = {role.value: person(role.value, role=role) for role in PEOPLE if isinstance(role, Role)}
    location, service = LocationFactory(slug="amman"), ServiceFactory(slug="skin-check")
    doctor = WorkingPractitionerFactory(
        slug="salma-odeh", services=[service], hours__location=location, user=staff[Role.CLINICIAN.value]
    )
    other = WorkingPractitionerFactory(slug="omar-khalil", services=[service], hours__location=location)
    patient, twin, merged = (PatientFactory(name_en="Layla Haddad", name_ar="ليلى حداد") for _ in range(3))
    merge = merge_patients(kept=patient, merged=merged, take=(), by=staff[Role.RECEPTIONIST.value])
    common = {"patient": patient, "practitioner": doctor, "service": service, "location": location}
    visits = {
        status.value: AppointmentFactory(status=status, starts_at=NOW + timedelta(minutes=30 * number), **common)
        for number, status in enumerate(
            [AppointmentStatus.ARRIVED, AppointmentStatus.CALLED, AppointmentStatus.BOOKED, AppointmentStatus.CANCELLED]
        )
    }
    visits["tomorrow"] = AppointmentFactory(starts_at=NOW + timedelta(days=1), **common)
    visits["pending"] = AppointmentFactory(
        status=AppointmentStatus.PENDING,
        approve_by=NOW + timedelta(hours=1),
        starts_at=NOW + timedelta(hours=4),
        **common,
    )
    visits["others"] = AppointmentFactory(starts_at=NOW + timedelta(days=2), **{**common, "practitioner": other})
    entry = WaitlistEntryFactory(service=service, first_day=TOMORROW, last_day=TOMORROW)
    offer = WaitlistOfferFactory(
        entry=entry,
        practitioner=doctor,
        location=location,
        starts_at=NOW + timedelta(days=1, hours=2),
        made_at=NOW,
        expires_at=NOW + timedelta(hours=2),
    )
    # An absence that takes time of nobody's visit.
    away = NOW + timedelta(days=20)
    absence = AbsenceFactory(resource=doctor.resource_ptr, starts_at=away)
    feed = open_feed(user=staff[Role.CLINICIAN.value], shows_names=True, by=staff[Role.CLINICIAN.value])
    restriction = PageViewRestriction.objects.create(page=about, restriction_type="password", password="x")
    made: list[Any] = [
        ClinicImageFactory(),
        ClinicDocumentFactory(),
        MessageFactory(),
        AuditEventFactory(),
        AnnouncementFactory(level=Level.EMERGENCY, live=True),
        MenuFactory(),
        FooterFactory(),
        PartnerFactory(),
        SynonymsFactory(),
        RoomFactory(location=location),
        DeviceFactory(location=location),
        MaintenanceRecordFactory(),
        HoursTemplateFactory(
            location=location, first_day=TOMORROW + timedelta(days=90), last_day=TOMORROW + timedelta(days=99)
        ),
        ClosureFactory(first_day=TOMORROW + timedelta(days=40), last_day=TOMORROW + timedelta(days=40)),
    ]
    for row in made:
        if isinstance(row, Menu):
            row.copy_for_translation(arabic()).save()
        if hasattr(row, "save_revision"):
            row.save_revision()
    visit = visits["tomorrow"]
    files = Collection.get_first_root_node().add_child(name="Closed")
    return Town(
        website=website,
        location=location,
        service=service,
        doctor=doctor,
        patient=patient,
        twin=twin,
        merge=merge,
        visits=visits,
        entry=entry,
        offer=offer,
        absence=absence,
        screen=WaitingScreenFactory(location=location),
        staff=staff,
        rows={type(row): row for row in made},
        tokens={
            "book/waitlist/": entry_token(entry),
            "book/offer/": offer_token(offer),
            "book/visit/": links.view_token(visit),
            "book/confirm/": links.confirm_token(visit),
            "book/move/": links.move_token(visit),
            "book/cancel/": links.cancel_token(visit),
            "calendars/": feed_url(feed, "en").split("/")[-2],
        },
        restriction=restriction,
        closed=CollectionViewRestriction.objects.create(collection=files, restriction_type="password", password="x"),
        key=make_key(name="Kiosk", scopes=[Scope.REBUILD_WEBSITE_DATA], expires_at=None, by=None)[1],
        cookies=signed_in(staff),
    )
