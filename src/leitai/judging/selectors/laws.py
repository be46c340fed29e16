"""The rules that an event is marked by: those it was called with, until then the season's."""

from __future__ import annotations

from leitai.judging.models import JudgedEvent
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Event, Rulebook
from leitai.rulebook.model.judging import Judging
from leitai.seasons import selectors as seasons


def law_of(event: JudgedEvent) -> Rulebook:
    version = event.law
    if version is None:
        return seasons.rulebook_of(event.stage.season)
    return seasons.parse(version.hash, version.text)


def rule_of(event: JudgedEvent) -> Event:
    """Raises judging_event_unknown where the season's rules have dropped it since."""
    found = law_of(event).events.get(event.event)
    if found is None or found.judging is None:
        raise DomainError("judging_event_unknown", stage=event.stage.title, event=event.event)
    return found


def judging_of(event: JudgedEvent) -> Judging:
    judging = rule_of(event).judging
    if judging is None:
        raise DomainError("judging_event_unknown", stage=event.stage.title, event=event.event)
    return judging


def named_judges(judging: Judging) -> tuple[str, ...]:
    """The ids of judges that the rules speak of by name: the arbiter, those who may veto."""
    named = [judging.gap.by] if judging.gap and judging.gap.by else []
    if judging.veto is not None:
        named += [one for one in judging.veto.by if one not in judging.kinds]
    return tuple(dict.fromkeys(named))


def is_arbiter(judging: Judging, judge: str) -> bool:
    """Whose sheet is asked for only where the others lie too far apart."""
    return judging.gap is not None and judging.gap.by == judge != ""


def countables(event: JudgedEvent) -> list[tuple[str, tuple[str, int]]]:
    """What may be counted beside marks: line → the rules' title, and its places."""
    judging, keys = judging_of(event), rule_of(event).keys
    return [
        *((f"penalty:{name}", (one.title, 0)) for name, one in judging.penalties.items()),
        *((f"bonus:{name}", (one.title, 0)) for name, one in judging.bonuses.items()),
        *((f"key:{name}", (one.title, one.decimals)) for name, one in keys.items()),
    ]
