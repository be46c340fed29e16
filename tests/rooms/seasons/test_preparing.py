"""From a packaged rulebook to a season that can open: its steps on the web."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from leitai.kernel.errors import DomainError
from leitai.people import selectors as people_reads
from leitai.people import services as people_services
from leitai.people.models import Appointment, Committee
from leitai.seasons import selectors, services
from leitai.seasons.models import Season
from leitai.seasons.selectors.preparing import kind_of, prepare_page
from leitai.units import selectors as units
from tests.factories import people
from tests.factories import seasons as make
from tests.factories.units import HOUSE, csv_file, load_packaged

pytestmark = pytest.mark.django_db
AT = datetime(2022, 4, 1, tzinfo=UTC)


def page(season, actor=make.OFFICE):
    return prepare_page(actor, selectors.get_season(season.code), at=AT)


def step(found, name):
    return next(one for one in found.steps if one.name == name)


@pytest.fixture
def office(client):
    """Signed in as the office of all seasons of the province."""
    load_packaged()
    client.force_login(people.account("office", "office"))
    return client


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("练兵比武活动领导小组", "leading_group"),
        ("统筹协调组", "coordination"),
        ("试题命制组", "items"),
        ("赛事考务组", "exams"),
        ("宣传报道组", "publicity"),
        ("赛事监督组", "supervision"),
        ("组委会办公室", "office"),
        ("竞赛组委会", "committee"),
        ("市级组委会", "local"),
        ("专家小组", "experts"),
        ("监督仲裁小组", "supervision"),
        ("筹备处", "committee"),
    ],
)
def test_a_bodys_title_suggests_its_kind(title, kind):
    assert kind_of(title) == kind
    with translation.override("en"):
        assert kind_of(title) == kind


def test_a_new_season_from_the_library_in_the_browser(office):
    form = {"rulebook": "sichuan-2022", "code": "lianbing-2022", "host": "51"}
    answer = office.post("/seasons/new/", form)
    assert answer.headers["Location"] == "/office/lianbing-2022/prepare/"
    shown = office.get(answer.headers["Location"]).content.decode()
    assert "赛事考务组" in shown
    assert "6个机构，0个已有人员" in shown
    assert "比赛时间未填：全省晋级赛、全省总决赛" in shown
    for step_ in ("bodies", "teams"):
        assert office.post(f"/office/lianbing-2022/prepare/{step_}/").status_code == 302
    assert Committee.objects.filter(season="lianbing-2022").count() == 6
    assert units.list_delegations("lianbing-2022").count() == 22


def test_an_uploaded_rulebook_says_all_that_is_wrong_with_it(office):
    bad = csv_file("rulebook: 1\ntitle: 一\nstages: 3\n", "rules.yaml")
    answer = office.post("/seasons/new/", {"file": bad, "code": "x-2022", "host": "51"})
    assert answer.status_code == 422
    assert 'value="x-2022"' in answer.content.decode()
    assert not Season.objects.exists()


def test_two_lines_are_a_rulebook_and_are_moved_to_the_host_that_was_chosen(office):
    good = csv_file("rulebook: 1\ntitle: 技能比武\n", "rules.yaml")
    office.post("/seasons/new/", {"file": good, "code": "two-lines", "host": "51"})
    season = selectors.get_season("two-lines")
    assert selectors.rulebook_of(season).host.unit == "51"
    assert season.host.code == "51"


def test_rules_of_another_host_bring_their_delegations_along():
    load_packaged()
    season = services.begin_season(
        actor=HOUSE, rulebook="sichuan-2022", code="city-2022", host=units.get_unit("5103"), at=AT
    )
    law = selectors.rulebook_of(season)
    assert (law.host.name, law.delegations.each.under) == ("自贡市", "5103")


def test_only_operators_and_offices_of_all_seasons_begin_one():
    load_packaged()
    asked = {"rulebook": "sichuan-2022", "code": "s-2022", "at": AT}
    for actor in (
        people.actor("office", season="other-2022"),
        people.actor("supervisor"),
        people.actor("office", unit="51/5103/"),
    ):
        with pytest.raises(DomainError, match="forbidden"):
            services.begin_season(actor=actor, host=units.get_unit("51"), **asked)
    with pytest.raises(DomainError, match="season_code_own"):
        services.begin_season(
            actor=HOUSE, host=units.get_unit("51"), **asked | {"code": "local-51"}
        )
    assert services.begin_season(actor=people.actor("operator"), host=units.get_unit("51"), **asked)


def test_an_operator_cannot_name_an_office():
    load_packaged()
    people.account("somebody")
    with pytest.raises(DomainError, match="forbidden"):
        services.begin_season(
            actor=people.actor("operator"),
            rulebook="sichuan-2022",
            code="s-2022",
            host=units.get_unit("51"),
            office="somebody",
            at=AT,
        )
    assert not Appointment.objects.exists()


def test_the_steps_follow_what_is_done():
    season = make.draft()
    first = page(season)
    assert [one.state for one in first.steps] == ["todo", "ok", "todo", "todo"]
    assert not first.ready
    services.make_bodies(actor=make.OFFICE, season=season, kinds={"committee": "committee"}, at=AT)
    kinds = dict(Committee.objects.values_list("title", "kind"))
    assert kinds["练兵比武活动领导小组"] == "committee"
    assert kinds["赛事考务组"] == "exams"
    body = next(row for row in page(season).bodies if row.name == "examination")
    assert (body.members, body.done) == (0, False)
    people_services.appoint_member(
        actor=make.OFFICE,
        committee=body.body.committee,
        person=people.people("51-province", 1)[0],
        position="director",
        at=AT,
    )
    assert step(page(season), "bodies").state == "half"
    make.confirm_all(season)
    make.set_windows(season)
    last = page(season)
    assert [one.state for one in last.steps] == ["half", "ok", "half", "ok"]
    assert last.ready
    assert people_reads.list_bodies_for(make.OFFICE, season.code, at=AT)


def test_bodies_that_stand_are_not_made_again():
    season = make.draft()
    made = services.make_bodies(actor=make.OFFICE, season=season, kinds={}, at=AT)
    assert len(made) == 6
    assert services.make_bodies(actor=make.OFFICE, season=season, kinds={}, at=AT) == []
