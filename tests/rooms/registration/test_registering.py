"""A unit registers its people: eligible or not at once, the form, the seal, places."""

from __future__ import annotations

import pytest

from leitai.files import selectors as files
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.registration import printing, selectors, services
from leitai.registration.enums import Kind, State
from leitai.registration.models import Registration
from leitai.registration.selectors import shape
from leitai.seasons import services as seasons
from leitai.seasons.enums import EntryState
from leitai.seasons.models import Entry, Fact
from tests.factories import registrations as make
from tests.planting import copied, once

pytestmark = pytest.mark.django_db

GUIDANCE = "职业指导人员要求为县、区级及以上公共就业服务机构所属人员"


planted = once(make.opened)
season = copied


def refused(act, *args, **kwargs):
    with pytest.raises(DomainError) as caught:
        act(*args, **kwargs)
    return caught.value


def test_a_street_worker_is_refused_with_the_sentence_and_the_row(season):
    begun = make.begin(season, "street")
    assert begun.registration is None
    (bar,) = begun.refusals
    assert bar.source == GUIDANCE
    assert (bar.fact.kind, bar.fact.value) == ("unit-level", "乡级")
    assert bar.fact.source == "单位信息：海拉尔东路街道"
    assert not Registration.objects.exists()
    assert LedgerEntry.objects.filter(act="registration.barred").count() == 1


def test_the_same_worker_is_welcome_in_the_other_track(season):
    begun = make.begin(season, "street", track="grassroots")
    assert begun.registration is not None
    back = make.begin(season, "county", track="grassroots")
    assert [bar.bar for bar in back.refusals] == ["below-county"]


def test_what_is_known_is_not_asked_again(season):
    made = make.begin(season, "county").registration
    answers = shape.answers_of(made)
    assert answers == {
        "league": "呼和浩特市",
        "filled-on": "2022-03-18",
        "track": "职业指导人员竞赛",
        "name": "乌兰",
        "sex": "男",
        "born": "1990-03-07",
        "id-number": make.PEOPLE["county"][2],
        "unit": "新城区",
    }
    assert make.PEOPLE["county"][2] not in made.content
    assert LedgerEntry.objects.filter(act="personal.revealed").count() == 1


def test_an_incomplete_form_is_not_taken_and_names_what_is_missing(season):
    made = make.begin(season, "county").registration
    error = refused(services.submit_registration, actor=make.MANAGER, registration=made, at=make.AT)
    assert error.code == "registration_incomplete"
    assert error.data["count"] == 6
    assert "一寸证件照" in error.data["titles"]
    assert not Entry.objects.exists()


def test_a_form_without_the_seal_is_not_taken(season):
    made = make.begin(season, "county").registration
    make.save(made)
    files.StoredFile.objects.filter(kind="registration-scan").delete()
    error = refused(services.submit_registration, actor=make.MANAGER, registration=made, at=make.AT)
    assert error.code == "registration_seal_missing"
    assert error.data["seal"] == "盟市主管部门"


def test_a_submitted_form_enters_the_person(season):
    made = make.submitted(season)
    assert made.state == State.SUBMITTED
    entry = Entry.objects.get()
    assert made.entry == entry
    assert (entry.code, entry.track, entry.state) == ("2022-1501-1", "guidance", "nominated")
    fact = Fact.objects.get(kind="unit-level")
    assert (fact.person, fact.value) == (made.person, "县级")


def test_a_place_is_taken_by_a_draft_and_free_again_when_it_is_dropped(season):
    made = make.begin(season, "county").registration
    page = selectors.unit_page(season, made.delegation, at=make.AT)
    guidance, grassroots = page[0].tracks
    assert (guidance.limit, guidance.used, guidance.left) == (1, 1, 0)
    assert (grassroots.used, grassroots.left) == (0, 1)
    assert refused(make.begin, season, "other").code == "quota_full"
    services.drop_registration(actor=make.MANAGER, registration=made, at=make.AT)
    assert make.begin(season, "other").registration is not None


