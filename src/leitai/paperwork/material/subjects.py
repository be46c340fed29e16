"""What a template can be filled with: for each subject its fields, its rows, a row's values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from leitai.base.actor import Actor
from leitai.documents.markers import NUMBER, Marker, Row, Values
from leitai.kernel.errors import DomainError
from leitai.paperwork.enums import Subject
from leitai.paperwork.material import answers, records
from leitai.people.models import Person
from leitai.people.selectors import masked
from leitai.results.selectors import awarding_stage, standing_result
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Entry, Season

COMMON = ("赛季名称", "赛季简称", "年度", "主题", "主办单位", "打印日期")
PERSONAL: Mapping[str, str] = {
    "身份证号": "id_number",
    "手机": "phone",
    "银行账号": "bank_account",
    "工号": "staff_number",
}
ENTRY = (
    "姓名", "单位", "代表队", "赛项", "参赛编号", "阶段", "岗位", "名次", "总分", "结果", *PERSONAL,
)  # fmt: skip
AWARD = ("获奖者", "姓名", "单位", "代表队", "奖项", "获奖依据", "证书编号", *PERSONAL)
_ENTRY_LIST = ("姓名", "单位", "赛项", "参赛编号", "岗位", "名次", "总分", "结果")
_AWARD_LIST = ("奖项", "获奖者", "单位", "代表队", "证书编号")
LISTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    Subject.ENTRY: {},
    Subject.AWARD: {},
    Subject.DELEGATION: {"选手": _ENTRY_LIST, "获奖": _AWARD_LIST},
    Subject.SEASON: {
        "选手": ("代表队", *_ENTRY_LIST),
        "获奖": _AWARD_LIST,
        "代表队": ("名称", "人数", "名次", "总分"),
    },
}
SINGLE: Mapping[str, tuple[str, ...]] = {
    Subject.ENTRY: ENTRY,
    Subject.AWARD: AWARD,
    Subject.DELEGATION: ("代表队", "单位", "人数"),
    Subject.SEASON: ("代表队数", "选手人数"),
}


@dataclass(frozen=True, slots=True)
class Filling:
    """One filling: what to call it, and its values. `person` has the personal numbers asked for."""

    key: str
    title: str
    values: Values
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where rows come from: the stage of a list, or a form of the rulebook."""

    subject: str
    stage: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a marker can be filled, and why not."""

    marker: Marker
    known: bool
    personal: bool = False


@dataclass(slots=True)
class _Season:
    """What is the same for all rows."""

    season: Season
    law: Rulebook
    at: datetime
    revealed_to: Actor | None = None
    places: Mapping[str, records.Place] = field(default_factory=dict)
    awards: Mapping[str, list[records.Won]] = field(default_factory=dict)


def known_fields(law: Rulebook, scope: Scope) -> dict[str, tuple[str, ...]]:
    """By list ("" for what stands alone) the names that can be filled."""
    if scope.subject == Subject.FORM:
        form = law.forms.get(scope.form)
        told = answers.known_fields(form) if form is not None else {"": ()}
        return {**told, "": (*told.get("", ()), *COMMON)}
    lists = {name: (NUMBER, *columns) for name, columns in LISTS[scope.subject].items()}
    return {"": (*SINGLE[scope.subject], *COMMON), **lists}


def check_fields(law: Rulebook, scope: Scope, markers: Sequence[Marker]) -> list[Known]:
    """Each marker of a template: can it be filled for this subject, is it a personal number."""
    known, personal = known_fields(law, scope), personal_fields(law, scope)
    return [
        Known(
            marker,
            marker.field in known.get(marker.group, ()),
            personal=(marker.group, marker.field) in personal,
        )
        for marker in markers
    ]


def personal_fields(law: Rulebook, scope: Scope) -> frozenset[tuple[str, str]]:
    """List ("" for what stands alone) and name of what a template shows masked."""
    if scope.subject == Subject.FORM:
        form = law.forms.get(scope.form)
        return answers.personal_fields(form) if form is not None else frozenset()
    return frozenset(("", name) for name in PERSONAL if name in SINGLE[scope.subject])


def choices_of(season: Season, scope: Scope) -> list[tuple[str, str]]:
    """The rows as key and title, in the order of an export."""
    return [(one.key, one.title) for one in fillings_of(season, scope, at=None)]


def fillings_of(
    season: Season,
    scope: Scope,
    *,
    at: datetime | None,
    key: str = "",
    revealed_to: Actor | None = None,
) -> list[Filling]:
    """Every row's values, or one row's; raises DomainError("paperwork_row_gone") for no such one.

    Personal numbers are masked here; those of forms are not for `revealed_to`, who stands on the
    record for it (`services.numbered`).
    """
    law = seasons.rulebook_of(season)
    held = _Season(season, law, at or season.created_at, revealed_to)
    rows = _MAKERS[Subject(scope.subject)](held, scope)
    if not key:
        return rows
    chosen = [row for row in rows if row.key == key]
    if not chosen:
        raise DomainError("paperwork_row_gone")
    return chosen


def _common(held: _Season) -> dict[str, str]:
    law = held.law
    return {
        "赛季名称": law.title,
        "赛季简称": law.short_title or law.title,
        "年度": str(law.year or ""),
        "主题": law.theme,
        "主办单位": law.host.name if law.host else "",
        "打印日期": records.day_words(held.at),
    }


def _read(held: _Season, stage: str) -> None:
    result = standing_result(held.season.code, stage)
    if result is not None:
        held.places = {one.entry: one for one in records.places_of(result, held.law)}
    last = records.awarding_result(held.season, held.law)
    held.awards = records.awards_of(last, held.law) if last is not None else {}


def _entries(held: _Season, scope: Scope) -> list[Filling]:
    stage = seasons.get_stage(held.season, scope.stage)
    _read(held, scope.stage)
    return [
        Filling(
            entry.code,
            f"{entry.person.name}（{entry.delegation.name}）",
            {**_common(held), **_entry(held, entry), **_numbers(entry.person)},
            entry.person,
        )
        for entry in records.entries_of(stage)
    ]


def _entry(held: _Season, entry: Entry) -> dict[str, str]:
    place = held.places.get(entry.code)
    track = held.law.tracks.get(entry.track)
    return {
        "姓名": entry.person.name,
        "单位": entry.person.unit.name,
        "代表队": entry.delegation.name,
        "赛项": track.title if track else "",
        "参赛编号": entry.code,
        "阶段": entry.stage.title,
        "岗位": entry.person.post,
        "名次": str(place.rank) if place else "",
        "总分": place.total if place else "",
        "结果": place.marks if place else "",
    }


def _numbers(person: Person) -> dict[str, str]:
    shown = masked(person)
    return {name: getattr(shown, column) for name, column in PERSONAL.items()}


def _awards(held: _Season, scope: Scope) -> list[Filling]:
    _read(held, scope.stage or awarding_stage(held.law))
    return [
        Filling(
            str(won.row.pk),
            f"{won.title}　{won.holder}",
            {**_common(held), **_award(won), **_holder_numbers(won)},
            won.row.entry.person if won.row.entry else None,
        )
        for group in held.awards.values()
        for won in group
    ]


def _award(won: records.Won) -> dict[str, str]:
    return {
        "获奖者": won.holder,
        "姓名": won.person,
        "单位": won.unit,
        "代表队": won.delegation,
        "奖项": won.title,
        "获奖依据": won.reason,
        "证书编号": won.serial,
    }


def _holder_numbers(won: records.Won) -> dict[str, str]:
    return _numbers(won.row.entry.person) if won.row.entry else {}


def _delegations(held: _Season, scope: Scope) -> list[Filling]:
    stage = seasons.get_stage(held.season, scope.stage)
    _read(held, scope.stage)
    fillings = []
    for delegation, entries in records.by_delegation(records.entries_of(stage)).items():
        values: dict[str, str | list[Row]] = {
            **_common(held),
            "代表队": delegation.name,
            "单位": delegation.unit.name,
            "人数": str(len(entries)),
            "选手": [_entry(held, entry) for entry in entries],
            "获奖": [row for row in _all_awards(held) if row["代表队"] == delegation.name],
        }
        fillings.append(Filling(delegation.unit.code, delegation.name, values))
    return fillings


def _seasons(held: _Season, scope: Scope) -> list[Filling]:
    stage = seasons.get_stage(held.season, scope.stage)
    _read(held, scope.stage)
    groups = records.by_delegation(records.entries_of(stage))
    result = standing_result(held.season.code, scope.stage)
    teams = records.teams_of(result, held.law) if result is not None else {}
    ranks = {one.name: one for rows in teams.values() for one in rows}
    told: list[Row] = [
        {
            "名称": delegation.name,
            "人数": str(len(entries)),
            "名次": str(ranks[delegation.name].rank) if delegation.name in ranks else "",
            "总分": ranks[delegation.name].total if delegation.name in ranks else "",
        }
        for delegation, entries in groups.items()
    ]
    people = [entry for entries in groups.values() for entry in entries]
    values: dict[str, str | list[Row]] = {
        **_common(held),
        "代表队数": str(len(groups)),
        "选手人数": str(len(people)),
        "选手": [_entry(held, entry) for entry in people],
        "获奖": _all_awards(held),
        "代表队": told,
    }
    return [Filling("season", held.law.short_title or held.law.title, values)]


def _all_awards(held: _Season) -> list[Row]:
    return [_award(won) for group in held.awards.values() for won in group]


def _forms(held: _Season, scope: Scope) -> list[Filling]:
    form = held.law.forms.get(scope.form)
    if form is None:
        return []
    return [
        Filling(one.key, one.title, {**_common(held), **one.values}, one.person)
        for one in answers.filled(held.season, scope.form, form, held.revealed_to)
    ]


_MAKERS: Mapping[Subject, Callable[[_Season, Scope], list[Filling]]] = {
    Subject.ENTRY: _entries,
    Subject.AWARD: _awards,
    Subject.DELEGATION: _delegations,
    Subject.SEASON: _seasons,
    Subject.FORM: _forms,
}
