"""A unit registers somebody: eligible or not at once, then form, files and submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.files import selectors as files
from leitai.files import services as uploads
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import selectors as people
from leitai.people import services as personal
from leitai.people.models import Person
from leitai.registration import prefilling, rules
from leitai.registration.attaching import KIND, SCAN, owner_of
from leitai.registration.enums import APART, OPEN_TO_UNIT, Kind, Route, State, Step
from leitai.registration.events import RegistrationSubmitted
from leitai.registration.models import Registration
from leitai.registration.sealed import keep_answers
from leitai.registration.selectors import shape
from leitai.registration.services import common
from leitai.registration.services.recalling import look_up_history
from leitai.rulebook.data import Refusal
from leitai.seasons import filling, selectors
from leitai.seasons import services as seasons
from leitai.seasons.filling.reading import Posted
from leitai.seasons.filling.taking import PostedFiles
from leitai.seasons.models import Season
from leitai.units import selectors as units
from leitai.units.models import Delegation


@dataclass(frozen=True, slots=True)
class Begun:
    """A registration, or the bars that keep the person out."""

    registration: Registration | None
    person: Person
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a unit wants to register, and as what."""

    stage: str
    track: str
    delegation: str
    person: str
    kind: str
    route: str
    slot: str = ""


def begin_registration(*, actor: Actor, season: Season, wanted: Wanted, at: datetime) -> Begun:
    """Open a form for somebody, filled with what is known; a barred person gets none.

    Whoever is barred is on the record with the bars; nothing else is kept of the attempt.
    """
    sender = units.get_delegation(season.code, wanted.delegation)
    if not rules.can_register(actor, season.code, selectors.host_path(season), sender.unit.path):
        raise DomainError("forbidden")
    seasons.demand_unclosed(season)
    with transaction.atomic():
        return _begin(actor, season, sender, wanted, at)