def test_a_leader_is_registered_apart_and_does_not_play(season):
    leader = make.begin(season, "lead", kind="leader", track="").registration
    assert (leader.kind, leader.track, leader.entry) == (Kind.LEADER, "", None)
    assert shape.answers_of(leader)["track"] == "盟市领队"
    assert refused(make.begin, season, "lead").code == "registration_leader_competes"
    second = refused(make.begin, season, "other", kind="leader", track="")
    assert second.code == "registration_leaders_full"
    make.begin(season, "county")
    services.drop_registration(actor=make.MANAGER, registration=leader, at=make.AT)
    competes = refused(make.begin, season, "county", kind="leader", track="")
    assert competes.code == "registration_leader_competes"


def test_somebody_of_another_league_is_not_registered(season):
    assert refused(make.begin, season, "far").code == "person_foreign"
    assert refused(make.begin, season, "other", kind="substitute").code == (
        "registration_no_substitutes"
    )


def test_another_unit_registers_nobody_and_sees_nothing(season):
    error = refused(
        services.begin_registration,
        actor=make.FOREIGN,
        season=season,
        wanted=make.wanted("county"),
        at=make.AT,
    )
    assert error.code == "forbidden"
    made = make.begin(season, "county").registration
    error = refused(selectors.get_registration_for, make.FOREIGN, season, made.pk)
    assert error.code == "forbidden"


def test_the_form_on_paper_is_a_pdf_with_the_portrait(season):
    made = make.begin(season, "county").registration
    make.save(made)
    made.refresh_from_db()
    page = printing.page_of(made, shape.form_of(made), masked=False)
    assert [one["title"] for one in page["heads"]] == ["盟市", "填表日期"]
    (photo,) = [cell for cell in page["cells"] if cell["is"] == "photo"]
    assert photo["rows"] == 4
    assert bytes(photo["data"][:3]) == b"\xff\xd8\xff"
    seal = [cell for cell in page["cells"] if cell.get("seal")]
    assert seal[0]["seal"] == "盟市主管部门"
    assert printing.form_pdf(made, masked=False).startswith(b"%PDF")


def test_a_withdrawn_person_is_entered_again_under_the_same_number(season):
    made = make.submitted(season)
    Entry.objects.update(state=EntryState.WITHDRAWN)
    Registration.objects.update(state=State.WITHDRAWN)
    again = make.submitted(season)
    assert again.pk != made.pk
    assert (again.entry.code, again.entry.state) == ("2022-1501-1", EntryState.NOMINATED)


def test_forms_go_with_the_numbers_they_repeat(season):
    from datetime import timedelta

    from leitai.people import services as people
    from tests.factories.units import HOUSE

    made = make.submitted(season)
    given = {"actor": HOUSE, "people": [made.person_id], "why": season.code}
    people.erase_personal(**given, at=make.AT)  # while the season runs the form is needed
    made.refresh_from_db()
    assert made.content
    people.set_personal(made.person, id_number=make.PEOPLE["county"][2])
    people.erase_personal(**given, at=make.AT + timedelta(days=400))
    made.refresh_from_db()
    assert (made.content, made.state) == ("", State.SUBMITTED)
    assert not files.StoredFile.objects.filter(owner=f"registration:{made.pk}").exists()


def test_a_delegations_numbers_run_through_its_tracks(season):
    """A number says who, without the track: notices, objections and lists name nobody else by it."""
    for person, track in (("county", "guidance"), ("street", "grassroots")):
        seasons.nominate(
            actor=make.OFFICE,
            season=season,
            stage="league",
            delegation="1501",
            people=[person],
            track=track,
            at=make.AT,
        )
    numbers = Entry.objects.order_by("pk").values_list("track", "code")
    assert list(numbers) == [("guidance", "2022-1501-1"), ("grassroots", "2022-1501-2")]
