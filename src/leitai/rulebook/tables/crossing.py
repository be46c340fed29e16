"""What no single row shows: entries that are nowhere, names that mean the same, unknown facts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from leitai.kernel import canonical
from leitai.kernel.errors import Problem
from leitai.rulebook.chain import fact_key
from leitai.rulebook.data import BallotIn, FactIn, LogIn, MarkIn, ScoreIn
from leitai.rulebook.judging.recusals import RECUSE
from leitai.rulebook.lints.names import PLATFORM_FACTS
from leitai.rulebook.model import Also, Rulebook
from leitai.rulebook.tables.data import Data, Where, place

WITHDRAWN: Final = "withdrawn"
SEASON: Final = "season"  # withdrawn from everything that is to come
_KIND_KEYS: Final = frozenset({"kind", "per", "same", "relations", "of", "each", "over"})
Arena = tuple[str, str]
Wrong = tuple[str, Mapping[str, object]]  # a code and its data


def cross(rules: Rulebook, data: Data) -> list[Problem]:
    """Compare the tables with one another.

    Rows of entries that are nowhere are named and left out, so that what else is wrong with the
    tables can be said too. What only needs to be known goes to ``data.remarks``.
    """
    problems = _delegations(rules, data)
    problems += _unknown_entries(rules, data)
    _nobody(data)
    return problems


# ---- delegations


def _delegations(rules: Rulebook, data: Data) -> list[Problem]:
    """A delegation is called by its code or by its name, and by one of them throughout."""
    also = rules.delegations.also
    used = {one.delegation: one for one in reversed(data.entries) if one.delegation}
    problems = []
    for one in also:
        if one.unit != one.name and one.unit in used and one.name in used:
            rows = [_row(data, used[name]) for name in (one.unit, one.name)]
            later = max(rows, key=_order)
            names = {"code": one.unit, "name": one.name}
            problems.append(Problem(later, "delegation_two_ways", names))
    if _listed(rules.delegations.each is not None, also):
        known = {name for one in also for name in (one.unit, one.name)}
        for name in sorted(used.keys() - known):
            data.remarks.append((name, "delegation_unlisted", {"delegation": name}))
    return problems


def _listed(each: bool, also: Iterable[Also]) -> bool:
    """Say whether the rulebook names all delegations: guests alone are never all."""
    return not each and any(not one.guest for one in also)


def _row(data: Data, entry: object) -> str:
    stage, track, name = (getattr(entry, key) for key in ("stage", "track", "id"))
    return data.lines.get(place("entry", (stage, track, name)), "entries.csv")


def _order(row: str) -> tuple[str, int]:
    file, _, line = row.rpartition(":")
    return file, int(line) if line.isdecimal() else 0


# ---- entries


def _unknown_entries(rules: Rulebook, data: Data) -> list[Problem]:
    """Name every entry that a stage's list lacks, where the stage has a list at all."""
    listed: dict[Arena, set[str]] = defaultdict(set)
    for entry in data.entries:
        listed[entry.stage, entry.track].add(entry.id)
    found: dict[str, Problem] = {}

    def strange(arena: Arena, entry: str, key: str) -> bool:
        """Say whether an entry is nowhere, and name the first row that has it."""
        if not entry or arena not in listed or entry in listed[arena]:
            return False
        row = data.lines.get(key) or data.near.get(key, key)
        found.setdefault(row, Problem(row, "entry_unknown", {"entry": entry[:60]}))
        return True

    data.scores = [
        one
        for one in data.scores
        if _of_teams(rules, one)
        or not strange(_arena(one), one.entry, place("score", (*_arena(one), one.event, one.entry)))
    ]
    gone = {  # once for an entry, however many judges there were
        _whose(mark)
        for mark in reversed(data.marks)
        if strange(_arena(mark), mark.entry, f"marks {'/'.join(_whose(mark))}")
    }
    data.marks = [mark for mark in data.marks if _whose(mark) not in gone]
    data.ballots = [
        one for one in data.ballots if not strange(_arena(one), one.entry, _ballot(one))
    ]
    lost = {
        _match(row)
        for row in data.log
        if row.kind == "seat" and strange(_arena(row), _seated(rules, row), _log(row))
    }
    data.log = [row for row in data.log if _match(row) not in lost]
    return sorted(found.values(), key=lambda one: _order(one.place))


