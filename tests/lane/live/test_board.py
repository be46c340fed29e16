"""Snapshots on their way to the spectators: parts, slices, and the newest always next."""

import asyncio
import json

import pytest

from leitai.lane.live import board
from leitai.lane.live.board import ROOM, Board, Fans, Pulse, changes
from tests.lane.live.client import merged


class Phone:
    """A spectator that keeps what it is shown."""

    def __init__(self, name="", seen=None):
        self.name, self.seen, self.view, self.frames = name, seen, None, []

    def greet(self, whole):
        self.view = json.loads(whole)["view"]

    def show(self, frame):
        self.frames.append(said := json.loads(frame[ROOM:]))
        self.view = said["view"] if said["t"] == "hello" else merged(self.view, said["view"])
        if self.seen is not None:
            self.seen.append(self.name)


def view(seq, *, online=True, **question):
    return {
        "seq": seq,
        "seats": [{"seat": "1", "online": online}, {"seat": "2", "online": True}],
        "question": {"number": 1, "phase": "open", **question},
    }


async def turn():
    await asyncio.sleep(0)


@pytest.fixture
def small(monkeypatch):
    """Slices of two."""
    monkeypatch.setattr(board, "SLICE", 2)


async def test_everybody_gets_the_first_snapshot_whole_and_then_what_has_changed():
    found, phone = Board(Fans()), Phone()
    assert found.whole == b""
    found.spectators[phone] = None
    found.take(view(1))
    found.take(view(2))
    assert [frame["t"] for frame in phone.frames] == ["hello", "part"]
    assert phone.frames[1]["view"] == {"seq": 2}
    assert phone.view == view(2)
    assert json.loads(found.whole)["view"] == view(2)


async def test_a_fan_out_lets_the_loop_do_something_else_after_every_slice(small):
    found, seen = Board(Fans()), []
    for name in "abcde":
        found.spectators[Phone(name, seen)] = None
    found.take(view(1))
    asyncio.get_running_loop().call_soon(seen.append, "-")
    assert seen == ["a", "b"]
    await turn()
    assert seen == ["a", "b", "c", "d", "-"]
    await turn()
    assert seen == ["a", "b", "c", "d", "-", "e"]


async def test_only_the_newest_of_what_came_meanwhile_goes_next(small):
    fans = Fans()
    found, phones = Board(fans), [Phone() for _ in range(5)]
    found.spectators.update(dict.fromkeys(phones))
    found.take(view(1))
    for seq in (2, 3, 4):
        found.take(view(seq))
    for _ in range(10):
        await turn()
    for phone in phones:
        assert [frame["view"]["seq"] for frame in phone.frames] == [1, 4]
        assert phone.view == view(4)
    assert (fans.snapshots, fans.skipped, fans.frames) == (4, 2, 10)


async def test_who_enters_while_a_snapshot_goes_out_misses_nothing_of_what_was_passed_over(small):
    """Seat 1 is away in the snapshot that is passed over: nobody may keep that."""
    found, phones = Board(Fans()), [Phone() for _ in range(5)]
    found.spectators.update(dict.fromkeys(phones))
    found.take(view(0))
    for _ in range(5):
        await turn()
    found.take(view(1))
    found.take(view(2, online=False))
    late = Phone()
    late.greet(found.whole)
    found.spectators[late] = None
    found.take(view(3))
    for _ in range(10):
        await turn()
    assert [phone.view for phone in (*phones, late)] == [view(3)] * 6


async def test_who_leaves_while_a_snapshot_goes_out_harms_nobody(small):
    found, phones = Board(Fans()), [Phone() for _ in range(5)]
    found.spectators.update(dict.fromkeys(phones))
    found.take(view(1))
    del found.spectators[phones[3]]
    for _ in range(5):
        await turn()
    found.take(view(2))
    for _ in range(5):
        await turn()
    assert [phone.view["seq"] for phone in phones] == [2, 2, 2, 1, 2]


class Asked:
    """A spectator that is asked whether it is there."""

    def __init__(self, *, there=True):
        self.silent, self.there, self.pings, self.dropped = False, there, 0, False

    def ping(self):
        self.pings += self.there
        return self.there

    def drop(self):
        self.dropped = True


def test_the_pulse_asks_every_half_minute_and_drops_who_did_not_answer():
    pulse, answers, silent, gone = Pulse(), Asked(), Asked(), Asked(there=False)
    for one in (answers, silent, gone):
        pulse.follow(one, 100.0)
    pulse.beat(129.0)
    assert answers.pings == 0
    pulse.beat(130.0)
    assert (answers.pings, silent.pings) == (1, 1)
    answers.silent = False
    pulse.beat(159.0)
    assert not silent.dropped
    pulse.beat(160.0)
    assert (answers.pings, silent.pings) == (2, 1)
    assert [one.dropped for one in (answers, silent, gone)] == [False, True, False]


def test_a_crowd_that_came_together_is_not_asked_together():
    pulse, crowd = Pulse(), [Asked() for _ in range(1_200)]
    for one in crowd:
        pulse.follow(one, 0.0)
    asked = []
    for second in (30.0, 31.0, 32.0):
        pulse.beat(second)
        asked.append(sum(one.pings for one in crowd))
    assert asked == [500, 1_000, 1_200]


BEFORE = {
    "seq": 3,
    "seats": [{"seat": "1", "score": "0"}, {"seat": "2", "score": "0"}],
    "question": {"number": 1, "phase": "open", "turn": [], "text": {"stem": "…"}},
    "order": ["1", "2"],
}


@pytest.mark.parametrize(
    ("after", "part"),
    [
        ({**BEFORE, "seq": 4}, {"seq": 4}),
        (
            {**BEFORE, "seats": [BEFORE["seats"][0], {"seat": "2", "score": "10"}]},
            {"seats": [{"seat": "2", "score": "10"}]},
        ),
        (
            {**BEFORE, "question": {**BEFORE["question"], "phase": "answering", "turn": ["2"]}},
            {"question": {"phase": "answering", "turn": ["2"]}},
        ),
        (
            {**BEFORE, "question": {"number": 2, "phase": "asked", "turn": []}},
            {"question": {"number": 2, "phase": "asked", "turn": []}},
        ),
        (  # something is not shown any more: the whole, so that nothing of it stays
            {**BEFORE, "question": {"number": 1, "phase": "over", "turn": []}},
            {"question": {"number": 1, "phase": "over", "turn": []}},
        ),
        ({**BEFORE, "question": None}, {"question": None}),
    ],
)
def test_a_part_says_what_has_changed_and_no_more(after, part):
    assert changes(BEFORE, after) == part
    assert merged(BEFORE, part) == after
