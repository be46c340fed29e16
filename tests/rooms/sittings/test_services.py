from datetime import timedelta
from hashlib import sha256

import pytest

from leitai.base import events
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.sittings import services
from leitai.sittings.events import SittingsEnded
from leitai.sittings.models import Incident, JournalRow
from tests.factories import sittings as hall
from tests.world import HOME

SECOND = timedelta(seconds=1)


@pytest.fixture
def exam(world):
    return world.home.ahead


@pytest.fixture
def ended(monkeypatch):
    """What was announced as ended, in order; nobody above hears of it."""
    told = []
    monkeypatch.setitem(events._inside, SittingsEnded, [lambda event: told.append(event.sittings)])
    return told


def test_seating_gives_each_delegation_its_site_and_numbers_its_seats(exam):
    seats = exam.sittings.order_by("site__pk", "seat").values_list(
        "site__name", "seat", "entry__code"
    )
    assert list(seats) == [
        ("成都市", 1, "2022-5101-1"),
        ("成都市", 2, "2022-5101-2"),
        ("自贡市", 1, "2022-5103-1"),
        ("自贡市", 2, "2022-5103-2"),
        ("省本级", 1, "2022-51-province-1"),
        ("省本级", 2, "2022-51-province-2"),
    ]


def test_seating_again_gives_nobody_a_second_seat(world, exam):
    before = list(exam.sittings.order_by("pk").values_list("pk", "number"))
    again = services.seat_entries(actor=world.home.officer, exam=exam, at=world.now)
    assert again == []
    assert list(exam.sittings.order_by("pk").values_list("pk", "number")) == before


def test_seating_after_the_opening_is_refused(world, exam):
    with pytest.raises(DomainError) as refused:
        services.seat_entries(actor=world.home.officer, exam=exam, at=exam.opens_at)
    assert refused.value.code == "exam_running"


def test_seating_by_an_officer_of_another_season_is_refused(world, exam):
    with pytest.raises(DomainError) as refused:
        services.seat_entries(actor=world.away.officer, exam=exam, at=world.now)
    assert refused.value.code == "forbidden"


def test_an_exam_that_closes_before_it_opens_is_refused(world):
    with pytest.raises(DomainError) as refused:
        services.create_exam(
            actor=world.home.officer,
            stage=world.home.ahead.stage,
            event="exam",
            paper=world.home.papers[1],
            opens_at=world.now,
            closes_at=world.now,
            at=world.now,
        )
    assert refused.value.code == "exam_times"


def test_an_exam_of_an_event_that_the_stage_has_not_is_refused(world):
    with pytest.raises(DomainError) as refused:
        services.create_exam(
            actor=world.home.officer,
            stage=world.home.season.stages.get(code="selection"),
            event="exam",
            paper=world.home.papers[1],
            opens_at=world.now,
            closes_at=world.now + SECOND,
            at=world.now,
        )
    assert (refused.value.code, refused.value.data) == (
        "exam_event_unknown",
        {"stage": "选拔赛", "event": "exam"},
    )


def test_the_admission_code_is_recomputed_and_only_its_digest_is_stored(exam):
    for sitting in exam.sittings.select_related("exam"):
        code = services.admission_code_of(sitting)
        assert len(code) == 16
        assert bytes(sitting.admission_digest) == sha256(code.encode()).digest()


def test_admission_codes_are_those_of_each_sitting(exam):
    rows = list(exam.sittings.select_related("exam"))
    codes = services.admission_codes(exam, rows)
    assert codes == {row.number: services.admission_code_of(row) for row in rows}
    assert len(set(codes.values())) == len(rows)


def test_extending_one_moves_only_that_deadline_and_its_version(world, exam):
    one, other = exam.sittings.order_by("pk")[:2]
    changed = services.extend(
        actor=world.home.officer,
        exam=exam,
        seconds=300,
        reason="停电5分钟",
        at=world.now,
        sittings=[one.pk],
    )
    assert changed == 1
    moved, still = exam.sittings.get(pk=one.pk), exam.sittings.get(pk=other.pk)
    assert moved.deadline - one.deadline == timedelta(seconds=300)
    assert moved.version == one.version + 1
    assert (still.deadline, still.version) == (other.deadline, other.version)


