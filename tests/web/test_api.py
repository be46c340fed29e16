"""The interface as strangers read it: what stands in it, what never does, pages, ETags, refusals."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.test import Client

from leitai.api import doors, services
from leitai.api.version_1 import api
from leitai.base.doors import Door
from leitai.people import services as people
from leitai.people.models import Person
from leitai.seasons.models import Season
from tests.rooms.people import numbers
from tests.web import routes
from tests.web.matrix import api as made
from tests.web.test_matrix import MATRIX, finished, serial  # noqa: F401  # fixtures
from tests.world import AWAY, DONE, HOME

SEASON = f"/api/1/seasons/{HOME}"
HEAT = f"{SEASON}/results/heat"
READ = [pattern for pattern in MATRIX if pattern.startswith("/api/1/")]


@pytest.fixture
def ask(db):
    """GET as a stranger, in whatever language."""

    def asked(address, *, status=200, **headers):
        response = Client().get(address, headers=headers)
        assert response.status_code == status, response.content
        return response

    return asked


@pytest.fixture
def read(ask):
    return lambda address, **more: ask(address, **more).json()


def test_the_seasons_are_those_that_were_opened(world, read):
    Season.objects.filter(code=AWAY).update(state="draft")
    found = read("/api/1/seasons")
    assert (found["page"], found["pages"]) == (1, 1)
    assert AWAY not in [one["code"] for one in found["items"]]
    home = next(one for one in found["items"] if one["code"] == HOME)
    assert home["short_title"] == "窗口练兵比武"
    assert home["host"] == {"code": "51", "name": "比武活动办公室"}
    assert home["rulebook"] == world.home.season.rulebook.hash


def test_a_season_that_is_prepared_is_unknown_also_to_its_office(world, sign_in, read):
    Season.objects.filter(code=HOME).update(state="draft")
    for client in (Client(), sign_in("office")):
        response = client.get(SEASON)
        assert response.status_code == 404
        assert response.json()["code"] == "season_unknown"
        assert response.json()["place"] == "season"


def test_a_season_has_its_stages_and_who_sees_them(world, read):
    found = read(SEASON)
    assert [(one["code"], one["method"], one["public"]) for one in found["stages"]] == [
        ("selection", "nomination", "none"),
        ("heat", "contest", "list"),
        ("final", "contest", "list"),
    ]
    assert [one["code"] for one in found["delegations"]] == ["5101", "5103", "5104", "51-province"]


def test_the_calendar_has_every_window(world, read):
    found = read(f"{SEASON}/calendar")["windows"]
    assert [one["name"] for one in found] == ["selection", "heat", "final"]
    assert all(one["dates"]["opens_at"].endswith(("Z", "+00:00", "+08:00")) for one in found)


def test_the_text_of_the_rules_is_the_one_that_results_name(world, read):
    listed = read(f"{SEASON}/rulebooks")["items"]
    assert [(one["number"], one["in_force"]) for one in listed] == [(1, True)]
    text = read(f"{SEASON}/rulebooks/1")
    assert text["text"] == world.home.season.rulebook.text
    assert text["hash"] == read(HEAT)["rulebook"]


def test_the_table_of_persons_is_worked_out_from_the_marks(world, read):
    found = read(f"{HEAT}/people")
    assert found["count"] == 11
    shown = [(one["rank"], one["code"], one["total"]) for one in found["items"][:4]]
    assert shown == [
        (1, "2022-5101-1", "95.00"),
        (2, "2022-51-province-1", "92.00"),
        (3, "2022-51-province-2", "91.00"),
        (4, "2022-5103-1", "90.00"),
    ]
    assert found["items"][0]["delegation"] == {"code": "5101", "name": "成都市"}
    assert found["digest"] == world.home.result.outcome_digest


def test_the_ranks_inside_a_delegation(world, read):
    found = read(f"{HEAT}/people?team=5103")
    assert [one["code"] for one in found["items"]] == [
        f"2022-5103-{number}" for number in (1, 2, 3)
    ]


def test_the_table_of_teams(world, read):
    found = read(f"{HEAT}/teams")["items"]
    assert [(one["code"], one["total"], one["guest"]) for one in found] == [
        ("5101", "185.00", False),
        ("51-province", "183.00", True),
        ("5103", "180.00", False),
        ("5104", "170.00", False),
    ]


def test_who_goes_on_is_said_with_the_way(world, read):
    found = read(f"{HEAT}/advancement")["items"]
    assert {(one["code"], one["way"]) for one in found} == {
        ("2022-5101-1", "team"),
        ("2022-5101-2", "team"),
        ("2022-5103-1", "team"),
        ("2022-5103-2", "team"),
        ("2022-51-province-1", "individual"),
        ("2022-51-province-2", "individual"),
    }


def test_what_the_rules_do_not_show_is_not_there_for_anybody(world, sign_in, read):
    assert [one["stage"] for one in read(f"{SEASON}/results")["items"]] == ["heat"]
    for client in (Client(), sign_in("office")):
        for part in ("", "/people", "/teams", "/advancement"):
            assert client.get(f"{SEASON}/results/selection{part}").status_code == 404


def test_awards_are_those_of_published_results(world, finished, read):  # noqa: F811
    assert read(f"{SEASON}/awards")["count"] == 0
    found = read(f"/api/1/seasons/{DONE}/awards")
    assert sorted((one["award"], one["entry"] or one["holder"]) for one in found["items"]) == [
        ("first", "自贡市"),
        ("scholar", "2022-5103-1"),
        ("second", "成都市"),
        ("star", "2022-51-province-1"),
        ("star", "2022-5101-1"),
        ("star", "2022-5103-2"),
        ("star", "2022-5104-1"),
    ]


def test_a_certificate_says_what_the_page_says(world, serial, read):  # noqa: F811
    found = read(f"/api/1/certificates/{serial}")
    assert (found["standing"], found["words"]) == ("valid", "有效")
    assert found["holder"] == "申时雨"
    assert read(f"/api/1/certificates/{serial.lower()}")["serial"] == serial
    forged = read(f"/api/1/certificates/{serial}?s=0000")
    assert (forged["standing"], forged["holder"]) == ("foreign", "")
    assert read(f"/api/1/certificates/{serial}?s=一等奖")["standing"] == "foreign"
    missing = read("/api/1/certificates/NONE-1", status=404)
    assert (missing["code"], missing["place"]) == ("api_certificate_unknown", "serial")


def test_a_notice_has_its_list_while_it_runs_only(world, read):
    number = made.published(world.home, world.now)
    shown = read(f"{SEASON}/notices/{number}")
    assert (shown["phase"], shown["public"], len(shown["rows"])) == ("running", True, 11)
    world.home.season.notices.filter(number=number).update(closes_at=world.now)
    over = read(f"{SEASON}/notices/{number}")
    assert (over["phase"], over["public"]) == ("over", False)
    assert (over["text"], over["columns"], over["rows"]) == ("", [], [])
    assert [one["number"] for one in read(f"{SEASON}/notices")["items"]] == [number]


def test_a_draw_is_the_record_that_the_page_gives(world, ask, read):
    number = made.drawn(world.home, world.now)
    assert read(f"{SEASON}/draws/{number}") == read(f"/s/{HOME}/draws/{number}/record.json")
    assert [one["number"] for one in read(f"{SEASON}/draws")["items"]] == [number]


def test_no_answer_has_a_number_of_anybody(world, serial, sign_in):  # noqa: F811
    person = Person.objects.get(code=f"{HOME}-5101-1")
    secrets = {"id_number": numbers.id_number(), "phone": numbers.phone(7)}
    people.set_personal(person, **secrets)
    token = services.make_token(
        actor=world.home.office, season=world.home.season, label="省平台", days=30, at=world.now
    )
    client = Client(headers={"Authorization": f"Bearer {token.secret}"})
    client.force_login(world.accounts["office"])
    given = routes.values(world, _route("/api/1/seasons/<slug:season>"), "own", serial)
    for pattern in READ:
        response = routes.ask(client, _route(pattern), "GET", given)
        assert response.status_code == 200, pattern
        assert not [one for one in secrets.values() if one in response.content.decode()], pattern


def _route(pattern):
    return next(one for one in routes.walk() if one.pattern == pattern)


def test_a_result_is_asked_after_with_its_etag(world, ask):
    first = ask(f"{HEAT}/people")
    etag = first.headers["ETag"]
    assert etag == f'"{hashlib.sha256(first.content).hexdigest()[:32]}"'
    again = ask(f"{HEAT}/people", status=304, **{"If-None-Match": etag})
    assert (again.content, again.headers["ETag"]) == (b"", etag)
    person = Person.objects.get(code=f"{HOME}-5101-2")
    person.name = "改名后"
    person.save()
    assert ask(f"{HEAT}/people", **{"If-None-Match": etag}).headers["ETag"] != etag


def test_a_page_beyond_the_last_is_refused(world, read):
    assert read(f"{HEAT}/people?page=2", status=404) == {
        "code": "api_page_unknown",
        "message": "没有第2页，一共1页。",
        "place": "page",
    }


@pytest.mark.parametrize("wrong", ["0", "-1", "x", "100001", "1.5", ""])
def test_a_wrong_value_names_its_parameter(world, read, wrong):
    said = read(f"/api/1/seasons?page={wrong}", status=422)
    assert (said["code"], said["place"]) == ("api_value", "page")


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/1/nothing", 404, "not_found"),
        ("/api/2/seasons", 404, "not_found"),
        ("/api/1/seasons/甲", 404, "not_found"),
        ("/api/1/seasons/none", 404, "season_unknown"),
        (f"/api/1/seasons/{HOME}%00", 404, "not_found"),
        (f"{HEAT}/people?track=none", 404, "track_unknown"),
        ("/api/1/me", 401, "api_sign_in"),
        (f"{SEASON}/upward", 401, "api_token_needed"),
    ],
)
def test_every_refusal_is_said_as_json(world, ask, address, status, code):
    response = ask(address, status=status)
    assert response.headers["Content-Type"] == "application/json"
    said = response.json()
    assert (sorted(said), said["code"]) == (["code", "message", "place"], code)
    assert said["message"]
    assert response.headers["Cache-Control"] == "no-store"


def test_writing_is_refused_with_the_method_that_is_allowed(world):
    response = Client().post("/api/1/seasons")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET")
    assert response.json()["code"] == "api_method"


def test_a_refusal_speaks_the_language_that_is_asked_for(world, ask):
    for language, wanted in (("zh-CN", "zh-hans"), ("en-GB", "en")):
        response = ask("/api/1/me", status=401, **{"Accept-Language": language})
        assert response.headers["Content-Language"] == wanted
        assert "Accept-Language" in response.headers["Vary"]


def test_whoever_asks_too_often_waits(world, ask, monkeypatch):
    monkeypatch.setattr(doors, "PEER", Door("api.test", 2, doors.PEER.window))
    ask("/api/1/seasons")
    ask("/api/1/nothing", status=404)
    response = ask("/api/1/seasons", status=429, **{"Accept-Language": "zh-CN"})
    assert response.headers["Retry-After"] == "60"
    assert response.json()["code"] == "too_many_tries"


def test_the_description_names_every_route(world, read):
    described = read("/api/1/openapi.json")
    assert described == json.loads(json.dumps(api.get_openapi_schema()))
    plain = {
        pattern.replace("slug:", "").replace("int:", "").replace("<", "{").replace(">", "}")
        for pattern in MATRIX
        if pattern.startswith("/api/1/")
    }
    assert described["paths"].keys() == plain - {"/api/1/", "/api/1/openapi.json"}
    for path in described["paths"].values():
        assert {"200", "404", "422", "429"} <= path["get"]["responses"].keys()


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/api/1/seasons", 4),
        (SEASON, 5),
        (f"{SEASON}/calendar", 5),
        (f"{SEASON}/results", 6),
        (f"{HEAT}/people", 10),
        (f"{HEAT}/teams", 12),
        (f"{HEAT}/advancement", 8),
        (f"/api/1/seasons/{DONE}/awards", 8),
    ],
)
def test_the_cost_does_not_grow_with_the_rows(
    world,
    finished,  # noqa: F811  # the fixture
    ask,
    django_assert_max_num_queries,
    address,
    most,
):
    with django_assert_max_num_queries(most):
        ask(address)
