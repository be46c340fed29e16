"""Checks of live quizzes: what each segment needs, names, stocks, points against the maximum."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from leitai.rulebook import numbers
from leitai.rulebook.lints.lint import Lint
from leitai.rulebook.live.bounds import bounds
from leitai.rulebook.live.keys import RESERVED
from leitai.rulebook.model import Event
from leitai.rulebook.model.live import Buzzer, Live, Playoff, Points, Segment, Stake
from leitai.rulebook.schema import NAME, Path

_NEEDS_POINTS: Final = ("must", "joint", "buzzer", "duel", "timed")
_NO_POINTS: Final = ("risk", "designation")


def check_live(lint: Lint) -> None:
    """Run the checks of this file."""
    for name, event in lint.rules.events.items():
        at: Path = ("events", name)
        if event.live is None:
            if event.kind == "live":
                lint.report((*at, "kind"), "live_missing")
            continue
        if event.kind != "live":
            lint.report((*at, "live"), "live_other_kind", reads=[(*at, "kind")], kind=event.kind)
        _check(lint, (*at, "live"), event, event.live)


def _check(lint: Lint, at: Path, event: Event, live: Live) -> None:
    lint.unique((*at, "segments"), [segment.id for segment in live.segments], "id")
    if live.seats is not None and live.seats[0] > live.seats[1]:
        lint.report((*at, "seats"), "live_seats_order", least=live.seats[0], most=live.seats[1])
    arenas = 0
    for index, segment in enumerate(live.segments):
        path = (*at, "segments", index)
        _check_segment(lint, path, event, live, segment)
        arenas += segment.arena is not None
        if segment.arena is not None and arenas > 1:
            lint.report((*path, "arena"), "live_one_arena")
    _check_individual(lint, at, live)
    for path, value in _amounts(at, live):
        if not numbers.fits(value, event.decimals):
            lint.report(path, "live_decimals", decimals=event.decimals, value=numbers.show(value))
    _check_bounds(lint, at, event, live)


def _check_segment(lint: Lint, at: Path, event: Event, live: Live, segment: Segment) -> None:
    if not NAME.fullmatch(segment.id):
        lint.report((*at, "id"), "bad_name", name=segment.id)
    elif segment.id in RESERVED or segment.id in event.keys:
        lint.report((*at, "id"), "live_reserved", name=segment.id)
    if segment.points is None and any(getattr(segment, kind) for kind in _NEEDS_POINTS):
        lint.report((*at, "points"), "live_points_needed")
    if segment.points is not None and any(getattr(segment, kind) for kind in _NO_POINTS):
        lint.report((*at, "points"), "live_points_unused")
    for index, number in enumerate(segment.members):
        if number > live.members:
            path = (*at, "members", index)
            lint.report(path, "live_member_beyond", number=number, members=live.members)
    lint.unique((*at, "members"), [str(number) for number in segment.members])
    _check_stakes(lint, at, live, segment)
    if segment.buzzer is not None:
        _check_buzzer(lint, (*at, "buzzer"), segment.buzzer)
    if segment.playoff is not None:
        _check_playoff(lint, at, segment.points, segment.playoff)
    if segment.arena is not None and segment.stop is not None:
        lint.report((*at, "stop"), "live_useless", key="stop", unless="arena.out_after")
    if segment.arena is not None and (segment.arena.opener or 0) > live.members:
        path = (*at, "arena", "opener")
        lint.report(path, "live_member_beyond", number=segment.arena.opener, members=live.members)


def _check_stakes(lint: Lint, at: Path, live: Live, segment: Segment) -> None:
    sets = segment.must.sets if segment.must is not None else None
    if sets is not None and live.seats is not None and sets.count < live.seats[1]:
        path, needed = (*at, "must", "sets", "count"), live.seats[1]
        reads = [(*at[:3], "seats")]
        lint.report(path, "live_sets_short", reads=reads, count=sets.count, needed=needed)
    kind = "risk" if segment.risk is not None else "designation"
    rule = segment.risk or segment.designation
    if rule is None:
        return
    known: set[Fraction] = set()
    for index, stake in enumerate(rule.stakes):
        path = (*at, kind, "stakes", index, "points")
        if stake.points <= 0:
            lint.report(path, "live_stake", value=numbers.show(stake.points))
        elif stake.points in known:
            lint.report(path, "duplicate", name=numbers.show(stake.points))
        known.add(stake.points)
    stock = _stock(rule.stakes)
    compulsory = segment.designation is not None or (segment.risk and segment.risk.compulsory)
    if stock is None or not compulsory or live.seats is None:
        return
    needed = live.seats[1] * rule.rounds
    if stock < needed:
        lint.report(
            (*at, kind, "stakes"),
            "live_stock_short",
            reads=[(*at[:3], "seats")],
            stock=stock,
            needed=needed,
        )


def _stock(stakes: tuple[Stake, ...]) -> int | None:
    """Add up the questions in stock; None where one stake has no end."""
    total = 0
    for stake in stakes:
        if stake.stock is None:
            return None
        total += stake.stock
    return total


def _check_buzzer(lint: Lint, at: Path, buzzer: Buzzer) -> None:
    if buzzer.rebound is not None and buzzer.after_wrong != "rebound":
        lint.report((*at, "rebound"), "live_useless", key="rebound", unless="after_wrong: rebound")
    if buzzer.attempts is not None and buzzer.after_wrong != "others":
        lint.report((*at, "attempts"), "live_useless", key="attempts", unless="after_wrong: others")
    if buzzer.next == "queue" and buzzer.after_wrong == "ends":
        lint.report((*at, "next"), "live_useless", key="next", unless="after_wrong: others")


def _check_playoff(lint: Lint, at: Path, points: Points | None, playoff: Playoff) -> None:
    path = (*at, "playoff")
    if playoff.trigger == "places" and not playoff.places:
        lint.report((*path, "places"), "live_trigger_unsaid", key="places")
    if playoff.trigger == "top" and playoff.top is None:
        lint.report((*path, "top"), "live_trigger_unsaid", key="top")
    if playoff.fouls is not None and playoff.form == "joint":
        lint.report((*path, "fouls"), "live_useless", key="fouls", unless="form: buzzer")
    if points is None:
        return
    if playoff.most is None:
        lint.report((*path, "most"), "live_playoff_most", reads=[(*at, "points")])
    for key, used in (("first_to", playoff.first_to != 1), ("wrong", playoff.wrong == "loses")):
        if used:
            lint.report((*path, key), "live_playoff_points", reads=[(*at, "points")], key=key)


def _check_individual(lint: Lint, at: Path, live: Live) -> None:
    rule, rules = live.individual, lint.rules
    if rule is None:
        return
    path = (*at, "individual")
    event = rules.events.get(rule.event)
    if event is None:
        lint.report((*path, "event"), "no_such_event", name=rule.event)
    elif event.kind != "reported":
        lint.report((*path, "event"), "live_individual_kind", name=rule.event)
    if rule.stage is not None and rule.stage not in rules.stages:
        lint.report((*path, "stage"), "no_such_stage", name=rule.stage)
    if rule.track is not None and rule.track not in rules.tracks:
        lint.report((*path, "track"), "live_no_track", name=rule.track)
    known = [segment.id for segment in live.segments]
    for index, name in enumerate(rule.segments):
        if name not in known:
            where = (*path, "segments", index)
            lint.report(where, "live_no_segment", name=name, allowed=", ".join(known))


def _amounts(at: Path, live: Live) -> Iterator[tuple[Path, Fraction]]:
    """Give every amount that can come into a score."""
    yield (*at, "base"), live.base
    for name, rule in live.conduct.items():
        yield (*at, "conduct", name, "points"), rule.points
    for index, segment in enumerate(live.segments):
        path: Path = (*at, "segments", index)
        yield from _answered((*path, "points"), segment.points)
        yield from _staked(path, segment)
        if segment.buzzer is not None:
            yield from _answered((*path, "buzzer", "rebound"), segment.buzzer.rebound)
            fouls = segment.buzzer.fouls
            for number, rung in enumerate(fouls.rungs if fouls is not None else ()):
                yield (*path, "buzzer", "fouls", "rungs", number, "points"), rung.points
        if segment.duel is not None:
            yield (*path, "duel", "win"), segment.duel.win
            yield (*path, "duel", "level"), segment.duel.level
        for number, amount in enumerate(segment.arena.places if segment.arena is not None else ()):
            yield (*path, "arena", "places", number), amount


def _answered(at: Path, points: Points | None) -> Iterator[tuple[Path, Fraction]]:
    if points is not None:
        for key in ("right", "wrong", "partly", "timeout"):
            yield (*at, key), getattr(points, key) or Fraction(0)


def _staked(at: Path, segment: Segment) -> Iterator[tuple[Path, Fraction]]:
    rule = segment.risk or segment.designation
    if rule is None:
        return
    shares = [Fraction(1), rule.loss, rule.partly or Fraction(0)]
    if segment.designation is not None:
        shares.append(segment.designation.setter_gains)
    kind = "risk" if segment.risk is not None else "designation"
    for index, stake in enumerate(rule.stakes):
        yield from (((*at, kind, "stakes", index), stake.points * share) for share in shares)


def _check_bounds(lint: Lint, at: Path, event: Event, live: Live) -> None:
    """No score can come out that the event would refuse."""
    high, low = bounds(live)
    top, bottom = (*at[:2], "max"), (*at[:2], "min")
    if event.max is not None and high is not None and high > event.max:
        lint.report(
            top,
            "live_above_max",
            reads=[at],
            high=numbers.show(high),
            max=numbers.show(event.max),
        )
    least = numbers.show(event.min)
    if low is None and event.min:
        lint.report(bottom, "live_no_least", reads=[at], min=least)
    elif low is not None and low < event.min:
        lint.report(bottom, "live_below_min", reads=[at], low=numbers.show(low), min=least)
