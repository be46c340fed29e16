"""A real season's exam on the web: composed, sealed, set, seated, moved, cancelled."""

from __future__ import annotations

import asyncio
import json
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from psycopg.rows import dict_row

from leitai.bank import selectors as bank
from leitai.bank.models import Paper, PaperOpening
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.lane.keys import LaneRing
from leitai.lane.papers import Papers
from leitai.lane.seats import Seats
from leitai.ledger.models import LedgerEntry, Proposal
from leitai.messages.models import Message
from leitai.seasons.models import Season
from leitai.sittings import selectors, services
from leitai.sittings.models import Exam, Incident, Sitting
from tests.world import HOME, NAMES

FINAL = "?of=final:exam"
LENGTH = timedelta(minutes=90)  # of the small contest's exam


def url(name, *more, query=""):
    return reverse(f"sittings:{name}", args=(HOME, *more)) + query


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def whole(moment):
    """As a form gives it: to the minute."""
    return moment.replace(second=0, microsecond=0)


def compose(sign_in, count=1):
    """Asked for by the office, approved by an exam officer: through their pages."""
    form = {"banks": ["rsfw"], "count": str(count), "reason": "方案第四条", "act": "do"}
    answer = sign_in("office").post(url("papers-new", query=FINAL), form)
    assert answer.status_code == 302
    proposal = Proposal.objects.latest("pk")
    assert answer.headers["Location"] == f"/acts/{proposal.pk}/"
    approved = sign_in("exam_officer").post(f"/acts/{proposal.pk}/approve/")
    assert approved.status_code == 302
    return list(Paper.objects.filter(season=HOME).order_by("pk"))[-count:]


def arrange(sign_in, paper, opens):
    form = {"paper": paper.code, "opens_at": local(opens), "act": "do"}
    answer = sign_in("exam_officer").post(url("exam-new", query=FINAL), form)
    assert answer.status_code == 302
    return Exam.objects.latest("pk")


def said(link):
    """What an entry tells, without the name that every entry has."""
    told = canonical.decode(bytes(link.payload))["data"]
    return {name: value for name, value in told.items() if name != "by"}


def acts():
    return list(
        LedgerEntry.objects.filter(chain=HOME).order_by("-seq").values_list("act", flat=True)[:4]
    )


@pytest.fixture
def opens(world):
    return whole(world.now) + timedelta(days=3)


@pytest.fixture
def gone(world):
    """The final's first exam is off, so that the final can be arranged anew."""
    services.cancel_exam(
        actor=world.home.officer, exam=world.home.ahead, reason="另行组卷", at=world.now
    )


class Through:
    """The lane's readers over the test's own transaction."""

    def __init__(self):
        self.raw = connection.connection  # Django's own is another one inside a loop

    async def row(self, statement, *values):
        rows = await self.fetch(statement, *values)
        return rows[0] if rows else None

    async def fetch(self, statement, *values):
        with self.raw.cursor(row_factory=dict_row) as cursor:
            cursor.execute(re.sub(r"\$\d", "%s", statement), values)
            return cursor.fetchall()


class Clock:
    measured = True

    def __init__(self, at):
        self.at = at

    def now_ms(self):
        return int(self.at.timestamp() * 1000)


def lane_opens(sitting, at):
    """What the lane gives a seat at a moment: the opened paper."""

    readers, ring = Through(), LaneRing(Path(os.environ["LEITAI_KEYS"]))

    async def ask():
        seat = await Seats(readers).read(sitting)
        return json.loads(await Papers(ring, readers, Clock(at)).plain(seat))

    return asyncio.run(ask())


def test_from_the_bank_to_the_lane(sign_in, world, gone, opens):
    (paper,) = compose(sign_in)
    assert (paper.title, paper.code) == (
        "总决赛 统一在线比试 A卷",
        f"{HOME}-final-exam-paper-1",
    )
    exam = arrange(sign_in, paper, opens)
    assert (exam.opens_at, exam.closes_at) == (opens, opens + LENGTH)
    officer = sign_in("exam_officer")
    page = officer.get(url("seating", exam.code)).content.decode()
    assert "将编排6个座位" in page
    sites = {"site-5101": "省会赛点", "site-5103": "省会赛点", "site-51-province": ""}
    assert officer.post(url("seating", exam.code), sites).status_code == 302
    placed = exam.sittings.order_by("pk").values_list("site__name", "seat", "entry__code")
    assert list(placed) == [
        ("省会赛点", 1, "2022-5101-1"),
        ("省会赛点", 2, "2022-5101-2"),
        ("省会赛点", 3, "2022-5103-1"),
        ("省会赛点", 4, "2022-5103-2"),
        ("省本级", 1, "2022-51-province-1"),
        ("省本级", 2, "2022-51-province-2"),
    ]
    doors = officer.get(url("seats", exam.code, query="?site=5101")).content.decode()
    assert NAMES["contestant"] in doors
    tickets = officer.get(url("tickets", exam.code, query="?site=5101")).content.decode()
    assert tickets.count('class="ticket"') == 4
    sitting = exam.sittings.first().pk
    with pytest.raises(DomainError, match="not_open"):
        lane_opens(sitting, opens - timedelta(seconds=1))
    opened = lane_opens(sitting, opens)
    stems = [item["stem"] for item in opened["items"]]
    assert stems == [item.stem for item in bank.items_of(paper)]
    assert len(stems) == 60  # 40单选 20多选


