"""Two lines are a contest; what the text says is never touched."""

import pytest

from leitai.kernel import canonical
from leitai.rulebook import load
from leitai.rulebook.completing import complete

TWO = "rulebook: 1\ntitle: 知识竞赛\n"


def test_two_lines_are_a_contest():
    rules = load(TWO, name="rules/East-County 2022.yaml")
    assert rules.id == "east-county-2022"
    assert list(rules.tracks) == ["main"]
    assert rules.events["score"].kind == "reported"
    assert rules.stages["contest"].events == ("score",)
    assert rules.stages["contest"].ranking.unbroken == "share"
    assert canonical.decode(rules.canonical)["stages"]["contest"]["events"] == ["score"]


def test_events_alone_make_one_stage_of_them():
    rules = load(TWO + "events:\n  b: {title: 乙}\n  a: {title: 甲}\n")
    assert rules.stages["contest"].events == ("b", "a")


def test_what_is_there_stays():
    whole = {"rulebook": 1, "id": "x", "title": "t", "tracks": {"t": {}}, "stages": {}}
    assert complete(whole, "a.yaml") == whole


@pytest.mark.parametrize(
    ("name", "made"),
    [("a.yaml", "a"), ("/x/B_2.yml", "b_2"), ("竞赛.yaml", "contest"), ("", "contest"),
     ("..", "contest"), ("C:\\x\\quiz.yaml", "quiz"), ("-a-.yaml", "a")],
)  # fmt: skip
def test_the_id_comes_from_the_files_name(name, made):
    assert load(TWO, name=name).id == made
