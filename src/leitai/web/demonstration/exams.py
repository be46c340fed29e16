"""One stage's unified exam on the running lane, from the sealed paper to recorded scores."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from leitai.bank import selectors as bank
from leitai.bank.models import Paper
from leitai.seasons import services as seasons
from leitai.seasons.models import Stage
from leitai.sittings import services as sittings
from leitai.sittings.models import Exam, JournalRow, Sitting
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.contestant import Diary
from leitai.web.demonstration.crowd import Seated, sit_all
from leitai.web.demonstration.staging import DEVIATION, Staged

ENTRY_SECONDS = 8  # between the last seat and T0: everyone enters and fetches the sealed paper
SITTING_SECONDS = 20
MARKING_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ExamRun:
    """`lost`: answers that a client has a receipt for and the journal has not."""

    exam: Exam
    sittings: int
    acknowledged: int
    lost: int
    faults: tuple[str, ...]


def run_exam(
    staged: Staged,
    stage: Stage,
    paper: Paper,
    *,
    address: tuple[str, int],
    chance: Chance,
    say: Callable[[str], None],
) -> ExamRun:
    """Hold the exam for all confirmed entries of the stage and wait until they are marked."""
    now = datetime.now(UTC)
    opens = now + timedelta(seconds=ENTRY_SECONDS)
    closes = opens + timedelta(seconds=SITTING_SECONDS)
    window = staged.rulebook.stages[stage.code].window
    if window:
        seasons.set_window(
            actor=staged.office,
            season=staged.season,
            name=window,
            opens_at=now,
            closes_at=closes,
            reason=DEVIATION,
            at=now,
        )
    event = staged.rulebook.stages[stage.code].events[0]
    exam = sittings.create_exam(
        actor=staged.officer,
        stage=stage,
        event=event,
        paper=paper,
        opens_at=opens,
        closes_at=closes,
        at=now,
    )
    admissions = sittings.seat_entries(actor=staged.officer, exam=exam, at=now)
    say(
        f"{stage.title}：{len(admissions)}名选手入场，{ENTRY_SECONDS}秒后开考，限时{SITTING_SECONDS}秒"
    )
    people = dict(stage.entries.values_list("code", "person__code"))
    seated = [
        Seated(one.entry, one.code, staged.cast[people[one.entry]].strength) for one in admissions
    ]
    diaries = sit_all(
        address,
        seated,
        items=paper.item_count,
        seconds=SITTING_SECONDS,
        keys=_keys(paper),
        chance=chance,
    )
    late = sum(diary.late for diary in diaries.values())
    if late:
        say(f"{stage.title}：机器繁忙，{late}名选手到时未交卷，由系统收卷，已保存的答案照常计分")
    _await_marks(exam, stage, say)
    return _settle(exam, diaries)


def _keys(paper: Paper) -> dict[str, object]:
    """What a well-read contestant knows: the right answer to each stem."""
    return {item.stem: item.key for item in bank.items_of(paper)}


def _await_marks(exam: Exam, stage: Stage, say: Callable[[str], None]) -> None:
    """Closing is the lane's, marking the worker's: wait until every entry has its score."""
    until = time.monotonic() + SITTING_SECONDS + MARKING_SECONDS
    wanted = exam.sittings.count()
    while (have := stage.entries.filter(scores__event=exam.event).count()) < wanted:
        if time.monotonic() > until:
            live = exam.sittings.filter(state__in=["waiting", "open"]).count()
            raise TimeoutError(f"{have} of {wanted} marked, {live} still open")
        time.sleep(0.25)
    say(f"{stage.title}：{wanted}份答卷已收卷、阅卷")


def _settle(exam: Exam, diaries: dict[str, Diary]) -> ExamRun:
    """Hold the clients' receipts against the journal."""
    journal = {
        (sitting, seq): bytes(body)
        for sitting, seq, body in JournalRow.objects.filter(
            sitting_id__in=exam.sittings.values("pk")
        ).values_list("sitting_id", "seq", "body")
    }
    final = dict(Sitting.objects.filter(exam=exam).values_list("pk", "final_digest"))
    acknowledged = lost = 0
    faults: list[str] = []
    for entry, diary in diaries.items():
        faults.extend(f"{entry}: {fault}" for fault in diary.faults)
        for seq, answers in diary.acknowledged.items():
            acknowledged += len(answers)
            stored = journal.get((diary.sitting, seq))
            kept = json.loads(stored)["answers"] if stored else []
            lost += sum(list(answer) not in kept for answer in answers)
        if diary.acknowledged and bytes(final[diary.sitting] or b"").hex() != diary.digest:
            faults.append(f"{entry}: final digest differs")
    return ExamRun(exam, len(diaries), acknowledged, lost, tuple(faults))