def test_composing_is_recorded_and_tells_nothing_of_the_paper(sign_in, gone):
    (paper,) = compose(sign_in)
    entry = LedgerEntry.objects.get(chain=HOME, act="paper.sealed", subject=f"paper:{paper.code}")
    proposal = Proposal.objects.latest("pk")
    stems = [item.stem for item in bank.items_of(paper)]
    told = json.dumps([said(entry), proposal.data, proposal.effect], ensure_ascii=False)
    assert not any(stem in told for stem in stems)
    assert "每份60题，共100分" in told
    assert (proposal.state, proposal.decided_name) == ("done", NAMES["exam_officer"])


def test_composing_is_looked_at_before_it_is_asked_for(sign_in):
    form = {"banks": ["rsfw"], "count": "1", "reason": "方案第四条", "act": "look"}
    page = sign_in("office").post(url("papers-new", query=FINAL), form)
    assert page.status_code == 200
    assert "组成1份试卷：总决赛 统一在线比试 A卷" in page.content.decode()
    assert not Proposal.objects.filter(deed="paper.compose").exists()


def test_too_few_questions_are_said_on_the_form_and_keep_what_was_typed(sign_in):
    form = {"banks": ["rsfw"], "count": "6", "reason": "方案第四条", "act": "do"}
    page = sign_in("office").post(url("papers-new", query=FINAL), form)
    html = page.content.decode()
    assert page.status_code == 422
    assert "“单项选择题”需要240题（6份试卷）" in html
    assert 'value="方案第四条"' in html


def test_a_paper_that_is_used_or_opened_is_not_offered(sign_in, world, gone, opens):
    (spare,) = compose(sign_in)
    paper = world.home.papers[1]  # of the exam that is off: free again
    free = {row.paper.code for row in selectors.papers_of(HOME) if row.free}
    assert free == {paper.code, spare.code}
    arrange(sign_in, paper, opens)
    PaperOpening.objects.create(paper=spare, early=True, opened_at=world.now)
    assert not any(row.free for row in selectors.papers_of(HOME))
    for taken, code in ((paper, "exam_paper_used"), (spare, "exam_paper_opened")):
        with pytest.raises(DomainError, match=code):
            check(world, taken, opens)


def check(world, paper, opens, closes=None):
    return services.check_exam(
        actor=world.home.officer,
        stage=world.home.ahead.stage,
        event="exam",
        paper=paper.code,
        opens_at=opens,
        closes_at=closes or opens + LENGTH,
        at=world.now,
    )


def test_an_exam_keeps_to_the_rules_and_the_calendar(world, gone, opens):
    paper = world.home.papers[1]
    assert check(world, paper, opens).title == "总决赛 统一在线比试"
    with pytest.raises(DomainError, match="exam_minutes"):
        check(world, paper, opens, opens + timedelta(minutes=60))
    with pytest.raises(DomainError, match="exam_past"):
        check(world, paper, world.now)
    with pytest.raises(DomainError, match="exam_outside_window"):  # that closes in thirty days
        check(world, paper, world.now + timedelta(days=30))


def test_no_exam_in_a_season_that_is_over(world, gone, opens):
    Season.objects.filter(code=HOME).update(state="closed")
    world.home.ahead.stage.season.refresh_from_db()
    with pytest.raises(DomainError, match="season_closed"):
        check(world, world.home.papers[1], opens)


def test_who_has_no_seat_is_named_with_the_reason(sign_in, world, gone, opens):
    entries = world.home.ahead.stage.entries
    entries.filter(code="2022-5103-2").update(state="withdrawn")
    form = {"paper": world.home.papers[1].code, "opens_at": local(opens), "act": "look"}
    html = sign_in("exam_officer").post(url("exam-new", query=FINAL), form).content.decode()
    assert "5人，3支代表队" in html
    assert "退赛" in html
    assert "选手51032" in html
    assert Exam.objects.filter(stage__season__code=HOME).count() == 2  # nothing was set


