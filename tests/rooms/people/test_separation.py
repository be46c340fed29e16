"""Who writes items does not compete; who decided does not judge the objection."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import selectors, services
from leitai.people.models import Person
from leitai.people.selectors import separation
from leitai.seasons import services as seasons
from leitai.units import selectors as units
from tests import world as worlds
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged

AT = make.SINCE
SEASON = "home-2022"


@pytest.fixture
def tree(db):
    load_packaged()


def appointed(role, *, season=SEASON, until=None, name="someone"):
    account = make.account(name)
    services.appoint(
        actor=HOUSE,
        account=account,
        role=role,
        unit=units.get_unit("51"),
        season=season,
        since=AT,
        until=until,
        at=AT,
    )
    return account


def bar(account, deed, *, subject="", season=SEASON, at=AT + timedelta(days=9)):
    found = separation.bar_for(
        account=str(account.pk), deed=deed, season=season, subject=subject, at=at
    )
    return found and found.code


@pytest.mark.parametrize(
    ("role", "deed", "code"),
    [
        ("item_writer", "enter_exam", "separation_items"),
        ("item_reviewer", "enter_exam", "separation_items"),
        ("judge", "enter_exam", "separation_runs"),
        ("supervisor", "enter_exam", "separation_runs"),
        ("unit_manager", "enter_exam", None),
        ("team_leader", "enter_exam", None),
        ("team_leader", "judge", "separation_leads_team"),
        ("item_writer", "handle_objection", "separation_involved"),
        ("supervisor", "handle_objection", None),
    ],
)
def test_a_role_bars_from_a_deed(tree, role, deed, code):
    assert bar(appointed(role), deed) == code


def test_a_role_of_the_season_bars_after_it_ended_and_only_in_that_season(tree):
    account = appointed("item_writer", until=AT + timedelta(days=1))
    assert bar(account, "enter_exam") == "separation_items"
    assert bar(account, "enter_exam", season="other-2023") is None


def test_a_role_of_all_seasons_bars_while_it_is_held(tree):
    account = appointed("item_writer", season="", until=AT + timedelta(days=5))
    assert bar(account, "enter_exam", at=AT + timedelta(days=4)) == "separation_items"
    assert bar(account, "enter_exam", at=AT + timedelta(days=6)) is None


def test_who_decided_a_case_does_not_handle_the_objection_to_it(tree):
    decider = selectors.actor_of(make.account("decider"), at=AT)
    with transaction.atomic():
        ledger.append(
            chain=SEASON,
            actor=decider,
            act="result.confirmed",
            subject="result:7",
            data={"stage": "决赛"},
            at=AT,
        )
    account = selectors.get_account("decider")
    assert bar(account, "handle_objection", subject="result:7") == "separation_decided"
    assert bar(account, "handle_objection", subject="result:8") is None
    assert bar(make.account("other"), "handle_objection", subject="result:7") is None


def test_who_sealed_a_paper_does_not_sit_it(tree):
    account = make.account("composer")
    with transaction.atomic():
        ledger.append(
            chain=SEASON,
            actor=selectors.actor_of(account, at=AT),
            act="paper.sealed",
            subject="paper:one",
            data={},
            at=AT,
        )
    assert bar(account, "enter_exam") == "separation_items"


def test_bars_of_a_list_are_found_in_a_fixed_number_of_queries(tree, django_assert_max_num_queries):
    members = make.people("5101", 12)
    writer = appointed("item_writer")
    Person.objects.filter(pk=members[4].pk).update(account=writer)
    with django_assert_max_num_queries(4):
        found = separation.bars_for(
            [one.code for one in members], deed="enter_exam", season=SEASON, at=AT
        )
    assert {code: one.code for code, one in found.items()} == {members[4].code: "separation_items"}


def test_a_nomination_leaves_out_who_writes_items_and_says_why(db):
    load_packaged()
    office = make.actor("office", season=worlds.HOME)
    season = worlds._open(worlds.HOME, office, AT)
    members = make.people("5101", 2)
    writer = appointed("item_writer", season=worlds.HOME)
    Person.objects.filter(pk=members[0].pk).update(account=writer)
    report = seasons.nominate(
        actor=office,
        season=season,
        stage="selection",
        delegation="5101",
        people=[one.code for one in members],
        at=AT,
    )
    assert [entry.person.code for entry in report.accepted] == [members[1].code]
    refused = report.refused[0]
    assert refused.person == members[0].code
    assert refused.refusals[0].title == (
        "参加过命题、审题或组卷，按回避规定不能报名参加本赛季考试。"
    )


def test_a_contestant_is_not_appointed_to_write_items(db):
    load_packaged()
    office = make.actor("office", season=worlds.HOME)
    season = worlds._open(worlds.HOME, office, AT)
    member = make.people("5101", 1)[0]
    seasons.nominate(
        actor=office,
        season=season,
        stage="selection",
        delegation="5101",
        people=[member.code],
        at=AT,
    )
    account = services.account_of(member, at=AT)
    for role, code in (("item_writer", "separation_entered"), ("unit_manager", None)):
        asked = {
            "actor": HOUSE,
            "account": account,
            "role": role,
            "unit": units.get_unit("51"),
            "season": worlds.HOME,
            "since": AT,
            "at": AT,
        }
        if code is None:
            assert services.appoint(**asked).role == role
        else:
            with pytest.raises(DomainError) as caught:
                services.appoint(**asked)
            assert caught.value.code == code


def test_a_province_role_is_not_given_for_a_city(db):
    load_packaged()
    worlds._open(worlds.HOME, make.actor("office", season=worlds.HOME), AT)
    with pytest.raises(DomainError) as caught:
        services.appoint(
            actor=HOUSE,
            account=make.account("someone"),
            role="office",
            unit=units.get_unit("5101"),
            season=worlds.HOME,
            since=AT,
            at=AT,
        )
    assert caught.value.code == "appointment_outside_host"


def test_a_card_that_was_used_bars_like_an_appointment(tree):
    member = make.people("5101", 1)[0]
    card = services.issue_pass(
        actor=HOUSE,
        person=member,
        role="judge",
        unit=units.get_unit("51"),
        season=SEASON,
        event="决赛",
        day=AT.date(),
        at=AT,
    )
    services.use_pass(code=card.code, device="one", at=AT)
    services.withdraw_pass(actor=HOUSE, held=card.held, at=AT)
    for deed, code in (
        ("enter_exam", "separation_runs"),
        ("handle_objection", "separation_involved"),
    ):
        found = separation.bar_for(person=member.code, deed=deed, season=SEASON, at=AT)
        assert found is not None
        assert found.code == code


def test_a_card_nobody_used_bars_nobody(tree):
    member = make.people("5101", 1)[0]
    card = services.issue_pass(
        actor=HOUSE,
        person=member,
        role="judge",
        unit=units.get_unit("51"),
        season=SEASON,
        event="决赛",
        day=AT.date(),
        at=AT,
    )
    services.withdraw_pass(actor=HOUSE, held=card.held, at=AT)
    assert separation.bar_for(person=member.code, deed="enter_exam", season=SEASON, at=AT) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [("office", "supervisor"), ("supervisor", "office"), ("supervisor", "exam_officer")],
)
def test_nobody_both_runs_and_watches_a_season(tree, first, second):
    account = appointed(first)
    with pytest.raises(DomainError) as caught:
        services.appoint(
            actor=HOUSE,
            account=account,
            role=second,
            unit=units.get_unit("51"),
            season=SEASON,
            since=AT,
            at=AT,
        )
    assert caught.value.code == "separation_supervises"
