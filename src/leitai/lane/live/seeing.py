"""What each screen sees of a match; nothing is in a view that its role may not know.

Pure. The shape of a view is the contract of docs/live.md «The view».
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

from leitai.lane.live.facts import Facts
from leitai.lane.live.playing import WAIT_FOR_RULING, Playing
from leitai.lane.live.timing import Synced
from leitai.rulebook import live, numbers
from leitai.rulebook.live import Due, Line, Match, Question, Seat

Role = Literal["seat", "host", "hall", "watch"]
View = dict[str, Any]
Show = Literal["auto", "cover", "question", "scores", "order", "black"]
_RIGHT: Final = frozenset({"right", "partly"})
_FAILED: Final = frozenset({"wrong", "timeout"})
_TEXT: Final = ("type", "stem", "options")
_KEY: Final = ("key", "answer", "explanation")
_STAGE_SAYS: Final = ("hold", "close")


@dataclass(frozen=True, slots=True)
class Screen:
    """What the host has the hall show; ``strip`` names a guest or a judge, and is in no log."""

    show: Show = "auto"
    reveal: bool = False
    strip: str = ""


@dataclass(frozen=True, slots=True)
class Net:
    """A seat's device: whether it is there, its epoch, and what is known of its clock."""

    online: bool = False
    epoch: int = 0
    synced: Synced | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that views are made of."""

    playing: Playing
    now: int
    screen: Screen = Screen()
    net: Mapping[str, Net] = field(default_factory=lambda: MappingProxyType({}))
    text: Mapping[str, Any] | None = None  # the question on stage, opened


class Views:
    """The views of one moment; what they share is made once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.playing: Playing = scene.playing
        self.match: Match = scene.playing.match
        self.phase = _phase(scene.playing)
        self._accounts = scene.playing.accounts.of(self.match)
        self._may = live.may_press(self.match)
        self._early = live.early(self.match)
        self._stopped = frozenset(live.stopped(self.match))
        self._states = {name: self._state(seat) for name, seat in self.match.play.seats.items()}
        self._shared: View = {
            "seq": self.match.log[-1].seq if self.match.log else 0,
            "now": scene.now,
            "match": _match(scene.playing.facts, scene.playing),
            "segment": _segment(self.match),
            "clock": self._clock(),
            "seats": [self._seat(seat) for seat in self.match.play.seats.values()],
            "order": list(self._accounts.order),
            "screen": {
                "show": scene.screen.show,
                "reveal": scene.screen.reveal,
                "strip": scene.screen.strip,
            },
        }

    def of(self, role: Role, seat: str = "") -> View:
        """Give the view of a role; ``seat`` says whose, where the role is a seat's."""
        view: View = {**self._shared, "role": role, "question": self._question(role)}
        if role == "seat":
            view["me"] = self._me(seat)
        elif role == "host":
            view["host"] = self._host()
        return view

    # ---- the question

    def _question(self, role: Role) -> View | None:
        question = self.match.question
        if question is None:
            return None
        shown = self.phase not in _STAGE_SAYS
        playing = self.playing
        found: View = {
            "q": playing.q if self.phase != "over" else 0,
            "number": question.number,
            "name": question.id,
            "phase": self.phase,
            "turn": list(question.turn) if shown else [],
            "owner": question.owner,
            "target": question.target,
            "stake": numbers.show(question.stake) if question.stake is not None else "",
            "member": question.member if self.match.live.members > 1 else 0,
            "outcome": question.outcome,
            "go": question.go_at if question.go_at > 1 else 0,
        }
        if self.phase == "close" or playing.level:
            found["close"] = self._close(question)
        if role == "host" or (role != "seat" and shown):
            found["presses"] = self._presses(question, flags=role == "host")
        text = self.scene.text
        if text is not None and role != "seat":
            found["text"] = {key: text.get(key, "") for key in _TEXT}
            revealed = self.scene.screen.reveal and self.phase == "over"
            if role == "host" or revealed:
                found["key"] = {key: text.get(key, "") for key in _KEY}
        return found

    def _close(self, question: Question) -> View:
        seats = self.playing.near or self.playing.level
        at = {press.seat: press.instant for press in question.presses}
        gap = at[seats[1]] - at[seats[0]] if len(seats) > 1 else 0
        band, answer = self.playing.timing.band_us, self.match.live.close
        return {"seats": list(seats), "gap": gap, "band": band, "answer": answer}

    def _presses(self, question: Question, *, flags: bool) -> list[View]:
        first = question.presses[0].instant if question.presses else 0
        found = []
        for press in question.presses:
            one: View = {"seat": press.seat, "at": press.instant, "margin": press.instant - first}
            if flags:
                one["flag"] = self.playing.flags.get(press.seat, "")
            found.append(one)
        return found

    def _clock(self) -> View | None:
        due = live.due(self.match)
        if not due or self.phase in _STAGE_SAYS:
            return None
        return _due(due[0], self.match)

    # ---- seats

    def _seat(self, seat: Seat) -> View:
        net, accounts = self.scene.net.get(seat.name), self._accounts
        return {
            "seat": seat.name,
            "name": self.playing.facts.names.get(seat.name, seat.name),
            "score": numbers.show(accounts.scores[seat.name], self.playing.facts.event.decimals),
            "state": self._states[seat.name],
            "fouls": accounts.fouls[seat.name],
            "wrong": accounts.wrong[seat.name],
            "playoff": self.match.play.playoff.get(seat.name, 0),
            "out": seat.out,
            "online": net is not None and net.online,
        }

    def _state(self, seat: Seat) -> str:  # noqa: PLR0911  (one return a state)
        name, question = seat.name, self.match.question
        if seat.out:
            return "out"
        if question is None:
            return "stopped" if name in self._stopped else "wait"
        answered = _answered(seat, self.match.segment, question)
        if answered:
            return answered
        if name in self._stopped:
            return "stopped"
        if question.phase != "over" and (name in question.locked or name in question.fouled):
            return "locked"
        if question.phase == "answering" and name in question.turn and self.phase == "answering":
            return "answers"
        if question.phase != "over" and name in {press.seat for press in question.presses}:
            return "pressed"
        return "may" if name in self._may else "wait"

    def _me(self, name: str) -> View:
        question = self.match.question
        presses = question.presses if question is not None and self.phase != "over" else ()
        place = next((at for at, press in enumerate(presses, 1) if press.seat == name), 0)
        behind = presses[place - 1].instant - presses[0].instant if place else 0
        decided = self.phase not in _STAGE_SAYS
        return {
            "seat": name,
            "state": self._states.get(name, "wait"),
            "may": name in self._may,
            "early": name in self._early,
            "place": place if decided else 0,
            "behind": behind if decided else 0,
        }

    # ---- the host

    def _host(self) -> View:
        playing = self.playing
        barred = playing.ruling
        return {
            "allowed": [
                {"kind": move.kind, "seat": move.seat, "value": move.value}
                for move in live.allowed(self.match)
                if move.kind != "press" and not (barred and move.kind in WAIT_FOR_RULING)
            ],
            "due": [_due(one, self.match) for one in live.due(self.match)],
            "next": live.next_seat(self.match),
            "questions": [
                {
                    "name": one.name,
                    "number": one.number,
                    "segment": one.segment,
                    "spare": one.spare,
                    "used": one.name in playing.used,
                }
                for one in playing.facts.questions
            ],
            "log": [
                {
                    "seq": line.entry.seq,
                    "at": line.entry.at,
                    "kind": line.entry.kind,
                    "seat": line.entry.seat,
                    "value": line.entry.value,
                    "by": line.by,
                }
                for line in playing.recent
            ],
            "net": {name: _net(net) for name, net in self.scene.net.items()},
            "ruling": list(barred),
            **_demanded(self.match),
        }


