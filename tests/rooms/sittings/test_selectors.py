from datetime import timedelta

import pytest

from leitai.base.actor import NOBODY, Actor, AppointmentRef
from leitai.kernel.errors import DomainError
from leitai.sittings import selectors, services
from leitai.sittings.models import JournalRow, Presence
from tests.factories import sittings as hall
from tests.world import AWAY, HOME


@pytest.fixture
def exam(world):
    """Thirty minutes in: one online, one silent, one handed in, the rest never came."""
    exam = hall.start(world.home.ahead, world.now)
    online, silent, done = exam.sittings.order_by("pk")[:3]
    hall.enter(online, world.now - timedelta(seconds=30), answered=12, seq=4)
    hall.enter(silent, world.now - timedelta(seconds=31), answered=7, seq=2)
    hall.enter(done, world.now - timedelta(minutes=5), answered=60, seq=9)
    exam.sittings.filter(pk=done.pk).update(state="handed_in", receipt="7QK2M4XZ")
    return selectors.get_exam(world.home.officer, exam.code)


def _counts(console):
    return {one.look.key: one.count for one in console.filters}


def test_console_counts_every_seat_in_one_state(world, exam):
    console = selectors.console_of(exam, now=world.now)
    assert _counts(console) == {"open": 1, "offline": 1, "waiting": 3, "handed_in": 1}
    assert (console.total, console.live, console.answered) == (6, 5, 79)
    assert [seat.look.key for seat in console.seats] == [
        "open",
        "offline",
        "handed_in",
        "waiting",
        "waiting",
        "waiting",
    ]


def test_console_shows_who_entered_before_the_opening_as_ready(world):
    exam = world.home.ahead
    hall.enter(exam.sittings.order_by("pk")[0], world.now - timedelta(minutes=10))
    console = selectors.console_of(exam, now=world.now)
    assert _counts(console) == {"ready": 1, "waiting": 5}


def test_console_knows_how_many_questions_there_are(world, exam):
    console = selectors.console_of(exam, now=world.now)
    assert console.questions == 60
    assert console.share == 21  # 79 of 6 × 60


def test_console_filters_by_state_and_site_together(world, exam):
    console = selectors.console_of(exam, now=world.now, site="5103", state="waiting")
    assert [seat.name for seat in console.seats] == ["选手51032"]
    assert (console.shown, console.at_site, console.total) == (1, 2, 6)
    assert _counts(console) == {"open": 0, "offline": 0, "waiting": 1, "handed_in": 1}


def test_console_of_a_large_hall_lists_its_sites_first(world, exam):
    hall.fill(exam, sites=22, seats=40, now=world.now)
    console = selectors.console_of(exam, now=world.now)
    assert console.by_site
    assert console.seats == ()
    assert len(console.sites) == 25
    row = console.sites[-1]
    assert (row.name, row.seats, row.answered) == ("赛点21", 40, 400)
    assert dict(zip([one.look.key for one in console.filters], row.counts, strict=True)) == {
        "open": 40,
        "offline": 0,
        "waiting": 0,
        "handed_in": 0,
    }


def test_console_pages_a_state_that_many_have(world, exam):
    hall.fill(exam, sites=22, seats=40, now=world.now)
    last = selectors.console_of(exam, now=world.now, state="open", page=99)
    assert (last.shown, last.page, last.pages, len(last.seats)) == (881, 8, 8, 41)


def test_console_takes_as_many_queries_for_nine_hundred_seats_as_for_six(
    world, exam, django_assert_num_queries
):
    with django_assert_num_queries(3):
        selectors.console_of(exam, now=world.now)
    hall.fill(exam, sites=22, seats=40, now=world.now)
    with django_assert_num_queries(3):
        selectors.console_of(exam, now=world.now, site="S03")


def test_the_chosen_person_shows_how_far_the_journal_is(world, exam):
    one = exam.sittings.order_by("pk")[0]
    JournalRow.objects.create(
        sitting_id=one.pk, seq=4, epoch=1, at=world.now, body=b"{}", digest=bytes(32)
    )
    services.extend(
        actor=world.home.officer,
        exam=exam,
        seconds=90,
        reason="停电",
        at=world.now,
        sittings=[one.pk],
    )
    chosen = selectors.console_of(exam, now=world.now, seat=one.pk).chosen
    assert (chosen.seat.name, chosen.delegation) == ("申时雨", "成都市")
    assert (chosen.seat.answered, chosen.batches, chosen.last_batch) == (12, 4, world.now)
    assert chosen.moved_words == "+1:30"


def test_a_seat_of_another_exam_is_not_chosen(world, exam):
    foreign = world.away.ahead.sittings.order_by("pk")[0]
    assert selectors.console_of(exam, now=world.now, seat=foreign.pk).chosen is None


