"""What asks for a session or a token: the tree, duties; tokens made, used, revoked; entries."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
from django.test import Client

from leitai.api import doors, services
from leitai.api.models import Token
from leitai.base.doors import Door
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.people.models import Person
from leitai.sittings.models import Exam
from tests.web.matrix import api as made
from tests.world import AWAY, HOME

SEASON = f"/api/1/seasons/{HOME}"
ENTRIES = f"{SEASON}/stages/heat/entries"
DESK = f"/office/{HOME}/api/"
SHOWN = re.compile(r"<code>(leitai_[\w-]{43})</code>")


@pytest.fixture
def issue(world):
    def issued(*, held=None, days=30, at=None):
        held = held or world.home
        return services.make_token(
            actor=held.office, season=held.season, label="省平台", days=days, at=at or world.now
        )

    return issued


def ask(address, secret, *, status=200):
    response = Client().get(address, headers={"Authorization": f"Bearer {secret}"})
    assert response.status_code == status, response.content
    return response.json()


def test_the_office_makes_a_token_and_sees_it_once(world, sign_in):
    office = sign_in("office")
    page = office.post(DESK, {"label": "省平台读取报送名单", "days": "30"}).content.decode()
    (secret,) = SHOWN.findall(page)
    later = office.get(DESK).content.decode()
    assert secret not in later
    assert secret[:11] in later
    assert "省平台读取报送名单" in later
    (token,) = Token.objects.all()
    assert bytes(token.digest) == hashlib.sha256(secret.encode()).digest()
    assert token.expires_at - token.made_at == timedelta(days=30)
    entry = LedgerEntry.objects.filter(chain=HOME).latest("seq")
    assert entry.act == "api.token_made"
    assert secret.encode() not in bytes(entry.payload)
    assert ask(ENTRIES, secret)["count"] == 11


def test_a_form_that_is_refused_keeps_what_was_typed(world, sign_in):
    response = sign_in("office").post(DESK, {"label": "省平台", "days": "4000"})
    assert response.status_code == 422
    assert 'value="省平台"' in response.content.decode()
    assert not Token.objects.exists()


def test_supervisors_look_on(world, sign_in, issue):
    made_one = issue()
    page = sign_in("supervisor").get(DESK).content.decode()
    assert made_one.secret[:11] in page
    assert "签发令牌</button>" not in page
    assert "revoke" not in page


def test_a_revoked_token_opens_nothing(world, sign_in, issue):
    one = issue()
    response = sign_in("office").post(f"{DESK}{one.token.pk}/revoke/")
    assert response.status_code == 302
    said = ask(ENTRIES, one.secret, status=401)
    assert said["code"] == "api_token_needed"
    assert LedgerEntry.objects.filter(chain=HOME).latest("seq").act == "api.token_revoked"
    with pytest.raises(DomainError, match="api_token_gone"):
        services.revoke_token(actor=world.home.office, token=one.token, at=world.now)


def test_a_token_ends_with_its_day(world, issue):
    one = issue(days=1, at=world.now - timedelta(days=1))
    assert ask(ENTRIES, one.secret, status=401)["code"] == "api_token_needed"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer leitai_none", "Bearer é"]
)
def test_what_is_no_token_is_refused(world, header):
    response = Client().get(ENTRIES, headers={"Authorization": header} if header else {})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_reads_its_own_season_only(world, issue):
    one = issue()
    for part in ("stages/heat/entries", "upward", "upward/1"):
        said = ask(f"/api/1/seasons/{AWAY}/{part}", one.secret, status=403)
        assert said["code"] == "api_token_season"
        assert HOME in said["message"]


def test_a_token_is_no_session(world, issue):
    one = issue()
    assert ask("/api/1/me", one.secret, status=401)["code"] == "api_sign_in"
    assert ask("/api/1/units", one.secret, status=401)["code"] == "api_sign_in"


def test_only_the_office_of_the_season_makes_them(world):
    for actor in (world.away.office, world.home.officer):
        with pytest.raises(DomainError, match="forbidden"):
            services.make_token(
                actor=actor, season=world.home.season, label="省平台", days=30, at=world.now
            )


@pytest.mark.parametrize(("days", "label"), [(0, "省平台"), (367, "省平台"), (30, "  ")])
def test_a_token_has_a_purpose_and_an_end(world, days, label):
    with pytest.raises(DomainError, match="api_token"):
        services.make_token(
            actor=world.home.office, season=world.home.season, label=label, days=days, at=world.now
        )


def test_entries_are_handed_over_without_numbers(world, issue, django_assert_max_num_queries):
    one = issue()
    with django_assert_max_num_queries(10):
        found = ask(ENTRIES, one.secret)
    first = found["items"][0]
    assert first | {"entered_at": ""} == {
        "code": "2022-5101-1",
        "track": "individual",
        "name": "申时雨",
        "unit": {"code": "5101", "name": Person.objects.get(code=f"{HOME}-5101-1").unit.name},
        "delegation": {"code": "5101", "name": "成都市"},
        "kind": "individual",
        "state": first["state"],
        "entered_at": "",
    }
    assert first["state"] in {"nominated", "confirmed", "done", "void"}
    assert ask(f"{SEASON}/stages/none/entries", one.secret, status=404)["place"] == "stage"


def test_the_upward_list_is_given_once_it_is_frozen(world, issue):
    one = issue()
    draft = made.upward(world.home, world.now, freeze=False)
    assert ask(f"{SEASON}/upward", one.secret)["count"] == 0
    assert ask(f"{SEASON}/upward/{draft.number}", one.secret, status=404)["code"] == "not_found"
    frozen = made.upward(world.home, world.now)
    (listed,) = ask(f"{SEASON}/upward", one.secret)["items"]
    assert (listed["number"], listed["count"], listed["state"]) == (frozen.number, 2, "frozen")
    whole = ask(f"{SEASON}/upward/{frozen.number}", one.secret)
    assert [
        (row["position"], row["code"], row["rank"], row["total"]) for row in whole["items"]
    ] == [
        (1, "2022-5101-1", 1, "95"),
        (2, "2022-51-province-1", 2, "92"),
    ]
    rows = [
        [row["position"], row["code"], row["kind"], row["rank"] or 0, row["total"], row["note"]]
        for row in whole["items"]
    ]
    assert hashlib.sha256(canonical.encode(rows)).hexdigest() == whole["about"]["digest"]
    assert ask(f"{SEASON}/upward/{frozen.number}?stage=heat", one.secret)["count"] == 2
    assert ask(f"{SEASON}/upward/{frozen.number}?stage=final", one.secret)["count"] == 0


def test_what_was_read_with_a_token_is_kept_nowhere(world, issue):
    one = issue()
    response = Client().get(ENTRIES, headers={"Authorization": f"Bearer {one.secret}"})
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in response.headers


def test_the_office_sees_when_a_token_was_used_last(world, issue):
    one = issue()
    services.use_token(secret=one.secret, at=world.now)
    services.use_token(secret=one.secret, at=world.now + timedelta(minutes=59))
    one.token.refresh_from_db()
    assert one.token.used_at == world.now
    services.use_token(secret=one.secret, at=world.now + timedelta(minutes=61))
    one.token.refresh_from_db()
    assert one.token.used_at == world.now + timedelta(minutes=61)


def test_a_token_that_asks_too_often_waits(world, issue, monkeypatch):
    monkeypatch.setattr(doors, "TOKEN", Door("api.test-token", 1, doors.TOKEN.window))
    one = issue()
    ask(ENTRIES, one.secret)
    assert ask(ENTRIES, one.secret, status=429)["code"] == "too_many_tries"


def test_the_tree_is_searched_within_ones_own_part(world, sign_in, django_assert_max_num_queries):
    office, manager = sign_in("office"), sign_in("unit_manager")
    with django_assert_max_num_queries(12):
        found = office.get(
            "/api/1/units", {"words": "成都", "level": "prefecture", "kind": "place"}
        ).json()
    assert [one["code"] for one in found["items"]] == ["5101"]
    assert found["items"][0]["parent"] == "51"
    assert {one["path"][:8] for one in manager.get("/api/1/units").json()["items"]} == {"51/5101/"}
    assert manager.get("/api/1/units/5103").status_code == 403
    assert manager.get("/api/1/units/none").json()["place"] == "code"
    whole = office.get("/api/1/units/5101").json()
    assert [one["code"] for one in whole["above"]] == ["51"]
    assert whole["below"] >= len(whole["children"])


def test_a_session_with_steps_to_do_is_told_so_and_led_nowhere(world, sign_in):
    world.accounts["office"].consent = ""
    world.accounts["office"].save()
    response = sign_in("office").get("/api/1/me")
    assert (response.status_code, response.json()["code"]) == (403, "api_steps")


def test_me_are_the_appointments_of_the_session(world, sign_in):
    assert sign_in("unit_manager").get("/api/1/me").json() == {
        "name": "贺知秋",
        "appointments": [
            {
                "role": "unit_manager",
                "title": "单位管理员",
                "unit": {"code": "5101", "name": "成都市"},
                "season": HOME,
            }
        ],
    }


def test_duties_are_those_of_the_session(world, sign_in, django_assert_max_num_queries):
    """Here no exam of the final is set any more; the other season's is somebody else's to set."""
    Exam.objects.filter(stage__code="final").update(event="gone")
    with django_assert_max_num_queries(40):
        found = sign_in("exam_officer").get(f"{SEASON}/duties").json()
    assert [one["key"] for one in found["items"]] == ["exam:final:exam"]
    assert found["items"][0]["url"] == f"/office/{HOME}/exams/"
    assert sign_in("contestant").get(f"{SEASON}/duties").json()["items"] == []
    assert sign_in("exam_officer").get(f"/api/1/seasons/{AWAY}/duties").json()["items"] == []
