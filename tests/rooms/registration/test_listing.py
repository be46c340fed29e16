"""A track without a form: a unit's whole list at once, and the office's review of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.messages.models import Delivery
from leitai.people import services as roster
from leitai.people.services import NewPerson
from leitai.registration import checklist, services
from leitai.registration.models import HistoryLine, Registration
from leitai.registration.services import Wanted, WantedMany
from leitai.seasons.models import CalendarWindow, Entry
from tests.factories import people
from tests.factories import registrations as forms
from tests.factories import seasons as make
from tests.factories.units import HOUSE

pytestmark = pytest.mark.django_db

MANAGER = people.actor("unit_manager", season=make.CODE, unit="51/5101/", account="92")
NAMES = (("a", "谷雨生", "510104"), ("b", "夏至远", "510105"), ("c", "谷雨生", "510105"))


@pytest.fixture
def season():
    season = make.opened()
    roster.create_people(
        actor=HOUSE, people=[NewPerson(code, name, unit) for code, name, unit in NAMES], at=make.AT
    )
    make.eligible(["a", "b"])
    return season


def register(season, *lines, **more):
    wanted = WantedMany("selection", track_of(season), "5101", "own", lines)
    return services.register_list(
        **{"actor": MANAGER, "season": season, "wanted": wanted, "at": make.AT} | more
    )


def track_of(season):
    from leitai.seasons import selectors

    return next(iter(selectors.rulebook_of(season).tracks))


def problems(season, *lines):
    with pytest.raises(Problems) as caught:
        register(season, *lines)
    return [(one.place, one.code) for one in caught.value.problems]


def test_a_list_is_entered_at_once_and_the_barred_are_named(season):
    done = register(season, "谷雨生 锦江区", "夏至远", "c", "夏至远", "")
    assert [one.person.code for one in done.accepted] == ["a", "b"]
    assert [(one.person, len(one.refusals) > 0) for one in done.refused] == [("c", True)]
    assert (
        list(Registration.objects.values_list("state", "kind", "route", "form"))
        == [("submitted", "contestant", "own", "")] * 2
    )
    codes = Entry.objects.order_by("code").values_list("code", "person__code", "state")
    assert list(codes) == [
        ("2022-5101-01", "a", "nominated"),
        ("2022-5101-02", "b", "nominated"),
    ]
    again = register(season, "夏至远")
    assert (again.accepted, again.already) == ((), 1)
    assert LedgerEntry.objects.filter(act="registration.listed").count() == 1


def test_lines_that_mean_nobody_or_several_stop_the_whole_list(season):
    told = problems(season, "谷雨生", "夏至远", "冬藏雪")
    assert told == [("谷雨生", "registration_namesakes"), ("冬藏雪", "registration_unknown")]
    assert not Registration.objects.exists()


def test_a_track_with_a_form_is_filled_in_one_by_one():
    season = forms.opened()
    wanted = WantedMany("league", "guidance", "1501", "own", ("乌兰",))
    with pytest.raises(DomainError) as refused:
        register(season, actor=forms.MANAGER, wanted=wanted, at=forms.AT)
    assert refused.value.code == "registration_needs_form"


def test_another_units_manager_registers_nobody(season):
    foreign = people.actor("unit_manager", season=make.CODE, unit="51/5103/", account="93")
    with pytest.raises(DomainError) as refused:
        register(season, "b", actor=foreign)
    assert refused.value.code == "forbidden"


def test_the_office_passes_a_list_and_a_doubtful_one_stays(season):
    account = people.account("unit", "unit_manager", unit="5101", season=make.CODE)
    own = people.actor("unit_manager", season=make.CODE, unit="51/5101/", account=str(account.pk))
    done = register(season, "a", "b", actor=own)
    held = services.bring_history(
        actor=make.OFFICE,
        season=season,
        data="姓名,单位,类别,项目,日期\n夏至远,外地某局,参赛经历,练兵比武全国总决赛,2020-01-01\n".encode(),
        name="旧.csv",
        source="旧名单",
        at=make.AT,
    )
    services.confirm_history(actor=make.OFFICE, history=held, at=make.AT)
    assert HistoryLine.objects.get().state == "doubtful"
    lines = checklist.lines_for("contestant", None)
    given = {"actor": make.OFFICE, "season": season, "registrations": done.accepted, "at": make.AT}
    with pytest.raises(DomainError) as open_:
        services.pass_many(ticked=(), **given)
    assert open_.value.code == "registration_checks_open"
    assert "；" in open_.value.data["titles"]  # the lines have 、 of their own
    with pytest.raises(DomainError) as forbidden:
        services.pass_many(ticked=range(len(lines)), **{**given, "actor": own})
    assert forbidden.value.code == "forbidden"
    passed = services.pass_many(ticked=range(len(lines)), **given)
    assert passed.count == 1
    ((left, why),) = passed.left
    assert (left.person.code, "往届记录待核对" in why) == ("b", True)
    states = dict(Registration.objects.values_list("person__code", "state"))
    assert states == {"a": "passed", "b": "submitted"}
    told = Delivery.objects.filter(account=account, message__title="报名资格审核通过")
    assert [one.message.body for one in told] == ["成都市1人的报名资格审核通过。"]


def test_a_confirmed_list_offers_no_more_places(client, season):
    CalendarWindow.objects.filter(season=season).update(closes_at=datetime(2100, 1, 1, tzinfo=UTC))
    register(season, "a")
    client.force_login(people.account("unit", "unit_manager", unit="5101", season=make.CODE))
    asked = (
        reverse("registration:new", args=[make.CODE])
        + f"?stage=selection&amp;track={track_of(season)}"
    )
    page = reverse("registration:unit", args=[make.CODE])
    assert asked in client.get(page).content.decode()
    Entry.objects.update(state="confirmed")
    after = client.get(page).content.decode()
    assert asked not in after
    assert "名单已经确认。要增减人员" in after
    wanted = Wanted("selection", track_of(season), "5101", "b", "contestant", "own")
    with pytest.raises(DomainError) as late:
        services.begin_registration(actor=MANAGER, season=season, wanted=wanted, at=make.AT)
    assert late.value.code == "nomination_confirmed"


def test_the_pages_take_a_list_and_pass_it(client, season):
    CalendarWindow.objects.filter(season=season).update(closes_at=datetime(2100, 1, 1, tzinfo=UTC))
    client.force_login(people.account("unit", "unit_manager", unit="5101", season=make.CODE))
    track = track_of(season)
    address = reverse("registration:many", args=[make.CODE])
    asked = f"{address}?stage=selection&track={track}&delegation=5101"
    unit = client.get(reverse("registration:unit", args=[make.CODE])).content.decode()
    assert asked.replace("&", "&amp;") in unit
    wrong = client.post(asked, {"route": "own", "lines": "冬藏雪\n谷雨生"})
    assert wrong.status_code == 422
    assert "花名册中没有此人" in wrong.content.decode()
    assert "冬藏雪\n谷雨生</textarea>" in wrong.content.decode().replace("\r", "")
    mixed = client.post(asked, {"route": "own", "lines": "a\nc"})
    said = re.sub(r"<[^>]+>", "", mixed.content.decode())
    assert mixed.status_code == 200
    assert "已报名1人" in said
    assert "有1人不符合参赛条件，没有报名" in said
    done = client.post(asked, {"route": "own", "lines": "b"})
    assert done.status_code == 302
    client.force_login(people.account("office", "office", unit="51", season=make.CODE))
    desk = client.get(reverse("registration:desk", args=[make.CODE])).content.decode()
    assert "不填报名表的名单" in desk
    ticks = [str(number) for number, _ in enumerate(checklist.lines_for("contestant", None))]
    form = {"delegation": "5101", "track": track, "check": ticks}
    client.post(reverse("registration:pass-many", args=[make.CODE]), form)
    assert set(Registration.objects.values_list("state", flat=True)) == {"passed"}
    assert (
        "不填报名表的名单"
        not in client.get(reverse("registration:desk", args=[make.CODE])).content.decode()
    )
