"""The entries of one stage and track as columns, in the order of their ids."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from leitai.rulebook.data import EntryAs, EntryIn


@dataclass(slots=True)
class Roll:
    """Who is in a stage: one position an entry; ``names``, ``persons`` and the rest go with it."""

    ids: Sequence[str]
    names: Sequence[str]
    delegations: Sequence[str]
    persons: Sequence[str]
    capacities: Sequence[EntryAs]
    members: Sequence[tuple[str, ...]]
    _index: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, entry: object) -> bool:
        return entry in self.index

    @property
    def index(self) -> dict[str, int]:
        """Find an entry's position by its id."""
        if len(self._index) != len(self.ids):
            self._index = {name: at for at, name in enumerate(self.ids)}
        return self._index

    def people(self, at: int) -> tuple[str, ...]:
        """Name the persons of an entry: its members, or the one person that it is."""
        return self.members[at] or (self.persons[at],)

    def without(self, gone: Iterable[int]) -> "Roll":
        """Leave out some positions."""
        left_out = set(gone)
        if not left_out:
            return replace(self)
        kept = [at for at in range(len(self)) if at not in left_out]
        return Roll(
            ids=[self.ids[at] for at in kept],
            names=[self.names[at] for at in kept],
            delegations=[self.delegations[at] for at in kept],
            persons=[self.persons[at] for at in kept],
            capacities=[self.capacities[at] for at in kept],
            members=[self.members[at] for at in kept],
        )


def roll(entries: Iterable[EntryIn]) -> Roll:
    """Write entries as columns."""
    rows = sorted(entries, key=lambda entry: entry.id)
    return Roll(
        [row.id for row in rows],
        [row.name for row in rows],
        [row.delegation for row in rows],
        [row.person for row in rows],
        [row.as_ for row in rows],
        [row.members for row in rows],
    )
