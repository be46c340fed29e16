"""Committees of both seeds, roles that end, administrators that exclude one another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leitai.base.actor import Actor, AppointmentRef
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.enums import ProposalState
from leitai.ledger.models import LedgerEntry
from leitai.people import selectors, services
from leitai.people.enums import ADMINISTRATORS, CommitteeKind, Role
from leitai.people.models import Appointment, Person
from leitai.units import selectors as units
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged

AT = make.SINCE
SEASON = "home-2022"
OFFICE = make.actor("office", season=SEASON, account="900001")


@pytest.fixture
def tree(db):
    load_packaged()


def body(kind="office", title="办公室", unit="51", season=SEASON):
    return services.create_committee(
        actor=OFFICE, season=season, kind=kind, title=title, unit=units.get_unit(unit), at=AT
    )


def person(number=1, unit="51"):
    return make.people(unit, number)[number - 1]


def code_of(call, **data):
    with pytest.raises(DomainError) as caught:
        call(**data)
    return caught.value.code


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("committee", "leader"),
        ("leading_group", "leader"),
        ("office", "office"),
        ("coordination", "office"),
        ("items", "item_writer"),
        ("exams", "exam_officer"),
        ("publicity", "publicity"),
        ("supervision", "supervisor"),
        ("experts", "expert"),
        ("local", "local_office"),
    ],
)
def test_the_kind_of_a_body_gives_its_members_role(tree, kind, role):
    held = services.appoint_member(
        actor=OFFICE, committee=body(kind, "某机构"), person=person(), position="director", at=AT
    )
    assert (held.role, held.position, held.scope, held.unit.code) == (
        role,
        "director",
        SEASON,
        "51",
    )
    assert {value for value, _label in CommitteeKind.choices} >= {kind}


def test_a_member_acts_at_once_under_the_own_account(tree):
    member = person()
    services.appoint_member(actor=OFFICE, committee=body(), person=member, position="member", at=AT)
    member.refresh_from_db()
    actor = selectors.actor_of(member.account, at=AT)
    assert actor.appointments == (AppointmentRef("office", "51/", SEASON),)
    assert not member.account.has_usable_password()


def test_one_person_sits_in_two_bodies_of_the_same_role(tree):
    member = person()
    for kind in ("committee", "leading_group"):
        services.appoint_member(
            actor=OFFICE, committee=body(kind, kind), person=member, position="deputy", at=AT
        )
    assert Appointment.objects.filter(account__person=member, role="leader").count() == 2


def test_a_third_party_needs_an_end(tree):
    office = body()
    asked = {
        "actor": OFFICE,
        "committee": office,
        "person": person(),
        "position": "member",
        "third_party": "某科技有限公司",
        "at": AT,
    }
    assert code_of(services.appoint_member, **asked) == "third_party_open_end"
    asked["person"] = Person.objects.get(pk=asked["person"].pk)  # the refused try left nothing
    held = services.appoint_member(**asked, until=AT + timedelta(days=30))
    assert held.third_party == "某科技有限公司"
    account = held.account
    assert selectors.actor_of(account, at=AT + timedelta(days=29)).appointments != ()
    assert selectors.actor_of(account, at=AT + timedelta(days=30)).appointments == ()


def test_lead_and_joint_units_stand_by_code_or_by_name(tree):
    office = body()
    services.name_unit(actor=OFFICE, committee=office, name="5101", part="lead", at=AT)
    services.name_unit(actor=OFFICE, committee=office, name="省总工会", part="joint", at=AT)
    shown = selectors.list_bodies_for(OFFICE, SEASON, at=AT)[0].units
    assert [(one.name, one.part) for one in shown] == [("成都市", "lead"), ("省总工会", "joint")]
    services.remove_unit(actor=OFFICE, committee=office, name="省总工会", at=AT)
    assert [one.name for one in selectors.list_bodies_for(OFFICE, SEASON, at=AT)[0].units] == [
        "成都市"
    ]


def test_a_city_committee_runs_itself_and_nothing_above(tree):
    city = make.actor("local_office", season=SEASON, unit="51/5101/")
    mine = services.create_committee(
        actor=city,
        season=SEASON,
        kind="local",
        title="成都市组委会",
        unit=units.get_unit("5101"),
        at=AT,
    )
    member = person(unit="5101")
    held = services.appoint_member(
        actor=city, committee=mine, person=member, position="member", at=AT
    )
    assert held.role == "local_office"
    above = {"actor": city, "committee": body(), "person": member, "position": "member", "at": AT}
    assert code_of(services.appoint_member, **above) == "forbidden"
    # A body with a province's power cannot be made below the province by the city itself.
    exams = services.create_committee(
        actor=city, season=SEASON, kind="exams", title="考务", unit=units.get_unit("5101"), at=AT
    )
    assert code_of(services.appoint_member, **(above | {"committee": exams})) == "forbidden"


def test_a_manager_appoints_managers_below_and_not_beside(tree):
    city = make.actor("unit_manager", season="", unit="51/5101/")
    account = make.account("someone")
    below, own = units.get_unit("510104"), units.get_unit("5101")
    asked = {"actor": city, "account": account, "role": "unit_manager", "since": AT, "at": AT}
    assert services.appoint(**asked, unit=below).unit == below
    assert code_of(services.appoint, **asked, unit=own) == "forbidden"
    assert code_of(services.appoint, **(asked | {"role": "office"}), unit=below) == "forbidden"


def test_an_ended_role_gives_nothing_and_is_on_record(tree):
    office, member = body(), person()
    held = services.appoint_member(
        actor=OFFICE, committee=office, person=member, position="member", at=AT
    )
    later = AT + timedelta(days=3)
    services.end_appointment(actor=OFFICE, appointment=held, reason="工作调整", at=later)
    assert selectors.actor_of(held.account, at=later).appointments == ()
    assert selectors.list_bodies_for(OFFICE, SEASON, at=later)[0].members == ()
    entry = LedgerEntry.objects.filter(chain=SEASON).latest("seq")
    assert (entry.act, entry.subject) == ("role.ended", f"account:{held.account_id}")
    again = {"actor": OFFICE, "appointment": held, "reason": "再办", "at": later}
    assert code_of(services.end_appointment, **again) == "appointment_ended"


def test_nobody_ends_the_own_role_or_without_a_reason(tree):
    held = services.appoint_member(
        actor=OFFICE, committee=body(), person=person(), position="member", at=AT
    )
    own = Actor(str(held.account_id), "本人", appointments=OFFICE.appointments)
    asked = {"appointment": held, "at": AT}
    assert code_of(services.end_appointment, actor=own, reason="辞", **asked) == "appointment_own"
    assert (
        code_of(services.end_appointment, actor=OFFICE, reason=" ", **asked) == "appointment_reason"
    )


def test_a_body_with_members_is_not_dissolved(tree):
    office = body()
    held = services.appoint_member(
        actor=OFFICE, committee=office, person=person(), position="member", at=AT
    )
    asked = {"actor": OFFICE, "committee": office, "at": AT}
    assert code_of(services.close_committee, **asked) == "committee_has_members"
    services.end_appointment(actor=OFFICE, appointment=held, reason="换届", at=AT)
    services.close_committee(**asked)
    assert selectors.list_bodies_for(OFFICE, SEASON, at=AT) == ()


@pytest.mark.parametrize("held", ADMINISTRATORS)
@pytest.mark.parametrize("wanted", ADMINISTRATORS)
def test_administrators_exclude_one_another(tree, held, wanted):
    account = make.account("someone", held)
    asked = {
        "actor": HOUSE,
        "account": account,
        "role": wanted,
        "unit": units.get_unit("51"),
        "since": AT,
        "at": AT,
    }
    if held == wanted:
        assert services.appoint(**asked).role == wanted
    else:
        assert code_of(services.appoint, **asked) == "administrators_exclude"


def test_an_administrator_needs_two_officers_and_no_one_else_gives_it(tree):
    wanted = make.account("someone")
    security = actor_of("security", Role.SECURITY_ADMIN)
    audit = actor_of("audit", Role.AUDIT_ADMIN)
    direct = {"account": wanted, "unit": units.get_unit("51"), "since": AT, "at": AT}
    for actor in (security, OFFICE):
        assert code_of(services.appoint, actor=actor, role="operator", **direct) == "forbidden"
    proposal = services.propose_administrator(
        actor=security, username="someone", role="operator", reason="轮岗", at=AT
    )
    assert proposal.state == ProposalState.OPEN
    assert selectors.actor_of(wanted, at=AT).appointments == ()
    ledger.approve(actor=audit, proposal=proposal, at=AT + timedelta(hours=1))
    later = AT + timedelta(hours=2)
    assert selectors.actor_of(wanted, at=later).has(Role.OPERATOR)


def actor_of(name, role):
    return selectors.actor_of(make.account(name, role), at=AT)


def test_the_first_administrator_comes_from_the_machine(tree):
    account = services.account_for_appointing(
        actor=HOUSE, name="first", display_name="阮思齐", at=AT
    )
    assert not account.has_usable_password()
    asked = {"account": account, "unit": units.get_unit("51"), "since": AT, "at": AT}
    services.appoint(actor=HOUSE, role="security_admin", **asked)
    assert selectors.actor_of(account, at=AT).has(Role.SECURITY_ADMIN)
    again = services.account_for_appointing(actor=HOUSE, name="first", at=AT)
    assert again.pk == account.pk
    unknown = {"actor": HOUSE, "name": "nobody", "at": AT}
    assert code_of(services.account_for_appointing, **unknown) == "account_unknown"
    assert code_of(services.account_for_appointing, **(unknown | {"actor": OFFICE})) == "forbidden"


def test_a_manager_names_a_manager_below_on_the_page(tree, client):
    make.account("city", "unit_manager", unit="5101", season=SEASON)
    chosen = person(unit="510104")
    client.force_login(selectors.get_account("city"))
    asked = {"person": chosen.code, "role": "unit_manager", "unit": "510104", "season": SEASON}
    assert client.post("/duties/", asked).status_code == 302
    held = Appointment.objects.get(account__person=chosen)
    assert (held.role, held.unit.code, held.scope) == ("unit_manager", "510104", SEASON)
    assert "任期至" in client.get("/duties/").content.decode()
    assert client.post("/duties/", asked | {"unit": "5103"}).status_code == 403
    assert client.post("/duties/", asked | {"role": "office"}).status_code == 422
    answer = client.post(f"/duties/{held.pk}/end/", {"reason": "工作调整"})
    assert answer.status_code == 302
    held.refresh_from_db()
    assert held.until is not None


def test_nobody_appoints_themselves(tree):
    account = make.account("office", "office", season=SEASON)
    own = selectors.actor_of(account, at=AT)
    asked = {"account": account, "role": "publicity", "unit": units.get_unit("51")}
    refused = code_of(services.appoint, actor=own, season=SEASON, since=AT, at=AT, **asked)
    assert refused == "appointment_self"


@pytest.mark.parametrize("role", ["operator", "security_admin", "audit_admin", "office", "leader"])
def test_what_reaches_over_everything_is_given_at_the_root_alone(tree, role):
    asked = {"account": make.account("someone"), "role": role, "unit": units.get_unit("5101")}
    assert code_of(services.appoint, actor=HOUSE, since=AT, at=AT, **asked) == "appointment_root"


def test_a_proposal_names_the_account_and_not_the_name_it_had(tree):
    first = make.account("wanted")
    security = actor_of("security", Role.SECURITY_ADMIN)
    audit = actor_of("audit", Role.AUDIT_ADMIN)
    proposal = services.propose_administrator(
        actor=security, username="wanted", role="operator", reason="轮岗", at=AT
    )
    type(first).objects.filter(pk=first.pk).update(username="renamed")
    other = make.account("wanted")
    with pytest.raises(DomainError) as caught:
        ledger.approve(actor=audit, proposal=proposal, at=AT)
    assert caught.value.code == "proposal_changed"
    assert selectors.actor_of(other, at=AT).appointments == ()
