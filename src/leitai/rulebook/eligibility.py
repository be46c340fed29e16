"""Who may enter a stage: the bars of the rulebook over a person's facts, and nothing else."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from leitai.kernel.errors import DomainError
from leitai.rulebook import numbers
from leitai.rulebook.data import FactIn, Refusal
from leitai.rulebook.model import AmountTest, Condition, FactTest, Rulebook

Finding = tuple[bool, FactIn | None]  # is the condition true, and the fact that shows it


def refusals(rulebook: Rulebook, stage: str, facts: Iterable[FactIn]) -> tuple[Refusal, ...]:
    """Give every bar of a stage that keeps the person of these facts out; nothing means welcome.

    Raises DomainError("fact_not_decimal") when a figure that is needed is none.
    """
    known = sorted(facts, key=lambda fact: (fact.since or date.min, fact.source, fact.value))
    found = []
    for bar in rulebook.stages[stage].bars:
        refused, fact = _holds(bar.refuse, known)
        if refused:
            found.append(Refusal(bar.id, bar.title, bar.source, fact))
    return tuple(found)


def _holds(condition: Condition, facts: list[FactIn]) -> Finding:
    if condition.has is not None:
        matching = [fact for fact in facts if _matches(fact, condition.has)]
        return (bool(matching), matching[0] if matching else None)
    if condition.lacks is not None:
        return (not any(_matches(fact, condition.lacks) for fact in facts), None)
    if condition.below is not None:
        return _below(condition.below, facts)
    if condition.any is not None:
        findings = [_holds(part, facts) for part in condition.any]
        return next((finding for finding in findings if finding[0]), (False, None))
    findings = [_holds(part, facts) for part in condition.all or ()]
    shown = next((fact for _, fact in findings if fact is not None), None)
    return (all(true for true, _ in findings), shown)


def _below(test: AmountTest, facts: list[FactIn]) -> Finding:
    """Compare the greatest figure: a running total comes in several times in a year."""
    best: FactIn | None = None
    amount = Fraction(0)
    for fact in facts:
        if not _matches(fact, test):
            continue
        if not numbers.is_decimal(fact.value):
            raise DomainError("fact_not_decimal", key=fact.key, value=fact.value)
        value = numbers.parse(fact.value)
        if best is None or value > amount:
            best, amount = fact, value
    return (amount < test.value, best)


def _matches(fact: FactIn, test: FactTest | AmountTest) -> bool:
    """Say whether a fact is meant. One without any date is taken to hold at all times."""
    if (fact.kind, fact.key) != (test.kind, test.key):
        return False
    if test.since is not None and not _from_year_on(fact, test.since):
        return False
    return test.year is None or _in_year(fact, test.year)


def _from_year_on(fact: FactIn, year: int) -> bool:
    """Tell by the day on which it began; if only the end is known, by that."""
    day = fact.since or fact.until
    return day is None or day >= date(year, 1, 1)


def _in_year(fact: FactIn, year: int) -> bool:
    begins = fact.since or date.min
    ends = fact.until or date.max
    return begins <= date(year, 12, 31) and ends >= date(year, 1, 1)