def _begin(actor: Actor, season: Season, sender: Delegation, wanted: Wanted, at: datetime) -> Begun:
    stage = selectors.get_stage(season, wanted.stage)
    shape.demand_wanted(season, stage, wanted.track, wanted.kind, wanted.route)
    person = people.get_person(wanted.person)
    if units.DelegationMap(season.code).of(person.unit.path) != sender.pk:
        raise DomainError(
            "person_foreign", name=person.name, code=person.code, delegation=sender.name
        )
    bars: tuple[Refusal, ...] = ()
    if wanted.kind not in APART:
        found = selectors.bars_for(season, stage.code, wanted.track, [person], at=at)
        bars = found.get(person.code, ())
    if bars:
        _record_barred(actor, season, sender, person, bars, at)
        return Begun(None, person, bars)
    shape.demand_free(season, stage, sender, person, wanted.kind, wanted.track)
    slot, seat = None, ""
    if wanted.kind == Kind.CONTESTANT:
        if selectors.is_list_confirmed(stage, wanted.track, sender):
            raise DomainError("nomination_confirmed", delegation=sender.name)
        slot, seat = shape.seat_of(stage, wanted.track, sender, person, wanted.slot)
    law = selectors.rulebook_of(season)
    form = prefilling.find_form(law, stage.code, wanted.track)
    made = Registration(
        season=season,
        stage=stage,
        track="" if wanted.kind == Kind.LEADER else wanted.track,
        delegation=sender,
        person=person,
        kind=Kind(wanted.kind),
        route=Route(wanted.route),
        slot=slot,
        seat=seat,
        form=form[0] if form else "",
        since=at,
        begun_by=actor.account,
        begun_name=actor.name[:120],
        begun_at=at,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise DomainError("registration_twice", name=person.name, what=stage.title) from None
    if form:
        known = _known(actor, made, at)
        _keep_answers(made, prefilling.prefilled(form[1], known))
    common.keep_step(made, Step.BEGUN, actor=actor, at=at)
    common.record(actor, made, "registration.begun", at)
    return Begun(made, person)


@transaction.atomic
def save_registration(
    *,
    actor: Actor,
    registration: Registration,
    post: Posted,
    posted: PostedFiles,
    at: datetime,
) -> Registration:
    """Keep what was typed and handed in, right or wrong; `submit_registration` asks for all."""
    held = common.locked(registration)
    _demand_writer(actor, held, gettext("修改"))
    form = shape.form_of(held)
    if form is not None:
        standing = shape.answers_of(held)
        answers = filling.take_files(
            actor=actor,
            form=form,
            post=post,
            posted=posted,
            kind=KIND,
            owner=owner_of(held),
            answers=filling.read(form, post, standing=standing),
            at=at,
        )
        _keep_answers(held, answers)
    ready = uploads.take_posted(
        actor=actor,
        holder=actor.account,
        kind=SCAN,
        owner=owner_of(held),
        tokens=post.getlist("scan"),
        plain=posted.getlist("scan_file"),
        at=at,
    )
    for token in ready:
        uploads.attach(actor=actor, upload=token, kind=SCAN, owner=owner_of(held), at=at)
    return held


@transaction.atomic
def submit_registration(*, actor: Actor, registration: Registration, at: datetime) -> Registration:
    """Hand it to the office: the form is complete and sealed, the person may be entered."""
    held = common.locked(registration)
    _demand_writer(actor, held, gettext("提交"))
    _demand_complete(held)
    if held.kind == Kind.CONTESTANT:
        _enter(actor, held, at)
    elif held.kind == Kind.SUBSTITUTE:
        shape.demand_welcome(held, at)
    look_up_history(held.season, held.person)
    common.move(held, State.SUBMITTED, Step.SUBMITTED, actor=actor, at=at)
    events.publish(RegistrationSubmitted(held.season.code, held.pk))
    common.record(actor, held, "registration.submitted", at)
    return held


@transaction.atomic
def drop_registration(*, actor: Actor, registration: Registration, at: datetime) -> None:
    """Take away a draft that was never submitted."""
    held = common.locked(registration)
    _demand_writer(actor, held, gettext("删去"))
    if held.entry is not None and held.entry.state not in selectors.LEFT:
        raise DomainError("registration_entered", name=held.person.name, entry=held.entry.code)
    common.move(held, State.WITHDRAWN, Step.DROPPED, actor=actor, at=at)
    common.record(actor, held, "registration.dropped", at)


def _demand_writer(actor: Actor, held: Registration, act: str) -> None:
    if not rules.can_write(actor, held):
        raise DomainError("forbidden")
    seasons.demand_unclosed(held.season)
    common.demand_state(held, OPEN_TO_UNIT, act)


def _demand_complete(held: Registration) -> None:
    form = shape.form_of(held)
    if form is None:
        return
    wrong = filling.problems(form, shape.answers_of(held))
    if wrong:
        titles = [field.title for field in form.fields if field.id in wrong]
        raise DomainError("registration_incomplete", count=len(titles), titles=listed(titles[:6]))
    seal = prefilling.sealer_of(form)
    if seal and not files.list_files(owner_of(held), SCAN):
        raise DomainError("registration_seal_missing", seal=seal)


def _enter(actor: Actor, held: Registration, at: datetime) -> None:
    """The entry is the seasons'; whoever was returned stands in the list already."""
    if held.entry is not None and held.entry.state not in selectors.LEFT:
        return
    report = seasons.nominate(
        actor=actor,
        season=held.season,
        stage=held.stage.code,
        delegation=held.delegation.unit.code,
        people=[held.person.code],
        track=held.track,
        at=at,
    )
    if report.refused:
        bars = report.refused[0].refusals
        told = listed(bar.source or bar.title for bar in bars)
        raise DomainError("registration_barred", name=held.person.name, bars=told)
    entry = report.accepted[0]
    Registration.objects.filter(entry=entry).exclude(pk=held.pk).update(entry=None)
    held.entry = entry
    if held.slot is not None:
        seasons.take_seat(
            actor=actor, season=held.season, person=held.person, slot=held.slot, at=at
        )


def _keep_answers(held: Registration, answers: Mapping[str, object]) -> None:
    keep_answers(held, answers)
    held.save(update_fields=["content"])


def _record_barred(
    actor: Actor,
    season: Season,
    sender: Delegation,
    person: Person,
    bars: tuple[Refusal, ...],
    at: datetime,
) -> None:
    ledger.append(
        chain=season.code,
        actor=actor,
        act="registration.barred",
        subject=f"delegation:{sender.unit.code}",
        data={
            "delegation": sender.name,
            "person": person.code,
            "bars": listed(bar.title for bar in bars),
        },
        at=at,
    )


def _known(actor: Actor, made: Registration, at: datetime) -> prefilling.Known:
    person = made.person
    return prefilling.Known(
        name=person.name,
        unit=person.unit.name,
        post=person.post,
        delegation=made.delegation.name,
        track=shape.track_title(made),
        kind=made.kind,
        id_number=_number(actor, person, "id_number", at),
        phone=_number(actor, person, "phone", at),
        today=timezone.localdate(at),
    )


def _number(actor: Actor, person: Person, field: str, at: datetime) -> str:
    """A number of the roster, read on the record by whoever may read it; "" otherwise."""
    try:
        with transaction.atomic():
            return personal.reveal(
                actor=actor, person=person, field=field, reason=gettext("填报报名表"), at=at
            )
    except DomainError:
        return ""
