"""人工抽签: keyed as it goes, mended by further records, closed by two who did not key."""

import json

import pytest

from leitai.kernel import draw_record
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.seasons import selectors, services
from leitai.seasons.models import DrawCall
from leitai.seasons.services import Witness
from tests.factories import draws as make
from tests.factories import people
from tests.factories import seasons as factory
from tests.factories.draws import SOURCE_AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    return factory.draft()


def refused(code):
    return pytest.raises(DomainError, match=f"^{code}( |$)")


def key(season, draw, member, number, **more):
    return services.key_call(
        actor=make.office(season), draw=draw, member=member, number=number, at=SOURCE_AT, **more
    )


def close(season, draw, witnesses=make.WITNESSES, account="7"):
    return services.close_hand_draw(
        actor=make.office(season, account), draw=draw, witnesses=witnesses, at=SOURCE_AT
    )


def test_order_is_by_the_numbers_drawn(season):
    draw = make.by_hand(season)
    for member, number in (("B2", 3), ("C3", 1), ("A1", 2)):
        key(season, draw, member, number)
    draw = close(season, draw)
    assert (draw.state, draw.outcome) == ("drawn", ["C3", "A1", "B2"])
    entries = LedgerEntry.objects.filter(subject=f"draw:{draw.pk}").order_by("seq")
    assert [entry.act for entry in entries] == [
        "draw.opened", "draw.called", "draw.called", "draw.called", "draw.recorded",
    ]  # fmt: skip
    data = json.loads(bytes(entries.last().payload))["data"]
    assert (data["outcome"], data["witnesses"]) == (["C3", "A1", "B2"], ["岑雪桥", "万里晴"])
    record = json.loads(json.dumps(selectors.draw_record(draw)))
    claims = draw_record.verify(record)
    assert [claim.code for claim in claims] == ["form", "hand", "order", "witnesses"]
    assert all(claim.holds for claim in claims)


def test_two_mixed_up_are_mended_without_overwriting(season):
    draw, office = make.by_hand(season), make.office(season)
    key(season, draw, "A1", 1)
    key(season, draw, "B2", 2)

    def correct(seq, number, reason="看错"):
        return services.correct_call(
            actor=office, draw=draw, seq=seq, number=number, reason=reason, at=SOURCE_AT
        )

    with refused("draw_call_reason"):
        correct(1, 2, reason=" ")
    with refused("draw_call_taken"):
        correct(1, 2)
    correct(1, None)
    correct(2, 1)
    key(season, draw, "A1", 2)
    with refused("draw_call_mended"):
        correct(1, 3)
    key(season, draw, "C3", 3)
    assert close(season, draw).outcome == ["B2", "A1", "C3"]
    kept = DrawCall.objects.filter(draw=draw).values_list("seq", "member", "number", "corrects")
    assert list(kept) == [
        (1, "A1", 1, None), (2, "B2", 2, None), (3, "A1", None, 1), (4, "B2", 1, 2),
        (5, "A1", 2, None), (6, "C3", 3, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "order"),
    [
        ("remaining", ["C3", "A1", "B2"]),
        ("last", ["C3", "B2", "A1"]),
        ("forfeit", ["C3", "B2", "A1"]),
    ],
)
def test_the_absent_go_by_the_declared_rule(season, rule, order):
    draw = make.by_hand(season, rule=rule)
    key(season, draw, "A1", None, absent=True)
    key(season, draw, "B2", 3)
    key(season, draw, "C3", 1)
    assert close(season, draw).outcome == order


def test_nobody_is_left_out_and_nobody_is_keyed_twice(season):
    draw = make.by_hand(season)
    key(season, draw, "A1", 1)
    for member, number, code in (("A1", 2, "draw_call_twice"), ("B2", 1, "draw_call_taken")):
        with refused(code):
            key(season, draw, member, number)
    with refused("draw_call_missing"):
        close(season, draw)


def test_witnesses_are_not_those_who_keyed(season):
    draw = make.by_hand(season)
    keyer = people.account("keyer")
    for number, member in enumerate(("A1", "B2", "C3"), start=1):
        services.key_call(
            actor=make.office(season, str(keyer.pk)), draw=draw, member=member, number=number,
            at=SOURCE_AT,
        )  # fmt: skip
    for witnesses, code in (
        (make.WITNESSES[:1], "draw_witnesses"),
        ([Witness("岑雪桥"), Witness("岑雪桥")], "draw_witnesses"),
        ([Witness("蒲清越"), Witness("岑雪桥")], "draw_witness_keyed"),
        ([Witness("岑雪桥", "", "keyer"), Witness("万里晴")], "draw_witness_keyed"),
    ):
        with refused(code):
            close(season, draw, witnesses, account="99")
    assert close(season, draw, account="99").state == "drawn"


def test_what_is_closed_stays_closed(season):
    draw = make.by_hand(season)
    for number, member in enumerate(("A1", "B2", "C3"), start=1):
        key(season, draw, member, number)
    close(season, draw)
    with refused("draw_state"):
        services.correct_call(
            actor=make.office(season), draw=draw, seq=1, number=None, reason="x", at=SOURCE_AT
        )
    with refused("draw_again"):
        make.by_hand(season)


def test_others_do_not_key(season):
    draw = make.by_hand(season)
    for actor in (
        make.supervisor(season),
        people.actor("office", season=season.code, unit="51/5101/"),
    ):
        with refused("forbidden"):
            services.key_call(actor=actor, draw=draw, member="A1", number=1, at=SOURCE_AT)


def test_a_list_of_one_or_with_somebody_twice_is_no_draw(season):
    for roster in ([("A1", "甲")], [("A1", "甲"), ("A1", "乙")]):
        with refused("draw_pool"):
            make.by_hand(season, roster=roster)
    with refused("draw_absent_rule"):
        make.by_hand(season, rule="whoever")
