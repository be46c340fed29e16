"""字数: worked-out counts, and that counting is whole and fast."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.rulebook.procedure import count_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \t\r\n　", 0),
        ("就业服务", 4),
        ("就业，服务。", 6),
        ("PPT", 1),
        ("用PPT展示", 4),  # 用, PPT, 展, 示
        ("2022年4月10日", 6),  # 2022 年 4 月 10 日
        ("2022-04-10", 1),
        ("增长3.5%", 3),  # 增 长 3.5%
        ("3.5％", 2),  # a full-width mark stands for itself
        ("hello, world", 3),  # hello , world
        ("don't", 1),
        ("e-mail: a.b@c.cn", 3),  # e-mail : a.b@c.cn
        ("(A)", 3),
        ("A.", 2),  # a mark that joins nothing
        ("ＡＢ１２", 4),
        ("……", 2),
        ("——", 2),
        ("“好”", 3),
        ("①②", 2),
        ("第Ⅳ章", 3),
        ("ᠮᠣᠩᠭᠣᠯ", 1),  # a Mongolian word
        ("n\u0303o", 1),
        ("㐂𠮷", 2),
        ("\ue000", 1),  # a rare character of a name, in the private area
        ("a\u200bb", 2),
        ("一、成果简介（工作内容、特色与技术水平）", 20),
    ],
)
def test_worked_out_counts(text, count):
    assert count_words(text) == count


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_text_after_a_line_end_adds_up(first, second):
    together = count_words(f"{first}\n{second}")
    assert together == count_words(first) + count_words(second)
    assert 0 <= together <= len(first) + len(second)


def test_a_long_text_is_counted_in_one_pass():
    assert count_words("字a." * 100_000) == 300_000
