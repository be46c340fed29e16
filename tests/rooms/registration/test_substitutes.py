"""Substitutes, and lists that are locked: a rulebook with a roster says how many and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from leitai import rulebook
from leitai.kernel.errors import DomainError
from leitai.registration import checklist, selectors, services
from leitai.registration.enums import Kind, State
from leitai.registration.models import Registration
from leitai.registration.selectors import shape
from leitai.seasons.models import Entry, Fact
from tests.factories import registrations as make

pytestmark = pytest.mark.django_db

LIBRARY = Path(rulebook.__file__).parent / "library" / f"{make.CODE}.yaml"
ROSTER = (
    "    roster: {players: 1, substitutes: 1, freeze: works, changes_by: 竞赛组委会}\n"
    "    events: [theory, showcase]\n"
)
FROZEN = datetime(2022, 4, 1, 2, 0, tzinfo=UTC)  # the windows close on 31 March


@pytest.fixture
def season():
    text = LIBRARY.read_text(encoding="utf-8")
    changed = text.replace("    events: [theory, showcase]\n", ROSTER, 1)
    assert changed != text
    return make.opened(changed)


def accept(made):
    count = len(checklist.lines_for(made.kind, shape.form_of(made)))
    return services.pass_registration(
        actor=make.OFFICE, registration=made, ticked=range(count), at=make.AT
    )


def submitted(season, person, kind):
    made = make.begin(season, person, kind=kind).registration
    make.save(made)
    return services.submit_registration(actor=make.MANAGER, registration=made, at=make.AT)


def test_a_substitute_takes_no_place_and_is_one_at_most(season):
    sub = submitted(season, "other", "substitute")
    assert (sub.kind, sub.entry, Entry.objects.count()) == (Kind.SUBSTITUTE, None, 0)
    with pytest.raises(DomainError) as full:
        make.begin(season, "league", kind="substitute")
    assert full.value.code == "registration_beside_full"
    assert make.begin(season, "county").registration is not None
    barred = make.begin(season, "street", kind="substitute")
    assert [bar.bar for bar in barred.refusals] == ["county-and-above"]


def test_a_substitute_steps_in_after_the_freeze_with_the_approval_named(season):
    sub = accept(submitted(season, "other", "substitute"))
    made = accept(submitted(season, "county", "contestant"))
    freeze = selectors.freeze_of(season, made.stage)
    assert (freeze.by, freeze.since) == ("竞赛组委会", datetime(2022, 3, 31, 10, tzinfo=UTC))
    assert selectors.frozen(season, made.stage, make.AT) is None
    change = services.ask_change(
        actor=make.MANAGER,
        entry=made.entry,
        kind="replace",
        person="other",
        reason="因病",
        at=FROZEN,
    )
    with pytest.raises(DomainError) as unnamed:
        services.approve_change(actor=make.OFFICE, change=change, at=FROZEN)
    assert (unnamed.value.code, unnamed.value.data["by"]) == ("change_note", "竞赛组委会")
    services.approve_change(
        actor=make.OFFICE, change=change, note="组委会4月1日会议同意", at=FROZEN
    )
    sub.refresh_from_db()
    made.refresh_from_db()
    assert made.state == State.REPLACED
    assert (sub.kind, sub.state) == (Kind.CONTESTANT, State.PASSED)
    assert sub.entry.code == "2022-1501-2"
    assert Registration.objects.count() == 2


COACHED = (
    "    roster: {players: 2, coaches: 1, cover: [{title: 县级人员, "
    "where: {is: {kind: unit-level, in: [县级]}}, least: 2}]}\n"
    "    events: [theory, showcase]\n"
)


@pytest.fixture
def coached():
    text = LIBRARY.read_text(encoding="utf-8")
    return make.opened(text.replace("    events: [theory, showcase]\n", COACHED, 1))


def test_a_coach_goes_along_without_any_bar_and_is_one_at_most(coached):
    made = make.begin(coached, "street", kind="coach").registration  # barred as a contestant
    assert (made.kind, made.track) == (Kind.COACH, "guidance")
    with pytest.raises(DomainError) as full:
        make.begin(coached, "other", kind="coach")
    assert (full.value.code, full.value.data["kind"]) == ("registration_beside_full", "教练")
    with pytest.raises(DomainError) as twice:
        make.begin(coached, "street", track="grassroots")
    assert twice.value.code == "registration_twice"


def test_without_a_roster_there_is_no_coach(season):
    with pytest.raises(DomainError) as none:
        make.begin(season, "other", kind="coach")
    assert none.value.code == "registration_no_coaches"


def test_the_list_says_what_the_roster_still_asks(coached):
    made = submitted(coached, "county", "contestant")
    page = selectors.unit_page(coached, made.delegation, at=make.AT)
    guidance, grassroots = page[0].tracks
    assert guidance.faults == (
        "参赛选手应有2人，现有1人。",
        "“县级人员”至少2人，现有1人。",
    )
    assert grassroots.faults == ()
    accept(made)
    (waiting,) = selectors.lists_to_confirm(coached)
    assert [(sender.name, fault) for sender, fault in waiting.faults] == [
        ("呼和浩特市", "参赛选手应有2人，现有1人。"),
        ("呼和浩特市", "“县级人员”至少2人，现有1人。"),
    ]


SEATED = (
    "    roster: {players: 2, slots: [{title: 1号选手, require: {is: {kind: unit-level, "
    "in: [盟市级]}}}, {title: 2号选手}]}\n"
    "    events: [theory, showcase]\n"
)


def test_a_team_has_numbered_seats_and_who_may_sit_there():
    text = LIBRARY.read_text(encoding="utf-8")
    seated = text.replace("    events: [theory, showcase]\n", SEATED, 1)
    season = make.opened(seated.replace("      count: 1\n", "      count: 2\n", 1))

    def refused(person, slot):
        with pytest.raises(DomainError) as caught:
            begin(person, slot)
        return caught.value.code

    def begin(person, slot):
        wanted = replace(make.wanted(person), slot=slot)
        return services.begin_registration(
            actor=make.MANAGER, season=season, wanted=wanted, at=make.AT
        ).registration

    assert refused("county", "") == refused("county", "3") == "registration_seat"
    assert refused("county", "1") == "registration_seat_unfit"  # 县级, and 盟市级 is asked
    made = begin("county", "2")
    assert (made.slot, made.seat) == (2, "2号选手")
    assert refused("other", "2") == "registration_seat_taken"
    assert begin("league", "1").slot == 1
    make.save(made)
    services.submit_registration(actor=make.MANAGER, registration=made, at=make.AT)
    fact = Fact.objects.get(kind="slot")
    assert (fact.person.code, fact.key, fact.value) == ("county", make.CODE, "2")
    change = services.ask_change(
        actor=make.MANAGER,
        entry=Entry.objects.get(),
        kind="replace",
        person="other",
        reason="因病",
        at=make.AT,
    )
    services.approve_change(actor=make.OFFICE, change=change, at=make.AT)
    assert Fact.objects.get(kind="slot", person__code="other").value == "2"
