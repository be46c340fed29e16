"""What each row of a file of people would do: found again by number, never guessed.

A row is one of `KINDS`. What is wrong is said by field; nothing here writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, TextChoices

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people import numbers, rules, selectors
from leitai.people.enums import Guest, Staffing, Window
from leitai.people.models import Appointment, Person, TransferRequest
from leitai.people.services import personal as private
from leitai.people.services.cells import choice_of, date_of, hide, labels_of
from leitai.people.services.guarding import demand_numbers_within
from leitai.people.services.registering import TEXT_LIMIT, local_day
from leitai.units.models import Unit
from leitai.units.rules import is_house

KINDS: Final = ("new", "changed", "transfer", "request", "doubt", "wrong", "same")
TAKEN: Final = ("new", "changed", "transfer", "request")
# Headings of the file: its format, the same in every language of the pages.
HEADINGS: Final = {
    "name": "姓名",
    "id_number": "身份证号码",
    "phone": "手机号码",
    "staff_number": "工号",
    "unit": "单位代码",
    "unit_name": "单位名称",
    "window": "岗位类别",
    "staffing": "编制",
    "line": "条线",
    "post": "岗位",
    "since": "到岗日期",
    "guest": "人员类别",
}
ALSO: Final = {
    "身份证号": "身份证号码",
    "身份证": "身份证号码",
    "证件号码": "身份证号码",
    "手机": "手机号码",
    "手机号": "手机号码",
    "联系电话": "手机号码",
    "人员编号": "工号",
    "机构代码": "单位代码",
    "单位": "单位名称",
    "所在单位": "单位名称",
    "工作单位": "单位名称",
    "用工性质": "编制",
    "入职日期": "到岗日期",
    "来宾类别": "人员类别",
}
CHOICES: Final[dict[str, type[TextChoices]]] = {
    "window": Window,
    "staffing": Staffing,
    "guest": Guest,
}
_NUMBERS: Final = ("id_number", "phone", "staff_number")
_DETAILS: Final[tuple[str, ...]] = ("guest", "window", "staffing", "line", "post", "since")
# Of one name in one unit, and of one name born on one day, a file names so many ID numbers: a row
# answers whether its number is somebody's, and more of them would be guesses.
SAME_NAME: Final = 2
_BIRTH: Final = slice(6, 14)
Said = list[Any]  # [field, code, data]


@dataclass(slots=True)
class Planned:
    """A row of the file. `cells` by field as typed; `person` is the code of who is known."""

    number: int
    cells: dict[str, str]
    kind: str = "new"
    problems: list[Said] = field(default_factory=list)
    person: str = ""
    unit: str = ""
    fields: list[str] = field(default_factory=list)
    choices: list[list[str]] = field(default_factory=list)

    @property
    def row(self) -> dict[str, Any]:
        """As it is kept; `asdict` would copy every cell of a province."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Parsed:
    """What the cells say, each in its one form; only what is there."""

    planned: Planned
    name: str = ""
    unit: Unit | None = None
    details: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, Any] = field(default_factory=dict)
    digests: dict[str, bytes] = field(default_factory=dict)
    person: Person | None = None

    def wrong(self, where: str, code: str, /, **data: object) -> None:
        plain = {
            key: v if isinstance(v, int) else hide(str(v), unit=key == "code")
            for key, v in data.items()
        }
        self.planned.problems.append([where, code, plain])
        self.planned.kind = "wrong"


