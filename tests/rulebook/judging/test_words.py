"""Texts, reasons and plain words: complete in both languages, and nothing left open in them."""

import ast
import string

import pytest

from leitai.rulebook.judging import reasons
from leitai.rulebook.lints import judging as lints
from leitai.rulebook.plain import Words
from leitai.rulebook.plain.judging import sections
from leitai.rulebook.reasons_zh import Data
from leitai.rulebook.texts import TEXTS
from tests.rulebook.judging.builders import CASES, WHOLE, judged, voted
from tests.rulebook.judging.test_cases import rules_of

PACKAGE = (CASES.parents[2] / "src" / "leitai" / "rulebook" / "judging").resolve()


def sent(file, *functions):
    """Find the constant codes that are handed to these functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in functions:
                yield from (
                    one.value
                    for one in node.args
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )


def test_every_code_has_a_text():
    found = {code for file in PACKAGE.glob("*.py") for code in sent(file, "_report", "Problem")}
    lint_file = PACKAGE.parent / "lints" / "judging.py"
    wrong = {
        code
        for code in sent(lint_file, "wrong", "report")
        if "_" in code and not code.startswith(("points_for", "least_votes"))
    }
    assert len(found) > 25
    assert len(wrong) > 25
    assert (found | wrong) - set(TEXTS) == set()
    assert lints.check_judging.__doc__


def test_every_reason_has_both_sentences():
    found = {
        code
        for file in PACKAGE.glob("*.py")
        for code in sent(file, "Reason", "Taken", "_step")
        if code.startswith(("judged_", "ballot_"))
    }
    found |= {"judged_over_out", "judged_under_out"}
    assert set(reasons.SENTENCES_ZH) == set(reasons.SENTENCES_EN) == found


@pytest.mark.parametrize("code", sorted(reasons.SENTENCES_ZH))
def test_reasons_are_written_whatever_their_data(code):
    data = Data({"title": "演讲", "share": "2/3", "points": "5", "status": "void", "below": "void"})
    zh, en = reasons.SENTENCES_ZH[code](data), reasons.SENTENCES_EN[code](data)
    assert zh.startswith("演讲")
    assert en.startswith("演讲")
    assert not set(zh) & set(string.ascii_letters)
    assert reasons.SENTENCES_ZH[code](Data({}))
    assert reasons.SENTENCES_EN[code](Data({}))


def lines(rules, lang="zh"):
    return [clause.text for section in sections(Words(rules, lang)) for clause in section.clauses]


def test_a_speech_in_plain_words():
    assert lines(rules_of("judged-speech")) == [
        "满分100分，分3项评分，打整数分，评委5名。",
        "演讲内容：40分。",
        "语言表达：30分。",
        "仪表台风：30分。",
        (
            "去掉1个最高分和1个最低分，取其余评委的平均分，单项得分保留2位小数（四舍五入），"
            "最后得分保留1位小数（四舍五入）。"
        ),
        "时长3分钟至6分钟，5分30秒时提示，超时的扣5分，时长不足的扣10分。",
        "迟到1分钟及以上的，视为弃权。",
    ]


def test_votes_in_plain_words():
    found = lines(rules_of("works-vote"))
    assert "赞成票须达到到会人数的2/3，不足的不予通过。" in found
    assert "每类投票以得票最多者为100分，其余按比例折算。" in found
    assert "投票得分保留2位小数（四舍五入）。" in found


LEVELS = """
lines:
  talk:
    title: 讲解
    max: "100"
    decimals: 0
    levels:
      - {title: 好, from: 80, to: 100, text: 切题}
      - {title: 差, from: 0, to: 79}
"""


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "讲解：100分，分档为好80分至100分（切题）、差0分至79分。"),
        ("en", "讲解: up to 100; the levels are 好 80 to 100 (切题), 差 0 to 79."),
    ],
)
def test_levels_are_said_with_their_bounds(lang, said):
    section = next(iter(sections(Words(judged(LEVELS), lang))))
    assert said in [clause.text for clause in section.clauses]


RICH = """
lines:
  talk: {title: 讲解, max: "40", min: "20", grain: "0.5"}
  tone: {title: 语气, grades: [{grade: 优, points: "20"}, {grade: 良, points: "10"}]}
  steps: {title: 步骤, weight: 50%, steps: {one: {title: 一, points: "30"}, two: {title: 二, points: "50"}}}
per: line
kinds:
  expert: {title: 专家, weight: 60%, judges: 7, least: 5, combine: {by: trimmed, high: 1, low: 1, fewer: refuse}, normalise: full}
  hall: {title: 现场, weight: 40%, normalise: best}
round: {kind: {decimals: 2, mode: down}}
time:
  min: 60
  max: 300
  stop: 330
  parts: [{title: 陈述, seconds: 180}, {title: 答辩, seconds: 120}]
  over: [{within: 10, deduct: "2"}, {deduct: "1", every: 5, most: "5"}]
  under: [{then: void}]
late: {minutes: 5, then: deduct, deduct: "2"}
penalties: {prompt: {title: 提示, each: "2", most: "6", void_at: 5}}
bonuses: {}
gap: {above: "15", by: expert/chief, take: nearest, kinds: [expert], source: 相差较大的复评}
veto: {title: 偏离主题, by: [expert], least: 2}
recuse: {same: [unit], relations: [kin, interest]}
anchor: 2
signed_by: [评委, 裁判长]
""".replace("bonuses: {}\n", "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_can_be_said(lang):
    rules = judged(RICH)
    section = next(iter(sections(Words(rules, lang))))
    assert len(section.clauses) == 15
    assert {clause.path.split(".")[0] for clause in section.clauses} == {"events"}
    assert [clause.source for clause in section.clauses if clause.source] == ["相差较大的复评"]
    for clause in section.clauses:
        assert clause.text.endswith(("。", "."))
        assert "，，" not in clause.text
        assert "None" not in clause.text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "body",
    [
        'by: points\npoints: {least: "1", most: "10", combine: mean}\nleast_votes: 2',
        'by: places\npoints_for: ["5", "3"]\nvotes: 2\nleast_votes: 2\nround: {decimals: 0}',
        "threshold: {above: 1/2, below: zero}\nseats: 3\nvacancy: again\nrounds: 2",
        "votes: 5\nleast_votes: 1\nvoters: 9\nthreshold: {above: 1/2, of: members, below: note}",
        "normalise: cast",
    ],
)
def test_ballots_can_be_said(lang, body):
    found = lines(voted(body), lang)
    assert found
    assert all(text.endswith(("。", ".")) for text in found)


def test_half_is_called_half():
    assert "赞成票须超过到会人数的半数，不足的不予通过。" in lines(voted("threshold: {above: 1/2}"))
    assert lines(judged(WHOLE))[1] == "取各评委的平均分，各步计算均不取舍。"
