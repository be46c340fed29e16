"""A reader says that a question is wrong; whoever keeps the bank answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from leitai.bank import rules
from leitai.bank.enums import ReportKind, ReportState
from leitai.bank.models import ItemVersion, Report
from leitai.base.actor import Actor
from leitai.base.doors import Door
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.messages import services as messages
from leitai.messages.enums import Kind

CHAIN: Final = "bank"
DOOR: Final = Door("report", limit=20, window=timedelta(hours=1))  # of one account


def file_report(
    *,
    actor: Actor,
    version: ItemVersion,
    season: str,
    kind: str,
    words: str,
    page: str,
    at: datetime,
) -> Report:
    """Raises report_live, report_words_missing for 其他, and report_open while one waits."""
    if not actor.known:
        raise DomainError("forbidden")
    if version.item.bank.live:
        raise DomainError("report_live")
    if kind == ReportKind.OTHER and not words.strip():
        raise DomainError("report_words_missing")
    DOOR.knock(actor.account, at=at)
    try:
        with transaction.atomic():
            return Report.objects.create(
                item=version.item,
                version=version.version,
                season=season,
                kind=ReportKind(kind),
                words=words.strip(),
                account=actor.account,
                page=page,
                at=at,
            )
    except IntegrityError:
        raise DomainError("report_open") from None


@transaction.atomic
def answer_report(
    *, actor: Actor, report: Report, taken: bool, answer: str, at: datetime
) -> Report:
    """Say to the reader whether the question will be mended; raises report_answered."""
    if not rules.can_answer_reports(actor):
        raise DomainError("forbidden")
    if not answer.strip():
        raise DomainError("report_answer_missing")
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.state != ReportState.OPEN:
        raise DomainError("report_answered")
    held.state = ReportState.TAKEN if taken else ReportState.DECLINED
    held.answer, held.answered_by, held.answered_at = answer.strip(), actor.account, at
    held.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    item = report.item
    place = {"bank": item.bank.title, "number": item.number}
    messages.tell(
        to=[held.account],
        kind=Kind.NOTICE,
        title=_("您的试题纠错已答复：%(state)s") % {"state": held.get_state_display()},
        body=_("%(bank)s第%(number)s题：") % place + held.answer,
        link=held.page,
        season=held.season,
        key=f"report:{held.pk}",
        inbox_only=True,
        at=at,
    )
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="report.answered",
        subject=f"bank:{item.bank.code}",
        data={"number": item.number, "state": str(held.get_state_display())},
        at=at,
    )
    return held


def read_answers(*, actor: Actor, season: str, item: int, at: datetime) -> int:
    """The reader saw the answers to what they said about the question."""
    answered = Report.objects.exclude(state=ReportState.OPEN)
    mine = answered.filter(account=actor.account, season=season, item=item, read_at=None)
    return mine.update(read_at=at)
