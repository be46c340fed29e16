"""The first seed's final of one track, played by everybody on one day, in browsers.

Seven advisers bring 40 % of their semifinal along. The scenario is the mean of five judges, the
buzzer round has fifteen questions of a point each. Worked out by hand:

    乌兰    91×40%   = 36.40   40+39+41+38+40 = 198 → 39.60   4 right            total 80.00
    巴图    90.5×40% = 36.20   41+40+42+40+41 = 204 → 40.80   3 right            total 80.00
    娜仁    89×40%   = 35.60   42+43+41+42+42 = 210 → 42.00   1 right            total 78.60
    苏日娜  88×40%   = 35.20   38+37+39+38+38 = 190 → 38.00   2 right            total 75.20
    朝鲁    86×40%   = 34.40   38+39+38+39+38.5 = 192.5 → 38.50   1 right        total 73.90
    格根    86×40%   = 34.40   37+38+37+38+37.5 = 187.5 → 37.50   2 right        total 73.90
    阿木尔  82×40%   = 32.80   36+37+36+37+36.5 = 182.5 → 36.50   2 wrong, out   total 69.30

巴图 and 乌兰 are level; of the final alone 巴图 has 43.80 and 乌兰 43.60: 巴图 is first. 朝鲁 and
格根 are level, and level in the final alone (39.50 each); the scenario decides for 朝鲁.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from leitai.judging.models import Slot
from leitai.live.models import Line
from leitai.results.models import Standing
from leitai.seasons.models import Score
from tests.e2e import final_judged as judged
from tests.e2e import final_live as live
from tests.e2e import final_states as states
from tests.e2e.conftest import serve
from tests.e2e.journey_awarding import publish_final
from tests.e2e.journey_desks import OFFICE, PUBLIC, Desk, Desks
from tests.e2e.journey_states import CODE, GUIDANCE, NAMES, entry
from tests.e2e.states import States
from tests.e2e.test_stage import free_ports

SHOTS = os.environ.get("LEITAI_SHOTS", "")
# The lots, as they fall: the order of the scenario, and the seats of the buzzer round.
FIRST: Final = {"1501": 1, "1502": 4, "1503": 7, "1504": 3, "1505": 6, "1506": 2, "1507": 5}
SECOND: Final = {"1501": 1, "1502": 6, "1503": 4, "1504": 2, "1505": 7, "1506": 5, "1507": 3}
SHEETS: Final = {
    "1501": ("40", "39", "41", "38", "40"),
    "1502": ("41", "40", "42", "40", "41"),  # the second by the reserve
    "1503": ("42", "43", "41", "42", "42"),
    "1504": ("38", "37", "39", "38", "38"),
    "1505": ("38", "39", "38", "39", "38.5"),
    "1506": ("37", "38", "37", "38", "37.5"),
    "1507": ("36", "37", "36", "37", "36.5"),
}
SCENARIO: Final = {
    "1501": "39.6", "1502": "40.8", "1503": "42", "1504": "38", "1505": "38.5", "1506": "37.5",
    "1507": "36.5",
}  # fmt: skip
STANDING: Final = [
    ("1502", "80.00"),
    ("1501", "80.00"),
    ("1503", "78.60"),
    ("1504", "75.20"),
    ("1505", "73.90"),
    ("1506", "73.90"),
    ("1507", "69.30"),
]
# After the foul, the two wrong answers and the photo finish: who answers the other questions.
REST: Final = ("1", "1", "1", "6", "6", "6", "4", "2", "5", "5", "7")


@pytest.fixture
def house(
    browser: Browser, states_made: States, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Desks, str]]:
    port = free_ports()
    for name, more in (("STAGE", 1), ("WATCH", 2)):
        monkeypatch.setenv(f"LEITAI_{name}_BIND", f"127.0.0.1:{port + more}")
        monkeypatch.setenv(f"LEITAI_{name}_URL", f"http://127.0.0.1:{port + more}")
    with ExitStack() as held:
        held.enter_context(states_made.play(states.on_the_day, tmp_path / "files"))
        names = ("web", "stage", "worker")
        site, wire, _lines = held.enter_context(serve(tmp_path, *names))
        desks = Desks(browser, site, wire, CODE)
        held.callback(desks.close)
        yield desks, site


def test_the_final_of_seven(house: tuple[Desks, str], browser: Browser, tmp_path: Path):
    desks, site = house
    office = desks.sit("office")
    judged.draw(office, "决赛情景再现出场顺序（职业指导人员）", FIRST)
    judged.draw(office, "决赛抢答赛席位（职业指导人员）", SECOND)
    _scenario(desks)
    live.set_up(office)
    with live.seated(desks, browser, site) as match:
        live.measure(match, office)
        _buzzer(match)
        _shoot(match.hall, "hall")
        _shoot(match.phones["1"], "seat")
    _folded(office)
    publish_final(office)
    _shown(desks)
    _verified(office, tmp_path)
    _decided(office, tmp_path)


def _scenario(desks: Desks) -> None:
    office = desks.sit("office")
    event = judged.set_up(office)
    judged.call(office, event)
    slots = {one.code.split("-")[1]: one for one in Slot.objects.all()}
    assert [one.code for one in Slot.objects.order_by("order")] == [
        entry(unit) for unit in sorted(FIRST, key=FIRST.__getitem__)
    ]
    chief, recused = judged.tablet(desks, "judge-1"), judged.tablet(desks, "judge-2")
    judged.withdraw(recused, event, slots["1502"].pk)
    judged.step_in(chief, desks.sit("supervisor"), event, slots["1502"].pk)
    judged.perform(
        desks.sit("host"), event, [NAMES[GUIDANCE][one] for one in sorted(FIRST, key=FIRST.get)]
    )
    for number in range(1, 7):
        given = {
            slots[unit].pk: marks[min(number - 1, 4)]
            for unit, marks in SHEETS.items()
            if number < 6 and (unit, number) != ("1502", 2)
        }
        if number == 6:
            given = {slots["1502"].pk: SHEETS["1502"][1]}
        judged.mark(judged.tablet(desks, f"judge-{number}"), event, given)
    chief.go(f"/judging/{event}/{slots['1502'].pk}/")
    _shoot(chief.page, "judge")
    told = {NAMES[GUIDANCE][unit]: score for unit, score in SCENARIO.items()}
    judged.tally(desks, event, told)
    _shoot(desks.stranger().page, "scenario-hall")


def _buzzer(match: live.Match) -> None:
    """Fifteen questions, one of them asked anew."""
    match.next("开始抢答")
    match.ask(first=True)
    button = match.phones["5"].locator(".buz-hit")
    button.dispatch_event("pointerdown", {"button": 0})
    match.says("5", "抢跑")
    match.next("开始抢答")
    match.hit("1")
    match.judge("答对")
    match.play("3", "答错")
    match.play("3", "答错")
    match.ask()
    match.says("3", "停止答题")
    match.next("开始抢答")
    # The second to arrive may be taken to have been the earlier one: then both are told so.
    told = match.seats.press("2", "7")
    assert "logged" in told
    assert set(told) <= {"logged", "behind"}
    expect(match.host.locator(".host-next")).to_have_text("出下一题")
    replaced = Line.objects.get(kind="replace")  # nobody could tell them apart
    assert sorted(replaced.evidence["close"]) == ["2", "7"]
    match.play("2")
    for seat in REST:
        match.play(seat)
    match.host.get_by_role("button", name="排名", exact=True).click()
    expect(match.hall.locator(".hall-order .rank").first).to_contain_text("乌兰")
    match.next("结束比赛")
    match.next("再按一次确认：结束比赛")
    match.says("1", "比赛结束")


def _folded(office: Desk) -> None:
    """The worker has made scores of the log."""
    until = time.monotonic() + 30
    made = Score.objects.filter(source="match:m1")
    while made.count() != len(SECOND):
        assert time.monotonic() < until
        time.sleep(0.2)
    office.go(f"{OFFICE}live/m1/")
    office.reads("成绩已按记录计算入库")


def _shown(desks: Desks) -> None:
    """Everybody reads the standing, in the order of the rules' chain."""
    rows = Standing.objects.filter(
        result__stage__code="final", result__state="published", track=GUIDANCE, board="main"
    ).order_by("position")
    found = [(one.entry.code, Fraction(one.total)) for one in rows.select_related("entry")]
    assert found == [(entry(unit), Fraction(total)) for unit, total in STANDING]
    assert [one.rank for one in rows] == [1, 2, 3, 4, 5, 6, 7]
    stranger = desks.stranger()
    stranger.go(f"{PUBLIC}results/final/?track={GUIDANCE}")
    for rank, (unit, _total) in enumerate(STANDING, start=1):
        stranger.row(str(rank), NAMES[GUIDANCE][unit])
    hall = stranger.page
    hall.set_viewport_size({"width": 1920, "height": 1080})
    stranger.go(f"{PUBLIC}results/final/hall/?track={GUIDANCE}")
    places = hall.locator(".hall-order .rank")
    expect(places).to_have_count(len(STANDING))
    for place, (unit, total) in enumerate(STANDING):
        for words in (str(place + 1), NAMES[GUIDANCE][unit], total):
            expect(places.nth(place)).to_contain_text(words)
    expect(hall.locator(".hall-under")).to_contain_text("40%")
    _shoot(hall, "standing")


