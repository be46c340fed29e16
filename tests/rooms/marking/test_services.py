"""From acknowledged answers to scores, with real journals in a real database."""

from datetime import timedelta

import pytest

from leitai.kernel.errors import DomainError, Problems
from leitai.marking import services
from leitai.marking.models import Marking
from leitai.seasons.enums import EntryState
from leitai.seasons.models import Score
from leitai.sittings import services as sittings
from leitai.sittings.enums import SittingState
from leitai.sittings.models import JournalRow, Sitting
from tests.rooms.marking.halls import AT, KEYS, OPENS, Hall, answers, small_rules

pytestmark = pytest.mark.django_db


def mark(*rows: Sitting) -> services.MarkReport:
    return services.mark_sittings([row.pk for row in rows], at=AT)


def scores() -> list[tuple]:
    rows = Score.objects.exclude(state="superseded").order_by("entry__code")
    return list(rows.values_list("entry__code", "value", "decimals", "status", "keys"))


def test_latest_answer_counts_and_score_and_keys_follow() -> None:
    hall = Hall()
    first = answers(KEYS)
    second = answers({2: "C", 5: "A", 3: ""})
    third = answers({5: "DA"})
    sitting = hall.sit(first, second, third, seconds=1234.001)
    assert mark(sitting) == services.MarkReport(marked=1, absent=0)
    marking = Marking.objects.get()
    assert marking.points == [150, 0, 0, 150, 200, 200]
    assert marking.total == 700
    assert bytes(marking.journal_digest) == bytes(sitting.final_digest)
    assert scores() == [("e001", 700, 2, "ok", {"multiple": 400, "seconds": 1235})]
    assert Score.objects.get().source == f"sitting:{sitting.pk}"


def test_marks_are_made_once_however_often_they_are_asked_for() -> None:
    hall = Hall()
    sitting = hall.sit(answers(KEYS))
    mark(sitting)
    again = services.mark_sittings([sitting.pk], at=AT + timedelta(hours=1))
    assert again == services.MarkReport(marked=1, absent=0)
    assert Marking.objects.get().marked_at == AT
    assert Score.objects.count() == 1


def test_longer_journal_makes_a_new_score_and_keeps_the_old_one() -> None:
    hall = Hall()
    sitting = hall.sit(answers({1: "B"}))
    mark(sitting)
    JournalRow.objects.all().delete()
    from tests.rooms.marking.halls import journal

    JournalRow.objects.bulk_create(journal(sitting, [answers({1: "B"}), answers({2: "B"})]))
    sitting.save()
    mark(sitting)
    assert Marking.objects.get().total == 300
    rows = Score.objects.order_by("pk").values_list("value", "state")
    assert list(rows) == [(150, "superseded"), (300, "provisional")]


def test_sitting_that_was_never_entered_is_absent() -> None:
    hall = Hall()
    sitting = hall.sit(state=SittingState.ABSENT)
    assert mark(sitting) == services.MarkReport(marked=0, absent=1)
    assert not Marking.objects.exists()
    assert scores() == [("e001", 0, 2, "absent", {})]


def test_entered_sitting_without_an_answer_scores_nought() -> None:
    hall = Hall()
    mark(hall.sit(state=SittingState.CLOSED, seconds=5400.25))
    assert Marking.objects.get().points == [0] * 6
    assert scores() == [("e001", 0, 2, "ok", {"multiple": 0, "seconds": 5400})]


def test_sitting_closed_where_no_lane_runs_has_no_digest_and_is_marked() -> None:
    hall = Hall()
    sitting = hall.sit(state=SittingState.CLOSED)
    Sitting.objects.update(final_digest=None)
    assert mark(sitting).marked == 1


def test_moment_between_deadline_and_closing_is_nobodys() -> None:
    hall = Hall()
    mark(hall.sit(answers(KEYS), state=SittingState.CLOSED, seconds=5400.25))
    assert scores() == [("e001", 1000, 2, "ok", {"multiple": 400, "seconds": 5400})]


def test_void_sitting_keeps_its_marks_under_a_void_score() -> None:
    hall = Hall()
    mark(hall.sit(answers(KEYS), state=SittingState.VOID))
    assert scores() == [("e001", 1000, 2, "void", {"multiple": 400, "seconds": 60})]


def test_withdrawn_entry_gets_no_score() -> None:
    hall = Hall()
    mark(hall.sit(answers(KEYS), entry_state=EntryState.WITHDRAWN))
    assert scores() == []


