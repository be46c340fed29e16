"""What the processes say of themselves, and what `leitai bench live` measures them with."""

import asyncio
import subprocess
import sys

import msgspec
import pytest

from leitai.lane import process
from leitai.lane.live.accounts import Accounts
from leitai.lane.live.bench_client import Looked, Plan, first, masked
from leitai.lane.live.took import Took
from leitai.rulebook.live import Seat
from tests.lane.live import plays
from tests.lane.live.client import ticket


def test_durations_are_ranked_by_the_nearest_rank():
    took = Took()
    assert took.counters() == {"count": 0, "p50": 0, "p99": 0, "max": 0}
    for number in range(200, 0, -1):
        took.add(number * 1000 + 999)  # whole microseconds
    assert took.counters() == {"count": 200, "p50": 100, "p99": 198, "max": 200}


def test_a_process_steps_back_from_where_it_stands():
    code = (
        "import os; from leitai.lane import process; before = os.nice(0);"
        " print(process.take_rank(3), os.nice(0) - before)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["True", "3"]


def test_who_may_not_step_forward_stays_and_says_so(monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(process.os, "setpriority", refuse)
    assert process.take_rank(process.STAGE) is False


def test_accounts_are_made_anew_when_a_line_was_added_or_taken_back_and_only_then(monkeypatch):
    match, accounts, sums = plays.Match(), Accounts(), []
    points = Seat.points
    monkeypatch.setattr(Seat, "points", lambda seat: sums.append(seat.name) or points(seat))

    def shown():
        found = accounts.of(match.playing.match)
        return [int(found.scores[seat]) for seat in "123"], found.order, found.wrong["2"]

    assert shown() == ([0, 0, 0], ("1", "2", "3"), 0)
    match.asked()
    sums.clear()
    match.at(10).press("2")
    match.at(20)
    assert shown() == ([0, 0, 0], ("1", "2", "3"), 0)
    assert sums == []  # the press cost no sums
    wrong = match.move("verdict", "2", "wrong")
    assert shown() == ([0, -10, 0], ("1", "3", "2"), 1)
    match.move("void", "", str(wrong))
    assert shown() == ([0, 0, 0], ("1", "2", "3"), 0)
    assert accounts.scores == match.playing.match.scores


@pytest.mark.parametrize("size", [0, 5, 125, 126, 1_600, 65_535, 65_536])
def test_the_client_finds_where_a_frame_ends(size):
    head = (
        bytes([0x81, size])
        if size < 126
        else b"\x81\x7e" + size.to_bytes(2, "big")
        if size < 65_536
        else b"\x81\x7f" + size.to_bytes(8, "big")
    )
    frame = head + b"x" * size
    assert first(frame + b"\x81") == len(frame)
    assert first(frame) == len(frame)
    assert first(frame[:-1]) == 0
    assert first(frame[:1]) == 0


def test_a_client_masks_what_it_sends():
    assert masked(b"abc") == b"\x81\x83\x00\x00\x00\x00abc"
    assert masked(b"x" * 300)[:8] == b"\x81\xfe\x01\x2c\x00\x00\x00\x00"


async def test_the_benchs_phones_see_every_snapshot_and_say_when(table, watch):
    host = await table.host()
    await table.asked(host, "q1")
    plan = Plan(watch.port, 25, ticket(table.ring, table.match.id, "watch"))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "leitai.lane.live.bench_client"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    process.stdin.write(msgspec.json.encode(plan) + b"\n")
    assert await process.stdout.readline() == b"ready\n"
    await asyncio.sleep(0.5)
    before = watch.fans.snapshots
    for number in range(3):
        await host.move("note", value=f"n{number}")
        await asyncio.sleep(0.4)
    snapshots = watch.fans.snapshots - before
    process.stdin.close()
    looked = msgspec.json.decode(await process.stdout.read(), type=Looked)
    await process.wait()
    assert [seen.count for seen in looked.seen[-snapshots:]] == [25] * snapshots
    assert snapshots == 3
    assert all(0 <= seen.last - seen.made < 5_000_000 for seen in looked.seen)
    assert looked.gone == 0
    assert watch.counters()["frames"] >= 75
    steps = table.stage.counters()
    assert steps["commit_us"]["count"] == 5  # open (with its note), question, three notes
    assert 0 < steps["told_us"]["p50"] < steps["commit_us"]["max"] + 1_000_000