def _verified(office: Desk, folder: Path) -> None:
    office.go(f"{OFFICE}results/final/")
    with office.page.expect_download() as coming:
        office.press("结果包")
    kept = folder / coming.value.suggested_filename
    coming.value.save_as(kept)
    _run("verify", str(kept))


def _decided(office: Desk, folder: Path) -> None:
    """What the page of the results gives away is all that the command needs."""
    data = folder / "data"
    data.mkdir()
    office.go(f"{OFFICE}results/final/")
    with office.page.expect_download() as coming:
        office.follow("复算数据")
    with zipfile.ZipFile(io.BytesIO(Path(coming.value.path()).read_bytes())) as held:
        held.extractall(data)
    assert {"marks.csv", "log.csv", "scores.csv"} < {one.name for one in data.iterdir()}
    rules = folder / "rulebook.yaml"
    (data / rules.name).rename(rules)
    _run("rulebook", "decide", str(rules), "--data", str(data), "--out", str(folder / "out"))
    with (folder / "out" / "standings.csv").open(encoding="utf-8", newline="") as file:
        of = {"stage": "final", "track": GUIDANCE, "board": "main"}
        rows = [row for row in csv.DictReader(file) if of.items() <= row.items()]
    assert [(row["rank"], row["entry"], Fraction(row["total"])) for row in rows] == [
        (str(rank), entry(unit), Fraction(total))
        for rank, (unit, total) in enumerate(STANDING, start=1)
    ]


def _run(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "leitai.web.cli", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/final-{name}.png")
