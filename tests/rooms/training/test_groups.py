"""Groups: who is chosen and whence, the plan, opening with one message, attendance and leave."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.db import transaction

from leitai.base import events
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.messages.models import Delivery, Message
from leitai.people.events import PeopleMerging
from leitai.people.models import Person
from leitai.seasons.events import SeasonsForgotten
from leitai.seasons.services.facts import NewFact, record_facts
from leitai.training import selectors, services
from leitai.training.models import Attendance, Group, Leave
from leitai.training.services import Part
from leitai.training.services.following import follow_merging
from tests.factories import people as make
from tests.factories.units import HOUSE
from tests.rooms.training.camp import (
    AT,
    CODE,
    DAY,
    FRAME,
    MORNING,
    NEXT,
    OFFICE,
    drafted,
    open_season,
    opened,
)

pytestmark = pytest.mark.django_db


def codes(error):
    return [(one.place, one.code) for one in error.value.problems]


def told():
    return list(Message.objects.order_by("pk").values_list("title", flat=True))


def test_a_group_needs_members_a_leader_and_a_plan_before_it_opens():
    season = open_season()
    group = services.create_group(actor=OFFICE, season=season, frame=FRAME, at=AT)
    code = "p-5101-1"
    for missing in ("training_empty", "training_leaderless", "training_unplanned"):
        with pytest.raises(DomainError, match=missing):
            services.open_group(actor=OFFICE, group=group, at=AT)
        if missing == "training_empty":
            services.add_members(actor=OFFICE, group=group, people=[code], source="", at=AT)
        elif missing == "training_leaderless":
            services.add_leader(actor=OFFICE, group=group, name=code)
    services.create_session(actor=OFFICE, group=group, part=MORNING)
    assert services.open_group(actor=OFFICE, group=group, at=AT).state == "open"


def test_opening_tells_each_member_once_and_is_recorded():
    camp = opened()
    assert told() == ["集训通知：国赛集训班"]
    heard = set(Delivery.objects.values_list("account", flat=True))
    assert heard == {camp.first.account.pk, camp.second.account.pk}
    with pytest.raises(DomainError, match="training_state"):
        services.open_group(actor=OFFICE, group=camp.group, at=AT)
    acts = LedgerEntry.objects.filter(chain=CODE, act__startswith="training.")
    assert list(acts.order_by("seq").values_list("act", flat=True)) == [
        "training.joined",
        "training.opened",
    ]


def test_members_come_from_the_upper_levels_answer():
    camp = drafted()
    facts = [
        NewFact(f"p-5104-{nth}", "contest", "全国统一在线比试", "", date(2022, 9, 8))
        for nth in (1, 2)
    ]
    source = "人社部通报〔2022〕3号"
    record_facts(actor=HOUSE, facts=facts, source=source, at=AT, chain=CODE)
    page = selectors.roster_page(camp.group, {"from": "answer:2022-09-08:全国统一在线比试"})
    assert [(one.key, one.count) for one in page.answers] == [("全国统一在线比试", 2)]
    assert [one.code for one in page.page.object_list] == ["p-5104-1", "p-5104-2"]
    words = selectors.source_words(camp.group, page.chosen)
    assert words == "上级公布：全国统一在线比试（人社部通报〔2022〕3号）"
    found = [one.code for one in page.page.object_list]
    added = services.add_members(
        actor=OFFICE, group=camp.group, people=[*found, "p-5101-1"], source=words, at=AT
    )
    assert added == 2  # the third is in already
    assert camp.group.members.get(person__code="p-5104-1").source == words


def test_members_come_from_an_entry_list_or_by_name():
    camp = drafted()
    page = selectors.roster_page(camp.group, {"from": "stage:selection"})
    assert page.page.paginator.count == 11  # of the small season: 3 + 3 + 3 + 2
    assert {"p-5101-1", "p-5101-2"} <= page.members
    assert (
        selectors.roster_page(camp.group, {"from": "hand", "words": "选手3"}).page.paginator.count
        == 3
    )
    assert selectors.roster_page(camp.group, {}).page is None


def test_who_leaves_stays_on_record_and_may_come_back():
    camp = opened()
    member = camp.member(camp.second)
    with pytest.raises(DomainError, match="training_reason"):
        services.remove_member(actor=OFFICE, group=camp.group, member=member.pk, reason="", at=AT)
    services.remove_member(actor=OFFICE, group=camp.group, member=member.pk, reason="调离", at=AT)
    with pytest.raises(DomainError, match="not_found"):
        selectors.sight_of(camp.second.actor, CODE, camp.group.pk)
    back = services.add_members(
        actor=OFFICE, group=camp.group, people=[camp.second.person.code], source="补选", at=AT
    )
    member.refresh_from_db()
    assert (back, member.left_at, member.source) == (1, None, "补选")


def test_the_plan_stays_inside_the_period():
    camp = drafted()
    with pytest.raises(Problems) as error:
        services.create_session(
            actor=OFFICE, group=camp.group, part=replace(MORNING, day=date(2022, 9, 17))
        )
    assert codes(error) == [("day", "training_outside")]
    with pytest.raises(Problems) as error:
        services.create_session(actor=OFFICE, group=camp.group, part=replace(MORNING, ends=time(9)))
    assert codes(error) == [("ends", "training_times")]
    with pytest.raises(Problems) as error:
        services.edit_group(
            actor=OFFICE, group=camp.group, frame=replace(FRAME, ends=date(2022, 9, 12)), at=AT
        )
    assert codes(error) == [("ends", "training_shrunk")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("讲义 https://example.org/a b", None),
        ("只有名称", None),
        ("外站 //example.org/a", None),
        (
            "讲义一　/files/1/a.pdf\n\n课件 https://example.org/b",
            [["讲义一", "/files/1/a.pdf"], ["课件", "https://example.org/b"]],
        ),
    ],
)
def test_material_is_a_name_and_an_address(text, found):
    camp = drafted()
    part = Part(date(2022, 9, 14), time(9), time(10), "答疑", links=text)
    if found is None:
        with pytest.raises(Problems) as error:
            services.create_session(actor=OFFICE, group=camp.group, part=part)
        assert codes(error) == [("links", "training_link")]
    else:
        made = services.create_session(actor=OFFICE, group=camp.group, part=part)
        assert made.links == found


def test_members_are_told_when_a_session_moves_but_not_when_words_change():
    camp = opened()
    later = camp.sessions[1]
    services.edit_session(actor=OFFICE, session=later, part=replace(NEXT, teacher="晏同舟"), at=AT)
    assert len(told()) == 1
    services.edit_session(actor=OFFICE, session=later, part=replace(NEXT, begins=time(10)), at=AT)
    assert told()[1:] == ["集训日程有变动：工伤保险"]


def test_the_leader_marks_and_the_last_mark_counts():
    camp = opened()
    session, later = camp.sessions
    member = camp.member(camp.first)

    def mark(actor, presence, of=session):
        return services.mark_attendance(
            actor=actor, session=of, member=member.pk, presence=presence, at=AT
        )

    with pytest.raises(DomainError, match="forbidden"):
        mark(camp.first.actor, "present")
    with pytest.raises(DomainError, match="training_future"):
        mark(camp.leader.actor, "present", later)
    with pytest.raises(DomainError, match="training_presence"):
        mark(camp.leader.actor, "ill")
    mark(camp.leader.actor, "absent")
    mark(OFFICE, "late")
    assert [(one.presence, one.marked_name) for one in Attendance.objects.all()] == [
        ("late", OFFICE.name)
    ]


def test_the_rest_are_there_unless_their_leave_was_granted():
    camp = opened()
    day = camp.group.starts
    leave = services.ask_leave(
        actor=camp.second.actor, group=camp.group, first=day, last=day, reason="就医", at=AT - DAY
    )
    services.decide_leave(
        actor=camp.leader.actor, group=camp.group, leave=leave.pk, grant=True, answer="", at=AT
    )
    session = camp.sessions[0]
    assert services.mark_rest(actor=camp.leader.actor, session=session, at=AT) == 2
    assert services.mark_rest(actor=camp.leader.actor, session=session, at=AT) == 0
    sheet = selectors.sheet_of(camp.group)
    marks = {row.member.person.code: row.cells for row in sheet.rows}
    assert marks == {"p-5101-1": ("present", ""), "p-5101-2": ("leave", "")}


def test_leave_is_asked_for_oneself_and_decided_by_another():
    camp = opened()
    first, last = date(2022, 9, 13), date(2022, 9, 14)

    def ask(who, start=first, end=last, reason="就医"):
        return services.ask_leave(
            actor=who.actor, group=camp.group, first=start, last=end, reason=reason, at=AT
        )

    with pytest.raises(DomainError, match="forbidden"):
        ask(camp.leader)
    with pytest.raises(Problems) as error:
        ask(camp.first, date(2022, 9, 11), date(2022, 9, 10), " ")
    assert {code for _place, code in codes(error)} == {
        "training_dates",
        "training_outside",
        "training_leave_past",
        "training_leave_reason",
    }
    leave = ask(camp.first)
    assert told()[-1] == "选手1请假，请审批"
    assert "就医" not in Message.objects.last().body
    with pytest.raises(Problems) as error:
        ask(camp.first, last, last)
    assert codes(error) == [("first", "training_leave_twice")]

    def decide(actor, answer, *, grant=False):
        return services.decide_leave(
            actor=actor, group=camp.group, leave=leave.pk, grant=grant, answer=answer, at=AT
        )

    with pytest.raises(DomainError, match="training_leave_answer"):
        decide(camp.leader.actor, " ")
    decide(camp.leader.actor, "当天有模拟考试")
    assert told()[-1] == "请假未准：2022-09-13至2022-09-14"
    with pytest.raises(DomainError, match="training_leave_decided"):
        decide(OFFICE, "", grant=True)
    entry = LedgerEntry.objects.filter(act="training.leave").get()
    assert b"\xe5\xb0\xb1\xe5\x8c\xbb" not in bytes(entry.payload)  # 就医


def test_a_leader_who_trains_does_not_grant_the_own_leave():
    camp = opened()
    services.add_leader(actor=OFFICE, group=camp.group, name=camp.first.person.code)
    day = date(2022, 9, 14)
    leave = services.ask_leave(
        actor=camp.first.actor, group=camp.group, first=day, last=day, reason="家事", at=AT
    )
    with pytest.raises(DomainError, match="forbidden"):
        services.decide_leave(
            actor=camp.first.actor, group=camp.group, leave=leave.pk, grant=True, answer="", at=AT
        )


def test_what_is_closed_stays_as_it_was():
    camp = opened()
    services.close_group(actor=OFFICE, group=camp.group, at=AT)
    group = Group.objects.get(pk=camp.group.pk)
    for attempt in (
        lambda: services.mark_rest(actor=OFFICE, session=camp.sessions[0], at=AT),
        lambda: services.create_session(actor=OFFICE, group=group, part=MORNING),
        lambda: services.add_members(
            actor=OFFICE, group=group, people=["p-5104-1"], source="", at=AT
        ),
    ):
        with pytest.raises(DomainError, match="training_state"):
            attempt()
    assert selectors.sight_of(camp.first.actor, CODE, group.pk).member is not None


def test_a_leader_is_named_by_code_where_a_name_is_not_enough():
    camp = drafted()
    with pytest.raises(DomainError, match="training_person"):
        services.add_leader(actor=OFFICE, group=camp.group, name="选手1")  # one in each unit
    with pytest.raises(DomainError, match="training_leader_twice"):
        services.add_leader(actor=OFFICE, group=camp.group, name=camp.leader.person.code)
    Person.objects.filter(code="p-5104-3").update(name="晏同舟")
    assert (
        services.add_leader(actor=OFFICE, group=camp.group, name="晏同舟").person.code == "p-5104-3"
    )


def test_only_the_seasons_own_office_writes():
    camp = drafted()
    for actor in (
        make.actor("office", season="other", account="900031"),
        make.actor("leader", season=CODE, account="900032"),
        camp.leader.actor,
    ):
        with pytest.raises(DomainError, match="forbidden"):
            services.open_group(actor=actor, group=camp.group, at=AT)


def test_two_records_of_one_person_become_one_member():
    camp = opened()
    session = camp.sessions[0]
    kept, gone = camp.member(camp.first), camp.member(camp.second)
    for member in (kept, gone):
        services.mark_attendance(
            actor=OFFICE, session=session, member=member.pk, presence="late", at=AT
        )
    day = date(2022, 9, 14)
    services.ask_leave(
        actor=camp.second.actor, group=camp.group, first=day, last=day, reason="就医", at=AT
    )
    services.add_leader(actor=OFFICE, group=camp.group, name=camp.second.person.code)
    merging = PeopleMerging(camp.second.person.pk, camp.first.person.pk, OFFICE, AT)
    follow_merging(merging)  # the seasons refuse two entries of one stage: these have both
    assert [one.person for one in camp.group.members.all()] == [camp.first.person]
    assert (kept.attendance.count(), kept.leaves.count()) == (1, 1)
    leaders = set(camp.group.leaders.values_list("person__code", flat=True))
    assert leaders == {camp.leader.person.code, camp.first.person.code}


def test_reasons_of_leave_go_with_the_seasons_term():
    camp = opened()
    day = date(2022, 9, 14)
    services.ask_leave(
        actor=camp.first.actor, group=camp.group, first=day, last=day, reason="就医", at=AT
    )
    with transaction.atomic():
        events.publish(SeasonsForgotten((CODE,), AT))
    assert Leave.objects.get().reason == ""
