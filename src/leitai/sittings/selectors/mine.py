"""What is mine to sit, and what I have sat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from leitai.kernel.ids import show_code
from leitai.sittings.enums import SittingState
from leitai.sittings.models import Sitting
from leitai.sittings.selectors.looks import LOOKS, Look
from leitai.sittings.services import arranging


@dataclass(frozen=True, slots=True)
class Ahead:
    """An exam that I may still enter, with my own admission code. `running`: T0 has passed."""

    sitting: Sitting
    code: str
    running: bool
    ahead: timedelta  # until T0

    @property
    def soon(self) -> bool:
        return self.ahead < timedelta(days=1)

    @property
    def days(self) -> int:
        return self.ahead.days

    @property
    def shown(self) -> str:
        return show_code(self.code)


@dataclass(frozen=True, slots=True)
class Past:
    """An exam that has ended for me. `digest` is the journal's, in hex, empty if I never came."""

    sitting: Sitting
    look: Look
    answered: int
    digest: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """My exams: what is ahead, the next one first; what is past, the last one first."""

    ahead: tuple[Ahead, ...]
    past: tuple[Past, ...]


def sittings_of(person: str) -> QuerySet[Sitting]:
    """What this person (by code) has to sit or has sat, the latest exam first."""
    return (
        Sitting.objects.filter(entry__person__code=person)
        .select_related(
            "exam__stage__season",
            "site",
            "entry__delegation",
            "entry__person",
            "presence",
        )
        .order_by("-exam__opens_at", "-pk")
    )


def agenda_of(person: str, *, now: datetime) -> Agenda:
    """My exams at `now`; one whose time is over counts as past before the lane has closed it."""
    rows = list(sittings_of(person)) if person else []
    ahead = [row for row in rows if _open(row, now)]
    return Agenda(
        ahead=tuple(
            Ahead(row, arranging.admission_code_of(row), left <= timedelta(), left)
            for row in reversed(ahead)
            for left in (row.exam.opens_at - now,)
        ),
        past=tuple(_past(row) for row in rows if not _open(row, now)),
    )


def _open(row: Sitting, now: datetime) -> bool:
    return row.state in {SittingState.WAITING, SittingState.OPEN} and now < row.deadline


def _past(row: Sitting) -> Past:
    presence = getattr(row, "presence", None)
    look = row.state
    if look in {SittingState.WAITING, SittingState.OPEN}:  # over, but not yet closed by the lane
        look = SittingState.CLOSED if row.entered_at else SittingState.ABSENT
    return Past(
        sitting=row,
        look=LOOKS[look],
        answered=presence.answered if presence else 0,
        digest=bytes(row.final_digest).hex() if row.final_digest and row.final_seq else "",
    )
