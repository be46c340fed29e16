"""Small practices for tests: the YAML under ``practice:`` is enough."""

import textwrap
from datetime import datetime, timedelta, timezone

from leitai.kernel.errors import Problems
from leitai.rulebook import loading
from leitai.rulebook.data import ActIn
from leitai.rulebook.practice import fold_acts

FRAME = """\
rulebook: 1
id: small
title: 小型练兵
year: 2022
calendar:
  season: {title: 练兵期, words: 4月, earliest: 2022-04-01, latest: 2022-04-30}
  change: {title: 新规则, words: 另行通知}
tracks:
  solo: {title: 个人赛}
stages:
  list: {title: 名单, method: nomination}
practice:
"""
CHINA = timezone(timedelta(hours=8))


def rules(text):
    """A rulebook with this practice; an empty one gets a ledger and an act."""
    return loading.load(FRAME + textwrap.indent(textwrap.dedent(text), "  "), name="small.yaml")


def problems(text):
    try:
        rules(text)
    except Problems as error:
        return {problem.code for problem in error.problems}
    return set()


def act(name, at="2022-04-01 12:00", value="", person="p"):
    """An act at a local time of the practice."""
    return ActIn(person, name, datetime.fromisoformat(at).replace(tzinfo=CHINA), value)


def fold(rulebook, *acts, windows=None, facts=()):
    return fold_acts(rulebook, acts, windows=windows or {}, facts=facts)


def points(practised, ledger=None):
    return [line.points for line in practised.ledger if ledger in (None, line.ledger)]


def codes(practised):
    return [line.reason.code for line in practised.ledger]
