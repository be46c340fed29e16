"""Team scores: a delegation's best entries added up, and the ranking of delegations."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import scores as scored
from leitai.rulebook.chain import TOTAL, Key, key_of
from leitai.rulebook.columns import Column, column, fractions, rounded
from leitai.rulebook.contest import fact_of
from leitai.rulebook.data import TEAMS, team_board
from leitai.rulebook.inputs import ALL_TRACKS, Arena
from leitai.rulebook.model import Team
from leitai.rulebook.ranking import Board, Sheet, rank
from leitai.rulebook.state import State

MEMBERS = "members"
SUM, BEST, SLOT = "sum:", "best:", "slot:"


@dataclass(frozen=True, slots=True)
class _Counted:
    """A delegation's entries, best first, as rows of the sheets of their tracks; which count."""

    delegation: str
    rows: tuple[tuple[Arena, int], ...]
    everyone: tuple[tuple[Arena, int], ...]


def rank_teams(state: State, stage: str, tracks: Sequence[str]) -> None:
    """Make the board ``teams`` of these tracks of a stage that has a team score."""
    team = state.rules.stages[stage].team
    arenas = [(stage, track) for track in tracks if (stage, track) in state.sheets]
    if team is None or not arenas:
        return
    if team.tracks == "together":
        _rank(state, (stage, ALL_TRACKS), arenas, team)
        return
    for arena in arenas:
        _rank(state, arena, [arena], team)


def counted_names(state: State, arena: Arena, delegation: str) -> tuple[str, ...]:
    """Name the entries that count for a team, best first."""
    team = state.rules.stages[arena[0]].team
    if team is None:
        return ()
    found = _counted(state, _arenas(state, arena), team, delegation)
    return tuple(state.rolls[one].ids[row] for one, row in found.rows)


def _arenas(state: State, arena: Arena) -> list[Arena]:
    if arena[1] != ALL_TRACKS:
        return [arena]
    return [one for one in state.sheets if one[0] == arena[0]]


def _rank(state: State, arena: Arena, arenas: list[Arena], team: Team) -> None:
    found = []
    for delegation in sorted(state.given.delegations):
        if team.of == "advanced" and not any(delegation in state.teams_in[one] for one in arenas):
            continue
        counts = _counted(state, arenas, team, delegation)
        if counts.rows and _is_team(state, arena, team, counts):
            found.append(counts)
    if any(name.startswith(SLOT) for name in (*team.keys, *team.at_lines)):
        people = [state.rolls[one].persons[row] for counts in found for one, row in counts.everyone]
        if not any(fact.kind == "slot" for person in people for fact in state.facts(person)):
            state.note(arena, TEAMS, "slots_unknown")
    _check_own(state, arena, team, found)
    totals = [_total(state, arena, team, one) for one in found]
    exact = rounded(fractions(totals), team.round)
    chain = tuple(key for name in team.keys for key in _keys(state, arena, team, name, found))
    more = tuple(key for name in team.at_lines for key in _keys(state, arena, team, name, found))
    names = [one.delegation for one in found]
    columns = tuple(exact if key.name == TOTAL else figures for key, figures in chain)
    sheet = Sheet(names, names, exact, tuple(key for key, _ in chain), columns, more)
    state.counted[arena] = {one.delegation: len(one.rows) for one in found}
    state.boards[*arena, TEAMS] = rank(sheet)


def _is_team(state: State, arena: Arena, team: Team, counts: _Counted) -> bool:
    """Note a team that is short of entries, and say whether it is ranked."""
    if team.top is None or len(counts.rows) >= team.top:
        return True
    code = "team_short" if team.fewer == "count" else "team_excluded"
    state.note(arena, counts.delegation, code, count=len(counts.rows), top=team.top)
    return team.fewer == "count"


def _counted(state: State, arenas: list[Arena], team: Team, delegation: str) -> _Counted:
    """Find the best entries of a delegation; with several tracks by their totals alone."""
    rows: list[tuple[Arena, int]] = []
    for arena in arenas:
        board: Board | None = state.boards.get((*arena, team_board(delegation)))
        if board is None:
            continue
        capacities = state.rolls[arena].capacities
        rows += [
            (arena, row)
            for row in board.order.tolist()
            if team.who == "all" or capacities[row] == team.who
        ]
    if len(arenas) > 1:
        rows.sort(key=lambda one: state.sheets[one[0]].total.value(one[1]), reverse=True)
    return _Counted(delegation, tuple(rows[: team.top]), tuple(rows))


