"""What is wrong with rules of a live quiz, and how they read in plain words."""

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook.live.bounds import bounds
from leitai.rulebook.live.keys import live_keys
from leitai.rulebook.loading import load
from leitai.rulebook.model.live import Arena, Buzzer, Must, Points, Risk, Stake, Stop, Timed
from leitai.rulebook.plain import live as plain
from leitai.rulebook.plain.words import Words
from leitai.rulebook.texts import text_of
from tests.rulebook.live.tables import CASES, TEN, one, rules_of

LADDER = (CASES / "quiz-foul-ladder" / "rulebook.yaml").read_text(encoding="utf-8")
RING = (CASES / "quiz-designation" / "rulebook.yaml").read_text(encoding="utf-8")
NAMES = ("quiz-foul-ladder", "quiz-stop", "quiz-arena", "quiz-designation")


def problems(text, old, new):
    assert old in text
    with pytest.raises(Problems) as caught:
        load(text.replace(old, new), name="x.yaml")
    for problem in caught.value.problems:
        assert text_of(problem), text_of(problem, "en")
    return {(one.place.partition(": ")[2], one.code) for one in caught.value.problems}


SEGMENT = "events.quiz.live.segments"


@pytest.mark.parametrize(
    ("old", "new", "path", "code"),
    [
        ("    kind: live\n", "    kind: reported\n", "events.quiz.live", "live_other_kind"),
        ("seats: [2, 8]", "seats: [8, 2]", "events.quiz.live.seats", "live_seats_order"),
        ("- id: risk", "- id: must", f"{SEGMENT}[2].id", "duplicate"),
        ("- id: risk", "- id: fouls", f"{SEGMENT}[2].id", "live_reserved"),
        ("- id: risk", "- id: 风险", f"{SEGMENT}[2].id", "bad_name"),
        ("points: {right: 20, wrong: -20}\n", "optional: true\n", f"{SEGMENT}[1]", "live_points_needed"),
        ("{by: score,", "{by: score}\n          points: {right: 1}\n          stop: {after: 2}\n          clock: {begin: 5}\n #", f"{SEGMENT}[2].points", "live_points_unused"),
        ("must: {by: member}", "must: {by: member}\n          members: [1, 4]", f"{SEGMENT}[0].members[1]", "live_member_beyond"),
        ("{points: 40}", "{points: 0}", f"{SEGMENT}[2].risk.stakes[1].points", "live_stake"),
        ("{points: 40}", "{points: 20}", f"{SEGMENT}[2].risk.stakes[1].points", "duplicate"),
        ("{points: 40}", '{points: "40.5"}', f"{SEGMENT}[2].risk.stakes[1]", "live_decimals"),
        ("base: 100", 'base: "100.5"', "events.quiz.live.base", "live_decimals"),
        ("after_wrong: others", "after_wrong: ends", f"{SEGMENT}[1].buzzer.attempts", "live_useless"),
        ("after_wrong: others", "after_wrong: others\n            rebound: {right: 1}", f"{SEGMENT}[1].buzzer.rebound", "live_useless"),
        ("min: -190", "min: -189", "events.quiz.min", "live_below_min"),
        ("min: -190", "min: -190\n    max: 389", "events.quiz.max", "live_above_max"),
        ("points: -10, most: 3", "points: -10", "events.quiz.min", "live_no_least"),
        ("segments:\n", "individual: {event: none}\n      segments:\n", "events.quiz.live.individual.event", "no_such_event"),
        ("segments:\n", "individual: {event: quiz, track: x, segments: [y]}\n      segments:\n", "events.quiz.live.individual.event", "live_individual_kind"),
    ],
)  # fmt: skip
def test_a_fault_is_named_at_its_place(old, new, path, code):
    found = problems(LADDER, old, new)
    assert any(place.startswith(path) and known == code for place, known in found), found


