"""A published standing as a hall's screen shows it: nothing that the public may not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext

from leitai.base.actor import NOBODY
from leitai.kernel.errors import DomainError
from leitai.results.evidence import law_of, outcome_of
from leitai.results.models import StageResult
from leitai.results.selectors import access
from leitai.results.selectors.boards import Line, Mark, person_table, team_table
from leitai.results.selectors.boards import tracks_of as ranked_tracks
from leitai.rulebook import numbers
from leitai.rulebook.data import MAIN
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model import Stage as StageRules
from leitai.seasons import selectors as seasons

ROWS: Final = 14  # of one screen, in two columns; fewer than half of them stand in one
PEOPLE: Final = "people"
TEAMS: Final = "teams"


@dataclass(frozen=True, slots=True)
class HallRow:
    """A place: `parts` are the figures behind the total, each with its title."""

    line: Line
    parts: tuple[tuple[str, str], ...]
    won: Mark | None


@dataclass(frozen=True, slots=True)
class HallStanding:
    """`result` is None before publication; `part` of `parts` screens; `carried` as title, share.

    `boards` are those that the stage has, key and title; none where it ranks nobody.
    """

    season: str
    contest: str
    stage: str
    result: StageResult | None = None
    track: str = ""
    board: str = ""
    boards: tuple[tuple[str, str], ...] = ()
    rows: tuple[HallRow, ...] = ()
    carried: tuple[tuple[str, str], ...] = ()
    part: int = 1
    parts: int = 1

    @property
    def teams(self) -> bool:
        return self.board == TEAMS

    @property
    def title(self) -> str:
        """Of a board beside the ranking of all; that one, and the teams', go by the stage's."""
        return "" if self.board in {PEOPLE, TEAMS} else dict(self.boards).get(self.board, "")

    @property
    def columns(self) -> int:
        return 2 if len(self.rows) > ROWS // 2 else 1

    @property
    def others(self) -> range:
        return range(1, self.parts + 1)


def hall_standing(season: str, stage: str, *, track: str, board: str, part: str) -> HallStanding:
    """What everybody may read of a stage, whoever has signed in at the hall's computer.

    Raises DomainError("not_found") where there is no such stage.
    """
    held = seasons.get_stage(seasons.get_season(season), stage)
    law = seasons.rulebook_of(held.season)
    contest = law.short_title or law.title
    try:
        result = access.get_result_for(NOBODY, season, stage)
    except DomainError as error:
        if error.code != "not_found":
            raise
        return HallStanding(season, contest, held.title)
    return _published(result, contest, track=track, board=board, part=part)


def _published(
    result: StageResult, contest: str, *, track: str, board: str, part: str
) -> HallStanding:
    law = law_of(result)
    rules = law.stages[result.stage.code]
    tracks = ranked_tracks(result, law) or rules.tracks or tuple(law.tracks)
    track = track if track in tracks else tracks[0]
    boards = _boards(result, rules, track)
    board = board if board in dict(boards) else next(iter(dict(boards)), "")
    every = _lines(result, law, track, board)
    parts = max(1, -(-len(every) // ROWS))
    at = min(max(1, int(part) if part.isdecimal() and len(part) < 4 else 1), parts)
    lines = every[(at - 1) * ROWS : at * ROWS]
    return HallStanding(
        season=result.stage.season.code,
        contest=contest,
        stage=result.stage.title,
        result=result,
        track=law.tracks[track].title if tracks[1:] else "",
        board=board,
        boards=boards,
        rows=_rows(result, law, track, lines, figured=board == PEOPLE),
        carried=_carried(law, rules),
        part=at,
        parts=parts,
    )


def _boards(result: StageResult, rules: StageRules, track: str) -> tuple[tuple[str, str], ...]:
    """What the stage ranks by: all its people, its teams, and the boards that it declares."""
    found = [(PEOPLE, gettext("个人名次"))] if rules.ranking else []
    found += [(TEAMS, gettext("团体名次"))] if rules.team else []
    held = result.standings.filter(track=track).order_by("board")
    for name in held.values_list("board", flat=True).distinct():
        declared, _, group = name.partition(":")
        if declared in rules.boards:
            title = rules.boards[declared].title
            found.append((name, f"{title} · {group}" if group else title))
    return tuple(found)


def _lines(result: StageResult, law: Rulebook, track: str, board: str) -> Sequence[Line]:
    if board == TEAMS:
        return team_table(result, law, track).lines
    name = MAIN if board == PEOPLE else board
    return person_table(result, law, track, board=name).lines if board else ()


def _rows(
    result: StageResult, law: Rulebook, track: str, lines: Sequence[Line], *, figured: bool
) -> tuple[HallRow, ...]:
    figures = _figures(result, law, track) if figured else {}
    return tuple(
        HallRow(
            line,
            figures.get(line.key, ()),
            next((mark for mark in line.marks if mark.shape == "ok"), None),
        )
        for line in lines
    )


def _figures(
    result: StageResult, law: Rulebook, track: str
) -> dict[str, tuple[tuple[str, str], ...]]:
    """What the total is made of beside what is carried in, by entry; only where something is."""
    rules = law.stages[result.stage.code]
    if rules.ranking is None or rules.total is None or not rules.total.carry:
        return {}
    known = {name: (one.title, one.decimals) for name, one in rules.figures.items()}
    known |= {name: (law.events[name].title, law.events[name].decimals) for name in rules.events}
    places = [(at, *known[key]) for at, key in enumerate(rules.ranking.keys) if key in known]
    return {
        row.entry: tuple(
            (title, numbers.show(row.values[at], decimals))
            for at, title, decimals in places
            if at < len(row.values)
        )
        for row in outcome_of(result).standings
        if row.stage == result.stage.code and row.track == track and row.board == MAIN
    }


def _carried(law: Rulebook, rules: StageRules) -> tuple[tuple[str, str], ...]:
    """From which stages how much is carried in: title, and the share in hundredths."""
    carry = rules.total.carry if rules.total else ()
    return tuple(
        (law.stages[one.from_].title, f"{numbers.show(Fraction(one.share) * 100)}%")
        for one in carry
    )
