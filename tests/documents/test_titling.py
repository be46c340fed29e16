"""Lines of a long title, read by hand: words whole, lengths alike."""

from __future__ import annotations

import pytest

from leitai.documents.official import Official, data_of, document_of
from leitai.documents.titling import balanced


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("短标题", ["短标题"]),
        (
            "2022年度某省人社窗口单位业务技能练兵比武活动",
            ["2022年度某省人社窗口单位", "业务技能练兵比武活动"],
        ),
        (
            "关于公布2022年度某省人社窗口单位业务技能练兵比武活动获奖名单的通知",
            ["关于公布2022年度某省人社窗口单位", "业务技能练兵比武活动获奖名单的通知"],
        ),
        (
            "自治区公共就业服务业务竞赛活动总结（草稿）",
            ["自治区公共就业服务业务", "竞赛活动总结（草稿）"],
        ),
        ("上一行\n下一行", ["上一行", "下一行"]),
        ("甲" * 41, ["甲" * 14, "甲" * 14, "甲" * 13]),
    ],
)
def test_a_long_title_is_set_in_lines_of_like_length(title, lines):
    assert balanced(title).split("\n") == lines


def test_an_official_print_and_its_docx_have_the_same_lines():
    made = Official(
        title="关于公布2022年度某省人社窗口单位业务技能练兵比武活动获奖名单的通知",
        body=(),
        signer="某厅",
        date="2022年8月20日",
    )
    lines = ["关于公布2022年度某省人社窗口单位", "业务技能练兵比武活动获奖名单的通知"]
    assert data_of(made, ())["lines"] == lines
    assert document_of(made).blocks[0].runs[0].text.split("\n") == lines
    assert document_of(made).title == made.title  # of the file, whole
