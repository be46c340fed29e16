"""A month's exam of practice: set by one officer, begun by each, marked, credited, corrected."""

from __future__ import annotations

import json
from datetime import timedelta
from fractions import Fraction

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from leitai.bank.models import Paper
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.marking.services import mark_sittings
from leitai.people import privacy
from leitai.people import selectors as people_reads
from leitai.people.events import PeopleMerging
from leitai.people.models import Person
from leitai.practice.models import Act, Credit, ExamTry, Learner, PracticeExam
from leitai.practice.selectors.grounds import get_ground
from leitai.practice.services.examining import take_marks
from leitai.practice.services.following import follow_merging
from leitai.seasons import selectors as season_reads
from leitai.seasons import services as seasons
from leitai.seasons.models import CalendarWindow, Entry, Season
from leitai.seasons.services import NewScore
from leitai.sittings.models import Exam, Sitting
from leitai.sittings.services import admission_code_of, close_overdue
from leitai.training.models import Group, Leader, Member
from leitai.training.selectors.marks import marks_page
from leitai.web.practice_exams import reading, steps
from tests.factories import exams as make
from tests.factories import people
from tests.factories import practice as questions
from tests.factories.exams import RIGHT
from tests.factories.results import CODE, open_season
from tests.factories.units import HOUSE
from tests.web.matrix.practice import give_practice

