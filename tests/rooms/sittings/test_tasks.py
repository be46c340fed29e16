from datetime import timedelta

from django.utils import timezone

from leitai.base import events
from leitai.base.jobs import app
from leitai.sittings import tasks
from leitai.sittings.events import SittingsEnded
from tests.factories import sittings as hall


def test_the_lanes_job_announces_who_has_ended(db, monkeypatch):
    told = []
    monkeypatch.setitem(events._inside, SittingsEnded, [lambda event: told.append(event.sittings)])
    tasks.fold(sittings=[3, 1])
    assert told == [(3, 1)]


def test_the_lane_finds_its_job_by_name():
    assert app.tasks["sittings.fold"].name == "sittings.fold"


def test_the_minutes_round_closes_what_no_lane_has_closed(world, monkeypatch):
    told = []
    monkeypatch.setitem(events._inside, SittingsEnded, [lambda event: told.append(event.sittings)])
    exam = hall.start(world.home.ahead, timezone.now() - timedelta(minutes=5), minutes=90)
    tasks.close_overdue(0)
    assert set(exam.sittings.values_list("state", flat=True)) == {"absent"}
    assert len(told) == 1
