"""The windows of a calendar: which day binds, what soft words may mean, what still waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Rulebook, Term, Window
from leitai.rulebook.procedure.days import read_clock
from leitai.rulebook.procedure.deadlines import end_of
from leitai.rulebook.procedure.soft import Span, read_soft


@dataclass(frozen=True, slots=True)
class Waiting:
    """A rule at ``path`` that cannot bind, since the window ``window`` has no binding day yet."""

    path: str
    window: str


def binding_day(window: Window) -> date | None:
    """Give the last day of a window; None while it does not bind (soft, 暂定, 另行通知)."""
    return None if window.tentative or window.later else window.latest


def opening(window: Window, zone: tzinfo | None = None) -> datetime | None:
    """Give the instant at which a window opens; None where no day binds."""
    if window.earliest is None or window.tentative or window.later:
        return None
    minutes = read_clock(window.opens) or 0
    return datetime.combine(window.earliest, time(), tzinfo=zone) + timedelta(minutes=minutes)


def closing(window: Window, zone: tzinfo | None = None) -> datetime:
    """Give the instant at which a window ends; raises DomainError("window_not_fixed")."""
    day = binding_day(window)
    if day is None:
        raise DomainError("window_not_fixed", title=window.title, words=window.words)
    try:
        return end_of(day, window.closes, zone)
    except OverflowError:
        raise DomainError("deadline_too_far", within=day.isoformat()) from None


def soft_span(window: Window, year: int | None) -> Span | None:
    """Give the range that a soft window may mean; None where it is not soft or was fixed."""
    if not window.soft or (window.fixed_by and window.latest):
        return None
    return read_soft(window.words, year)


def waiting(rules: Rulebook) -> tuple[Waiting, ...]:
    """Name every rule that rests on a window without a binding day, in the rulebook's order."""
    return tuple(
        Waiting(path, name)
        for path, name in _uses(rules)
        if name in rules.calendar and binding_day(rules.calendar[name]) is None
    )


def terms(rules: Rulebook) -> Iterator[tuple[tuple[str | int, ...], Term]]:
    """Find every term of forms, publicity and appeals, with its place."""
    for name, form in rules.forms.items():
        yield from _some(("forms", name, "term"), form.term)
        yield from _some(("forms", name, "correct"), form.correct)
    for name, publicity in rules.publicity.items():
        yield from _some(("publicity", name, "term"), publicity.term)
    for name, appeal in rules.appeals.items():
        yield from _some(("appeals", name, "term"), appeal.term)
        yield from _some(("appeals", name, "answer"), appeal.answer)
        for index, level in enumerate(appeal.levels):
            yield from _some(("appeals", name, "levels", index, "term"), level.term)
            yield from _some(("appeals", name, "levels", index, "answer"), level.answer)


def _some(
    path: tuple[str | int, ...], term: Term | None
) -> Iterator[tuple[tuple[str | int, ...], Term]]:
    if term is not None:
        yield path, term


def _uses(rules: Rulebook) -> Iterator[tuple[str, str]]:
    for name, stage in rules.stages.items():
        if stage.window:
            yield f"stages.{name}.window", stage.window
        if stage.roster and stage.roster.freeze:
            yield f"stages.{name}.roster.freeze", stage.roster.freeze
    for name, form in rules.forms.items():
        if form.window:
            yield f"forms.{name}.window", form.window
    for name, draw in rules.draws.items():
        if draw.window:
            yield f"draws.{name}.window", draw.window
    for path, term in terms(rules):
        part, _, window = term.from_.partition(".")
        if part == "calendar":
            yield f"{_show(path)}.from", window


def _show(path: tuple[str | int, ...]) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
