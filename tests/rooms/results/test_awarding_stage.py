"""Which stage decides the awards: not every rulebook ends with the contest that they are won in."""

import pytest

from leitai import rulebook
from leitai.results.selectors import awarding_stage

AWARD = """
awards:
  - {id: first, title: 一等奖, to: person, stage: semifinal, ranks: [1, 1], source: 一等奖1名}

publicity:
"""


def law(name, **changed):
    text = rulebook.packaged(name)
    for old, new in changed.items():
        text = text.replace(f"\n{old}:\n", new, 1)
    return rulebook.load(text)


@pytest.mark.parametrize("name", ["inner-mongolia-2022", "sichuan-2022"])
def test_it_is_the_last_contest_and_not_what_is_sent_up_beside_it(name):
    assert awarding_stage(law(name)) == "final"


def test_it_is_the_stage_of_the_last_award_where_there_are_any():
    rules = law("inner-mongolia-2022", publicity=AWARD)
    assert rules.stage_order[-1] == "works"
    assert awarding_stage(rules) == "semifinal"