@pytest.mark.parametrize(
    ("old", "new", "path", "code"),
    [
        ("trigger: top, top: 1", "trigger: top", f"{SEGMENT}[3].playoff.top", "live_trigger_unsaid"),
        ("trigger: top, top: 1", "trigger: places", f"{SEGMENT}[3].playoff.places", "live_trigger_unsaid"),
        ("stock: 5", "stock: 2", f"{SEGMENT}[2].designation.stakes", "live_stock_short"),
        ("stage: personal, track: persons", "track: y", "events.quiz.live.individual.track", "live_no_track"),
        ("stage: personal, track", "stage: y, track", "events.quiz.live.individual.stage", "no_such_stage"),
        ("segments: [ring]", "segments: [rung]", "events.quiz.live.individual.segments[0]", "live_no_segment"),
    ],
)  # fmt: skip
def test_a_fault_of_rarer_rules_is_named_at_its_place(old, new, path, code):
    assert (path, code) in problems(RING, old, new)


def test_an_event_of_kind_live_has_rules_and_one_arena():
    text = (CASES / "quiz-stop" / "rulebook.yaml").read_text(encoding="utf-8")
    bare = text[text.index("    live:\n") : text.index("# [/event]")]
    assert ("events.buzzer.kind", "live_missing") in problems(text, bare, "")
    text = (CASES / "quiz-arena" / "rulebook.yaml").read_text(encoding="utf-8")
    more = "order: {by: given}\n        - {id: again, title: 擂台, arena: {opener: 4}}\n"
    assert f"{SEGMENT}[2].arena" in {
        path for path, _ in problems(text, "order: {by: given}\n", more)
    }


def test_bounds_are_the_best_and_the_worst_that_can_happen():
    """390 = 100 + 3 × 10 … : base 100, one must question a member (3 × 10), 10 × 20, a risk of 60."""
    assert bounds(rules_of("quiz-foul-ladder").events["quiz"].live) == (390, -190)
    assert bounds(rules_of("quiz-stop").events["buzzer"].live) == (15, 0)
    assert bounds(rules_of("quiz-designation").events["quiz"].live) == (90, -40)
    assert bounds(rules_of("quiz-arena").events["quiz"].live) == (10, 0)
    assert bounds(one("buzzer", Buzzer(9), stop=Stop(2))) == (90, -20)
    assert bounds(one("buzzer", Buzzer(9), stop=Stop(2, ("wrong",)))) == (90, -90)
    assert bounds(one("timed", Timed(60))) == (None, None)
    assert bounds(one("timed", Timed(60), points=Points(TEN.right))) == (None, 0)
    assert bounds(one("risk", Risk((Stake(TEN.right),), steal=True))) == (None, None)
    assert bounds(one("must", Must(each=2, by="member"), members=3, only=(1, 2))) == (40, -40)
    assert bounds(one("arena", Arena(places=(TEN.right, TEN.wrong)))) == (10, -10)


def test_keys_are_named_after_segments():
    keys = live_keys(rules_of("quiz-designation").events["quiz"])
    assert list(keys) == ["right", "wrong", "fouls", "playoff", "joint", "buzzer", "ring"]
    assert keys["playoff"].better == "lower"
    assert keys["ring"].title == "指定题得分"
    assert "place" in live_keys(rules_of("quiz-arena").events["quiz"])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_plain_words_are_sentences(name, lang):
    for section in plain.sections(Words(rules_of(name), lang)):
        for clause in section.clauses:
            assert clause.text.endswith("。" if lang == "zh" else ".")
            assert "None" not in clause.text
            assert clause.path.startswith("events.")


def test_the_ladder_reads_as_the_notice_says_it():
    (section,) = plain.sections(Words(rules_of("quiz-foul-ladder")))
    said = [clause.text for clause in section.clauses]
    assert said[3] == (
        "抢答犯规按本环节累计次数处理：第1次失去本题答题资格，其他台继续抢答；"
        "第2次及以后扣20分，失去本题答题资格，其他台继续抢答。"
    )
    assert said[5] == "提示队友，扣10分，每台最多计3次。"