@pytest.mark.parametrize("state", [SittingState.WAITING, SittingState.OPEN])
def test_sitting_that_goes_on_is_left_alone(state: str) -> None:
    hall = Hall()
    assert mark(hall.sit(answers(KEYS), state=state)) == services.MarkReport(0, 0)
    assert scores() == []


@pytest.mark.parametrize("response", ["Z", "BB?", ["B"], ["甲", "乙"], "T", ""])
def test_answer_of_another_shape_earns_nothing(response: object) -> None:
    hall = Hall()
    mark(hall.sit(answers({1: response, 999: "B"})))
    assert Marking.objects.get().total == 0


def test_changed_answer_breaks_the_journal_and_only_that_sitting_is_not_marked() -> None:
    hall = Hall()
    forged, honest = hall.sit(answers({1: "A"}), answers({2: "B"})), hall.sit(answers(KEYS))
    row = JournalRow.objects.get(sitting_id=forged.pk, seq=1)
    body = bytes(row.body).replace(b'"A"', b'"B"')
    JournalRow.objects.filter(sitting_id=forged.pk, seq=1).update(body=body)
    with pytest.raises(Problems) as refused:
        mark(forged, honest)
    assert [(it.place, it.code, dict(it.data)) for it in refused.value.problems] == [
        (forged.number, "journal_broken", {"sitting": forged.pk, "seq": 1})
    ]
    assert scores() == [("e002", 1000, 2, "ok", {"multiple": 400, "seconds": 60})]
    assert list(Marking.objects.values_list("sitting", flat=True)) == [honest.pk]


@pytest.mark.parametrize(("seq", "code"), [(1, "journal_broken"), (2, "journal_short")])
def test_lost_batch_is_found(seq: int, code: str) -> None:
    hall = Hall()
    sitting = hall.sit(answers({1: "B"}), answers({2: "B"}))
    JournalRow.objects.filter(sitting_id=sitting.pk, seq=seq).delete()
    with pytest.raises(Problems) as refused:
        mark(sitting)
    assert [it.code for it in refused.value.problems] == [code]
    assert scores() == []


def test_journal_of_another_sitting_does_not_pass() -> None:
    hall = Hall()
    one, other = hall.sit(answers(KEYS)), hall.sit(answers({1: "B"}))
    JournalRow.objects.filter(sitting_id=one.pk).delete()
    JournalRow.objects.filter(sitting_id=other.pk).update(sitting_id=one.pk)
    with pytest.raises(Problems) as refused:
        mark(one)
    assert [it.code for it in refused.value.problems] == ["journal_broken"]


def test_key_that_no_exam_gives_is_refused_and_nothing_is_marked() -> None:
    rules = (
        small_rules()
        .replace("      seconds: {", "      luck: {")
        .replace("exam.seconds", "exam.luck")
    )
    hall = Hall(rules=rules)
    with pytest.raises(DomainError) as refused:
        mark(hall.sit(answers(KEYS)))
    assert (refused.value.code, refused.value.data["key"]) == ("exam_key_unknown", "luck")
    assert not Marking.objects.exists()


def test_end_of_sittings_marks_them_after_the_commit(django_capture_on_commit_callbacks) -> None:
    hall = Hall()
    sitting = hall.sit(answers(KEYS))
    with django_capture_on_commit_callbacks(execute=True):
        sittings.end_sittings((sitting.pk,))
    assert scores() == [("e001", 1000, 2, "ok", {"multiple": 400, "seconds": 60})]


def test_hall_of_880_is_marked_whole() -> None:
    from leitai import rulebook

    hall = Hall(rules=rulebook.packaged("sichuan-2022"), singles=40, multiples=20)
    batches = [answers({n: "B" if n <= 40 else "AD"}) for n in range(1, 61)]
    rows = hall.sit_many([batches] * 880)
    report = mark(*rows)
    assert report == services.MarkReport(marked=880, absent=0)
    assert set(Score.objects.values_list("value", flat=True)) == {10000}


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_sittings(count: int, django_assert_max_num_queries) -> None:
    hall = Hall()
    rows = hall.sit_many([[answers(KEYS)]] * count)
    mark(rows[0])  # the rulebook is parsed and remembered
    Marking.objects.all().delete()
    Score.objects.all().delete()
    with django_assert_max_num_queries(22):
        mark(*rows)


def test_opening_is_the_exams_and_not_the_contestants() -> None:
    hall = Hall()
    sitting = hall.sit(answers(KEYS), seconds=100)
    Sitting.objects.update(entered_at=OPENS + timedelta(seconds=90))
    mark(sitting)
    assert scores()[0][4]["seconds"] == 100
