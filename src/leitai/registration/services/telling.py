"""Who hears what became of a registration or of an asked change: the unit's side, the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from leitai.base.actor import Actor
from leitai.base.words import sentences
from leitai.messages import services as messages
from leitai.people.models import Person
from leitai.registration.enums import ChangeKind, ChangeState, State
from leitai.registration.models import Change, Registration

_ANSWERS = {
    (ChangeKind.WITHDRAW, ChangeState.APPROVED): _("退赛申请已同意"),
    (ChangeKind.WITHDRAW, ChangeState.DECLINED): _("退赛申请未同意"),
    (ChangeKind.REPLACE, ChangeState.APPROVED): _("更换申请已同意"),
    (ChangeKind.REPLACE, ChangeState.DECLINED): _("更换申请未同意"),
}


def tell_of_review(held: Registration, title: str, at: datetime) -> None:
    """Whoever began it at the unit, and the person, who need not know why it came back."""
    code = held.season.code
    words = {"name": held.person.name, "delegation": held.delegation.name}
    body = gettext("%(delegation)s %(name)s的报名表有了审核结果，请打开查看。") % words
    _tell(
        to=_accounts([held.begun_by]),
        kind="task" if held.state == State.RETURNED else "notice",
        title=title,
        body=sentences(one for one in (body, held.note) if one),
        link=reverse("registration:one", args=[code, held.pk]),
        season=code,
        at=at,
    )
    if held.state != State.RETURNED:
        tell_person_of_review(held, title, at)


def tell_person_of_review(held: Registration, title: str, at: datetime) -> None:
    link = reverse("registration:own", args=[held.pk])
    _tell_person(held.person, title, link, held.season.code, at)


def tell_of_many(passed: Sequence[Registration], at: datetime) -> None:
    """One message of all, to whoever registered any of them."""
    first = passed[0]
    words = {"count": len(passed), "delegation": first.delegation.name}
    body = ngettext(
        "%(delegation)s%(count)s人的报名资格审核通过。",
        "%(delegation)s%(count)s人的报名资格审核通过。",
        len(passed),
    )
    _tell(
        to=_accounts(one.begun_by for one in passed),
        kind="notice",
        title=gettext("报名资格审核通过"),
        body=body % words,
        link=reverse("registration:unit", args=[first.season.code]),
        season=first.season.code,
        at=at,
    )


def tell_of_change(actor: Actor, change: Change, at: datetime) -> None:
    """Whoever asked, and whoever registered the person: the answer and its reason."""
    about, code = change.about, change.season.code
    registration = change.registration or Registration.objects.filter(entry=change.entry).first()
    asked = [change.asked_by, registration.begun_by if registration else ""]
    title = str(_ANSWERS[ChangeKind(change.kind), ChangeState(change.state)])
    words = {"name": about.person.name, "delegation": about.delegation.name}
    body = gettext("%(delegation)s %(name)s的申请有了答复。") % words
    _tell(
        to=_accounts(one for one in asked if one != actor.account),
        kind="notice",
        title=title,
        body=sentences(one for one in (body, change.note) if one),
        link=reverse("registration:entries", args=[code, about.stage.code]),
        season=code,
        at=at,
    )
    if change.state == ChangeState.APPROVED and registration is not None:
        link = reverse("registration:own", args=[registration.pk])
        _tell_person(about.person, title, link, code, at)


def _tell_person(person: Person, title: str, link: str, season: str, at: datetime) -> None:
    if person.account_id is None:
        return
    messages.tell(
        to=[person.account_id],
        kind="notice",
        title=title,
        body=gettext("您的报名有了结果，请打开查看。有疑问的，请问所在单位的管理员。"),
        link=link,
        season=season,
        at=at,
    )


def _tell(*, to: list[str], title: str, body: str, link: str, season: str, **more: Any) -> None:
    """A message that nobody would get is none."""
    if to:
        messages.tell(to=to, title=title, body=body, link=link, season=season, **more)


def _accounts(held: Iterable[str]) -> list[str]:
    """People's accounts: not the house itself, nor what was brought in by a command."""
    return sorted({one for one in held if one.isdigit()})
