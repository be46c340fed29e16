"""Reads of signed lists of marks, of lists for the level above, and of its answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.base.words import listed, remarked
from leitai.files import selectors as files
from leitai.files.models import StoredFile
from leitai.kernel.errors import DomainError
from leitai.people.models import Person
from leitai.results.enums import AnswerState, UpwardState
from leitai.results.models import (
    AnswerRow,
    ScoreList,
    ScoreListRow,
    UpwardAnswer,
    UpwardList,
    UpwardRow,
)
from leitai.results.rules import can_decide, can_see_previews
from leitai.results.wording import shown_mark
from leitai.rulebook.bundle.checking import facts_read
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import FactKind
from leitai.seasons.models import Entry, Season

CHOICES = 300  # offered to be ticked; beyond that names or numbers are pasted


@dataclass(frozen=True, slots=True)
class ListsPage:
    """`choices` are the events that have marks: "stage/track/event" and its words."""

    season: Season
    rulebook: Rulebook
    lists: tuple[ScoreList, ...]
    choices: tuple[tuple[str, str], ...]
    may_take: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    list: ScoreList
    rulebook: Rulebook
    rows: tuple[tuple[ScoreListRow, str], ...]
    files: tuple[StoredFile, ...]
    may_drop: bool


@dataclass(frozen=True, slots=True)
class UpwardsPage:
    season: Season
    rulebook: Rulebook
    lists: tuple[UpwardList, ...]
    goals: tuple[tuple[str, str], ...]
    may_write: bool


@dataclass(frozen=True, slots=True)
class UpwardPage:
    list: UpwardList
    rulebook: Rulebook
    goal: str
    rows: tuple[UpwardRow, ...]
    files: tuple[StoredFile, ...]
    answers: tuple[UpwardAnswer, ...]
    contests: tuple[str, ...]
    choices: tuple[Entry, ...]
    may_write: bool

    @property
    def heads(self) -> tuple[str, ...]:
        """The columns of `printed`, as they are called."""
        delegation = self.rulebook.delegations.title
        return (
            *(_("序号"), _("赛项"), _("姓名"), delegation, _("单位")),
            *(_("类别"), _("名次"), _("成绩"), _("备注")),
        )

    @property
    def host(self) -> str:
        """Who sends it in."""
        return self.rulebook.host.name if self.rulebook.host else ""

    @property
    def printed(self) -> Sequence[dict[str, object]]:
        """As it is printed: one row each, without any personal number."""
        return [
            {
                "position": row.position,
                "track": self.rulebook.tracks[row.entry.track].title,
                "name": row.entry.name,
                "delegation": row.entry.delegation.name,
                "unit": row.entry.person.unit.name,
                "kind": row.get_kind_display(),
                "rank": row.rank or "",
                "total": row.total,
                "note": row.note,
            }
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """`rows` with whom each could mean: code, name and where they work."""

    answer: UpwardAnswer
    rows: tuple[tuple[AnswerRow, tuple[tuple[str, str], ...]], ...]
    waiting: int
    files: tuple[StoredFile, ...]
    may_write: bool


def lists_page(viewer: Actor, code: str) -> ListsPage:
    season = _season_for(viewer, code)
    law = seasons.rulebook_of(season)
    choices = []
    for stage in season.stages.order_by("position"):
        rule = law.stages.get(stage.code)
        for event in rule.events if rule else ():
            for track in rule.tracks or tuple(law.tracks) if rule else ():
                several = f" · {law.tracks[track].title}" if len(law.tracks) > 1 else ""
                words = f"{stage.title}{several} · {law.events[event].title}"
                choices.append((f"{stage.code}/{track}/{event}", words))
    lists = ScoreList.objects.filter(stage__season=season).select_related("stage")
    return ListsPage(
        season=season,
        rulebook=law,
        lists=tuple(lists.annotate(count=Count("rows")).order_by("-recorded_at")),
        choices=tuple(choices),
        may_take=can_decide(viewer, code, seasons.host_path(season)),
    )


def get_list_for(viewer: Actor, code: str, number: int) -> ScoreList:
    season = _season_for(viewer, code)
    found = ScoreList.objects.filter(stage__season=season, pk=number)
    held = found.select_related("stage__season__rulebook", "stage__season__host").first()
    if held is None:
        raise DomainError("not_found")
    return held


def list_page(viewer: Actor, code: str, number: int) -> ListPage:
    held = get_list_for(viewer, code, number)
    rows = held.rows.select_related("entry__person", "entry__delegation")
    return ListPage(
        list=held,
        rulebook=seasons.rulebook_of(held.stage.season),
        rows=tuple((row, shown_mark(row.value, row.decimals, row.status)) for row in rows),
        files=tuple(files.list_files(f"score-list:{held.pk}")),
        may_drop=can_decide(viewer, code, seasons.host_path(held.stage.season)),
    )


def upwards_page(viewer: Actor, code: str) -> UpwardsPage:
    season = _season_for(viewer, code)
    law = seasons.rulebook_of(season)
    lists = UpwardList.objects.filter(season=season).annotate(count=Count("rows"))
    return UpwardsPage(
        season=season,
        rulebook=law,
        lists=tuple(lists.order_by("-number")),
        goals=tuple((goal, one.title) for goal, one in law.beyond.items()),
        may_write=can_decide(viewer, code, seasons.host_path(season)),
    )


def get_upward_for(viewer: Actor, code: str, number: int) -> UpwardList:
    season = _season_for(viewer, code)
    held = (
        UpwardList.objects.filter(season=season, number=number)
        .select_related("season__rulebook", "season__host")
        .first()
    )
    if held is None:
        raise DomainError("not_found")
    return held


def upward_page(viewer: Actor, code: str, number: int) -> UpwardPage:
    held = get_upward_for(viewer, code, number)
    law = seasons.rulebook_of(held.season)
    rows = held.rows.select_related("entry__person__unit", "entry__delegation", "entry__stage")
    return UpwardPage(
        list=held,
        rulebook=law,
        goal=law.beyond[held.goal].title if held.goal in law.beyond else "",
        rows=tuple(rows),
        files=tuple(files.list_files(f"upward:{held.pk}")),
        answers=tuple(held.answers.annotate(count=Count("rows"))),
        contests=tuple(
            sorted({k or "" for kind, k in facts_read(law).names if _contest(kind)} - {""})
        ),
        choices=tuple(_choices(held)) if held.state == UpwardState.DRAFT else (),
        may_write=can_decide(viewer, code, seasons.host_path(held.season)),
    )


def entries_named(season: Season, told: list[str]) -> dict[str, Entry]:
    """By code or name the entry in the last stage that has it, each once and in their order.

    Raises DomainError: entry_unknown, upward_namesakes where a name means several people.
    """
    rows = Entry.objects.filter(
        Q(code__in=told) | Q(person__name__in=told) | Q(team__in=told), stage__season=season
    )
    rows = rows.exclude(state__in=seasons.LEFT).select_related("person__unit")
    by_code: dict[tuple[str, str], Entry] = {
        (entry.track, entry.code): entry for entry in rows.order_by("stage__position", "pk")
    }
    found: dict[int, Entry] = {}
    for words in told:
        same = [one for one in by_code.values() if words in {one.code, one.name}]
        if not same:
            raise DomainError("entry_unknown", entry=words)
        if len({one.person_id for one in same}) > 1:
            who = listed(remarked(one.code, one.person.unit.name) for one in same)
            raise DomainError("upward_namesakes", name=words, who=who)
        found[same[-1].pk] = same[-1]
    return {entry.code: entry for entry in found.values()}


def _choices(held: UpwardList) -> list[Entry]:
    """Who could be put on a draft: of the last stage that anybody stands in, not on it yet."""
    rows = Entry.objects.filter(stage__season=held.season).exclude(state__in=seasons.LEFT)
    last = rows.order_by("-stage__position").values_list("stage", flat=True).first()
    listed_codes = held.rows.values("entry__code")
    rows = rows.filter(stage=last).exclude(code__in=listed_codes)
    rows = rows.select_related("person__unit", "delegation")
    return list(rows.order_by("track", "delegation__position", "code")[:CHOICES])


def get_answer_for(viewer: Actor, code: str, answer: int) -> UpwardAnswer:
    season = _season_for(viewer, code)
    held = (
        UpwardAnswer.objects.filter(list__season=season, pk=answer)
        .select_related("list__season__rulebook", "list__season__host")
        .first()
    )
    if held is None:
        raise DomainError("not_found")
    return held


def answer_page(viewer: Actor, code: str, answer: int) -> AnswerPage:
    held = get_answer_for(viewer, code, answer)
    rows = list(held.rows.select_related("person__unit"))
    open_ = {AnswerState.DOUBTFUL, AnswerState.FOREIGN}
    could = _candidates(held.list.season, {row.name for row in rows if row.state in open_})
    return AnswerPage(
        answer=held,
        rows=tuple((row, could[row.name] if row.state in open_ else ()) for row in rows),
        waiting=sum(row.state in open_ for row in rows),
        files=tuple(files.list_files(f"answer:{held.pk}")),
        may_write=can_decide(viewer, code, seasons.host_path(held.list.season)),
    )


def answer_row(viewer: Actor, code: str, answer: int, row: int) -> AnswerRow:
    held = get_answer_for(viewer, code, answer)
    found = held.rows.filter(pk=row).select_related("answer__list__season").first()
    if found is None:
        raise DomainError("not_found")
    return found


def person_meant(row: AnswerRow, code: str) -> Person | None:
    """Whom somebody says that a row means; "" is nobody of ours."""
    return competitor(row.answer.list.season, code) if code else None


def competitor(season: Season, code: str) -> Person:
    """Somebody who competes in the season; raises DomainError("not_found")."""
    found = _competitors(season).filter(code=code).first()
    if found is None:
        raise DomainError("not_found")
    return found


def _competitors(season: Season) -> QuerySet[Person]:
    here = Entry.objects.filter(stage__season=season).exclude(state__in=seasons.LEFT)
    return Person.objects.filter(pk__in=here.values("person")).select_related("unit")


def _candidates(season: Season, names: set[str]) -> defaultdict[str, tuple[tuple[str, str], ...]]:
    found: defaultdict[str, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    for person in _competitors(season).filter(Q(name__in=names)).order_by("name", "code"):
        found[person.name] += ((person.code, person.unit.name),)
    return found


def _contest(kind: str) -> bool:
    return kind == FactKind.CONTEST


def _season_for(viewer: Actor, code: str) -> Season:
    season = seasons.get_season(code)
    if not can_see_previews(viewer, code, seasons.host_path(season)):
        raise DomainError("forbidden")
    return season
