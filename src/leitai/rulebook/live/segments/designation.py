"""Designated questions (指定题): each seat in its turn sets the question of another."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from typing_extensions import override

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import Choice, Play, Question, Run, Turn, refuse
from leitai.rulebook.live.segments.machine import Handler
from leitai.rulebook.live.segments.stakes import given_back, stocked, taken, worth
from leitai.rulebook.live.segments.turns import Turns, rounds
from leitai.rulebook.model.live import Designation as Rules

_CHOICE: Final = re.compile(
    r"(?P<stake>[0-9]{1,9}(\.[0-9]{1,9})?)(@(?P<member>[0-9]{1,3}))?(>(?P<seat>[^>@]{1,40}))?",
    re.ASCII,
)


class Designation(Turns):
    """Designated questions."""

    @property
    def rules(self) -> Rules:
        """Give the segment's own rules."""
        return self.segment.designation or Rules(stakes=())

    @override
    def handlers(self) -> dict[str, Handler]:
        """Take a choice."""
        return {**super().handlers(), "choose": self.choose}

    @override
    def enter(self, _play: Play, run: Run) -> Run:
        """Write down whose turn comes when, and what is in stock."""
        return replace(run, turns=rounds(run, self.rules.rounds), stock=stocked(self.rules.stakes))

    @override
    def complete(self, play: Play) -> bool:
        """Say whether every turn was taken, or nobody is left to be asked."""
        return super().complete(play) or len(self.playing(play)) < 2

    def choose(self, play: Play, entry: LogIn) -> Play:
        """Note stake, member and seat that are designated: ``STAKE@MEMBER>SEAT``."""
        turn, run = self.turn_to_choose(play, entry), _unsaid(self.run(play))
        found = _CHOICE.fullmatch(entry.value)
        if found is None:
            return refuse("live_no_choice", value=entry.value)
        target = self._target(play, turn.seat, found["seat"] or "")
        mark = f"{turn.round}>{target}"
        if mark in run.used and self._others(play, run, turn):
            refuse("live_designated_already", seat=target)
        member = self.member(play, target, found["member"]) if found["member"] else 0
        if self.rules.member == "chosen" and self.live.members > 1 and not member:
            refuse("live_member_needed", seat=target)
        run, stake = taken(run, self.rules.stakes, found["stake"])
        choice = Choice(turn.seat, stake, target, member)
        return self.with_run(play, replace(run, choice=choice, used=(*run.used, mark)))

    @override
    def chosen(self, play: Play, turn: Turn) -> Choice | None:
        """The choice of a seat that may not answer any more is none, too."""
        choice = super().chosen(play, turn)
        return choice if choice is not None and self.eligible(play, choice.target) else None

    def _others(self, play: Play, run: Run, turn: Turn) -> bool:
        """Say whether somebody is left who was not yet designated, where each may be once."""
        if self.rules.target != "chosen" or self.rules.each != "once":
            return False
        rest = {name for name in self.playing(play) if f"{turn.round}>{name}" not in run.used}
        return bool(rest - {turn.seat})

    def _target(self, play: Play, seat: str, named: str) -> str:
        ring = [name for name in self.run(play).order if name == seat or self.eligible(play, name)]
        if len(ring) < 2:
            refuse("live_not_playing", seat=named or seat)
        if self.rules.target == "chosen":
            if play.seat(named).name == seat or named not in ring:
                refuse("live_not_playing", seat=named)
            return named
        step = 1 if self.rules.target == "next" else -1
        target = ring[(ring.index(seat) + step) % len(ring)]
        if named not in ("", target):
            refuse("live_not_turn", seat=named, next=target)
        return target

    @override
    def ask(self, play: Play, entry: LogIn) -> Play:
        """Begin the question for the seat that was designated."""
        turn = self.next_turn(play)
        choice = self.chosen(play, turn)
        if choice is None:
            refuse("live_choice_needed", seat=turn.seat)
        if entry.seat not in ("", choice.target):
            refuse("live_not_turn", seat=entry.seat, next=choice.target)
        question = Question(
            0,
            phase="answering",
            turn=(choice.target,),
            owner=turn.seat,
            target=choice.target,
            member=choice.member,
            stake=choice.stake,
        )
        return self.new_question(self.take(play), entry, question)

    @override
    def returned(self, play: Play, entry: LogIn, question: Question) -> Play:
        """Give the turn back with what was chosen."""
        play = super().returned(play, entry, question)
        choice = Choice(question.owner, question.stake, question.target, question.member)
        run = replace(self.run(play), choice=choice)
        there = all(self.eligible(play, name) for name in (choice.seat, choice.target))
        return self.with_run(play, run if there else _unsaid(run))

    @override
    def gone(self, play: Play, entry: LogIn, seat: str) -> Play:
        """Take back a choice by or of a seat that is out of the match."""
        run = self.run(play)
        if run.choice is not None and seat in (run.choice.seat, run.choice.target):
            play = self.with_run(play, _unsaid(run))
        return super().gone(play, entry, seat)

    @override
    def value(self, play: Play, _seat: str, verdict: str) -> Fraction:
        """Give what the stake adds to who answers."""
        stake = self.question(play).stake or Fraction(0)
        return worth(stake, verdict, self.rules.loss, self.rules.partly)

    @override
    def settle(self, play: Play, entry: LogIn, seat: str, verdict: str) -> Play:
        """Pay also who set a question that was not answered, where the rules say so."""
        question = self.question(play)
        gain = (question.stake or Fraction(0)) * self.rules.setter_gains
        if gain and verdict in ("wrong", "timeout"):
            play = self.write(play, entry, question.owner, "gain", gain)
        return super().settle(play, entry, seat, verdict)


def _unsaid(run: Run) -> Run:
    """Take back a choice, if there is one; whom it named may be named again in this round."""
    if run.choice is None:
        return run
    target = run.choice.target
    marks = [at for at, mark in enumerate(run.used) if mark.partition(">")[2] == target]
    used = run.used[: marks[-1]] + run.used[marks[-1] + 1 :] if marks else run.used
    return given_back(replace(run, used=used))
