"""Section 6.9 of docs/formats/bundle.md: what decided, and the records of everything decided."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from verifying.records import Record

if TYPE_CHECKING:
    from verifying.season import BoardId, Season


def written(value: Fraction, decimals: int = 0) -> str:
    """Write a figure with at least so many decimals, or as p/q where it does not end."""
    rest, places = value.denominator, 0
    while rest % 2 == 0 or rest % 5 == 0:
        rest //= 10 if rest % 10 == 0 else 2 if rest % 2 == 0 else 5
        places += 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(places, decimals)
    units = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    text = f"{units[:-places]}.{units[-places:]}" if places else units
    return f"-{text}" if value < 0 else text


def rows_of(season: Season) -> Iterator[Record]:
    """Give the records of everything that was decided."""
    for rows in season.advanced.values():
        yield from rows
    yield from season.reserves
    yield from season.awards
    yield from season.honours
    for board, order in season.boards.items():
        for at, (rank, group) in enumerate(order.ranked()):
            row = {"stage": board[0], "track": board[1], "rank": rank}
            row["tied_with"] = len(group) - 1
            for name in group:
                of = _team if board[2] == "teams" else _standing
                why = decided_by(season, board, at, name)
                row |= {"total": str(order.totals[name]), "decided_by": why}
                yield row | of(season, board, name)


def _standing(season: Season, board: BoardId, name: str) -> Record:
    return {
        "kind": "standing",
        "board": board[2],
        "entry": name,
        "delegation": season.people[board[:2]][name]["delegation"],
        "values": [str(value) for value in season.boards[board].figures[name]],
    }


def _team(season: Season, board: BoardId, name: str) -> Record:
    return {
        "kind": "team",
        "delegation": name,
        "guest": name in season.guests,
        "advanced": name in season.gone[board[:2]],
        "counted": season.counted(board[:2], name),
    }


def decided_by(season: Season, board: BoardId, at: int, name: str) -> Record | None:
    """Say what put a group above or below a neighbour of the same total."""
    order = season.boards[board]
    mine, total = order.groups[at][0], {"total": season.points(board, name)}
    if drawn := order.drawn.get(name):
        data = {"how": drawn["how"], "note": drawn["note"], "count": len(drawn["order"])}
        data |= total | {"position": drawn["order"].index(name) + 1}
        return {"code": "resolved", "data": data}
    for side, other in (("above", at + 1), ("below", at - 1)):
        if not 0 <= other < len(order.groups):
            continue
        theirs = order.groups[other][0]
        if order.totals[theirs] == order.totals[mine]:
            return _compared(season, board, side, (mine, theirs), total)
    return None


def _compared(
    season: Season, board: BoardId, side: str, pair: tuple[str, str], total: Record
) -> Record | None:
    order = season.boards[board]
    keys = [*order.chain, *order.at_lines]
    mine, theirs = ([*order.figures[one], *order.further[one]] for one in pair)
    n = next((n for n in range(len(keys)) if mine[n] != theirs[n]), None)
    if n is None:
        return None
    key, figures = keys[n], (mine[n], theirs[n])
    if "nth" in key:
        return {"code": f"member_{side}", "data": total | _nth(season, board, key, pair, figures)}
    data = {field: key[field] for field in ("title", "unit", "better")} | total
    data["same"] = [one["title"] for one in keys[:n] if one["name"] != "total"]
    data["mine"], data["other"] = (written(value, key["decimals"]) for value in figures)
    return {"code": f"key_{side}", "data": data}


def _nth(
    season: Season,
    board: BoardId,
    key: Record,
    pair: tuple[str, str],
    figures: tuple[Fraction, ...],
) -> Record:
    """Write the figures of the nth member, or nothing where a team has none."""
    shown = [
        written(value, key["decimals"])
        if key["nth"] <= len(season.counted(board[:2], code))
        else ""
        for code, value in zip(pair, figures, strict=True)
    ]
    return {"nth": key["nth"], "mine": shown[0], "other": shown[1]}
