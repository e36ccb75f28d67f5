"""Whether visits could be booked, asked without locks: an answer for people, which a booking asks again."""

from collections.abc import Sequence
from datetime import datetime

from clinic.directory.models import Device, Room
from clinic.scheduling.actions.refusals import BookingRefused
from clinic.scheduling.actions.seats import choose_seats
from clinic.scheduling.actions.terms import check_clock, check_hours
from clinic.scheduling.actions.wishes import Wish


def refusals(wishes: Sequence[Wish], *, now: datetime) -> list[str]:
    """Why each of `wishes` cannot be had by staff, as a code of `BOOKING_REFUSALS`; empty where it can.

    Each is asked alone: that two of them take each other's time shows when they are booked. Two queries for each
    wish, and two for each service and location.
    """
    pools: dict[tuple[int, int], list[int]] = {}
    found = []
    for wish in wishes:
        place = (wish.service.pk, wish.location.pk)
        if place not in pools:
            pools[place] = pool_of(wish)
        found.append(refusal_of(wish, resources=[wish.practitioner.pk, *pools[place]], now=now))
    return found


def pool_of(wish: Wish) -> list[int]:
    """The rooms and devices that might serve the visit."""
    rooms = Room.objects.filter(location=wish.location, room_kind=wish.service.room_kind or None)
    devices = Device.objects.filter(location=wish.location, device_kind=wish.service.device_kind or None)
    return [*rooms.values_list("pk", flat=True), *devices.values_list("pk", flat=True)]


def refusal_of(wish: Wish, *, resources: list[int], now: datetime) -> str:
    try:
        check_clock(wish, now=now, ignore_notice=True)
        check_hours(wish, now=now, ignore_notice=True)
        choose_seats(wish, resources=resources)
    except BookingRefused as refusal:
        return refusal.code
    return ""
