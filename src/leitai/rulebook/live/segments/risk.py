"""Risk questions (风险题): each seat in its turn chooses a stake and wins or loses it."""

from dataclasses import replace
from fractions import Fraction

from typing_extensions import override

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import Choice, Play, Question, Run, refuse
from leitai.rulebook.live.segments.machine import Handler
from leitai.rulebook.live.segments.pressing import Pressing
from leitai.rulebook.live.segments.stakes import given_back, stocked, taken, worth
from leitai.rulebook.live.segments.turns import Turns, rounds
from leitai.rulebook.model.live import Buzzer
from leitai.rulebook.model.live import Risk as Rules

DECLINE = "decline"
_STEAL = Buzzer(questions=1, opens="reading")


class Risk(Pressing, Turns):
    """Risk questions."""

    @property
    def rules(self) -> Rules:
        """Give the segment's own rules."""
        return self.segment.risk or Rules(stakes=())

    @override
    def rule(self) -> Buzzer:
        """Say how others press for a question that failed: at once, and only one of them."""
        return _STEAL

    @override
    def buzzes(self, play: Play) -> bool:
        """Say whether a first answer has failed, so that the others press."""
        question = self.run(play).question
        return question is not None and question.failures > 0

    @override
    def handlers(self) -> dict[str, Handler]:
        """Take a choice, and a question handed on."""
        return {**super().handlers(), "choose": self.choose, "give": self.give}

    @override
    def enter(self, _play: Play, run: Run) -> Run:
        """Write down whose turn comes when, and what is in stock."""
        return replace(run, turns=rounds(run, self.rules.rounds), stock=stocked(self.rules.stakes))

    def choose(self, play: Play, entry: LogIn) -> Play:
        """Note the stake that a seat chooses, or that it declines."""
        run, turn = self.run(play), self.turn_to_choose(play, entry)
        if entry.value == DECLINE:
            if self.rules.compulsory:
                refuse("live_compulsory", segment=self.segment.title)
            return self.take(play)
        run, stake = taken(given_back(run), self.rules.stakes, entry.value)
        return self.with_run(play, replace(run, choice=Choice(turn.seat, stake)))

    @override
    def ask(self, play: Play, entry: LogIn) -> Play:
        """Begin the question for the stake that was chosen."""
        turn = self.next_turn(play)
        choice = self.chosen(play, turn)
        self.check_turn(turn, entry)
        if choice is None:
            refuse("live_choice_needed", seat=turn.seat)
        question = Question(
            0, phase="answering", turn=(turn.seat,), owner=turn.seat, stake=choice.stake
        )
        return self.new_question(self.take(play), entry, question)

    @override
    def returned(self, play: Play, entry: LogIn, question: Question) -> Play:
        """Give the turn back with its stake."""
        play = super().returned(play, entry, question)
        run = replace(self.run(play), choice=Choice(question.owner, question.stake))
        return self.with_run(play, run if self.eligible(play, question.owner) else given_back(run))

    def give(self, play: Play, entry: LogIn) -> Play:
        """Hand the question on to another seat (``value``)."""
        question = self.question(play)
        seat = self.answerer(question, entry)
        if self.rules.give is None:
            refuse("live_not_here", kind=entry.kind, segment=self.segment.title)
        target = play.seat(entry.value).name
        if seat != question.owner or question.began:
            refuse("live_too_late", kind=entry.kind)
        if target == seat or target not in self.playing(play):
            refuse("live_not_playing", seat=target)
        return self.with_question(play, replace(question, turn=(target,)))

    @override
    def settle(self, play: Play, entry: LogIn, seat: str, verdict: str) -> Play:
        """Pay also who handed the question on."""
        question, give = self.question(play), self.rules.give
        given = give is not None and seat != question.owner and question.failures == 0
        if given and give is not None and verdict != "none" and question.stake is not None:
            stake, gain = question.stake, Fraction(0)
            if verdict == "right":
                gain += stake if give.right == "giver" else 0
            elif verdict != "partly":
                gain += stake if give.wrong == "giver" else 0
                gain -= stake * self.rules.loss if give.loses == "giver" else 0
            if gain:
                play = self.write(play, entry, question.owner, "gain", gain)
        return super().settle(play, entry, seat, verdict)

    @override
    def value(self, play: Play, seat: str, verdict: str) -> Fraction:
        """Give what the stake adds to who answers."""
        question, give = self.question(play), self.rules.give
        points = worth(question.stake or Fraction(0), verdict, self.rules.loss, self.rules.partly)
        if give is None or seat == question.owner or question.failures:
            return points
        if verdict == "right":
            return points if give.right == "taker" else Fraction(0)
        return points if verdict == "partly" or give.loses == "taker" else Fraction(0)

    @override
    def gone(self, play: Play, entry: LogIn, seat: str) -> Play:
        """Void the question of a seat that is out of the match, unless others press for it."""
        run = self.run(play)
        if run.choice is not None and run.choice.seat == seat:
            play = self.with_run(play, given_back(run))
        question = run.question
        if question is not None and question.failures:
            return super().gone(play, entry, seat)
        return Turns.gone(self, play, entry, seat)

    @override
    def after(self, play: Play, entry: LogIn, seat: str, verdict: str) -> Play:
        """End the question; where stealing is allowed, a failed first answer opens it."""
        question = self.question(play)
        if not self.rules.steal or verdict not in ("wrong", "timeout") or question.failures:
            return Turns.after(self, play, entry, seat, verdict)
        question = replace(
            question,
            phase="open",
            turn=(),
            failures=1,
            locked=(*question.locked, seat, *({question.owner} - {seat})),
            began=0,
            member=0,
            read_at=question.read_at or 1,
            open_at=entry.at,
        )
        return self.with_question(play, question)