pytestmark = pytest.mark.django_db
OFFICE = people.actor("office", season=CODE)
# Both singles (40), one of two multiples (10), two of four true/false (20).
SEVENTY = {1: "A", 2: "A", 3: "AC", 4: "A", 5: "T", 6: "T", 7: "F"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def season() -> Season:
    made = open_season()
    give_practice(made, make.PRACTICE)
    questions.questions(40, season=CODE)
    return made


@pytest.fixture
def exam(season: Season, now) -> PracticeExam:
    return make.set_exam(OFFICE, CODE, now)


def learner(nth: int = 0) -> Actor:
    """A member of staff with an account."""
    person = Person.objects.order_by("pk")[nth]
    account = get_user_model().objects.create_user(
        username=f"learner-{nth}", consent=privacy.VERSION
    )
    person.account = account
    person.save(update_fields=["account"])
    return people_reads.actor_of(account, at=timezone.now())


def sat(actor: Actor, exam: PracticeExam, answers: dict[int, str], at) -> Sitting:
    steps.begin(actor=actor, exam=exam, at=at)
    sitting = Sitting.objects.get(entry__person__code=actor.person)
    make.hand_in(sitting, answers, at + timedelta(minutes=5))
    mark_sittings([sitting.pk], at=at + timedelta(minutes=6))
    return sitting


def lines() -> list[tuple[str, str]]:
    rows = Credit.objects.exclude(points="0").order_by("line")
    return list(rows.values_list("points", "balance"))


def test_one_officer_sets_it_and_the_ledger_says_so(exam, now) -> None:
    assert (exam.minutes, exam.full, exam.passing) == (10, "100", "60")  # as the rules say
    (entry,) = LedgerEntry.objects.filter(chain=CODE, act="practice.exam_set")
    said = json.loads(bytes(entry.payload))["data"]
    assert (said["banks"], said["by"]) == ("practice", f"practice-exam:{OFFICE.account}")
    assert Paper.objects.get(season=exam.code).item_count == 8
    assert exam.code not in [one.code for one in season_reads.list_seasons()]


def test_points_that_do_not_add_up_and_an_empty_shelf_are_refused(season, now) -> None:
    ground = get_ground(OFFICE, CODE, at=now)
    desk = reading.desk_of(OFFICE, ground)
    told = {"title": "月考", "act": "contest", "group": None, "minutes": 1, "passing": ""}
    told |= {"opens_at": now, "closes_at": now + timedelta(hours=1)}
    for parts, error in (
        ([{"type": "single", "count": 2, "points": "20"}], "practice_exam_points"),
        ([{"type": "single", "count": 50, "points": "2"}], "paper_items_short"),  # 10 are there
    ):
        wanted = steps.Wanted(parts=parts, **told)
        with pytest.raises((DomainError, Problems)) as refused:
            steps.open_exam(actor=OFFICE, ground=ground, desk=desk, wanted=wanted, at=now)
        problems = getattr(refused.value, "problems", [refused.value])
        assert [one.code for one in problems] == [error]
    assert not PracticeExam.objects.exists()
    assert not Season.objects.exclude(pk=season.pk).exists()


def test_everybody_has_the_own_minutes_and_joins_once(exam, now) -> None:
    one, later = learner(), now + timedelta(hours=3)
    steps.begin(actor=one, exam=exam, at=later)
    steps.begin(actor=one, exam=exam, at=later + timedelta(minutes=4))
    sitting = Sitting.objects.get()
    assert sitting.deadline == later + timedelta(minutes=10)
    assert (Entry.objects.filter(stage__season__code=exam.code).count()) == 1
    assert len(admission_code_of(sitting)) == 16
    steps.begin(actor=learner(1), exam=exam, at=later)
    assert sorted(Sitting.objects.values_list("seat", flat=True)) == [1, 2]


def test_before_and_after_the_window_nobody_begins(exam, now) -> None:
    one = learner()
    for at in (now - timedelta(seconds=1), now + timedelta(hours=48)):
        with pytest.raises(DomainError, match="practice_exam_closed"):
            steps.begin(actor=one, exam=exam, at=at)
    steps.begin(actor=one, exam=exam, at=now + timedelta(hours=48) - timedelta(seconds=1))
    assert Sitting.objects.get().deadline > exam.closes_at  # the full ten minutes all the same


def test_the_public_is_told_why_not(exam, now) -> None:
    account = get_user_model().objects.create_user(username="public", consent=privacy.VERSION)
    public = people_reads.actor_of(account, at=now)
    with pytest.raises(DomainError, match="practice_exam_person"):
        steps.begin(actor=public, exam=exam, at=now)
    assert not ExamTry.objects.exists()
    client, page = Client(), f"/practice/{CODE}/exams/"
    client.force_login(account)
    assert page in client.get(f"/practice/{CODE}/").content.decode()
    shown = client.get(page).content.decode()
    assert "这个账号还没有对应的人员" in shown
    assert "去练习" in shown
    refused = client.get(f"{page}{exam.code}/")
    assert refused.status_code == 422
    assert "请所在单位的管理员把账号对应到" in refused.content.decode()
    PracticeExam.objects.update(people=["somebody"])  # a group's own is nobody else's business
    assert "这个账号还没有对应的人员" not in client.get(page).content.decode()
    assert client.get(f"{page}{exam.code}/").status_code == 404


def test_a_month_has_as_many_tries_as_the_rules_say(exam, now) -> None:
    one = learner()
    steps.begin(actor=one, exam=exam, at=now)
    second = make.set_exam(OFFICE, CODE, now)
    with pytest.raises(DomainError, match="practice_exam_tries"):
        steps.begin(actor=one, exam=second, at=now + timedelta(seconds=1))
    mock = make.set_exam(OFFICE, CODE, now, act="")
    steps.begin(actor=one, exam=mock, at=now)  # a mock exam counts for nothing


def test_the_mark_becomes_an_act_once(exam, now) -> None:
    sat(learner(), exam, SEVENTY, now)
    job = ProcrastinateJob.objects.get(task_name="practice.exam_marks")
    assert job.args == {"code": exam.code, "entries": ["00001"]}
    assert take_marks(at=now, **job.args) == 1
    assert take_marks(at=now, **job.args) == 0
    tried = ExamTry.objects.get()
    assert (tried.mark, tried.status) == ("70", "ok")
    act = Act.objects.get()
    assert act.source == f"exam:{exam.code}:00001"
    assert act.value == f"70;subject={act.source}"
    assert lines() == [("2", "2")]  # 60 gives 2, 80 would give 5


def test_a_corrected_score_brings_the_difference(exam, now) -> None:
    sat(learner(), exam, SEVENTY, now)
    take_marks(code=exam.code, entries=["00001"], at=now)
    for value, balance in ((9000, "5"), (3000, "0"), (7000, "2")):
        seasons.record_score(
            actor=HOUSE,
            season=season_reads.get_season(exam.code),
            stage="contest",
            event="exam",
            score=NewScore("00001", value, 2, "ruling:1"),
            at=now,
        )
        assert take_marks(code=exam.code, entries=["00001"], at=now) == 1
        points = Credit.objects.values_list("points", flat=True)
        assert sum(Fraction(one) for one in points) == Fraction(balance)
    assert Act.objects.filter(void="").count() == 1
    assert ExamTry.objects.get().mark == "70"


def test_who_never_came_has_no_mark_and_no_points(exam, now) -> None:
    steps.begin(actor=learner(), exam=exam, at=now)
    assert close_overdue(at=now + timedelta(minutes=11)) == 1
    mark_sittings([Sitting.objects.get().pk], at=now + timedelta(minutes=11))
    take_marks(code=exam.code, entries=["00001"], at=now)
    tried = ExamTry.objects.get()
    assert (tried.mark, tried.status) == ("", "absent")
    assert not Act.objects.exists()


def test_a_mock_exam_is_for_its_group_and_credits_nothing(season, now) -> None:
    one, other, leader = learner(), learner(1), learner(2)
    days = {"starts": now.date(), "ends": now.date(), "made_at": now}
    group = Group.objects.create(season=season, title="集训班", state="open", **days)
    Leader.objects.create(group=group, person=Person.objects.get(code=leader.person))
    member = Person.objects.get(code=one.person)
    Member.objects.create(group=group, person=member, unit_name="成都市", joined_at=now)
    with pytest.raises(DomainError, match="forbidden"):
        make.set_exam(leader, CODE, now, act="")  # for everybody: the office's
    with pytest.raises(DomainError, match="forbidden"):
        make.set_exam(leader, CODE, now, group=group.pk)  # with points: the office's
    mock = make.set_exam(leader, CODE, now, act="", group=group.pk)
    assert (mock.people, mock.minutes, mock.audience) == ([one.person], 30, "集训班")
    with pytest.raises(DomainError, match="not_found"):
        steps.begin(actor=other, exam=mock, at=now)
    sat(one, mock, RIGHT, now)
    take_marks(code=mock.code, entries=["00001"], at=now)
    assert ExamTry.objects.get().mark == "100"
    assert not Act.objects.exists()
    (row,) = marks_page(group).rows
    assert [cell.shown for cell in row.cells if cell] == ["100"]
    assert Learner.objects.filter(season=CODE).count() == 1


def test_only_what_nobody_began_is_taken_back(exam, now) -> None:
    desk = reading.desk_of(OFFICE, get_ground(OFFICE, CODE, at=now))
    steps.begin(actor=learner(), exam=exam, at=now)
    with pytest.raises(DomainError, match="practice_exam_begun"):
        steps.drop(actor=OFFICE, desk=desk, exam=exam, at=now)
    other = make.set_exam(OFFICE, CODE, now)
    steps.drop(actor=OFFICE, desk=desk, exam=other, at=now)
    with pytest.raises(DomainError, match="not_found"):
        steps.begin(actor=learner(1), exam=other, at=now)


def test_the_learner_goes_from_today_into_the_room_and_reads_the_mark(exam, now) -> None:
    one, client = learner(), Client()
    client.force_login(get_user_model().objects.get(pk=one.account))
    today = client.get(f"/practice/{CODE}/").content.decode()
    assert f"/practice/{CODE}/exams/{exam.code}/" in today
    page = f"/practice/{CODE}/exams/{exam.code}/"
    assert "参加" in client.get(page).content.decode()
    answer = client.post(f"{page}join/")
    sitting = Sitting.objects.get()
    room = f"/exam/?back=/practice/{CODE}/#{admission_code_of(sitting)}"
    assert answer["Location"] == room  # the slip's last button leads back to «今天»
    shown = client.get(page).content.decode()
    assert "继续作答" in shown
    assert f'href="{room}"' in shown
    make.hand_in(sitting, SEVENTY, timezone.now())
    mark_sittings([sitting.pk], at=timezone.now())
    take_marks(code=exam.code, entries=["00001"], at=timezone.now())
    shown = client.get(page).content.decode()
    assert "合格" in shown
    assert '<b class="num">70</b>' in shown
    assert "答案在全部人员交卷后公布" in shown
    past = now - timedelta(hours=1)
    PracticeExam.objects.update(opens_at=past - timedelta(hours=1), closes_at=past)
    shown = client.get(page).content.decode()
    assert shown.count("您的答案") == 7  # the eighth was left open
    assert "得分70" in client.get(f"/practice/{CODE}/exams/").content.decode()


def test_the_office_reads_marks_by_name_and_exams_follow_merged_people(exam, now) -> None:
    sat(learner(), exam, SEVENTY, now)
    take_marks(code=exam.code, entries=["00001"], at=now)
    client = Client()
    client.force_login(people.account("kaowu", "office"))
    page = client.get(f"/office/{CODE}/practice/exams/{exam.code}/").content.decode()
    assert "选手1" in page
    assert ">70</td>" in page
    console = f"/office/{exam.code}/exams/{Exam.objects.get().code}/"
    assert f'href="{console}"' in page
    assert client.get(console).status_code == 200
    first, second, third = Person.objects.order_by("pk")[1:4]
    PracticeExam.objects.update(people=[first.code, second.code])
    follow_merging(PeopleMerging(first.pk, second.pk, HOUSE, now))
    assert PracticeExam.objects.get().people == [second.code]
    follow_merging(PeopleMerging(second.pk, third.pk, HOUSE, now))
    assert PracticeExam.objects.get().people == [third.code]


def test_the_office_fills_in_the_form(season, now) -> None:
    client = Client()
    client.force_login(people.account("kaowu", "office"))
    page = f"/office/{CODE}/practice/exams/"
    assert "组卷并开放" in client.get(page).content.decode()
    told = {"title": "五月月考", "act": "contest", "group": "", "minutes": "60", "passing": ""}
    told |= {"opens_at": "2122-05-01T09:00", "closes_at": "2122-05-07T18:00"}
    for kind, (count, points) in {
        "single": (2, "20"),
        "multiple": (2, "10"),
        "truefalse": (4, "10"),
        "blank": (0, "1"),
    }.items():
        told |= {f"count-{kind}": str(count), f"points-{kind}": points}
    wrong = client.post(page, told | {"count-single": "1"})
    assert wrong.status_code == 422
    assert "各题分值合计80分，应为100分" in wrong.content.decode()
    assert client.post(page, told).status_code == 302
    exam = PracticeExam.objects.get()
    assert (exam.title, exam.minutes, exam.people) == ("五月月考", 10, None)
    assert "五月月考" in client.get(page).content.decode()
    assert client.post(f"{page}{exam.code}/drop/").status_code == 302
    assert "五月月考" not in client.get(page).content.decode()


def test_the_office_ends_an_exam_early_or_lets_it_run_on(exam, now) -> None:
    one, later = learner(), now + timedelta(hours=1)
    desk = reading.desk_of(OFFICE, get_ground(OFFICE, CODE, at=now))
    told = {"actor": OFFICE, "desk": desk, "exam": exam, "reason": "多数单位窗口值班"}
    longer = exam.closes_at + timedelta(hours=5)

    steps.move_closing(closes_at=longer, at=later, **told)

    exam.refresh_from_db()
    held = Exam.objects.get(stage__season__code=exam.code)
    assert (exam.closes_at, held.closes_at) == (longer, longer + timedelta(minutes=10))
    steps.begin(actor=one, exam=exam, at=longer - timedelta(minutes=1))
    sitting = Sitting.objects.get()
    before = sitting.deadline

    steps.move_closing(closes_at=longer - timedelta(seconds=30),
                       at=longer - timedelta(seconds=30), **told)  # fmt: skip

    sitting.refresh_from_db()
    assert sitting.deadline == before  # who has begun keeps the own minutes
    with pytest.raises(DomainError, match="practice_exam_closed"):
        steps.begin(actor=learner(1), exam=exam, at=longer - timedelta(seconds=20))
    with pytest.raises(DomainError, match="practice_exam_over"):
        steps.move_closing(closes_at=longer + timedelta(days=1), at=longer, **told)
    moved = LedgerEntry.objects.filter(chain=CODE, act="practice.exam_moved").order_by("pk")
    said = [json.loads(bytes(entry.payload))["data"] for entry in moved]
    assert [one["reason"] for one in said] == ["多数单位窗口值班"] * 2
    assert said[1]["from"] == said[0]["closes_at"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "practice_exam_reason"),
        ({"closes_at": timedelta(seconds=-1)}, "practice_exam_closing"),
        ({"closes_at": timedelta(hours=48)}, "practice_exam_closing"),  # as it is
    ],
)
def test_a_closing_time_without_sense_is_refused(exam, now, change, code) -> None:
    desk = reading.desk_of(OFFICE, get_ground(OFFICE, CODE, at=now))
    closes_at = now + change.get("closes_at", timedelta(hours=60))
    with pytest.raises(DomainError, match=code):
        steps.move_closing(
            actor=OFFICE, desk=desk, exam=exam, closes_at=closes_at,
            reason=change.get("reason", "延长"), at=now,
        )  # fmt: skip


