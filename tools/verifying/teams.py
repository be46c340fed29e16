"""Section 6.5 of docs/formats/bundle.md: delegations as teams."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from verifying import figures
from verifying.boards import Board, grouped
from verifying.records import Arena, Difference, Record, Stop
from verifying.rules import at_lines_of, chain_of, share

if TYPE_CHECKING:
    from verifying.season import Season

ALL = "all"  # the track of a score over all tracks
Counted = list[tuple[Arena, str]]
Column = tuple[Record, dict[str, Fraction]]


def rank_teams(season: Season, stage: str) -> None:
    team = season.stages[stage].get("team")
    arenas = [(stage, track) for track in season.tracks if (stage, track) in season.ranked]
    if team is None or not arenas:
        return
    if team.get("tracks") == "together":
        _rank(season, (stage, ALL), arenas, team)
        return
    for arena in arenas:
        _rank(season, arena, [arena], team)


def counted(season: Season, arena: Arena, code: str) -> Counted:
    """Give the entries that count for a team, best first."""
    team = season.stages[arena[0]]["team"]
    arenas = [arena] if arena[1] != ALL or team.get("tracks") != "together" else []
    return _counted(season, arenas or _ranked(season, arena[0]), team, code)


def _ranked(season: Season, stage: str) -> list[Arena]:
    return [(stage, track) for track in season.tracks if (stage, track) in season.ranked]


def _counted(season: Season, arenas: list[Arena], team: Record, code: str) -> Counted:
    return _everyone(season, arenas, team, code)[: team.get("top")]


def _everyone(season: Season, arenas: list[Arena], team: Record, code: str) -> Counted:
    found: Counted = []
    who = team.get("who", "all")
    for arena in arenas:
        board = season.boards.get((*arena, f"team:{code}"))
        people = season.people[arena]
        found += [
            (arena, one)
            for one in (board.names() if board else [])
            if who in ("all", people[one]["as"])
        ]
    if len(arenas) > 1:
        found.sort(key=lambda one: _total(season, *one), reverse=True)
    return found


def _total(season: Season, arena: Arena, one: str) -> Fraction:
    return season.boards[*arena, "main"].totals[one]


def _rank(season: Season, arena: Arena, arenas: list[Arena], team: Record) -> None:
    found: dict[str, Counted] = {}
    for code in season.codes:
        if team.get("of") == "advanced" and not any(code in season.came[one] for one in arenas):
            continue
        people = _counted(season, arenas, team, code)
        short = "top" in team and len(people) < team["top"] and team.get("fewer") == "exclude"
        if people and not short:
            found[code] = people
    _check_own(season, arena, arenas, list(found))
    totals = {}
    for code, people in found.items():
        total = sum((_total(season, *one) for one in people), Fraction(0))
        if team.get("score") == "mean":
            total /= len(people)
        for event, weight in team.get("plus", {}).items():
            total += share(weight) * _own(season, arenas, event, code)
        totals[code] = figures.rounded(total, team.get("round"))
    chain = [
        column
        for name in team.get("keys", ["total"])
        for column in _columns(season, arenas, team, name, found, totals)
    ]
    more = [
        column
        for name in team.get("at_lines", ())
        for column in _columns(season, arenas, team, name, found, totals)
    ]
    values = {code: [column[code] for _, column in chain] for code in found}
    season.boards[*arena, "teams"] = Board(
        grouped(found, [key for key, _ in chain], values),
        totals,
        [key for key, _ in chain],
        values,
        [key for key, _ in more],
        {code: [column[code] for _, column in more] for code in found},
    )


def _check_own(season: Season, arena: Arena, arenas: list[Arena], codes: list[str]) -> None:
    """Demand a score of every team in an event of its own, once one of them has it."""
    found = []
    for event in season.stages[arena[0]]["team"].get("plus", {}):
        there = {code for one in arenas for code in season.scores[one].get(event, {})}
        where = f"score {arena[0]}/{arena[1]}/{event}"
        found += [
            Difference("score_missing", f"{where}/{code}")
            for code in codes
            if there and code not in there
        ]
    if found:
        raise Stop(*found)


def _own(season: Season, arenas: list[Arena], event: str, code: str) -> Fraction:
    """Give a delegation's own score in an event; nought where it has none."""
    for arena in arenas:
        score = season.scores[arena].get(event, {}).get(code)
        if score is not None and score["status"] == "ok":
            return figures.points(score)
    return Fraction(0)


def _columns(
    season: Season,
    arenas: list[Arena],
    team: Record,
    name: str,
    found: dict[str, Counted],
    totals: dict[str, Fraction],
) -> list[Column]:
    stage = season.stages[arenas[0][0]]
    places = figures.places(season, stage)
    plain = {"name": name, "title": "", "unit": "", "better": "higher", "decimals": places}
    if name == "total":
        return [(plain, totals)]
    if name == "members":
        return _members(season, plain, found)
    if name.startswith("slot:"):
        slot = name.removeprefix("slot:")
        seats = {
            code: [p for p in _everyone(season, arenas, team, code)
                   if season.value_of(*p, "slot") == slot]
            for code in found
        }  # fmt: skip
        return [
            (
                plain | {"title": f"{slot}号选手"},
                {c: _total(season, *p[0]) if p else Fraction(0) for c, p in seats.items()},
            )
        ]
    if name in team.get("plus", {}):
        event = season.rules["events"][name]
        key = plain | {"title": event["title"], "decimals": event.get("decimals", 2)}
        return [(key, {code: _own(season, arenas, name, code) for code in found})]
    how, _, of = name.partition(":")
    key = figures.about(season, stage, of)
    ending = "之和" if how == "sum" else "最好成绩"
    key |= {"name": name, "title": f"计分选手{key['title'] or '总分'}{ending}"}
    best = max if key["better"] == "higher" else min
    column = {}
    for code, people in found.items():
        values = [_figure(season, *one, of) for one in people]
        column[code] = sum(values, Fraction(0)) if how == "sum" else best(values)
    return [(key, column)]


def _figure(season: Season, arena: Arena, one: str, name: str) -> Fraction:
    """Give a figure by which people are ranked."""
    stage, board = season.stages[arena[0]], season.boards[*arena, "main"]
    if name == "total":
        return board.totals[one]
    chain = chain_of(stage)
    if name in chain:
        return board.figures[one][chain.index(name)]
    return board.further[one][at_lines_of(stage).index(name)]


def _members(season: Season, plain: Record, found: dict[str, Counted]) -> list[Column]:
    """Compare people from the best down; who is not there is below everybody."""
    lists = {
        code: sorted((_total(season, *one) for one in people), reverse=True)
        for code, people in found.items()
    }
    lowest = min((values[-1] for values in lists.values()), default=Fraction(0)) - 1
    longest = max(map(len, lists.values()), default=0)
    return [
        (
            plain | {"name": "members", "nth": nth + 1},
            {c: values[nth] if nth < len(values) else lowest for c, values in lists.items()},
        )
        for nth in range(longest)
    ]
