"""Seats answer one after another: the list of turns that must, risk and other segments share."""

from dataclasses import replace

from typing_extensions import override

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import Choice, Play, Question, Run, Turn, refuse
from leitai.rulebook.live.segments.machine import Machine


class Turns(Machine):
    """A segment with a list of turns."""

    def waiting(self, play: Play) -> tuple[Turn, ...]:
        """Give the turns still to come; those of seats that may not answer are passed over."""
        return tuple(turn for turn in self.run(play).turns if self.eligible(play, turn.seat))

    @override
    def complete(self, play: Play) -> bool:
        """Say whether every turn was taken."""
        return not self.waiting(play)

    def next_turn(self, play: Play) -> Turn:
        """Give the turn that comes; refuses when there is none."""
        waiting = self.waiting(play)
        if not waiting:
            refuse("live_segment_complete", segment=self.segment.title)
        return waiting[0]

    def take(self, play: Play) -> Play:
        """Strike the turn that comes from the list."""
        run, turn = self.run(play), self.next_turn(play)
        rest = run.turns[run.turns.index(turn) + 1 :]
        return self.with_run(play, replace(run, turns=rest, done=(*run.done, turn)))

    def turn_to_choose(self, play: Play, entry: LogIn) -> Turn:
        """Give the turn in which a seat may choose; refuse one out of turn, or a second choice."""
        run = self.run(play)
        if run.question is not None and run.question.phase != "over":
            refuse("live_question_open", number=run.question.number)
        turn = self.next_turn(play)
        self.check_turn(turn, entry)
        if self.chosen(play, turn) is not None:
            refuse("live_chosen_already", seat=turn.seat)
        return turn

    def chosen(self, play: Play, turn: Turn) -> Choice | None:
        """Give what was chosen for this turn; that of a seat that is stopped since is none."""
        choice = self.run(play).choice
        return choice if choice is not None and choice.seat == turn.seat else None

    def check_turn(self, turn: Turn, entry: LogIn) -> None:
        """Refuse an entry for a seat whose turn it is not."""
        if entry.seat not in ("", turn.seat):
            refuse("live_not_turn", seat=entry.seat, next=turn.seat)

    @override
    def returned(self, play: Play, _entry: LogIn, question: Question) -> Play:
        """Give the turn of a replaced question back."""
        run = self.run(play)
        at = max(index for index, turn in enumerate(run.done) if turn.seat == question.owner)
        turns = (run.done[at], *run.turns)
        return self.with_run(
            play, replace(run, turns=turns, done=(*run.done[:at], *run.done[at + 1 :]))
        )

    @override
    def after(self, play: Play, entry: LogIn, _seat: str, verdict: str) -> Play:
        """End the question."""
        if verdict == "none":
            return self.over(play, entry, "void")
        return self.over(play, entry, "right" if verdict == "right" else "failed")


def rounds(run: Run, count: int) -> tuple[Turn, ...]:
    """Give every seat a turn in each of so many rounds."""
    return tuple(Turn(seat, round=number) for number in range(count) for seat in run.order)
