"""The office's list and one lecture of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.lectures import rules
from leitai.lectures.enums import LectureState
from leitai.lectures.models import Lecture
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season, host_path

PAGE_SIZE: Final = 20
_SUGGESTED: Final = Path(__file__).parent.parent / "data" / "kinds.toml"


@dataclass(frozen=True, slots=True)
class Desk:
    season: Season
    page: Page[Any]  # with how many of each hang on it
    may: bool
    view: str
    counts: dict[str, int]


def get_season_of_desk(actor: Actor, code: str) -> Season:
    """For those who write; others are refused."""
    season = get_season(code)
    if not rules.can_run(actor, code, host_path(season)):
        raise DomainError("forbidden")
    return season


def desk_of(actor: Actor, code: str, *, view: str, number: str | None) -> Desk:
    """All lectures in the learners' order, or those of one state."""
    season = get_season(code)
    if not rules.can_see_desk(actor, code, host_path(season)):
        raise DomainError("forbidden")
    states = season.lectures.values_list("state").annotate(count=Count("pk")).order_by()
    rows = season.lectures.annotate(
        asked=Count("questions", distinct=True),
        begun=Count("viewings", distinct=True),
        learned=Count("viewings", filter=~Q(viewings__completed_at=None), distinct=True),
    )
    chosen = view if view in LectureState.values else ""
    rows = rows.filter(state=chosen) if chosen else rows
    page = Paginator(rows.order_by("position", "pk"), PAGE_SIZE).get_page(number)
    may = rules.can_run(actor, code, host_path(season))
    return Desk(season, page, may, chosen, dict(states))


def get_lecture_of_desk(actor: Actor, code: str, lecture: int) -> Lecture:
    season = get_season_of_desk(actor, code)
    found = season.lectures.filter(pk=lecture).first()
    if found is None:
        raise DomainError("not_found")
    found.season = season
    return found


def kinds_of(season: Season) -> list[str]:
    """Those that this season uses, then those that are suggested."""
    used = season.lectures.order_by("kind").values_list("kind", flat=True).distinct()
    return list(dict.fromkeys([*used, *_suggested()]))


@cache
def _suggested() -> tuple[str, ...]:
    return tuple(tomllib.loads(_SUGGESTED.read_text(encoding="utf-8"))["kinds"])
