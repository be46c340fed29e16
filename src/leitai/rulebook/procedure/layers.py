"""When a number may be told with its holder's name: after the last layer of it is opened."""

from typing import Final, get_args

from leitai.rulebook.model import Draw, Rulebook, Unlock

_ORDER: Final[tuple[Unlock, ...]] = get_args(Unlock)


def names_open(rules: Rulebook, *, stage: str, event: str, track: str) -> Unlock | None:
    """Say what must be done before the numbers of an event have names; None: no rule says it."""
    draws = [draw for draw in rules.draws.values() if _of(draw, stage, event, track)]
    found = [layer.unlock for draw in draws for layer in draw.layers]
    return max(found, key=_ORDER.index, default=None)


def _of(draw: Draw, stage: str, event: str, track: str) -> bool:
    return (
        draw.of == "number"
        and draw.stage in (None, stage)
        and (not draw.events or event in draw.events)
        and (not draw.tracks or track in draw.tracks)
    )
