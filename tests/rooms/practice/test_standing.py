"""How a learner stands, whether the last fold is known or all acts have to be read."""

import pytest
from django.utils import translation

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people import services as people_services
from leitai.practice.models import Account, Learner
from leitai.practice.selectors.learners import get_learner, get_learner_for, list_learners_for
from leitai.practice.selectors.standing import standing_of
from leitai.practice.services.folding import fold_journal
from leitai.practice.services.rebuilding import recredit
from leitai.seasons import services as season_services
from leitai.seasons.models import Fact
from tests.factories import people, seasons
from tests.factories import practice as make
from tests.factories.practice import Taken, at
from tests.factories.units import HOUSE

pytestmark = pytest.mark.django_db
NOW = at("2022-04-10 20:00")


@pytest.fixture
def versions():
    seasons.draft()
    return make.questions(10)


@pytest.fixture
def one(versions):
    (person,) = people.people("5101", 1)
    learner = make.learner(person)
    make.take(versions, [
        *(Taken(learner.pk, "daily", at(f"2022-04-{day:02} 08:00"), "11110") for day in (4, 6, 10)),
        Taken(learner.pk, "weekly", at("2022-04-10 09:00"), "1111111100"),
    ])  # fmt: skip
    fold_journal(at=NOW)
    learner.refresh_from_db()
    return learner


@pytest.mark.parametrize("kept", [True, False])
def test_points_of_the_year_what_today_allows_and_what_is_missing(one, kept):
    if not kept:
        Account.objects.all().delete()
    standing = standing_of(one, at=NOW)
    rows = [(row.title, row.balance, [(room.used, room.left) for room in row.rooms])
            for row in standing.ledgers]  # fmt: skip
    # Twelve right answers, four of them today of at most ten; 16 of the weekly 20 of today.
    assert rows == [
        ("日日学", "12", [(4, 6)]),
        ("周周练", "16", [(16, 4)]),
        ("月月比", "0", []),
    ]
    assert [one.words for one in standing.ahead] == [
        "再学12天即可获得“日日学之星”",
        "再得84分即可获得“周周练达人”",
        "再得60分即可获得“月月比能手”",
    ]
    assert [(row.act, row.left) for row in standing.tries] == [("monthly", 1)]
    assert standing.titles == ()
    with translation.override("en"):
        assert standing_of(one, at=NOW).ahead[0].words == (
            "日日学之星: 12 more days of 日日学 to go"
        )


def test_a_title_is_shown_while_it_holds(versions, one):
    days = [day for day in range(11, 31) if day != 20][:12]
    make.take(versions, [
        Taken(one.pk, "daily", at(f"2022-04-{day:02} 08:00"), "10000") for day in days
    ])  # fmt: skip
    fold_journal(at=NOW)
    (held,) = standing_of(one, at=at("2022-12-31 12:00")).titles
    # 4, 6, 10, 11 … 19, 21 … 23 April: the fifteenth day.
    assert (held.name, held.period, held.reached_on.isoformat()) == (
        "日日学之星", "2022-04", "2022-04-23",
    )  # fmt: skip
    assert standing_of(one, at=at("2023-01-01 12:00")).titles == ()


def test_who_sees_a_learner(one):
    own = Actor(account=one.account, name="")
    near = people.actor("unit_manager", season=seasons.CODE, unit="51/5101/")
    far = people.actor("unit_manager", season=seasons.CODE, unit="51/5103/")
    assert get_learner_for(own, seasons.CODE) == one
    for actor in (own, near, seasons.OFFICE):
        assert get_learner(actor, one.pk) == one
    with pytest.raises(DomainError):
        get_learner(far, one.pk)
    assert list(list_learners_for(near, seasons.CODE)) == [one]
    assert list(list_learners_for(far, seasons.CODE)) == []


def test_two_records_of_one_person_keep_what_was_practised(one):
    (kept,) = people.people("5101", 1, prefix="q")
    people_services.merge_people(actor=HOUSE, kept=kept, gone=one.person, at=NOW)
    one.refresh_from_db()
    assert one.person == kept
    assert Fact.objects.filter(person=kept, key="周周练").exists()


def test_two_who_practise_in_one_season_are_not_merged(one):
    (kept,) = people.people("5101", 1, prefix="q")
    make.learner(kept)
    with pytest.raises(DomainError) as caught:
        people_services.merge_people(actor=HOUSE, kept=kept, gone=one.person, at=NOW)
    assert caught.value.code == "merge_learners_clash"


def test_other_dates_are_credited_anew(one):
    # Practice now opens on 6 April: the set of the 4th no longer counts.
    season_services.set_window(
        actor=seasons.OFFICE, season=seasons.selectors.get_season(seasons.CODE), name="practice",
        opens_at=at("2022-04-06 00:00"), closes_at=at("2022-12-31 18:00"), at=NOW,
    )  # fmt: skip
    recredit(season=seasons.CODE, at=NOW, why="练兵期调整")
    assert Learner.objects.get(pk=one.pk).totals["daily"] == {"2022": "8"}
    assert standing_of(one, at=NOW).ahead[0].words == "再学13天即可获得“日日学之星”"
