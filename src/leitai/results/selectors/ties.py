"""Ties that touch a line and wait for the committee, with names and how to break them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from leitai.results.evidence import law_of
from leitai.results.models import StageResult
from leitai.results.wording import place_title, text_of
from leitai.rulebook.data import TEAMS
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import REPLAYED, ResolutionHow, ScoreState, ScoreStatus
from leitai.seasons.models import Draw, Entry, Score
from leitai.units import selectors as units


@dataclass(frozen=True, slots=True)
class Tie:
    """`index` names it for the service; `who` are the tied, by code and name.

    `held` is the season's draw of exactly these, finished or not, which then has to answer.
    """

    index: int
    board: str
    stage: str
    line: str
    needs: str
    how: str
    detail: str
    who: tuple[tuple[str, str], ...]
    purpose: str = ""
    held: Draw | None = None
    confirms: bool = False  # a list that a body confirms as it stands

    @property
    def pool(self) -> str:
        """The tied as a new draw's form takes them."""
        return ",".join(code for code, _name in self.who)

    @property
    def by_draw(self) -> bool:
        return self.needs == ResolutionHow.DRAW


def open_ties(result: StageResult) -> list[Tie]:
    """What blocks this version, in the engine's order."""
    if not result.blocked:
        return []
    season, rulebook = result.stage.season, law_of(result)
    delegations = {
        delegation.unit.code: delegation.name for delegation in units.list_delegations(season.code)
    }
    people, kinds = _people(result), {name: one.kind for name, one in rulebook.tracks.items()}
    return [
        Tie(
            index=index,
            board=_board(row["board"], delegations),
            stage=rulebook.stages[row["stage"]].title,
            line=_line(row["line"], rulebook),
            needs=row["needs"],
            how=str(ResolutionHow(row["needs"]).label),
            detail=text_of(row["detail"], of=kinds.get(row["track"], "person")),
            who=tuple(
                (key, (delegations if row["board"] == TEAMS else people).get(key, key))
                for key in row["entries"]
            ),
            purpose=_purpose(row, rulebook, delegations),
            confirms=row["detail"]["code"] == "confirm",
            held=next(iter(seasons.draws_answering(season, row["entries"])), None),
        )
        for index, row in enumerate(result.blocked)
    ]


def purpose_of(result: StageResult, row: dict[str, Any]) -> str:
    """What a draw for a tie of `result.blocked` is called."""
    names = {
        delegation.unit.code: delegation.name
        for delegation in units.list_delegations(result.stage.season.code)
    }
    return _purpose(row, law_of(result), names)


def _people(result: StageResult) -> dict[str, str]:
    codes = {key for row in result.blocked if row["board"] != TEAMS for key in row["entries"]}
    rows: Any = Entry.objects.filter(
        stage__season=result.stage.season_id, code__in=codes
    ).values_list("code", seasons.name_in())
    return dict(rows)


def _board(board: str, delegations: dict[str, str]) -> str:
    """The delegation whose own ranking it is, or nothing for the ranking of all."""
    return delegations.get(board.removeprefix("team:"), "") if board.startswith("team:") else ""


def _purpose(row: dict[str, Any], rulebook: Rulebook, delegations: dict[str, str]) -> str:
    """What a draw for this tie is called."""
    stage, line = rulebook.stages[row["stage"]].title, _line(row["line"], rulebook)
    parts = [stage, _board(row["board"], delegations), line]
    return gettext("同分：%(what)s") % {"what": " ".join(part for part in parts if part)}


def _line(line: str, rulebook: Rulebook) -> str:
    kind, _, name = line.partition(":")
    if kind == "award":
        return gettext("奖项“%(title)s”") % {"title": rulebook.award(name).title}
    return gettext("进入%(stage)s") % {"stage": place_title(rulebook, name)}


def notes_of(result: StageResult) -> list[str]:
    """What a reader should know beside the tables: voided contestants, for example."""
    void = [note["subject"] for note in result.notes if note["reason"]["code"] == "void"]
    waiting = _awaited(result, void) if void else {}
    return [
        gettext("%(name)s：按处理决定重赛，原成绩作废，等待重赛成绩")
        % {"name": waiting[note["subject"]]}
        if note["subject"] in waiting
        else text_of(note["reason"])
        for note in result.notes
    ]


def _awaited(result: StageResult, codes: Sequence[str]) -> dict[str, str]:
    """Names by entry of those whose mark a ruling voided for another contest, still to come."""
    rows = Score.objects.filter(
        entry__stage=result.stage_id,
        entry__code__in=codes,
        status=ScoreStatus.VOID,
        source__startswith=REPLAYED,
    ).exclude(state=ScoreState.SUPERSEDED)
    return dict(rows.values_list("entry__code", seasons.name_in("entry__")))
