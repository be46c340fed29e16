"""Playoffs (加赛): level seats play on for their order; the points never count."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, ClassVar

from typing_extensions import override

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import Line, Play, Question, Run, What
from leitai.rulebook.live.segments.machine import Handler, Machine
from leitai.rulebook.live.segments.pressing import Pressing
from leitai.rulebook.model.live import Buzzer
from leitai.rulebook.model.live import Playoff as Rules


class Playoff(Pressing):
    """Playoffs. ``groups`` is the order so far; who is still level stands together in it."""

    again: ClassVar = False

    @property
    def rules(self) -> Rules:
        """Give the segment's own rules."""
        return self.segment.playoff or Rules()

    @override
    def rule(self) -> Buzzer:
        """Say how the buzzer works here."""
        return Buzzer(
            questions=1, opens=self.rules.opens, after_wrong="others", fouls=self.rules.fouls
        )

    @override
    def handlers(self) -> dict[str, Handler]:
        """Take no presses where all answer."""
        found = super().handlers()
        if self.rules.form == "joint":
            del found["press"]
        return found

    @override
    def enter(self, play: Play, run: Run) -> Run:
        """Begin with everybody level."""
        return replace(run, groups=(run.order,), since=self._base(play, run))

    def _base(self, play: Play, run: Run) -> int:
        """An order that an earlier playoff gave to all of them stays below their new one."""
        return max(1, *(play.playoff.get(name, 1) for name in run.order)) - 1

    @override
    def entered(self, play: Play) -> Play:
        """Show everybody level."""
        return self._shown(play)

    def level(self, play: Play) -> tuple[str, ...]:
        """Name the first seats that are still level."""
        for group in self.run(play).groups:
            there = tuple(name for name in group if self.eligible(play, name))
            if len(there) > 1:
                return there
        return ()

    @override
    def playing(self, play: Play) -> tuple[str, ...]:
        """Name the seats that play for their order now."""
        return self.level(play)

    @override
    def complete(self, play: Play) -> bool:
        """Say whether the order is found, or the questions are used up."""
        most = self.rules.most
        return not self.level(play) or (most is not None and self.run(play).asked >= most)

    @override
    def ask(self, play: Play, entry: LogIn) -> Play:
        """Begin a question for those who are level."""
        if self.rules.form == "buzzer":
            return self.new_question(play, entry, Question(0))
        question = Question(0, phase="answering", turn=self.level(play))
        play = self.new_question(play, entry, question)
        return self.with_run(play, replace(self.run(play), tally=MappingProxyType({})))

    @override
    def write(
        self, play: Play, entry: LogIn, seat: str, what: What, points: Fraction, **more: Any
    ) -> Play:
        """Write lines that do not count."""
        number = self.run(play).begun
        line = Line(entry.seq, self.id, number, what, points, entry.value, counts=False, **more)
        return play.with_line(seat, line)

    @override
    def after(self, play: Play, entry: LogIn, seat: str, verdict: str) -> Play:
        """Move who was right ahead, or who was wrong behind."""
        if self.rules.form == "joint":
            return self._round(play, entry, seat, verdict)
        level = self.level(play)
        if self.segment.points is not None:
            return super().after(play, entry, seat, verdict)
        if verdict == "right":
            tally = {**self.run(play).tally, seat: self.run(play).tally.get(seat, 0) + 1}
            play = self.with_run(play, replace(self.run(play), tally=MappingProxyType(tally)))
            if tally[seat] >= self.rules.first_to:
                play = self._split(play, (seat,), [name for name in level if name != seat])
        elif verdict != "none" and self.rules.wrong == "loses":
            play = self._split(play, [name for name in level if name != seat], (seat,))
            return self.over(play, entry, "failed")
        return super().after(play, entry, seat, verdict)

    @override
    def finished(self, play: Play, _entry: LogIn) -> Play:
        """Order the level seats by what all questions together brought them, where points count."""
        run = self.run(play)
        if self.segment.points is None or run.asked != self.rules.most:
            return play
        won: dict[Fraction, list[str]] = defaultdict(list)
        for name in self.level(play):
            lines = play.seats[name].lines
            won[sum((line.points for line in lines if self._here(run, line)), Fraction(0))] += [
                name
            ]
        return self._parted(play, [tuple(won[points]) for points in sorted(won, reverse=True)])

    def _here(self, run: Run, line: Line) -> bool:
        """An earlier playoff of the same segment has decided what it had to decide."""
        return line.segment == self.id and line.seq > run.opened

    @override
    def gone(self, play: Play, entry: LogIn, seat: str) -> Play:
        """Where all answer, nobody waits for a seat that is out of the match."""
        if self.rules.form == "joint":
            return Machine.gone(self, play, entry, seat)
        return super().gone(play, entry, seat)

    def _round(self, play: Play, entry: LogIn, seat: str, verdict: str) -> Play:
        run, question = self.run(play), self.question(play)
        turn = tuple(name for name in question.turn if name != seat)
        tally = MappingProxyType({**run.tally, seat: int(verdict == "right")})
        play = self.with_run(play, replace(run, tally=tally, question=replace(question, turn=turn)))
        if turn:
            return play
        if self.segment.points is not None:
            return self.over(play, entry, "right")
        ahead = [name for name in self.level(play) if tally.get(name)]
        behind = [name for name in self.level(play) if not tally.get(name)]
        return self.over(self._split(play, ahead, behind), entry, "right")

    def _split(self, play: Play, ahead: Iterable[str], behind: Iterable[str]) -> Play:
        return self._parted(play, [part for part in (tuple(ahead), tuple(behind)) if part])

    def _parted(self, play: Play, parts: list[tuple[str, ...]]) -> Play:
        run, named = self.run(play), {name for part in parts for name in part}
        groups: list[tuple[str, ...]] = []
        for group in run.groups:
            if not named <= {*group}:
                groups.append(group)
                continue
            rest = tuple(name for name in group if name not in named)
            groups += [*parts, *([rest] if rest else [])]
        run = replace(run, groups=tuple(groups), tally=MappingProxyType({}))
        return self._shown(self.with_run(play, run))

    def _shown(self, play: Play) -> Play:
        """Write the order where everybody sees it: level seats share the better number."""
        run, order, place = self.run(play), dict(play.playoff), self.run(play).since + 1
        for group in run.groups:
            order |= dict.fromkeys(group, place)
            place += len(group)
        return replace(play, playoff=MappingProxyType(order))
