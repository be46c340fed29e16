"""The arena (擂台): who fails leaves, the winner stays and picks the next opponent."""

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar

from typing_extensions import override

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import Play, Question, Run, Turn, refuse
from leitai.rulebook.live.segments.machine import Handler, Machine
from leitai.rulebook.model.live import Arena as Rules


class Arena(Machine):
    """The arena."""

    again: ClassVar = False

    @property
    def rules(self) -> Rules:
        """Give the segment's own rules."""
        return self.segment.arena or Rules()

    @override
    def handlers(self) -> dict[str, Handler]:
        """Take the choice of an opponent, and a passed question."""
        return {**super().handlers(), "choose": self.choose, "pass": self.hand_over}

    @override
    def enter(self, _play: Play, run: Run) -> Run:
        """The first of the order holds the arena."""
        return replace(run, champion=run.order[0])

    def left(self, play: Play) -> tuple[str, ...]:
        """Name the seats that have not left yet."""
        exits = self.run(play).exits
        return tuple(name for name in self.run(play).order if name not in exits)

    @override
    def complete(self, play: Play) -> bool:
        """Say whether one seat is left."""
        return len(self.left(play)) < 2

    def choose(self, play: Play, entry: LogIn) -> Play:
        """The champion picks an opponent (``value``)."""
        run = self.run(play)
        if self.complete(play):
            refuse("live_segment_complete", segment=self.segment.title)
        if run.rival:
            refuse("live_chosen_already", seat=run.champion)
        if entry.seat not in ("", run.champion):
            refuse("live_not_turn", seat=entry.seat, next=run.champion)
        rival = play.seat(entry.value).name
        if rival == run.champion or rival not in self.left(play):
            refuse("live_not_playing", seat=rival)
        first = rival if self.rules.first == "challenger" else run.champion
        turn = Turn(first, self.rules.opener or 0)
        return self.with_run(
            play, replace(run, rival=rival, turns=(turn,), tally=MappingProxyType({}))
        )

    @override
    def ask(self, play: Play, entry: LogIn) -> Play:
        """Begin the next question of the duel."""
        run = self.run(play)
        if not run.rival:
            refuse("live_choice_needed", seat=run.champion)
        turn = run.turns[0]
        if entry.seat not in ("", turn.seat):
            refuse("live_not_turn", seat=entry.seat, next=turn.seat)
        question = Question(
            0, phase="answering", turn=(turn.seat,), owner=turn.seat, member=turn.member
        )
        return self.new_question(play, entry, question)

    def hand_over(self, play: Play, entry: LogIn) -> Play:
        """Use the right to pass (免答权): the opponent answers; nobody passes it back."""
        question, run = self.question(play), self.run(play)
        seat = self.answerer(question, entry)
        if seat != question.owner or question.began:
            refuse("live_too_late", kind=entry.kind)
        if run.used.count(seat) >= self.rules.passes:
            refuse("live_used_up", kind=entry.kind, seat=seat, most=self.rules.passes)
        question = replace(question, turn=(self._other(run, seat),), member=0)
        return self.with_run(play, replace(run, question=question, used=(*run.used, seat)))

    def _other(self, run: Run, seat: str) -> str:
        return run.rival if seat == run.champion else run.champion

    @override
    def after(self, play: Play, entry: LogIn, seat: str, verdict: str) -> Play:
        """Go on with the other's turn, or send away who has failed too often."""
        run = self.run(play)
        failed = verdict not in ("right", "none")
        tally = {**run.tally, seat: run.tally.get(seat, 0) + failed}
        owner = run.question.owner if run.question is not None else seat
        play = self.with_run(
            play,
            replace(
                run,
                tally=MappingProxyType(tally),
                turns=(Turn(self._other(run, owner)),),
            ),
        )
        play = self.over(play, entry, "failed" if failed else "right")
        return self.leave(play, entry, seat) if tally[seat] >= self.rules.out_after else play

    @override
    def returned(self, play: Play, _entry: LogIn, question: Question) -> Play:
        """Ask the same seat again."""
        turn = Turn(question.owner, question.member)
        return self.with_run(play, replace(self.run(play), turns=(turn,)))

    def leave(self, play: Play, entry: LogIn, seat: str) -> Play:
        """Send a seat away; the other one of the duel holds the arena."""
        run = self.run(play)
        exits = (*run.exits, seat)
        champion = run.champion
        if seat == champion:
            rest = [name for name in run.order if name not in exits]
            champion = run.rival or (rest[0] if rest else "")
        rival = "" if seat in (run.champion, run.rival) else run.rival
        play = self.with_run(play, replace(run, exits=exits, champion=champion, rival=rival))
        places = {**play.places, seat: len(run.order) - len(exits) + 1}
        if len(exits) == len(run.order) - 1:
            places[champion] = 1
        play = replace(play, places=MappingProxyType(places))
        for name in places.keys() - self._placed(play):
            at = places[name]
            if at <= len(self.rules.places) and self.rules.places[at - 1]:
                play = self.write(play, entry, name, "place", self.rules.places[at - 1])
        return play

    def _placed(self, play: Play) -> set[str]:
        return {
            name
            for name, seat in play.seats.items()
            if any(line.what == "place" and line.segment == self.id for line in seat.lines)
        }

    @override
    def gone(self, play: Play, entry: LogIn, seat: str) -> Play:
        """Let a seat that is out of the match leave the arena, too."""
        run = self.run(play)
        if seat not in self.left(play) or self.complete(play):
            return play
        question = run.question
        if question is not None and question.phase != "over" and seat in (run.champion, run.rival):
            play = self.over(play, entry, "left")
        return self.leave(play, entry, seat)

    @override
    def value(self, _play: Play, _seat: str, verdict: str) -> Fraction:
        """Give what an answer adds; often nothing, since places count."""
        points = self.segment.points
        return self.points(points, verdict) if points is not None else Fraction(0)
