"""A ruling has one contestant sit again: by a second exam, through the officers' own pages."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse

from leitai.bank import selectors as bank
from leitai.bank.models import Paper
from leitai.kernel.errors import DomainError
from leitai.ledger.models import Proposal
from leitai.marking import services as marking
from leitai.notices import effects
from leitai.results import services as results
from leitai.results.models import StageResult
from leitai.results.selectors.access import standing_result
from leitai.results.selectors.ties import notes_of
from leitai.results.services import refreshing
from leitai.seasons.models import Score
from leitai.sittings import services as sittings
from leitai.sittings.models import Exam, JournalRow, Sitting
from tests.rooms.marking.halls import answers, journal
from tests.rooms.sittings.test_arranging import local, whole
from tests.world import HOME

pytestmark = pytest.mark.django_db
HEAT = "?of=heat:exam"
AGAIN = "2022-5101-1"  # 95.00, the first of the heat
LENGTH = timedelta(minutes=90)


def url(name, *more, query=""):
    return reverse(f"sittings:{name}", args=(HOME, *more)) + query


def text(page):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page.content.decode()))


@pytest.fixture
def ruled(world):
    season = world.home.season
    entry = effects.find_entry(season, "heat", AGAIN)
    effects.carry_out(
        season,
        [effects.entry_effect("replay", entry)],
        source="objection:1",
        by="监督尤见山提出，领导小组厉慎行批准",
        at=world.now,
    )
    return season


def arrange(sign_in, opens):
    """Another paper by two officers, then the exam and its one seat."""
    form = {"banks": ["rsfw"], "count": "1", "reason": "第1号异议处理决定", "act": "do"}
    assert sign_in("office").post(url("papers-new", query=HEAT), form).status_code == 302
    asked = Proposal.objects.latest("pk")
    assert sign_in("exam_officer").post(f"/acts/{asked.pk}/approve/").status_code == 302
    officer = sign_in("exam_officer")
    assert f"{url('exam-new')}?of=heat%3Aexam" in officer.get(url("exams")).content.decode()
    paper = Paper.objects.latest("pk")
    form = {"paper": paper.code, "opens_at": local(opens), "act": "look"}
    looked = text(officer.post(url("exam-new", query=HEAT), form))
    assert "晋级赛统一在线比试（重赛）" in looked
    assert "1人，1支代表队" in looked
    assert "在本科目的另一场考试中已有座位：10人" in looked
    form["act"] = "do"
    assert officer.post(url("exam-new", query=HEAT), form).status_code == 302
    exam = Exam.objects.latest("pk")
    assert "将编排1个座位" in text(officer.get(url("seating", exam.code)))
    assert officer.post(url("seating", exam.code), {"site-5101": "省会赛点"}).status_code == 302
    return exam


def sit(exam, *, right):
    """As the lane leaves it: so many single choices right, an hour and a half long."""
    sitting = exam.sittings.get()
    keys = [item for item in bank.key_of(exam.paper_id) if item.type == "single"]
    given = {item.number: item.key for item in keys[:right]}
    rows = journal(sitting, [answers(given)])
    sitting.state, sitting.entered_at = "handed_in", exam.opens_at
    sitting.ended_at = exam.closes_at
    sitting.save()
    JournalRow.objects.bulk_create(rows)
    return sitting


def stands():
    rows = Score.objects.exclude(state="superseded").filter(entry__stage__code="heat")
    found = rows.filter(entry__stage__season__code=HOME)
    return {
        code: (value, status)
        for code, value, status in found.values_list("entry__code", "value", "status")
    }


def test_whoever_sits_again_is_marked_and_everybody_else_keeps_their_marks(sign_in, world, ruled):
    before = stands()
    assert before[AGAIN] == (9500, "void")
    assert "1人等待重赛" in text(sign_in("exam_officer").get(url("exams")))
    opens = whole(world.now) + timedelta(days=1)
    exam = arrange(sign_in, opens)
    assert [one.entry.code for one in exam.sittings.all()] == [AGAIN]
    assert "等待重赛" not in text(sign_in("exam_officer").get(url("exams")))
    assert "晋级赛统一在线比试（重赛）" in text(sign_in("contestant").get("/me/"))

    sitting = sit(exam, right=30)
    at = exam.closes_at + timedelta(minutes=1)
    marking.mark_sittings([sitting.pk], at=at)
    # thirty single choices right, a point each, as the small rules have them
    points = sum(item.points for item in bank.key_of(exam.paper_id)[:30])
    assert stands() == before | {AGAIN: (points * 100, "ok")}

    refreshing.refresh_stale(season=HOME, stage="heat", at=at)
    result = StageResult.objects.filter(stage__season__code=HOME, stage__code="heat").latest(
        "version"
    )
    assert notes_of(result) == []
    result = results.confirm_result(actor=world.home.office, result=result, at=at)
    results.publish_result(actor=world.home.office, result=result, at=at)
    assert standing_result(HOME, "heat") == result
    mine = result.standings.get(entry__code=AGAIN, board="main")
    assert mine.rank == 11  # behind all of the others, who have 50.00 and more
    assert "晋级赛" in text(sign_in("contestant").get("/me/"))
    assert "已编排" in text(sign_in("exam_officer").get(url("exams")))


def test_whoever_does_not_come_to_sit_again_is_absent(sign_in, world, ruled):
    exam = arrange(sign_in, whole(world.now) + timedelta(days=1))
    Sitting.objects.filter(exam=exam).update(state="absent", ended_at=exam.closes_at)
    marking.mark_sittings([exam.sittings.get().pk], at=exam.closes_at)
    assert stands()[AGAIN] == (0, "absent")


def test_nobody_gets_a_second_seat_without_a_ruling(world):
    exam = sittings.create_exam(
        actor=world.home.officer,
        stage=world.home.past.stage,
        event="exam",
        paper=world.home.papers[1],
        opens_at=world.now + LENGTH,
        closes_at=world.now + 2 * LENGTH,
        at=world.now,
    )
    assert exam.title == "晋级赛 统一在线比试（第2场）"
    with pytest.raises(DomainError, match="exam_empty"):
        sittings.seat_entries(actor=world.home.officer, exam=exam, at=world.now)


def test_a_job_that_comes_late_does_not_undo_what_was_ruled(world, ruled):
    """The first exam's sitting is marked once more: the voided mark stays void."""
    sitting = world.home.sitting(world.home.past)
    sitting.final_seq, sitting.final_digest = 0, sha256(f"sitting:{sitting.pk}".encode()).digest()
    sitting.save()
    marking.mark_sittings([sitting.pk], at=world.now)
    assert stands()[AGAIN] == (9500, "void")
