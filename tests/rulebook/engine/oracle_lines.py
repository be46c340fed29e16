"""Lines through boards, for the oracle: a tie matters when the order of its members would."""

from dataclasses import dataclass, field
from itertools import permutations
from random import Random

TREATED = ("share", "out")


@dataclass
class Board:
    """Groups of equals, best first; ``further`` are the keys that count only at a line."""

    groups: list
    further: dict
    totals: dict
    dense: bool = False
    entrants: int = 0

    def names(self):
        return [name for group in self.groups for name in group]

    def starts(self):
        """Give each group with the number of those before it."""
        before = 0
        for group in self.groups:
            yield before, group
            before += len(group)

    def rows(self):
        """Give (rank, name, how many others share it), in order."""
        for index, (before, group) in enumerate(self.starts()):
            rank = index + 1 if self.dense else before + 1
            yield from ((rank, name, len(group) - 1) for name in group)

    def split(self, group, parts):
        at = self.groups.index(group)
        self.groups[at : at + 1] = parts


def grouped(names, vectors):
    """Sort by the vectors, greatest first; equals stand together, by their names."""
    return [
        [name for name in sorted(names) if vectors[name] == vector]
        for vector in sorted({vectors[name] for name in names}, reverse=True)
    ]


@dataclass
class Rule:
    """Who is passed over, who loses a place that is his, and how many of a kind there may be."""

    passes: object
    gets: object = None
    caps: list = field(default_factory=list)

    def has(self, name):
        return self.gets is None or self.gets(name)

    def takes(self, name):
        return self.passes(name) and self.has(name)


def step(rule, order, before, used):
    """Give places one after the other; returns [(place, name)], the places and kinds used."""
    used = [list(values) for values in used]
    found = []
    for name in order:
        if not rule.passes(name):
            continue
        if not rule.has(name):
            before += 1
            continue
        kinds = [
            (of(name), limit, values) for (limit, of), values in zip(rule.caps, used, strict=True)
        ]
        if any(kind and values.count(kind) >= limit for kind, limit, values in kinds):
            continue
        for kind, _, values in kinds:
            values.append(kind)
        before += 1
        found.append((before, name))
    return found, before, used


def orders(group):
    """Give every order of a small group, and enough of a large one."""
    if len(group) <= 4:
        return [list(order) for order in permutations(group)]
    turned = [group[at:] + group[:at] for at in range(len(group))]
    random = Random(7)
    return [
        *turned,
        *(one[::-1] for one in turned),
        *(random.sample(group, len(group)) for _ in range(40)),
    ]


@dataclass
class Line:
    """Places ``first`` to ``last`` of a board, and how a tie through them is answered.

    ``above``: how the awards further up answer one at their own last places. ``known``: those who
    are in anyway, so that nothing that becomes of them matters.
    """

    at: tuple
    name: str
    places: tuple
    how: str
    above: dict = field(default_factory=dict)
    known: frozenset = frozenset()

    def answer(self, border):
        return {**self.above, self.places[1]: self.how}.get(border, self.how)

    def shared_above(self, before, after):
        """Say whether an award further up takes all of a tie."""
        return any(
            before < border < after and self.answer(border) == "share"
            for border in (*self.above, self.places[0] - 1)
            if border < self.places[0]
        )


def settle(oracle, line, rule):
    """Give those inside the places, best first, or None while a tie that matters is open."""
    while True:
        again, taken = walk(oracle, line, rule)
        if not again:
            return taken


def walk(oracle, line, rule):
    """Go down the board once; True when a tie was broken, so that it must be walked again."""
    first, last = line.places
    board = oracle.boards[line.at]
    taken, before, is_open = [], 0, False
    used = [[] for _ in rule.caps]
    for group in list(board.groups):
        if before >= last:
            break
        results = [step(rule, order, before, used) for order in orders(group)]
        inside = {
            frozenset(
                name for place, name in found if first <= place <= last and name not in line.known
            )
            for found, _, _ in results
        }
        if len(inside) == 1:  # the order of these changes nothing
            found, before, used = results[0]
            taken += [name for place, name in found if first <= place <= last]
            continue
        if refine(board, group):
            return True, None
        chosen, after, used_after = together(line, rule, group, before, used)
        if chosen is None and answer(oracle, line.at, board, group):
            return True, None
        if chosen is None:
            borders = [one for one in (first - 1, last) if before < one < after] or [last]
            needs = next(line.answer(one) for one in borders if line.answer(one) not in TREATED)
            oracle.asked[*line.at, tuple(sorted(group))].append((line.name, needs))
            is_open = True
        taken += chosen or []
        before, used = after, used_after
    return False, None if is_open else taken


def together(line, rule, group, before, used):
    """Answer a tie as a whole, by ``share`` or ``out``; None where it needs an answer."""
    first, last = line.places
    everyone, after, used_after = plain(rule, group, before, used)
    if line.how == "out":  # those at a cap are out, and take no place
        results = [step(rule, order, before, used)[0] for order in orders(group)]
        sure = set.intersection(*({name for _, name in found} for found in results))
        after -= len(everyone) - len([name for name in everyone if name in sure])
        everyone = [name for name in everyone if name in sure]
    if line.shared_above(before, after):
        return [], after, used_after
    borders = [one for one in (first - 1, last) if before < one < after]
    if any(line.answer(one) not in TREATED for one in borders or [last]):
        return None, after, used_after
    is_out = line.answer(last) == "out" and last in borders
    return ([] if is_out or after < first else everyone), after, used_after


def plain(rule, group, before, used):
    """Let in all of a tie who could be, caps or not; only those whose kind is full stay out."""
    used = [list(values) for values in used]
    names = [name for name in group if rule.takes(name)]
    for (limit, of), values in zip(rule.caps, used, strict=True):
        names = [name for name in names if not of(name) or values.count(of(name)) < limit]
    for (_, of), values in zip(rule.caps, used, strict=True):
        values += [of(name) for name in names]
    lost = sum(rule.passes(name) and not rule.has(name) for name in group)
    return names, before + len(names) + lost, used


def refine(board, group):
    """Break a tie by the keys that count only at lines."""
    parts = grouped(group, board.further)
    if len(parts) > 1:
        board.split(group, parts)
    return len(parts) > 1


def answer(oracle, at, board, group):
    """Break a tie by an answer that was given to exactly this tie of this board."""
    for stage, track, name, _, order, how in oracle.season.answers:
        if (
            how != "confirmation"
            and (stage, track) == at[:2]
            and name in ("", at[2])
            and sorted(order) == sorted(group)
        ):
            board.split(group, [[one] for one in order])
            return True
    return False


def tell_apart(oracle, at, ranks, how):
    """Break every tie among these places, whether a line runs there or not."""
    board = oracle.boards[at]
    again = True
    while again:
        again = False
        for before, group in list(board.starts()):
            touched = len(group) > 1 and before < ranks[1] and before + len(group) >= ranks[0]
            if touched and (refine(board, group) or answer(oracle, at, board, group)):
                again = True
                break
    for before, group in board.starts():
        touched = len(group) > 1 and before < ranks[1] and before + len(group) >= ranks[0]
        if touched and how not in TREATED:
            line = f"ranks:{ranks[0]}-{ranks[1]}"
            oracle.asked[*at, tuple(sorted(group))].append((line, how))
