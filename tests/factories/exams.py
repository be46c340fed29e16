"""Exams of practice: rules that have one, and a sitting as the lane leaves it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from leitai.base.actor import Actor
from leitai.kernel import chain
from leitai.marking.folding import start_digest
from leitai.practice.models import PracticeExam
from leitai.practice.selectors.grounds import get_ground
from leitai.sittings.enums import SittingState
from leitai.sittings.models import JournalRow, Sitting
from leitai.web.practice_exams import reading, steps

PRACTICE = """
practice:
  ledgers:
    monthly: {title: 月月比}
  acts:
    daily:
      title: 日日学
      exercise: {questions: 5, answers: at-once}
      figures:
        right: {title: 答对, unit: 题, most: "5"}
      credits:
        - {ledger: monthly, each: "1"}
    contest:
      title: 月月比
      exercise: {questions: 8, minutes: 10, full: "100", pass: "60"}
      figures:
        mark: {title: 得分, unit: 分, most: "100"}
      attempts: {limit: {month: 1}}
      credits:
        - {ledger: monthly, steps: [{least: "60", points: "2"}, {least: "80", points: "5"}]}
"""
# 2 × 20 + 2 × 10 + 4 × 10 = 100
PARTS = (
    {"type": "single", "count": 2, "points": "20"},
    {"type": "multiple", "count": 2, "points": "10"},
    {"type": "truefalse", "count": 4, "points": "10"},
)
RIGHT = {1: "A", 2: "A", 3: "AC", 4: "AC", 5: "T", 6: "T", 7: "T", 8: "T"}


def set_exam(
    actor: Actor,
    season: str,
    at: datetime,
    *,
    act: str = "contest",
    group: int | None = None,
    hours: int = 48,
) -> PracticeExam:
    """Open from this moment on, for so many hours."""
    ground = get_ground(actor, season, at=at)
    wanted = steps.Wanted(
        title="四月月考",
        act=act,
        group=group,
        opens_at=at,
        closes_at=at + timedelta(hours=hours),
        parts=PARTS,
        minutes=30,
        passing="",
    )
    desk = reading.desk_of(actor, ground)
    return steps.open_exam(actor=actor, ground=ground, desk=desk, wanted=wanted, at=at)


def hand_in(sitting: Sitting, answers: dict[int, str], at: datetime) -> None:
    """One batch with these answers, and the hand-in."""
    given = [[number, answer, 1000] for number, answer in answers.items()]
    body = json.dumps({"seq": 1, "answers": given}).encode()
    digest = chain.link(start_digest(sitting.pk), body)
    JournalRow.objects.create(
        sitting_id=sitting.pk, seq=1, epoch=1, at=at, body=body, digest=digest
    )
    sitting.state, sitting.entered_at, sitting.ended_at = SittingState.HANDED_IN, at, at
    sitting.final_seq, sitting.final_digest = 1, digest
    sitting.save()
