"""成绩册: a stage's teams and people with their scores."""

from __future__ import annotations

from leitai.documents.pages import (
    MM,
    Block,
    Break,
    Document,
    Paper,
    heading,
    note,
    subtitle,
    table,
    title,
)
from leitai.documents.xlsx import Column, Sheet
from leitai.paperwork.material import records
from leitai.paperwork.material.records import Place, TeamPlace
from leitai.paperwork.packs.columns import UNIT, kept, pick
from leitai.paperwork.packs.kinds import Made, Wanted
from leitai.paperwork.packs.rendering import as_document, as_sheets
from leitai.results.models import StageResult
from leitai.rulebook.model import Rulebook

TITLE = "成绩册"
_PAPER = Paper(top=28 * MM, bottom=25 * MM, left=20 * MM, right=20 * MM)


def make(wanted: Wanted) -> Made:
    """Raises DomainError("paperwork_no_result") before the stage is confirmed."""
    result = records.result_of(wanted.season, wanted.stage, title=TITLE)
    law = records.law_of(result)
    name = f"{wanted.short}{result.stage.title}{TITLE}"
    if wanted.format == "xlsx":
        return as_sheets(sheets_of(result, law, wanted.law.title), name)
    return as_document(wanted, _document(result, law, wanted), name)


def sheets_of(result: StageResult, law: Rulebook, season: str) -> list[Sheet]:
    """One sheet a track for the people, one for the teams."""
    heads = _heads(result, law)
    sheets = [
        Sheet(
            name=f"{_track(law, track)}团体",
            title=f"{season}{result.stage.title}团体成绩",
            columns=(
                Column("名次", 8),
                Column("代表队", 22),
                Column("总分", 12),
                Column("备注", 20),
            ),
            rows=[(one.rank, one.name, one.total, _remark(one)) for one in rows],
            notes=(_standing(result),),
        )
        for track, rows in records.teams_of(result, law).items()
    ]
    people = records.places_of(result, law)
    shown = kept(heads, [_row(place) for place in people])
    columns = tuple(Column(head, _WIDTHS.get(head, 12)) for head in pick(heads, shown))
    for track, places in _by_track(people).items():
        sheets.append(
            Sheet(
                name=f"{_track(law, track)}个人",
                title=f"{season}{result.stage.title}个人成绩",
                columns=columns,
                rows=[pick(_row(place), shown) for place in places],
                notes=(_standing(result),),
                landscape=True,
            )
        )
    return sheets


_WIDTHS = {"名次": 8, "姓名": 12, "单位": 34, "代表队": 18, "结果": 24, "总分": 12}


def _heads(result: StageResult, law: Rulebook) -> tuple[str, ...]:
    events = tuple(law.events[name].title for name in law.stages[result.stage.code].events)
    return ("名次", "姓名", "代表队", "单位", *events, "总分", "结果")


def _row(place: Place) -> tuple[str | int, ...]:
    return (
        place.rank, place.name, place.delegation, place.unit, *place.events, place.total,
        place.marks,
    )  # fmt: skip


def _document(result: StageResult, law: Rulebook, wanted: Wanted) -> Document:
    blocks: list[Block] = [
        title(f"{wanted.law.title}\n{result.stage.title}{TITLE}"),
        subtitle(f"{wanted.issuer}　{records.day_words(wanted.at)}"),
        note(_standing(result)),
    ]
    measure = _PAPER.measure
    parts = 0
    for track, teams in records.teams_of(result, law).items():
        parts += 1
        blocks.append(heading(f"{records.chinese_number(parts)}、{_track(law, track)}团体成绩"))
        rows = [(str(one.rank), one.name, one.total, _remark(one)) for one in teams]
        team_heads = ("名次", "代表队", "总分", "备注")
        blocks.append(table(team_heads, rows, (2, 6, 3, 5), measure=measure))
    heads = _heads(result, law)
    shares = (2, 3, 4, 7, *(3 for _ in heads[4:-2]), 3, 5)
    found = records.places_of(result, law)
    shown = kept(heads, [_row(place) for place in found])
    for track, places in _by_track(found).items():
        if parts:
            blocks.append(Break())
        parts += 1
        blocks.append(heading(f"{records.chinese_number(parts)}、{_track(law, track)}个人成绩"))
        people = [tuple(map(str, pick(_row(place), shown))) for place in places]
        left = frozenset({3}) if UNIT in pick(heads, shown) else frozenset[int]()
        blocks.append(
            table(pick(heads, shown), people, pick(shares, shown), measure=measure, left=left)
        )
    return Document(f"{wanted.short}{TITLE}", tuple(blocks), _PAPER, author=wanted.issuer)


def _standing(result: StageResult) -> str:
    """Which version this is and its fingerprint, so that a print can be told from a later one."""
    made = records.day_words(result.confirmed_at or result.computed_at)
    return (
        f"第{result.version}版，{result.get_state_display()}，{made}。"
        f"结果校验码{result.outcome_digest[:16]}。"
    )


def _remark(one: TeamPlace) -> str:
    if one.guest:
        return "计成绩不占晋级名额"
    return "晋级" if one.advanced else ""


def _track(law: Rulebook, track: str) -> str:
    return law.tracks[track].title if len(law.tracks) > 1 else ""


def _by_track(places: list[Place]) -> dict[str, list[Place]]:
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(place.track, []).append(place)
    return groups
