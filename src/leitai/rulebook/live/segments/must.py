"""Must questions (必答题): every seat or member in its turn."""

from dataclasses import replace

from typing_extensions import override

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import Play, Question, Run, Turn, refuse
from leitai.rulebook.live.segments.machine import NUMBER, Handler
from leitai.rulebook.live.segments.turns import Turns
from leitai.rulebook.model.live import Must as Rules


class Must(Turns):
    """Must questions."""

    @property
    def rules(self) -> Rules:
        """Give the segment's own rules."""
        return self.segment.must or Rules()

    @override
    def handlers(self) -> dict[str, Handler]:
        """Take the choice of a set, where there are sets."""
        more: dict[str, Handler] = {"choose": self.choose} if self.rules.sets else {}
        return {**super().handlers(), **more}

    @override
    def enter(self, _play: Play, run: Run) -> Run:
        """Write down whose turn comes when."""
        by_member = self.rules.by == "member"
        numbers = self.segment.members or tuple(range(1, self.live.members + 1))
        own = [
            number for number in (numbers if by_member else (0,)) for _ in range(self.rules.each)
        ]
        if self.rules.sequence == "seat-major":
            turns = [Turn(seat, number) for seat in run.order for number in own]
        else:
            turns = [Turn(seat, number) for number in own for seat in run.order]
        return replace(run, turns=tuple(turns))

    def choose(self, play: Play, entry: LogIn) -> Play:
        """Note which set a seat has drawn or chosen; each set goes to one seat."""
        run, sets = self.run(play), self.rules.sets
        name = play.seat(entry.seat).name
        most = sets.count if sets is not None else 0
        if not NUMBER.fullmatch(entry.value) or int(entry.value) > most:
            refuse("live_no_set", value=entry.value, most=most)
        if self._set(run, name) or any(turn.seat == name for turn in run.done):
            refuse("live_chosen_already", seat=name)
        if any(used.endswith(f"={entry.value}") for used in run.used):
            refuse("live_set_taken", value=entry.value)
        return self.with_run(play, replace(run, used=(*run.used, f"{name}={entry.value}")))

    @override
    def ask(self, play: Play, entry: LogIn) -> Play:
        """Begin the question of whose turn it is."""
        turn = self.next_turn(play)
        self.check_turn(turn, entry)
        if self.rules.sets and not self._set(self.run(play), turn.seat):
            refuse("live_set_needed", seat=turn.seat)
        question = Question(0, phase="answering", turn=(turn.seat,), member=turn.member)
        return self.new_question(self.take(play), entry, replace(question, owner=turn.seat))

    def _set(self, run: Run, seat: str) -> str:
        found = [used for used in run.used if used.rpartition("=")[0] == seat]
        return found[0] if found else ""