def test_acts_of_a_person_are_the_own_ones_and_those_for_all(world, exam):
    one, other = exam.sittings.order_by("pk")[:2]
    for reason, who in (("甲", [one.pk]), ("乙", [other.pk]), ("丙", None)):
        services.extend(
            actor=world.home.officer,
            exam=exam,
            seconds=60,
            reason=reason,
            at=world.now,
            sittings=who,
        )
    console = selectors.console_of(exam, now=world.now, seat=one.pk)
    assert [act.detail for act in console.acts] == ["丙", "甲"]
    everything = selectors.console_of(exam, now=world.now)
    assert [(act.who, act.detail) for act in everything.acts] == [
        ("", "丙"),
        ("选手51012", "乙"),
        ("申时雨", "甲"),
    ]


def test_the_fingerprint_stays_while_nothing_changes(world, exam):
    first = selectors.console_of(exam, now=world.now).fingerprint
    assert selectors.console_of(exam, now=world.now).fingerprint == first


def test_the_fingerprint_changes_with_an_answer_an_act_and_a_lost_line(world, exam):
    prints = [selectors.console_of(exam, now=world.now).fingerprint]
    Presence.objects.filter(seq=4).update(answered=13)
    prints.append(selectors.console_of(exam, now=world.now).fingerprint)
    services.extend(actor=world.home.officer, exam=exam, seconds=60, reason="停电", at=world.now)
    prints.append(selectors.console_of(exam, now=world.now).fingerprint)
    later = world.now + timedelta(seconds=1)
    prints.append(selectors.console_of(exam, now=later).fingerprint)
    assert len(set(prints)) == 4


def test_console_is_over_when_nobody_can_write_any_more(world, exam):
    assert not selectors.console_of(exam, now=world.now).over
    exam.sittings.update(state="closed")
    assert selectors.console_of(exam, now=world.now).over


@pytest.mark.parametrize(
    ("actor", "season"),
    [
        (NOBODY, HOME),
        (Actor("9", "蒲清越", appointments=(AppointmentRef("exam_officer", "51/", AWAY),)), HOME),
        (Actor("9", "蒲清越", appointments=(AppointmentRef("office", "51/5101/", HOME),)), HOME),
        (Actor("9", "蒲清越", appointments=(AppointmentRef("exam_officer", "51/", ""),)), AWAY),
    ],
    ids=["stranger", "other season", "below the host", "another season's address"],
)
def test_an_exam_of_others_does_not_exist(world, actor, season):
    with pytest.raises(DomainError) as refused:
        selectors.get_exam(actor, world.home.ahead.code, season=season)
    assert refused.value.code == "not_found"


def test_a_supervisor_may_watch(world):
    actor = Actor("9", "尤见山", appointments=(AppointmentRef("supervisor", "51/", HOME),))
    assert selectors.get_exam(actor, world.home.ahead.code, season=HOME) == world.home.ahead


def test_exams_are_listed_with_who_sits_and_who_is_done(world):
    rows = selectors.list_exams(HOME)
    assert [(row.title, row.seats, row.done) for row in rows] == [
        ("晋级赛 统一在线比试", 11, 11),
        ("总决赛 统一在线比试", 6, 0),
    ]


def test_tickets_are_one_sites_by_seat_with_codes_in_groups(world):
    tickets = selectors.tickets_of(world.home.ahead, "5101")
    assert [ticket.sitting.seat for ticket in tickets] == [1, 2]
    code = services.admission_code_of(world.home.sitting(world.home.ahead))
    assert tickets[0].shown == "-".join(code[at : at + 4] for at in (0, 4, 8, 12))


def test_agenda_has_the_exam_ahead_with_the_own_code_and_the_past_one(world):
    agenda = selectors.agenda_of(f"{HOME}-5101-1", now=world.now)
    sitting = world.home.sitting(world.home.ahead)
    assert [(one.sitting, one.code, one.running) for one in agenda.ahead] == [
        (sitting, services.admission_code_of(sitting), False)
    ]
    assert [(one.sitting.exam, one.look.key, one.sitting.receipt) for one in agenda.past] == [
        (world.home.past, "handed_in", "RC000001")
    ]


def test_agenda_calls_an_exam_past_at_its_deadline_before_any_lane_has_closed_it(world):
    exam = world.home.ahead
    agenda = selectors.agenda_of(f"{HOME}-5101-1", now=exam.closes_at)
    assert agenda.ahead == ()
    assert agenda.past[0].look.key == "absent"


def test_agenda_of_nobody_is_empty(world):
    assert selectors.agenda_of("", now=world.now) == selectors.Agenda((), ())


def test_ended_sittings_come_with_their_journals_in_order(world):
    sitting, live = world.home.sitting(world.home.past), world.home.sitting(world.home.ahead)
    for seq in (2, 1):
        JournalRow.objects.create(
            sitting_id=sitting.pk,
            seq=seq,
            epoch=1,
            at=world.now,
            body=b"{%d}" % seq,
            digest=bytes([seq]) * 32,
        )
    ended = selectors.ended_sittings([live.pk, sitting.pk])
    assert [(one.sitting, one.rows) for one in ended] == [
        (sitting, ((1, b"{1}", b"\1" * 32), (2, b"{2}", b"\2" * 32)))
    ]