def test_a_season_that_closes_ends_what_may_still_be_begun(season, exam, now) -> None:
    ahead = make.set_exam(OFFICE, CODE, now + timedelta(days=3))
    one = learner()
    steps.begin(actor=one, exam=exam, at=now)
    deadline = Sitting.objects.get().deadline
    CalendarWindow.objects.filter(season=season).update(closes_at=now - timedelta(days=1))

    seasons.close_season(actor=OFFICE, season=season, reason="收尾", at=now + timedelta(minutes=2))

    exam.refresh_from_db()
    ahead.refresh_from_db()
    assert exam.closes_at == now + timedelta(minutes=2)
    assert (ahead.dropped_at, exam.dropped_at) == (now + timedelta(minutes=2), None)
    assert Sitting.objects.get().deadline == deadline
    with pytest.raises(DomainError):
        steps.begin(actor=learner(1), exam=exam, at=now + timedelta(minutes=3))
    acts = LedgerEntry.objects.filter(chain=CODE, act__startswith="practice.exam_")
    assert [one.act for one in acts.order_by("pk")][-2:] == [
        "practice.exam_moved", "practice.exam_dropped",
    ]  # fmt: skip


def test_the_page_of_an_exam_changes_its_end(exam) -> None:
    client = Client()
    client.force_login(people.account("office", "office", season=CODE))
    page = f"/office/{CODE}/practice/exams/{exam.code}/"
    assert "改截止时间" in client.get(page).content.decode()
    refused = client.post(page, {"closes_at": "", "reason": " "})
    assert refused.status_code == 422
    assert client.post(page, {"closes_at": "", "reason": "提前结束"}).status_code == 302
    exam.refresh_from_db()
    assert exam.closes_at <= timezone.now()
    assert "改截止时间" not in client.get(page).content.decode()
