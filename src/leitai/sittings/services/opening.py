"""When papers are opened: recorded once T0 has passed, or before it by two officers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.bank import services as bank
from leitai.base.actor import Actor, system
from leitai.design.moments import moment_text
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.seasons import selectors as seasons
from leitai.sittings.models import Exam
from leitai.sittings.rules import can_open_early

HOUSE = system("sittings")
EARLY = "paper.open_early"


def record_openings(*, at: datetime) -> int:
    """Papers whose T0 has passed and of which nothing is recorded yet; returns how many."""
    due = Exam.objects.filter(opens_at__lte=at, paper__openings=None, cancelled_at=None)
    papers = due.select_related("paper").defer("paper__sealed").order_by("opens_at", "pk")
    return sum(
        bank.record_opening(actor=HOUSE, paper=exam.paper, opened_at=exam.opens_at, at=at)
        for exam in papers
    )


def propose_early_opening(*, actor: Actor, exam: Exam, reason: str, at: datetime) -> Proposal:
    """Ask that an exam's paper be opened before T0; raises paper_open_already and the ledger's."""
    season = exam.stage.season
    return ledger.propose(
        actor=actor,
        deed=EARLY,
        chain=season.code,
        subject=f"paper:{exam.paper.code}",
        data={
            "exam": exam.code,
            "paper": exam.paper.code,
            "season": season.code,
            "host": seasons.host_path(season),
        },
        reason=reason,
        level=season.host.level if season.host else "province",
        at=at,
    )


def _preview(data: Mapping[str, Any]) -> list[str]:
    exam = _exam(data)
    if exam.cancelled_at is not None:
        raise DomainError("exam_cancelled")
    if exam.paper.openings.exists():
        raise DomainError("paper_open_already", title=exam.paper.title)
    told = {
        "paper": exam.paper.title,
        "at": moment_text(exam.opens_at, "full"),
    }
    return [
        _("试卷“%(paper)s”提前启封，不再等到%(at)s开考。") % told,
        *(_effect_on(one) for one in _exams_of(exam)),
        _("作答仍从开考时间开始；启封以后不能恢复封存。"),
    ]


def _exams_of(exam: Exam) -> QuerySet[Exam]:
    """All that the paper is opened for: the exam, and whatever else uses it and is not over."""
    ahead = Q(pk=exam.pk) | Q(closes_at__gt=timezone.now(), cancelled_at=None)
    return Exam.objects.filter(ahead, paper=exam.paper_id).order_by("opens_at", "pk")


def _effect_on(exam: Exam) -> str:
    return _("“%(exam)s”（%(at)s开考）已编排%(seats)s个座位；已入场的选手从此可以读到试卷。") % {
        "exam": exam.title,
        "at": moment_text(exam.opens_at, "full"),
        "seats": exam.sittings.count(),
    }


def _carry_out(
    *, actor: Actor, data: Mapping[str, Any], at: datetime, proposal: Proposal | None
) -> None:
    bank.open_early(
        actor=actor,
        paper=_exam(data).paper,
        reason=proposal.reason if proposal else "",
        proposal=proposal.pk if proposal else None,
        at=at,
    )


def _exam(data: Mapping[str, Any]) -> Exam:
    exam = (
        Exam.objects.select_related("paper", "stage__season")
        .defer("paper__sealed")
        .filter(code=str(data["exam"]), paper__code=str(data["paper"]))
        .first()
    )
    if exam is None:
        raise DomainError("not_found")
    return exam


def _may(actor: Actor, chain: str, data: Mapping[str, Any]) -> bool:
    return chain == data["season"] and can_open_early(actor, chain, str(data["host"]))


DEED = Deed(
    code=EARLY,
    title=gettext_lazy("试卷提前启封"),
    can_propose=_may,
    can_approve=_may,
    preview=_preview,
    carry_out=_carry_out,
    hours=24,
)
