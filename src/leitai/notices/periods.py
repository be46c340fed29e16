"""When a period ends, and the sentence that says how it was counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from leitai.base.words import listed
from leitai.design.moments import SHANGHAI
from leitai.kernel.errors import DomainError
from leitai.notices import terms
from leitai.rulebook.model import Rulebook, Term
from leitai.rulebook.procedure import when
from leitai.rulebook.procedure.deadlines import reckon


@dataclass(frozen=True, slots=True)
class Clock:
    """`caveats` say which years' holidays were not given, where the clock runs all the same."""

    until: datetime
    words: str
    caveats: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        return [self.words, *self.caveats]


def clock_of(law: Rulebook, term: Term, start: datetime) -> Clock:
    """The end of a term that runs from `start`, in the committee's zone."""
    local = start.astimezone(SHANGHAI)
    held = replace(law, publicity={"this": terms.alone("", term)})
    found = when(held, "publicity.this", local)
    return Clock(found.instant, found.words, found.caveats)


def period_of(law: Rulebook, term: Term, start: datetime) -> Clock:
    """The same for a public notice, which does not begin on a guess.

    Raises DomainError("notice_year_unknown") where it runs into a year whose holidays nobody gave.
    """
    found = reckon(term, start.astimezone(SHANGHAI), law.holidays)
    if found.unknown_years:
        raise DomainError("notice_year_unknown", years=listed(found.unknown_years))
    return clock_of(law, term, start)
