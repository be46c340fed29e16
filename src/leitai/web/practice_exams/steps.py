"""Set an exam of practice, and begin it: the services of several rooms, in order."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from django.db import transaction

from leitai.bank import services as bank
from leitai.base.actor import Actor, system
from leitai.kernel.errors import DomainError
from leitai.people.models import Person
from leitai.practice.models import PracticeExam, Shelf
from leitai.practice.selectors.exams import show
from leitai.practice.selectors.grounds import Ground
from leitai.practice.services import examining
from leitai.practice.services.learning import join as join_season
from leitai.rulebook import numbers
from leitai.seasons import selectors as season_reads
from leitai.seasons import services as seasons
from leitai.seasons.services.examining import EVENT, STAGE
from leitai.sittings import services as sittings
from leitai.sittings.models import Exam
from leitai.training.models import Group
from leitai.training.services import planning as training
from leitai.web.practice_exams.reading import Desk

FULL: Final = Fraction(100)  # of a mock exam, of which no rule says how many points it has
BEGINNER: Final = system("practice-exam")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form says; `act` and `group` are empty for a mock exam and for everybody."""

    title: str
    act: str
    group: int | None
    opens_at: datetime
    closes_at: datetime
    parts: Sequence[Mapping[str, Any]]
    minutes: int
    passing: str


@transaction.atomic
def open_exam(
    *, actor: Actor, ground: Ground, desk: Desk, wanted: Wanted, at: datetime
) -> PracticeExam:
    """Rules of its own, a sealed paper out of the practice banks, the exam, and who may begin it.

    One officer does it: everybody may read these questions already. Raises forbidden,
    practice_exam_times, _points, _banks, Problems(paper_items_short).
    """
    group = _group(desk, wanted)
    rule = desk.acts[wanted.act].exercise if wanted.act in desk.acts else None
    if wanted.act and rule is None:
        raise DomainError("forbidden")
    examining.demand_times(wanted.opens_at, wanted.closes_at, at)
    full = rule.full if rule and rule.full is not None else FULL
    minutes = int(rule.minutes) if rule and rule.minutes else wanted.minutes
    _demand_points(wanted.parts, full)
    host, house = ground.season.host, system(f"practice-exam:{actor.account}")
    if host is None:
        raise DomainError("season_host_missing", season=ground.season.code)
    ends = wanted.closes_at + timedelta(minutes=minutes)
    season = seasons.found_exam(
        actor=house,
        host=host,
        title=wanted.title,
        parts=wanted.parts,
        minutes=minutes,
        opens_at=wanted.opens_at,
        closes_at=ends,
        at=at,
    )
    (paper,) = bank.compose_papers(
        actor=house,
        season_code=season.code,
        event=season_reads.rulebook_of(season).events[EVENT],
        bank_codes=_banks(ground.season.code),
        codes=[f"{season.code}-paper"],
        titles=[wanted.title],
        seed=secrets.token_hex(16),
        at=at,
    )
    made = sittings.create_exam(
        actor=house,
        stage=season_reads.get_stage(season, STAGE),
        event=EVENT,
        paper=paper,
        opens_at=wanted.opens_at,
        closes_at=ends,
        at=at,
    )
    if group is not None:
        training.follow_practice_exam(actor=house, group=group, exam=made)
    exam = PracticeExam(
        season=ground.season.code,
        code=season.code,
        title=wanted.title,
        act=wanted.act,
        minutes=minutes,
        full=show(full),
        passing=show(rule.pass_) if rule else wanted.passing,
        opens_at=wanted.opens_at,
        closes_at=wanted.closes_at,
        people=_members(group),
        audience=group.title if group else "",
    )
    return examining.set_exam(actor=house, exam=exam, by=actor.account, at=at)


@transaction.atomic
def begin(*, actor: Actor, exam: PracticeExam, at: datetime) -> None:
    """Entry, seat and clock at once, without a slip; whoever began already keeps all three."""
    learner = join_season(actor=actor, season=exam.season, at=at)
    tried, fresh = examining.begin_try(learner=learner, exam=exam.pk, at=at)
    if not fresh:
        return
    season = season_reads.get_season(exam.code)
    entry = seasons.enter_exam(
        actor=BEGINNER,
        season=season,
        person=Person.objects.get(code=actor.person),
        code=tried.entry,
        at=at,
    )
    sittings.seat_now(
        actor=BEGINNER,
        exam=Exam.objects.get(stage__season=season),
        entry=entry,
        deadline=tried.ends_at,
    )


@transaction.atomic
def drop(*, actor: Actor, desk: Desk, exam: PracticeExam, at: datetime) -> None:
    """The office any of them, a leader those of the own group."""
    if not desk.office and exam.made_by != actor.account:
        raise DomainError("forbidden")
    house = system(f"practice-exam:{actor.account}")
    examining.drop_exam(actor=house, exam=exam.pk, at=at)
    training.drop_practice_exam(actor=house, exam=exam.code)


@transaction.atomic
def move_closing(
    *, actor: Actor, desk: Desk, exam: PracticeExam, closes_at: datetime, reason: str, at: datetime
) -> None:
    """The office any of them, a leader those of the own group."""
    if not desk.office and exam.made_by != actor.account:
        raise DomainError("forbidden")
    house = system(f"practice-exam:{actor.account}")
    held = examining.move_closing(
        actor=house, exam=exam.pk, closes_at=closes_at, reason=reason, at=at
    )
    for one in Exam.objects.filter(stage__season__code=exam.code):
        sittings.prolong_exam(actor=house, exam=one, closes_at=held.ends_at, at=at)


def _group(desk: Desk, wanted: Wanted) -> Group | None:
    if wanted.group is None and desk.office:
        return None
    found = [one for one in desk.groups if one.pk == wanted.group]
    if not found:
        raise DomainError("forbidden")
    return found[0]


def _members(group: Group | None) -> list[str] | None:
    """Who stays in the group today; None for everybody."""
    if group is None:
        return None
    staying = group.members.filter(left_at=None).order_by("pk")
    return list(staying.values_list("person__code", flat=True))


def _demand_points(parts: Sequence[Mapping[str, Any]], full: Fraction) -> None:
    whole = sum((part["count"] * numbers.parse(part["points"]) for part in parts), Fraction(0))
    if whole != full:
        raise DomainError("practice_exam_points", have=show(whole), full=show(full))


def _banks(season: str) -> list[str]:
    """The season's practice banks: a bank that is sealed never stands on the shelf."""
    shelf = Shelf.objects.filter(season=season, bank__live=False).order_by("bank__code")
    found = list(shelf.values_list("bank__code", flat=True))
    if not found:
        raise DomainError("practice_exam_banks")
    return found
