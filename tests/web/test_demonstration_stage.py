"""The final's day in the demonstration: judges, a played match with its protocol, one to play."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from leitai.bank import services as bank
from leitai.judging.models import JudgedEvent, Sheet
from leitai.live.models import Line, Match
from leitai.people.models import Account
from leitai.seasons.models import Score
from leitai.web.demonstration import judged, northern, quizzed, semifinal
from leitai.web.demonstration.staging import HOUSE

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime.now(UTC)  # the pages ask whose role holds now
SEASON = semifinal.SEASON
PASSWORD = "not-a-secret-8"


@pytest.fixture
def crew(own_database, tmp_path, monkeypatch):
    monkeypatch.setenv("LEITAI_HOME", str(tmp_path))
    monkeypatch.setenv("LEITAI_DATABASE_URL", own_database)
    officers = northern.plant(PASSWORD, AT)
    semifinal.stage_semifinal(officers, AT)
    file = bank.data_path("bank-rsfw.csv")
    bank.import_items(
        actor=HOUSE, bank_code=quizzed.BANK, title="题库", source=file, name=file.name, at=AT
    )
    made = judged.appoint_crew(officers, PASSWORD, AT)
    for _twice in range(2):
        judged.stage_judging(made, AT)
        quizzed.stage_quizzes(made, AT)
    return made


def test_a_newcomer_finds_the_finals_day_in_every_state(crew):
    told, running = JudgedEvent.objects.order_by("pk")
    # Seven contestants before five judges; of the six others one is marked, one by two of five.
    assert (told.state, running.state) == ("announced", "running")
    assert Sheet.objects.filter(slot__event=told).count() == 7 * 5
    assert Sheet.objects.filter(slot__event=running).count() == 5 + 2
    states = list(running.slots.order_by("order").values_list("state", flat=True))
    assert states == ["released", "on-stage", "isolated", "waiting", "late", "waiting"]
    assert {told.tallied_by, told.checked_by} == {crew.clerk.account, crew.stage.account}

    played, ahead = Match.objects.order_by("pk")
    assert (played.state, played.mode, ahead.state) == ("closed", "arrival", "ready")
    lines = Line.objects.filter(match_id=played.pk)
    asked = lines.filter(kind="question").count()
    right = lines.filter(kind="verdict", value="right").count()
    assert asked == 15
    assert lines.filter(kind="press").count() >= right > 7
    assert played.scored_seq == lines.count()
    # A right answer is worth a point, and nothing is taken for a wrong one.
    scores = Score.objects.filter(event="buzzer", entry__stage__season__code=SEASON)
    assert (scores.count(), sum(scores.values_list("value", flat=True))) == (7, right)
    assert ahead.devices.count() == len(ahead.seats) == 6
    assert ahead.questions.count() == 18

    desk, live = f"/office/{SEASON}/judging/{running.pk}/", f"/office/{SEASON}/live/"
    sheet = running.slots.get(order=2).pk
    for who, path in (
        ("judge", f"/judging/{running.pk}/"),
        ("judge", f"/judging/{running.pk}/{sheet}/"),
        ("host", f"/live/{SEASON}/{ahead.code}/host/"),
        ("host", f"/live/{SEASON}/{ahead.code}/hall/"),
        ("tally", f"/office/{SEASON}/judging/{told.pk}/tally/"),
        ("tally", f"{desk}paper/"),
        ("stage", f"{desk}stage/"),
        ("stage", f"{desk}clock/"),
        ("northoffice", f"{desk}panel/"),
        ("northoffice", f"{live}{played.code}/protocol.pdf"),
        ("northoffice", f"{live}{ahead.code}/cards/"),
        ("", f"/s/{SEASON}/judged/{told.pk}/"),
        ("", f"/live/{SEASON}/{played.code}/watch/"),
    ):
        client = Client()
        if who:
            client.force_login(Account.objects.get(username=who))
        assert client.get(path).status_code == 200, (who, path)
    page = Client()
    page.force_login(Account.objects.get(username="host"))
    hall = page.get(f"/live/{SEASON}/{ahead.code}/hall/").content.decode()
    assert "海拉尔东路街道" in hall  # the lower third says where somebody comes from
