"""What the office makes is what the stage plays: rules, seats, sealed questions, tickets, paddles."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from leitai.lane.live.main import Stage
from leitai.lane.settings import Settings
from leitai.live import services
from leitai.live.enums import Screen as Role
from leitai.live.models import Line, Match, Paddles
from leitai.live.selectors import cards, keys, shells
from leitai.seasons.models import Score
from tests.factories import live as quiz
from tests.factories.results import AT, OFFICE
from tests.lane.live.client import Screen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def settings_of_stage(own_database):
    return Settings(
        database_url=own_database, keys=Path(os.environ["LEITAI_KEYS"]), port=0, start_seconds=5
    )


def _made():
    season = quiz.open_season()
    match = quiz.ready(season, quiz.entries(season)[:3])
    for card in cards.cards_of(match):
        services.enter_seat(code=card.code, at=AT)
    return season, match


def _tickets(match):
    now = timezone.now()
    seats = {
        device.seat: shells.seat_shell(device, at=now).ticket
        for device in match.devices.select_related("match")
    }
    return shells.shell_for(match, Role.HOST, quiz.HOST, at=now).ticket, seats


async def _played(settings, told, script):
    stage = Stage(replace(settings))
    await stage.start()
    screens = []
    try:
        host = await Screen(stage.port, told[0]).enter()
        seats = {name: await Screen(stage.port, one).enter() for name, one in told[1].items()}
        screens = [host, *seats.values()]
        return await script(host, seats)
    finally:
        for screen in screens:
            screen.drop()
        await stage.stop()


def test_a_match_of_the_office_is_played_and_scored(settings_of_stage):
    season, match = _made()
    first = keys.open_question(match, keys.key_of(match), match.questions.get(name="buzzer-1"))

    async def script(host, seats):
        assert host.view["match"]["title"] == "第一场"
        assert [one["name"] for one in host.view["seats"]] == list(match.names.values())
        await host.move("open", value="buzzer")
        await host.move("question", value="buzzer-1")
        assert host.view["question"]["text"]["stem"] == first["stem"]
        assert "text" not in seats["2"].view["question"]
        await host.move("go")
        await seats["2"].until(lambda: seats["2"].view["me"]["may"])
        assert (await seats["2"].press())["state"] == "logged"
        await host.phase("answering")
        await host.move("verdict", "2", "right")
        await host.move("question", value="buzzer-2")
        await host.move("go")
        await seats["3"].until(lambda: seats["3"].view["me"]["may"])
        await seats["3"].press()
        await host.phase("answering")
        await host.move("verdict", "3", "wrong")
        return await host.move("close")

    assert asyncio.run(_played(settings_of_stage, _tickets(match), script))["t"] == "done"
    match.refresh_from_db()
    assert match.state == "closed"
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'live.score'")
        assert f'"match": {match.pk}' in str(cursor.fetchone()[0]).replace("'", '"')
    services.score_match(match=match.pk, at=AT)
    found = Score.objects.filter(event="quiz").order_by("entry__code")
    assert list(found.values_list("value", flat=True)) == [0, 10, -10]
    assert season.code == match.season


def test_a_card_on_another_device_puts_the_older_one_out(settings_of_stage):
    _season, match = _made()
    old = _tickets(match)
    code = cards.cards_of(match)[1].code

    async def script(_host, seats):
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, _enter, code)
        return await seats["2"].until(lambda: seats["2"].last("bye"))

    assert asyncio.run(_played(settings_of_stage, old, script))["code"] == "taken_over"


def test_what_two_recorders_agree_on_stands_in_the_log(settings_of_stage):
    _season, match = _made()
    services.choose_manual(actor=OFFICE, match=match, reason="设备故障", at=AT)
    told = _tickets(match)

    async def script(host, _seats):
        loop = asyncio.get_running_loop()
        await host.move("open", value="buzzer")
        await host.move("question", value="buzzer-1")
        await host.move("go")
        await loop.run_in_executor(None, _keyed, match.pk, host.view["question"]["q"])
        await host.phase("answering")
        async with asyncio.timeout(10):
            while not await loop.run_in_executor(None, _all_sent, match.pk):  # noqa: ASYNC110  # polls
                await asyncio.sleep(0.05)
        return host.view["question"]["turn"]

    assert asyncio.run(_played(settings_of_stage, told, script)) == ["3"]
    pressed = Line.objects.filter(match_id=match.pk, kind="press").order_by("seq")
    assert list(pressed.values_list("seat", flat=True)) == ["3", "1"]


def _enter(code):
    services.enter_seat(code=code, at=AT)
    connection.close()


def _keyed(match, q):
    held = Match.objects.get(pk=match)
    for actor in (quiz.HOST, quiz.TIMER):
        services.key_paddles(actor=actor, match=held, order=["3", "1"], after=q, at=AT)
    connection.close()


def _all_sent(match):
    """The stage marks them a moment after the line has been committed and shown."""
    sent = set(Paddles.objects.filter(match=match).values_list("sent", flat=True))
    connection.close()
    return sent == {True}


def test_a_band_that_widens_and_a_mode_that_is_chosen_stand_in_the_log(settings_of_stage):
    """Between two questions two seats go to one computer, and the office chooses by the test."""
    _season, match = _made()
    told = _tickets(match)

    async def script(host, seats):
        loop = asyncio.get_running_loop()
        seen = []
        await host.move("open", value="buzzer")
        for name, office in (("buzzer-1", _side_by_side), ("buzzer-2", _chosen)):
            await host.move("question", value=name)
            seen.append(tuple(host.view["match"][key] for key in ("chosen", "band", "mode")))
            await loop.run_in_executor(None, office, match.pk)
            await host.move("replace")
        await host.until(lambda: host.view["match"]["chosen"])
        await host.move("question", value="spare-1")
        seen.append(tuple(host.view["match"][key] for key in ("chosen", "band", "mode")))
        return seen

    assert asyncio.run(_played(settings_of_stage, told, script)) == [
        (False, 0, "arrival"), (False, 8000, "arrival"), (True, 8000, "compensated")
    ]  # fmt: skip
    notes = Line.objects.filter(match_id=match.pk, kind="note").order_by("seq")
    assert list(notes.values_list("value", flat=True)) == [
        "mode=arrival cap=0 band=0", "mode=arrival cap=0 band=8000",
        "mode=compensated cap=36000 band=8000",
    ]  # fmt: skip


def _side_by_side(match):
    one, two = cards.cards_of(Match.objects.get(pk=match))[:2]
    device = services.enter_together(code=one.code, beside=None, at=AT)
    services.enter_together(code=two.code, beside=device.match, at=AT)
    connection.close()


def _chosen(match):
    """36 ms is the largest p99; two seats at one computer keep the band of a keyboard."""
    held = Match.objects.get(pk=match)
    for device in held.devices.all():
        slow = {"count": 99, "least_us": 700, "doubt_us": 400, "p99_us": 35_100}
        device.measured = {**device.measured, **slow}
        device.save(update_fields=["measured"])
    services.choose_mode(actor=OFFICE, match=held, at=AT)
    connection.close()
