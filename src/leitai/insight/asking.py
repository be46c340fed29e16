"""What a page of figures is asked for by its address; what is not understood is as if unasked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from leitai.insight import periods
from leitai.insight.cutting import Cut

SORTS: Final = (
    "unit",
    "due",
    "registered",
    "persons",
    "ratio",
    "change",
    "times",
    "days",
    "accuracy",
)
COUNTIES: Final = "counties"
_LONG: Final = 120  # of a module's name
EVERYBODY, ABSENT, PRESENT = "all", "absent", "present"


@dataclass(frozen=True, slots=True)
class Asked:
    """`sort` with a minus is from high to low; `each` lists all counties instead of children."""

    period: str = periods.WEEK
    first: date | None = None
    last: date | None = None
    cut: str = ""
    each: str = ""
    sort: str = "unit"
    who: str = EVERYBODY
    page: str = "1"
    module: str = ""

    @property
    def column(self) -> str:
        return self.sort.removeprefix("-")

    def query(self, **other: str) -> str:
        """The address's question, without what is usual; `other` is asked instead."""
        said = {
            "period": "" if self.period in {periods.WEEK, periods.DAYS} else self.period,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            "cut": self.cut,
            "each": self.each,
            "sort": "" if self.sort == "unit" else self.sort,
            "who": "" if self.who == EVERYBODY else self.who,
            "module": self.module,
            **other,
        }
        return urlencode({name: value for name, value in said.items() if value})


def read(given: Mapping[str, str]) -> Asked:
    """Two days are asked for by themselves; without both of them the period's name counts."""
    code = given.get("period", "")
    sort = given.get("sort", "")
    who = given.get("who", "")
    first, last = _day(given.get("first", "")), _day(given.get("last", ""))
    if first is not None and last is not None:
        code = periods.DAYS
    else:
        code, first, last = code if code in periods.NAMED else periods.WEEK, None, None
    return Asked(
        period=code,
        first=first,
        last=last,
        cut=str(Cut.given(given)),
        each=COUNTIES if given.get("each") == COUNTIES else "",
        sort=sort if sort.removeprefix("-") in SORTS else "unit",
        who=who if who in {ABSENT, PRESENT} else EVERYBODY,
        page=given.get("page", "1"),
        module=given.get("module", "")[:_LONG],
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if periods.EARLIEST <= day <= periods.LATEST else None
