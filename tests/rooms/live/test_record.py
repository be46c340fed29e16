"""The protocol: every press with its instants and margins, what was mended, what was refused."""

from leitai.documents.pages import texts_of
from leitai.live import printing, services
from leitai.live.models import Line, Refusal
from leitai.live.selectors.protocol import clock, presses_of, protocol_of
from tests.factories import live as quiz
from tests.factories.results import AT, OFFICE

NINE = 1_660_788_000_000_000  # 2022-08-18 10:00:00 in China, in µs since 1970


def _press(seq, seat, at, value="", **evidence):
    return Line(seq=seq, seat=seat, at=at, kind="press", value=value, evidence=evidence)


def test_the_clock_is_told_in_chinas_time_to_the_microsecond():
    assert clock(NINE + 1_000_042) == "10:00:01.000042"
    assert clock(0) == "—"


def test_margins_are_against_the_best_press_of_the_question():
    """Seat 2 came 12 ms after seat 1 and was corrected by 15 ms: it was 3 ms ahead."""
    lines = [
        Line(seq=1, at=NINE, kind="question", value="buzzer-1"),
        _press(2, "4", NINE + 400_000, state="early", arrival=NINE + 400_000),
        Line(seq=3, at=NINE + 900_000, kind="go"),
        _press(4, "1", NINE + 1_000_000, state="logged", arrival=NINE + 1_000_000),
        _press(
            5, "2", NINE + 1_012_000, str(NINE + 997_000), state="logged",
            arrival=NINE + 1_012_000, claimed=NINE + 990_500, flag="capped", rtt=30_123,
        ),
        Line(seq=6, at=NINE + 2_000_000, kind="verdict", seat="2", value="wrong"),
        _press(7, "3", NINE + 3_000_000, state="logged", arrival=NINE + 3_000_000),
    ]  # fmt: skip
    rows = list(presses_of(lines))
    assert [(one.seat, one.margin, one.state) for one in rows] == [
        ("4", "—", "抢跑"),
        ("1", "3.000", "最先"),
        ("2", "0.000", "最先"),
        ("3", "0.000", "最先"),
    ]
    second = rows[2]
    assert (second.arrival, second.claimed, second.counted) == (
        "10:00:01.012000",
        "10:00:00.990500",
        "10:00:00.997000",
    )
    assert second.note == "补偿已达上限，往返30.123毫秒"


def _played(season):
    match = quiz.ready(season, quiz.entries(season)[:4])
    quiz.play(match, quiz.GAME, begin=NINE)
    quiz.play(match, [("adjust", "3", "5 题目有误")], begin=NINE + 60_000_000)
    quiz.play(
        match, [("note", "", "mode=compensated cap=36000 band=14200")], begin=NINE + 90_000_000
    )
    Line.objects.filter(match_id=match.pk, kind="note").update(by="clock")
    Refusal.objects.create(
        match_id=match.pk, at=NINE + 5_000_000, kind="press", seat="2", value="7", by="seat:1",
        code="stage_manual", written_at=AT,
    )  # fmt: skip
    return match


def test_the_protocol_tells_lines_corrections_and_refusals(season):
    match = _played(season)
    found = protocol_of(match)
    assert len(found.lines) == 4 + 12 + 2
    assert found.lines[-1].value == (
        "抢答方式：时延补偿，补偿上限36.000毫秒，相差不足14.200毫秒为难分先后"
    )
    assert found.lines[-1].by == "计时"
    assert [(one.what, one.seat, one.value) for one in found.corrections] == [
        ("调整得分", "3", "5 题目有误")
    ]
    assert found.refused[0].why.startswith("本场采用举牌记录")
    assert [one.score for one in found.seats] == ["10", "-10", "-5", "0"]


def test_the_protocol_calls_segments_and_refusals_by_their_words(season):
    """Not by the names that rulebook and log have for them; nor where figures were not kept."""
    match = _played(season)
    at = {"match_id": match.pk, "at": NINE + 6_000_000, "written_at": AT, "by": "host:21"}
    Refusal.objects.create(
        kind="question", code="live_question_open", evidence={"data": {"number": 2}}, **at
    )
    Refusal.objects.create(kind="verdict", code="stage_moved_on", **at)
    found = protocol_of(match)
    opened = next(one for one in found.lines if one.kind == "open")
    assert (opened.what, opened.value) == ("进入环节", "抢答题")
    assert [one.why for one in found.refused[1:]] == [
        "第2题还没有结束。请先判定，或者换题、作废。",
        "这一步没有办：刚有新的记录（第…条），可能是另一个主持台或者抢答器。请看清现状再按。",
    ]


def test_the_protocol_says_why_a_photo_finish_replaced_a_question(season):
    match = quiz.ready(season, quiz.entries(season)[:3])
    level = {"close": ["2", "1"], "band": 8000}
    moves = [("open", "", "buzzer"), ("question", "", "buzzer-1"), ("go", "", "")]
    quiz.play(match, [*moves, ("press", "2", ""), ("press", "1", ""), ("replace", "", "", level)])
    told = protocol_of(match).lines[-1]
    assert (told.what, told.value) == ("换题", "2、1号难分先后，相差不足8.000毫秒")


def test_the_protocol_prints_for_three_to_sign(season):
    match = _played(season)
    services.score_match(match=match.pk, at=AT)
    match.refresh_from_db()
    found = protocol_of(match)
    made = printing.protocol_pdf(found, at=AT)
    assert made.startswith(b"%PDF-")
    text = "\n".join(texts_of(printing.protocol_document(found, at=AT)))
    for words in ("主持人", "裁判长", "监督", "按键记录", "调整得分", match.rules_hash[:16]):
        assert words in text
    assert "10:00:03" in text  # the third line of play, a second after the other


def test_a_rehearsals_protocol_says_so(season):
    made = services.rehearse(actor=OFFICE, match=quiz.seated(season), at=AT)
    document = printing.protocol_document(protocol_of(made), at=AT)
    assert "彩排" in document.blocks[0].runs[0].text