def _phase(playing: Playing) -> str:
    question = playing.match.question
    if question is None:
        return "over"
    if question.phase == "answering":
        if playing.held is not None:
            return "hold"
        if playing.ruling:
            return "close"
    return question.phase


def _answered(seat: Seat, segment: object, question: Question) -> str:
    """Say how a seat has answered the question; empty where it has not."""
    name = getattr(segment, "id", "")
    lines: list[Line] = [
        line for line in seat.lines if (line.segment, line.question) == (name, question.number)
    ]
    if any(line.what in _RIGHT for line in lines):
        return "right"
    return "failed" if any(line.what in _FAILED for line in lines) else ""


def _match(facts: Facts, playing: Playing) -> View:
    play, question = playing.match.play, playing.match.question
    between = question is None or question.phase == "over"  # what the office has changed counts
    timing = facts.timing if between else playing.timing
    state = "ready"
    if play.closed:
        state = "closed"
    elif play.paused is not None:
        state = "paused"
    elif play.started:
        state = "running"
    return {
        "id": facts.id,
        "code": facts.code,
        "title": facts.title,
        "event": facts.event.title,
        "state": state,
        "mode": timing.mode,
        "band": timing.band_us,
        "cap": timing.cap_us // 1000,
        "chosen": facts.chosen,
        "rehearsal": facts.rehearsal,
    }


def _segment(match: Match) -> View | None:
    segment = match.segment
    if segment is None:
        return None
    return {
        "id": segment.id,
        "title": segment.title,
        "kind": live.kind(match),
        "number": match.number,
        "questions": live.planned(match),
        "complete": live.complete(match),
    }


def _demanded(match: Match) -> View:
    """What the rules have the host demand of an answer, some of it by when the press came."""
    segment, question = match.segment, match.question
    reading = question is not None and question.phase == "answering" and question.while_reading
    return {"manner": list(segment.manner) if segment is not None else [], "reading": reading}


def _due(due: Due, match: Match) -> View:
    return {"clock": due.clock, "at": due.at, "of": live.lengths(match).get(due.clock, 0)}


def _net(net: Net) -> View:
    synced = net.synced
    return {
        "online": net.online,
        "epoch": net.epoch,
        "rtt": synced.trip if synced is not None else 0,
        "doubt": synced.doubt if synced is not None else 0,
    }
