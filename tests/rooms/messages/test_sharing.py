from datetime import UTC, datetime

import pytest
from django.utils import translation

from leitai.kernel.errors import DomainError
from leitai.messages import paths, sharing

LINK = "http://127.0.0.1:8000/g/ABCDEFG"
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai


def test_a_deadline_is_said_in_words():
    assert sharing.deadline_words(WEDNESDAY) == "11月25日（周三）17:00前"


def test_midnight_belongs_to_the_day_that_it_ends():
    assert (
        sharing.deadline_words(datetime(2026, 11, 25, 16, 0, tzinfo=UTC))
        == "11月25日（周三）24:00前"
    )


def test_the_morning_hour_is_plain():
    assert (
        sharing.deadline_words(datetime(2022, 7, 15, 1, 30, tzinfo=UTC)) == "7月15日（周五）9:30前"
    )


def test_a_deadline_speaks_english_too():
    with translation.override("en"):
        assert "Wed 25 Nov 17:00" in sharing.deadline_words(WEDNESDAY)


def test_midnight_belongs_to_the_same_day_in_english():
    with translation.override("en"):
        words = sharing.deadline_words(datetime(2026, 11, 25, 16, 0, tzinfo=UTC))
    assert "Wed 25 Nov 24:00" in words


def test_the_text_says_what_until_when_and_where():
    assert sharing.group_text("报送参赛名单", "请核对本单位名单后报送。", WEDNESDAY, LINK) == (
        "【报送参赛名单】请核对本单位名单后报送。\n"
        "时间：11月25日（周三）17:00前\n"
        "http://127.0.0.1:8000/g/ABCDEFG"
    )


def test_without_a_deadline_no_line_is_left_empty():
    assert sharing.group_text("成绩", "已公布。", None, LINK) == f"【成绩】已公布。\n{LINK}"


def test_what_to_do_gives_way_first():
    # 200 = 【成绩】 (4) + 164 + break and link (1 + 31): 163 characters and the mark of the cut
    text = sharing.group_text("成绩", "字" * 300, None, LINK)
    assert text == f"【成绩】{'字' * 163}…\n{LINK}"
    assert len(text) == 200


def test_exactly_two_hundred_is_not_cut():
    text = sharing.group_text("成绩", "字" * 164, None, LINK)
    assert text == f"【成绩】{'字' * 164}\n{LINK}"
    assert len(text) == 200


def test_then_the_title_and_never_deadline_or_link():
    # the tail takes 1 + 3 + 16 + 1 + 31 = 52 with the deadline, 【】 2: 146 are left for the title
    text = sharing.group_text("题" * 180, "做什么", WEDNESDAY, LINK)
    assert text == f"【{'题' * 145}…】\n时间：11月25日（周三）17:00前\n{LINK}"
    assert len(text) == 200


def test_rare_characters_count_as_one():
    text = sharing.group_text("𠮷", "𬭎" * 300, None, LINK)
    assert len(text) == 200
    assert text.endswith(f"…\n{LINK}")


def test_breaks_inside_become_blanks():
    assert sharing.group_text("甲\n乙", "一\r\n二", None, LINK) == f"【甲 乙】一 二\n{LINK}"


def test_a_link_that_leaves_no_room_is_refused():
    with pytest.raises(DomainError) as refused:
        sharing.group_text("题", "事", None, "http://" + "a" * 192)
    assert refused.value.code == "share_link_long"


@pytest.mark.parametrize("path", ["/", "/s/home-2022/", "/complain/?season=a#b", "/me/"])
def test_own_paths_are_taken(path):
    assert paths.is_own(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "s/",
        "//evil.test/",
        "/\\evil.test",
        "/\\/evil.test",
        "http://evil.test/",
        "/a\\b",
        "/a b",
        "/a\nb",
        "/\t/evil",
        "/" + "a" * 300,
    ],
)
def test_other_paths_are_not(path):
    assert not paths.is_own(path)
