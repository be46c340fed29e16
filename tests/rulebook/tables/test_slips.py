"""What a Chinese keyboard puts into YAML: each slip at its own place, all at once, with a mend.

In a case ``▲`` stands right before the place where the problem must be pointed at.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.kernel.errors import Problems
from leitai.rulebook import load, loading, packaged
from leitai.rulebook.slips import proofread
from leitai.rulebook.texts import TEXTS, text_of
from tests.rulebook.builders import CASES
from tests.rulebook.test_loading import marked, problems_of

HEAD = "rulebook: 1\ntitle: 竞赛\n"
EVENTS = "events: {quiz: {title: 答题}}\n"
TEXTS_OF = [packaged(name) for name in loading.library()]
TEXTS_OF += [path.read_text(encoding="utf-8") for path in CASES.glob("*/rulebook.yaml")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # ---- the colon
        ("rulebook: 1\ntitle▲：竞赛\nyear: 2024\n", ["yaml_wide_colon"]),
        ("rulebook: 1\ntitle▲： 竞赛\n" + EVENTS, ["yaml_wide_colon"]),
        (HEAD + "stages:\n  final:\n    title▲：决赛\n    events: [quiz]\n" + EVENTS,
         ["yaml_wide_colon"]),
        (HEAD + "stages▲：\n  final▲：\n    title▲：决赛\n    events: [quiz]\n" + EVENTS,
         ["yaml_wide_colon"] * 3),
        (HEAD + "events:\n  quiz▲：\n    title: 答题\n", ["yaml_wide_colon"]),
        (HEAD + "events:\n  quiz▲：\n", ["yaml_wide_colon", "yaml_null"]),
        (HEAD + "events: {quiz: {title▲：答题}}\n", ["yaml_wide_colon"]),
        (HEAD + "events: {quiz: {title▲:答题}}\n", ["yaml_no_space"]),
        ("rulebook: 1\ntitle▲:竞赛\nyear: 2024\n", ["yaml_no_space"]),
        ("rulebook: 1\ntitle:▲\u3000竞赛\nyear: 2024\n", ["yaml_wide_space"]),
        # ---- the comma
        (HEAD + 'events: {quiz: {title: 笔试，第一场▲，kind: exam, max: "9"}}\n',
         ["yaml_wide_comma"]),
        (HEAD + "events: {quiz: {title: 答题▲，kind▲：reported}}\n",
         ["yaml_wide_comma", "yaml_wide_colon"]),
        (HEAD + "events: {a: {title: 甲}, b: {title: 乙}}\n"
         "stages: {x: {title: 赛, events: [a▲，b], ranking: {unbroken: share}}}\n",
         ["yaml_wide_comma"]),
        # ---- quotes
        (HEAD + "events: {quiz: {title: 答题, max: ▲“100”}}\n", ["yaml_curled"]),
        ('rulebook: 1\ntitle: ▲"未闭合\nyear: 2024\n', ["yaml_quote_open"]),
        ('rulebook: 1\ntitle: ▲"未闭合\nyear: 2024\ntheme: "闭合"\n', ["yaml_quote_open"]),
        ("rulebook: 1\ntitle: '闭合' ▲尾巴\n", ["yaml_after_quote"]),
        (HEAD + "theme: ▲@所有人\n", ["yaml_start"]),
        (HEAD + "theme▲: 口号: 敢为先\n", ["yaml_second_colon"]),
        # ---- the margin
        (HEAD + "events:\n▲\tquiz: {title: 答题}\n", ["yaml_tab"]),
        (HEAD + "events:\n▲　quiz:\n▲　　title: 答题\n", ["yaml_wide_space"] * 2),
        (HEAD + "stages:\n  final:\n    title: 决赛\n   ▲events: [quiz]\n", ["yaml_indent"]),
        # ---- brackets
        (HEAD + "events: ▲{quiz: {title: 答题}\nyear: 2024\n", ["yaml_bracket_open"]),
        (HEAD + "modules: [exam]▲]\n", ["yaml_bracket_extra"]),
        (HEAD + "events: {quiz: {title: 答题 kind▲: exam}}\n", ["yaml_flow"]),
        (HEAD + "modules: ▲- exam\n", ["yaml_dash"]),
        (HEAD + 'theme: "a▲\\d"\n', ["yaml_escape"]),
        (HEAD + "theme: |▲x\n", ["yaml_block"]),
    ],
)  # fmt: skip
def test_a_slip_is_named_where_it_was_made(text, codes):
    plain, places = marked(text)
    found = problems_of(plain)
    slips = [(place.partition(": ")[0], code) for place, code in found if code.startswith("yaml")]
    if codes == ["yaml_second_colon"]:  # YAML stops at the second colon, which has no mark
        assert [code for _, code in slips] == codes
    elif codes == ["yaml_escape"]:
        assert [code for _, code in slips] == codes
        assert slips[0][0].startswith("mini.yaml:3:")
    elif codes == ["yaml_wide_colon", "yaml_null"]:
        assert (places[0], codes[0]) in slips
    else:
        assert slips == list(zip(places, codes, strict=True))
    for _, code in found:
        assert code in TEXTS


def test_what_else_is_wrong_is_said_too_and_at_its_own_column():
    text, places = marked(
        "rulebook: 1\ntitle▲：竞赛\nevents:\n▲\tquiz: {title▲：答题▲，max: ▲10.5, ▲maxx: 1}\n"
    )
    assert problems_of(text) == [
        (places[0], "yaml_wide_colon"),
        (places[1], "yaml_tab"),
        (places[2], "yaml_wide_colon"),
        (places[3], "yaml_wide_comma"),
        (f"{places[4]}: events.quiz.max", "yaml_float"),
        (f"{places[5]}: events.quiz.maxx", "unknown_key_near"),
    ]


def test_the_sentences_name_the_mend_in_both_languages():
    with pytest.raises(Problems) as caught:
        load("rulebook: 1\ntitle：竞赛\nyear: 2024\n", name="a.yaml")
    assert text_of(caught.value) == (
        "a.yaml:2:6: 键“title”后面用了中文冒号。请改为英文冒号，冒号后空一格。"
    )
    assert "write ':' and a space" in text_of(caught.value, "en")


@pytest.mark.parametrize(
    "more",
    [
        "theme: 联系人：甲，乙\n",
        "theme: |-\n  第一段\n  　　第二段\n  \t第二段\n  QQ：1\n",
        "theme: 第一段\n  　　第二段\n  QQ：1\n",
        'theme: "第一段\n  note：第二段"\n',
        "theme: “学习强国”\n",
        "theme: 含“引号”，和逗号\n",
        "bodies: {one: {title: 甲，乙, members: 联系人，丙}}\n",
        "# title：注释\n",
    ],
)
def test_full_width_marks_inside_of_texts_are_texts(more):
    load(HEAD + more)


@pytest.mark.parametrize("text", TEXTS_OF)
def test_good_rulebooks_have_no_sure_slips(text):
    assert proofread(text).only_sure().slips == []


MARKS = st.text(alphabet=st.sampled_from("ab:：,，{}[]\"“”'-#|> \t\u3000\n％1."), max_size=40)


@given(MARKS)
@settings(max_examples=300, deadline=None)
def test_no_text_whatever_makes_it_fall_over(text):
    try:
        load(text)
    except Problems as error:
        for problem in error.problems:
            assert text_of(problem)
            assert text_of(problem, "en")


def test_a_hostile_line_is_read_in_reasonable_time():
    for piece in ("，", "“", "a：", "[a，", "{a：", "'", '"\n', "\t"):
        proofread("x: [" + piece * 4_000)
        proofread(piece * 4_000)
