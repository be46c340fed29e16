"""Which of the rulebook's acts a lecture may count as, and what is told of it then."""

from __future__ import annotations

from typing import Final

from leitai.lectures.enums import DoneBy
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model.practice import Act

MINUTES: Final = frozenset({"分钟", "分", "min", "minute", "minutes"})


def acts_for(law: Rulebook) -> dict[str, str]:
    """Name and title of the acts that a lecture can be: no exercise, nothing asked but minutes."""
    if law.practice is None:
        return {}
    return {name: act.title for name, act in law.practice.acts.items() if _fits(act)}


def value_of(law: Rulebook, act: str, *, subject: str, watched: int) -> str:
    """The act's value as the rules read it: the full minutes, if it has such a figure."""
    assert law.practice is not None  # noqa: S101  # the act is one of its own
    told = [
        f"{name}={min(watched // 60, int(figure.most)) if figure.most else watched // 60}"
        for name, figure in law.practice.acts[act].figures.items()
        if figure.unit in MINUTES
    ]
    return ";".join([*told, f"subject={subject}"])


def is_watched(*, seconds: int, watched: int, share: int) -> bool:
    return seconds > 0 and watched * 100 >= share * seconds


def is_done(done_by: str, *, watched: bool, checked: bool) -> bool:
    if done_by == DoneBy.CHECK:
        return checked
    return watched and (checked or done_by == DoneBy.WATCHED)


def _fits(act: Act) -> bool:
    plain = act.exercise is None and act.takes_back is None and act.spends is None and act.counts
    return plain and all(
        (figure.unit in MINUTES and not figure.words) or not figure.required
        for figure in act.figures.values()
    )
