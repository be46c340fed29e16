"""A supervisor's first page: what the record says of openings, hands in the course, complaints."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from leitai.base.actor import NOBODY
from leitai.kernel.errors import DomainError
from leitai.ledger import acts
from leitai.messages import services as messages
from leitai.messages.enums import Category
from leitai.seasons import services as seasons
from leitai.sittings import services as sittings
from leitai.web import supervision
from tests.factories import people
from tests.world import AWAY, HOME

SUPERVISOR = people.actor("supervisor", season=HOME)


def counted(page):
    return {one.act: one.count for one in page.interventions}


def complain(world, number, *, ago):
    return messages.file_complaint(
        actor=NOBODY,
        category=Category.EXAM,
        text="考场里没有时钟，请核实后改进。",
        season=HOME,
        nonce=UUID(int=number),
        at=world.now - timedelta(days=ago),
    )


def test_hands_in_the_course_are_counted_apart_from_the_rest(world):
    before = supervision.page_for(SUPERVISOR, HOME, at=world.now)
    for minutes in (5, 7):
        sittings.extend(
            actor=world.home.officer,
            exam=world.home.ahead,
            seconds=minutes * 60,
            reason="停电",
            at=world.now,
        )
    opens = world.now + timedelta(days=1)
    seasons.set_window(
        actor=world.home.office,
        season=world.home.season,
        name="final",
        opens_at=opens,
        closes_at=opens + timedelta(hours=2),
        reason="补充通知",
        at=world.now,
    )
    after = supervision.page_for(SUPERVISOR, HOME, at=world.now)
    assert counted(after) == counted(before) | {"exam.extension": 2, "calendar.deviated": 1}
    assert after.hands == before.hands + 3
    assert after.verdict.ok


def test_every_act_that_is_counted_as_a_hand_is_one_that_some_room_does():
    unnamed = [act for act in supervision.INTERVENTIONS if acts.title_of(act) == act]
    assert unnamed == []


def test_complaints_are_counted_and_not_shown(world):
    complain(world, 1, ago=0)
    complain(world, 2, ago=60)
    page = supervision.page_for(SUPERVISOR, HOME, at=world.now)
    assert (page.complaints.open, page.complaints.late, page.complaints.done) == (2, 1, 0)
    client = Client()
    client.force_login(world.accounts["supervisor"])
    shown = client.get(f"/supervision/{HOME}/").content.decode()
    assert "待办2件，其中逾期1件；已办0件" in shown
    assert "时钟" not in shown
    assert "受理投诉建议" in shown  # overdue, and whose


def test_the_page_is_for_those_who_may_read_the_record(world):
    for role in ("unit_manager", "exam_officer", "item_writer"):
        with pytest.raises(DomainError, match="forbidden"):
            supervision.page_for(people.actor(role, season=HOME), HOME, at=world.now)
    with pytest.raises(DomainError, match="forbidden"):
        supervision.page_for(SUPERVISOR, AWAY, at=world.now)


def test_a_personal_calendar_shows_windows_and_exams_without_codes(world):
    client = Client()
    client.force_login(world.accounts["contestant"])
    shown = client.post("/me/calendar/").content.decode()
    address = shown.split("<code>")[1].split("</code>")[0].removeprefix("http://testserver")
    assert address not in client.get("/me/calendar/").content.decode()
    file = Client().get(address)
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = file.content.decode().replace("\r\n ", "")
    assert f"UID:exam.{world.home.ahead.code}@" in text
    assert f"UID:{HOME}.final@" in text
    assert f"UID:{AWAY}.final@" not in text
    assert client.post("/me/calendar/", {"act": "drop"}).status_code == 302
    assert Client().get(address).status_code == 404
