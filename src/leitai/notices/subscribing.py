"""What happens in this room and below, and concerns somebody here."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from leitai.base import events
from leitai.kernel.errors import DomainError
from leitai.messages import services as messages
from leitai.messages.enums import Kind
from leitai.notices.enums import OPEN_STATES, ObjectionState, Outcome, RemedyKind
from leitai.notices.events import ObjectionFiled, ObjectionRuled
from leitai.notices.models import Objection
from leitai.notices.selectors.handlers import handlers_of
from leitai.notices.services.ruling import follow_versions
from leitai.results.events import ResultFinalising, ResultPublished, StandingRevised

RECORD = "zh-hans"  # messages are written once for all their readers


def subscribe() -> None:
    events.in_transaction(ObjectionFiled, on_filed)
    events.in_transaction(ObjectionRuled, on_ruled)
    events.in_transaction(StandingRevised, on_revised)
    events.in_transaction(ResultPublished, on_published)
    events.in_transaction(ResultFinalising, on_finalising)


def on_filed(event: ObjectionFiled) -> None:
    """Its handlers, in the inbox only; of what it says and who filed it there is nothing."""
    found = _get(event.season, event.objection)
    if found.state == ObjectionState.NOTED:
        return
    with translation.override(RECORD):
        messages.tell(
            to=handlers_of(found, at=found.filed_at),
            kind=Kind.TASK,
            title=_("收到%(kind)s第%(number)s号")
            % {"kind": RemedyKind(found.kind).label, "number": found.number},
            body=_("请在期限内受理。作出过有关决定的人员须回避，不能办理。"),
            link=reverse("notices:objection", args=(event.season, found.number)),
            deadline=found.accept_by,
            season=event.season,
            key=f"objection:{found.pk}",
            inbox_only=True,
            at=found.filed_at,
        )


def on_ruled(event: ObjectionRuled) -> None:
    """Whoever filed it, and whoever filed what was merged into it, if they were signed in."""
    found = _get(event.season, event.objection)
    with translation.override(RECORD):
        for one in (found, *found.merged.all()):
            if one.account_id is None:
                continue
            messages.tell(
                to=[one.account_id],
                kind=Kind.COMPLAINT,
                title=_("您提出的%(kind)s有了处理决定：%(outcome)s")
                % {
                    "kind": RemedyKind(one.kind).label,
                    "outcome": Outcome(event.outcome).label,
                },
                body=_("处理决定全文请在系统内查看。"),
                link=reverse("notices:own", args=(event.season, one.number)),
                season=event.season,
                key=f"objection-ruled:{one.pk}",
                inbox_only=True,
                at=timezone.now(),
            )


def on_revised(event: StandingRevised) -> None:
    follow_versions(event.season, (event.stage,))


def on_published(event: ResultPublished) -> None:
    """What a ruling left to the committee has been decided."""
    follow_versions(event.season, (event.stage,))


def on_finalising(event: ResultFinalising) -> None:
    """A result does not become final while somebody still handles what was said against it."""
    waiting = Objection.objects.filter(
        season__code=event.season, stage=event.stage, state__in=OPEN_STATES
    )
    count = waiting.count()
    if count:
        raise DomainError("objection_before_final", count=count)


def _get(season: str, number: int) -> Objection:
    return Objection.objects.select_related("season", "notice", "previous").get(
        season__code=season, number=number
    )
