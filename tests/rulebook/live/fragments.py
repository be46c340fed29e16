"""A notice's sentence as a fragment of a rulebook, read as every rulebook is, and its match."""

from leitai.rulebook import live
from leitai.rulebook.loading import load

FRAME = """
rulebook: 1
id: small
title: 小赛
tracks: {{teams: {{title: 团体赛, kind: team}}}}
events:
  quiz:
    title: 现场竞答
    kind: live
    decimals: 0
    {least}
    live:
{live}
  personal: {{title: 个人得分, decimals: 0}}
stages:
  final:
    title: 决赛
    events: [quiz, personal]
    total: {{sum: [quiz]}}
    ranking: {{keys: [total]}}
"""


def rulebook_of(text, *, least="min: -1000"):
    """Read a fragment of ``live``; a fragment that the lints refuse is refused here, too."""
    block = "\n".join(f"      {line}" for line in text.strip("\n").splitlines())
    return load(FRAME.format(live=block, least=least), name="small.yaml")


def match_of(text, seats="123", **options):
    rules = rulebook_of(text, **options).events["quiz"].live
    return live.start(rules, {seat: f"t{seat}" for seat in seats})
