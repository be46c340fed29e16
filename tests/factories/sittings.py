"""A hall as large as a test needs: seats in every state, made in bulk beside the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from leitai.people.models import Person
from leitai.seasons.models import Entry
from leitai.sittings.models import Exam, Presence, Site, Sitting


def start(exam: Exam, now: datetime, *, minutes: int = 30) -> Exam:
    """As if T0 had been so many minutes ago; the sittings' deadlines move along."""
    length = exam.closes_at - exam.opens_at
    exam.opens_at = now - timedelta(minutes=minutes)
    exam.closes_at = exam.opens_at + length
    exam.save()
    exam.sittings.update(deadline=exam.closes_at)
    return exam


def enter(sitting: Sitting, seen: datetime | None, *, answered: int = 0, seq: int = 0) -> Sitting:
    """As the lane leaves a seat that entered and was last heard of at `seen`."""
    sitting.state, sitting.epoch, sitting.device = "open", 1, "pc-1"
    sitting.entered_at = seen or sitting.exam.opens_at
    sitting.save()
    if seen:
        Presence.objects.update_or_create(
            sitting=sitting, defaults={"last_seen": seen, "seq": seq, "answered": answered}
        )
    return sitting


def fill(exam: Exam, *, sites: int, seats: int, now: datetime) -> None:
    """So many more sites of so many open seats, everybody just heard of."""
    some = exam.sittings.select_related("entry__delegation__unit")[0].entry
    made = Site.objects.bulk_create(
        Site(exam=exam, code=f"S{number:02d}", name=f"赛点{number}") for number in range(sites)
    )
    places = [(site, seat) for site in made for seat in range(1, seats + 1)]
    people = Person.objects.bulk_create(
        Person(code=f"F-{site.code}-{seat}", name=f"考生{seat}", unit=some.delegation.unit)
        for site, seat in places
    )
    entries = Entry.objects.bulk_create(
        Entry(
            stage=exam.stage,
            track=some.track,
            code=person.code,
            person=person,
            delegation=some.delegation,
            state="confirmed",
            entered_at=now,
        )
        for person in people
    )
    sittings = Sitting.objects.bulk_create(
        Sitting(
            exam=exam,
            entry=entry,
            site=site,
            seat=seat,
            number=entry.code,
            admission_digest=sha256(entry.code.encode()).digest(),
            deadline=exam.closes_at,
            state="open",
            entered_at=now,
        )
        for (site, seat), entry in zip(places, entries, strict=True)
    )
    Presence.objects.bulk_create(
        Presence(sitting=sitting, last_seen=now, seq=3, answered=10) for sitting in sittings
    )
