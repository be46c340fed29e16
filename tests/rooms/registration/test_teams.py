"""Teams: entered by the office or a unit, changed until the list is confirmed, read by the engine."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.people import services as roster
from leitai.people.events import PeopleMerging
from leitai.people.models import Person
from leitai.people.services import NewPerson
from leitai.registration import services
from leitai.registration.services import TeamLines
from leitai.rulebook.data import AdvanceRow, Reason
from leitai.seasons import selectors
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry
from leitai.seasons.services.merging import follow_merging
from tests.factories import people, teams
from tests.factories.teams import AT
from tests.factories.units import HOUSE
from tests.planting import copied, once

pytestmark = pytest.mark.django_db

CODE = "teams-2026"
OFFICE = people.actor("office", season=CODE, unit="51/", account="7")
MANAGER = people.actor("unit_manager", season=CODE, unit="51/5101/", account="92")
TEXT = f"""\
rulebook: 1
extends: team-quiz
id: {CODE}
add:
  host: {{unit: "51", name: 竞赛组委会}}
  delegations.also:
    - {{unit: "5101", name: 成都市}}
    - {{unit: "5103", name: 自贡市}}
  stages.finals:
    title: 决赛
    window: match
    events: [quiz]
    total: {{sum: [quiz]}}
    ranking: {{keys: [total, quiz.playoff], unbroken: share, assumption: ties}}
  stages.match.advance: [{{to: finals, as: team, take: everyone}}]
"""
NAMES = {
    "a": ("钟鼓楼", "5101"),
    "b": ("易水寒", "5101"),
    "c": ("闻一鸣", "5101"),
    "d": ("闻一鸣", "5101"),
    "e": ("申时雨", "5103"),
}


planted = once(lambda: teams.open_season(TEXT, NAMES, OFFICE))
season = copied


def save(
    season, name="芙蓉队", lines=("钟鼓楼", "b", "c"), *, actor=OFFICE, entry=None, unit="5101"
):
    team = TeamLines("match", "teams", unit, name, tuple(lines))
    return services.save_team(actor=actor, season=season, team=team, entry=entry, at=AT)


def refusal(*given, **named):
    with pytest.raises(DomainError) as caught:
        save(*given, **named)
    return caught.value.code


def test_a_team_is_one_entry_with_its_people_and_its_own_name(season):
    entry = save(season)
    assert (entry.code, entry.name, entry.person.code) == ("2026-5101-001", "芙蓉队", "a")
    assert list(entry.members.values_list("number", "person__code")) == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
    ]
    seasons.confirm_entries(actor=OFFICE, season=season, stage="match", at=AT)
    (given,) = selectors.decision_inputs(season, "match").entries
    assert (given.kind, given.name, given.person) == ("team", "芙蓉队", "a")
    assert given.members == ("a", "b", "c")
    last = LedgerEntry.objects.filter(chain=CODE, act="team.entered").get()
    assert json.loads(bytes(last.payload))["data"]["people"] == ["a", "b", "c"]


def test_what_the_rules_do_not_allow_is_refused_by_name(season):
    assert refusal(season, lines=("a", "b")) == "team_size"
    assert refusal(season, name=" ") == "team_name"
    assert refusal(season, actor=MANAGER, unit="5103", lines=("e",)) == "forbidden"
    with pytest.raises(Problems) as caught:
        save(season, lines=("a", "闻一鸣", "e"))  # two of that name, and one of another unit
    assert {one.code for one in caught.value.problems} == {
        "registration_namesakes", "registration_unknown",
    }  # fmt: skip
    save(season, actor=MANAGER)
    assert refusal(season, lines=("d", "b", "c")) == "team_name_taken"
    assert refusal(season, name="二队", lines=("d", "b", "c")) == "problems"  # they play already
    roster.create_people(
        actor=HOUSE, people=[NewPerson(code, code, "5101") for code in "xyz"], at=AT
    )
    assert refusal(season, name="二队", lines=("x", "y", "z")) == "team_places"


def test_until_the_list_is_confirmed_a_team_may_change(season):
    entry = save(season)
    changed = save(season, "锦官队", ("d", "a", "b"), entry=entry)
    assert (changed.pk, changed.name, changed.person.code) == (entry.pk, "锦官队", "d")
    assert [one.person.code for one in changed.members.all()] == ["d", "a", "b"]
    seasons.confirm_entries(actor=OFFICE, season=season, stage="match", at=AT)
    assert refusal(season, "又一队", entry=entry) == "nomination_confirmed"


def test_a_team_withdraws_and_comes_back_with_its_number_but_is_replaced_by_nobody(season):
    entry = save(season)
    person = Person.objects.get(code="d")
    with pytest.raises(DomainError, match="team_replace"):
        seasons.replace_entry(
            actor=OFFICE, season=season, stage="match", entry=entry, person=person,
            reason="有事", at=AT,
        )  # fmt: skip
    seasons.withdraw_entry(
        actor=OFFICE, season=season, stage="match", entry=entry, reason="有事", at=AT
    )
    back = save(season, lines=("a", "c", "d"))
    assert (back.pk, back.state) == (entry.pk, "nominated")
    assert [one.person.code for one in back.members.all()] == ["a", "c", "d"]


def test_a_team_goes_on_with_its_name_and_people(season):
    entry = save(season)
    seasons.confirm_entries(actor=OFFICE, season=season, stage="match", at=AT)
    row = AdvanceRow(
        "match", "finals", "teams", entry.code, "5101", "team", Reason("advance_all", {})
    )
    seasons.enter_advanced(actor=OFFICE, season=season, to_stage="finals", rows=[row], at=AT)
    on = Entry.objects.get(stage__code="finals")
    assert (on.name, [one.person.code for one in on.members.all()]) == ("芙蓉队", ["a", "b", "c"])


def test_two_records_of_one_person_leave_one_place_in_the_team(season):
    save(season)
    c, d, b = (Person.objects.get(code=code) for code in "cdb")
    follow_merging(PeopleMerging(c.pk, d.pk, OFFICE, AT))
    entry = Entry.objects.get(stage__code="match")
    assert [one.person.code for one in entry.members.all()] == ["a", "b", "d"]
    with pytest.raises(DomainError, match="merge_entries_clash"):
        follow_merging(PeopleMerging(b.pk, d.pk, OFFICE, AT))


def test_the_pages_of_office_and_unit(season, client):
    people.account("bangongshi", "office", season=CODE)
    client.login(username="bangongshi", password=people.PASSWORD)
    page = reverse("registration:teams", args=[CODE])
    given = {"place": "match|teams", "delegation": "5101", "name": "芙蓉队", "lines": "a\nb"}
    refused = client.post(page, given)
    assert refused.status_code == 422
    assert "每队应有3至3人" in refused.content.decode()
    assert client.post(page, given | {"lines": "a\nb\nc"}).status_code == 302
    entry = Entry.objects.get()
    told = client.get(page).content.decode()
    assert "芙蓉队" in told
    assert "1支队伍待确认" in told
    own = reverse("registration:team", args=[CODE, entry.pk])
    assert 'value="芙蓉队"' in client.get(own).content.decode()
    assert client.post(own, given | {"name": "锦官队", "lines": "a\nb\nd"}).status_code == 302
    assert (
        client.post(reverse("registration:confirm-teams", args=[CODE, "match"])).status_code == 302
    )
    entry.refresh_from_db()
    assert (entry.name, entry.state) == ("锦官队", "confirmed")
    assert "退赛" in client.get(page).content.decode()
