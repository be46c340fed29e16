"""Qualification review: returned with a reason, passed on a full checklist, or not passed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.words import clauses
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.registration import checklist, rules
from leitai.registration.enums import APART, Kind, LineState, State, Step
from leitai.registration.events import RegistrationPassed, RegistrationReturned
from leitai.registration.models import HistoryLine, Registration
from leitai.registration.selectors import shape
from leitai.registration.services import common
from leitai.registration.services.leading import appoint_leader
from leitai.registration.services.recalling import look_up_history
from leitai.registration.services.telling import (
    tell_of_many,
    tell_of_review,
    tell_person_of_review,
)
from leitai.rulebook.model import Form
from leitai.seasons import selectors
from leitai.seasons import services as seasons
from leitai.seasons.models import Season


@transaction.atomic
def return_registration(
    *, actor: Actor, registration: Registration, reason: str, at: datetime
) -> Registration:
    """Back to the unit for correction; the entry keeps its place in the list."""
    held = _held(actor, registration, gettext("退回"))
    _demand_reason(reason)
    common.move(held, State.RETURNED, Step.RETURNED, actor=actor, at=at, note=reason.strip())
    tell_of_review(held, gettext("报名表已退回修改"), at)
    events.publish(RegistrationReturned(held.season.code, held.pk))
    common.record(actor, held, "registration.returned", at, reason=reason.strip())
    return held


@transaction.atomic
def pass_registration(
    *,
    actor: Actor,
    registration: Registration,
    ticked: Collection[int],
    note: str = "",
    at: datetime,
) -> Registration:
    """Every line of the checklist ticked (by its number), no bar, no doubt open.

    A leader is appointed to it at once.
    """
    held = _held(actor, registration, gettext("通过"))
    titles = _ticked(held.kind, shape.form_of(held), ticked)
    checks = _pass(actor, held, titles, note.strip(), at)
    if held.kind == Kind.LEADER:
        appoint_leader(actor=actor, registration=held, at=at)
    tell_of_review(held, gettext("报名资格审核通过"), at)
    common.record(actor, held, "registration.passed", at, checks=[one["title"] for one in checks])
    return held


@dataclass(frozen=True, slots=True)
class PassedMany:
    """How many passed, and who did not, each with the sentence that says why."""

    count: int
    left: tuple[tuple[Registration, str], ...]


@transaction.atomic
def pass_many(
    *,
    actor: Actor,
    season: Season,
    registrations: Sequence[Registration],
    ticked: Collection[int],
    at: datetime,
) -> PassedMany:
    """Contestants of one delegation without forms, looked at as a list; who is doubtful stays."""
    if not rules.can_review(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    passed: list[Registration] = []
    left: list[tuple[Registration, str]] = []
    titles = _ticked(Kind.CONTESTANT, None, ticked)
    for one in registrations:
        held = _held(actor, one, gettext("通过"))
        if held.form or held.kind != Kind.CONTESTANT:
            raise DomainError("registration_singly", name=held.person.name)
        try:
            with transaction.atomic():
                _pass(actor, held, titles, "", at)
        except DomainError as error:
            left.append((held, text_of(error)))
            continue
        tell_person_of_review(held, gettext("报名资格审核通过"), at)
        passed.append(held)
    if passed:
        tell_of_many(passed, at)
        ledger.append(
            chain=season.code,
            actor=actor,
            act="registration.passed_many",
            subject=f"delegation:{passed[0].delegation.unit.code}",
            data={
                "delegation": passed[0].delegation.name,
                "count": len(passed),
                "registrations": [one.pk for one in passed],
                "checks": titles,
            },
            at=at,
        )
    return PassedMany(len(passed), tuple(left))


def _ticked(kind: str, form: Form | None, ticked: Collection[int]) -> list[str]:
    titles = checklist.lines_for(kind, form)
    open_ = [title for number, title in enumerate(titles) if number not in ticked]
    if open_:
        raise DomainError("registration_checks_open", count=len(open_), titles=clauses(open_))
    return titles


def _pass(
    actor: Actor, held: Registration, titles: list[str], note: str, at: datetime
) -> list[dict[str, object]]:
    _demand_no_doubts(held)
    shape.demand_welcome(held, at)
    checks = _checks(held, titles)
    common.move(held, State.PASSED, Step.PASSED, actor=actor, at=at, note=note, checks=checks)
    events.publish(RegistrationPassed(held.season.code, held.pk))
    return checks


@transaction.atomic
def refuse_registration(
    *, actor: Actor, registration: Registration, reason: str, at: datetime
) -> Registration:
    """Not qualified: the entry leaves the list, its place is free again."""
    held = _held(actor, registration, gettext("办理"))
    _demand_reason(reason)
    why = reason.strip()
    common.move(held, State.REFUSED, Step.REFUSED, actor=actor, at=at, note=why)
    if held.entry is not None and held.entry.state not in selectors.LEFT:
        seasons.refuse_entry(
            actor=actor,
            season=held.season,
            stage=held.entry.stage.code,
            entry=held.entry,
            reason=why,
            at=at,
        )
    tell_of_review(held, gettext("报名资格审核不通过"), at)
    common.record(actor, held, "registration.refused", at, reason=why)
    return held


def _held(actor: Actor, registration: Registration, act: str) -> Registration:
    held = common.locked(registration)
    if not rules.can_review(actor, held.season.code, selectors.host_path(held.season)):
        raise DomainError("forbidden")
    seasons.demand_unclosed(held.season)
    common.demand_state(held, (State.SUBMITTED,), act)
    return held


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError("registration_reason")


def _demand_no_doubts(held: Registration) -> None:
    if held.kind in APART:
        return
    look_up_history(held.season, held.person)
    open_ = HistoryLine.objects.filter(
        list__season=held.season, state=LineState.DOUBTFUL, name=held.person.name
    ).count()
    if open_:
        raise DomainError("registration_doubts_open", name=held.person.name, count=open_)


def _checks(held: Registration, titles: list[str]) -> list[dict[str, object]]:
    """The checklist as it was when it was decided: ticked by a person, worked out by the rules."""
    checks: list[dict[str, object]] = [
        {"title": title, "ok": True, "by": "person"} for title in titles
    ]
    if held.kind not in APART:
        law = selectors.rulebook_of(held.season)
        checks += [
            {"title": bar.title, "ok": True, "by": "rules", "told": bar.source}
            for bar in checklist.barrings(law, held.stage.code, held.track, ())
        ]
    return checks
