"""Honours: whose facts a body's condition reads, and what is asked where lots must be drawn."""

from leitai.rulebook import decide, load
from leitai.rulebook.data import ResolutionIn
from tests.rulebook.engine.seasons import HEAD, PAPER, entries, facts, run, scores

BODY = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    team: {title: 团体, unbroken: share}
awards: [{id: good, title: 优胜, to: person, stage: one, least: "50"}]
"""


def law(honour, head=HEAD):
    text = head + PAPER + BODY + f"honours: [{{id: cup, title: 奖杯, kind: prize, {honour}}}]\n"
    return load(text, name="honours.yaml")


def holders(outcome):
    return [(row.holder, row.holder_kind) for row in outcome.honours]


def test_the_condition_of_an_honour_for_teams_is_about_the_team():
    """b is a model team; its best person is not, and neither is a1, who is first."""
    rule = "stage: one, to: team, ranks: [1, 2], where: {is: {kind: model, in: [是]}}"
    known = facts(b={"model": "是"}, a={"model": "否"}, a1={"model": "否"}, b1={"model": "否"})
    outcome = run(law(rule), {"a1": "90", "b1": "80"}, facts=known)
    assert holders(outcome) == [("b", "team")]
    assert outcome.honours[0].delegation == "b"


def test_the_condition_of_an_honour_for_people_is_about_the_person():
    rule = "stage: one, ranks: [1, 2], where: {is: {kind: model, in: [是]}}"
    known = facts(a={"model": "是"}, a1={"model": "否"}, b1={"model": "是"})
    outcome = run(law(rule), {"a1": "90", "b1": "80"}, facts=known)
    assert holders(outcome) == [("b1", "person")]


def two(honour):
    return law(
        honour, HEAD.replace("{solo: {title: 个人赛}}", "{solo: {title: 甲}, duo: {title: 乙}}")
    )


LOTS = "awards: [good], lottery: 1"
GIVEN = entries(["a1", "b1"])
MARKS = scores({"a1": "90", "b1": "80"})


def test_lots_that_are_due_are_asked_for_at_the_first_stage_and_track():
    outcome = decide(two(LOTS), entries=GIVEN, scores=MARKS)
    (asked,) = outcome.blocked
    assert (asked.stage, asked.track, asked.board, asked.line) == (
        "one", "duo", "main", "honour:cup",
    )  # fmt: skip
    assert (asked.entries, asked.needs, asked.detail.code) == (("a1", "b1"), "draw", "draw_due")
    assert dict(asked.detail.data) == {"title": "奖杯", "count": 2, "places": 1}
    assert outcome.honours == ()


def test_as_many_as_there_are_lots_need_none():
    outcome = decide(two(LOTS.replace("1", "2")), entries=GIVEN, scores=MARKS)
    assert (holders(outcome), outcome.blocked) == ([("a1", "person"), ("b1", "person")], ())


def test_of_two_draws_that_of_the_first_track_counts():
    said = [
        ResolutionIn("one", track, "main", "honour:cup", order, "draw")
        for track, order in (("solo", ("a1", "b1")), ("duo", ("b1", "a1")))
    ]
    outcome = decide(two(LOTS), entries=GIVEN, scores=MARKS, resolutions=said)
    assert holders(outcome) == [("b1", "person")]
