"""What the rooms above `seasons` have open when a season is to be closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from leitai.certificates.selectors import stand_of
from leitai.messages.enums import OPEN_STATES as COMPLAINED
from leitai.messages.models import Complaint
from leitai.notices.enums import OPEN_STATES, NoticeState
from leitai.notices.models import Notice, Objection
from leitai.orders.enums import OrderState
from leitai.orders.models import Order
from leitai.orders.selectors.boards import boards_of
from leitai.results.enums import ResultState
from leitai.results.models import StageResult
from leitai.seasons.models import Season
from leitai.seasons.selectors import rulebook_of
from leitai.seasons.selectors.closing import Check
from leitai.sittings.enums import SittingState
from leitai.sittings.models import Exam, Sitting

LIVE = (SittingState.WAITING, SittingState.OPEN)


def of_fairness(season: Season, at: datetime) -> Iterator[Check]:
    """What would be cut off: objections, terms of notices, exams, marks of which nobody decided."""
    code = season.code
    objections = Objection.objects.filter(season=season, state__in=OPEN_STATES)
    url = reverse("notices:objections", args=[code])
    yield Check("objections", _("尚未办结的异议、复核和申诉"), objections.count(), True, url)
    running = Notice.objects.filter(season=season, state=NoticeState.OPEN, closes_at__gt=at)
    url = reverse("notices:office", args=[code])
    yield Check("notices", _("公示期未满的公示"), running.count(), True, url)
    sitting = Sitting.objects.filter(exam=OuterRef("pk"), state__in=LIVE)
    ahead = Exam.objects.filter(stage__season=season, cancelled_at=None)
    ahead = ahead.filter(Q(opens_at__gt=at) | Exists(sitting))
    url = reverse("sittings:exams", args=[code])
    yield Check("exams", _("尚未考完的考试"), ahead.count(), True, url)


def of_results(season: Season, _at: datetime) -> Iterator[Check]:
    """Standings that nobody saw, and certificates that nobody holds."""
    shown = (ResultState.PREVIEW, ResultState.CONFIRMED)
    hidden = StageResult.objects.filter(stage__season=season, state__in=shown)
    url = reverse("results:desk", args=[season.code])
    yield Check("results", _("尚未公布的成绩"), hidden.count(), False, url)
    url = reverse("certificates:office", args=[season.code])
    stand = stand_of(season)  # refused: nothing is decided yet that could be issued
    unissued = len(rulebook_of(season).awards) if stand.refusal else stand.new
    yield Check("certificates", _("尚未颁发的证书"), unissued, False, url)


def of_papers(season: Season, at: datetime) -> Iterator[Check]:
    """Orders that units have not done, and complaints without an answer."""
    orders = list(Order.objects.filter(season=season, state=OrderState.SENT))
    boards = boards_of(orders, now=at).values() if orders else ()
    late = sum(any(row.waits or row.review for row in board.rows) for board in boards)
    url = reverse("orders:desk", args=[season.code])
    yield Check("orders", _("尚有单位没有办完的通知"), late, False, url)
    open_ = Complaint.objects.filter(season=season.code, state__in=COMPLAINED)
    yield Check("complaints", _("尚未答复的投诉建议"), open_.count(), False)
