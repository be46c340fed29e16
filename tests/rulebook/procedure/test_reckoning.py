"""Clocks, days, terms, windows and their words at the edges: every value worked out by hand.

2022-06-06 was a Monday.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Appeal, Break, Draw, Holidays, Level, Publicity, Term, Window
from leitai.rulebook.model.places import Roster
from leitai.rulebook.procedure import (
    Span,
    closing,
    deadline,
    group_sizes,
    is_working_day,
    moments,
    opening,
    read_soft,
    show_term,
    soft_span,
    waiting,
    when,
)
from leitai.rulebook.procedure.days import read_clock
from leitai.rulebook.procedure.deadlines import reckon
from leitai.rulebook.procedure.windows import terms
from leitai.rulebook.procedure.wording import show_span
from tests.rulebook.procedure.builders import DEADLINES

HERE = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
WORKED = Term(1, "working-days", "publication")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


# ---- clocks and days -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("0:00", 0),
        ("9:05", 545),
        ("16:30", 990),
        ("24:00", 1440),
        ("24:01", None),
        ("25:00", None),
        ("16:60", None),
        ("", None),
    ],
)
def test_clocks(text, minutes):
    assert read_clock(text) == minutes


def test_a_window_until_half_past_or_midnight():
    window = Window("报送", "6月10日", date(2022, 6, 9), date(2022, 6, 10), opens="8:30")
    assert opening(window, HERE) == at("2022-06-09T08:30")
    assert opening(replace(window, opens=""), HERE) == at("2022-06-09T00:00")
    for closes, end in (
        ("16:30", "2022-06-10T16:30"),
        ("24:00", "2022-06-11T00:00"),
        ("", "2022-06-11T00:00"),
    ):
        assert closing(replace(window, closes=closes), HERE) == at(end)


def test_breaks_may_be_named_in_any_order():
    breaks = (Break("后", date(2022, 6, 22)), Break("先", date(2022, 6, 8), date(2022, 6, 9)))
    holidays = Holidays((2022,), breaks)
    off = [day for day in range(6, 25) if not is_working_day(date(2022, 6, day), holidays)]
    assert off == [8, 9, 11, 12, 18, 19, 22]


# ---- terms ---------------------------------------------------------------------------------------


def test_hours_run_in_real_time():
    """On 27 March 2022 the clocks of Berlin went from 2:00 to 3:00."""
    berlin = ZoneInfo("Europe/Berlin")
    end = deadline(Term(2, "hours", "result"), datetime(2022, 3, 27, 1, 30, tzinfo=berlin))
    assert (end.isoformat(), end.tzinfo) == ("2022-03-27T04:30:00+02:00", berlin)


def test_without_a_zone_the_clock_just_runs():
    start = datetime(2022, 6, 6, 23, 50)  # noqa: DTZ001  (that is what is tried)
    found = deadline(Term(20, "minutes", "result"), start)
    assert (found.isoformat(), found.tzinfo) == ("2022-06-07T00:10:00", None)


def test_the_years_that_nobody_gave_are_named_in_order():
    found = reckon(Term(300, "working-days", "result"), at("2022-12-30T10:00"), Holidays((2022,)))
    # 2023 has 260 Mondays to Fridays; the 40th of 2024 is the Friday of its eighth week.
    assert found.instant == at("2024-02-24T00:00")
    assert found.unknown_years == (2023, 2024)


def test_a_skipped_day_of_an_unknown_year_is_named():
    """From Friday, 30 December 2022: Saturday and Sunday are off, Monday is worked."""
    start = at("2022-12-30T10:00")
    found = reckon(WORKED, start, Holidays((2023,)))
    assert found.instant == at("2023-01-03T00:00")
    assert found.skipped == (date(2022, 12, 31), date(2023, 1, 1))
    assert found.unknown_years == (2022,)


def test_a_worked_day_of_an_unknown_year_is_named():
    found = reckon(WORKED, at("2023-05-10T10:00"), Holidays((2022,)))
    assert (found.instant, found.skipped) == (at("2023-05-12T00:00"), ())
    assert found.unknown_years == (2023,)
    assert reckon(WORKED, at("2022-05-10T10:00"), Holidays((2022,))).unknown_years == ()


def test_sixty_thousand_days_off_are_the_most():
    """60 000 days are 8571 weeks and three days: after Monday's come Thursday's."""
    monday = date(2022, 6, 6)

    def end(days):
        break_ = Break("长假", monday, monday + DAY * (days - 1))
        return deadline(WORKED, at("2022-06-05T08:00"), Holidays((2022,), (break_,)))

    assert end(60_000).date() == monday + DAY * 60_001
    with pytest.raises(DomainError) as caught:
        end(60_001)
    assert (caught.value.code, dict(caught.value.data)) == ("deadline_too_far", {"within": 1})


def test_as_many_groups_as_are_drawn():
    draw = Draw("分组", "group", group_count=3)
    assert group_sizes(draw, 3) == (1, 1, 1)
    assert group_sizes(draw, 5) == (2, 2, 1)
    with pytest.raises(DomainError):
        group_sizes(draw, 2)


# ---- when is it due ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 200 + "…"),
        ("appeals.event.levels[2]", "appeals.event.levels[2]"),  # there are two
        ("title.x", "title.x"),
        ("appeals.event[0]", "appeals.event[0]"),
    ],
    ids=["200", "201", "third of two", "part of a text", "number of a name"],
)
def test_a_rule_that_is_not_there_is_named(path, shown):
    with pytest.raises(DomainError) as caught:
        when(DEADLINES, path, at("2022-06-01T09:00"))
    assert (caught.value.code, dict(caught.value.data)) == ("no_such_rule", {"path": shown})


def test_the_last_level_is_found():
    found = when(DEADLINES, "appeals.event.levels[1]", at("2022-06-06T09:00"))
    assert found.instant == at("2022-06-08T00:00")


@pytest.mark.parametrize(
    ("path", "lang", "words"),
    [
        ("appeals.spot", "zh", "须当场提出。"),
        ("appeals.spot", "en", "It must be raised on the spot."),
        (
            "calendar.list",
            "zh",
            "“报送名单”至2022年6月10日（星期五）24:00截止，原文为“6月10日前”。",
        ),
        (
            "calendar.list",
            "en-GB",
            "“报送名单” ends on Fri 10 June 2022, 24:00; the notice says “6月10日前”.",
        ),
    ],
)
def test_the_words_of_a_deadline(path, lang, words):
    assert when(DEADLINES, path, at("2022-06-01T09:00"), lang).words == words


def shown(term, holidays, start, lang):
    rules = replace(DEADLINES, publicity={"p": Publicity("公示", term=term)}, holidays=holidays)
    return when(rules, "publicity.p", at(start), lang).words


def test_the_words_of_a_first_day_that_counts():
    term = Term(2, "days", "publication", first_day="counts")
    given = (term, None, "2022-06-06T10:00")
    assert shown(*given, "zh") == (
        "自2022年6月6日（星期一）10:00起2日（当日计入），至2022年6月7日（星期二）24:00止。"
    )
    assert shown(*given, "en") == (
        "2 days from Mon 6 June 2022, 10:00, that day included: until Tue 7 June 2022, 24:00."
    )


def test_at_most_twelve_days_off_are_listed():
    """From Friday, 3 June; Saturday 4 to Wednesday 15 are twelve days, to Thursday 16 thirteen."""

    def of(last, lang):
        holidays = Holidays((2022,), (Break("假", date(2022, 6, 4), date(2022, 6, last)),))
        return shown(WORKED, holidays, "2022-06-03T10:00", lang)

    english = ", ".join(f"{day} June 2022" for day in range(4, 16))
    chinese = "、".join(f"2022年6月{day}日" for day in range(4, 16))
    assert of(15, "en").endswith(f"24:00. Days off in between: {english}.")
    assert of(16, "en").endswith(f"24:00. Days off in between: {english} and 1 more.")
    assert of(15, "zh").endswith(f"24:00止。其间休息日不计：{chinese}。")
    assert of(16, "zh").endswith(f"24:00止。其间休息日不计：{chinese}等13天。")


# ---- moments -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("publication", True),
        ("calendar.list", True),
        ("stages.final", True),
        ("calendar.july", False),
        ("appeals.event", False),  # nothing runs from the end of an appeal
        ("title.list", False),
        ("posting", False),
    ],
)
def test_moments_that_these_rules_have(name, there):
    assert moments.exists(DEADLINES, name) is there
    assert (name in moments.known(DEADLINES)) is there


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("decision", "收到处理决定", "the decision was received"),
        ("calendar.list", "“报送名单”截止", "“报送名单” ended"),
        ("forms.correction", "“信息更正表”提交", "“信息更正表” was handed in"),
        ("calendar.july", "calendar.july", "calendar.july"),
        ("appeals.event", "appeals.event", "appeals.event"),
    ],
)
def test_moments_in_words(name, zh, en):
    assert (moments.say(DEADLINES, name), moments.say(DEADLINES, name, "en")) == (zh, en)


# ---- soft words ----------------------------------------------------------------------------------

TENTH, TWENTIETH = date(2022, 6, 10), date(2022, 6, 20)


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        (TENTH, TWENTIETH, [10, 11, 19, 20]),
        (None, TWENTIETH, [9, 10, 11, 19, 20]),
        (TENTH, None, [10, 11, 19, 20, 21]),
        (None, None, [9, 10, 11, 19, 20, 21]),
    ],
)
def test_what_a_range_holds(first, last, held):
    found = [day for day in (9, 10, 11, 19, 20, 21) if Span(first, last).holds(date(2022, 6, day))]
    assert found == held


def test_eighty_characters_are_read():
    june = Span(date(2022, 6, 1), date(2022, 6, 30))
    assert read_soft("6月" + " " * 78, 2022) == june
    assert read_soft("6月" + " " * 79, 2022) is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("十月", "2022-10-01", "2022-10-31"),
        ("2022年", "2022-01-01", "2022-12-31"),
        ("年底", "2022-12-01", "2022-12-31"),
        ("2023年末", "2023-12-01", "2023-12-31"),
        ("6月10日至10日", "2022-06-10", "2022-06-10"),
        ("6月10日至6月10日", "2022-06-10", "2022-06-10"),
        ("12月20日至1月5日", "2022-12-20", "2023-01-05"),
    ],
)
def test_words_at_the_edges(words, first, last):
    assert read_soft(words, 2022) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "words", ["二三月", "十十月", "6月10日至近期", "2022年6月10日至2021年6月1日"]
)
def test_words_that_are_not_read(words):
    assert read_soft(words, 2022) is None


def test_a_soft_window_with_a_day_is_still_soft():
    """Only a supplementary notice that names the day ends it."""
    soft = DEADLINES.calendar["syllabus"]
    until = Span(None, date(2022, 8, 31))
    assert soft_span(soft, 2022) == until
    assert soft_span(replace(soft, latest=None, fixed_by="补充通知"), 2022) == until
    assert soft_span(replace(soft, fixed_by="补充通知"), 2022) is None


# ---- what rests on what --------------------------------------------------------------------------


def numbered(count):
    return [Term(at, "days", "publication") for at in range(1, count + 1)]


def test_every_term_is_found_with_its_place():
    one = numbered(8)
    levels = (Level("甲", term=one[5], answer=one[6]), Level("乙"), Level("丙", answer=one[7]))
    rules = replace(
        DEADLINES,
        forms={"f": replace(DEADLINES.forms["correction"], term=one[0], correct=one[1])},
        publicity={"p": Publicity("公示", term=one[2]), "q": Publicity("公示")},
        appeals={"a": Appeal("申诉", "appeal", term=one[3], answer=one[4], levels=levels)},
    )
    assert [(path, term.within) for path, term in terms(rules)] == [
        (("forms", "f", "term"), 1),
        (("forms", "f", "correct"), 2),
        (("publicity", "p", "term"), 3),
        (("appeals", "a", "term"), 4),
        (("appeals", "a", "answer"), 5),
        (("appeals", "a", "levels", 0, "term"), 6),
        (("appeals", "a", "levels", 0, "answer"), 7),
        (("appeals", "a", "levels", 2, "answer"), 8),
    ]


def test_everything_that_waits_for_a_day():
    term = Term(1, "days", "calendar.awards")
    fixed = Term(1, "days", "calendar.list")
    rules = replace(
        DEADLINES,
        stages={"final": replace(DEADLINES.stages["final"], roster=Roster(1, freeze="awards"))},
        forms={"f": replace(DEADLINES.forms["correction"], window="awards")},
        draws={
            "d": Draw("抽签", "order", window="awards"),
            "e": Draw("抽签", "order", window="list"),
            "f": Draw("抽签", "order"),
        },
        publicity={"p": Publicity("公示", term=fixed)},
        appeals={
            "a": Appeal(
                "申诉",
                "appeal",
                answer=Term(1, "days", "stages.awards"),
                levels=(Level("甲", term=fixed), Level("乙", term=term)),
            )
        },
    )
    assert [(one.path, one.window) for one in waiting(rules)] == [
        ("stages.final.roster.freeze", "awards"),
        ("forms.f.window", "awards"),
        ("draws.d.window", "awards"),
        ("appeals.a.levels[1].term.from", "awards"),
    ]


# ---- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        (TENTH, TENTH, "2022年6月10日", "10 June 2022"),
        (TENTH, TWENTIETH, "2022年6月10日至2022年6月20日", "10 June 2022 to 20 June 2022"),
        (TENTH, None, "2022年6月10日起", "from 10 June 2022"),
        (None, TWENTIETH, "不晚于2022年6月20日", "by 20 June 2022"),
    ],
)
def test_ranges_in_words(first, last, zh, en):
    span = Span(first, last)
    assert (show_span(span), show_span(span, "en")) == (zh, en)


RESULT = "the result was announced"
ENDS, EARLY = "ends at 24:00 of the last day", "ends at 17:00 of the last day"
GIVES = "a last day that is a day off gives way to the next working day"


@pytest.mark.parametrize(
    ("term", "zh", "en"),
    [
        (
            Term(2, "hours", "result"),
            "自成绩公布起2小时内",
            f"within 2 hours after {RESULT}",
        ),
        (
            Term(1, "days", "result", first_day="counts", rolls=True, closes="17:00"),
            "自成绩公布起1日内（当日计入，末日17:00止，末日为休息日的顺延至下一个工作日）",
            f"within 1 day after {RESULT} (the first day counts, {EARLY}, {GIVES})",
        ),
        (
            Term(3, "days", "result"),
            "自成绩公布起3日内（当日不计，末日24:00止）",
            f"within 3 days after {RESULT} (the first day does not count, {ENDS})",
        ),
        (
            Term(3, "working-days", "result", rolls=True),  # rolls says nothing here
            "自成绩公布起3个工作日内（当日不计，末日24:00止）",
            f"within 3 working days after {RESULT} (the first day does not count, {ENDS})",
        ),
    ],
)
def test_terms_in_words(term, zh, en):
    assert (show_term(DEADLINES, term), show_term(DEADLINES, term, "en")) == (zh, en)
