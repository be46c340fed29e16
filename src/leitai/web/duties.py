"""What the rooms above `seasons` have open in a season: its list of what is overdue, and whose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from leitai.messages.enums import OPEN_STATES, ComplaintState
from leitai.messages.models import Complaint
from leitai.notices.enums import ObjectionState
from leitai.notices.models import Objection
from leitai.orders.enums import OrderState, Standing
from leitai.orders.models import Order
from leitai.orders.selectors.boards import Board, Row, boards_of
from leitai.people.enums import Role
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import Season
from leitai.seasons.selectors import Duty
from leitai.seasons.selectors.duties import Known
from leitai.sittings.models import Exam


def of_orders(known: Known, at: datetime) -> Iterator[Duty]:
    """Receipts and things to hand in of every order that runs. Orders remind of themselves."""
    season = known.season
    if season.state == SeasonState.CLOSED:
        return
    orders = list(Order.objects.filter(season=season, state=OrderState.SENT))
    for board in boards_of(orders, now=at).values() if orders else ():
        for row in board.rows:
            yield from _of_order(season, board, row)


def _of_order(season: Season, board: Board, row: Row) -> Iterator[Duty]:
    url = reverse("orders:order", args=[season.code, board.order.pk])
    unsigned = row.receipt.standing != Standing.SIGNED
    waiting = [(_("签收“%(title)s”"), board.order.title, row.receipt.due, unsigned, 0)]
    for thing, cell in zip(board.things, row.cells, strict=True):
        words = _("报送“%(title)s”")
        waiting.append((words, thing.title, cell.due, cell.waits and thing.required, thing.pk))
    for words, title, due, open_, number in waiting:
        if open_ and due is not None:
            yield Duty(
                key=f"order:{board.order.pk}:{number}:{row.recipient.unit.code}",
                what=words % {"title": title},
                who=row.recipient.name,
                due=due,
                url=url,
            )


def of_complaints(known: Known, _at: datetime) -> Iterator[Duty]:
    """How long supervisors may take; what a complaint says stands on its own page alone."""
    found = Complaint.objects.filter(season=known.season.code, state__in=OPEN_STATES)
    for one in found.defer("text"):
        received = one.state == ComplaintState.RECEIVED
        yield Duty(
            key=f"complaint:{one.pk}",
            what=_("受理投诉建议") if received else _("答复投诉建议"),
            who=str(Role.SUPERVISOR.label),
            due=one.accept_by if received else one.answer_by,
        )


def of_objections(known: Known, _at: datetime) -> Iterator[Duty]:
    season = known.season
    found = Objection.objects.filter(
        season=season, state__in=[ObjectionState.FILED, ObjectionState.ACCEPTED]
    )
    for one in found.only("number", "state", "accept_by", "answer_by"):
        filed = one.state == ObjectionState.FILED
        what = _("受理第%(number)s号异议") if filed else _("答复第%(number)s号异议")
        yield Duty(
            key=f"objection:{one.number}",
            what=what % {"number": one.number},
            who=str(Role.SUPERVISOR.label),
            due=one.accept_by if filed else one.answer_by,
            url=reverse("notices:objections", args=[season.code]),
        )


def of_exams(known: Known, at: datetime) -> Iterator[Duty]:
    """A contest by paper whose time comes, and for which nobody has set an exam."""
    season, windows = known.season, known.windows
    if season.state == SeasonState.CLOSED:
        return
    law = seasons.rulebook_of(season)
    exams = Exam.objects.filter(stage__season=season, cancelled_at=None)
    have = set(exams.values_list("stage__code", "event"))
    for code, stage in law.stages.items():
        papers = [name for name in stage.events if law.events[name].kind == "exam"]
        window = windows.get(stage.window or "")
        if stage.method != "contest" or not papers or window is None or window.closes_at <= at:
            continue
        for name in papers:
            if (code, name) not in have:
                yield Duty(
                    key=f"exam:{code}:{name}",
                    what=_("安排%(stage)s的考试") % {"stage": stage.title},
                    who=str(Role.EXAM_OFFICER.label),
                    due=window.opens_at,
                    roles=(Role.EXAM_OFFICER.value,),
                    unit_path=seasons.host_path(season),
                    url=reverse("sittings:exams", args=[season.code]),
                )