def _total(state: State, arena: Arena, team: Team, counts: _Counted) -> Fraction:
    total = sum(_figures(state, counts, TOTAL), start=Fraction(0))
    if team.score == "mean":
        total *= Fraction(1, len(counts.rows))
    for event, weight in team.plus.items():
        total += weight * _own(state, arena, event, counts.delegation)
    return total


def _check_own(state: State, arena: Arena, team: Team, found: list[_Counted]) -> None:
    """Demand a figure of every team in an event of its own, once one of them has it."""
    problems = []
    for event in team.plus:
        given = [state.scores[one].get(event) for one in _arenas(state, arena)]
        known = {name for scores in given if scores is not None for name in scores.entries}
        problems += [
            Problem(
                f"score {'/'.join((*arena, event, one.delegation))}",
                "score_missing",
                {"event": event, "entry": one.delegation},
            )
            for one in found
            if known and one.delegation not in known
        ]
    if problems:
        raise Problems(problems)


def _own(state: State, arena: Arena, event: str, delegation: str) -> Fraction:
    """Give a delegation's own score in an event; nought where it has none."""
    for one in _arenas(state, arena):
        given = state.scores[one].get(event)
        if given is not None and delegation in given.entries:
            at = list(given.entries).index(delegation)
            if given.status[at] == scored.OK:
                return given.figures.value(at)
    return Fraction(0)


def _figures(state: State, counts: _Counted, name: str) -> list[Fraction]:
    figures = []
    for arena, row in counts.rows:
        sheet = state.sheets[arena]
        if name == TOTAL:
            figures.append(sheet.total.value(row))
            continue
        keys = [*zip(sheet.chain, sheet.keys, strict=True), *sheet.further]
        figures += [values.value(row) for key, values in keys if key.name == name][:1]
    return figures


def _keys(
    state: State, arena: Arena, team: Team, name: str, found: list[_Counted]
) -> list[tuple[Key, Column]]:
    """Write one key of the team ranking as columns; ``members`` is as many as there are seats."""
    stage, places = state.rules.stages[arena[0]], state.places(arena)
    if name == TOTAL:
        return [(Key(TOTAL, "", "", places, "higher"), column([0] * len(found)))]
    if name == MEMBERS:
        return _members(state, places, found)
    if name.startswith(SLOT):
        slot = name.removeprefix(SLOT)
        key = Key(name, f"{slot}号选手", "", places, "higher")
        return [(key, fractions([_slot(state, one, slot) for one in found]))]
    if name in team.plus:
        event = state.rules.events[name]
        key = Key(name, event.title, "", event.decimals, "higher")
        return [(key, fractions([_own(state, arena, name, one.delegation) for one in found]))]
    how, _, of = name.partition(":")
    key = key_of(state.rules, stage, of)
    title = f"计分选手{key.title or '总分'}{'之和' if how == 'sum' else '最好成绩'}"
    best = max if key.better == "higher" else min
    figures = [_figures(state, one, of) for one in found]
    values = [sum(some, start=Fraction(0)) if how == "sum" else best(some) for some in figures]
    return [(Key(name, title, key.unit, key.decimals, key.better), fractions(values))]


def _members(state: State, places: int, found: list[_Counted]) -> list[tuple[Key, Column]]:
    """Compare the counted entries from the best down; who is not there ranks below everybody."""
    lists = [sorted(_figures(state, one, TOTAL), reverse=True) for one in found]
    longest = max(map(len, lists), default=0)
    lowest = min((min(values) for values in lists), default=Fraction(0)) - 1
    return [
        (
            Key(f"{MEMBERS}:{nth + 1}", "", "", places, "higher"),
            fractions([values[nth] if nth < len(values) else lowest for values in lists]),
        )
        for nth in range(longest)
    ]


def _slot(state: State, counts: _Counted, slot: str) -> Fraction:
    """Give the total of who sits in a numbered seat, whether it counts or not."""
    for arena, row in counts.everyone:
        if fact_of(state, arena, row, "slot") == slot:
            return state.sheets[arena].total.value(row)
    return Fraction(0)
