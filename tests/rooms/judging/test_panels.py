"""Who withdraws from whom, who steps in, and that the database itself holds to it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from leitai.judging import selectors, services
from leitai.judging.models import Change, Mark, Recusal, Sheet
from leitai.people.models import Posting
from tests.rooms.judging import making
from tests.rooms.judging.making import OFFICE, STAGE, SUPERVISOR
from tests.rooms.judging.test_services import refused

pytestmark = pytest.mark.usefixtures("stage")


def with_local(**more):
    """As `day`, and judge 7, who serves with the contestants 1 and 2 of 成都."""
    day = making.day(**more)
    seat = services.add_seat(actor=OFFICE, event=day.event, person=day.judges[0], at=making.AT)
    return day, seat


def test_who_serves_in_a_contestants_unit_withdraws_by_itself():
    _day, seat = with_local()
    found = Recusal.objects.filter(seat=seat).values_list("slot__order", "relation", "source")
    assert sorted(found) == [(1, "unit", "derived"), (2, "unit", "derived")]


def test_who_served_there_once_withdraws_too():
    day = making.day()
    home = day.slot(3).entry.person.unit
    Posting.objects.create(
        person=day.judges[0],
        unit=home,
        since=making.AT.date().replace(year=2019),
        until=making.AT.date().replace(year=2021),
        recorded_by="1",
        recorded_at=making.AT,
    )
    seat = services.add_seat(actor=OFFICE, event=day.event, person=day.judges[0], at=making.AT)
    found = Recusal.objects.filter(seat=seat).values_list("slot__order", "relation")
    assert sorted(found) == [(1, "unit"), (2, "unit"), (3, "former-unit"), (4, "former-unit")]


def test_a_recused_judge_has_no_sheet_and_the_database_says_so():
    day = making.called()
    chief = making.judge(day.seat(1).person)
    services.declare_recusal(
        actor=chief,
        seat=day.seat(3),
        slot=day.slot(2),
        relation="kinship",
        words="表亲",
        at=day.at(),
    )
    day.play(1)
    day.play(2)
    refused("judging_recused", lambda: day.mark(2, 3, "50"))
    sheet = {"source": "screen", "by": "9", "submitted_at": making.AT}
    with pytest.raises(IntegrityError, match="has withdrawn"), transaction.atomic():
        Sheet.objects.create(slot=day.slot(2), seat=day.seat(3), **sheet)
    day.mark(2, 4, "50")
    how = {"source": "declared", "relation": "kinship", "by": "9", "by_name": "某", "at": making.AT}
    with pytest.raises(IntegrityError, match="has marked"), transaction.atomic():
        Recusal.objects.create(slot=day.slot(2), seat=day.seat(4), **how)
    other = making.plan(day.season, rehearsal=True)
    with pytest.raises(IntegrityError, match="two events"), transaction.atomic():
        Sheet.objects.create(slot=other.slots.first(), seat=day.seat(4), **sheet)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Mark.objects.update(value="60")


def test_a_sheet_is_taken_out_before_its_judge_withdraws():
    day = making.called()
    day.play(1)
    day.play(2)
    day.mark(2, 3, "50")
    chief = making.judge(day.seat(1).person)
    told = {"actor": chief, "seat": day.seat(3), "slot": day.slot(2), "at": day.at()}
    refused("judging_marked", services.declare_recusal, relation="coach", words="", **told)
    services.withdraw_sheet(reason="指导过选手", **told)
    services.declare_recusal(relation="coach", words="", **told)
    assert not Sheet.objects.filter(standing=True).exists()
    assert Sheet.objects.count() == 1


def test_a_reserve_steps_in_by_the_chief_judge_and_a_supervisor():
    day = making.called()
    chief, own = making.judge(day.seat(1).person), making.judge(day.seat(3).person)
    slot = day.slot(2)
    services.declare_recusal(
        actor=own, seat=day.seat(3), slot=slot, relation="kinship", words="", at=day.at()
    )
    asked = {"event": day.event, "out": day.seat(3), "into": day.seat(6), "slot": slot}
    refused(
        "judging_chief_only", services.ask_change, actor=own, reason="回避", at=day.at(), **asked
    )
    change = services.ask_change(actor=chief, reason="回避", at=day.at(), **asked)
    refused(
        "forbidden", services.decide_change, actor=OFFICE, change=change, agree=True, at=day.at()
    )
    assert [seat.judge for seat in selectors.panel_of(slot).seats] == ["1", "2", "4", "5"]
    services.decide_change(actor=SUPERVISOR, change=change, agree=True, at=day.at())
    assert [seat.judge for seat in selectors.panel_of(slot).seats] == ["1", "2", "6", "4", "5"]
    assert [seat.judge for seat in selectors.panel_of(day.slot(1)).seats] == list("12345")
    day.play(1)
    day.play(2)
    refused("judging_not_yours", lambda: day.mark(1, 6, "50"))
    assert day.mark(2, 6, "50").standing
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.update(decided_by=chief.account)


def test_a_change_for_the_rest_begins_with_the_next_contestant():
    day = making.called()
    day.play(1)
    day.play(2)
    day.mark(2, 3, "50")
    change = services.ask_change(
        actor=making.judge(day.seat(1).person),
        event=day.event,
        out=day.seat(3),
        into=day.seat(6),
        slot=None,
        reason="身体不适",
        at=day.at(),
    )
    services.decide_change(actor=SUPERVISOR, change=change, agree=True, at=day.at())
    day.event.refresh_from_db()
    panels = selectors.panels_of(day.event)
    third = [seat.judge for seat in panels[day.slot(3).pk].seats]
    assert (change.since, third) == (3, ["1", "2", "6", "4", "5"])
    assert [seat.judge for seat in panels[day.slot(2).pk].seats] == list("12345")


def test_an_event_is_called_with_a_chief_and_enough_judges():
    season, people = making.ground()
    event = making.plan(season)
    refused("judging_no_chief", services.call_event, actor=STAGE, event=event, at=making.AT)
    for number in (0, 1, 2, 3):  # the first has withdrawn from two contestants
        services.add_seat(
            actor=OFFICE, event=event, person=people[number], chief=number == 1, at=making.AT
        )
    error = refused(
        "judging_panel_small", services.call_event, actor=STAGE, event=event, at=making.AT
    )
    assert (error.data["number"], error.data["count"], error.data["least"]) == ("01", 3, 4)
    services.add_seat(actor=OFFICE, event=event, person=people[4], at=making.AT)
    called = services.call_event(actor=STAGE, event=event, at=making.AT)
    assert (called.state, called.law.hash) == ("called", called.stage.season.rulebook.hash)


def test_a_contestant_and_a_second_chief_are_no_judges():
    day = making.day()
    contestant = day.slot(1).entry.person
    add = services.add_seat
    refused(
        "judging_contestant", add, actor=OFFICE, event=day.event, person=contestant, at=day.at()
    )
    more = {"actor": OFFICE, "event": day.event, "person": day.judges[0], "at": day.at()}
    refused("judging_chiefs", add, chief=True, **more)
    refused("judging_kind", add, kind="expert", **more)
    refused("forbidden", add, **(more | {"actor": STAGE}))
