"""A change that needs another unit: candidates, the one chosen, and what will happen then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.units import selectors, services
from leitai.units.models import Unit


@dataclass(frozen=True, slots=True)
class Choice:
    """`refusal` says why the chosen one is not possible; then there is no effect to confirm."""

    words: str
    candidates: tuple[Unit, ...]
    chosen: Unit | None = None
    refusal: str = ""
    below: int = 0
    switches: tuple[selectors.Switch, ...] = ()

    @property
    def ready(self) -> bool:
        return self.chosen is not None and not self.refusal

    @property
    def cut(self) -> bool:
        """Whether there may be more than are shown."""
        return len(self.candidates) >= selectors.CANDIDATES

    def demand(self) -> Unit:
        """The chosen unit; raises DomainError("unit_unknown") where none was chosen."""
        if self.chosen is None:
            raise DomainError("unit_unknown", code="")
        return self.chosen


def choose_parent(viewer: Actor, unit: Unit, asked: Mapping[str, str]) -> Choice:
    """Where to move the unit: `q` are words to look for, `to` is the code chosen."""
    return _choose(
        viewer,
        unit,
        asked,
        find=selectors.parents_for,
        demand=services.demand_movable,
        path=lambda chosen: f"{chosen.path}{unit.code}/",
        along=True,
    )


def choose_heir(viewer: Actor, unit: Unit, asked: Mapping[str, str]) -> Choice:
    """Which unit to merge it into, as `choose_parent`."""
    return _choose(
        viewer,
        unit,
        asked,
        find=selectors.heirs_for,
        demand=services.demand_mergeable,
        path=lambda chosen: chosen.path,
        along=False,
    )


def _choose(
    viewer: Actor,
    unit: Unit,
    asked: Mapping[str, str],
    *,
    find: Callable[[Actor, Unit, str], list[Unit]],
    demand: Callable[[Unit, Unit], None],
    path: Callable[[Unit], str],
    along: bool,
) -> Choice:
    words, code = asked.get("q", "")[:80], asked.get("to", "")[:32].strip()
    if not code:
        return Choice(words, tuple(find(viewer, unit, words)))
    try:
        chosen = selectors.get_unit_for(viewer, code)
        demand(unit, chosen)
    except DomainError as error:
        return Choice(words, tuple(find(viewer, unit, words)), refusal=text_of(error))
    below = selectors.count_below(unit)
    switches = tuple(selectors.switches(unit.path, path(chosen), along=along))
    return Choice(words, (), chosen, "", below, switches)
