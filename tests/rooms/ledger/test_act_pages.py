"""The pages of deeds of two officers, as officers use them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from leitai.ledger import selectors, services
from leitai.ledger.models import LedgerEntry, Proposal
from leitai.people import selectors as accounts
from tests.factories import people
from tests.factories.units import load_packaged
from tests.rooms.ledger.test_proposals import bell  # noqa: F401  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bell")]
LIST_QUERIES = 12


@pytest.fixture
def officers():
    load_packaged()
    return {
        name: people.account(name, role, season="s")
        for name, role in (("one", "office"), ("two", "supervisor"), ("else", "unit_manager"))
    }


def propose(account, *, ago=0, **more):
    at = timezone.now() - timedelta(hours=ago)
    given = {"subject": "bell:1", "data": {"tower": "鼓楼"}, "reason": "试钟", **more}
    return services.propose(
        actor=accounts.actor_of(account, at=at),
        deed="bell.ring",
        chain="s",
        level="province",
        at=at,
        **given,
    )


def shown(client, address, **query):
    return client.get(address, query).content.decode()


def test_proposal_waits_in_the_approvers_list_and_is_approved(client, officers, bell):  # noqa: F811
    held = propose(officers["one"])
    page = f"/acts/{held.pk}/"
    client.force_login(officers["one"])
    assert page not in shown(client, "/acts/")
    assert page in shown(client, "/acts/", show="mine")
    own = shown(client, page)
    assert ("撤回" in own, "批准并办理" in own) == (True, False)
    client.force_login(officers["two"])
    assert page in shown(client, "/acts/")
    text = shown(client, page)
    for said in ("鼓楼敲3下", "试钟", "蒲清越", "还有4小时", "批准并办理", 'name="seen"'):
        assert said in text
    seen = re.search(r'name="seen" value="(\w{64})"', text).group(1)
    assert client.post(f"{page}approve/", {"seen": seen})["Location"] == page
    assert "已批准并办理" in shown(client, page)
    assert page not in shown(client, "/acts/")
    assert page in shown(client, "/acts/", show="past")
    assert len(bell["by"]) == 1


def test_effect_that_changed_is_shown_anew_before_approval(client, officers, bell):  # noqa: F811
    held = propose(officers["one"])
    page = f"/acts/{held.pk}/"
    client.force_login(officers["two"])
    seen = re.search(r'name="seen" value="(\w{64})"', shown(client, page)).group(1)
    bell["loud"] = 9
    refused = client.post(f"{page}approve/", {"seen": seen})
    text = refused.content.decode()
    assert (refused.status_code, bell["by"]) == (422, [])
    for said in ("与您看到的已不一致", "鼓楼敲9下", "提出时的内容", "鼓楼敲3下"):
        assert said in text
    fresh = re.search(r'name="seen" value="(\w{64})"', text).group(1)
    client.post(f"{page}approve/", {"seen": fresh})
    assert Proposal.objects.get(pk=held.pk).effect == ["鼓楼敲9下"]


def test_expired_proposal_is_closed_on_sight_and_renewed(client, officers):
    held = propose(officers["one"], ago=6)
    page = f"/acts/{held.pk}/"
    client.force_login(officers["one"])
    assert page not in shown(client, "/acts/", show="mine")
    text = shown(client, page)
    assert ("已过期" in text, "重新提出" in text) == (True, True)
    assert LedgerEntry.objects.filter(chain="s", act="deed.expired").count() == 1
    shown(client, page)
    assert LedgerEntry.objects.filter(chain="s", act="deed.expired").count() == 1
    again = client.post(f"{page}renew/")["Location"]
    assert again != page
    assert "由过期的事项重新提出" in shown(client, again)


def test_rejection_wants_a_reason_and_keeps_the_page(client, officers):
    held = propose(officers["one"])
    page = f"/acts/{held.pk}/"
    client.force_login(officers["two"])
    assert client.post(f"{page}reject/", {"reason": ""}).status_code == 422
    client.post(f"{page}reject/", {"reason": "理由不足"})
    assert "理由不足" in shown(client, page)
    assert Proposal.objects.get(pk=held.pk).state == "rejected"


def test_withdrawn_by_the_proposer(client, officers):
    held = propose(officers["one"])
    client.force_login(officers["two"])
    assert client.post(f"/acts/{held.pk}/withdraw/").status_code == 403
    client.force_login(officers["one"])
    client.post(f"/acts/{held.pk}/withdraw/")
    assert Proposal.objects.get(pk=held.pk).state == "withdrawn"


def test_strangers_see_nothing_of_it(client, officers):
    held = propose(officers["one"])
    client.force_login(officers["else"])
    assert f"/acts/{held.pk}/" not in shown(client, "/acts/")
    for part in ("", "approve/", "reject/", "withdraw/", "renew/"):
        ask = client.get if part == "" else client.post
        assert ask(f"/acts/{held.pk}/{part}", {"reason": "x"}).status_code == 404


def test_list_asks_little_however_many_wait(client, officers, django_assert_max_num_queries):
    for number in range(25):
        propose(officers["one"], subject=f"bell:{number}")
    client.force_login(officers["two"])
    client.get("/acts/")
    for show in ("open", "past"):
        with django_assert_max_num_queries(LIST_QUERIES):
            client.get("/acts/", {"show": show})
    assert shown(client, "/acts/").count("敲钟") == 20
    assert shown(client, "/acts/", page="2").count("敲钟") == 5


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=3, hours=5), "还有3天"),
        (timedelta(hours=47), "还有47小时"),
        (timedelta(minutes=59, seconds=59), "还有59分钟"),
        (timedelta(seconds=59), "不到1分钟"),
        (timedelta(0), ""),
    ],
)
def test_time_left_in_words(left, words):
    now = timezone.now()
    held = Proposal(state="open", expires_at=now + left)
    assert selectors.proposals.left_text(held, now) == words
