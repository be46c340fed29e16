"""A reason calls a total what it is: a person's, a team's, or a work's."""

import pytest

from leitai.rulebook import tables
from leitai.rulebook.data import Reason
from leitai.rulebook.reasons import render
from tests.rulebook.test_cases import CASES, data_of, rulebook_of

TOP = Reason("advance_top", {"total": "86", "rank": 2, "place": 2, "top": 3})
WON = Reason(
    "award_rank", {"stage": "比赛", "total": "86", "rank": 1, "place": 1, "first": 1, "last": 1}
)
TORN = Reason(
    "torn",
    {"board": "main", "first": 2, "last": 3, "count": 2, "total": "86", "border": 2, "needs": "draw"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "lang", "of", "said"),
    [
        (TOP, "zh", "person", "个人总分86分，列第2名，进入前3名"),
        (TOP, "zh", "team", "团队总分86分，列第2名，进入前3名"),
        (TOP, "zh", "work", "作品总分86分，列第2名，进入前3名"),
        (TOP, "en", "person", "86 points, 2nd overall, within the first 3"),
        (TOP, "en", "team", "the team's 86 points, 2nd overall, within the first 3"),
        (WON, "zh", "person", "比赛个人总分86分，列第1名，授予第1名"),
        (WON, "zh", "team", "比赛团队总分86分，列第1名，授予第1名"),
        (WON, "en", "work", "比赛: total 86 points, 1st; given to rank 1"),
        (WON, "en", "team", "比赛: team total 86 points, 1st; given to rank 1"),
        (TORN, "zh", "person", "第2至3名共2名选手并列"),
        (TORN, "zh", "team", "第2至3名共2支参赛队并列"),
        (TORN, "zh", "work", "第2至3名共2件作品并列"),
        (TORN, "en", "team", "2 teams share the ranks 2 to 3"),
    ],
)
def test_whose_total_it_is(reason, lang, of, said):
    assert render(reason, lang, of=of).startswith(said)


def test_a_persons_total_is_what_is_said_where_nothing_else_is_known():
    assert render(TOP) == render(TOP, of="person")


def test_the_tables_of_a_contest_of_teams_say_so():
    case = next(one for one in CASES if one.name == "team-quiz")
    awards = tables.decide(rulebook_of(case), data_of(case)).files["awards.csv"]
    assert "团队总分" in awards
    assert "个人" not in awards
