"""What a person does where, from a day on: corrections, changes, leaving and coming back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.people import numbers, rules
from leitai.people.models import Person, Posting
from leitai.people.services import personal as private
from leitai.people.services.chain import CHAIN
from leitai.people.services.guarding import demand_numbers_within
from leitai.people.services.registering import CHOICES, TEXT_LIMIT, TEXTS, local_day, posting_of

SERVICE: Final = ("window", "staffing", "line", "post")
DETAILS: Final = ("name", "guest", "since", *SERVICE)


@transaction.atomic
def change_person(
    *,
    actor: Actor,
    person: Person,
    details: Mapping[str, object],
    given: Mapping[str, str] | None = None,
    changed_on: date | None = None,
    at: datetime,
) -> Person:
    """Set details (`DETAILS`) and personal numbers (`given`, as `set_personal` takes them).

    Without `changed_on` what was written wrongly is put right; with it the person does something
    else from that day on, and the days before keep what was true.
    """
    if not rules.can_keep_roster(actor, person.unit.path):
        raise DomainError("forbidden")
    person = locked(person)
    if private.DIGESTS.keys() & (given or {}).keys():
        demand_numbers_within(actor, person, at=at)
    wanted = tidy_details(details)
    _demand_fit(person, wanted, changed_on, at)
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    serving = any(field in SERVICE for field in changed)
    for field in changed:
        setattr(person, field, wanted[field])
    person.save(update_fields=changed or None)
    if serving and changed_on is not None:
        reopen(person, actor, changed_on, at)
    elif serving:
        now = {field: getattr(person, field) for field in SERVICE}
        person.postings.filter(until=None).update(**now)
    if "since" in changed and person.since is not None:
        begin_on(person, person.since)
    if given:
        private.set_personal(person, actor=actor, **given)
    fields = [*changed, *(given or ())]
    if fields:
        told = {"unit": person.unit.name, "fields": [_label(field) for field in fields]}
        _record(actor, person, "person.changed", told, at)
    return person


@transaction.atomic
def change_own_phone(*, actor: Actor, person: Person, phone: str, at: datetime) -> Person:
    """Whoever it belongs to puts the own phone right."""
    if not actor.person or actor.person != person.code:
        raise DomainError("forbidden")
    private.set_personal(person, phone=phone, actor=actor)
    told = {"unit": person.unit.name, "fields": [private.label_of("phone")]}
    _record(actor, person, "person.changed", told, at)
    return person


@transaction.atomic
def leave(*, actor: Actor, person: Person, day: date, at: datetime) -> Person:
    """Mark as gone from `day` on: off the roster from that day; the account stays."""
    if not rules.can_keep_roster(actor, person.unit.path):
        raise DomainError("forbidden")
    person = locked(person)
    if person.left_on is not None:
        raise DomainError("person_left", name=person.name)
    demand_not_ahead(day, at)
    close_posting(person, day)
    person.left_on = day
    person.save(update_fields=["left_on"])
    told = {"unit": person.unit.name, "day": day.isoformat()}
    _record(actor, person, "person.left", told, at)
    return person


@transaction.atomic
def come_back(*, actor: Actor, person: Person, day: date, at: datetime) -> Person:
    """Back at the same unit from `day` on."""
    if not rules.can_keep_roster(actor, person.unit.path):
        raise DomainError("forbidden")
    person = locked(person)
    if person.left_on is None:
        return person
    if day < person.left_on:
        told = {"name": person.name, "since": person.left_on.isoformat()}
        raise DomainError("posting_day_order", **told)
    person.left_on = None
    person.save(update_fields=["left_on"])
    posting_of(person, actor, day, at).save()
    told = {"unit": person.unit.name, "day": day.isoformat()}
    _record(actor, person, "person.returned", told, at)
    return person


def _demand_fit(
    person: Person, wanted: Mapping[str, object], changed_on: date | None, at: datetime
) -> None:
    now = {name: wanted.get(name, getattr(person, name)) for name in DETAILS}
    if now["guest"] and (now["window"] or now["staffing"]):
        raise DomainError("person_guest_place")
    since = now["since"]
    for day in (changed_on, since):
        if isinstance(day, date):
            demand_not_ahead(day, at)


def locked(person: Person) -> Person:
    """The person again, held until the transaction ends."""
    return Person.objects.select_for_update(of=("self",)).select_related("unit").get(pk=person.pk)


def reopen(person: Person, actor: Actor, day: date, at: datetime) -> None:
    """End what stands and begin what the person's columns say, on `day`."""
    close_posting(person, day)
    posting_of(person, actor, day, at).save()


def close_posting(person: Person, day: date) -> None:
    """`day` is the first no more served; a posting that began that day was never served."""
    posting = Posting.objects.filter(person=person, until=None).first()
    if posting is None:
        return
    if day < posting.since:
        told = {"name": person.name, "since": posting.since.isoformat()}
        raise DomainError("posting_day_order", **told)
    if day == posting.since:
        posting.delete()
        return
    posting.until = day
    posting.save(update_fields=["until"])


def begin_on(person: Person, day: date) -> None:
    """Put right from when the person serves at the present unit, whatever they did there since."""
    run: list[Posting] = []
    before = None
    for posting in Posting.objects.filter(person=person).order_by("-since", "-pk"):
        joined = posting.until == (run[-1].since if run else None)
        if posting.unit_id != person.unit_id or not joined:
            before = posting
            break
        run.append(posting)
    if not run:
        return
    first = run[-1]
    too_late = first.until is not None and day >= first.until
    too_early = before is not None and before.until is not None and day < before.until
    if too_late or too_early:
        limit = (before.until if too_early and before else first.until) or first.since
        raise DomainError("posting_day_order", name=person.name, since=limit.isoformat())
    first.since = day
    first.save(update_fields=["since"])


def demand_not_ahead(day: date, at: datetime) -> None:
    if day > local_day(at):
        raise DomainError("posting_day_ahead")


def tidy_details(details: Mapping[str, object]) -> dict[str, object]:
    """Only what is known of `DETAILS`, each in its one form; raises Problems."""
    tidy: dict[str, object] = {}
    problems: list[Problem] = []
    for field in DETAILS:
        if field not in details:
            continue
        value = details[field]
        if field == "name":
            try:
                value = numbers.parse_name(str(value))
            except DomainError as error:
                problems.append(Problem("", error.code, error.data))
        elif field in CHOICES and value not in ("", *CHOICES[field][0].values):
            choices, label = CHOICES[field]
            told = {"field": label, "known": "、".join(map(str, choices.labels))}
            problems.append(Problem("", "person_choice", told))
        elif field in TEXTS:
            value = str(value).strip()
            if len(value) > TEXT_LIMIT:
                long = {"field": TEXTS[field], "limit": TEXT_LIMIT}
                problems.append(Problem("", "person_text_long", long))
        tidy[field] = value
    if problems:
        raise Problems(problems)
    return tidy


def _label(field: str) -> str:
    if field in private.FIELDS:
        return private.label_of(field)
    return str(getattr(Person, field).field.verbose_name)


def _record(
    actor: Actor, person: Person, act: str, data: Mapping[str, object], at: datetime
) -> None:
    ledger.append(
        chain=CHAIN, actor=actor, act=act, subject=f"person:{person.code}", data=data, at=at
    )
