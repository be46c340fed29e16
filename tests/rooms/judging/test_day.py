"""The clock, materials, sessions, remote events, and kinds of judges with an arbiter."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from leitai.base import events
from leitai.base.actor import Actor
from leitai.files.models import StoredFile
from leitai.files.selectors import get_file_for
from leitai.judging import selectors, services
from leitai.judging.models import JudgedEvent, Material, Timing
from leitai.judging.services import Plan
from leitai.judging.services.staging import WAYS
from leitai.ledger.models import LedgerEntry
from leitai.people.events import PeopleMerging
from leitai.seasons.events import EntryReplaced
from leitai.seasons.models import Entry
from tests.rooms.judging import making
from tests.rooms.judging.making import CLERK, OFFICE, STAGE, TIMER
from tests.rooms.judging.test_services import refused

pytestmark = pytest.mark.usefixtures("stage")


def test_the_servers_clock_gives_full_seconds():
    day = making.called()
    refused("judging_state", services.start_clock, actor=TIMER, slot=day.slot(1), at=making.AT)
    day.move(1, "on-stage")
    refused("forbidden", services.start_clock, actor=CLERK, slot=day.slot(1), at=making.AT)
    services.start_clock(actor=TIMER, slot=day.slot(1), at=making.AT)
    refused("judging_clock_runs", services.start_clock, actor=TIMER, slot=day.slot(1), at=making.AT)
    later = making.AT + timedelta(seconds=480, microseconds=999_999)
    assert services.stop_clock(actor=TIMER, slot=day.slot(1), at=later).seconds == "480"
    refused("judging_clock_none", services.stop_clock, actor=TIMER, slot=day.slot(1), at=later)
    key = {"actor": TIMER, "slot": day.slot(1), "at": later}
    refused("judging_seconds", services.enter_seconds, seconds="480.5", **key)
    refused("judging_reason", services.enter_seconds, seconds="481", **key)
    services.enter_seconds(seconds="481", reason="误按", **key)
    rows = Timing.objects.order_by("pk").values_list("seconds", "how", "standing")
    assert list(rows) == [("480", "clock", False), ("481", "hand", True)]


def test_materials_are_checked_and_frozen_with_their_hash():
    day = making.day()
    slot = day.slot(1)
    stored = StoredFile.objects.create(
        kind="judging-material", owner=slot.owner, name="亮点.pdf", type="pdf", size=9,
        sha256="ab" * 32, holder="1", at=making.AT,
    )  # fmt: skip
    material = Material.objects.create(slot=slot, file=stored, handed_at=making.AT)
    own = Actor("c-1", slot.name, slot.entry.person.code)
    panel = making.judge(day.seat(1).person)
    stranger = Actor("c-2", "某", "p-5103-1")
    get_file_for(own, stored.pk, stored.name)
    for actor in (panel, stranger):
        refused("not_found", get_file_for, actor=actor, file=stored.pk, name=stored.name)
    freeze = {"actor": STAGE, "event": day.event, "at": making.AT}
    refused("judging_material_unchecked", services.freeze_materials, **freeze)
    check = {"actor": STAGE, "material": material, "at": making.AT}
    refused("judging_reason", services.check_material, sound=False, reason="", **check)
    services.check_material(sound=True, reason="", **check)
    assert services.freeze_materials(**freeze) == 1
    material.refresh_from_db()
    assert (material.state, material.sha256) == ("frozen", "ab" * 32)
    refused("judging_material_frozen", services.check_material, sound=True, reason="", **check)
    back = Material.objects.create(
        slot=day.slot(2), file=stored, state="refused", handed_at=making.AT
    )
    again = {"actor": STAGE, "material": back, "at": making.AT, "sound": True, "reason": ""}
    refused("judging_material_frozen", services.check_material, **again)
    hand = {"actor": STAGE, "slot": day.slot(3), "uploads": ["x"], "note_text": "", "at": making.AT}
    refused("judging_material_frozen", services.hand_material, **hand)  # who had nothing, too
    get_file_for(panel, stored.pk, stored.name)
    refused("not_found", get_file_for, actor=stranger, file=stored.pk, name=stored.name)
    entry = LedgerEntry.objects.get(act="judging.frozen")
    assert json.loads(bytes(entry.payload))["data"]["files"] == [[slot.code, "亮点.pdf", "ab" * 32]]


def test_a_session_has_its_own_contestants_and_judges_of_other_numbers():
    season, people = making.ground()
    early = making.plan(season, session="上午场", entries=("2022-5101-1", "2022-5103-1"))
    refused("judging_taken", making.plan, season=season, session="下午场", entries=("2022-5101-1",))
    refused("judging_once", making.plan, season=season, session="上午场")
    late = making.plan(season, session="下午场")
    assert (early.slots.count(), late.slots.count()) == (2, 4)
    refused("judging_nobody", making.plan, season=season, session="晚场")
    one = services.add_seat(actor=OFFICE, event=early, person=people[1], at=making.AT)
    two = services.add_seat(actor=OFFICE, event=late, person=people[2], at=making.AT)
    assert (one.judge, two.judge) == ("1", "2")


def test_a_remote_event_names_its_link_or_the_videos_deadline():
    season, _people = making.ground()
    refused("judging_link", making.plan, season=season, mode="remote")
    event = making.plan(season, mode="remote", link="腾讯会议 000-000-000")
    assert (event.mode, event.link) == ("remote", "腾讯会议 000-000-000")


def test_only_the_rules_own_judged_events_can_be_planned():
    season, _people = making.ground()
    stage = season.stages.get(code="selection")
    wanted = Plan("individual", "scene", making.AT)
    refused(
        "judging_event_unknown",
        services.plan_event,
        actor=OFFICE,
        stage=stage,
        plan=wanted,
        at=making.AT,
    )
    final = season.stages.get(code="final")
    refused("forbidden", services.plan_event, actor=STAGE, stage=final, plan=wanted, at=making.AT)


def test_the_call_list_goes_by_the_draws_order():
    day = making.called()
    day.move(1, "late", late="3")
    day.move(2, "isolated")
    refused("judging_before", lambda: day.move(3, "on-stage"))
    day.move(2, "on-stage")
    refused("judging_stage_taken", lambda: day.move(1, "on-stage"))
    day.move(2, "released")
    day.move(1, "on-stage")
    refused("judging_way", lambda: day.move(4, "released"))
    refused("judging_reason", lambda: day.move(1, "isolated"))
    day.move(1, "isolated", reason="设备故障")
    assert (day.slot(1).late, day.slot(1).state) == ("3", "isolated")


def test_a_penalty_is_counted_once_and_taken_back_with_nought():
    day = making.called()
    day.play(1)
    count = {"actor": CLERK, "slot": day.slot(1), "reason": "自报单位", "at": day.at()}
    refused("judging_count_unknown", services.set_count, line="penalty:x", value="1", **count)
    refused("judging_count", services.set_count, line="penalty:name", value="0.5", **count)
    services.set_count(line="penalty:name", value="2", **count)
    services.set_count(line="penalty:name", value="1", **count)
    assert selectors.recorded_of(day.event)[0].counts == {"penalty:name": "1"}
    assert services.set_count(line="penalty:name", value="0", **count) is None
    assert selectors.recorded_of(day.event)[0].counts == {}


def test_who_withdraws_is_out_and_who_replaces_has_the_turn():
    day = making.called()
    gone = day.slot(1).entry
    gone.state = "withdrawn"
    gone.save()
    day.play(2)
    assert [one.slot.order for one in selectors.recorded_of(day.event)] == [2, 3, 4, 5, 6]
    code = day.slot(3).code
    new = Entry.objects.create(
        stage=day.stage,
        track="individual",
        code="2022-5101-9",
        person=day.judges[6],
        delegation=day.slot(2).entry.delegation,
        state="confirmed",
        entered_at=making.AT,
    )
    Entry.objects.filter(stage=day.stage, code=code).update(state="replaced", replaced_by=new)
    JudgedEvent.objects.update(state="called")
    change = EntryReplaced(making.CODE, "selection", "individual", code, new.code)
    events.publish(change)
    slot = day.slot(3)
    assert (slot.code, slot.name, slot.team, slot.number) == (new.code, "评委庚", "成都市", "03")
    # The new contestant serves at the province, as the judges 2 to 7 do.
    assert slot.recusals.filter(relation="unit").count() == 6


def test_two_records_of_a_judge_become_one():
    day = making.day()
    kept, gone = day.judges[0], day.seat(5).person
    events.publish(PeopleMerging(gone.pk, kept.pk, OFFICE, making.AT))
    assert day.seat(5).person == kept
    clash = PeopleMerging(kept.pk, day.seat(4).person.pk, OFFICE, making.AT)
    refused("judging_merge_clash", lambda: events.publish(clash))


def test_who_is_put_last_waits_for_the_others_and_pays_nothing():
    day = making.called()
    day.move(1, "on-stage")
    key = {"actor": STAGE, "slot": day.slot(1), "at": making.AT}
    refused("judging_reason", services.put_last, reason=" ", **key)
    services.put_last(reason="投影故障", **key)
    first = day.slot(1)
    assert (first.state, first.deferred, first.order, first.number, first.late) == (
        "isolated", 1, 1, "01", "",
    )  # fmt: skip
    assert [row.slot.pk for row in selectors.stage_rows(day.event, WAYS)][-1] == first.pk
    again = {"actor": STAGE, "slot": first, "state": "on-stage", "at": making.AT}
    refused("judging_before", services.move_slot, **again)
    others = day.event.slots.exclude(pk=first.pk).order_by("order")
    for slot in others:
        services.move_slot(actor=STAGE, slot=slot, state="on-stage", at=making.AT)
        services.move_slot(actor=STAGE, slot=slot, state="released", at=making.AT)
    refused("judging_way", services.put_last, actor=STAGE, slot=others[0], reason="x", at=making.AT)
    day.move(1, "on-stage")
    assert first.moves.filter(reason="移到最后：投影故障").count() == 1
    assert LedgerEntry.objects.filter(act="judging.moved").count() == 1


def test_an_event_without_files_is_frozen_too():
    day = making.day()
    assert services.freeze_materials(actor=STAGE, event=day.event, at=making.AT) == 0
    day.event.refresh_from_db()
    assert selectors.is_frozen(day.event)
