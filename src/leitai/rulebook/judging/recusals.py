"""Which judges should have withdrawn: what judge and entry have in common, from facts alone."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from leitai.rulebook.data import EntryIn, FactIn
from leitai.rulebook.model.judging import Recuse

RECUSE: Final = "recuse"  # the kind of the facts that name a relation of a judge to an entry


class Recusals:
    """What is known of judges and entries.

    Facts hold whatever their dates: a folding has no day. Facts of an entry's person and of its
    members count for the entry where ``entries`` tells who they are; its delegation is a fact
    ``delegation``.
    """

    def __init__(self, facts: Iterable[FactIn], entries: Iterable[EntryIn]) -> None:
        self._values: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._relations: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._people: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            self._values[fact.person, fact.kind].add(fact.value)
            if fact.kind == RECUSE:
                self._relations[fact.person, fact.key].add(fact.value)
        for entry in entries:
            self._people[entry.id].update((entry.person, *entry.members))
            self._values[entry.id, "delegation"].add(entry.delegation)

    def reason(self, rule: Recuse | None, judge: str, entry: str) -> str:
        """Name what keeps a judge from marking an entry: a fact's kind, a relation, or ""."""
        if rule is None:
            return ""
        people = {entry, *self._people.get(entry, ())}
        for kind in rule.same:
            mine = self._values.get((judge, kind), set())
            if any(mine & self._values.get((one, kind), set()) for one in people):
                return kind
        for relation in rule.relations:
            if people & self._relations.get((judge, relation), set()):
                return relation
        return ""
