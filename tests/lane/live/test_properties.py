"""Whatever networks, clocks and seats do: nobody is awarded whom the declared mode forbids.

The simulation knows what the stage cannot: when each press really happened. What the mode allows
is written here once more, from docs/live.md, and not by the code that is tested.
"""

from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.lane.live.playing import Playing
from leitai.lane.live.timing import Link, Timing
from tests.lane.live.plays import MS, START, Match, rules

SEATS = "1234"
BAND, CAP = 4 * MS, 40 * MS


@dataclass(frozen=True)
class Net:
    """One seat's way to the server and back in µs, its clock's drift in ppm and offset in ms."""

    up: int
    down: int
    wobble: tuple[int, ...]
    drift: int
    offset: int

    def local_ms(self, at):
        """What its clock says at an instant."""
        elapsed = at - START
        return (elapsed + elapsed * self.drift / 1e6) / 1000 + self.offset

    def way(self, n):
        return self.up + self.wobble[n % len(self.wobble)]


@dataclass(frozen=True)
class Tap:
    """One press: when it really happens, what it claims beside that, how often it is repeated."""

    seat: str
    at: int
    lie: int
    repeats: int
    stale: bool
    reconnects: bool


nets = st.builds(
    Net,
    up=st.integers(200, 70 * MS),
    down=st.integers(200, 70 * MS),
    wobble=st.lists(st.integers(0, 15 * MS), min_size=1, max_size=5).map(tuple),
    drift=st.integers(-100, 100),
    offset=st.integers(5_000, 20_000),
)
taps = st.builds(
    Tap,
    seat=st.sampled_from(SEATS),
    at=st.one_of(st.integers(-300 * MS, 900 * MS), st.integers(150 * MS, 170 * MS)),
    lie=st.one_of(st.just(0), st.integers(-400 * MS, 400 * MS)),
    repeats=st.integers(0, 2),
    stale=st.booleans() | st.just(value=False),
    reconnects=st.booleans() | st.just(value=False),
)


def synced(net, count=10):
    link = Link()
    for n in range(count):
        sent = START - 3_000 * MS + n * 200 * MS
        there = sent + net.down
        link.learn(sent=sent, received=there + net.way(n), local_ms=net.local_ms(there))
    return link


def play(mode, close, after_wrong, nets_, taps_, verdict):
    """One question; gives the match, and what every press was when it came."""
    timing = Timing(mode, CAP if mode == "compensated" else 0, BAND)
    match = Match(
        rules(close=close, after_wrong=after_wrong),
        seats=SEATS,
        timing=timing,
        now=START - 4_000_000,
    )
    for seat, net in zip(SEATS, nets_, strict=True):
        match.links[seat] = synced(net)
    match.at(-1_000)
    match.move("open", "", "buzz")
    match.move("question")
    frames = []
    for n, tap in enumerate(taps_):
        net = nets_[SEATS.index(tap.seat)]
        for repeat in range(tap.repeats + 1):
            arrival = START + tap.at + net.way(n) + repeat * 37 * MS
            claim = net.local_ms(START + tap.at + tap.lie)
            frames.append((arrival, n, repeat, tap, claim))
    frames.sort(key=lambda frame: frame[:3])
    net_of = dict(zip(SEATS, nets_, strict=True))
    came, answered, said, q = {}, {}, False, match.playing.q
    for arrival, n, _, tap, claim in frames:
        if not said and arrival >= START:
            match.at(0)
            match.move("go")
            said = True
        match.at((arrival - START) / MS)
        if tap.reconnects:
            match.links[tap.seat] = synced(net_of[tap.seat], n % 8)
        wanted = 1 if tap.stale else q
        found = match.press(tap.seat, q=wanted, n=n, local_ms=claim, arrival=arrival)
        first = answered.setdefault((tap.seat, wanted), found)
        if first.seq:
            assert found == first, "a repeated press got another answer"
        if found.seq:
            came.setdefault(found.seq, (arrival, claim, match.links[tap.seat].trips))
    if not said:
        match.at(0)
        match.move("go")
    match.at(3_000)
    if verdict and match.turn and not match.playing.ruling:
        match.move("verdict", match.turn[0], verdict)
    return match, came


def presses_of(match):
    """The presses that count for the question: seat → (line, instant), without early ones."""
    found = {}
    for line in match.lines:
        if line.entry.kind == "press" and line.evidence["state"] != "early":
            at = int(line.entry.value) if line.entry.value else line.entry.at
            found.setdefault(line.entry.seat, (line, at))
    return found


