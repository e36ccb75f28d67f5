"""Places, people, services and hours. A practitioner from `WorkingPractitionerFactory` can be booked at once."""

from datetime import date, time
from typing import Any

import factory
from factory.django import DjangoModelFactory

from clinic.directory.enums import DeviceKind, Gender, RoomKind
from clinic.directory.models import (
    Closure,
    Device,
    ExtraHours,
    HoursTemplate,
    Location,
    MaintenanceRecord,
    OpeningHours,
    Practitioner,
    ReminderRule,
    Room,
    Service,
    Specialty,
    TemplateHours,
    TemplateUse,
    WorkingHours,
)
from clinic.messaging.enums import Channel


class LocationFactory(DjangoModelFactory[Location]):
    slug = factory.Sequence(lambda n: f"branch-{n}")
    name_en = factory.Sequence(lambda n: f"Branch {n}")
    name_ar = factory.Sequence(lambda n: f"الفرع {n}")
    city_en, city_ar = "Amman", "عمّان"
    address_en, address_ar = "12 Rainbow Street", "شارع الرينبو ١٢"
    phone = "+96265550100"
    time_zone = "Asia/Amman"

    class Meta:
        model = Location


class SpecialtyFactory(DjangoModelFactory[Specialty]):
    slug = factory.Sequence(lambda n: f"specialty-{n}")
    name_en = factory.Sequence(lambda n: f"Specialty {n}")
    name_ar = factory.Sequence(lambda n: f"التخصص {n}")

    class Meta:
        model = Specialty


class ServiceFactory(DjangoModelFactory[Service]):
    """Half an hour on a grid of half hours, without buffers, notice, room or device."""

    slug = factory.Sequence(lambda n: f"service-{n}")
    specialty = factory.SubFactory(SpecialtyFactory)
    name_en = factory.Sequence(lambda n: f"Consultation {n}")
    name_ar = factory.Sequence(lambda n: f"استشارة {n}")
    duration = 30
    step = 30
    notice = 0
    horizon_days = 60

    class Meta:
        model = Service


class ReminderRuleFactory(DjangoModelFactory[ReminderRule]):
    """`ReminderRuleFactory(service=…)`: a mail a day before."""

    service = factory.SubFactory(ServiceFactory)
    hours_before = 24
    channel = Channel.EMAIL

    class Meta:
        model = ReminderRule


class RoomFactory(DjangoModelFactory[Room]):
    location = factory.SubFactory(LocationFactory)
    name_en = factory.Sequence(lambda n: f"Room {n}")
    name_ar = factory.Sequence(lambda n: f"غرفة {n}")
    room_kind = RoomKind.CONSULTATION

    class Meta:
        model = Room


class DeviceFactory(DjangoModelFactory[Device]):
    location = factory.SubFactory(LocationFactory)
    name_en = factory.Sequence(lambda n: f"Device {n}")
    name_ar = factory.Sequence(lambda n: f"جهاز {n}")
    device_kind = DeviceKind.ULTRASOUND

    class Meta:
        model = Device


class PractitionerFactory(DjangoModelFactory[Practitioner]):
    """`PractitionerFactory(services=[...], specialties=[...])`; works nowhere until somebody gives hours."""

    slug = factory.Sequence(lambda n: f"doctor-{n}")
    name_en = factory.Sequence(lambda n: f"Dr. Salma {n}")
    name_ar = factory.Sequence(lambda n: f"د. سلمى {n}")
    title_en, title_ar = "Family physician", "طبيبة أسرة"
    gender = Gender.FEMALE
    languages = ["ar", "en"]

    class Meta:
        model = Practitioner
        skip_postgeneration_save = True

    @factory.post_generation
    def services(self: Any, create: bool, extracted: list[Service] | None, **kwargs: Any) -> None:
        if create and extracted:
            self.services.set(extracted)
            self.save()

    @factory.post_generation
    def specialties(self: Any, create: bool, extracted: list[Specialty] | None, **kwargs: Any) -> None:
        if create and extracted:
            self.specialties.set(extracted)
            self.save()


class WorkingHoursFactory(DjangoModelFactory[WorkingHours]):
    practitioner = factory.SubFactory(PractitionerFactory)
    location = factory.SubFactory(LocationFactory)
    weekday = 1
    starts, ends = time(9), time(12)

    class Meta:
        model = WorkingHours


class WorkingPractitionerFactory(PractitionerFactory):
    """Works every day of the week from 09:00 to 17:00 at `hours__location`."""

    @factory.post_generation
    def hours(self: Any, create: bool, extracted: None, **kwargs: Any) -> None:
        if create:
            values = {"starts": time(9), "ends": time(17), "location": None, **kwargs}
            values["location"] = values["location"] or LocationFactory()
            for weekday in range(1, 8):
                WorkingHoursFactory(practitioner=self, weekday=weekday, **values)


class ExtraHoursFactory(DjangoModelFactory[ExtraHours]):
    practitioner = factory.SubFactory(PractitionerFactory)
    location = factory.SubFactory(LocationFactory)
    day = date(2026, 11, 23)
    starts, ends = time(17), time(20)

    class Meta:
        model = ExtraHours


class OpeningHoursFactory(DjangoModelFactory[OpeningHours]):
    location = factory.SubFactory(LocationFactory)
    weekday = 1
    starts, ends = time(8), time(18)

    class Meta:
        model = OpeningHours


class ClosureFactory(DjangoModelFactory[Closure]):
    """Closes every location unless one is named."""

    location = None
    name_en, name_ar = "Public holiday", "عطلة رسمية"
    first_day = last_day = date(2026, 11, 23)

    class Meta:
        model = Closure


class HoursTemplateFactory(DjangoModelFactory[HoursTemplate]):
    """`hours` are triples of weekday, start and end; `practitioners` follow it."""

    location = factory.SubFactory(LocationFactory)
    name_en, name_ar = "Ramadan", "رمضان"
    first_day, last_day = date(2026, 11, 23), date(2026, 12, 22)

    class Meta:
        model = HoursTemplate
        skip_postgeneration_save = True

    @factory.post_generation
    def hours(self: Any, create: bool, extracted: list[tuple[int, time, time]] | None, **kwargs: Any) -> None:
        for weekday, starts, ends in extracted or ():
            TemplateHoursFactory(template=self, weekday=weekday, starts=starts, ends=ends)

    @factory.post_generation
    def practitioners(self: Any, create: bool, extracted: list[Practitioner] | None, **kwargs: Any) -> None:
        for practitioner in extracted or ():
            TemplateUseFactory(template=self, practitioner=practitioner)


class TemplateHoursFactory(DjangoModelFactory[TemplateHours]):
    template = factory.SubFactory(HoursTemplateFactory)
    weekday = 1
    starts, ends = time(10), time(14)

    class Meta:
        model = TemplateHours


class TemplateUseFactory(DjangoModelFactory[TemplateUse]):
    template = factory.SubFactory(HoursTemplateFactory)
    practitioner = factory.SubFactory(PractitionerFactory)
    location = factory.SelfAttribute("template.location")
    first_day = factory.SelfAttribute("template.first_day")
    last_day = factory.SelfAttribute("template.last_day")

    class Meta:
        model = TemplateUse


class MaintenanceRecordFactory(DjangoModelFactory[MaintenanceRecord]):
    resource = factory.LazyFunction(lambda: DeviceFactory().resource_ptr)
    task, done_by = "Calibration", "Medtech Amman"
    done_on = date(2026, 5, 23)
    interval_months = 6

    class Meta:
        model = MaintenanceRecord