def test_a_seat_is_taken_back_from_who_withdrew(sign_in, world):
    exam = world.home.ahead
    exam.stage.entries.filter(code="2022-5103-2").update(state="withdrawn")
    officer = sign_in("exam_officer")
    assert "收回座位：1人" in officer.get(url("seating", exam.code)).content.decode()
    assert officer.post(url("seating", exam.code), {}).status_code == 302
    states = dict(exam.sittings.values_list("entry__code", "state"))
    assert states.pop("2022-5103-2") == "cancelled"
    assert set(states.values()) == {"waiting"}
    link = LedgerEntry.objects.filter(chain=HOME, act="exam.seat").latest("seq")
    assert said(link) == {"seats": 0, "released": ["2022-5103-2"]}
    assert selectors.list_exams(HOME).get(pk=exam.pk).seats == 5
    exam.stage.entries.filter(code="2022-5103-2").update(state="confirmed")
    assert officer.post(url("seating", exam.code), {}).status_code == 302
    assert set(exam.sittings.values_list("state", flat=True)) == {"waiting"}
    assert exam.sittings.get(entry__code="2022-5103-2").seat == 2  # where it was


def test_moving_takes_every_seat_along_and_tells_it(sign_in, world, opens):
    exam = world.home.ahead
    one = exam.sittings.order_by("pk").first()
    services.extend(
        actor=world.home.officer,
        exam=exam,
        seconds=600,
        reason="合理便利",
        at=world.now,
        sittings=[one.pk],
    )
    form = {"opens_at": local(opens), "reason": "赛点停电检修"}
    assert sign_in("exam_officer").post(url("move", exam.code), form).status_code == 302
    exam.refresh_from_db()
    assert (exam.opens_at, exam.closes_at) == (opens, opens + LENGTH)
    deadlines = dict(exam.sittings.values_list("pk", "deadline"))
    assert deadlines.pop(one.pk) == opens + LENGTH + timedelta(minutes=10)
    assert set(deadlines.values()) == {opens + LENGTH}
    assert Incident.objects.get(exam=exam, kind="move").reason == "赛点停电检修"
    assert acts()[0] == "exam.move"
    with pytest.raises(DomainError, match="not_open"):  # the lane follows
        lane_opens(one.pk, opens - timedelta(seconds=1))


def test_news_of_a_change_goes_to_who_has_a_seat(world):
    at = world.now
    told = services.tell_changed(
        exam=world.home.ahead.code, kind="move", reason="赛点停电检修", at=at
    )
    assert told == 1  # one of the six has an account
    message = Message.objects.latest("pk")
    assert message.title == "总决赛 统一在线比试已改期"
    assert "赛点停电检修" in message.body
    services.tell_changed(exam=world.home.ahead.code, kind="move", reason="赛点停电检修", at=at)
    assert Message.objects.latest("pk") == message


def test_after_the_opening_nothing_is_moved_nor_cancelled(world):
    exam = world.home.ahead
    told = {"actor": world.home.officer, "exam": exam, "reason": "停电", "at": exam.opens_at}
    with pytest.raises(DomainError, match="exam_begun"):
        services.cancel_exam(**told)
    later = exam.opens_at + timedelta(days=1)
    with pytest.raises(DomainError, match="exam_begun"):
        services.move_exam(**told, opens_at=later, closes_at=later + LENGTH)


def test_a_cancelled_exam_has_no_seats_and_its_paper_stays_sealed(sign_in, world):
    exam = world.home.ahead
    form = {"reason": "改为线下考试", "known": "on"}
    answer = sign_in("office").post(url("cancel", exam.code), form)
    assert answer.headers["Location"] == url("exams")
    exam.refresh_from_db()
    assert exam.cancelled_at is not None
    assert set(exam.sittings.values_list("state", flat=True)) == {"cancelled"}
    assert acts()[0] == "exam.cancel"
    services.record_openings(at=exam.closes_at)
    assert not exam.paper.openings.exists()
    html = sign_in("office").get(url("console", exam.code)).content.decode()
    assert "考试已取消" in html
    assert "hx-trigger" not in html
    sitting = exam.sittings.first()
    with pytest.raises(DomainError, match="closed"):
        lane_opens(sitting.pk, exam.opens_at)


def test_cancelling_wants_the_knowledge_of_what_it_does(sign_in, world):
    answer = sign_in("office").post(url("cancel", world.home.ahead.code), {"reason": "停电"})
    assert answer.status_code == 422
    assert not Sitting.objects.filter(state="cancelled").exists()


def test_the_exams_page_says_what_is_next(sign_in, world, gone):
    office = sign_in("office")
    assert url("exam-new", query="?of=final%3Aexam") in office.get(url("exams")).content.decode()
    PaperOpening.objects.create(paper=world.home.papers[1], early=True, opened_at=world.now)
    assert url("papers-new", query="?of=final%3Aexam") in office.get(url("exams")).content.decode()
    assert "组卷</a>" not in sign_in("supervisor").get(url("exams")).content.decode()


def test_the_budget_of_the_pages(sign_in, world, django_assert_max_num_queries):
    client = sign_in("exam_officer")
    for name, most in (("exams", 26), ("papers", 24)):
        client.get(url(name))
        with django_assert_max_num_queries(most):
            client.get(url(name))
    with django_assert_max_num_queries(20):
        client.get(url("seating", world.home.ahead.code))
