"""Reasons as sentences."""

import pytest

from leitai.rulebook import reasons, reasons_en, reasons_zh
from leitai.rulebook.data import Reason
from leitai.rulebook.judging import reasons as judging
from leitai.rulebook.live import reasons as live
from leitai.rulebook.practice import reasons as practice
from leitai.rulebook.reasons import render

KEY = {
    "total": "86.50",
    "same": (),
    "title": "多项选择题得分",
    "unit": "分",
    "better": "higher",
    "mine": "32.00",
    "other": "30.00",
}


@pytest.mark.parametrize(
    ("code", "changes", "zh", "en"),
    [
        (
            "key_above", {},
            "总分同为86.50分，多项选择题得分32.00分高于30.00分",
            "totals equal at 86.50 points; 多项选择题得分: 32.00 points, higher than 30.00 points",
        ),
        (
            "key_below", {"mine": "30.00", "other": "32.00"},
            "总分同为86.50分，多项选择题得分30.00分低于32.00分",
            "totals equal at 86.50 points; 多项选择题得分: 30.00 points, lower than 32.00 points",
        ),
        (
            "key_above",
            {"better": "lower", "unit": "秒", "title": "用时", "mine": "9", "other": "10"},
            "总分同为86.50分，用时9秒少于10秒",
            "totals equal at 86.50 points; 用时: 9 s, lower than 10 s",
        ),
        (
            "key_below",
            {"better": "lower", "unit": "题", "title": "错题", "mine": "3", "other": "2",
             "same": ("甲", "乙")},
            "总分同为86.50分，甲、乙也相同，错题3题多于2题",
            "totals equal at 86.50 points, and equal in 甲, 乙; 错题: 3 题, higher than 2 题",
        ),
    ],
)  # fmt: skip
def test_a_key_says_what_was_compared(code, changes, zh, en):
    reason = Reason(code, {**KEY, **changes})
    assert (render(reason), render(reason, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("code", "mine", "other", "zh", "en"),
    [
        ("member_above", "90.00", "85.00", "第3名90.00分高于85.00分",
         "the 3rd has 90.00 points, higher than 85.00 points"),
        ("member_below", "85.00", "90.00", "第3名85.00分低于90.00分",
         "the 3rd has 85.00 points, lower than 90.00 points"),
        ("member_above", "0.00", "", "第3名0.00分，对方无此名选手成绩",
         "the 3rd has 0.00 points; the other team has no 3rd"),
        ("member_below", "", "0.00", "第3名无成绩，对方0.00分",
         "this team has no 3rd; the other team's has 0.00 points"),
    ],
)  # fmt: skip
def test_members_say_where_teams_differ(code, mine, other, zh, en):
    reason = Reason(code, {"total": "170.00", "nth": 3, "mine": mine, "other": other})
    assert render(reason) == f"团体总分同为170.00分，计分选手从高到低逐名比较，{zh}"
    assert render(reason, "en") == (
        f"totals equal at 170.00 points; counted members compared from the best down: {en}"
    )


def test_a_torn_tie_says_what_is_needed():
    data = {"board": "teams", "first": 2, "last": 4, "count": 3, "border": 3, "total": "170.00",
            "needs": "playoff"}  # fmt: skip
    assert render(Reason("torn", data)) == (
        "第2至4名共3个代表队并列（总分同为170.00分），第3个名额的界线落在其中，需加赛确定先后"
    )
    assert render(Reason("torn", data), "en") == (
        "3 teams share the ranks 2 to 4 (totals equal at 170.00 points) and the line after place 3 "
        "falls among them; a playoff is needed"
    )


def test_languages_are_chosen_by_tag():
    reason = Reason("advance_all")
    assert render(reason, "zh-hans") == render(reason, "zh") == "选拔产生，全部参加下一阶段"
    assert render(reason, "en-gb") == "selected; everyone goes on to the next stage"


def test_both_languages_have_every_code():
    slices = (judging, live, practice)
    zh = [reasons_zh.SENTENCES, *(one.SENTENCES_ZH for one in slices)]
    en = [reasons_en.SENTENCES, *(one.SENTENCES_EN for one in slices)]
    assert [set(one) for one in zh] == [set(one) for one in en]
    assert sum(map(len, zh)) == len(reasons.codes())  # none stands in two of them
    assert set(reasons_zh.HOW) == set(reasons_en.HOW)


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (113, "113th"),
     (21, "21st"), (102, "102nd")],
)  # fmt: skip
def test_ordinals_in_english(number, text):
    assert reasons_en.ordinal(number) == text


def test_reasons_survive_json():
    reason = Reason("key_above", {**KEY, "same": ("甲",)})
    plain = reason.plain()
    assert plain["data"]["same"] == ["甲"]
    assert Reason.from_plain(plain) == reason
    with pytest.raises(TypeError):
        Reason.from_plain({"code": "x", "data": []})