class Planner:
    """Plans rows in any number of portions; what stood in earlier ones is remembered."""

    def __init__(self, actor: Actor, at: datetime) -> None:
        self.actor, self.at, self.today = actor, at, local_day(at)
        self.paths = rules.keeper_paths(actor)
        self.open_requests: set[int] = set()
        self._numbers: dict[tuple[str, bytes], int] = {}
        self._names: dict[tuple[str, int], tuple[int, bytes | None]] = {}
        self._ids: dict[tuple[str, object], set[bytes]] = defaultdict(set)
        self._busy: set[int] = set()  # accounts with duties, of those in the portion

    def plan(
        self, rows: Iterable[tuple[int, Mapping[str, str]]], said: Mapping[int, str] | None = None
    ) -> list[Parsed]:
        """`said` answers rows in doubt: "new", or the code of the person that it is."""
        parsed = [self._parse(number, cells) for number, cells in rows]
        self._place(parsed)
        self._within(parsed)
        known = self._known(parsed)
        alike = self._alike(parsed)
        self._find_busy([*known.values(), *alike.values()])
        for one in parsed:
            if one.planned.kind != "wrong":
                self._recognise(one, known)
        for one in parsed:
            if one.planned.kind != "wrong":
                self._decide(one, alike, (said or {}).get(one.planned.number, ""))
        return parsed

    def _parse(self, number: int, cells: Mapping[str, str]) -> Parsed:
        kept = {name: cells[name] for name in HEADINGS if cells.get(name)}
        one = Parsed(Planned(number, kept))
        try:
            one.name = numbers.parse_name(kept.get("name", ""))
        except DomainError as error:
            one.wrong("name", error.code, **error.data)
        for name in _NUMBERS:
            if name in kept:
                try:
                    one.numbers[name] = private.PARSERS[name](kept[name])
                    one.digests[name] = sealing.digest(name, one.numbers[name])
                except DomainError as error:
                    one.wrong(name, error.code, **error.data)
        self._parse_details(one, kept)
        return one

    def _parse_details(self, one: Parsed, kept: Mapping[str, str]) -> None:
        for name, choices in CHOICES.items():
            if name in kept:
                value = choice_of(choices, kept[name])
                if value is None:
                    known = "、".join(labels_of(choices))
                    one.wrong(name, "import_choice", text=kept[name][:20], known=known)
                else:
                    one.details[name] = value
        for name in ("line", "post"):
            if len(kept.get(name, "")) > TEXT_LIMIT:
                label = HEADINGS[name]
                one.wrong(name, "person_text_long", field=label, limit=TEXT_LIMIT)
            elif name in kept:
                one.details[name] = kept[name]
        if "since" in kept:
            day = date_of(kept["since"])
            if day is None:
                one.wrong("since", "import_date", text=kept["since"][:20])
            elif day > self.today:
                one.wrong("since", "posting_day_ahead")
            else:
                one.details["since"] = day
        if one.details.get("guest") and ("window" in one.details or "staffing" in one.details):
            one.wrong("guest", "person_guest_place")

    def _place(self, parsed: Sequence[Parsed]) -> None:
        """The unit of each row, among those that the actor keeps: by code, else by its one name."""
        codes = {code for one in parsed if (code := one.planned.cells.get("unit"))}
        names = {name for one in parsed if (name := one.planned.cells.get("unit_name"))}
        mine = Unit.objects.filter(selectors.under("path", self.paths), closed_on=None)
        by_code = {unit.code: unit for unit in mine.filter(code__in=codes)}
        by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in mine.filter(name__in=names):
            by_name[unit.name].append(unit)
        for one in parsed:
            self._home(one, by_code, by_name)

    def _home(
        self, one: Parsed, by_code: Mapping[str, Unit], by_name: Mapping[str, list[Unit]]
    ) -> None:
        code, name = (one.planned.cells.get(key, "") for key in ("unit", "unit_name"))
        if code:
            unit = by_code.get(code)
            if unit is None:
                return one.wrong("unit", "import_unit_unknown", code=code[:32])
            if name and name != unit.name:
                return one.wrong("unit_name", "import_unit_differs", code=code, name=unit.name)
        elif name:
            found = by_name.get(name, [])
            if len(found) > 1:
                return one.wrong(
                    "unit_name", "import_unit_several", name=name[:40], count=len(found)
                )
            if not found:
                return one.wrong("unit_name", "import_unit_name", name=name[:40])
            unit = found[0]
        else:
            return one.wrong("unit", "import_unit_missing")
        one.unit, one.planned.unit = unit, unit.code
        return None

    def _within(self, parsed: Sequence[Parsed]) -> None:
        """Rows that repeat an earlier row of the same file."""
        for one in parsed:
            number = one.planned.number
            for name in _NUMBERS:
                if name in one.digests:
                    first = self._numbers.setdefault((name, one.digests[name]), number)
                    if first != number:
                        one.wrong(name, "import_row_twice", first=first)
            if one.planned.kind == "wrong" or one.unit is None:
                continue
            id_digest = one.digests.get("id_number")
            if id_digest is not None and self._guesses(one, one.unit.pk, id_digest):
                one.wrong("id_number", "import_name_ids", name=one.name, limit=SAME_NAME)
                continue
            first, other = self._names.setdefault((one.name, one.unit.pk), (number, id_digest))
            if first != number and (id_digest is None or other is None):
                one.wrong("name", "import_same_name_row", first=first)

    def _guesses(self, one: Parsed, unit: int, id_digest: bytes) -> bool:
        """Whether this is one ID number too many for one name. The house may see them all."""
        if is_house(self.actor):
            return False
        groups = [self._ids[one.name, by] for by in (unit, one.numbers["id_number"][_BIRTH])]
        if any(len(group | {id_digest}) > SAME_NAME for group in groups):
            return True
        for group in groups:
            group.add(id_digest)
        return False

    def _find_busy(self, groups: Sequence[Sequence[Person]]) -> None:
        accounts = {person.account_id for group in groups for person in group} - {None}
        held = Appointment.objects.filter(
            Q(until=None) | Q(until__gt=self.at), account__in=accounts
        )
        self._busy = set(held.values_list("account_id", flat=True))

    def _known(self, parsed: Sequence[Parsed]) -> dict[tuple[str, bytes], list[Person]]:
        """Who has these numbers already, in whatever unit."""
        known: dict[tuple[str, bytes], list[Person]] = defaultdict(list)
        for name, column in private.DIGESTS.items():
            wanted = {one.digests[name] for one in parsed if name in one.digests}
            if wanted:
                rows = Person.objects.filter(**{f"personal__{column}__in": list(wanted)})
                for person in rows.select_related("unit", "personal"):
                    known[name, bytes(getattr(person.personal, column))].append(person)
        people = {person.pk for group in known.values() for person in group}
        self.open_requests |= set(
            TransferRequest.objects.filter(person__in=people, state="open").values_list(
                "person_id", flat=True
            )
        )
        return known

    def _alike(self, parsed: Sequence[Parsed]) -> dict[tuple[str, int], list[Person]]:
        """People of the same name in the same unit."""
        wanted = Q(
            name__in={one.name for one in parsed if one.name},
            unit__in={one.unit.pk for one in parsed if one.unit is not None},
        )
        alike: dict[tuple[str, int], list[Person]] = defaultdict(list)
        for person in Person.objects.filter(wanted).select_related("unit", "personal"):
            alike[person.name, person.unit_id].append(person)
        return alike

    def _recognise(self, one: Parsed, known: Mapping[tuple[str, bytes], list[Person]]) -> None:
        def holders(name: str) -> list[Person]:
            return known.get((name, one.digests[name]), []) if name in one.digests else []

        sure = {person.pk: person for name in private.UNIQUE for person in holders(name)}
        if len(sure) > 1:
            return one.wrong("id_number", "import_two_people")
        person = next(iter(sure.values()), None)
        if person is None:
            by_phone = [held for held in holders("phone") if held.name == one.name]
            by_phone = [held for held in by_phone if not _other_id(one, held)]
            if len(by_phone) == 1:
                person = by_phone[0]
        elif person.name != one.name:
            return one.wrong("name", "import_name_differs", name=one.name)
        if person is not None and _other_id(one, person):
            return one.wrong("id_number", "import_id_differs")
        one.person = person
        return None

    def _decide(
        self, one: Parsed, alike: Mapping[tuple[str, int], list[Person]], said: str
    ) -> None:
        assert one.unit is not None  # noqa: S101  # rows without a unit are wrong
        if one.person is None:
            like = [
                held
                for held in alike.get((one.name, one.unit.pk), [])
                if not ("id_number" in one.digests and _digest(held, "id_number"))
            ]
            chosen = next((held for held in like if held.code == said), None)
            if like and chosen is None and said != "new":
                one.planned.kind = "doubt"
                one.planned.problems.append(["name", "import_same_name", {"unit": one.unit.name}])
                one.planned.choices = [[held.code, _told(held)] for held in like]
                return
            one.person = chosen
        if one.person is not None:
            self._known_one(one, one.person)

    def _known_one(self, one: Parsed, person: Person) -> None:
        planned = one.planned
        planned.person = person.code
        if one.unit is not None and person.unit_id != one.unit.pk:
            covered = rules.can_keep_roster(self.actor, person.unit.path)
            planned.kind = "transfer" if covered else "request"
            if not covered and person.pk in self.open_requests:
                one.wrong("name", "import_pending")
            return
        planned.fields = changes_of(one, person)
        planned.kind = "changed" if planned.fields else "same"
        numbered = next((name for name in _NUMBERS if name in planned.fields), "")
        if numbered and person.account_id in self._busy:
            try:
                demand_numbers_within(self.actor, person, at=self.at)
            except DomainError as error:
                one.wrong(numbered, error.code, **error.data)


def changes_of(one: Parsed, person: Person) -> list[str]:
    """The fields that the row says otherwise; an empty cell leaves what is there."""
    fields: list[str] = [
        name
        for name in _DETAILS
        if name in one.details and getattr(person, name) != one.details[name]
    ]
    fields += [name for name, digest in one.digests.items() if _digest(person, name) != digest]
    return [*fields, "left_on"] if person.left_on is not None else fields


def _digest(person: Person, name: str) -> bytes | None:
    personal = getattr(person, "personal", None)
    found = getattr(personal, private.DIGESTS[name]) if personal else None
    return bytes(found) if found is not None else None


def _other_id(one: Parsed, person: Person) -> bool:
    mine, theirs = one.digests.get("id_number"), _digest(person, "id_number")
    return mine is not None and theirs is not None and mine != theirs


def _told(person: Person) -> str:
    """Enough to choose by: what they do and the masked phone."""
    parts = [
        person.post,
        str(person.get_window_display()),
        selectors.masked_phone(person),
    ]
    return "，".join(part for part in parts if part) or person.code
