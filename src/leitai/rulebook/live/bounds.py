"""The highest and the lowest score that a match can give one seat, where the rules bound them."""

from fractions import Fraction

from leitai.rulebook.live.segments.machine import NOUGHT
from leitai.rulebook.model.live import Live, Points, Segment

Range = tuple[Fraction | None, Fraction | None]  # highest, lowest; None: without bound
_ZERO = Fraction(0)


def bounds(live: Live) -> Range:
    """Add up what every segment and every rule of conduct can give and take."""
    high: Fraction | None = live.base
    low: Fraction | None = live.base
    for segment in live.segments:
        more, less = _segment(live, segment)
        high, low = _sum(high, more), _sum(low, less)
    for rule in live.conduct.values():
        if rule.points > 0:
            high = _sum(high, None if rule.most is None else rule.points * rule.most)
        if rule.points < 0:
            times = rule.most if rule.most is not None else rule.out_after
            low = _sum(low, None if times is None else rule.points * times)
    return high, low


def _sum(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _segment(live: Live, segment: Segment) -> Range:
    if segment.playoff is not None:
        return _ZERO, _ZERO
    if segment.risk is not None or segment.designation is not None:
        return _staked(live, segment)
    high, low = _each(segment.points or NOUGHT)
    if segment.buzzer is not None and segment.buzzer.rebound is not None:
        again = _each(segment.buzzer.rebound)
        high, low = max(high, again[0]), min(low, again[1])
    count = _questions(live, segment)
    more, less = _times(high, count), _times(_worst(segment, low), count)
    if segment.stop is not None:
        less = _stopped(segment, count)
    if segment.duel is not None:
        more = _sum(more, max(segment.duel.win, segment.duel.level, _ZERO))
        less = _sum(less, min(segment.duel.level, _ZERO))
    if segment.arena is not None:
        places = (*segment.arena.places, _ZERO)
        more, less = _sum(more, max(places)), _sum(less, min(places))
    return more, less


def _each(points: Points) -> tuple[Fraction, Fraction]:
    """Give the most that one question can give, and the least."""
    values = [points.right, points.wrong, points.partly, points.timeout, _ZERO]
    known = [value for value in values if value is not None]
    return max(known), min(known)


def _worst(segment: Segment, low: Fraction) -> Fraction:
    """Give the least that one question can bring with its foul; a seat has one or the other."""
    fouls = segment.buzzer.fouls if segment.buzzer is not None else None
    if fouls is None:
        return low
    foul = min(rung.points for rung in fouls.rungs)
    both = any(rung.loses == "nothing" for rung in fouls.rungs)
    return low + min(foul, _ZERO) if both else min(low, foul)


def _stopped(segment: Segment, count: int | None) -> Fraction | None:
    """A seat that is stopped after so many failures cannot lose more than these cost."""
    points, stop = segment.points or NOUGHT, segment.stop
    least = _each(points)[1]
    worst = _worst(segment, least)
    timeout = points.timeout if points.timeout is not None else points.wrong
    harmless = (points.partly is None or points.partly >= 0) and worst == least
    if stop is None or "wrong" not in stop.counts or not harmless:
        return _times(worst, count)
    if timeout < 0 and "timeout" not in stop.counts:
        return _times(worst, count)
    return least * (stop.after if count is None else min(stop.after, count))


def _times(points: Fraction, count: int | None) -> Fraction | None:
    if points == 0:
        return _ZERO
    return None if count is None else points * count


def _questions(live: Live, segment: Segment) -> int | None:
    """Give how many questions one seat can answer at most."""
    if segment.must is not None:
        members = len(segment.members) or live.members
        return segment.must.each * (members if segment.must.by == "member" else 1)
    if segment.joint is not None:
        return segment.joint.questions
    if segment.buzzer is not None:
        return segment.buzzer.questions
    if segment.duel is not None:
        return segment.duel.questions
    return segment.timed.questions if segment.timed is not None else None


def _staked(live: Live, segment: Segment) -> Range:
    seats = live.seats[1] if live.seats is not None else None
    if segment.risk is not None:
        risk = segment.risk
        most = max((stake.points for stake in risk.stakes), default=_ZERO)
        others = seats if risk.steal or risk.give is not None else 1
        count = None if others is None else risk.rounds * others
        return _times(most, count), _times(-most * risk.loss, count)
    if segment.designation is None:
        return _ZERO, _ZERO
    rule = segment.designation
    most = max((stake.points for stake in rule.stakes), default=_ZERO)
    often = seats if rule.target == "chosen" and rule.each == "often" else 1
    answers = None if often is None else rule.rounds * often
    gains = most * rule.setter_gains * rule.rounds
    return _sum(_times(most, answers), gains), _times(-most * rule.loss, answers)
