"""The figures of units in a period: should take part, registered, took part, and what came of it.

A person counts once in a period, in the unit of their first day of it: groups add up to the whole.
The denominator is the confirmed roster of the period's last day; people of units that have none on
that day took part, but are outside the share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from leitai.insight.counting import Figures, Held, Topic, Week, topics_from
from leitai.insight.cutting import Cut
from leitai.insight.periods import Span, anchor_of, parts_of
from leitai.insight.selectors.groups import Groups, ask


def figures_of(
    groups: Groups, *, season: str, span: Span, cut: str = "", titles: Iterable[str] = ()
) -> dict[str, Figures]:
    """By group's key the figures of these days; `titles` are the rules' names of titles."""
    asked: dict[str, Any] = {
        "season": season,
        "first": span.first,
        "last": span.last,
        **Cut.read(cut).asked,
    }
    asked |= asdict(parts_of(span))
    found: dict[str, dict[str, Any]] = {key: {} for key in groups.keys}
    for name in ("due", "registered", "persons", "outside"):
        for key, count in ask(name, groups, asked):
            found[key][name] = int(count)
    for key, *sums in ask("tally", groups, asked):
        names = ("days", "times", "answers", "correct", "seconds")
        found[key] |= {name: int(value) for name, value in zip(names, sums, strict=True)}
    for key, ledger, points in ask("points", groups, asked):
        found[key].setdefault("points", {})[ledger] = points.normalize() if points else Decimal()
    named = [f"title:{one}" for one in titles]
    if named:
        for key, title, persons, times in ask("titles", groups, {**asked, "titles": named}):
            held = found[key].setdefault("titles", {})
            held[title] = Held(int(persons or 0), int(times))
    return {key: Figures(**values) for key, values in found.items()}


def topics_of(groups: Groups, *, season: str, span: Span, cut: str = "") -> list[Topic]:
    """Modules of the whole with the topics below them, the weakest first."""
    found = by_group(groups, season=season, span=span, cut=cut)
    return topics_from(node for nodes in found.values() for node in nodes)


def by_group(
    groups: Groups, *, season: str, span: Span, cut: str = ""
) -> dict[str, list[tuple[str, str, int, int]]]:
    """By group's key what was answered: module, topic, answers, right ones."""
    asked: dict[str, Any] = {
        "season": season,
        "first": span.first,
        "last": span.last,
        **Cut.read(cut).asked,
    }
    found: dict[str, list[tuple[str, str, int, int]]] = {key: [] for key in groups.keys}
    for key, module, topic, answers, correct in ask("topics", groups, asked):
        found[key].append((module, topic, int(answers), int(correct)))
    return found


def weeks_of(
    groups: Groups, weeks: list[date], *, season: str, week: str, cut: str = ""
) -> dict[str, list[Week]]:
    """By group's key each of these weeks, by their first days; whole weeks."""
    asked: dict[str, Any] = {"season": season, "week": f"week:{week}", "anchor": anchor_of(week)}
    asked |= Cut.read(cut).asked
    asked |= {"first": weeks[0], "last": weeks[-1] + timedelta(days=6)}
    cells: dict[tuple[str, date], dict[str, int]] = {}
    for name, statement in (("persons", "weeks"), ("outside", "week_outside")):
        for key, start, persons in ask(statement, groups, asked):
            cells.setdefault((key, start), {})[name] = int(persons)
    for key, start, *sums in ask("week_sums", groups, asked):
        named = zip(("times", "answers", "correct"), map(int, sums), strict=True)
        cells.setdefault((key, start), {}).update(named)
    grown: dict[tuple[str, date], int] = {}
    for key, start, change in ask("week_due", groups, asked):
        grown[key, start] = int(change)
    found = {}
    for key in groups.keys:
        due, row = 0, []
        for start in weeks:
            due += grown.get((key, start), 0)
            row.append(Week(due=due, **cells.get((key, start), {})))
        found[key] = row
    return found
