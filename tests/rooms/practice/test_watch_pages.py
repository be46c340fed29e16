"""The fair-play desk: a person looks, checks, decides; the learner reads, appeals; nobody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from leitai.messages.models import Delivery, Message
from leitai.people import privacy
from leitai.people.models import Appointment, Person
from leitai.practice.models import Learner, Suspicion
from leitai.practice.selectors.watching import evidence_of
from leitai.practice.services import watching
from leitai.practice.services.folding import fold_journal
from leitai.seasons.models import Season
from leitai.units.models import Unit
from tests.factories import people, seasons
from tests.factories import practice as make
from tests.factories.practice import Taken, at

pytestmark = pytest.mark.django_db
DAY = date(2022, 4, 4)
NOON = at("2022-04-04 12:00")
DESK = "/office/sichuan-2022/practice/watch/"
OWN = "/practice/sichuan-2022/"


def signed_in(name: str, role: str = "", unit: str = "51") -> Client:
    made = get_user_model().objects.create_user(username=name, consent=privacy.VERSION)
    if role:
        Appointment.objects.create(
            account=made, role=role, unit=Unit.objects.get(code=unit), since=timezone.now()
        )
    client = Client()
    client.force_login(made)
    return client


@pytest.fixture
def versions() -> list[int]:
    season = seasons.draft()
    Season.objects.filter(pk=season.pk).update(state="open")
    return make.questions(10)


@pytest.fixture
def client_of(versions: list[int]) -> Client:
    """A learner who gave in thirteen sets in six minutes, each four of five right."""
    client = signed_in("learner")
    account = str(get_user_model().objects.get(username="learner").pk)
    (person,) = people.people("5101", 1)
    learner = make.learner(person, account=account)
    sets = [
        Taken(
            learner.pk,
            "daily",
            NOON + timedelta(seconds=30 * nth),
            "11110",
            [3000 + 997 * ((nth * 7 + place * 3) % 11) + nth * 13 + place for place in range(5)],
            name=f"flood/{nth}",
        )
        for nth in range(13)
    ]
    make.take(versions, sets)
    fold_journal(at=at("2022-04-05 03:00"))
    watching.watch_day(season="sichuan-2022", day=DAY, at=at("2022-04-05 03:00"))
    return client


def flood() -> Suspicion:
    return Suspicion.objects.get(kind="flood")


def points() -> str:
    return str(Learner.objects.get().totals.get("daily", {}).get("2022", "0"))


def told(page: object) -> str:
    return page.content.decode()  # type: ignore[attr-defined]


def test_from_the_hint_to_the_appeal(client_of: Client) -> None:
    """Ten points a day at most, so that thirteen sets of four right answers brought ten."""
    office, case = signed_in("office", "office"), flood()
    place, own = f"{DESK}{case.pk}/", f"{OWN}cases/{case.pk}/"
    assert points() == "10"
    assert "选手1" in told(office.get(DESK))
    page = told(office.get(place))
    assert "10分钟内交了13组，当天共交13组。" in page
    assert "认定属实" not in page  # no figure alone decides
    assert client_of.get(own).status_code == 404
    assert "核查" not in told(client_of.get(f"{OWN}points/"))
    refused = office.post(place, {"do": "uphold", "words": "x"})
    assert refused.status_code == 422
    bare = office.post(place, {"do": "check", "on": "2022-04-08", "place": "二楼会议室"})
    assert bare.status_code == 422
    assert "二楼会议室" in told(bare)
    office.post(place, {"do": "check", "on": "2022-04-08", "place": "二楼会议室", "by": "宋监督"})
    page = told(office.get(place))
    assert "2022-04-08在二楼会议室现场抽查，监督人：宋监督。" in page
    assert "仍计分的13组练习将不再计分" in page
    assert "日日学10分" in page
    assert office.post(place, {"do": "uphold", "words": " "}).status_code == 422
    assert office.post(place, {"do": "uphold", "words": "当场答不出同样的题"}).status_code == 302
    assert points() == "0"

    assert own in told(client_of.get(f"{OWN}points/"))
    page = told(client_of.get(own))
    for words in (
        "当场答不出同样的题",
        "不计分的练习13组",
        "日日学10分",
        "提出申诉",
        "只能申诉一次",
    ):
        assert words in page or words in told(client_of.get(f"{OWN}points/"))
    assert "蒲清越" not in page
    assert client_of.post(own, {"words": ""}).status_code == 422
    assert client_of.post(own, {"words": "离线做的，回来一起上传"}).status_code == 302
    assert "申诉正在办理" in told(client_of.get(own))
    assert "另一人办理" in told(office.get(place))
    same = office.post(place, {"do": "grant", "words": "成立"})
    assert same.status_code == 422
    second = signed_in("second", "office")
    assert "离线做的，回来一起上传" in told(second.get(place))
    assert second.post(place, {"do": "grant", "words": "离线记录属实"}).status_code == 302
    assert points() == "10"
    page = told(client_of.get(own))
    assert "已恢复计分" in page
    assert "离线记录属实" in page
    assert client_of.post(own, {"words": "再申诉"}).status_code == 422


def heard() -> list[tuple[str, str, str]]:
    """Who was told what, and where it leads."""
    found = Delivery.objects.filter(channel="inbox", message__key__startswith="suspicion:")
    rows = found.order_by("pk").values_list("account__username", "message__title", "message__link")
    return list(rows)


def test_the_learner_hears_of_the_ruling_and_of_the_appeal(client_of: Client) -> None:
    office, second, case = signed_in("office", "office"), signed_in("second", "office"), flood()
    place, own = f"{DESK}{case.pk}/", f"{OWN}cases/{case.pk}/"
    office.post(place, {"do": "check", "on": "2022-04-08", "place": "二楼", "by": "宋监督"})
    assert heard() == []
    office.post(place, {"do": "uphold", "words": "当场答不出同样的题"})
    upheld = ("learner", "2022-04-04的练习经现场抽查不计分", own)
    assert heard() == [upheld]
    body = Message.objects.get(title=upheld[1]).body
    assert "提出申诉" in body
    assert "当场答不出" not in body
    client_of.post(own, {"words": "离线做的，回来一起上传"})
    second.post(place, {"do": "grant", "words": "离线记录属实"})
    granted = ("learner", "申诉成立：2022-04-04的练习恢复计分", own)
    assert heard() == [upheld, granted]


def test_a_check_that_finds_nothing_is_told_to_whom_it_concerned(client_of: Client) -> None:
    del client_of
    office, case = signed_in("office", "office"), flood()
    place = f"{DESK}{case.pk}/"
    office.post(place, {"do": "check", "on": "2022-04-08", "place": "二楼", "by": "宋监督"})
    office.post(place, {"do": "clear", "words": "当场答得出"})
    assert heard() == [("learner", "2022-04-04的练习核查已了结", f"{OWN}points/")]


def test_a_cleared_hint_is_never_told(client_of: Client) -> None:
    office, case = signed_in("office", "office"), flood()
    office.post(f"{DESK}{case.pk}/", {"do": "clear", "words": "补传"})
    assert flood().state == "cleared"
    assert heard() == []
    assert points() == "10"
    assert client_of.get(f"{OWN}cases/{case.pk}/").status_code == 404
    assert "没有待核查的线索" in told(office.get(DESK))
    assert "选手1" in told(office.get(f"{DESK}?state=cleared"))


def test_nobody_else_sees_a_case(client_of: Client) -> None:
    del client_of
    case = flood()
    Suspicion.objects.filter(pk=case.pk).update(
        state="upheld", history=[["upheld", "1", NOON.isoformat(), "当场答不出"]]
    )
    place, own = f"{DESK}{case.pk}/", f"{OWN}cases/{case.pk}/"
    supervisor = signed_in("watcher", "supervisor")
    assert "当场答不出" in told(supervisor.get(place))
    assert "<textarea" not in told(supervisor.get(place))
    assert supervisor.post(place, {"do": "clear", "words": "x"}).status_code == 403
    assert flood().state == "upheld"
    manager = signed_in("manager", "unit-manager", "5101")
    neighbour = signed_in("neighbour")
    make.learner(account=str(get_user_model().objects.get(username="neighbour").pk))
    for client in (manager, neighbour):
        assert client.get(DESK).status_code == 403
        assert client.get(place).status_code == 404
        assert client.post(place, {"do": "clear", "words": "x"}).status_code == 404
        assert "当场答不出" not in told(client.get(own, follow=True))
    assert neighbour.get(own).status_code == 404
    assert neighbour.post(own, {"words": "x"}).status_code == 404


def test_each_kind_of_hint_reads_as_a_sentence() -> None:
    def said(kind: str, **evidence: object) -> tuple[str, ...]:
        return evidence_of(Suspicion(kind=kind, evidence=evidence))

    assert said("fast", fast=12, answers=50, least="2") == (
        "当天作答50题，其中12题每题用时不到2秒。",
    )
    assert said("steady", answers=40, mean_ms=5260, away_ms=99) == (
        "当天作答40题，平均每题5.2秒，各题用时与平均数平均只差0.0秒。",
    )
    assert said("same", sets=4, others=[7, 9], times=0) == (
        "与同单位2名学员中的一名最多有4组答错的题和错误答案完全相同。",
    )
    assert said("same", sets=0, others=[], times=3) == ("有3组每一题的用时与另一组完全相同。",)


def test_who_has_two_sets_of_figures_reads_it_and_the_office_sees_who(versions):
    """An account practised as one of the public; then it became a person's who practises."""
    signed_in("guest")
    account = get_user_model().objects.get(username="guest")
    make.learner(account=str(account.pk))
    _other, named = people.people("5103", 2)
    make.learner(named)
    client, told = Client(), "您有两份练习记录"
    client.force_login(account)
    office = signed_in("desk", "office")
    assert told not in client.get(OWN).content.decode()
    assert 'id="doubled"' not in office.get(DESK).content.decode()
    Person.objects.filter(pk=named.pk).update(account=account)
    assert told in client.get(OWN).content.decode()
    page = office.get(DESK).content.decode()
    assert page[page.index('id="doubled"') :].count(f"<b>{named.name}</b>") == 1
    Learner.objects.filter(person=named).delete()  # then there is one set again
    assert told not in client.get(OWN).content.decode()
