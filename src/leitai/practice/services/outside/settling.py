"""What stands already: the same figure is nothing new, another one of the same day is refused."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from leitai.practice.models import Outside, OutsideDoubt
from leitai.practice.services.outside.lines import ASKED, DOUBT, NEW, SAME, Line, Told, source_of
from leitai.seasons.models import Fact

_Key = tuple[str, str, str, date]  # person, kind, key, day


def settle(lines: Sequence[Line], *, season: str, platform: str) -> None:
    """Tell new lines from those that stand, that contradict, and that were asked before."""
    matched = [line for line in lines if line.state == NEW]
    people = {line.person for line in matched}
    own = figures_of(people, season, platform)
    standing = {**_facts_of(people, matched, platform), **own}
    seen: dict[_Key, tuple[int, str]] = {}
    for line in matched:
        fresh = False
        for one in line.told:
            key = (line.person, one.kind, one.key, one.as_of)
            fresh |= key not in own and key not in seen
            _compare(line, one, standing.get(key), seen.get(key))
            seen.setdefault(key, (line.number, one.value))
        if line.state == NEW and not fresh:
            line.state = SAME
    doubtful = {line.mark(platform): line for line in lines if line.state == DOUBT}
    asked = OutsideDoubt.objects.filter(season=season, mark__in=list(doubtful))
    for mark in asked.values_list("mark", flat=True):
        doubtful[mark].state = ASKED


def figures_of(people: Collection[str], season: str, platform: str) -> dict[_Key, str]:
    """The season's figures of these people from the platform, by person, kind, key and day."""
    rows = Outside.objects.filter(season=season, source=platform, person__code__in=people)
    columns = ("person__code", "kind", "key", "as_of", "value")
    return {
        (person, kind, key, as_of): value
        for person, kind, key, as_of, value in rows.values_list(*columns)
    }


def _facts_of(people: Collection[str], lines: Sequence[Line], platform: str) -> dict[_Key, str]:
    """What the platform said of them in whatever season."""
    sources = {source_of(platform, one.as_of): one.as_of for line in lines for one in line.told}
    rows = Fact.objects.filter(source__in=list(sources), person__code__in=people)
    columns = ("person__code", "kind", "key", "source", "value")
    return {
        (person, kind, key, sources[source]): value
        for person, kind, key, source, value in rows.values_list(*columns)
    }


def _compare(line: Line, one: Told, stands: str | None, seen: tuple[int, str] | None) -> None:
    if stands is not None and stands != one.value:
        data = {"key": one.key, "stands": stands, "said": one.value}
        line.wrong("", "outside_differs", **data)
    elif seen is not None and seen[1] != one.value:
        data = {"key": one.key, "one": seen[1], "other": one.value}
        line.wrong("", "outside_twice", first=seen[0], **data)
