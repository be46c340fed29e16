"""A small province: two cities, three counties, bodies; learners, their days, titles, rosters."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from leitai.people.models import Person, Roster
from leitai.practice.models import Day, DayChange, Learner, Title
from leitai.units.models import Unit

SEASON = "sichuan-2022"
MONDAY = date(2022, 4, 4)
_TREE = (
    ("51", "", "四川省", "province", "place"),
    ("51-province", "51", "省本级", "province", "body"),
    ("5101", "51", "成都市", "prefecture", "place"),
    ("5101-rsj", "5101", "成都市人社局", "prefecture", "body"),
    ("510104", "5101", "锦江区", "county", "place"),
    ("510104-jy", "510104", "锦江区就业中心", "county", "body"),
    ("510104-sb", "510104", "锦江区社保中心", "county", "body"),
    ("510105", "5101", "青羊区", "county", "place"),
    ("510105-jy", "510105", "青羊区就业中心", "county", "body"),
    ("5103", "51", "自贡市", "prefecture", "place"),
    ("510302", "5103", "自流井区", "county", "place"),
    ("510302-jy", "510302", "自流井区就业中心", "county", "body"),
)


def plant() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for code, parent, name, level, kind in _TREE:
        above = units.get(parent)
        units[code] = Unit.objects.create(
            code=code,
            parent=above,
            name=name,
            level=level,
            kind=kind,
            path=f"{above.path if above else ''}{code}/",
        )
    return units


def learner(
    unit: Unit | None,
    number: int,
    *,
    line: str = "",
    staffing: str = "",
    window: str = "",
    joined: date = MONDAY,
) -> Learner:
    person = unit and Person.objects.create(
        code=f"q-{number}",
        name=f"学员{number}",
        unit=unit,
        line=line,
        staffing=staffing,
        window=window,
        since=joined,
    )
    return Learner.objects.create(
        season=SEASON,
        account=f"7{number}",
        person=person,
        unit=unit,
        joined_at=datetime.combine(joined, time(1), UTC),
    )


def studied(
    one: Learner, day: date, *, unit: Unit | None = None, tell: bool = True, **done
) -> None:
    """The learner's day is now this (or gone: `gone=True`), and the outbox tells of it."""
    gone = done.pop("gone", False)
    Day.objects.filter(learner=one, day=day).delete()
    if not gone:
        person = one.person
        cut = {} if person is None else {"line": person.line, "staffing": person.staffing}
        values = {"window": person.window if person else "", **cut, **done}
        values.setdefault("sets", 1)
        Day.objects.create(learner=one, day=day, unit=unit or one.unit, **values)
    if tell:
        DayChange.objects.create(season=one.season, learner=one.pk, day=day, before={}, after={})


def titled(one: Learner, title: str, day: date, period: str = "") -> Title:
    return Title.objects.create(
        learner=one, title=title, period=period or day.isoformat()[:7], reached_on=day
    )


def roster(unit: Unit, day: date, members: list[tuple[str, str, str]], hour: int = 1) -> Roster:
    """`members` are (window, staffing, line) of each."""
    rows = [[f"m-{n}", *member] for n, member in enumerate(members)]
    counts = dict.fromkeys(("all", "front", "back", "none", "permanent", "contract"), 0)
    for _code, window, staffing, _line in rows:
        for key in ("all", window, staffing):
            counts[key] += 1
    return Roster.objects.create(
        unit=unit,
        day=day,
        members=rows,
        counts=counts,
        digest=b"0" * 32,
        confirmed_by="9",
        confirmed_at=datetime.combine(day, time(hour), UTC),
    )


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)
