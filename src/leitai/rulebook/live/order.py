"""The order of seats in a segment, and which seats are level."""

from collections.abc import Iterable
from fractions import Fraction

from leitai.rulebook.live.match import Play, refuse, score, seat_key
from leitai.rulebook.model.live import Live, Order


def in_order(live: Live, play: Play, order: Order, seats: Iterable[str]) -> tuple[str, ...]:
    """Put seats in a rule's order; refuses where only the log can say it."""
    names = sorted(seats, key=seat_key)
    if order.by == "given":
        refuse("live_order_needed", seats=", ".join(names))
    if order.by == "seat":
        return tuple(names if order.direction == "ascending" else reversed(names))
    sign = 1 if order.direction == "ascending" else -1
    scores = {name: sign * score(live, play.seats[name]) for name in names}
    if order.level == "draw" and len(set(scores.values())) < len(names):
        refuse("live_order_needed", seats=", ".join(names))
    return tuple(sorted(names, key=scores.__getitem__))


def by_score(live: Live, play: Play, seats: Iterable[str]) -> tuple[str, ...]:
    """Put seats from the best score down, level ones by a playoff's order, then by their names."""

    def key(name: str) -> tuple[Fraction, int]:
        return (-score(live, play.seats[name]), play.playoff.get(name, 0))

    return tuple(sorted(sorted(seats, key=seat_key), key=key))


def ties(live: Live, play: Play, seats: Iterable[str]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Give every group of level seats with the place at which it begins.

    Seats that a playoff has put in order are level no more.
    """
    found: dict[tuple[Fraction, int], list[str]] = {}
    for name in sorted(seats, key=seat_key):
        key = (-score(live, play.seats[name]), play.playoff.get(name, 0))
        found.setdefault(key, []).append(name)
    groups, place = [], 1
    for key in sorted(found):
        if len(found[key]) > 1:
            groups.append((place, tuple(found[key])))
        place += len(found[key])
    return tuple(groups)
