"""Qualification review: returned, passed, refused; withdrawals and replacements."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leitai.base import events
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.people.models import Person
from leitai.registration import checklist, selectors, services
from leitai.registration.enums import ChangeState, Kind, State
from leitai.registration.models import Registration
from leitai.registration.selectors import shape
from leitai.seasons import services as seasons
from leitai.seasons.enums import EntryState
from leitai.seasons.events import EntryReplaced, EntryWithdrawn
from leitai.seasons.models import Entry, Fact, Season
from tests.factories import registrations as make
from tests.planting import copied, once

pytestmark = pytest.mark.django_db

LATER = make.AT + timedelta(hours=2)


planted = once(make.opened)
season = copied


@pytest.fixture
def heard(monkeypatch):
    """What was published of leaving and replacing."""
    told = []
    for kind in (EntryWithdrawn, EntryReplaced):
        monkeypatch.setitem(events._inside, kind, [*events._inside[kind], told.append])
    return told


def refused(act, *args, **kwargs):
    with pytest.raises(DomainError) as caught:
        act(*args, **kwargs)
    return caught.value


def passed(season, person="county"):
    made = make.submitted(season, person)
    return accept(made)


def accept(made):
    count = len(checklist.lines_for(made.kind, shape.form_of(made)))
    return services.pass_registration(
        actor=make.OFFICE, registration=made, ticked=range(count), at=LATER
    )


def confirm(season):
    return seasons.confirm_entries(actor=make.OFFICE, season=season, stage="league", at=LATER)


def test_a_returned_form_is_corrected_and_keeps_its_place(season):
    made = make.submitted(season)
    assert refused(
        services.return_registration, actor=make.OFFICE, registration=made, reason=" ", at=LATER
    ).code == ("registration_reason")
    services.return_registration(
        actor=make.OFFICE, registration=made, reason="手机号少一位", at=LATER
    )
    made.refresh_from_db()
    assert (made.state, made.note) == (State.RETURNED, "手机号少一位")
    make.save(made, **{"f-mobile": "19900000002"})
    again = services.submit_registration(actor=make.MANAGER, registration=made, at=LATER)
    assert again.state == State.SUBMITTED
    assert Entry.objects.count() == 1
    assert [step.step for step in again.steps.all()] == [
        "begun",
        "submitted",
        "returned",
        "submitted",
    ]


def test_a_submitted_form_is_closed_to_the_unit(season):
    made = make.submitted(season)
    assert refused(make.save, made).code == "registration_state"


def test_passing_asks_for_every_line_of_the_checklist(season):
    made = make.submitted(season)
    error = refused(
        services.pass_registration,
        actor=make.OFFICE,
        registration=made,
        ticked={0, 1, 2, 3},
        at=LATER,
    )
    assert error.code == "registration_checks_open"
    assert error.data["titles"] == "推荐意见已填写，盖章件清晰、印章与推荐单位一致"
    done = accept(made)
    assert done.state == State.PASSED
    checks = done.steps.last().checks
    assert [one["by"] for one in checks] == ["person"] * 5 + ["rules"]
    assert checks[-1]["title"] == "县、区级及以上机构人员"


def test_the_unit_does_not_review_itself(season):
    made = make.submitted(season)
    error = refused(
        services.pass_registration,
        actor=make.MANAGER,
        registration=made,
        ticked=range(9),
        at=LATER,
    )
    assert error.code == "forbidden"


def test_a_refused_person_leaves_the_list_and_the_place_is_free(season, heard):
    made = make.submitted(season)
    services.refuse_registration(actor=make.OFFICE, registration=made, reason="不在岗", at=LATER)
    made.refresh_from_db()
    assert made.state == State.REFUSED
    assert Entry.objects.get().state == EntryState.REFUSED
    assert heard == [EntryWithdrawn(make.CODE, "league", "guidance", "2022-1501-1")]
    assert make.begin(season, "other").registration is not None


def test_a_list_is_confirmed_only_when_everybody_in_it_passed(season):
    made = make.submitted(season)
    error = refused(confirm, season)
    assert (error.code, error.data["names"]) == ("registration_unreviewed", "乌兰")
    accept(made)
    assert confirm(season) == ("2022-1501-1",)


def test_the_public_list_has_names_and_no_numbers(season):
    passed(season)
    (row,) = selectors.list_public(season, "league")
    assert (row.entry, row.name, row.unit) == ("2022-1501-1", "乌兰", "新城区")
    assert (row.delegation, row.track) == ("呼和浩特市", "职业指导人员竞赛")
    assert row.route == "自主确定"


def test_a_replacement_is_asked_approved_and_numbered_anew(season, heard):
    made = passed(season)
    confirm(season)
    entry = made.entry
    ask = {"actor": make.MANAGER, "entry": entry, "kind": "replace", "reason": "因病", "at": LATER}
    barred = refused(services.ask_change, **ask, person="street")
    assert barred.code == "entry_barred"
    assert "县、区级及以上公共就业服务机构所属人员" in barred.data["bars"]
    change = services.ask_change(**ask, person="other")
    assert refused(services.ask_change, **ask, person="league").code == "change_open"
    assert refused(services.approve_change, actor=make.MANAGER, change=change, at=LATER).code == (
        "forbidden"
    )
    services.approve_change(actor=make.OFFICE, change=change, at=LATER)
    change.refresh_from_db()
    made.refresh_from_db()
    assert (change.state, made.state) == (ChangeState.APPROVED, State.REPLACED)
    rows = Entry.objects.order_by("code").values_list("code", "person__code", "state")
    assert list(rows) == [
        ("2022-1501-1", "county", "replaced"),
        ("2022-1501-2", "other", "confirmed"),
    ]
    assert heard == [EntryReplaced(make.CODE, "league", "guidance", "2022-1501-1", "2022-1501-2")]
    assert LedgerEntry.objects.filter(act="entry.replaced").count() == 1


def test_a_withdrawal_after_the_nomination_is_told_to_the_engine(season, heard):
    passed(season)
    confirm(season)
    league = Entry.objects.get()
    semifinal = season.stages.get(code="semifinal")
    later = Entry.objects.create(
        stage=semifinal,
        track="guidance",
        code=league.code,
        person=league.person,
        delegation=league.delegation,
        state=EntryState.CONFIRMED,
        entered_at=LATER,
    )
    change = services.ask_change(
        actor=make.MANAGER, entry=later, kind="withdraw", reason="因病", at=LATER
    )
    services.approve_change(actor=make.OFFICE, change=change, at=LATER)
    later.refresh_from_db()
    league.refresh_from_db()
    assert (later.state, league.state) == (EntryState.WITHDRAWN, EntryState.CONFIRMED)
    fact = Fact.objects.get(kind="withdrawn")
    assert (fact.person, fact.key, fact.value) == (league.person, make.CODE, "semifinal")
    assert heard == [EntryWithdrawn(make.CODE, "semifinal", "guidance", "2022-1501-1")]
    assert Registration.objects.get().state == State.WITHDRAWN


def test_who_has_a_score_is_neither_replaced_nor_withdrawn(season):
    made = passed(season)
    confirm(season)
    made.entry.scores.create(
        event="theory", value=8000, decimals=2, source="test:1", recorded_at=LATER
    )
    error = refused(
        seasons.withdraw_entry,
        actor=make.OFFICE,
        season=season,
        stage="league",
        entry=made.entry,
        reason="因病",
        at=LATER,
    )
    assert (error.code, error.data["what"]) == ("entry_scored", "退赛")


def test_only_the_office_withdraws_and_says_why(season):
    made = passed(season)
    given = {"season": season, "stage": "league", "entry": made.entry, "at": LATER}
    assert refused(seasons.withdraw_entry, actor=make.MANAGER, reason="因病", **given).code == (
        "forbidden"
    )
    assert refused(seasons.withdraw_entry, actor=make.OFFICE, reason=" ", **given).code == (
        "entry_reason"
    )


def test_a_declined_change_leaves_everything_as_it_was(season):
    made = passed(season)
    change = services.ask_change(
        actor=make.MANAGER, entry=made.entry, kind="withdraw", reason="因病", at=LATER
    )
    assert refused(services.decline_change, actor=make.OFFICE, change=change, note="", at=LATER)
    services.decline_change(actor=make.OFFICE, change=change, note="请补证明", at=LATER)
    assert Entry.objects.get().state == EntryState.NOMINATED
    assert refused(services.approve_change, actor=make.OFFICE, change=change, at=LATER).code == (
        "change_closed"
    )


def test_the_desk_filters_by_state_delegation_and_track(season):
    made = make.submitted(season)
    leader = make.begin(season, "lead", kind="leader", track="").registration

    def found(**asked):
        page = selectors.page_of_desk(season, selectors.DeskQuery.of(asked), "1")
        return [one.pk for one in page.object_list]

    assert found() == [made.pk]  # a draft is the unit's own
    assert found(state="submitted", delegation="1501", track="guidance") == [made.pk]
    assert found(state="passed") == found(delegation="1502") == found(track="leader") == []
    assert found(q="乌") == [made.pk]
    assert selectors.desk_of(season).drafts == 1
    assert leader.kind == Kind.LEADER
    assert Person.objects.filter(registrations=leader).exists()


def test_a_closed_season_registers_and_reviews_nobody(season):
    made = make.submitted(season)
    Season.objects.update(state="closed")
    review = {"actor": make.OFFICE, "registration": made, "at": LATER}
    mine = {"actor": make.MANAGER, "registration": made, "at": LATER}
    calls = [
        (services.return_registration, {**review, "reason": "手机号少一位"}),
        (services.pass_registration, {**review, "ticked": []}),
        (services.refuse_registration, {**review, "reason": "不符合条件"}),
        (services.recall_registration, mine),
        (
            services.ask_change,
            {
                "actor": make.MANAGER,
                "entry": made.entry,
                "kind": "withdraw",
                "reason": "因病",
                "at": LATER,
            },
        ),
    ]
    refusals = {call.__name__: refused(call, **given).code for call, given in calls}
    assert refusals == {call.__name__: "season_closed" for call, _given in calls}
    with pytest.raises(DomainError, match="season_closed"):
        make.begin(season, "city")