def test_extending_is_an_incident_and_a_link_of_the_ledger(world, exam):
    one = exam.sittings.order_by("pk")[0]
    services.extend(
        actor=world.home.officer,
        exam=exam,
        seconds=60,
        reason="核对身份",
        at=world.now,
        sittings=[one.pk],
    )
    incident = Incident.objects.get(exam=exam)
    assert (incident.kind, incident.sitting_id, incident.reason) == (
        "extension",
        one.pk,
        "核对身份",
    )
    assert incident.data == {"sittings": [one.pk], "changed": 1, "seconds": 60}
    link = LedgerEntry.objects.filter(chain=HOME).order_by("-seq")[0]
    assert (link.act, link.subject) == ("exam.extension", exam.code)


def test_extending_all_leaves_out_who_has_ended(world, exam):
    gone = exam.sittings.order_by("pk")[0]
    exam.sittings.filter(pk=gone.pk).update(state="handed_in")
    changed = services.extend(
        actor=world.home.officer, exam=exam, seconds=60, reason="全场停电", at=world.now
    )
    assert changed == exam.sittings.count() - 1
    assert exam.sittings.get(pk=gone.pk).deadline == gone.deadline


@pytest.mark.parametrize("seconds", [0, -60, 7201])
def test_extending_by_nothing_or_too_much_is_refused(world, exam, seconds):
    with pytest.raises(DomainError) as refused:
        services.extend(
            actor=world.home.officer, exam=exam, seconds=seconds, reason="停电", at=world.now
        )
    assert refused.value.code == "extension_range"
    assert not Incident.objects.filter(exam=exam).exists()


def test_extending_without_a_reason_is_refused(world, exam):
    with pytest.raises(DomainError) as refused:
        services.extend(actor=world.home.officer, exam=exam, seconds=60, reason=" ", at=world.now)
    assert refused.value.code == "reason_missing"


def test_extending_an_ended_sitting_is_refused(world, exam):
    one = exam.sittings.order_by("pk")[0]
    exam.sittings.filter(pk=one.pk).update(state="closed")
    with pytest.raises(DomainError) as refused:
        services.extend(
            actor=world.home.officer,
            exam=exam,
            seconds=60,
            reason="停电",
            at=world.now,
            sittings=[one.pk],
        )
    assert refused.value.code == "sittings_none"


def test_closing_brings_the_deadline_to_now_and_leaves_the_ending_to_the_lane(world, exam):
    one = exam.sittings.order_by("pk")[0]
    changed = services.close_sittings(
        actor=world.home.officer, exam=exam, reason="本人申请", at=world.now, sittings=[one.pk]
    )
    assert changed == 1
    closed = exam.sittings.get(pk=one.pk)
    assert (closed.deadline, closed.state, closed.version) == (
        world.now,
        "waiting",
        one.version + 1,
    )


def test_what_no_lane_has_closed_is_closed_as_the_lane_would(world, exam, ended):
    hall.start(exam, world.now, minutes=180)
    came, wrote, never = exam.sittings.order_by("pk")[:3]
    hall.enter(came, world.now - timedelta(hours=2))
    hall.enter(wrote, world.now - timedelta(hours=2), answered=2, seq=2)
    for seq in (1, 2):
        JournalRow.objects.create(
            sitting_id=wrote.pk,
            seq=seq,
            epoch=1,
            at=world.now,
            body=b"{}",
            digest=bytes([seq]) * 32,
        )
    closed = services.close_overdue(at=world.now)
    assert closed == exam.sittings.count()
    states = {row.pk: row for row in exam.sittings.all()}
    start = {pk: sha256(f"sitting:{pk}".encode()).digest() for pk in states}

    def end(sitting):
        row = states[sitting.pk]
        return row.state, row.final_seq, bytes(row.final_digest)

    assert end(came) == ("closed", 0, start[came.pk])
    assert end(wrote) == ("closed", 2, bytes([2]) * 32)
    assert end(never) == ("absent", 0, start[never.pk])
    assert states[came.pk].ended_at == exam.closes_at
    assert ended == [tuple(sorted(states))]


def test_a_deadline_that_has_just_passed_is_left_to_the_lane(world, exam, ended):
    hall.start(exam, world.now, minutes=90)
    assert services.close_overdue(at=world.now + 30 * SECOND) == 0
    assert ended == []
    assert services.close_overdue(at=world.now + 31 * SECOND) == exam.sittings.count()


def test_ending_nobody_announces_nothing(db, ended):
    services.end_sittings(())
    assert ended == []
