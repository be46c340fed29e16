"""When a press counts: every figure here was worked out by hand."""

import pytest

from leitai.lane.live.timing import Link, Timing, declared, estimate, level, measured
from leitai.rulebook.live import Press

ARRIVAL = Timing("arrival", 0, 2_000)
COMPENSATED = Timing("compensated", 80_000, 5_000)
GO = 10_000_000


def link(*trips, offset=5_000_000, at=9_000_000):
    """A seat whose clock is `offset` µs behind the server's, with these round trips in µs."""
    found = Link()
    for number, trip in enumerate(trips):
        received = at + number * 1000
        middle = received - trip // 2
        found.learn(sent=received - trip, received=received, local_ms=(middle - offset) / 1000)
    return found


STEADY = link(*[20_000] * 8)  # 10 ms each way


def told(arrival, claimed, *, link=STEADY, timing=COMPENSATED, opened=GO, go=GO):
    """Instant and flag of a press that arrives and claims these µs after the host's word."""
    local_ms = (GO + claimed - 5_000_000) / 1000
    found = estimate(timing, link, arrival=GO + arrival, local_ms=local_ms, opened=opened, go=go)
    return found.instant - GO, found.flag


def test_arrival_believes_no_seats_clock():
    assert told(300_000, 200_000, timing=ARRIVAL) == (300_000, "")


def test_a_press_is_moved_back_to_when_it_happened():
    assert told(312_000, 300_000) == (300_000, "")


def test_never_by_more_than_the_cap():
    # Ways of 30, 40, 50, 40 ms: the middle is 40, half of them differ by 10 and half by nothing,
    # so the deviation is 5, and up to 40 + 3 × 5 ms is likely.
    jittery = link(*[60_000, 80_000, 100_000, 80_000] * 4)
    assert told(400_000, 345_000, link=jittery) == (345_000, "")
    tight = Timing("compensated", 50_000, 5_000)
    assert told(400_000, 345_000, link=jittery, timing=tight) == (350_000, "capped")


def test_a_claim_unlike_the_seats_history_gains_nothing():
    # 10 ms each way and no deviation: up to 10 + 3 × 1 ms (the least deviation) is likely.
    assert told(313_000, 300_000) == (300_000, "")
    assert told(313_001, 300_000) == (313_001, "unlike")


def test_nobody_reacts_within_100_ms_of_the_opening():
    assert told(111_000, 100_000) == (100_000, "")
    assert told(110_999, 99_999) == (110_999, "too-soon")
    # Within the doubt of the clock (10.1 ms, and 50 µs a second since the sample) of the word.
    assert told(5_000, -5_000) == (5_000, "too-soon")


def test_a_claim_of_before_the_word_stands_against_the_seat():
    # 10,000 + 100 + 50 × 1.01 s = 10,150 µs of doubt.
    assert told(1_000, -11_000) == (-11_000, "early")
    assert told(1_000, -10_000) == (1_000, "too-soon")
    # The cap bounds it here, too: 80 ms before arrival is after the word again.
    assert told(81_000, -20_000) == (81_000, "too-soon")
    # Where no word is needed there is nothing to be early for.
    assert told(1_000, -11_000, go=0) == (1_000, "too-soon")


def test_a_claim_of_the_future_is_the_arrival():
    assert told(300_000, 305_000) == (300_000, "")
    assert told(300_000, 311_000) == (300_000, "ahead")


def test_a_clock_that_was_not_measured_enough_is_not_believed():
    assert told(312_000, 300_000, link=link(*[20_000] * 7)) == (312_000, "unmeasured")
    assert told(312_000, 300_000, link=Link()) == (312_000, "unmeasured")


def test_the_smallest_round_trip_tells_the_clock_and_ages():
    found = link(40_000, 8_000, 30_000)
    assert found.synced(9_002_000).trip == 8_000
    assert found.synced(9_002_000).offset == 5_000_000
    assert found.synced(9_002_000).doubt == 4_000 + 100
    # After 80 s the sample has lost 4 ms; a new one with 14 ms is better than 8 ms and 80 s.
    late = 9_001_000 + 80_000_000
    assert found.synced(late).doubt == 4_000 + 100 + 4_000
    found.learn(sent=late - 14_000, received=late, local_ms=(late - 7_000 - 5_000_000) / 1000)
    assert found.synced(late).trip == 14_000


def test_an_exchange_that_cannot_be_is_not_taken():
    found = Link()
    found.learn(sent=10, received=5, local_ms=1.0)
    found.learn(sent=5, received=10, local_ms=float("nan"))
    found.learn(sent=5, received=10, local_ms=float("inf"))
    assert found.synced(20) is None
    assert found.trips == ()


@pytest.mark.parametrize(
    ("timing", "hold"),
    [
        (Timing("arrival", 0, 1_500), 1_500),
        (Timing("compensated", 80_000, 5_000), 100_000),
        (Timing("compensated", 80_000, 30_000), 110_000),
        (Timing("manual"), 0),
    ],
)
def test_how_long_an_earlier_press_may_still_come(timing, hold):
    assert timing.hold_us == hold


def test_what_is_declared_is_bounded_by_the_rules():
    assert declared("compensated", cap_ms=300, band_us=9, correction_ms=500).cap_us == 120_000
    assert declared("compensated", cap_ms=90, band_us=9, correction_ms=60).cap_us == 60_000
    assert declared("arrival", cap_ms=90, band_us=9, correction_ms=60) == Timing("arrival", 0, 9)
    assert declared("manual", cap_ms=90, band_us=9, correction_ms=60) == Timing("manual", 0, 0)


def presses(*instants):
    return [Press(str(seat), at, seat) for seat, at in enumerate(instants, 1)]


def test_who_cannot_be_told_from_the_first():
    assert level(presses(1_000, 2_999), 2_000) == ("1", "2")
    assert level(presses(1_000, 3_000), 2_000) == ()
    assert level(presses(2_500, 1_000, 9_000, 2_999), 2_000) == ("2", "1", "4")
    assert level(presses(1_000), 2_000) == ()
    assert level(presses(1_000, 1_000), 0) == ()
    assert level(presses(0, 0), 2_000) == ()  # paddles have no instants


def test_a_network_test_is_summed_up_by_nearest_ranks():
    found = measured([*range(1_000, 101_000, 1_000)], 700)
    assert (found.count, found.least, found.median) == (100, 1_000, 50_000)
    assert (found.p95, found.p99, found.doubt) == (95_000, 99_000, 700)
    assert measured([3_000, 1_000, 2_000], 5).p95 == 3_000
    assert measured([], 5).count == 0
