"""What a manifest, a constraint and a hand draw allow; properties over random pools and keys."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.kernel import draw, draw_hand, draw_manifest, draw_record
from leitai.kernel.draw import Constraint
from leitai.kernel.draw_hand import Call
from leitai.kernel.draw_manifest import Group, Manifest, Party, Public, Source
from leitai.kernel.errors import DomainError, Problems

NAMES = st.lists(
    st.text("甲乙丙丁𠮷ABC012", min_size=1, max_size=4), min_size=2, max_size=9, unique=True
)
KEYS = st.text("0123456789ABCDEF./", max_size=40)


@st.composite
def contests(draws):
    """A pool, groups of it that should stand apart, and some who should not be first."""
    pool = draws(NAMES)
    cut = draws(st.integers(0, len(pool)))
    return pool, (tuple(pool[:cut]), tuple(pool[cut:])), tuple(pool[: draws(st.integers(0, cut))])


def together(order, groups):
    return any(
        one in group and other in group for one, other in pairwise(order) for group in groups
    )


@given(NAMES, KEYS)
def test_an_order_is_a_permutation_and_its_steps_say_why(pool, key):
    rest = sorted(pool)
    for at, step in enumerate(draw.steps(pool, key)):
        assert step.remaining == len(pool) - at
        assert int(step.digest, 16) % step.remaining == step.index
        assert rest.pop(step.index) == step.drawn
    assert rest == []


@given(contests(), KEYS, st.permutations([0, 1]))
@settings(max_examples=12)
def test_the_attempt_is_the_first_that_keeps_what_is_held(contest, key, relax):
    pool, groups, shy = contest
    constraints = [Constraint("apart", groups), Constraint("not_first", (shy,))]
    found = draw.resolve(pool, key, constraints, relax)
    assert found.relaxed == tuple(relax[: found.attempt // draw.ATTEMPTS])
    assert found.order == draw.order(pool, f"{key}{found.attempt}/")
    held = set(range(2)) - set(found.relaxed)
    start = found.attempt // draw.ATTEMPTS * draw.ATTEMPTS
    for attempt in range(max(start, found.attempt - 40), found.attempt + 1):
        order = draw.order(pool, f"{key}{attempt}/")
        keeps = not (0 in held and together(order, groups)) and not (1 in held and order[0] in shy)
        assert keeps is (attempt == found.attempt)


@pytest.mark.parametrize("secret", ["", "0" * 31, "0" * 129, "g" * 32, "擂" * 40])
def test_a_secret_is_hex_of_128_bits_at_least(secret):
    with pytest.raises(DomainError, match="draw_secret"):
        draw.secret_of(secret)


@pytest.mark.parametrize("part", ["", " ", "甲", "a/b", [], [-1]])
def test_what_would_make_a_key_ambiguous_is_refused(part):
    with pytest.raises(DomainError, match="draw_key_part"):
        draw.key_of(part)


GOOD = Manifest(
    draw_id="x/draw/1",
    season="x",
    purpose="次序",
    pool=("A", "B", "C"),
    parties=(Party("organiser", "甲", "0" * 64), Party("supervisor", "乙", "1" * 64)),
    source=Source("dice", "六枚骰子", "2022-08-18T00:30:00Z", (Group(6, 1, 6),)),
    reveal_by="2022-08-17T08:00:00Z",
    fallback="次日再掷",
)


def codes(**changes):
    with pytest.raises(Problems) as caught:
        draw_manifest.check(replace(GOOD, **changes))
    return [problem.code for problem in caught.value.problems]


def test_a_good_manifest_is_read_back():
    draw_manifest.check(GOOD)
    assert draw_manifest.read(GOOD.plain()) == GOOD


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pool": ("B", "A")}, "draw_pool"),
        ({"pool": ("A", "A")}, "draw_pool"),
        ({"pool": ("A",)}, "draw_pool"),
        ({"purpose": ""}, "draw_form"),
        ({"parties": GOOD.parties[:1]}, "draw_parties"),
        ({"parties": (GOOD.parties[0], Party("organiser", "丙", "2" * 64))}, "draw_parties"),
        ({"parties": (GOOD.parties[0], Party("supervisor", "乙", "x"))}, "draw_commitment"),
        (
            {"parties": (GOOD.parties[0], Party("supervisor", "乙", "0" * 64))},
            "draw_commitment_twice",
        ),
        ({"reveal_by": "2022-08-18T00:30:00Z"}, "draw_source_early"),
        ({"reveal_by": "2022-08-17 08:00"}, "draw_form"),
        ({"source": Source("moon", "月", GOOD.source.at, (Group(1, 1, 2),))}, "draw_form"),
        ({"source": Source("dice", "骰", GOOD.source.at)}, "draw_groups"),
        ({"source": Source("dice", "骰", GOOD.source.at, (Group(41, 1, 6),))}, "draw_groups"),
        ({"source": Source("drand", "轮", GOOD.source.at, (Group(1, 1, 6),))}, "draw_groups"),
        ({"constraints": (Constraint("not_first", (("Z",),)),), "relax": (0,)}, "draw_stranger"),
        ({"constraints": (Constraint("not_first", (("A",),)),)}, "draw_relax"),
    ],
)
def test_a_doubtful_manifest_is_refused(changes, code):
    assert codes(**changes) == [code]


@pytest.mark.parametrize(
    ("public", "code"),
    [
        (Public(((1, 2, 3, 4, 5),)), "draw_numbers_count"),
        (Public(((1, 2, 3, 4, 5, 7),)), "draw_number"),
        (Public(((1, 2, 3, 4, 5, 0),)), "draw_number"),
        (Public(value="0" * 64), "draw_numbers_count"),
    ],
)
def test_numbers_that_the_source_cannot_give_are_refused(public, code):
    draw_manifest.check_public(GOOD.source, Public(((6, 6, 6, 1, 1, 1),)))
    with pytest.raises(DomainError, match=code):
        draw_manifest.check_public(GOOD.source, public)


def test_a_ball_comes_once_and_a_round_of_drand_is_hex():
    balls = Source("balls", "号球", GOOD.source.at, (Group(2, 1, 9),))
    with pytest.raises(DomainError, match="draw_ball_twice"):
        draw_manifest.check_public(balls, Public(((3, 3),)))
    drand = Source("drand", "轮", GOOD.source.at)
    draw_manifest.check_public(drand, Public(value="ab" * 32))
    with pytest.raises(DomainError, match="draw_value"):
        draw_manifest.check_public(drand, Public(value="AB"))
    assert GOOD.key(["AB"], Public(value="ab" * 32)).endswith(f"/AB/{'AB' * 32}/")


# By hand -----------------------------------------------------------------------------------

POOL = ["甲", "乙", "丙"]


def test_hand_order_is_by_number_and_mended_calls_do_not_count():
    calls = [
        Call(1, "甲", 3),
        Call(2, "乙", 1),
        Call(3, "乙", None, corrects=2, void=True),
        Call(4, "丙", 1),
        Call(5, "乙", 2),
    ]
    for at, call in enumerate(calls):
        draw_hand.check_call(POOL, calls[:at], call, "leader")
    assert draw_hand.order(POOL, calls, "leader") == ["丙", "乙", "甲"]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (Call(2, "甲", 2), "draw_call_twice"),
        (Call(2, "乙", 3), "draw_call_taken"),
        (Call(2, "乙", 4), "draw_call_number"),
        (Call(2, "乙", None), "draw_call_number"),
        (Call(2, "丁", 1), "draw_call_stranger"),
        (Call(2, "甲", 1, corrects=9), "draw_call_mended"),
    ],
)
def test_a_call_that_cannot_be_is_refused(call, code):
    with pytest.raises(DomainError, match=code):
        draw_hand.check_call(POOL, [Call(1, "甲", 3)], call, "leader")


def test_a_mended_call_is_not_mended_again():
    calls = [Call(1, "甲", 3), Call(2, "甲", 2, corrects=1)]
    with pytest.raises(DomainError, match="draw_call_mended"):
        draw_hand.check_call(POOL, calls, Call(3, "甲", 1, corrects=1), "leader")


def test_the_absent_take_what_remains_or_stand_last():
    calls = [Call(1, "甲", None, absent=True), Call(2, "乙", 3), Call(3, "丙", 1)]
    assert draw_hand.order(POOL, calls, "remaining") == ["丙", "甲", "乙"]
    assert draw_hand.order(POOL, calls, "last") == ["丙", "乙", "甲"]
    assert draw_hand.numbers(POOL, calls, "remaining") == {"甲": 2, "乙": 3, "丙": 1}


def test_absent_with_somebody_drawing_for_them_need_a_number():
    draw_hand.check_call(POOL, [], Call(1, "甲", 1, absent=True), "leader")
    for call, rule in (
        (Call(1, "甲", None, absent=True), "leader"),
        (Call(1, "甲", 1, absent=True), "last"),
    ):
        with pytest.raises(DomainError, match="draw_call_number"):
            draw_hand.check_call(POOL, [], call, rule)


def test_nobody_is_forgotten():
    with pytest.raises(DomainError) as caught:
        draw_hand.order(POOL, [Call(1, "甲", 1)], "last")
    assert (caught.value.code, caught.value.data["count"]) == ("draw_call_missing", 2)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["岑雪桥"], "draw_witnesses"),
        (["岑雪桥", "岑雪桥"], "draw_witnesses"),
        (["岑雪桥", ""], "draw_witnesses"),
        (["岑雪桥", "蒲清越"], "draw_witness_keyed"),
    ],
)
def test_witnesses_are_two_who_did_not_key(names, code):
    draw_hand.check_witnesses(["岑雪桥", "万里晴"], ["蒲清越"])
    with pytest.raises(DomainError, match=code):
        draw_hand.check_witnesses(names, ["蒲清越"])


@given(
    st.permutations(range(1, 7)), st.sets(st.integers(0, 5)), st.sampled_from(["remaining", "last"])
)
def test_a_hand_draw_is_a_permutation_whoever_is_absent(numbers, absent, rule):
    pool = list("甲乙丙丁戊己")
    calls = [
        Call(at + 1, name, None if at in absent else numbers[at], absent=at in absent)
        for at, name in enumerate(pool)
    ]
    order = draw_hand.order(pool, calls, rule)
    assert sorted(order) == sorted(pool)
    present = [name for at, name in enumerate(pool) if at not in absent]
    by_number = sorted(present, key=lambda name: numbers[pool.index(name)])
    assert [name for name in order if name in present] == by_number


def test_a_hand_record_says_that_it_cannot_be_recomputed():
    record = {
        "format": "leitai-draw", "kind": "hand", "pool": POOL, "absent_rule": "last",
        "order": ["丙", "乙", "甲"],
        "witnesses": [{"name": "岑雪桥"}, {"name": "万里晴"}],
        "calls": [
            {"seq": at, "member": member, "number": number, "absent": number is None, "corrects": None, "void": False}
            for at, (member, number) in enumerate([("甲", None), ("乙", 3), ("丙", 1)], start=1)
        ],
    }  # fmt: skip
    claims = draw_record.verify(record)
    assert [(claim.code, claim.holds) for claim in claims] == [
        ("form", True), ("hand", True), ("order", True), ("witnesses", True),
    ]  # fmt: skip
    assert claims[1].text("zh").startswith("人工抽签，不可重算")
    record["order"] = POOL
    assert [claim.holds for claim in draw_record.verify(record)] == [True, True, False, True]
    record["calls"].pop()
    assert [claim.code for claim in draw_record.verify(record) if not claim.holds] == ["hand"]
