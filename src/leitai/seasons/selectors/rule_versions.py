"""The versions of a season's rules: which there are, what each says, and how two of them differ."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from leitai.kernel.errors import DomainError
from leitai.rulebook import plain
from leitai.rulebook.differing import Change, differences
from leitai.rulebook.model import Rulebook
from leitai.rulebook.plain import Section
from leitai.seasons.models import CalendarWindow, Season, SeasonRules
from leitai.seasons.selectors.seasons import (
    AssumptionState,
    current_windows,
    list_assumptions,
    parse,
    rulebook_of,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One clause of the page; `questions` are the open questions that it answers."""

    text: str
    source: str
    path: str
    questions: tuple[AssumptionState, ...]


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The rules in words. `version` is the one that is read, `now` the one in force.

    `windows` are the calendar's rows as they were set, for the rules in force only.
    """

    season: Season
    law: Rulebook
    version: SeasonRules
    now: SeasonRules
    versions: tuple[SeasonRules, ...]
    parts: tuple[Part, ...]
    assumptions: tuple[AssumptionState, ...]
    windows: tuple[tuple[str, CalendarWindow], ...]

    @property
    def old(self) -> bool:
        return self.version.pk != self.now.pk

    @property
    def waiting(self) -> int:
        return sum(not state.confirmed for state in self.assumptions)


@dataclass(frozen=True, slots=True)
class DiffPage:
    season: Season
    law: Rulebook
    old: SeasonRules
    new: SeasonRules
    versions: tuple[SeasonRules, ...]
    changes: tuple[Change, ...]


def spoken() -> str:
    """The language that rules are written in for this reader."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def list_rule_versions(season: Season) -> list[SeasonRules]:
    """Every version, the first one first."""
    return list(
        SeasonRules.objects.filter(season=season).select_related("rulebook").order_by("number")
    )


def newest_rules(season: Season) -> SeasonRules:
    """The version in force."""
    return SeasonRules.objects.filter(season=season).select_related("rulebook").latest("number")


def get_rule_version(season: Season, number: int) -> SeasonRules:
    """A version by its number; raises DomainError("not_found")."""
    version = SeasonRules.objects.filter(season=season, number=number)
    found = version.select_related("rulebook").first()
    if found is None:
        raise DomainError("not_found")
    return found


def law_of(version: SeasonRules) -> Rulebook:
    """What a version says."""
    return parse(version.rulebook.hash, version.rulebook.text)


def rules_page(season: Season, number: int | None = None) -> RulesPage:
    """The rules in force, or an older version of them."""
    versions = list_rule_versions(season)
    now = versions[-1]
    version = next((one for one in versions if one.number == number), None) if number else now
    if version is None:
        raise DomainError("not_found")
    law = law_of(version)
    states = list_assumptions(season, law)
    windows = current_windows(season) if version is now else {}
    return RulesPage(
        season=season,
        law=law,
        version=version,
        now=now,
        versions=tuple(reversed(versions)),
        parts=tuple(parts_of(law, states)),
        assumptions=tuple(states),
        windows=tuple(
            (planned.title, windows[name])
            for name, planned in law.calendar.items()
            if name in windows
        ),
    )


def diff_page(season: Season, old: int, new: int) -> DiffPage:
    """What changed from one version to another."""
    versions = list_rule_versions(season)
    numbered = {one.number: one for one in versions}
    if old not in numbered or new not in numbered:
        raise DomainError("not_found")
    return DiffPage(
        season=season,
        law=rulebook_of(season),
        old=numbered[old],
        new=numbered[new],
        versions=tuple(versions),
        changes=differences(law_of(numbered[old]), law_of(numbered[new]), spoken()),
    )


def parts_of(law: Rulebook, states: list[AssumptionState]) -> list[Part]:
    """The rules clause by clause, without the open questions, which stand beside them."""
    asked = {state.key: state for state in states}
    return [
        Part(section.title, tuple(_line(section, at, asked) for at in range(len(section.clauses))))
        for section in plain.write(law, spoken())
        if not section.clauses[0].path.startswith("assumptions.")
    ]


def _line(section: Section, at: int, asked: dict[str, AssumptionState]) -> Line:
    clause = section.clauses[at]
    repeated = at > 0 and section.clauses[at - 1].source == clause.source
    source = "" if repeated else clause.source
    questions = tuple(asked[one] for one in clause.questions if one in asked)
    return Line(clause.text, source, clause.path, questions)
