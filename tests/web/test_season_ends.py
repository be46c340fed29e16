"""The two ends of a season on the web: its first office, and the closing with its list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry, Proposal
from leitai.orders.models import Order
from leitai.people.models import Account, Appointment
from leitai.seasons import services
from leitai.seasons.models import CalendarWindow, Season
from leitai.seasons.selectors.closing import list_checks
from leitai.sittings import services as sittings
from leitai.units import selectors as units
from tests.factories import people as make
from tests.world import AWAY, HOME

CLOSING = f"/office/{HOME}/closing/"
NEW = "/seasons/new/"


def counts(world):
    return {one.key: one.count for one in list_checks(world.home.season, at=world.now)}


def said(link):
    """What an entry tells, without the name that every entry has."""
    told = canonical.decode(bytes(link.payload))["data"]
    return {name: value for name, value in told.items() if name != "by"}


def state():
    return Season.objects.get(code=HOME).state


@pytest.fixture
def done(world):
    """The final is off, and every window of the calendar is over."""
    sittings.cancel_exam(
        actor=world.home.officer, exam=world.home.ahead, reason="不再举办", at=world.now
    )
    CalendarWindow.objects.filter(season=world.home.season).update(
        closes_at=world.now - timedelta(days=1)
    )


def approve(client):
    return client.post(f"/acts/{Proposal.objects.latest('pk').pk}/approve/")


def test_the_list_counts_what_is_open(world):
    assert counts(world) == {
        "proposals": 0,
        "objections": 0,
        "notices": 0,
        "exams": 1,  # the final is ahead
        "windows": 3,
        "results": 0,
        "certificates": 4,  # of the rules' four awards none is decided yet
        "orders": 0,
        "complaints": 0,
    }


def test_a_season_with_an_exam_ahead_does_not_close(sign_in, world):
    office = sign_in("office")
    assert "须先办结" in office.get(CLOSING).content.decode()
    answer = office.post(CLOSING, {"reason": "收尾"})
    assert answer.status_code == 422
    assert "赛季还不能结束，须先办结：尚未考完的考试。" in answer.content.decode()
    assert state() == "open"


def test_what_is_left_open_wants_a_reason_and_is_recorded(sign_in, done):
    office = sign_in("office")
    refused = office.post(CLOSING, {"reason": ""})
    assert refused.status_code == 422
    assert "尚未颁发的证书" in refused.content.decode()
    closed = office.post(CLOSING, {"reason": "总决赛因故取消，不评奖"})
    assert closed.headers["Location"] == f"/office/{HOME}/"
    assert state() == "closed"
    link = LedgerEntry.objects.filter(chain=HOME).latest("seq")
    assert link.act == "season.closed"
    assert said(link) == {"left": {"certificates": 4}, "reason": "总决赛因故取消，不评奖"}
    assert "赛季已结束" in office.get(f"/office/{HOME}/").content.decode()


def test_a_closed_season_decides_nothing_and_reopens_by_two(sign_in, world, done):
    sign_in("office").post(CLOSING, {"reason": "总决赛取消"})
    with pytest.raises(DomainError, match="season_closed"):
        services.confirm_entries(
            actor=world.home.office, season=world.home.season, stage="final", at=world.now
        )
    told = {"actor": world.home.office, "season": world.home.season, "at": world.now}
    until = world.now + timedelta(days=2)
    for call, more in (
        (services.set_window, {"name": "final", "opens_at": world.now, "closes_at": until}),
        (services.set_reminders, {"days": 5, "loud": False}),
        (services.record_draw, {"purpose": "同分", "pool": ["a", "b"], "key": "1.2./"}),
    ):
        with pytest.raises(DomainError, match="season_closed"):
            call(**told, **more)
    asked = sign_in("office").post(f"/office/{HOME}/reopening/", {"reason": "申诉成立"})
    assert asked.status_code == 302
    assert state() == "closed"
    assert approve(sign_in("office")).status_code == 422  # not one's own
    assert approve(sign_in("leader")).status_code == 302
    assert state() == "open"
    link = LedgerEntry.objects.filter(chain=HOME, act="season.reopened").latest("seq")
    assert said(link) == {"reason": "申诉成立"}


def test_a_draft_does_not_close_and_an_open_one_does_not_reopen(world):
    with pytest.raises(DomainError, match="closing_open"):
        services.propose_reopening(
            actor=world.home.office, season=world.home.season, reason="试", at=world.now
        )
    draft = Season.objects.get(code=HOME)
    Season.objects.filter(pk=draft.pk).update(state="draft")
    with pytest.raises(DomainError, match="season_not_open"):
        services.close_season(actor=world.home.office, season=draft, reason="试", at=world.now)


def test_an_order_that_units_have_not_done_is_counted(world):
    order = Order.objects.create(
        season=world.home.season,
        issuer=units.get_unit("51"),
        title="赛后总结",
        state="sent",
        sign_by=world.now + timedelta(days=1),
        made_by="7",
        made_name="蒲清越",
        made_at=world.now,
        sent_at=world.now,
    )
    assert counts(world)["orders"] == 0  # to nobody
    order.recipients.create(unit=units.get_unit("5101"), name="成都市")
    assert counts(world)["orders"] == 1


# The first office --------------------------------------------------------------------------


def begun(sign_in):
    """A season that an operator began: nobody runs it yet."""
    form = {"rulebook": "sichuan-2022", "host": "51", "code": "new-2022"}
    answer = sign_in("operator").post(NEW, form)
    assert answer.headers["Location"] == "/seasons/new-2022/office/"
    return answer.headers["Location"]


def test_the_first_office_from_the_wizard_to_its_desk(sign_in):
    page = begun(sign_in)
    operator = sign_in("operator")
    assert page in operator.get(NEW).content.decode()  # named among those without one
    form = {"name": "zhang", "display_name": "章青禾", "reason": "任命文件1号"}
    asked = operator.post(page, form)
    assert asked.status_code == 302
    assert not Account.objects.filter(username="zhang").exists()
    assert approve(operator).status_code == 422
    assert approve(sign_in("security_admin")).status_code == 302
    held = Appointment.objects.get(account__username="zhang")
    assert (held.role, held.scope, held.unit.code) == ("office", "new-2022", "51")
    assert said(LedgerEntry.objects.get(chain="new-2022", act="role.appointed"))["role"] == "office"
    assert page not in operator.get(NEW).content.decode()
    assert "章青禾" in operator.get(page).content.decode()


def test_a_season_that_has_an_office_gets_no_first_one(sign_in):
    page = f"/seasons/{HOME}/office/"
    answer = sign_in("operator").post(page, {"name": "leader", "reason": "任命"})
    assert answer.status_code == 422
    assert "本赛季已有组委会办公室（蒲清越）" in answer.content.decode()


def test_nobody_names_oneself_nor_a_stranger(sign_in, world):
    operator = sign_in("operator")
    page = f"/seasons/{AWAY}/office/"
    for name, words in (("operator", "不能任命自己"), ("nobody", "没有登录名或人员代码")):
        answer = operator.post(page, {"name": name, "reason": "任命"})
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_a_person_of_a_roster_becomes_the_office(sign_in, world):
    code = make.people("51", 1, prefix="office")[0].code
    sign_in("operator").post(f"/seasons/{AWAY}/office/", {"name": code, "reason": "任命"})
    assert approve(sign_in("audit_admin")).status_code == 302
    held = Appointment.objects.get(scope=AWAY, role="office")
    assert held.account.person.code == code
