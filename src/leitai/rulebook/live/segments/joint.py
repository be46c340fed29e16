"""Joint questions (共答题、题板题): all seats answer the same question."""

from dataclasses import replace

from typing_extensions import override

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import Play, Question, refuse
from leitai.rulebook.live.segments.machine import Machine


class Joint(Machine):
    """Joint questions."""

    @override
    def complete(self, play: Play) -> bool:
        """Say whether all questions were asked, or nobody is left to answer."""
        most = self.segment.joint.questions if self.segment.joint is not None else 0
        return self.run(play).asked >= most or not self.playing(play)

    @override
    def ask(self, play: Play, entry: LogIn) -> Play:
        """Begin a question for everybody."""
        return self.new_question(
            play, entry, Question(0, phase="answering", turn=self.playing(play))
        )

    @override
    def timeout(self, play: Play, entry: LogIn) -> Play:
        """End the writing; with a seat: that seat has no answer."""
        question = self.question(play)
        self.not_early(play, entry)
        if entry.seat:
            return self.settle(play, entry, self.answerer(question, entry), "timeout")
        if question.open_at:
            refuse("live_said_already", kind=entry.kind)
        stopped = replace(question, open_at=entry.at or 1, answer_at=0)
        return self.with_question(play, stopped)

    @override
    def after(self, play: Play, entry: LogIn, seat: str, _verdict: str) -> Play:
        """Wait for the others; the question ends with the last verdict."""
        question = self.question(play)
        turn = tuple(name for name in question.turn if name != seat)
        play = self.with_question(play, replace(question, turn=turn))
        return play if turn else self.over(play, entry, "right")
