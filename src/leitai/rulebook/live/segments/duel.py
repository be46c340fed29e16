"""Duels (对决): pairs of seats meet, one pair after another."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar

from typing_extensions import override

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import Play, Question, Run, refuse
from leitai.rulebook.live.order import by_score
from leitai.rulebook.live.segments.machine import Handler
from leitai.rulebook.live.segments.pressing import Pressing
from leitai.rulebook.model.live import Buzzer
from leitai.rulebook.model.live import Duel as Rules

_ASKED = ""  # the tally's own entry: how many questions the duel has had


class Duel(Pressing):
    """Duels; a seat without an opponent (or whose opponent is gone) has none."""

    again: ClassVar = False

    @property
    def rules(self) -> Rules:
        """Give the segment's own rules."""
        return self.segment.duel or Rules(questions=1)

    @override
    def rule(self) -> Buzzer:
        """Say how the buzzer works here."""
        rules = self.rules
        return Buzzer(questions=1, opens=rules.opens, after_wrong=rules.after_wrong)

    @override
    def handlers(self) -> dict[str, Handler]:
        """Take a lifeline; without a buzzer there are no presses."""
        found = {**super().handlers(), "lifeline": self.lifeline}
        if self.rules.form != "buzzer":
            del found["press"]
        return found

    @override
    def enter(self, play: Play, run: Run) -> Run:
        """Pair the seats."""
        order = run.order
        if self.rules.pairs == "score":
            order = by_score(self.live, play, order)
        pairs = tuple(order[at : at + 2] for at in range(0, len(order) - 1, 2))
        return replace(run, pairs=pairs)

    def pair(self, play: Play) -> tuple[str, ...]:
        """Name the two who meet; nobody when all duels are over."""
        pairs = self._pairs(play)
        return pairs[0] if pairs else ()

    def _pairs(self, play: Play) -> tuple[tuple[str, ...], ...]:
        return tuple(
            pair for pair in self.run(play).pairs if all(self.eligible(play, name) for name in pair)
        )

    @override
    def playing(self, play: Play) -> tuple[str, ...]:
        """Name the two who meet."""
        return self.pair(play)

    @override
    def complete(self, play: Play) -> bool:
        """Say whether all duels are over."""
        return not self.pair(play)

    @override
    def ask(self, play: Play, entry: LogIn) -> Play:
        """Begin a question of the duel."""
        pair, tally = self.pair(play), self.run(play).tally
        pairs = self._pairs(play)
        if pairs != self.run(play).pairs:  # a duel that cannot go on is over as it stands
            begun = self.run(play).pairs[0] == pair
            tally = tally if begun else _none()
            play = self.with_run(play, replace(self.run(play), pairs=pairs, tally=tally))
        asked = tally.get(_ASKED, 0)
        question = Question(0)
        if self.rules.form == "turns":
            seat = pair[asked % 2]
            if entry.seat not in ("", seat):
                refuse("live_not_turn", seat=entry.seat, next=seat)
            question = Question(0, phase="answering", turn=(seat,))
        play = self.new_question(play, entry, question)
        return self._tallied(play, _ASKED)

    def _tallied(self, play: Play, name: str) -> Play:
        run = self.run(play)
        tally = MappingProxyType({**run.tally, name: run.tally.get(name, 0) + 1})
        return self.with_run(play, replace(run, tally=tally))

    def lifeline(self, play: Play, entry: LogIn) -> Play:
        """Begin the clocks of the answering seat anew."""
        question, run = self.question(play), self.run(play)
        seat = self.answerer(question, entry)
        if run.used.count(seat) >= self.rules.lifelines:
            refuse("live_used_up", kind=entry.kind, seat=seat, most=self.rules.lifelines)
        question = replace(question, answer_at=entry.at, began=0)
        return self.with_run(play, replace(run, used=(*run.used, seat), question=question))

    @override
    def settle(self, play: Play, entry: LogIn, seat: str, verdict: str) -> Play:
        """Count right answers of the duel."""
        if verdict == "right":
            play = self._tallied(play, seat)
        return super().settle(play, entry, seat, verdict)

    @override
    def after(self, play: Play, entry: LogIn, seat: str, verdict: str) -> Play:
        """End the question, or let the other at it."""
        if self.rules.form == "buzzer":
            return super().after(play, entry, seat, verdict)
        failed = verdict not in ("right", "none")
        return self.over(
            play, entry, "failed" if failed else "right" if verdict == "right" else "void"
        )

    @override
    def finished(self, play: Play, entry: LogIn) -> Play:
        """End the duel when it is decided or has had its questions."""
        run = self.run(play)
        if not run.pairs or run.pairs[0] != self.pair(play):
            return play  # somebody is gone: the duel stays as it stands
        pair, first_to = run.pairs[0], self.rules.first_to
        won = first_to is not None and any(run.tally.get(name, 0) >= first_to for name in pair)
        if not won and run.tally.get(_ASKED, 0) < self.rules.questions:
            return play
        points = {name: play.seats[name].points(self.id) for name in pair}
        for name, other in (pair, pair[::-1]):
            bonus = self._bonus(points[name], points[other])
            if bonus:
                play = self.write(play, entry, name, "gain", bonus)
        return self.with_run(play, replace(self.run(play), pairs=run.pairs[1:], tally=_none()))

    def _bonus(self, mine: Fraction, other: Fraction) -> Fraction:
        if mine == other:
            return self.rules.level
        return self.rules.win if mine > other else Fraction(0)


def _none() -> Mapping[str, int]:
    return MappingProxyType({})
