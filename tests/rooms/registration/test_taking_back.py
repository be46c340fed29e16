"""What is taken back: a submitted form, a sealed paper, a leader who passed, a season's papers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leitai.files.models import StoredFile
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.messages.models import Delivery
from leitai.people.models import Appointment
from leitai.registration import checklist, services
from leitai.registration.enums import State
from leitai.registration.models import Change, Registration
from leitai.registration.selectors import shape
from leitai.seasons.models import Entry
from leitai.seasons.services import retaining
from tests.factories import people
from tests.factories import registrations as make
from tests.factories.units import HOUSE
from tests.planting import copied, once

pytestmark = pytest.mark.django_db

# Every window of the factory closes on 31 March 2022 at 10:00 UTC; six months on it is over.
OVER = datetime(2022, 9, 30, 10, 0, tzinfo=UTC)


planted = once(make.opened)
season = copied


def refused(act, *args, **kwargs):
    with pytest.raises(DomainError) as caught:
        act(*args, **kwargs)
    return caught.value.code


def leader(season):
    made = make.begin(season, "lead", kind="leader", track="").registration
    make.save(made, **{"f-track": "盟市领队"})
    services.submit_registration(actor=make.MANAGER, registration=made, at=make.AT)
    return accept(made)


def accept(made):
    ticked = range(len(checklist.lines_for(made.kind, shape.form_of(made))))
    return services.pass_registration(
        actor=make.OFFICE, registration=made, ticked=ticked, at=make.AT
    )


def duties():
    held = Appointment.objects.filter(role="team_leader", scope=make.CODE)
    return [(one.account.username, one.unit.code, one.until) for one in held]


def test_a_submitted_form_comes_back_to_be_mended_and_keeps_its_place(season):
    made = make.submitted(season)
    back = services.recall_registration(actor=make.MANAGER, registration=made, at=make.AT)
    assert (back.state, back.entry.code) == (State.DRAFT, "2022-1501-1")
    drop = {"actor": make.MANAGER, "registration": made, "at": make.AT}
    assert refused(services.drop_registration, **drop) == "registration_entered"
    again = services.submit_registration(**drop)
    assert (again.state, Entry.objects.count()) == (State.SUBMITTED, 1)
    accept(made)
    assert refused(services.recall_registration, **drop) == "registration_state"
    foreign = {**drop, "actor": make.FOREIGN}
    assert refused(services.recall_registration, **foreign) == "forbidden"


def test_a_sealed_paper_is_taken_out_until_the_form_is_handed_in(season):
    made = make.begin(season, "county").registration
    make.save(made)
    scan = StoredFile.objects.get(kind="registration-scan")
    asked = {"actor": make.MANAGER, "registration": made, "file": scan.pk, "at": make.AT}
    photo = StoredFile.objects.get(kind="registration")
    assert refused(services.remove_scan, **{**asked, "file": photo.pk}) == "registration_scan_gone"
    services.remove_scan(**asked)
    assert list(StoredFile.objects.values_list("kind", flat=True)) == ["registration"]
    assert LedgerEntry.objects.filter(act="registration.unsealed").count() == 1
    services_left = {"actor": make.MANAGER, "registration": made, "at": make.AT}
    assert refused(services.submit_registration, **services_left) == "registration_seal_missing"
    make.save(made)
    services.submit_registration(**services_left)
    newest = StoredFile.objects.get(kind="registration-scan")
    assert refused(services.remove_scan, **{**asked, "file": newest.pk}) == "registration_state"


def test_a_leader_who_passes_holds_the_duty_until_the_office_lets_go(season):
    made = leader(season)
    assert duties() == [("lead", "1501", None)]
    change = services.ask_withdrawal(
        actor=make.MANAGER, registration=made, reason="调离", at=make.AT
    )
    again = {"actor": make.MANAGER, "registration": made, "reason": "调离", "at": make.AT}
    assert refused(services.ask_withdrawal, **again) == "change_open"
    services.approve_change(actor=make.OFFICE, change=change, at=make.AT)
    made.refresh_from_db()
    assert made.state == State.WITHDRAWN
    assert duties() == [("lead", "1501", make.AT)]
    assert make.begin(season, "league", kind="leader", track="").registration is not None


def test_whoever_stands_in_a_list_withdraws_there(season):
    made = accept(make.submitted(season))
    asked = {"actor": make.MANAGER, "registration": made, "reason": "因病", "at": make.AT}
    assert refused(services.ask_withdrawal, **asked) == "registration_asks_elsewhere"


def test_the_unit_hears_that_a_withdrawal_was_declined_and_why(season):
    manager = people.account("manager", "unit_manager", unit="1501", season=make.CODE)
    made = accept(make.submitted(season))
    own = people.actor("unit_manager", season=make.CODE, unit="15/1501/", account=str(manager.pk))
    change = services.ask_change(
        actor=own, entry=made.entry, kind="withdraw", reason="因病", at=make.AT
    )
    services.decline_change(actor=make.OFFICE, change=change, note="请附医院证明", at=make.AT)
    heard = Delivery.objects.get(account=manager, message__title="退赛申请未同意").message
    assert "请附医院证明" in heard.body
    assert heard.link == f"/unit/{make.CODE}/entries/league/"
    made.refresh_from_db()
    assert (made.state, made.entry.state) == (State.PASSED, "nominated")


def test_a_seasons_papers_go_with_its_numbers_also_a_leaders(season):
    made, lead = make.submitted(season), leader(season)
    Change.objects.all().delete()
    assert retaining.forget(actor=HOUSE, at=OVER.replace(hour=9)).seasons == ()
    assert Registration.objects.exclude(content="").count() == 2
    retaining.forget(actor=HOUSE, at=OVER)
    made.refresh_from_db()
    lead.refresh_from_db()
    assert (made.content, lead.content) == ("", "")
    assert (made.state, lead.state) == (State.SUBMITTED, State.PASSED)
    assert not StoredFile.objects.filter(kind__startswith="registration").exists()
    told = LedgerEntry.objects.filter(act="registration.forgotten")
    assert told.count() == 1
    retaining.forget(actor=HOUSE, at=OVER)
    assert told.count() == 1
