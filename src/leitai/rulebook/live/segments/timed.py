"""Timed runs (争分夺秒): each seat in its turn answers as many questions as it can."""

from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar, Final

from typing_extensions import override

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import SECOND, Due, Play, Question, Run, refuse
from leitai.rulebook.live.segments.machine import Handler
from leitai.rulebook.live.segments.turns import Turns, rounds
from leitai.rulebook.model.live import Timed as Rules

_ASKED: Final = "asked"
_PASSED: Final = "passed"
_FAILED: Final = "failed"


class Timed(Turns):
    """Timed runs: ``question`` begins a seat's run, every verdict (or pass) is a question of it."""

    again: ClassVar = False

    @property
    def rules(self) -> Rules:
        """Give the segment's own rules."""
        return self.segment.timed or Rules(seconds=1)

    @override
    def handlers(self) -> dict[str, Handler]:
        """Take passes; a run cannot be replaced."""
        found = {**super().handlers(), "pass": self.skip}
        del found["replace"], found["audience"]
        return found

    @override
    def enter(self, _play: Play, run: Run) -> Run:
        """Give every seat one run."""
        return replace(run, turns=rounds(run, 1))

    @override
    def ask(self, play: Play, entry: LogIn) -> Play:
        """Begin the run of whose turn it is."""
        turn = self.next_turn(play)
        self.check_turn(turn, entry)
        question = Question(
            0, phase="answering", turn=(turn.seat,), owner=turn.seat, answer_at=entry.at
        )
        play = self.new_question(self.take(play), entry, question)
        return self.with_run(play, replace(self.run(play), tally=MappingProxyType({})))

    @override
    def done(self, play: Play, entry: LogIn) -> Play:
        """End the run: the seat has no more to say, or the questions are at an end."""
        self.answerer(self.question(play), entry)
        return self.over(play, entry, "right")

    @override
    def timeout(self, play: Play, entry: LogIn) -> Play:
        """End the run with its time; what was asked last and not answered does not count."""
        self.answerer(self.question(play), entry)
        self.not_early(play, entry)
        return self.over(play, entry, "right")

    def skip(self, play: Play, entry: LogIn) -> Play:
        """Pass a question (过)."""
        seat = self.answerer(self.question(play), entry)
        passed = self.run(play).tally.get(_PASSED, 0)
        most = self.rules.passes
        if most is not None and passed >= most:
            refuse("live_used_up", kind=entry.kind, seat=seat, most=most)
        return self._counted(play, entry, (_ASKED, _PASSED))

    @override
    def after(self, play: Play, entry: LogIn, _seat: str, verdict: str) -> Play:
        """Count the question; the run goes on unless its bounds are reached."""
        if verdict == "none":
            return play
        failed = () if verdict == "right" else (_FAILED,)
        return self._counted(play, entry, (_ASKED, *failed))

    def _counted(self, play: Play, entry: LogIn, names: tuple[str, ...]) -> Play:
        run = self.run(play)
        tally = dict(run.tally)
        for name in names:
            tally[name] = tally.get(name, 0) + 1
        play = self.with_run(play, replace(run, tally=MappingProxyType(tally)))
        most, out = self.rules.questions, self.rules.out_after
        full = most is not None and tally.get(_ASKED, 0) >= most
        if full or (out is not None and tally.get(_FAILED, 0) >= out):
            return self.over(play, entry, "right")
        seat = self.question(play).owner
        return play if self.eligible(play, seat) else self.over(play, entry, "right")

    @override
    def gone(self, play: Play, entry: LogIn, seat: str) -> Play:
        """End the run of a seat that is out of the match."""
        question = self.run(play).question
        mine = question is not None and seat in question.turn
        return self.over(play, entry, "left") if mine else play

    @override
    def clocks(self, question: Question) -> list[Due]:
        """Give the clock of the run; a word of the host begins it anew."""
        if question.phase != "answering" or not question.answer_at:
            return []
        return [Due("run", question.answer_at + self.rules.seconds * SECOND)]
