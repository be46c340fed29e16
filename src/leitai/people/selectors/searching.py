"""People of the actor's own subtrees: by parts of a name, by a number's digest, by what they do."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from typing_extensions import override

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.base.bigrams import containing
from leitai.kernel.errors import DomainError
from leitai.people import numbers, rules
from leitai.people.enums import Guest, Staffing, Window
from leitai.people.models import Person
from leitai.people.selectors.rosters import under
from leitai.units.models import Unit

PER_PAGE: Final = 50
COUNTED: Final = 10_000  # a list is counted so far; whoever needs more asks more narrowly
_KINDS: Final = {
    "id_number": "personal__id_digest",
    "phone": "personal__phone_digest",
    "staff_number": "personal__staff_digest",
}


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the list is asked for; whatever is not understood asks for nothing."""

    q: str = ""
    unit: str = ""
    window: str = ""
    staffing: str = ""
    line: str = ""
    account: str = ""  # yes, no
    guest: str = ""  # a kind of guest, "any", "staff"
    left: str = ""  # yes: those who left

    @classmethod
    def read(cls, data: Mapping[str, str]) -> PeopleFilter:
        known = {
            "window": Window.values,
            "staffing": Staffing.values,
            "account": ["yes", "no"],
            "guest": [*Guest.values, "any", "staff"],
            "left": ["yes"],
        }
        asked = {name: str(data.get(name, "")).strip() for name in cls.__slots__}
        return cls(**{n: v if v in known.get(n, [v]) else "" for n, v in asked.items()})

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name in self.__slots__ if (value := getattr(self, name))]


class BoundedPaginator(Paginator):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Fifty a page; counts no further than `COUNTED`."""

    @cached_property
    @override
    def count(self) -> int:
        rows = self.object_list
        assert isinstance(rows, QuerySet)  # noqa: S101  # only ever built below
        return rows.order_by()[: COUNTED + 1].count()

    @property
    def more(self) -> bool:
        return self.count > COUNTED


def pages_of(rows: QuerySet[Any]) -> BoundedPaginator:
    return BoundedPaginator(rows, PER_PAGE)


def list_people_for(actor: Actor, asked: PeopleFilter) -> QuerySet[Person]:
    """The people that the actor may look at, by unit, with unit, account and numbers."""
    rows = _visible(actor).select_related("unit", "account", "personal")
    if asked.unit:
        rows = rows.filter(unit__path__startswith=_path_of(actor, asked.unit))
    if asked.q:
        rows = containing(rows, "name", numbers_dots(asked.q))
    for column in ("window", "staffing", "line"):
        if getattr(asked, column):
            rows = rows.filter(**{column: getattr(asked, column)})
    if asked.account:
        rows = rows.filter(account__isnull=asked.account == "no")
    if asked.guest == "any":
        rows = rows.exclude(guest="")
    elif asked.guest:
        rows = rows.filter(guest="" if asked.guest == "staff" else asked.guest)
    rows = rows.filter(left_on__isnull=asked.left != "yes")
    return rows.order_by("unit__path", "code")


def numbers_dots(text: str) -> str:
    """A name as it is kept; what is no name is searched as it stands."""
    try:
        return " ".join(numbers.parse_name(word) for word in text.split())
    except DomainError:
        return text


def is_number(text: str) -> bool:
    """No name has a digit; every number has."""
    return any(letter.isdigit() for letter in unicodedata.normalize("NFKC", text))


def find_by_number(actor: Actor, text: str) -> list[Person]:
    """Who has this phone, ID or staff number, among those whom the actor may look at."""
    return list(_visible(actor).filter(_with_number(text)).select_related("unit")[:PER_PAGE])


def find_to_transfer(actor: Actor, name: str, number: str) -> Person:
    """Somebody anywhere whose name and number a receiving manager both knows."""
    if not rules.keeper_paths(actor):
        raise DomainError("forbidden")
    try:
        known = numbers.parse_name(name)
    except DomainError:
        known = ""
    found = Person.objects.filter(_with_number(number), name=known).select_related("unit")[:2]
    if not known or len(found) != 1:
        raise DomainError("transfer_not_found")
    return found[0]


def get_person_for(actor: Actor, code: str) -> Person:
    """The person with unit, account and numbers, for who may look at the unit."""
    try:
        person = Person.objects.select_related("unit", "account", "personal").get(code=code)
    except Person.DoesNotExist:
        raise DomainError("person_unknown", code=code) from None
    if not rules.can_see_people(actor, person.unit.path):
        raise DomainError("forbidden")
    return person


def get_kept_person(actor: Actor, code: str) -> Person:
    """The person, for who keeps the roster of the unit."""
    person = get_person_for(actor, code)
    if not rules.can_keep_roster(actor, person.unit.path):
        raise DomainError("forbidden")
    return person


def get_own_person(actor: Actor) -> Person:
    """The reader's own record."""
    found = Person.objects.select_related("unit", "account", "personal")
    person = found.filter(code=actor.person).first() if actor.person else None
    if person is None:
        raise DomainError("forbidden")
    return person


def details_of(person: Person) -> dict[str, object]:
    """What a form begins with."""
    names = ("name", "guest", "window", "staffing", "line", "post", "since")
    return {name: getattr(person, name) for name in names}


def demand_keeper(actor: Actor) -> None:
    if not rules.keeper_paths(actor):
        raise DomainError("forbidden")


def units_to_choose(actor: Actor, wanted: str) -> Sequence[Unit]:
    """Units that the actor keeps by part of a name or by code, at most twenty."""
    mine = Unit.objects.filter(under("path", rules.keeper_paths(actor)), closed_on=None)
    if not wanted:
        return list(mine.order_by("path")[:20])
    exact = list(mine.filter(code=wanted)[:1])
    return exact or list(containing(mine, "name", wanted).order_by("path")[:20])


def unit_named(actor: Actor, text: str) -> Unit:
    """A unit that the actor keeps, by code or by its one name; others' units are not told of."""
    wanted = text.strip()
    mine = Unit.objects.filter(under("path", rules.keeper_paths(actor)), closed_on=None)
    found = list(mine.filter(code=wanted)) or list(mine.filter(name=wanted)[:2])
    if len(found) > 1:
        raise DomainError(
            "import_unit_several", name=wanted, count=mine.filter(name=wanted).count()
        )
    if not found:
        raise DomainError("person_unit", unit=wanted)
    return found[0]


def choices_of_list() -> dict[str, object]:
    """What the list can be narrowed by."""
    return {"windows": Window.choices, "staffings": Staffing.choices, "guests": Guest.choices}


def _visible(actor: Actor) -> QuerySet[Person]:
    paths = rules.reader_paths(actor)
    if not paths:
        raise DomainError("forbidden")
    return Person.objects.filter(under("unit__path", paths))


def _path_of(actor: Actor, code: str) -> str:
    """The path of a unit by code or exact name; nothing of others' units is told."""
    unit = Unit.objects.filter(Q(code=code) | Q(name=code)).order_by("path").first()
    if unit is None or not rules.can_see_people(actor, unit.path):
        return "-"  # no path begins so
    return unit.path


def _with_number(text: str) -> Q:
    wanted = Q(pk__in=[])
    for kind, column in _KINDS.items():
        number = numbers.normalise(kind, text)
        if number:
            wanted |= Q(**{column: sealing.digest(kind, number)})
    return wanted
