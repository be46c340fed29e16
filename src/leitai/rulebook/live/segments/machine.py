"""What all kinds of segments share: who takes part, questions, clocks, verdicts, lines."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar, Final, cast

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import (
    SECOND,
    Due,
    Line,
    Outcome,
    Play,
    Question,
    Run,
    What,
    refuse,
)
from leitai.rulebook.model.live import Live, Points, Segment

VERDICTS: Final = ("right", "partly", "wrong", "timeout", "none")
NUMBER: Final = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
NOUGHT: Final = Points(right=Fraction(0))
Handler = Callable[[Play, LogIn], Play]


class Machine:
    """A segment's rules as a state machine: ``act`` takes an entry and gives the next state.

    ``again``: the last question can be replaced even when it is over.
    """

    again: ClassVar = True

    def __init__(self, live: Live, segment: Segment) -> None:
        self.live = live
        self.segment = segment
        self.id: Final = segment.id

    # ---- to be said by each kind of segment

    def enter(self, _play: Play, run: Run) -> Run:
        """Prepare the segment when it is opened."""
        return run

    def entered(self, play: Play) -> Play:
        """Do what else follows from the segment's opening."""
        return play

    def gone(self, play: Play, entry: LogIn, seat: str) -> Play:
        """Go on without a seat that is out of the match."""
        question = self.run(play).question
        if question is None or seat not in question.turn:
            return play
        return self.after(play, entry, seat, "none")

    def ask(self, play: Play, entry: LogIn) -> Play:
        """Begin the next question."""
        raise NotImplementedError

    def complete(self, play: Play) -> bool:
        """Say whether no further question belongs to the segment."""
        raise NotImplementedError

    def after(self, play: Play, entry: LogIn, seat: str, verdict: str) -> Play:
        """Go on after a seat's verdict."""
        raise NotImplementedError

    # ---- who

    def run(self, play: Play) -> Run:
        """Give the segment's state."""
        if play.run is None:
            refuse("live_no_run")
        return play.run

    def question(self, play: Play) -> Question:
        """Give the question that is in play; refuses where there is none."""
        question = self.run(play).question
        if question is None or question.phase == "over":
            refuse("live_no_question")
        return question

    def playing(self, play: Play) -> tuple[str, ...]:
        """Name the seats that take part at this moment, in the segment's order."""
        return tuple(name for name in self.run(play).order if self.eligible(play, name))

    def eligible(self, play: Play, name: str) -> bool:
        """Say whether a seat is there, not stopped, and has with it whom the segment demands."""
        seat = play.seats[name]
        if seat.out or self.stopped(play, name):
            return False
        return self.segment.present is None or self.segment.present in seat.present

    def stopped(self, play: Play, name: str) -> bool:
        """Say whether a seat has lost its right to answer in this segment."""
        seat = play.seats[name]
        if any(line.stops and line.segment == self.id for line in seat.lines):
            return True
        stop = self.segment.stop
        if stop is None:
            return False
        return seat.count(stop.counts, self.id if stop.scope == "segment" else None) >= stop.after

    # ---- state

    def with_run(self, play: Play, run: Run) -> Play:
        """Put the segment's state in its place."""
        return replace(play, run=run)

    def with_question(self, play: Play, question: Question | None) -> Play:
        """Put the question in its place."""
        return replace(play, run=replace(self.run(play), question=question))

    def over(self, play: Play, entry: LogIn, outcome: Outcome) -> Play:
        """End the question."""
        question = replace(self.question(play), phase="over", turn=(), outcome=outcome)
        return self.finished(self.with_question(play, question), entry)

    def finished(self, play: Play, _entry: LogIn) -> Play:
        """Do what follows from the end of a question."""
        return play

    def new_question(self, play: Play, entry: LogIn, question: Question) -> Play:
        """Begin a question: numbered, counted, with the id that the log gives it."""
        run = self.run(play)
        number = run.begun + 1
        question = replace(question, number=number, id=entry.value, asked_at=entry.at)
        return self.with_run(
            play, replace(run, question=question, begun=number, asked=run.asked + 1, choice=None)
        )

    def write(
        self, play: Play, entry: LogIn, seat: str, what: What, points: Fraction, **more: bool
    ) -> Play:
        """Write a line about the question into a seat's account."""
        question = self.run(play).question
        number = question.number if question is not None else 0
        person = ""
        if question is not None and what in VERDICTS:
            person = play.seats[seat].members.get(question.member, "")
        line = Line(entry.seq, self.id, number, what, points, entry.value, person, **more)
        return play.with_line(seat, line)

    # ---- what the log says

    def act(self, play: Play, entry: LogIn) -> Play:
        """Take one entry; refuses what cannot be."""
        handlers = self.handlers()
        if entry.kind not in handlers:
            refuse("live_not_here", kind=entry.kind, segment=self.segment.title)
        return handlers[entry.kind](play, entry)

    def handlers(self) -> dict[str, Handler]:
        """Name the entries that the segment takes."""
        return {
            "question": self._next,
            "read": self.read,
            "go": self.go,
            "begin": self.begin,
            "done": self.done,
            "verdict": self.verdict,
            "timeout": self.timeout,
            "foul": self.foul,
            "replace": self.again_,
            "drop": self.drop,
            "audience": self.audience,
        }

    def _next(self, play: Play, entry: LogIn) -> Play:
        question = self.run(play).question
        if question is not None and question.phase == "answering":
            refuse("live_question_open", number=question.number)
        if question is not None and question.phase != "over":
            play = self.over(play, entry, "left")
        if self.complete(play):
            refuse("live_segment_complete", segment=self.segment.title)
        return self.ask(play, entry)

    def read(self, play: Play, entry: LogIn) -> Play:
        """Note that the question has been read out: the clocks of who answers begin."""
        question = self.question(play)
        if question.read_at or question.go_at:
            refuse("live_said_already", kind=entry.kind)
        return self.with_question(play, self.clocked(replace(question, read_at=entry.at), entry))

    def go(self, play: Play, entry: LogIn) -> Play:
        """Note the host's word: the clocks of who answers begin (again)."""
        question = self.question(play)
        if question.go_at:
            refuse("live_said_already", kind=entry.kind)
        return self.with_question(play, self.clocked(replace(question, go_at=entry.at), entry))

    def clocked(self, question: Question, entry: LogIn) -> Question:
        """Begin the clocks of who answers, unless the answer has begun."""
        if question.phase == "answering" and not question.began:
            return replace(question, answer_at=entry.at)
        return question

    def begin(self, play: Play, entry: LogIn) -> Play:
        """Note that a seat begins to answer, and which member of it (``value``) speaks."""
        question = self.question(play)
        seat = self.answerer(question, entry)
        if self.late(question, "begin", entry):
            refuse("live_too_late", kind=entry.kind)
        member = question.member
        if entry.value:
            member = self.member(play, seat, entry.value)
            if question.member not in (0, member):
                refuse("live_other_member", member=question.member)
        began = entry.at or 1
        return self.with_question(play, replace(question, began=began, member=member))

    def member(self, play: Play, seat: str, text: str) -> int:
        """Read the number of a member who may answer."""
        known = play.seats[seat].members
        most = max(self.live.members, *known) if known else self.live.members
        if not NUMBER.fullmatch(text) or int(text) > most:
            refuse("live_no_member", value=text, most=most)
        number = int(text)
        if self.segment.members and number not in self.segment.members:
            refuse("live_member_barred", member=number)
        return number

    def done(self, play: Play, entry: LogIn) -> Play:
        """Note that the answer is finished (“回答完毕”)."""
        question = self.question(play)
        self.answerer(question, entry)
        if self.late(question, "finish", entry):
            refuse("live_too_late", kind=entry.kind)
        return play

    def answerer(self, question: Question, entry: LogIn) -> str:
        """Tell which seat an entry is about: the one that answers, if it names none."""
        if question.phase != "answering":
            refuse("live_nobody_answers")
        if not entry.seat and len(question.turn) == 1:
            return question.turn[0]
        if entry.seat not in question.turn:
            refuse("live_not_answering", seat=entry.seat, allowed=", ".join(question.turn))
        return entry.seat

    def verdict(self, play: Play, entry: LogIn) -> Play:
        """Judge an answer: right, partly, wrong, timeout, or none (it does not count)."""
        seat = self.answerer(self.question(play), entry)
        if entry.value not in VERDICTS:
            refuse("live_no_verdict", value=entry.value, allowed=", ".join(VERDICTS))
        return self.settle(play, entry, seat, entry.value)

    def timeout(self, play: Play, entry: LogIn) -> Play:
        """Note that the time of who answers is over."""
        question = self.question(play)
        seat = self.answerer(question, entry)
        self.not_early(play, entry)
        return self.settle(play, entry, seat, "timeout")

    def settle(self, play: Play, entry: LogIn, seat: str, verdict: str) -> Play:
        """Write an answer into the account and go on."""
        if verdict != "none":
            points = self.value(play, seat, verdict)
            play = self.write(play, entry, seat, cast("What", verdict), points)
        return self.after(play, entry, seat, verdict)

    def value(self, _play: Play, _seat: str, verdict: str) -> Fraction:
        """Give what an answer adds."""
        return self.points(self.segment.points or NOUGHT, verdict)

    def points(self, points: Points, verdict: str) -> Fraction:
        """Read a verdict off a table of points."""
        if verdict == "right":
            return points.right
        if verdict == "partly":
            if points.partly is None:
                refuse("live_no_partly", segment=self.segment.title)
            return points.partly
        if verdict == "timeout" and points.timeout is not None:
            return points.timeout
        return points.wrong

    def foul(self, play: Play, entry: LogIn) -> Play:
        """Note a foul where the segment has no ladder: it is counted."""
        seat = play.seat(entry.seat)
        return self.write(play, entry, seat.name, "foul", Fraction(0))

    def again_(self, play: Play, entry: LogIn) -> Play:
        """Void the last question: another takes its place."""
        run = self.run(play)
        question = run.question
        if question is None or (question.phase == "over" and not self.again):
            refuse("live_no_question")
        if question.outcome == "replaced":
            refuse("live_struck_already", number=question.number)
        play = strike(play, self.id, question.number)
        gone = replace(question, phase="over", turn=(), outcome="replaced")
        run = replace(run, question=gone, asked=run.asked - 1)
        return self.returned(self.with_run(play, run), entry, question)

    def returned(self, play: Play, _entry: LogIn, _question: Question) -> Play:
        """Give a turn back whose question was replaced."""
        return play

    def drop(self, play: Play, entry: LogIn) -> Play:
        """Void the question in play: nothing takes its place."""
        question = self.question(play)
        return self.over(strike(play, self.id, question.number), entry, "void")

    def audience(self, play: Play, entry: LogIn) -> Play:
        """Hand the question in play to the audience."""
        return self.over(play, entry, "audience")

    # ---- clocks

    def due(self, play: Play) -> tuple[Due, ...]:
        """Give the clocks that run, the earliest first."""
        run = self.run(play)
        if run.question is None or play.paused is not None:
            return ()
        return tuple(sorted(self.clocks(run.question), key=lambda due: due.at))

    def clocks(self, question: Question) -> list[Due]:
        """Give the clocks of a question."""
        clock = self.segment.clock
        found = []
        if question.phase == "open" and question.open_at and clock.press is not None:
            found.append(Due("press", question.open_at + clock.press * SECOND))
        if question.phase == "answering":
            if clock.begin is not None and question.answer_at and not question.began:
                found.append(Due("begin", question.answer_at + clock.begin * SECOND))
            start = question.began if clock.finish_from == "begin" else question.answer_at
            if clock.finish is not None and start > 1:
                found.append(Due("finish", start + clock.finish * SECOND))
        return found

    def late(self, question: Question, clock: str, entry: LogIn) -> bool:
        """Say whether a clock had run out at the instant of an entry."""
        return entry.at > 0 and any(
            due.clock == clock and entry.at > due.at for due in self.clocks(question)
        )

    def not_early(self, play: Play, entry: LogIn) -> None:
        """Refuse an end of time before the first clock has run out."""
        due = self.due(play)
        if due and entry.at and entry.at < due[0].at:
            refuse("live_too_early", seconds=-((entry.at - due[0].at) // SECOND))


def strike(play: Play, segment: str, number: int) -> Play:
    """Take the answers of a question out of every account; fouls stay."""
    for seat in play.seats.values():
        lines = tuple(
            line
            for line in seat.lines
            if (line.segment, line.question) != (segment, number) or line.what == "foul"
        )
        if lines != seat.lines:
            play = play.with_seat(replace(seat, lines=lines))
    return play
