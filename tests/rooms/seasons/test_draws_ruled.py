"""The draws that the rules ask for: on the office's page, each with its form filled in."""

import pytest
from django.test import Client

from leitai.seasons import selectors, services
from tests.factories import live as quiz
from tests.factories import people
from tests.factories.results import AT, CODE, OFFICE

pytestmark = pytest.mark.django_db
DESK = f"/office/{CODE}/draws/"
DRAWS = """\
draws:
  tables:
    title: 抢答台号
    of: order
    stage: heat
    absent: forfeit
    source: 台号由抽签决定，未到场的视为弃权
  guests:
    title: 抽选见证人
    of: number
    pool: given
    method: seed
stages:
"""


@pytest.fixture
def season(monkeypatch):
    monkeypatch.setattr(quiz, "TEXT", quiz.TEXT.replace("\nstages:\n", f"\n{DRAWS}", 1))
    return quiz.open_season()


@pytest.fixture
def office(season):
    client = Client()
    client.force_login(people.account("office", "office", season=CODE))
    return client


def test_the_rules_name_purpose_list_and_rule_for_the_absent(season, office):
    there = office.get(DESK).content.decode()
    assert "台号由抽签决定，未到场的视为弃权" in there
    assert there.count("?rule=tables") == 2
    codes = quiz.entries(season)
    shown = office.get(f"{DESK}hand/?rule=tables").context["form"].initial
    assert [line.split()[0] for line in shown["roster"].splitlines()] == codes
    assert (shown["purpose"], shown["absent_rule"]) == ("抢答台号", "forfeit")
    one, other = selectors.ruled_draws(season)
    assert (one.count, one.by_seed, other.count, other.by_seed) == (len(codes), False, 0, True)
    assert office.get(f"{DESK}new/?rule=nothing").status_code == 200


def test_what_is_drawn_already_is_led_to(season, office):
    services.open_hand_draw(
        actor=OFFICE, season=season, purpose="抢答台号", roster=[("A1", "甲"), ("B2", "乙")],
        absent_rule="forfeit", at=AT,
    )  # fmt: skip
    page = office.get(DESK).content.decode()
    assert "?rule=tables" not in page
    assert page.count(f"{DESK}1/") == 2


def test_who_only_watches_is_offered_no_form(season):
    watching = Client()
    watching.force_login(people.account("seen", "supervisor", season=CODE))
    assert "?rule=" not in watching.get(DESK).content.decode()
