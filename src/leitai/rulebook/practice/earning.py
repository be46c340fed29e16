"""What one act is worth in one credit, before any cap."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from leitai.rulebook import numbers
from leitai.rulebook.data import Reason
from leitai.rulebook.model.practice import Act, Credit, Practice, Step
from leitai.rulebook.practice.periods import inside
from leitai.rulebook.practice.values import Value, main_figure

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Earned:
    """The points, what is left over for the next act of the day, and why it is nothing.

    ``times`` is the factor of the ``hours`` in which the act began; 1 and "" outside of any.
    """

    points: Fraction
    rest: Fraction = NOTHING
    why: Reason | None = None
    times: Fraction = Fraction(1)
    hours: str = ""


def earn(
    practice: Practice, act: Act, credit: Credit, value: Value, at: datetime, rest: Fraction
) -> Earned:
    """Work out what an act at a local time is worth; ``rest`` is left over from before."""
    for name, least in sorted(credit.needs.items()):
        have = value.figures.get(name, NOTHING)
        if have < least:
            return Earned(NOTHING, rest, _short(act, name, have, least))
    times, hours = _times(practice, credit, at)
    base, left, why = _base(act, credit, value, rest)
    return Earned(base * times, left, why, times, hours)


def figure_of(act: Act, credit: Credit) -> str | None:
    """Name the figure by which a credit counts."""
    return credit.of or main_figure(act)


def _base(
    act: Act, credit: Credit, value: Value, rest: Fraction
) -> tuple[Fraction, Fraction, Reason | None]:
    if credit.points is not None:
        return credit.points, rest, None
    name = figure_of(act, credit) or ""
    if credit.words is not None:
        points, why = _word(act, name, credit.words, value)
        return points, rest, why
    have = value.figures.get(name)
    if have is None:
        figure = act.figures.get(name)
        data = {"title": act.title, "figure": figure.title if figure else name}
        return NOTHING, rest, Reason("practice_no_figure", data)
    if credit.factor is not None:
        return have * credit.factor, rest, None
    if credit.steps is not None:
        points, why = _highest(act, name, credit.steps, have)
        return points, rest, why
    return _each(act, credit, name, have, rest)


def _word(
    act: Act, name: str, words: Mapping[str, Fraction], value: Value
) -> tuple[Fraction, Reason | None]:
    word = value.words.get(name, "")
    if word in words:
        return words[word], None
    figure = act.figures.get(name)
    shown = figure.words.get(word, word) if figure else word
    return NOTHING, Reason("practice_no_word", {"title": act.title, "word": shown})


def _highest(
    act: Act, name: str, steps: tuple[Step, ...], have: Fraction
) -> tuple[Fraction, Reason | None]:
    reached = [step for step in steps if have >= step.least]
    if reached:
        return max(reached, key=lambda step: step.least).points, None
    least = min((step.least for step in steps), default=NOTHING)
    return NOTHING, _short(act, name, have, least)


def _each(
    act: Act, credit: Credit, name: str, have: Fraction, rest: Fraction
) -> tuple[Fraction, Fraction, Reason | None]:
    kept = rest if credit.rest == "day" else NOTHING
    total = max(have, NOTHING) + kept
    if credit.per <= 0:  # reported by the lint; a rulebook that was not linted earns nothing
        return NOTHING, kept, _short(act, name, have, credit.per)
    full = total // credit.per
    left = total - full * credit.per if credit.rest == "day" else NOTHING
    why = None if full else _short(act, name, total, credit.per)
    return full * (credit.each or NOTHING), left, why


def _times(practice: Practice, credit: Credit, at: datetime) -> tuple[Fraction, str]:
    """Give the greatest factor of the hours in which the act began."""
    best: tuple[Fraction, str] | None = None
    for name, times in sorted(credit.hours.items()):
        hours = practice.hours.get(name)
        if hours is not None and inside(hours, at) and (best is None or times > best[0]):
            best = (times, hours.title)
    return best or (Fraction(1), "")


def _short(act: Act, name: str, have: Fraction, least: Fraction) -> Reason:
    figure = act.figures.get(name)
    data = {
        "title": act.title,
        "figure": figure.title if figure else name,
        "unit": figure.unit if figure else "",
        "have": numbers.show(have),
        "least": numbers.show(least),
    }
    return Reason("practice_short", data)
