"""What leaves the house: tables that `leitai rulebook decide` reads, paper, what analysts see."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction

import pytest

from leitai import rulebook
from leitai.judging import exporting, printing, selectors, services
from leitai.rulebook.tables.deciding import decide
from leitai.seasons import services as seasons
from leitai.seasons.services import Witness
from tests.rooms.judging import making
from tests.rooms.judging.making import CLERK, OFFICE, SECOND, STAGE
from tests.rooms.judging.test_services import refused, whole

pytestmark = pytest.mark.usefixtures("stage")


def test_the_tables_decide_as_the_house_does():
    day = making.day()
    services.add_seat(
        actor=OFFICE, event=day.event, person=day.judges[0], reserve=True, at=making.AT
    )
    day.event = services.call_event(actor=STAGE, event=day.event, at=day.at())
    services.declare_recusal(
        actor=OFFICE, seat=day.seat(5), slot=day.slot(4), relation="kinship", words="", at=day.at()
    )
    for number in range(1, 7):
        day.play(number, seconds=str(470 + 10 * number))
    for number in range(1, 7):
        for seat in range(1, 6):
            if (number, seat) != (4, 5):
                day.mark(number, seat, str(40 + number + seat / 10))
    for act, who in ((services.sign_tally, CLERK), (services.check_tally, SECOND)):
        act(actor=who, event=day.event, at=day.at())
    services.announce_event(actor=STAGE, event=day.event, at=day.at())
    services.close_event(actor=OFFICE, event=day.event, at=day.at())
    result = day.publish()
    standings = result.standings.filter(board="main").order_by("rank")
    ours = [(one.rank, one.entry.code, Fraction(one.total)) for one in standings]
    data, name = exporting.bundle(day.event)
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        files = {one: held.read(one).decode() for one in held.namelist()}
    text = files.pop("rulebook.yaml")
    assert (sorted(files), name) == (
        ["entries.csv", "marks.csv", "people.csv"],
        "情景再现评分数据.zip",
    )
    found = decide(rulebook.load(text), files).outcome.standings
    theirs = [(one.rank, one.entry, one.total) for one in found if one.board == "main"]
    assert theirs == ours
    # Contestant 6: 82.1 to 84.5 … the middle three of 84.1 84.2 84.3 84.4 84.5, less 2 for 50 s over.
    assert ours[0] == (1, "2022-5104-2", Fraction(823, 10))
    assert exporting.bundle(day.event)[0] == data


def test_the_tables_refuse_a_mark_of_a_judge_who_should_have_withdrawn():
    day = making.day()
    services.add_seat(actor=OFFICE, event=day.event, person=day.judges[0], at=making.AT)
    files = exporting.tables_of(day.event)
    assert "7,unit,5101" in files["people.csv"]
    row = "final,individual,scene,2022-5101-1,7,policy,50\n"
    files["marks.csv"] += row
    with pytest.raises(Exception, match="judge_recused"):
        decide(rulebook.load(making.TEXT), files)


def test_sheets_and_tally_are_printed():
    day = making.called()
    data, name = printing.score_sheets(day.event, filled=False)
    assert data.startswith(b"%PDF")
    assert name == "情景再现评分表.pdf"
    box = selectors.boxes_of(day.event, day.seat(1))[0]
    assert printing.points_of(box).split("\n") == [
        "条件、标准、期限、依据",
        "准确（54—60分）：条件、标准、期限、依据都说对",
        "基本准确（36—53.9分）：有一处说错或者漏说",
        "不准确（0—35.9分）",
    ]
    refused("judging_print_none", lambda: printing.score_sheets(day.event, filled=True))
    whole(day)
    services.sign_tally(actor=CLERK, event=day.event, at=day.at())
    data, name = printing.tally_sheet(day.event)
    assert data.startswith(b"%PDF")
    assert name == "情景再现统分表.pdf"
    assert printing.brief("2431/30") == "2431/30\n≈81.0333"
    assert printing.brief("88.00") == "88.00"


def test_nothing_leaves_the_house_before_all_marks_of_a_contestant_are_in():
    day = making.called()
    day.play(1)
    day.play(2)
    for seat in range(1, 5):
        day.mark(2, seat, "50")
    assert exporting.tables_of(day.event)["marks.csv"].count("\n") == 1
    refused("judging_print_none", lambda: printing.score_sheets(day.event, filled=True))
    assert all(not text for row in selectors.tally_page(day.event).rows for text, _ in row.sums)
    day.mark(2, 5, "50")
    assert exporting.tables_of(day.event)["marks.csv"].count(",policy,50\n") == 5


def test_the_tally_shows_what_was_dropped():
    day = making.called()
    whole(day)
    row = selectors.tally_page(day.event).rows[0]
    assert row.sums[:5] == (
        ("79.5", False),
        ("80", True),
        ("81.1", True),
        ("82", True),
        ("83", False),
    )
    assert (row.figure, row.score, row.off) == ("2431/30", "2431/30", "")


def test_analysis_is_exact_and_changes_nothing():
    day = making.called()
    whole(day)
    before = selectors.tally_of(day.event).digest
    lines = {line.seat.judge: line for line in selectors.diagnostics_of(day.event)}
    # Judge 1 gives 0.5 where the others give 1 2.1 3 4: 2.025 less than their mean of 2.525.
    assert lines["1"].offset == Fraction(-81, 40)
    assert lines["1"].shown["offset"] == "-2.02"
    assert lines["1"].tau == 1
    assert (lines["6"].sheets, lines["6"].offset, lines["1"].missed) == (0, None, 0)
    assert selectors.tally_of(day.event).digest == before


def test_the_hall_shows_what_was_announced_and_nothing_else():
    day = making.called()
    day.play(1)
    day.play(2)
    for seat in range(1, 6):
        day.mark(2, seat, "50")
    day.event.refresh_from_db()
    assert selectors.hall_of(making.CODE, day.event.pk).rows == ()
    refused("judging_lacks", services.announce_slot, actor=STAGE, slot=day.slot(1), at=day.at())
    services.announce_slot(actor=STAGE, slot=day.slot(2), at=day.at())
    hall = selectors.hall_of(making.CODE, day.event.pk)
    assert [(slot.number, score) for slot, score in hall.rows] == [("02", "88.00")]


def test_an_order_from_outside_names_everybody_once():
    day = making.day()
    codes = list(day.event.slots.values_list("code", flat=True))
    wanted = codes[::-1]
    services.order_by_hand(actor=OFFICE, event=day.event, codes=wanted, at=day.at())
    assert list(day.event.slots.order_by("order").values_list("code", flat=True)) == wanted
    refused(
        "judging_order_incomplete",
        services.order_by_hand,
        actor=OFFICE,
        event=day.event,
        codes=codes[:5],
        at=day.at(),
    )


def test_a_draw_of_the_contestants_codes_gives_the_order():
    day = making.day()
    codes = list(day.event.slots.values_list("code", flat=True))
    roster = [[code, code] for code in codes]
    given = {"actor": OFFICE, "season": day.season, "absent_rule": "last", "at": making.AT}
    draw = seasons.open_hand_draw(purpose="出场次序", roster=roster, **given)
    order = {"actor": OFFICE, "event": day.event, "draw": draw, "at": making.AT}
    refused("judging_draw_unfinished", services.order_by_draw, **order)
    for number, code in zip((3, 1, 2, 6, 5, 4), codes, strict=True):
        seasons.key_call(actor=OFFICE, draw=draw, member=code, number=number, at=making.AT)
    seen = [Witness("岑雪桥", "监督仲裁组"), Witness("万里晴", "选手代表")]
    order["draw"] = seasons.close_hand_draw(actor=OFFICE, draw=draw, witnesses=seen, at=making.AT)
    services.order_by_draw(**order)
    drawn = [codes[at] for at in (1, 2, 0, 5, 4, 3)]
    assert list(day.event.slots.order_by("order").values_list("code", flat=True)) == drawn
    assert [slot.number for slot in day.event.slots.order_by("order")][:2] == ["01", "02"]
    event = making.plan(day.season, rehearsal=True)
    refused("judging_draw_others", services.order_by_draw, **(order | {"event": event}))
