"""Withdrawals and replacements: a unit asks, the office answers, the seasons carry it out."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import selectors as people
from leitai.registration import rules
from leitai.registration.enums import ChangeKind, ChangeState, Kind, State, Step
from leitai.registration.models import Change, Registration
from leitai.registration.selectors.freezing import frozen
from leitai.registration.services import common
from leitai.registration.services.leading import release_leader
from leitai.registration.services.telling import tell_of_change
from leitai.seasons import selectors
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Season
from leitai.units import selectors as units
from leitai.units.models import Delegation


@transaction.atomic
def ask_change(
    *, actor: Actor, entry: Entry, kind: str, reason: str, at: datetime, person: str = ""
) -> Change:
    """Ask that an entry withdraws, or that another person (by code) takes its place."""
    season = entry.stage.season
    _demand_asker(actor, season, entry.delegation, reason)
    if entry.state in selectors.LEFT:
        raise DomainError("entry_gone", name=entry.name, entry=entry.code, stage=entry.stage.title)
    made = Change(entry=entry, season=season, kind=ChangeKind(kind), reason=reason.strip())
    if kind == ChangeKind.REPLACE:
        _name(made, entry, person, at)
    return _keep(actor, made, at)


@transaction.atomic
def ask_withdrawal(
    *, actor: Actor, registration: Registration, reason: str, at: datetime
) -> Change:
    """Ask that a leader, a substitute or a coach steps down, who stands in no list of entries."""
    held = common.locked(registration)
    _demand_asker(actor, held.season, held.delegation, reason)
    if held.entry is not None:
        raise DomainError("registration_asks_elsewhere", name=held.person.name)
    common.demand_state(held, (State.PASSED,), gettext("申请退出"))
    made = Change(
        registration=held, season=held.season, kind=ChangeKind.WITHDRAW, reason=reason.strip()
    )
    return _keep(actor, made, at)


def _demand_asker(actor: Actor, season: Season, sender: Delegation, reason: str) -> None:
    host = selectors.host_path(season)
    if not rules.can_register(actor, season.code, host, sender.unit.path):
        raise DomainError("forbidden")
    seasons.demand_unclosed(season)
    if not reason.strip():
        raise DomainError("entry_reason")


def _keep(actor: Actor, made: Change, at: datetime) -> Change:
    made.asked_by, made.asked_name, made.asked_at = actor.account, actor.name[:120], at
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise DomainError("change_open", name=made.about.person.name) from None
    _record(actor, made, "change.asked", at, made.reason)
    return made


@transaction.atomic
def approve_change(*, actor: Actor, change: Change, note: str = "", at: datetime) -> Change:
    """Carry it out. After the freeze the note says who approved it."""
    held = _held(actor, change)
    lock = frozen(held.season, held.about.stage, at)
    if lock is not None and lock.by and not note.strip():
        raise DomainError("change_note", day=timezone.localdate(lock.since), by=lock.by)
    _decide(held, ChangeState.APPROVED, actor, note, at)
    _carry_out(actor, held, at)
    tell_of_change(actor, held, at)
    _record(actor, held, "change.approved", at, note.strip())
    return held


@transaction.atomic
def decline_change(*, actor: Actor, change: Change, note: str, at: datetime) -> Change:
    held = _held(actor, change)
    if not note.strip():
        raise DomainError("change_reason")
    _decide(held, ChangeState.DECLINED, actor, note, at)
    tell_of_change(actor, held, at)
    _record(actor, held, "change.declined", at, note.strip())
    return held


def _carry_out(actor: Actor, held: Change, at: datetime) -> None:
    if held.registration is not None:
        _step_down(actor, common.locked(held.registration), held.reason, at)
        return
    if held.entry is None:  # the row's constraint
        raise AssertionError(held.pk)
    season, stage = held.season, held.entry.stage.code
    if held.kind == ChangeKind.WITHDRAW:
        seasons.withdraw_entry(
            actor=actor, season=season, stage=stage, entry=held.entry, reason=held.reason, at=at
        )
        return
    if held.person is None:
        raise DomainError("change_person")
    seasons.replace_entry(
        actor=actor,
        season=season,
        stage=stage,
        entry=held.entry,
        person=held.person,
        reason=held.reason,
        at=at,
    )


def _step_down(actor: Actor, held: Registration, reason: str, at: datetime) -> None:
    common.demand_state(held, (State.PASSED,), gettext("退出"))
    common.move(held, State.WITHDRAWN, Step.WITHDRAWN, actor=actor, at=at, note=reason)
    if held.kind == Kind.LEADER:
        release_leader(actor=actor, registration=held, at=at)
    common.record(actor, held, "registration.withdrawn", at)


def _name(made: Change, entry: Entry, code: str, at: datetime) -> None:
    """The replacement is looked at now, so that the unit hears at once of a bar or a cap."""
    if not code:
        raise DomainError("change_person")
    season = made.season
    person = people.get_person(code)
    if units.DelegationMap(season.code).of(person.unit.path) != entry.delegation_id:
        raise DomainError(
            "person_foreign", name=person.name, code=code, delegation=entry.delegation.name
        )
    bars = selectors.bars_for(season, entry.stage.code, entry.track, [person], at=at)
    if code in bars:
        told = listed(bar.source or bar.title for bar in bars[code])
        raise DomainError("entry_barred", name=person.name, bars=told)
    selectors.demand_replacement_within_caps(entry, person)
    made.person = person


def _held(actor: Actor, change: Change) -> Change:
    held = (
        Change.objects.select_for_update(of=("self",))
        .select_related(
            "season__host",
            "entry__stage__season",
            "entry__person",
            "entry__delegation",
            "registration__stage",
            "registration__person",
            "registration__delegation",
            "person",
        )
        .get(pk=change.pk)
    )
    if not rules.can_review(actor, held.season.code, selectors.host_path(held.season)):
        raise DomainError("forbidden")
    seasons.demand_unclosed(held.season)
    if held.state != ChangeState.ASKED:
        raise DomainError("change_closed", state=ChangeState(held.state).label)
    return held


def _decide(held: Change, state: ChangeState, actor: Actor, note: str, at: datetime) -> None:
    held.state, held.note = state, note.strip()
    held.decided_by, held.decided_name, held.decided_at = actor.account, actor.name[:120], at
    held.save()


def _record(actor: Actor, made: Change, act: str, at: datetime, reason: str) -> None:
    about = made.about
    apart = made.registration
    ledger.append(
        chain=made.season.code,
        actor=actor,
        act=act,
        subject=f"registration:{apart.pk}" if apart else f"entry:{made.code}",
        data={
            "entry": f"{apart.delegation.name}{Kind(apart.kind).label}" if apart else made.code,
            "stage": about.stage.code,
            "track": about.track,
            "what": made.kind,
            "person": made.person.code if made.person else "",
            "reason": reason,
        },
        at=at,
    )
