"""From the rows of a log to scores: every match is stepped through in the order of its ``seq``."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from types import MappingProxyType

from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.rulebook import numbers
from leitai.rulebook.data import (
    BlockedRow,
    Folded,
    LogIn,
    NoteRow,
    Reason,
    ReasonValue,
    ScoreIn,
    ScoreStatus,
)
from leitai.rulebook.live import corrections
from leitai.rulebook.live.desk import tied
from leitai.rulebook.live.keys import has
from leitai.rulebook.live.match import Match, Seat
from leitai.rulebook.live.referee import start, step
from leitai.rulebook.model import Event, Rulebook

Arena = tuple[str, str, str, str]  # stage, track, event, match


def fold(rules: Rulebook, log: Iterable[LogIn]) -> Folded:
    """Make scores of all live matches; raises Problems that name every match's first bad row."""
    folding = _Folding(rules)
    matches: dict[Arena, list[LogIn]] = defaultdict(list)
    for entry in log:
        if folding.known(entry):
            matches[entry.stage, entry.track, entry.event, entry.match].append(entry)
    for arena in sorted(matches):
        folding.match(arena, matches[arena])
    if folding.problems:
        raise Problems(sorted(folding.problems, key=lambda one: (one.place, one.code)))
    return Folded(
        tuple(sorted(folding.scores, key=lambda one: (one.stage, one.track, one.event, one.entry))),
        tuple(folding.notes),
        tuple(folding.blocked),
    )


def place(entry: LogIn) -> str:
    """Say where a row stands: ``log STAGE/TRACK/EVENT/MATCH/SEQ``."""
    return f"log {entry.stage}/{entry.track}/{entry.event}/{entry.match}/{entry.seq}"


class _Folding:
    def __init__(self, rules: Rulebook) -> None:
        self.scores: list[ScoreIn] = []
        self.notes: list[NoteRow] = []
        self.blocked: list[BlockedRow] = []
        self.problems: list[Problem] = []
        self._rules = rules
        self._seen: set[tuple[str, str, str, str]] = set()

    def known(self, entry: LogIn) -> bool:
        """Report a row whose stage, track or event is none."""
        rules = self._rules
        stage, event = rules.stages.get(entry.stage), rules.events.get(entry.event)
        if stage is None:
            self._report(entry, "stage_unknown", stage=entry.stage)
        elif entry.track not in rules.tracks:
            self._report(entry, "track_unknown", track=entry.track)
        elif event is None or entry.event not in stage.events:
            self._report(entry, "event_unknown", event=entry.event)
        elif event.live is None:
            self._report(entry, "live_no_live", event=entry.event)
        else:
            return True
        return False

    def match(self, arena: Arena, rows: list[LogIn]) -> None:
        """Step through one match."""
        event = self._rules.events[arena[2]]
        if event.live is None:
            return
        rows.sort(key=lambda row: (row.seq, row.at, row.kind, row.seat, row.value))
        match = start(event.live, {})
        for row in rows:
            try:
                match = step(match, row)
            except DomainError as error:
                self._report(row, error.code, **error.data)
                return
        self._remark(arena, match)
        if match.closed:
            self._close(arena, match, event)
        else:
            self._block(arena, match)

    def _report(self, row: LogIn, code: str, **data: object) -> None:
        self.problems.append(Problem(place(row), code, data))

    def _block(self, arena: Arena, match: Match) -> None:
        stage, track, event, name = arena
        entries = tuple(sorted(seat.entry for seat in match.play.seats.values()))
        title = self._rules.events[event].title
        detail = Reason("live_unfinished", MappingProxyType({"match": name, "event": title}))
        self.blocked.append(
            BlockedRow(stage, track, event, f"match:{name}", entries, "close", detail)
        )

    def _remark(self, arena: Arena, match: Match) -> None:
        for remark in match.play.remarks:
            self._note(arena, remark.code, {**remark.data, "seq": remark.seq})
        for entry in corrections.in_force(match.log):
            data: dict[str, ReasonValue] = {
                "seq": entry.seq,
                "entries": corrections.targets(entry),
                "value": entry.value,
            }
            code = "live_voided" if entry.kind == "void" else "live_corrected"
            self._note(arena, code, data)
        if match.closed:
            for group in _open_ties(match):
                self._note(arena, "live_level", {"seats": group})

    def _note(self, arena: Arena, code: str, data: dict[str, ReasonValue]) -> None:
        stage, track, event, name = arena
        title = self._rules.events[event].title
        reason = Reason(code, MappingProxyType({**data, "match": name, "event": title}))
        self.notes.append(NoteRow(stage, track, f"{event}/{name}", reason))

    def _close(self, arena: Arena, match: Match, event: Event) -> None:
        """Make the scores of a match that has ended."""
        stage, track, name, _ = arena
        last = match.log[-1]
        for seat in match.play.seats.values():
            status = status_of(seat)
            value = match.live.base + seat.points() if status == "ok" else Fraction(0)
            keys = keys_of(match, event, seat) if status == "ok" else {}
            if (stage, track, name, seat.entry) in self._seen:
                self._report(last, "live_entry_twice", entry=seat.entry)
            self._seen.add((stage, track, name, seat.entry))
            if not numbers.fits(value, event.decimals):
                shown = numbers.show(value)
                self._report(last, "score_decimals", value=shown, decimals=event.decimals)
                continue
            scaled = int(value * 10**event.decimals)
            self.scores.append(
                ScoreIn(
                    stage,
                    track,
                    name,
                    seat.entry,
                    scaled,
                    event.decimals,
                    status,
                    MappingProxyType(keys),
                )
            )
        self._individual(arena, match)

    def _individual(self, arena: Arena, match: Match) -> None:
        rule = match.live.individual
        if rule is None:
            return
        event = self._rules.events[rule.event]
        track = rule.track or arena[1]
        where = (rule.stage or arena[0], track, rule.event)
        for person, figures in sorted(_persons(match, rule.segments).items()):
            if (*where, person) in self._seen:
                self._report(match.log[-1], "live_entry_twice", entry=person)
            self._seen.add((*where, person))
            counts = {"right": figures[1], "wrong": figures[2]}
            keys = {key: value for key, value in counts.items() if key in event.keys}
            if not numbers.fits(figures[0], event.decimals):
                shown = numbers.show(figures[0])
                code = "score_decimals"
                self._report(match.log[-1], code, value=shown, decimals=event.decimals)
                continue
            value = int(figures[0] * 10**event.decimals)
            self.scores.append(
                ScoreIn(*where, person, value, event.decimals, keys=MappingProxyType(keys))
            )


