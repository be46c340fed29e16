"""From whom members are chosen: the upper level's answer, an entry list, or names by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from leitai.base.bigrams import containing
from leitai.people.models import Person
from leitai.seasons.enums import FactKind
from leitai.seasons.models import Entry, Fact, Stage
from leitai.seasons.selectors.entering import STANDING
from leitai.training.models import Group

PAGE_SIZE: Final = 100
ANSWERS: Final = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """Facts that came in together: who takes part in what, since when, on whose word."""

    key: str
    source: str
    since: date | None
    count: int

    @property
    def code(self) -> str:
        return f"answer:{self.since.isoformat() if self.since else ''}:{self.key}"


@dataclass(frozen=True, slots=True)
class RosterPage:
    """`chosen` is the source asked for; `members` are codes of those who are in already."""

    group: Group
    answers: tuple[Answer, ...]
    stages: tuple[Stage, ...]
    chosen: str
    words: str
    page: Page[Person] | None
    members: frozenset[str]


def roster_page(group: Group, query: Mapping[str, str]) -> RosterPage:
    """Candidates of the source that the query names, paged; none before one is chosen."""
    chosen, words = query.get("from", ""), query.get("words", "").strip()
    found = _candidates(group, chosen, words)
    rows = None if found is None else found.select_related("unit").order_by("unit__path", "code")
    codes = group.members.filter(left_at=None).values_list("person__code", flat=True)
    return RosterPage(
        group=group,
        answers=_answers(group),
        stages=tuple(group.season.stages.order_by("position")),
        chosen=chosen,
        words=words,
        page=None if rows is None else Paginator(rows, PAGE_SIZE).get_page(query.get("page")),
        members=frozenset(codes),
    )


def source_words(group: Group, chosen: str) -> str:
    """Whence they were chosen, for the record."""
    kind, _colon, rest = chosen.partition(":")
    if kind == "answer":
        found = next((one for one in _answers(group) if one.code == chosen), None)
        if found is not None:
            return _("上级公布：%(key)s（%(source)s）") % {"key": found.key, "source": found.source}
    if kind == "stage":
        stage = group.season.stages.filter(code=rest).first()
        if stage is not None:
            return _("%(stage)s参赛名单") % {"stage": stage.title}
    return _("办公室选定")


def _candidates(group: Group, chosen: str, words: str) -> QuerySet[Person] | None:
    kind, _colon, rest = chosen.partition(":")
    people = Person.objects.filter(left_on=None)
    if kind == "answer":
        since, _second, key = rest.partition(":")
        facts = _facts(group).filter(key=key, since=since or None)
        return people.filter(pk__in=facts.values("person"))
    if kind == "stage":
        entries = Entry.objects.filter(
            stage__season=group.season_id, stage__code=rest, state__in=STANDING
        )
        return people.filter(pk__in=entries.values("person"))
    if kind == "hand" and words:
        return containing(people, "name", words) | people.filter(code=words)
    return people.none() if kind == "hand" else None


def _answers(group: Group) -> tuple[Answer, ...]:
    rows = _facts(group).values("key", "source", "since").annotate(count=Count("person"))
    told = rows.order_by("-since", "key")[:ANSWERS]
    return tuple(Answer(one["key"], one["source"], one["since"], one["count"]) for one in told)


def _facts(group: Group) -> QuerySet[Fact]:
    """What was recorded of the season's own people taking part in something, from its making on.

    That is how an answer of the level above is kept (`results.services.record_answer`).
    """
    own = Entry.objects.filter(stage__season=group.season_id).values("person")
    return Fact.objects.filter(
        kind=FactKind.CONTEST, person__in=own, recorded_at__gte=group.season.created_at
    )
