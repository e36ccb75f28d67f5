"""The round of a preparing worker: every picture that lacks a file, until none does."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from content.models import ClinicImage
from content.pictures.preparing import lacking, prepare

log = logging.getLogger(__name__)
LOCK = 0x50696374  # "Pict": one round at a time in the whole clinic, whatever the number of workers
BATCH = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One picture of a round: how many files were made in how many seconds, or why none could be."""

    image: ClinicImage
    made: int
    seconds: float
    fault: str = ""


def unprepared() -> Iterator[ClinicImage]:
    """Images that lack a file, in the order of their upload."""
    images: QuerySet[ClinicImage] = ClinicImage.objects.order_by("pk")
    for image in images.prefetch_related("renditions").iterator(chunk_size=BATCH):
        if lacking(image):
            yield image


def prepare_all() -> Iterator[Step]:
    """Prepare what is lacking, one picture after the other; a picture that fails is left for the next round.

    Nothing happens while another process is at it: it looks again after its last picture, and so finds what was
    uploaded while it worked.
    """
    left_out: set[int] = set()
    while any(image.pk not in left_out for image in unprepared()):
        with only_round() as ours:
            if not ours:
                return
            for image in list(unprepared()):
                if image.pk not in left_out:
                    left_out.add(image.pk)
                    yield attempt(image)


def attempt(image: ClinicImage) -> Step:
    begin = time.perf_counter()
    try:
        made = prepare(image)
    except ClinicImage.DoesNotExist:  # deleted since the round began
        return Step(image, 0, time.perf_counter() - begin)
    except Exception as fault:  # noqa: BLE001 - a broken file, a store that is down: the others go on
        log.warning("Picture %s cannot be prepared: %s", image.pk, fault)
        return Step(image, 0, time.perf_counter() - begin, fault=f"{type(fault).__name__}: {fault}")
    return Step(image, made, time.perf_counter() - begin)


@contextmanager
def only_round() -> Iterator[bool]:
    """Whether this process has the round. The lock goes with the connection, so a crash leaves none behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        ours = bool(cursor.fetchone()[0])
    try:
        yield ours
    finally:
        if ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