def _open_ties(match: Match) -> Iterator[tuple[str, ...]]:
    """Give the level seats for which the rules have a playoff that nobody held."""
    there = [name for name, seat in match.play.seats.items() if not seat.out]
    for segment in match.live.segments:
        if segment.playoff is not None:
            yield from tied(match.live, match.play, segment.playoff, there)


def _persons(match: Match, segments: tuple[str, ...]) -> dict[str, tuple[Fraction, int, int]]:
    """Add up what each member's answers brought: points, right ones, wrong ones."""
    seats = [seat for seat in match.play.seats.values() if status_of(seat) == "ok"]
    found = {person: (Fraction(0), 0, 0) for seat in seats for person in seat.members.values()}
    for seat in seats:
        for line in seat.lines:
            if not line.person or not line.counts or (segments and line.segment not in segments):
                continue
            points, right, wrong = found.get(line.person, (Fraction(0), 0, 0))
            found[line.person] = (
                points + line.points,
                right + (line.what == "right"),
                wrong + (line.what in ("wrong", "timeout")),
            )
    return found


def status_of(seat: Seat) -> ScoreStatus:
    """Say whether a seat has a result: who left early keeps what was won."""
    if seat.out == "absent":
        return "absent"
    return "void" if seat.out == "void" else "ok"


def keys_of(match: Match, event: Event, seat: Seat) -> dict[str, int]:
    """Give a seat's tie keys; a segment's score is scaled by the event's decimals."""
    live, play = match.live, match.play
    found = {
        "right": seat.count(("right",)),
        "wrong": seat.count(("wrong", "timeout")),
        "fouls": seat.count(("foul",)),
    }
    if has(live, "playoff"):
        found["playoff"] = play.playoff.get(seat.name, 0)
    if has(live, "arena"):
        found["place"] = play.places.get(seat.name, 0)
    for segment in live.segments:
        if segment.playoff is None:
            found[segment.id] = int(seat.points(segment.id) * 10**event.decimals)
    return found
