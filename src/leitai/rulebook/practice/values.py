"""What stands in an act's value: named figures, answers in their order, seconds for each answer.

``8``, ``8;subject=a17``, ``answers=1101;seconds=4,6,2.5,9``, ``won;minutes=3``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from leitai.kernel.errors import DomainError, Problem
from leitai.rulebook import numbers
from leitai.rulebook.data import ActIn
from leitai.rulebook.model.practice import Act, ActFigure

ANSWERS: Final = "answers"
SECONDS: Final = "seconds"
SUBJECT: Final = "subject"
GIVEN: Final = (ANSWERS, SECONDS, SUBJECT)  # every act may have these
DERIVED: Final = ("right", "wrong", "asked", "row")  # what answers say by themselves
LONGEST: Final = 10_000
_ANSWERS: Final = re.compile(r"[01]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Value:
    """An act's value, read. ``answers`` in order: True is right; ``row``: the longest such run."""

    figures: Mapping[str, Fraction] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[bool, ...] = ()
    seconds: tuple[Fraction, ...] = ()
    subject: str = ""


def main_figure(act: Act) -> str | None:
    """Name the figure for which a bare value stands; None where a bare value is the subject."""
    if act.value is not None:
        return act.value
    return next(iter(act.figures)) if len(act.figures) == 1 else None


def place_of(act: ActIn) -> str:
    """Name an act for a message: ``act PERSON/ACT/INSTANT``."""
    return f"act {act.person}/{act.act}/{act.at.isoformat()}"


class Reader:
    """Reads values and notes what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, given: ActIn, act: Act) -> Value:
        """Read the value of an act; worthless if anything was reported."""
        where = place_of(given)
        if len(given.value) > LONGEST:
            self.report(where, "act_value_long", most=LONGEST)
            return Value()
        pieces: dict[str, str] = {}
        for name, text in self._pieces(given.value, act):
            if name in pieces:
                self.report(where, "act_figure_twice", figure=name)
            elif name not in act.figures and name not in GIVEN:
                allowed = ", ".join([*sorted(act.figures), *GIVEN])
                self.report(where, "act_figure_unknown", figure=name, allowed=allowed)
            else:
                pieces[name] = text
        figures: dict[str, Fraction] = {}
        words: dict[str, str] = {}
        answers = self._answers(where, pieces.get(ANSWERS), figures)
        for name, figure in sorted(act.figures.items()):
            if name in pieces:
                self._figure(where, name, figure, pieces[name], figures, words)
            elif name in figures:  # the answers say it
                self._range(where, name, figure, figures[name])
            elif figure.required:
                self.report(where, "act_figure_missing", figure=name, title=figure.title)
        seconds = () if SECONDS in act.figures else self._seconds(where, pieces.get(SECONDS))
        return Value(figures, words, answers, seconds, pieces.get(SUBJECT, ""))

    def report(self, where: str, code: str, **data: object) -> None:
        """Note a problem."""
        self.problems.append(Problem(where, code, data))

    def _pieces(self, text: str, act: Act) -> Iterator[tuple[str, str]]:
        for piece in text.split(";"):
            name, equals, rest = piece.partition("=")
            if equals:
                yield name.strip(), rest.strip()
            elif piece.strip():
                yield main_figure(act) or SUBJECT, piece.strip()

    def _answers(
        self, where: str, text: str | None, figures: dict[str, Fraction]
    ) -> tuple[bool, ...]:
        if text is None:
            return ()
        if not _ANSWERS.fullmatch(text):
            self.report(where, "act_answers", text=text[:40])
            return ()
        answers = tuple(mark == "1" for mark in text)
        figures["asked"] = Fraction(len(answers))
        figures["right"] = Fraction(sum(answers))
        figures["wrong"] = Fraction(len(answers) - sum(answers))
        figures["row"] = Fraction(max(len(run) for run in text.split("0")))
        return answers

    def _figure(
        self,
        where: str,
        name: str,
        figure: ActFigure,
        text: str,
        figures: dict[str, Fraction],
        words: dict[str, str],
    ) -> None:
        if figure.words:
            if text not in figure.words:
                allowed = ", ".join(sorted(figure.words))
                self.report(where, "act_word", figure=name, value=text[:40], allowed=allowed)
            words[name] = text
            return
        if not numbers.is_decimal(text):
            self.report(where, "act_number", figure=name, value=text[:40])
            return
        value = numbers.parse(text)
        self._range(where, name, figure, value)
        if name in figures and figures[name] != value:
            self.report(where, "act_answers_differ", figure=name, value=text)
        figures[name] = value

    def _range(self, where: str, name: str, figure: ActFigure, value: Fraction) -> None:
        if value < figure.least:
            least = numbers.show(figure.least)
            self.report(where, "act_under", figure=name, value=numbers.show(value), least=least)
        if figure.most is not None and value > figure.most:
            most = numbers.show(figure.most)
            self.report(where, "act_over", figure=name, value=numbers.show(value), most=most)

    def _seconds(self, where: str, text: str | None) -> tuple[Fraction, ...]:
        if text is None:
            return ()
        parts = [part.strip() for part in text.split(",")]
        try:
            read = tuple(numbers.parse(part) for part in parts)
        except DomainError:
            read = None
        if read is None or "-" in text:
            self.report(where, "act_seconds", text=text[:40])
            return ()
        return read
