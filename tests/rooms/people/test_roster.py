"""Postings, rosters and transfers, by the services."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger import services as ledger
from leitai.ledger.models import LedgerEntry
from leitai.people import selectors, services
from leitai.people.models import Person, Posting, Roster, TransferRequest
from leitai.people.selectors import separation
from leitai.people.services import NewPerson
from leitai.units import selectors as units
from leitai.units.events import UnitClosing, UnitMerged
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged
from tests.rooms.people.numbers import id_number, phone

pytestmark = pytest.mark.django_db
BODY, OTHER = "5101-rsj", "5103-rsj"
CHENGDU = make.actor("unit_manager", unit="51/5101/", account="1")
ZIGONG = make.actor("unit_manager", unit="51/5103/", account="2")
PROVINCE = make.actor("unit_manager", unit="51/", account="3")
AT = make.SINCE + timedelta(days=60)  # 30 April 2022
DAY = date(2022, 4, 30)


@pytest.fixture(autouse=True)
def _tree():
    load_packaged()


def somebody(code, unit=BODY, name="贺知秋", since=date(2022, 3, 1), **more):
    person = NewPerson(code, name, unit, since=since, **more)
    return services.create_person(actor=HOUSE, person=person, at=make.SINCE)


def confirm(unit, day, at=AT, actor=HOUSE):
    return services.confirm_roster(actor=actor, unit=units.get_unit(unit), day=day, at=at)


def moved(person, unit=OTHER, since=date(2022, 4, 1), actor=PROVINCE, **details):
    return services.transfer_person(
        actor=actor, person=person, unit=units.get_unit(unit), since=since, details=details, at=AT
    )


def serving(unit, day):
    return [one.code for one in selectors.members_on(units.get_unit(unit), day)]


def test_somebody_new_serves_from_the_day_given_or_the_day_of_registration():
    somebody("a", since=date(2021, 1, 4))
    somebody("b", since=None)
    found = {p.person.code: p.since for p in Posting.objects.select_related("person")}
    assert found == {"a": date(2021, 1, 4), "b": date(2022, 3, 1)}
    assert Person.objects.get(code="b").since is None


def test_a_roster_holds_who_served_that_day_and_no_guest():
    somebody("a", window="front", staffing="permanent", line="社保")
    somebody("b", window="back", staffing="contract", since=date(2022, 4, 10))
    somebody("c", guest="public")
    left = somebody("d")
    services.leave(actor=CHENGDU, person=left, day=date(2022, 4, 1), at=AT)
    early = confirm(BODY, date(2022, 3, 31))
    late = confirm(BODY, DAY)
    assert early.members == [["a", "front", "permanent", "社保"], ["d", "", "", ""]]
    assert late.members == [["a", "front", "permanent", "社保"], ["b", "back", "contract", ""]]
    assert late.counts == {
        "all": 2, "front": 1, "back": 1, "none": 0, "permanent": 1, "contract": 1,
    }  # fmt: skip
    # SHA-256 of the canonical JSON, worked out with sha256sum.
    assert bytes(early.digest).hex() == (
        "2ceafead1963e16249a9d705c0544eba4862767cff78ce35c13ffe1063da5998"
    )
    entry = LedgerEntry.objects.filter(act="roster.confirmed").last()
    assert bytes(late.digest).hex() in bytes(entry.payload).decode()


def test_the_denominator_is_the_latest_confirmation_at_or_before_the_day():
    somebody("a")
    first = confirm(BODY, date(2022, 3, 10))
    again = confirm(BODY, date(2022, 3, 10), at=AT + timedelta(hours=1))
    later = confirm(BODY, date(2022, 4, 10))
    home = units.get_unit(BODY)
    assert selectors.denominator(home, date(2022, 3, 9)) is None
    assert selectors.denominator(home, date(2022, 3, 10)) == again
    assert selectors.denominator(home, date(2022, 4, 9)) == again
    assert selectors.denominator(home, date(2022, 4, 10)) == later
    assert Roster.objects.filter(pk=first.pk).exists()


def test_denominators_sum_the_latest_roster_of_each_unit_below():
    for number in range(3):
        somebody(f"a{number}", window="front")
    somebody("b0", "510104", window="back", staffing="permanent")
    somebody("z0", OTHER)
    somebody("y0", "510105")
    confirm(BODY, date(2022, 3, 10))
    services.leave(actor=HOUSE, person=Person.objects.get(code="a0"), day=DAY, at=AT)
    confirm(BODY, DAY)
    confirm("510104", date(2022, 4, 1))
    confirm(OTHER, DAY)
    chengdu = selectors.denominators("51/5101/", DAY)
    assert chengdu.counts == {
        "all": 3, "front": 2, "back": 1, "none": 0, "permanent": 1, "contract": 0,
    }  # fmt: skip
    assert (chengdu.units, chengdu.of) == (2, 3)
    assert selectors.denominators("51/", DAY).counts["all"] == 4
    assert selectors.denominators("51/5101/", date(2022, 3, 10)).counts["all"] == 3
    assert selectors.denominators("51/5104/", DAY).counts["all"] == 0


@pytest.mark.parametrize(
    ("actor", "unit", "day", "code"),
    [
        (ZIGONG, BODY, DAY, "forbidden"),
        (make.actor("supervisor"), BODY, DAY, "forbidden"),
        (CHENGDU, BODY, DAY + timedelta(days=1), "roster_day_ahead"),
        (CHENGDU, "510105", DAY, "roster_empty"),
    ],
)
def test_confirm_roster_refuses(actor, unit, day, code):
    somebody("a")
    with pytest.raises(DomainError) as caught:
        confirm(unit, day, actor=actor)
    assert caught.value.code == code
    assert not Roster.objects.exists()


def test_preview_names_who_came_left_and_changed_since_the_last():
    a, b = somebody("a", window="front"), somebody("b", name="申时雨")
    confirm(BODY, date(2022, 4, 1))
    somebody("c", name="路长歌", since=date(2022, 4, 5))
    services.leave(actor=CHENGDU, person=b, day=date(2022, 4, 10), at=AT)
    services.change_person(
        actor=CHENGDU,
        person=a,
        details={"window": "back"},
        changed_on=date(2022, 4, 12),
        at=AT,
    )
    shown = selectors.preview_of(CHENGDU, units.get_unit(BODY), DAY)
    found = shown.difference
    assert (found.joined, found.left, found.changed) == (("路长歌",), ("申时雨",), ("贺知秋",))


def test_a_mend_changes_the_present_posting_and_a_change_begins_another():
    person = somebody("a", window="front")
    services.change_person(actor=CHENGDU, person=person, details={"window": "none"}, at=AT)
    assert [p.window for p in Posting.objects.all()] == ["none"]
    services.change_person(
        actor=CHENGDU,
        person=person,
        details={"window": "back"},
        changed_on=date(2022, 4, 1),
        at=AT,
    )
    assert selectors.members_on(units.get_unit(BODY), date(2022, 3, 31))[0].window == "none"
    assert selectors.members_on(units.get_unit(BODY), date(2022, 4, 1))[0].window == "back"
    services.change_person(actor=CHENGDU, person=person, details={"since": date(2022, 2, 1)}, at=AT)
    assert serving(BODY, date(2022, 2, 1)) == ["a"]
    with pytest.raises(DomainError, match="posting_day_order"):
        services.change_person(
            actor=CHENGDU, person=person, details={"since": date(2022, 4, 2)}, at=AT
        )


def test_change_person_says_everything_that_is_wrong():
    person = somebody("a")
    with pytest.raises(Problems) as caught:
        services.change_person(
            actor=CHENGDU,
            person=person,
            details={"name": "", "window": "side", "post": "岗" * 41},
            at=AT,
        )
    assert [one.code for one in caught.value.problems] == [
        "name_empty", "person_choice", "person_text_long",
    ]  # fmt: skip


def test_transfer_keeps_the_account_and_moves_the_sight():
    account = make.account("he")
    person = somebody("a", account="he", window="front", staffing="permanent")
    moved(person, window="back")
    person.refresh_from_db()
    assert (person.account, person.unit.code, person.window) == (account, OTHER, "back")
    assert person.staffing == "permanent"
    assert (serving(BODY, date(2022, 3, 31)), serving(BODY, date(2022, 4, 1))) == (["a"], [])
    assert (serving(OTHER, date(2022, 3, 31)), serving(OTHER, date(2022, 4, 1))) == ([], ["a"])
    with pytest.raises(DomainError, match="forbidden"):
        selectors.get_person_for(CHENGDU, "a")
    assert selectors.get_person_for(ZIGONG, "a") == person


@pytest.mark.parametrize(
    ("actor", "unit", "since", "code"),
    [
        (CHENGDU, OTHER, date(2022, 4, 1), "forbidden"),
        (ZIGONG, OTHER, date(2022, 4, 1), "forbidden"),
        (PROVINCE, BODY, date(2022, 4, 1), "transfer_same_unit"),
        (PROVINCE, OTHER, date(2022, 2, 1), "posting_day_order"),
        (PROVINCE, OTHER, DAY + timedelta(days=1), "posting_day_ahead"),
    ],
)
def test_transfer_refuses_and_leaves_everything(actor, unit, since, code):
    person = somebody("a")
    with pytest.raises(DomainError) as caught:
        moved(person, unit, since, actor)
    assert caught.value.code == code
    assert [(p.unit.code, p.until) for p in Posting.objects.all()] == [(BODY, None)]


def asked(person, at=AT, actor=ZIGONG):
    return services.file_transfer(
        actor=actor,
        person=person,
        unit=units.get_unit(OTHER),
        since=date(2022, 4, 1),
        details={"window": "front"},
        reason="调令",
        at=at,
    )


def test_a_request_takes_effect_when_the_giving_manager_agrees():
    person = somebody("a")
    request = asked(person)
    assert Person.objects.get().unit.code == BODY
    with pytest.raises(DomainError, match="transfer_open"):
        asked(person)
    with pytest.raises(DomainError, match="forbidden"):
        services.approve_transfer(actor=ZIGONG, request=request, at=AT)
    services.approve_transfer(actor=CHENGDU, request=request, at=AT)
    assert (Person.objects.get().unit.code, Person.objects.get().window) == (OTHER, "front")
    assert TransferRequest.objects.get().state == "done"
    with pytest.raises(DomainError, match="transfer_closed"):
        services.approve_transfer(actor=CHENGDU, request=request, at=AT)


def test_a_request_is_refused_withdrawn_or_expires():
    person = somebody("a")
    refused = asked(person)
    services.refuse_transfer(actor=CHENGDU, request=refused, note="未接调令", at=AT)
    withdrawn = asked(person)
    with pytest.raises(DomainError, match="forbidden"):
        services.withdraw_transfer(actor=CHENGDU, request=withdrawn, at=AT)
    services.withdraw_transfer(actor=ZIGONG, request=withdrawn, at=AT)
    late = asked(person)
    with pytest.raises(DomainError, match="transfer_expired"):
        services.approve_transfer(actor=CHENGDU, request=late, at=AT + timedelta(days=30))
    asked(person, at=AT + timedelta(days=30))
    states = TransferRequest.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["refused", "withdrawn", "expired", "open"]
    assert Person.objects.get().unit.code == BODY


def test_a_merged_units_people_go_along_and_a_closing_one_keeps_them():
    person = somebody("a", window="front")
    body, other = units.get_unit(BODY), units.get_unit("510104")
    with pytest.raises(DomainError, match="unit_has_people"):
        events.publish(UnitClosing(body.pk, AT))
    events.publish(UnitMerged(body.pk, other.pk, AT))
    person.refresh_from_db()
    assert person.unit == other
    assert (serving(BODY, DAY), serving("510104", DAY)) == ([], ["a"])
    assert serving(BODY, DAY - timedelta(days=1)) == ["a"]
    events.publish(UnitClosing(body.pk, AT))


def test_merged_records_are_one_person_with_all_that_both_had():
    account = make.account("he")
    kept = somebody("a", id_number=id_number())
    gone = somebody("b", "510104", account="he", phone=phone(1), since=date(2021, 1, 4))
    services.merge_people(actor=CHENGDU, kept=kept, gone=gone, at=AT)
    kept = Person.objects.get()
    assert (kept.code, kept.account) == ("a", account)
    shown = selectors.masked(kept)
    assert (shown.id_number[:3], shown.phone) == ("000", "199****0001")
    assert [(p.unit.code, p.until) for p in Posting.objects.order_by("since")] == [
        ("510104", DAY),
        (BODY, None),
    ]


def test_merging_refuses_two_id_numbers_two_busy_accounts_and_others_people():
    make.account("one"), make.account("two", "judge", unit="5101")
    a = somebody("a", id_number=id_number(order=1), account="one")
    b = somebody("b", "510104", id_number=id_number(order=2))
    c = somebody("c", "510104", account="two")
    z = somebody("z", OTHER)
    for actor, gone, code in (
        (CHENGDU, b, "merge_ids_differ"),
        (CHENGDU, c, "merge_guarded"),
        (CHENGDU, z, "forbidden"),
        (CHENGDU, a, "merge_same"),
    ):
        with pytest.raises(DomainError) as caught:
            services.merge_people(actor=actor, kept=a, gone=gone, at=AT)
        assert caught.value.code == code
    assert Person.objects.count() == 4


def retired(name, role="item_writer"):
    """An account whose role is over."""
    account = make.account(name)
    services.appoint(
        actor=HOUSE, account=account, role=role, unit=units.get_unit("51"), season="home-2022",
        since=make.SINCE, until=make.SINCE + timedelta(days=9), at=make.SINCE,
    )  # fmt: skip
    return account


@pytest.mark.parametrize("past_is_kept", [True, False])
def test_merging_keeps_the_account_with_a_past(past_is_kept):
    account, plain = retired("one"), make.account("two")
    names = ("one", "two") if past_is_kept else ("two", "one")
    kept, gone = (somebody(name, account=name) for name in names)
    services.merge_people(actor=CHENGDU, kept=kept, gone=gone, at=AT)
    person = Person.objects.get()
    assert (person.code, person.account) == (kept.code, account)
    bar = separation.bar_for(person=person.code, deed="enter_exam", season="home-2022", at=AT)
    assert bar is not None
    assert bar.code == "separation_items"
    plain.refresh_from_db()
    assert not plain.is_active


def test_merging_loses_no_past_of_two_accounts_and_counts_acts():
    retired("one")
    officer = make.account("two")
    a, b = somebody("a", account="one"), somebody("b", account="two")
    act = Actor(str(officer.pk), "蒲清越", "b")
    ledger.append(
        chain="home-2022", actor=act, act="paper.sealed", subject="paper:x", data={}, at=AT
    )
    for kept, gone in ((a, b), (b, a)):
        with pytest.raises(DomainError, match="merge_accounts"):
            services.merge_people(actor=CHENGDU, kept=kept, gone=gone, at=AT)
    assert Person.objects.count() == 2


@pytest.mark.parametrize("order", [1, -1])
def test_a_manager_merges_nobody_with_duties_that_they_cannot_give(order):
    make.account("boss", "office", unit="51", season="home-2022")
    kept, gone = [somebody("a", account="boss"), somebody("b", id_number=id_number())][::order]
    with pytest.raises(DomainError, match="merge_guarded"):
        services.merge_people(actor=CHENGDU, kept=kept, gone=gone, at=AT)
    services.merge_people(actor=HOUSE, kept=kept, gone=gone, at=AT)
    assert Person.objects.get().account.username == "boss"
