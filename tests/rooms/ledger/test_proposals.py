"""Deeds of two officers: proposed, approved by another, over after a time; alone where allowed."""

import hashlib
import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import translation

from leitai.base import events
from leitai.base.actor import Actor, AppointmentRef, system
from leitai.kernel.errors import DomainError
from leitai.ledger import deeds, services
from leitai.ledger.deeds import Deed
from leitai.ledger.enums import ProposalState
from leitai.ledger.events import Decided, Proposed
from leitai.ledger.models import LedgerEntry, Proposal

AT = datetime(2022, 6, 10, 1, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def officer(account, name, *, role="office", person=""):
    return Actor(account, name, person, (AppointmentRef(role, "51/", "s"),))


ONE, TWO = officer("1", "蒲清越", person="p1"), officer("2", "尤见山", person="p2")
CLERK = officer("3", "路人", role="unit_manager")


@pytest.fixture
def bell(monkeypatch):
    """A deed that rings a bell: `bell` holds what was rung, and how loud it would be."""
    rung = {"loud": 3, "by": []}

    def ring(*, actor, data, at, proposal):
        rung["by"].append((actor.name, data["tower"], at, proposal.reason))
        services.append(chain="s", actor=actor, act="bell.rung", subject="b", data={}, at=at)

    deed = Deed(
        code="bell.ring",
        title="敲钟",
        can_propose=lambda actor, chain, _: actor.has("office", season=chain),
        can_approve=lambda actor, chain, _: actor.has("office", "supervisor", season=chain),
        preview=lambda data: [f"{data['tower']}敲{rung['loud']}下"],
        carry_out=ring,
        hours=5,
    )
    monkeypatch.setitem(deeds._DEEDS, deed.code, deed)
    return rung


def propose(actor=ONE, level="province", at=AT, **more):
    given = {"subject": "bell:1", "data": {"tower": "鼓楼"}, "reason": "试钟", **more}
    return services.propose(actor=actor, deed="bell.ring", chain="s", level=level, at=at, **given)


def acts():
    """(act, its data without what every entry has) in the order of the chain."""
    rows = LedgerEntry.objects.filter(chain="s").order_by("seq")
    return [(row.act, json.loads(bytes(row.payload))["data"]) for row in rows]


def refused(code, doing):
    with pytest.raises(DomainError) as found:
        doing()
    assert found.value.code == code
    return found.value.data


@pytest.mark.django_db
def test_two_officers_carry_it_out(bell):
    held = propose()
    assert (held.state, held.expires_at, bell["by"]) == ("open", AT + 5 * HOUR, [])
    done = services.approve(actor=TWO, proposal=held, at=AT + HOUR)
    assert bell["by"] == [("尤见山", "鼓楼", AT + HOUR, "试钟")]
    assert (done.state, done.decided_by, done.decided_name) == ("done", "2", "尤见山")
    assert (done.preview, done.effect) == (["鼓楼敲3下"], ["鼓楼敲3下"])
    (first, asked), (second, _), (third, told) = acts()
    assert (first, second, third) == ("deed.proposed", "bell.rung", "deed.done")
    assert (asked["deed"], asked["reason"], asked["by"]) == ("bell.ring", "试钟", "蒲清越")
    assert (told["officers"], told["proposer"], told["by"]) == (2, "蒲清越", "尤见山")
    assert told["effect"] == asked["effect"]


@pytest.mark.django_db
@pytest.mark.parametrize("level", ["county", "township", "village"])
def test_one_officer_is_enough_at_county_level_and_the_record_says_so(bell, level):
    held = propose(level=level)
    assert (held.state, held.decided_by, len(bell["by"])) == ("alone", "1", 1)
    assert [act for act, _ in acts()] == ["bell.rung", "deed.done"]
    assert acts()[1][1]["officers"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("level", ["province", "prefecture"])
def test_two_are_needed_at_and_above_the_prefecture(bell, level):
    assert (propose(level=level).state, bell["by"]) == ("open", [])


@pytest.mark.django_db
def test_proposer_does_not_approve_nor_reject(bell):
    held = propose()
    refused("proposal_own", lambda: services.approve(actor=ONE, proposal=held, at=AT))
    refused("proposal_own", lambda: services.reject(actor=ONE, proposal=held, reason="x", at=AT))
    assert bell["by"] == []


@pytest.mark.django_db
def test_second_account_of_the_same_person_does_not_approve(bell):
    held = propose()
    same = officer("9", "另一账号", person="p1")
    data = refused(
        "proposal_same_person", lambda: services.approve(actor=same, proposal=held, at=AT)
    )
    assert data == {"name": "蒲清越"}


@pytest.mark.django_db
def test_accounts_without_a_person_are_told_apart_by_account(bell):
    held = propose(actor=officer("1", "甲"))
    assert services.approve(actor=officer("2", "乙"), proposal=held, at=AT).state == "done"


@pytest.mark.django_db
def test_who_lost_the_right_does_not_approve(bell):
    held = propose()
    lost = Actor("2", "尤见山", "p2")
    refused("forbidden", lambda: services.approve(actor=lost, proposal=held, at=AT))
    refused("forbidden", lambda: services.approve(actor=CLERK, proposal=held, at=AT))


@pytest.mark.django_db
def test_house_itself_is_no_officer(bell, monkeypatch):
    deed = deeds.get_deed("bell.ring")
    anybody = {"can_propose": lambda *_: True, "can_approve": lambda *_: True}
    fields = {name: getattr(deed, name) for name in ("code", "title", "preview", "carry_out")}
    monkeypatch.setitem(deeds._DEEDS, "bell.ring", Deed(**fields, **anybody))
    refused("forbidden", lambda: propose(actor=system("job")))
    held = propose()
    refused("forbidden", lambda: services.approve(actor=system("job"), proposal=held, at=AT))


@pytest.mark.django_db
def test_who_may_not_propose_does_not_and_needs_a_reason(bell):
    refused("forbidden", lambda: propose(actor=CLERK))
    refused("proposal_reason_empty", lambda: propose(reason="  "))
    assert refused("proposal_reason_long", lambda: propose(reason="字" * 301)) == {"limit": 300}
    assert Proposal.objects.count() == 0


@pytest.mark.django_db
def test_same_deed_on_the_same_subject_is_open_once(bell):
    held = propose()
    refused("proposal_twice", propose)
    assert propose(subject="bell:2").state == "open"
    services.withdraw(actor=ONE, proposal=held, at=AT)
    assert propose().state == "open"


@pytest.mark.django_db
def test_changed_effect_is_shown_before_it_is_approved(bell):
    held = propose()
    bell["loud"] = 9
    refused("proposal_changed", lambda: services.approve(actor=TWO, proposal=held, at=AT))
    old = deeds_digest(["鼓楼敲3下"])
    refused("proposal_changed", lambda: services.approve(actor=TWO, proposal=held, at=AT, seen=old))
    done = services.approve(actor=TWO, proposal=held, at=AT, seen=deeds_digest(["鼓楼敲9下"]))
    assert (done.preview, done.effect) == (["鼓楼敲3下"], ["鼓楼敲9下"])
    told = acts()[-1][1]
    assert told["effect"] == deeds_digest(["鼓楼敲9下"])


def deeds_digest(lines):
    """Worked out apart: SHA-256 of the lines as compact JSON."""
    text = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.django_db
def test_language_of_the_officers_does_not_change_the_effect(bell, monkeypatch):
    deed = deeds.get_deed("bell.ring")
    fields = {name: getattr(deed, name) for name in ("code", "title", "carry_out")}
    rights = {"can_propose": deed.can_propose, "can_approve": deed.can_approve}
    spoken = Deed(**fields, **rights, preview=lambda _: [translation.get_language()])
    monkeypatch.setitem(deeds._DEEDS, "bell.ring", spoken)
    with translation.override("en"):
        held = propose()
    assert services.approve(actor=TWO, proposal=held, at=AT).effect == ["zh-hans"]


@pytest.mark.django_db
def test_expires_to_the_second_and_is_renewed(bell):
    held = propose()
    end = AT + 5 * HOUR
    assert held.state_at(end - timedelta(seconds=1)) == ProposalState.OPEN
    assert services.expire_due(at=end - timedelta(seconds=1)) == 0
    refused("proposal_expired", lambda: services.approve(actor=TWO, proposal=held, at=end))
    held.refresh_from_db()
    assert (held.state, held.decided_at, bell["by"]) == ("expired", end, [])
    assert [act for act, _ in acts()] == ["deed.proposed", "deed.expired"]
    again = services.renew(actor=ONE, proposal=held, at=end + HOUR)
    assert (again.state, again.renews_id) == ("open", held.pk)
    assert again.expires_at == end + 6 * HOUR
    assert services.approve(actor=TWO, proposal=again, at=end + 2 * HOUR).state == "done"


@pytest.mark.django_db
def test_job_closes_what_is_over_once(bell):
    propose()
    propose(subject="bell:2", at=AT + HOUR)
    assert services.expire_due(at=AT + 5 * HOUR) == 1
    assert services.expire_due(at=AT + 5 * HOUR) == 0
    assert [act for act, _ in acts()].count("deed.expired") == 1
    assert LedgerEntry.objects.get(act="deed.expired").actor == "system:ledger"


@pytest.mark.django_db
def test_expired_one_does_not_stand_in_the_way_of_another(bell):
    propose()
    assert propose(at=AT + 6 * HOUR).state == "open"
    assert [act for act, _ in acts()] == ["deed.proposed", "deed.expired", "deed.proposed"]


@pytest.mark.django_db
def test_only_an_expired_one_is_renewed(bell):
    held = propose()
    refused("proposal_not_expired", lambda: services.renew(actor=ONE, proposal=held, at=AT))
    services.expire_due(at=AT + 5 * HOUR)
    refused("forbidden", lambda: services.renew(actor=CLERK, proposal=held, at=AT + 6 * HOUR))


@pytest.mark.django_db
def test_rejected_with_a_reason_and_closed(bell):
    held = propose()
    refused(
        "proposal_reason_empty",
        lambda: services.reject(actor=TWO, proposal=held, reason=" ", at=AT),
    )
    done = services.reject(actor=TWO, proposal=held, reason="理由不足", at=AT)
    assert (done.state, done.note, bell["by"]) == ("rejected", "理由不足", [])
    assert refused(
        "proposal_closed", lambda: services.approve(actor=TWO, proposal=held, at=AT)
    ) == {"state": "未批准"}
    assert acts()[-1][0] == "deed.rejected"


@pytest.mark.django_db
def test_withdrawn_by_the_proposer_only(bell):
    held = propose()
    refused("forbidden", lambda: services.withdraw(actor=TWO, proposal=held, at=AT))
    assert services.withdraw(actor=ONE, proposal=held, at=AT).state == "withdrawn"
    refused("proposal_closed", lambda: services.approve(actor=TWO, proposal=held, at=AT))


@pytest.mark.django_db
def test_deed_that_fails_leaves_the_proposal_open(bell, monkeypatch):
    held = propose()

    def fail(**_):
        raise DomainError("not_found")

    deed = deeds.get_deed("bell.ring")
    monkeypatch.setitem(
        deeds._DEEDS,
        "bell.ring",
        Deed(deed.code, deed.title, deed.can_propose, deed.can_approve, deed.preview, fail),
    )
    refused("not_found", lambda: services.approve(actor=TWO, proposal=held, at=AT))
    held.refresh_from_db()
    assert (held.state, [act for act, _ in acts()]) == ("open", ["deed.proposed"])


@pytest.mark.django_db
def test_rooms_above_hear_of_it(bell, monkeypatch):
    heard = []
    for event in (Proposed, Decided):
        monkeypatch.setitem(events._inside, event, [heard.append])
    held = propose()
    services.approve(actor=TWO, proposal=held, at=AT)
    assert heard == [
        Proposed(held.pk, "s", "bell.ring"),
        Decided(held.pk, "s", "bell.ring", "done"),
    ]


def test_unknown_deed_is_refused():
    refused("deed_unknown", lambda: deeds.get_deed("moon.land"))


def test_code_of_a_deed_has_one_home(bell):
    deed = deeds.get_deed("bell.ring")
    deeds.register(deed)
    other = Deed("bell.ring", "又", deed.can_propose, deed.can_approve, deed.preview, print)
    with pytest.raises(ValueError, match=r"bell\.ring"):
        deeds.register(other)


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_carry_it_out_once(bell):
    held = propose()
    start, outcomes = threading.Barrier(2), []

    def work(actor):
        start.wait(10)
        try:
            with transaction.atomic():
                outcomes.append(services.approve(actor=actor, proposal=held, at=AT).state)
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[officer(n, n)]) for n in ("4", "5")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["done", "proposal_closed"]
    assert len(bell["by"]) == 1
    assert services.verify_chain("s").count == 3
