"""Matches for the pure half of the stage: no socket, no database, time as the test says."""

from dataclasses import replace
from fractions import Fraction

from leitai.lane.live.facts import Asked, Facts, Line
from leitai.lane.live.playing import Playing, Wish
from leitai.lane.live.timing import Link, Timing
from leitai.rulebook.data import LogIn
from leitai.rulebook.model import Event
from leitai.rulebook.model.live import Buzzer, Clock, Live, Points, Segment

START = 1_700_000_000_000_000
MS = 1_000


def rules(*, close="replaced", clock=None, correction=500, points=10, **buzzer):
    segment = Segment(
        id="buzz",
        title="抢答题",
        points=Points(right=Fraction(points), wrong=Fraction(-points)),
        buzzer=Buzzer(**{"questions": 20, "after_wrong": "others", **buzzer}),
        clock=clock or Clock(),
    )
    return Live(segments=(segment,), close=close, correction=correction)


def facts(live=None, *, seats="123", timing=None, questions=()):
    live = live or rules()
    event = Event(title="抢答", kind="live", live=live, decimals=0)
    return Facts(
        id=7,
        season="s",
        stage="final",
        track="all",
        event_id="quiz",
        code="m1",
        title="试赛",
        event=event,
        live=live,
        timing=timing or Timing("arrival", 0, 2 * MS),
        names={seat: f"{seat}队" for seat in seats},
        questions=tuple(Asked(name, at) for at, name in enumerate(questions, 1)),
    )


def seated(known, seats="123"):
    return [
        Line(LogIn("final", "all", "quiz", "m1", at, 0, "seat", seat, f"e{seat}"), "office:x")
        for at, seat in enumerate(seats, 1)
    ]


class Match:
    """A match that is played from one clock, and every line that was logged of it."""

    def __init__(self, live=None, *, seats="123", now=START, **more):
        self.facts = facts(live, seats=seats, **more)
        self.lines = seated(self.facts, seats)
        self.now = now
        self.playing = Playing(self.facts, self.lines, now=now)
        self.links = {seat: Link() for seat in seats}
        self.count = 0

    def keep(self):
        self.lines += self.playing.lines
        self.playing.lines = []

    def at(self, ms):
        """Let time pass to so many ms after the start, deciding what time decides."""
        until = START + round(ms * MS)
        while (due := self.playing.next_at()) is not None and due <= until:
            self.now = max(self.now, due)
            self.playing.tick(self.now)
            self.keep()
        self.now = max(self.now, until)
        return self

    def move(self, kind, seat="", value="", *, after=None, name=None):
        self.count += 1
        log = self.playing.match.log
        after = (log[-1].seq if log else 0) if after is None else after
        wish = Wish(name or f"m{self.count}", after, kind, seat, value)
        seq = self.playing.move(wish, "host:h", self.now)
        self.keep()
        return seq

    def asked(self, value=""):
        """A question on stage and the host's word, both now."""
        if self.playing.match.segment is None:
            self.move("open", "", "buzz")
        self.move("question", "", value)
        self.move("go")
        return self

    def press(self, seat, *, q=None, n=1, local_ms=0.0, arrival=None):
        found = self.playing.press(
            seat,
            f"seat:d{seat}",
            q=self.playing.q if q is None else q,
            n=n,
            local_ms=local_ms,
            arrival=self.now if arrival is None else arrival,
            link=self.links[seat],
        )
        self.keep()
        return found

    def again(self):
        """The match as another process folds it from the lines."""
        return Playing(self.facts, self.lines, now=self.now)

    @property
    def turn(self):
        return self.playing.match.answering

    @property
    def kinds(self):
        return [
            " ".join(part for part in (line.entry.kind, line.entry.seat) if part)
            for line in self.lines
            if line.entry.kind not in ("seat", "note")
        ]

    def declared(self, timing):
        self.playing.office(replace(self.facts, timing=timing))
