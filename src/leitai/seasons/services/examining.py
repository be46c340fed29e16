"""An exam of practice: a season of its own that nobody lists, entered at the moment of joining.

Scores want an entry, an entry wants a stage, and the rules of the contest know none for practice.
So each such exam has rules, a stage and entries of its own. It carries no result and no list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import resources
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people.models import Person
from leitai.rulebook import editing, load, numbers, writing
from leitai.seasons.enums import EntryState, SeasonState
from leitai.seasons.models import CalendarWindow, Entry, Season
from leitai.seasons.rules import PRACTICE_EXAM
from leitai.seasons.services.common import open_stage
from leitai.seasons.services.opening import bind_season
from leitai.units import selectors as units
from leitai.units import services as delegating
from leitai.units.models import Unit
from leitai.units.rules import is_house

STAGE: Final = "contest"
EVENT: Final = "exam"
TRACK: Final = "main"


@transaction.atomic
def found_exam(
    *,
    actor: Actor,
    host: Unit,
    title: str,
    parts: Sequence[Mapping[str, Any]],
    minutes: int,
    opens_at: datetime,
    closes_at: datetime,
    at: datetime,
) -> Season:
    """The house founds it, open from the start; who may ask for it is the room of practice's."""
    if not is_house(actor):
        raise DomainError("forbidden")
    day = timezone.localtime(at, timezone.get_default_timezone())
    code = _free_code(f"{day:%Y%m%d}")
    law = load(_rules(code, title, host, day.year, parts, minutes))
    season = bind_season(actor=actor, law=law, code=code, at=at)
    delegating.make_delegations(actor=actor, season_code=code, rulebook=law, at=at)
    CalendarWindow.objects.create(
        season=season,
        name=STAGE,
        opens_at=opens_at,
        closes_at=closes_at,
        recorded_by=actor.account,
        recorded_at=at,
    )
    season.state, season.opened_at, season.remind_days = SeasonState.OPEN, at, 0
    season.save(update_fields=["state", "opened_at", "remind_days"])
    ledger.append(
        chain=code, actor=actor, act="season.opened", subject=f"season:{code}", data={}, at=at
    )
    return season


@transaction.atomic
def enter_exam(*, actor: Actor, season: Season, person: Person, code: str, at: datetime) -> Entry:
    """A person stands in the exam from now on, under this code; again gives the same entry."""
    if not is_house(actor) or not season.code.startswith(PRACTICE_EXAM):
        raise DomainError("forbidden")
    stage = open_stage(season, STAGE)
    found = Entry.objects.filter(stage=stage, track=TRACK, person=person).first()
    if found is not None:
        return found
    delegation = units.list_delegations(season.code).first()
    if delegation is None:
        raise DomainError("season_delegations_missing")
    return Entry.objects.create(
        stage=stage,
        track=TRACK,
        code=code,
        person=person,
        delegation=delegation,
        state=EntryState.CONFIRMED,
        entered_at=at,
    )


def _rules(
    code: str,
    title: str,
    host: Unit,
    year: int,
    parts: Sequence[Mapping[str, Any]],
    minutes: int,
) -> str:
    file = resources.files("leitai.seasons") / "data" / "local" / "practice.yaml"
    tree = editing.read(file.read_text(encoding="utf-8"))
    tree |= {"id": code, "title": title, "year": year}
    tree["host"] = {"unit": host.code, "name": host.name}
    tree["delegations"]["also"] = [{"unit": host.code, "name": host.name}]
    whole = sum((part["count"] * numbers.parse(part["points"]) for part in parts), start=0)
    tree["events"][EVENT] |= {
        "paper": [dict(part) for part in parts],
        "minutes": minutes,
        "max": numbers.show(whole),
    }
    tree["stages"][STAGE]["title"] = title
    return writing.text_of(tree)


def _free_code(day: str) -> str:
    begun = f"{PRACTICE_EXAM}{day}"
    taken = Season.objects.filter(code__startswith=f"{begun}-").count()
    return f"{begun}-{taken + 1}"
