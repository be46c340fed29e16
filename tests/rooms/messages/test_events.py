"""What happens below and above becomes a message to whom it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leitai.base import events
from leitai.ledger import deeds
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.messages.models import Message
from leitai.people import selectors as people
from leitai.people.events import PasswordReset
from leitai.results import services as results
from leitai.sittings import services as sittings
from tests.world import HOME


@pytest.fixture
def bell(monkeypatch):
    deed = Deed(
        code="bell.ring",
        title="敲钟",
        can_propose=lambda actor, chain, _: actor.has("office", season=chain),
        can_approve=lambda actor, chain, _: actor.has("office", "supervisor", season=chain),
        preview=lambda _: ["敲三下"],
        carry_out=lambda **_: None,
    )
    monkeypatch.setitem(deeds._DEEDS, deed.code, deed)


def actor_of(world, role):
    return people.actor_of(world.accounts[role], at=world.now)


def told(message: Message) -> set[str]:
    return set(message.deliveries.values_list("account__username", flat=True))


def propose(world, level="province"):
    return ledger.propose(
        actor=actor_of(world, "office"),
        deed="bell.ring",
        chain=HOME,
        subject="bell:1",
        data={},
        reason="试钟。",
        level=level,
        at=world.now,
    )


def test_who_may_approve_is_told_and_the_proposer_is_not(world, bell):
    proposal = propose(world)
    message = Message.objects.get(key=f"proposed:{proposal.pk}")
    assert told(message) == {"supervisor"}
    assert message.title == "待您批准：敲钟"
    assert "蒲清越提出办理，理由：试钟。请核对" in message.body
    assert (message.link, message.deadline) == (f"/acts/{proposal.pk}/", proposal.expires_at)


def test_where_one_officer_is_enough_nobody_is_asked(world, bell):
    proposal = propose(world, level="county")
    assert not Message.objects.filter(key=f"proposed:{proposal.pk}").exists()


def test_the_proposer_hears_what_became_of_it(world, bell):
    proposal = propose(world)
    ledger.reject(
        actor=actor_of(world, "supervisor"), proposal=proposal, reason="时间不对。", at=world.now
    )
    message = Message.objects.get(key=f"decided:{proposal.pk}:rejected")
    assert told(message) == {"office"}
    assert (message.title, message.body) == ("敲钟：未批准", "时间不对。")


def test_a_password_reset_is_told_to_its_owner(world):
    contestant, manager = world.accounts["contestant"], world.accounts["unit_manager"]
    events.publish(PasswordReset(contestant.pk, str(manager.pk)))
    message = Message.objects.get(kind="account")
    assert told(message) == {"contestant"}
    assert "贺知秋" in message.body


def test_a_published_stage_is_told_once_to_who_competed(world):
    result = world.home.result
    given = {"season": HOME, "stage": "heat", "version": result.version, "at": world.now}
    message = results.tell_published(**given)
    assert results.tell_published(**given) == message
    assert told(message) == {"contestant"}
    assert message.title == "晋级赛成绩已公布"
    assert message.link == f"/s/{HOME}/results/heat/"


def test_a_version_that_is_not_public_is_not_told(world):
    given = {"season": HOME, "stage": "heat", "at": world.now}
    assert results.tell_published(**given, version=99) is None


def test_publishing_puts_off_a_job(world):
    from procrastinate.contrib.django.models import ProcrastinateJob

    jobs = ProcrastinateJob.objects.filter(task_name="results.tell_published")
    wanted = {"season": HOME, "stage": "heat", "version": world.home.result.version}
    assert wanted in [job.args for job in jobs]


def test_whoever_is_seated_hears_when_and_where_and_no_code(world):
    exam = world.home.ahead
    seats = list(exam.sittings.values_list("pk", flat=True))
    given = {"exam": exam.code, "sittings": seats, "at": world.now}
    assert sittings.tell_seated(**given) == sittings.tell_seated(**given)
    message = Message.objects.get(kind="exam", deliveries__account=world.accounts["contestant"])
    site = world.home.sitting(exam).site
    assert f"赛点：{site.name}。" in message.body
    assert message.deadline == exam.opens_at
    sitting = world.home.sitting(exam)
    for secret in (sitting.number, sittings.admission_code_of(sitting)):
        assert secret not in message.title + message.body + message.link


def test_an_exam_that_has_begun_is_announced_to_nobody(world):
    exam = world.home.ahead
    seats = list(exam.sittings.values_list("pk", flat=True))
    late = exam.opens_at + timedelta(minutes=1)
    assert sittings.tell_seated(exam=exam.code, sittings=seats, at=late) == 0