def check_instants(match, came, mode):
    """No press counts at an instant that the mode does not give it."""
    go = next(line.entry.at for line in match.lines if line.entry.kind == "go")
    for line in match.lines:
        if line.entry.kind != "press":
            continue
        arrival, _, trips = came[line.entry.seq]
        at = int(line.entry.value) if line.entry.value else line.entry.at
        assert line.entry.at == arrival
        if mode == "arrival":
            assert at == arrival
            continue
        assert arrival - CAP <= at <= arrival
        if len(trips) < 8:
            assert at == arrival
        if line.evidence["state"] == "early":
            assert at < go or arrival < go
        elif at < arrival:
            assert at >= go + 100 * MS
            ways = [trip // 2 for trip in trips]
            spread = median(abs(way - median(ways)) for way in ways)
            claimed = line.evidence["claimed"]
            assert arrival - claimed <= median(ways) + 3 * max(spread, 1_000) + 1


def check_award(match, close):
    """Who answers pressed, after the word, first by the mode; or it was ruled, by the rules."""
    found = presses_of(match)
    order = sorted((at, seat) for seat, (_, at) in found.items())
    kinds = match.kinds
    near = [seat for at, seat in order if at - order[0][0] < BAND]
    verdicts = [line for line in match.lines if line.entry.kind == "verdict"]
    if not order:
        assert not verdicts
        assert not match.turn
        return
    if len(near) > 1:
        if close == "replaced":
            assert "replace" in kinds
            assert not verdicts
        elif close == "chief":
            assert set(match.playing.ruling) == set(near)
            assert not verdicts
        else:
            first = min(near)  # level, so the rule `equal: seat`
            assert f"first {first}" in kinds
            assert [line.entry.seat for line in verdicts] in ([], [first])
        return
    assert "replace" not in kinds
    assert not [kind for kind in kinds if kind.startswith("first")]
    winner = verdicts[0].entry.seat if verdicts else match.turn[0]
    assert winner == order[0][1]
    line, at = found[winner]
    go = next(line.entry.at for line in match.lines if line.entry.kind == "go")
    assert at >= go
    assert line.evidence["q"] < line.entry.seq


@settings(max_examples=250, deadline=None)
@given(
    mode=st.sampled_from(["arrival", "compensated"]),
    close=st.sampled_from(["replaced", "chief", "equal"]),
    after_wrong=st.sampled_from(["ends", "others"]),
    nets_=st.tuples(nets, nets, nets, nets),
    taps_=st.lists(taps, max_size=9),
    verdict=st.sampled_from(["", "right", "wrong"]),
)
def test_nobody_is_awarded_whom_the_mode_forbids(mode, close, after_wrong, nets_, taps_, verdict):
    match, came = play(mode, close, after_wrong, nets_, taps_, verdict)
    check_instants(match, came, mode)
    check_award(match, close)
    # The log replays to the same state, wherever it is cut, and to the same winner at its end.
    for cut in range(len(SEATS), len(match.lines) + 1):
        Playing(match.facts, match.lines[:cut], now=match.now)
    again = match.again()
    again.tick(match.now)
    assert again.match.play == match.playing.match.play
    assert (again.q, again.ruling, again.lines) == (match.playing.q, match.playing.ruling, [])


@settings(max_examples=150, deadline=None)
@given(
    nets_=st.tuples(nets, nets, nets, nets),
    first=st.sampled_from(SEATS),
    at=st.integers(200 * MS, 800 * MS),
    gaps=st.lists(st.integers(0, 60 * MS), min_size=4, max_size=4),
)
def test_honest_seats_are_put_in_their_order_but_for_what_their_clocks_leave_in_doubt(
    nets_, first, at, gaps
):
    """Compensation finds who was first, where ways are steady: to within the clocks' doubts."""
    ways = [min(net.up, CAP - 5 * MS) for net in nets_]  # more than the cap is not put right
    steady = [
        Net(way, way, (0,), net.drift, net.offset) for way, net in zip(ways, nets_, strict=True)
    ]
    pressed = {seat: at + gap for seat, gap in zip(SEATS, gaps, strict=True)} | {first: at}
    taps_ = [Tap(seat, when, 0, 0, stale=False, reconnects=False) for seat, when in pressed.items()]
    match, _ = play("compensated", "equal", "ends", steady, taps_, "")
    doubts = {seat: match.links[seat].synced(match.now).doubt for seat in SEATS}
    found = {seat: at for seat, (_, at) in presses_of(match).items()}
    for seat, instant in found.items():
        assert abs(instant - (START + pressed[seat])) <= doubts[seat] + 1
    clear = all(
        pressed[seat] - at > BAND + doubts[seat] + doubts[first] for seat in SEATS if seat != first
    )
    if clear:
        assert match.turn == (first,)


def test_a_forged_clock_wins_no_more_than_the_cap():
    """Seat 2 presses 70 ms after seat 1, and swears that it was 400 ms before."""
    net = Net(30 * MS, 30 * MS, (0,), 0, 5_000)
    honest = Tap("1", 500 * MS, 0, 0, stale=False, reconnects=False)
    liar = Tap("2", 570 * MS, -400 * MS, 0, stale=False, reconnects=False)
    match, _ = play("compensated", "replaced", "ends", [net] * 4, [honest, liar], "")
    assert match.turn == ("1",)
    assert match.playing.flags == {"2": "unlike"}
    assert Fraction(match.playing.match.scores["1"]) == 0
