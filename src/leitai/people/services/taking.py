"""Takes planned rows in: new people and corrections in bulk, transfers one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people.models import Person, Personal, Posting
from leitai.people.services import personal as private
from leitai.people.services import serving, transferring
from leitai.people.services.chain import CHAIN
from leitai.people.services.planning import TAKEN, Parsed, Planner
from leitai.people.services.registering import NewPerson, insert, local_day, new_code

_COLUMNS: Final = ("guest", "since", *serving.SERVICE)
_NUMBERS: Final = tuple(private.DIGESTS)


def take(
    actor: Actor,
    planner: Planner,
    rows: Sequence[dict[str, Any]],
    *,
    draft: str,
    at: datetime,
) -> tuple[Counter[str], list[dict[str, Any]]]:
    """Look again at every row, since time has passed, and take what is good still.

    Answers how many of each kind were taken, and the rows that were not.
    """
    left = [row for row in rows if row["kind"] == "wrong" or _undecided(row)]
    said = {row["number"]: row["said"] for row in rows if row.get("said")}
    good = [(r["number"], r["cells"]) for r in rows if r["kind"] != "wrong" and not _undecided(r)]
    planned = planner.plan(good, said)
    by_kind: dict[str, list[Parsed]] = {}
    for one in planned:
        by_kind.setdefault(one.planned.kind, []).append(one)
    done: Counter[str] = Counter({"same": len(by_kind.get("same", ()))})
    done["new"] = _take_new(actor, by_kind.get("new", []), at)
    done["changed"] = _take_changed(actor, by_kind.get("changed", []), at)
    for kind in ("transfer", "request"):
        for one in by_kind.get(kind, []):
            done[kind] += _take_moved(actor, one, draft, at)
    left += [one.planned.row for one in planned if one.planned.kind in {"wrong", "doubt"}]
    counts = {kind: done[kind] for kind in TAKEN}
    if any(counts.values()):
        ledger.append(
            chain=CHAIN,
            actor=actor,
            act="people.imported",
            subject=f"draft:{draft}",  # a file's name may be a person's
            data={**counts, "codes": [one.planned.person for one in planned if _taken(one)]},
            at=at,
        )
    return done, left


def _undecided(row: dict[str, Any]) -> bool:
    return bool(row["kind"] == "doubt" and not row.get("said"))


def _taken(one: Parsed) -> bool:
    return one.planned.kind in {"new", "changed"}


def _take_new(actor: Actor, rows: Sequence[Parsed], at: datetime) -> int:
    homes = {one.unit.code: one.unit for one in rows if one.unit is not None}
    people = []
    for one in rows:
        one.planned.person = new_code()
        person = NewPerson(
            code=one.planned.person,
            name=one.name,
            unit=one.planned.unit,
            **one.details,
            **one.numbers,
        )
        people.append(person)
    return len(insert(actor, people, homes, {}, at)) if people else 0


def _take_changed(actor: Actor, rows: Sequence[Parsed], at: datetime) -> int:
    """Corrections: what the file says stands in the person, the open posting and the numbers."""
    people, numbered = [], []
    for one in rows:
        if one.person is None:
            continue
        if one.person.left_on is not None:
            back_on = max(one.details.get("since") or local_day(at), one.person.left_on)
            serving.come_back(actor=actor, person=one.person, day=back_on, at=at)
            one.person.left_on = None
        for name in _COLUMNS:
            if name in one.details:
                setattr(one.person, name, one.details[name])
        people.append(one.person)
        if "since" in one.planned.fields:
            serving.begin_on(one.person, one.details["since"])
        if any(name in one.planned.fields for name in _NUMBERS):
            numbered.append(one)
    Person.objects.bulk_update(people, _COLUMNS, batch_size=500)
    _follow(people)
    _write_numbers(numbered)
    return len(people)


def _follow(people: Sequence[Person]) -> None:
    """Open postings say what the people's columns say."""
    by_person = {person.pk: person for person in people}
    postings = list(Posting.objects.filter(Q(until=None), person__in=by_person))
    for posting in postings:
        for name in serving.SERVICE:
            setattr(posting, name, getattr(by_person[posting.person_id], name))
    Posting.objects.bulk_update(postings, serving.SERVICE, batch_size=500)


def _write_numbers(rows: Sequence[Parsed]) -> None:
    held = {
        personal.person_id: personal
        for personal in Personal.objects.filter(person__in=[one.person for one in rows])
    }
    fresh: list[Personal] = []
    kept: list[Personal] = []
    accounts: list[int | None] = []
    for one in rows:
        if one.person is None:
            continue
        personal = held.get(one.person.pk)
        row = personal or Personal(person=one.person)
        fields = {name: one.numbers[name] for name in _NUMBERS if name in one.planned.fields}
        private.write_numbers(row, fields)
        (kept if personal else fresh).append(row)
        accounts.append(one.person.account_id)
    Personal.objects.bulk_create(fresh)
    columns = [
        *_NUMBERS, *private.DIGESTS.values(), "id_tail", "birth_digest", "erased_at",
    ]  # fmt: skip
    Personal.objects.bulk_update(kept, columns, batch_size=500)
    private.sync_logins(accounts)


def _take_moved(actor: Actor, one: Parsed, draft: str, at: datetime) -> int:
    """1 if it went; else the row says why not."""
    if one.person is None or one.unit is None:
        return 0
    moved: dict[str, Any] = {
        "actor": actor,
        "person": one.person,
        "unit": one.unit,
        "since": one.details.get("since") or local_day(at),
        "details": one.details,
        "at": at,
    }
    try:
        if one.planned.kind == "transfer":
            transferring.transfer_person(**moved)
        else:
            reason = _("按名单导入（%(draft)s）") % {"draft": draft}
            transferring.file_transfer(**moved, reason=reason)
    except DomainError as error:
        one.wrong("name", error.code, **error.data)
        return 0
    return 1
