"""Buzzer questions (抢答题): the first to press answers."""

from fractions import Fraction

from typing_extensions import override

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import Play, Question
from leitai.rulebook.live.segments.machine import NOUGHT
from leitai.rulebook.live.segments.pressing import Pressing
from leitai.rulebook.model.live import Buzzer as Rules


class Buzzer(Pressing):
    """Buzzer questions."""

    @override
    def rule(self) -> Rules:
        """Give the segment's own rules."""
        return self.segment.buzzer or Rules(questions=1)

    @override
    def complete(self, play: Play) -> bool:
        """Say whether all questions were asked, or nobody is left to answer."""
        return self.run(play).asked >= self.rule().questions or not self.playing(play)

    @override
    def ask(self, play: Play, entry: LogIn) -> Play:
        """Begin a question; nobody answers yet."""
        return self.new_question(play, entry, Question(0))

    @override
    def value(self, play: Play, _seat: str, verdict: str) -> Fraction:
        """Use the points of the rebound for every answer but the first, where there are any."""
        rebound = self.rule().rebound if self.question(play).failures else None
        return self.points(rebound or self.segment.points or NOUGHT, verdict)