def _arena(one: ScoreIn | MarkIn | BallotIn | LogIn) -> Arena:
    return one.stage, one.track


def _of_teams(rules: Rulebook, score: ScoreIn) -> bool:
    """Say whether an event is scored for delegations."""
    stage = rules.stages.get(score.stage)
    return stage is not None and stage.team is not None and score.event in stage.team.plus


def _whose(mark: MarkIn) -> Where:
    return mark.stage, mark.track, mark.event, mark.entry


def _ballot(one: BallotIn) -> str:
    return place("ballot", (one.stage, one.track, one.board, one.voter, one.entry))


def _match(row: LogIn) -> Where:
    return row.stage, row.track, row.event, row.match


def _log(row: LogIn) -> str:
    return place("log", (*_match(row), str(row.seq)))


def _seated(rules: Rulebook, row: LogIn) -> str:
    """Give the entry that takes a seat: ``ENTRY``, or ``ENTRY=SCORE`` where a score comes along."""
    event = rules.events.get(row.event)
    carried = event is not None and event.live is not None and event.live.carried
    return row.value.rpartition("=")[0] if carried else row.value


# ---- facts


class FactDoor:
    """Says what is wrong with a fact, by the kinds and words that the rulebook declares."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self._named: frozenset[str] | None = None

    def problem(self, fact: FactIn) -> Wrong | None:
        """Give the code and data of what is wrong with a fact, None where nothing is."""
        if fact.kind == WITHDRAWN:
            return self._withdrawn(fact.value)
        return self._declared(fact) if self._rules.facts and fact.kind else None

    def _withdrawn(self, value: str) -> Wrong | None:
        known = (*self._rules.stages, *self._rules.beyond, SEASON)
        if value in known:
            return None
        return "withdrawn_unknown", {"value": value[:60], "allowed": ", ".join(known)}

    def _declared(self, fact: FactIn) -> Wrong | None:
        rules = self._rules
        kind = rules.facts.get(fact.kind)
        if kind is None:
            if fact.kind in PLATFORM_FACTS or fact.kind in self._words():
                return None
            allowed = ", ".join([*rules.facts, *PLATFORM_FACTS])
            return "people_kind_unknown", {"kind": fact.kind[:60], "allowed": allowed}
        if kind.values and fact.value and fact.value not in kind.values:
            data = {"kind": kind.title, "value": fact.value[:60]}
            return "people_value_unknown", data | {"allowed": ", ".join(kind.values)}
        return None

    def _words(self) -> frozenset[str]:
        """Give the kinds that rules name without declaring them (``per: city``)."""
        if self._named is None:
            plain = canonical.decode(self._rules.canonical) if self._rules.canonical else {}
            self._named = frozenset({*_kinds(plain), RECUSE})
        return self._named


def _kinds(plain: object, key: str = "") -> Iterator[str]:
    if isinstance(plain, dict):
        for name, part in plain.items():
            yield from _kinds(part, name)
    elif isinstance(plain, list):
        for part in plain:
            yield from _kinds(part, key)
    elif isinstance(plain, str) and fact_key(plain.removeprefix("-")):
        yield plain.removeprefix("-").split(":")[1]
    elif isinstance(plain, str) and key in _KIND_KEYS:
        yield plain


def _nobody(data: Data) -> None:
    """Note how many ids of people.csv are nobody's, where it can be known who there is."""
    if not data.entries or not data.facts:
        return
    known = {name for one in data.entries for name in (one.id, one.person, *one.members)}
    known |= {one.delegation for one in data.entries}
    known |= {mark.judge for mark in data.marks} | {one.voter for one in data.ballots}
    known |= {act.person for act in data.acts}
    strange = Counter(fact.person for fact in data.facts if fact.person not in known)
    if strange:
        shown = ", ".join(sorted(strange)[:5]) + (" …" if len(strange) > 5 else "")
        data.remarks.append(
            ("people.csv", "people_unknown", {"count": len(strange), "shown": shown})
        )
