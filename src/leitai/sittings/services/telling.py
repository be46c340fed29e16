"""Tell contestants when and where they sit, once for each seat that was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.translation import gettext as _

from leitai.design.moments import span_text
from leitai.messages import services as messages
from leitai.messages.enums import Kind
from leitai.seasons.enums import EntryState
from leitai.sittings.enums import IncidentKind, SittingState
from leitai.sittings.models import Exam, Sitting

RECORD = "zh-hans"


def tell_seated(*, exam: str, sittings: Collection[int], at: datetime) -> int:
    """One message a site. Safe to repeat; an exam that has begun needs no announcement.

    Seat, number and code stand on the contestant's own page only. Returns the number of sites.
    """
    found = (
        Exam.objects.select_related("stage__season")
        .filter(code=exam, opens_at__gt=at, cancelled_at=None)
        .first()
    )
    if found is None:
        return 0
    by_site: defaultdict[int, list[Sitting]] = defaultdict(list)
    rows = Sitting.objects.filter(exam=found, pk__in=list(sittings)).order_by("pk")
    for row in rows.select_related("site", "entry__person"):
        by_site[row.site_id].append(row)
    for seated in by_site.values():
        _tell_site(found, seated, at)
    return len(by_site)


def tell_changed(*, exam: str, kind: str, reason: str, at: datetime) -> int:
    """That the exam is at another time, or is not held; to everybody who had a seat. Repeatable."""
    found = Exam.objects.select_related("stage__season").get(code=exam)
    gone = kind == IncidentKind.CANCEL
    state = [SittingState.CANCELLED] if gone else [SittingState.WAITING, SittingState.OPEN]
    seated = found.sittings.filter(state__in=state, entry__state=EntryState.CONFIRMED)
    accounts = seated.exclude(entry__person__account=None)
    with translation.override(RECORD):
        told = {
            "exam": found.title,
            "span": span_text(found.opens_at, found.closes_at),
            "reason": reason,
        }
        messages.tell(
            to=accounts.values_list("entry__person__account_id", flat=True),
            kind=Kind.EXAM,
            title=(_("%(exam)s已取消") if gone else _("%(exam)s已改期")) % told,
            body=(
                _("原因：%(reason)s。准考证和入场码作废，重新安排后另行通知。")
                if gone
                else _("现在的时间：%(span)s。原因：%(reason)s。赛点、座位和准考证号不变。")
            )
            % told,
            link=resolve_url(settings.LOGIN_REDIRECT_URL),
            deadline=None if gone else found.opens_at,
            season=found.stage.season.code,
            key=f"exam:{found.pk}:{kind}:{at.timestamp()}",
            at=at,
        )
    return len(accounts)


def _tell_site(exam: Exam, seated: list[Sitting], at: datetime) -> None:
    site, accounts = seated[0].site, [row.entry.person.account_id for row in seated]
    with translation.override(RECORD):
        messages.tell(
            to=[account for account in accounts if account],
            kind=Kind.EXAM,
            title=_("%(exam)s考试安排") % {"exam": exam.title},
            body=_(
                "时间：%(span)s；赛点：%(site)s。座位、准考证号和入场码登录后查看，入场码请勿转发。"
            )
            % {"span": span_text(exam.opens_at, exam.closes_at), "site": site.name},
            link=resolve_url(settings.LOGIN_REDIRECT_URL),
            deadline=exam.opens_at,
            season=exam.stage.season.code,
            key=f"exam:{exam.pk}:{site.pk}:{seated[0].pk}",
            at=at,
        )
