"""Who may enter a stage: the bars of the rulebook over a person's facts, and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from leitai.kernel.errors import DomainError
from leitai.rulebook import numbers
from leitai.rulebook.data import FactIn, Refusal
from leitai.rulebook.days import day
from leitai.rulebook.model import AmountTest, Condition, FactTest, Rulebook, ValueTest

Finding = tuple[bool | None, FactIn | None]  # is the condition true, and the fact that shows it
Test = FactTest | AmountTest | ValueTest


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody, and about what anything is known at all.

    ``known`` has (kind, key) and (kind, "") of every fact that was given for anybody; a test about
    anything else is neither true nor false. None: whatever is not among the facts is not so.
    """

    facts: Iterable[FactIn]
    known: frozenset[tuple[str, str]] | None


def refusals(
    rulebook: Rulebook,
    stage: str,
    facts: Iterable[FactIn],
    *,
    track: str = "",
    known: frozenset[tuple[str, str]] | None = None,
) -> tuple[Refusal, ...]:
    """Give every bar of a stage that keeps the person of these facts out; nothing means welcome.

    Raises DomainError("fact_not_decimal") when a figure that is needed is none.
    """
    ordered = sorted(facts, key=lambda fact: (fact.since or date.min, fact.source, fact.value))
    given = Facts(ordered, known)
    found = []
    for bar in rulebook.stages[stage].bars:
        if track and bar.tracks and track not in bar.tracks:
            continue
        if bar.refuse is not None:
            refused, fact = _finding(bar.refuse, given)
            barred = refused is True
        else:
            met, fact = _finding(bar.require, given) if bar.require else (True, None)
            barred = met is False
        if barred:
            found.append(Refusal(bar.id, bar.title, bar.source, fact))
    return tuple(found)


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Say whether a condition is true; None where nothing is given about what it asks."""
    return _finding(condition, facts)[0]


def tests_of(condition: Condition) -> Iterator[Test]:
    """Give every test that a condition is made of."""
    for part in (*(condition.any or ()), *(condition.all or ())):
        yield from tests_of(part)
    if condition.not_ is not None:
        yield from tests_of(condition.not_)
    for test in (condition.has, condition.lacks, condition.below, condition.is_):
        if test is not None:
            yield test


def is_known(test: Test, known: frozenset[tuple[str, str]] | None) -> bool:
    """Say whether anything is given about what a test asks."""
    return known is None or (test.kind, test.key or "") in known


def _finding(condition: Condition, given: Facts) -> Finding:  # noqa: PLR0911  (one return a kind)
    if condition.any is not None:
        findings = [_finding(part, given) for part in condition.any]
        true = next((finding for finding in findings if finding[0]), None)
        open_ = any(finding[0] is None for finding in findings)
        return true or ((None if open_ else False), None)
    if condition.all is not None:
        findings = [_finding(part, given) for part in condition.all]
        shown = next((fact for _, fact in findings if fact is not None), None)
        if any(finding[0] is False for finding in findings):
            return (False, shown)
        return (None if any(finding[0] is None for finding in findings) else True, shown)
    if condition.not_ is not None:
        true_, fact = _finding(condition.not_, given)
        return (None if true_ is None else not true_, fact)
    (test,) = tests_of(condition)
    if not is_known(test, given.known):
        return (None, None)
    matching = [fact for fact in given.facts if _matches(fact, test)]
    if condition.has is not None:
        return (bool(matching), matching[0] if matching else None)
    if condition.lacks is not None:
        return (not matching, None)
    if condition.below is not None:
        return _below(condition.below, matching)
    passing = [fact for fact in matching if condition.is_ and _passes(fact, condition.is_)]
    seen = passing or matching
    return (bool(passing), seen[0] if seen else None)


def _below(test: AmountTest, matching: list[FactIn]) -> Finding:
    """Compare the greatest figure: a running total comes in several times in a year."""
    best: FactIn | None = None
    amount = Fraction(0)
    for fact in matching:
        value = _amount(fact)
        if best is None or value > amount:
            best, amount = fact, value
    return (amount < test.value, best)


def _passes(fact: FactIn, test: ValueTest) -> bool:
    if test.in_ is not None:
        return fact.value in test.in_
    if test.from_ is not None or test.to is not None:
        found = day(fact.value)
        if found is None:
            raise DomainError("fact_not_day", key=fact.kind, value=fact.value)
        return (test.from_ or date.min) <= found <= (test.to or date.max)
    value = _amount(fact)
    return (
        (test.least is None or value >= test.least)
        and (test.most is None or value <= test.most)
        and (test.above is None or value > test.above)
        and (test.under is None or value < test.under)
    )


def _amount(fact: FactIn) -> Fraction:
    if not numbers.is_decimal(fact.value):
        raise DomainError("fact_not_decimal", key=fact.key, value=fact.value)
    return numbers.parse(fact.value)


def _matches(fact: FactIn, test: Test) -> bool:
    """Say whether a fact is meant. One without any date is taken to hold at all times."""
    if fact.kind != test.kind or (test.key is not None and fact.key != test.key):
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
