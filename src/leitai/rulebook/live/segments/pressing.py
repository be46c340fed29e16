"""Who presses first answers: opening, early presses, locks, rebounds, the ladder of fouls."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from typing_extensions import override

from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import Play, Press, Question, Seat, refuse, score, seat_key
from leitai.rulebook.live.segments.machine import Handler, Machine
from leitai.rulebook.model.live import Buzzer, Rung

_INSTANT: Final = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
_FAILED: Final = frozenset({"partly", "wrong", "timeout"})


class Pressing(Machine):
    """A segment in which seats press for a question."""

    def rule(self) -> Buzzer:
        """Say how the buzzer works here."""
        raise NotImplementedError

    @override
    def handlers(self) -> dict[str, Handler]:
        """Take presses, too, and a word about which was the first."""
        return {**super().handlers(), "press": self.press, "first": self.first}

    # ---- the question opens

    @override
    def go(self, play: Play, entry: LogIn) -> Play:
        """Let the seats press from now on."""
        question = self.question(play)
        if question.go_at or question.phase not in ("asked", "answering"):
            refuse("live_said_already", kind=entry.kind)
        question = self._heard(replace(question, go_at=entry.at or 1), entry)
        if question.phase == "asked":
            question = replace(question, phase="open", open_at=entry.at)
        return self.with_question(play, question)

    @override
    def read(self, play: Play, entry: LogIn) -> Play:
        """Note the end of reading; where one may press while it is read, the clock begins."""
        question = self.question(play)
        if question.read_at:
            refuse("live_said_already", kind=entry.kind)
        question = self._heard(replace(question, read_at=entry.at or 1), entry)
        if self.rule().opens == "reading" and question.phase == "asked":
            question = replace(question, phase="open", open_at=entry.at)
        return self.with_question(play, question)

    def _heard(self, question: Question, entry: LogIn) -> Question:
        """Begin the clocks of who answers without having pressed."""
        return question if self._pressed(question) else self.clocked(question, entry)

    # ---- presses

    def buzzes(self, _play: Play) -> bool:
        """Say whether seats press for the question that is in play."""
        return "press" in self.handlers()

    def may_press(self, play: Play) -> tuple[str, ...]:
        """Name the seats whose press would give them the answer (or a place behind)."""
        question = self.run(play).question
        if question is None or question.phase == "over" or question.began:
            return ()
        if question.phase == "asked" and self.rule().opens == "go":
            return ()
        if question.phase == "answering" and not self._pressed(question):
            return ()
        pressed = {press.seat for press in question.presses}
        return tuple(
            name
            for name in self.playing(play)
            if name not in question.locked and name not in pressed
        )

    def press(self, play: Play, entry: LogIn) -> Play:
        """Take a press: it is early, the first, before the first by its corrected time, or after.

        ``value`` may be the corrected instant in µs.
        """
        question = self.question(play)
        name = play.seat(entry.seat).name
        if name not in self.playing(play):
            refuse("live_not_playing", seat=name)
        if name in question.locked or name in question.fouled:
            refuse("live_locked", seat=name)
        if any(press.seat == name for press in question.presses):
            refuse("live_pressed_already", seat=name)
        instant = self._instant(entry)
        if self._early(question, instant):
            return self.foul(play, entry)
        if question.phase == "answering" and (question.began or not self._pressed(question)):
            refuse("live_too_late", kind=entry.kind)
        if question.phase == "open" and self.late(question, "press", replace(entry, at=instant)):
            refuse("live_too_late", kind=entry.kind)
        pressed = (*question.presses, Press(name, instant, entry.seq))
        presses = self._sorted(play, pressed, question.first)
        if len(presses) > 1 and presses[0].instant == presses[1].instant and instant:
            order = tuple(press.seat for press in presses[:2])
            play = play.with_remark(entry.seq, "live_equal", seats=order, segment=self.id)
        first = presses[0]
        if question.turn != (first.seat,):
            reading = self.rule().opens == "reading" and not question.read_at
            question = replace(
                question, turn=(first.seat,), answer_at=first.instant, while_reading=reading
            )
        question = replace(question, phase="answering", presses=presses)
        return self.with_question(play, question)

    def first(self, play: Play, entry: LogIn) -> Play:
        """Let a press be the first that nobody could tell from the one before it."""
        question, name = self.question(play), play.seat(entry.seat).name
        pressed = [press.seat for press in question.presses]
        if name not in pressed:
            refuse("live_not_pressed", seat=name, allowed=", ".join(pressed))
        if question.began or not self._pressed(question):
            refuse("live_too_late", kind=entry.kind)
        if len(pressed) == 1:
            refuse("live_one_press", seat=name)
        presses = self._sorted(play, question.presses, name)
        at = entry.at or question.answer_at  # who waits for a ruling loses no time by it
        question = replace(question, first=name, presses=presses, turn=(name,), answer_at=at)
        play = play.with_remark(entry.seq, "live_ruled_first", seat=name, segment=self.id)
        return self.with_question(play, question)

    def _pressed(self, question: Question) -> bool:
        return question.turn in [(press.seat,) for press in question.presses]

    def _instant(self, entry: LogIn) -> int:
        if not entry.value:
            return entry.at
        if not _INSTANT.fullmatch(entry.value):
            refuse("live_no_instant", value=entry.value)
        instant = int(entry.value)
        if not 0 <= entry.at - instant <= self.live.correction * 1000:
            refuse("live_correction", value=entry.value, most=self.live.correction)
        return instant

    def _early(self, question: Question, instant: int) -> bool:
        if self.rule().opens != "go":
            return False
        return question.phase == "asked" or 0 < instant < question.go_at

    def _sorted(self, play: Play, presses: tuple[Press, ...], first: str) -> tuple[Press, ...]:
        if any(press.instant == 0 for press in presses):  # without a clock the log's order stands
            return tuple(sorted(presses, key=lambda press: (press.seat != first, press.seq)))

        def key(press: Press) -> tuple[bool, int, Fraction, tuple[int, int, str]]:
            rank, seat = self._rank(play.seats[press.seat]), seat_key(press.seat)
            return (press.seat != first, press.instant, rank, seat)

        return tuple(sorted(presses, key=key))

    def _rank(self, seat: Seat) -> Fraction:
        equal = self.rule().equal
        if equal == "seat":
            return Fraction(0)
        figure = score(self.live, seat)
        return figure if equal == "score-ascending" else -figure

    # ---- fouls

    @override
    def foul(self, play: Play, entry: LogIn) -> Play:
        """Answer a foul by the ladder: points, what the seat loses, what becomes of the question.

        An early press, or what the host calls one (speaking without the right). While nobody
        presses there is no ladder: it is counted, and who answers goes on.
        """
        if not self.buzzes(play):
            return super().foul(play, entry)
        return self._by_ladder(play, entry)

    def _by_ladder(self, play: Play, entry: LogIn) -> Play:
        seat = play.seat(entry.seat)
        rung = self._rung(seat)
        stops = rung.loses == "segment"
        play = self.write(play, entry, seat.name, "foul", rung.points, stops=stops)
        question = self.run(play).question
        if question is None or question.phase == "over":
            return play
        question = replace(question, fouled=(*question.fouled, seat.name))
        if rung.loses != "nothing" and seat.name not in question.locked:
            question = replace(question, locked=(*question.locked, seat.name))
        play = self.with_question(play, question)
        if rung.question == "void":
            return self.drop(play, entry)
        if rung.question == "replaced":
            return self.again_(play, entry)
        if rung.loses == "nothing":
            return play
        if question.turn == (seat.name,):
            return self.go_on(play, entry)
        rest = tuple(press for press in question.presses if press.seat != seat.name)
        play = self.with_question(play, replace(question, presses=rest))
        return play if self._left(play) or question.turn else self.nobody(play, entry)

    def _rung(self, seat: Seat) -> Rung:
        fouls = self.rule().fouls
        if fouls is None:
            return Rung()
        known = seat.count(("foul",), None if fouls.memory == "match" else self.id)
        return fouls.rungs[min(known, len(fouls.rungs) - 1)]

    # ---- after an answer

    @override
    def after(self, play: Play, entry: LogIn, seat: str, verdict: str) -> Play:
        """End the question, or let others at it."""
        if verdict not in _FAILED:
            return self.over(play, entry, "right" if verdict == "right" else "void")
        question = self.question(play)
        question = replace(
            question, locked=(*question.locked, seat), failures=question.failures + 1
        )
        play = self.with_question(play, question)
        rule = self.rule()
        most = 2 if rule.after_wrong == "rebound" else rule.attempts
        if rule.after_wrong == "ends":
            return self.over(play, entry, "failed")
        if most is not None and question.failures >= most:
            return self.nobody(play, entry)
        return self.go_on(play, entry)

    def go_on(self, play: Play, entry: LogIn) -> Play:
        """Let the others answer: who pressed next, or who presses now."""
        if not self._left(play):
            return self.nobody(play, entry)
        question = self.question(play)
        left = self._left(play)  # who waits may have been stopped meanwhile
        rest = tuple(press for press in question.presses if press.seat in left)
        question = replace(
            question, turn=(), began=0, answer_at=0, member=0, presses=rest, first=""
        )
        if rest and self.rule().next == "queue":
            question = replace(
                question, phase="answering", turn=(rest[0].seat,), answer_at=entry.at
            )
        elif self.rule().opens == "reading" and not question.read_at:
            question = replace(question, phase="asked", presses=())  # reading goes on
        elif self.rule().opens == "go" and not question.go_at:
            question = replace(question, phase="asked", presses=())
        else:
            question = replace(question, phase="open", open_at=entry.at, presses=())
        return self.with_question(play, question)

    def _left(self, play: Play) -> tuple[str, ...]:
        locked = self.question(play).locked
        return tuple(name for name in self.playing(play) if name not in locked)

    @override
    def gone(self, play: Play, entry: LogIn, seat: str) -> Play:
        """Let the others at a question that nobody answers now."""
        question = self.run(play).question
        if question is None or question.phase == "over":
            return play
        rest = tuple(press for press in question.presses if press.seat != seat)
        play = self.with_question(play, replace(question, presses=rest))
        if question.turn == (seat,):
            return self.go_on(play, entry)
        return play if question.turn or self._left(play) else self.nobody(play, entry)

    def nobody(self, play: Play, entry: LogIn) -> Play:
        """End a question that nobody answers (any more)."""
        return self.over(play, entry, self.rule().unanswered)

    @override
    def timeout(self, play: Play, entry: LogIn) -> Play:
        """Note that nobody presses in time, or that the time of who answers is over."""
        question = self.question(play)
        if question.phase == "open" and not entry.seat:
            self.not_early(play, entry)
            return self.nobody(play, entry)
        return super().timeout(play, entry)
