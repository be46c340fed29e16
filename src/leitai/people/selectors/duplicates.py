"""People who may be registered twice: the same phone, or the same name and day of birth.

A province is grouped by digests alone, each from its own index; only what the house knows twice is
looked at by unit, and only what is shown is read. A smaller subtree is grouped by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, F, Func, Q, QuerySet

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people import rules
from leitai.people.models import Person, Personal
from leitai.people.selectors.rosters import under

FEW: Final = 10_000  # people of a subtree that is grouped by itself
GROUPS: Final = 50  # of a kind on a page
MEMBERS: Final = 50  # of a group: a counter's telephone may stand with hundreds
_COLUMNS: Final = {"phone": "phone_digest", "birth": "twin_digest"}


@dataclass(frozen=True, slots=True)
class Duplicates:
    """People who may be one: `by` says what is the same (phone, birth); `more` are not shown."""

    by: str
    people: tuple[Person, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A page of groups, and whether there is another after it."""

    groups: tuple[Duplicates, ...]
    page: int
    more: bool


class _OneOf(Func):
    """`column = ANY(ARRAY(subquery))`: each is looked up in the index.

    Of a plain IN the planner guesses that a third of a province is there twice, and sorts it all.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def list_duplicates(actor: Actor, page: int = 1) -> Found:
    """Groups with the same phone, or the same name and day of birth, that the actor keeps."""
    paths = rules.keeper_paths(actor)
    if not paths:
        raise DomainError("forbidden")
    mine = Personal.objects.filter(under("person__unit__path", paths)).order_by()
    few = mine[: FEW + 1].count() <= FEW
    skip = GROUPS * (page - 1)
    twice = {by: _twice(mine, column, skip, few=few) for by, column in _COLUMNS.items()}
    ids = {by: _members(mine, _COLUMNS[by], counted) for by, counted in twice.items()}
    people = _people(pk for groups in ids.values() for group in groups.values() for pk in group)
    seen: set[frozenset[int]] = set()
    found: list[Duplicates] = []
    for by, groups in ids.items():
        shown = []
        for digest, group in groups.items():
            members = tuple(people[pk] for pk in group if pk in people)  # one may have just gone
            if len(members) > 1 and frozenset(group) not in seen:
                shown.append(Duplicates(by, members, twice[by][digest] - len(group)))
            seen.add(frozenset(group))
        found += sorted(shown, key=lambda one: (one.people[0].name, one.people[0].code))
    return Found(tuple(found), page, any(len(counted) > GROUPS for counted in twice.values()))


def _twice(mine: QuerySet[Personal], column: str, skip: int, *, few: bool) -> dict[bytes, int]:
    """How many of the actor's people share a digest: of a page's groups and one more."""
    page = slice(skip, skip + GROUPS + 1)
    known = Q(**{f"{column}__isnull": False})
    rows = mine.filter(known if few else _OneOf(F(column), ArraySubquery(_shared(column))))
    counted = rows.values(column).annotate(times=Count("*")).filter(times__gt=1)
    pairs = counted.values_list(column, "times")
    if not few:  # with a bound the planner would walk the house for few
        return {bytes(digest): times for digest, times in pairs.order_by(column)[page]}
    found = {bytes(digest): times for digest, times in pairs}
    return {digest: found[digest] for digest in sorted(found)[page]}


def _shared(column: str) -> QuerySet[Personal, Any]:
    """In the whole house, by the index alone."""
    known = Personal.objects.filter(**{f"{column}__isnull": False}).order_by().values(column)
    twice = known.annotate(times=Count("*")).filter(times__gt=1)
    shared: QuerySet[Personal, Any] = twice.values(column)
    return shared


def _members(
    mine: QuerySet[Personal], column: str, counted: Mapping[bytes, int]
) -> dict[bytes, list[int]]:
    """Who stands in each group, by name: namesakes stand together."""
    groups: dict[bytes, list[int]] = {digest: [] for digest in list(counted)[:GROUPS]}
    rows = mine.filter(**{f"{column}__in": list(groups)}).order_by("person__name", "person__code")
    for digest, pk in rows.values_list(column, "person_id"):
        group = groups[bytes(digest)]
        if len(group) < MEMBERS:
            group.append(pk)
    return groups


def _people(ids: Iterable[int]) -> dict[int, Person]:
    rows = Person.objects.filter(pk__in=set(ids)).select_related("unit", "account", "personal")
    return {person.pk: person for person in rows}
