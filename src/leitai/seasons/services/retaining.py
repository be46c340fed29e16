"""ID and bank data live as long as the season that asked for them, and so many months more.

A season is over when the last window of its calendar has closed (of each name the newest row
counts, so that a postponed final postpones this too). A person's data are erased when every season
that they have an entry in is over for `LEITAI_KEEP_MONTHS` months; who entered none is on a roster
only, and nothing is erased. Phone and staff number stay while the person serves somewhere. What
was filled in for such a season goes with it, whoever it is about: rooms above hear of the season.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.messages.services import erase_contacts
from leitai.people.models import Person
from leitai.people.services import erase_personal
from leitai.seasons.enums import SeasonState
from leitai.seasons.events import SeasonsForgotten
from leitai.seasons.models import CalendarWindow, Entry, Season
from leitai.seasons.rules import PRACTICE_EXAM
from leitai.units.rules import is_house

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Seasons over for long enough, and of how many people data were or would be erased."""

    seasons: tuple[str, ...]
    people: int


def forget(*, actor: Actor, at: datetime, dry_run: bool = False) -> Forgotten:
    """Erase what the rule says is no longer kept, each portion on the record."""
    if not is_house(actor):
        raise DomainError("forbidden")
    over = tuple(sorted(code for code, due in _due().items() if due <= at))
    if not dry_run:
        _forget_complainants(actor, over, at)
    if not over:
        return Forgotten((), 0)
    if not dry_run:
        with transaction.atomic():
            events.publish(SeasonsForgotten(over, at))
    done = 0
    for people in _portions(list(_people(over))):
        if dry_run:
            done += len(people)
            continue
        with transaction.atomic():
            done += erase_personal(actor=actor, people=people, why="、".join(over), at=at)
    return Forgotten(over, done)


def _forget_complainants(actor: Actor, over: tuple[str, ...], at: datetime) -> None:
    """Contacts in complaints of these seasons; those of no season live as many months."""
    erase_contacts(actor=actor, seasons=over, before=at, at=at)
    house = months_after(at, -settings.LEITAI_KEEP_MONTHS)
    erase_contacts(actor=actor, seasons=[""], before=house, at=at)


def _due() -> dict[str, datetime]:
    """When the data of each opened season are due; a season without a calendar never is."""
    ends: dict[str, datetime] = {}
    newest: dict[tuple[str, str], datetime] = {}
    opened = Season.objects.exclude(state=SeasonState.DRAFT)
    opened = opened.exclude(code__startswith=PRACTICE_EXAM)  # follows no contest, keeps nobody's
    windows = CalendarWindow.objects.filter(season__in=opened).order_by("recorded_at", "pk")
    for season, name, closes in windows.values_list("season__code", "name", "closes_at"):
        newest[season, name] = closes
    for (season, _name), closes in newest.items():
        ends[season] = max(ends.get(season, closes), closes)
    return {code: months_after(end, settings.LEITAI_KEEP_MONTHS) for code, end in ends.items()}


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months on, by the calendar here; the month's last day if it has none."""
    here = timezone.localtime(moment, timezone.get_default_timezone())
    count = here.year * 12 + here.month - 1 + months
    year, month = divmod(count, 12)
    for day in range(here.day, 0, -1):
        try:
            return here.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError  # every month has a first


def _people(over: tuple[str, ...]) -> Iterator[int]:
    """Who has something to erase, and no entry in any season that is not over so long."""
    held = Entry.objects.exclude(stage__season__code__startswith=PRACTICE_EXAM)
    elsewhere = held.exclude(stage__season__code__in=over).values("person")
    entered = Entry.objects.filter(stage__season__code__in=over).values("person")
    has = ~Q(personal__id_number="") | ~Q(personal__bank_account="")
    left = Q(left_on__isnull=False) & (~Q(personal__phone="") | ~Q(personal__staff_number=""))
    found = Person.objects.filter(
        has | Q(personal__id_digest__isnull=False) | left, personal__isnull=False, pk__in=entered
    ).exclude(pk__in=elsewhere)
    yield from found.order_by("pk").values_list("pk", flat=True)


def _portions(people: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(people), BATCH):
        yield people[start : start + BATCH]
