"""Serial numbers: one run a kind of award, drawn from a row that stays locked to the commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from leitai.certificates.models import Series
from leitai.kernel import ids
from leitai.kernel.errors import DomainError
from leitai.results.models import Award
from leitai.rulebook.model import Rulebook

WIDTH: Final = 4
TITLE_WIDTH: Final = 6  # a title may be held by everybody, every week
_SERIAL_LIMIT: Final = 40


def draw(awards: Sequence[Award], rulebook: Rulebook) -> dict[int, str]:
    """Number awards by kind, inside the caller's transaction: no gap, no twin."""
    serials: dict[int, str] = {}
    for prefix, group in _by_prefix(awards, rulebook):
        numbers = take(lock(prefix), len(group))
        serials |= {award.pk: one for award, one in zip(group, numbers, strict=True)}
    return serials


def lock(prefix: str) -> Series:
    """The run, nobody else's until the caller's transaction ends."""
    Series.objects.get_or_create(prefix=prefix)
    return Series.objects.select_for_update().get(prefix=prefix)


def take(series: Series, count: int, width: int = WIDTH) -> list[str]:
    """The next so many numbers of a locked run."""
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return [ids.serial(series.prefix, first + nth, width) for nth in range(count)]


def foresee(awards: Sequence[Award], rulebook: Rulebook) -> dict[int, str]:
    """The numbers that `draw` would give now; nothing is taken."""
    groups = _by_prefix(awards, rulebook)
    last = dict(
        Series.objects.filter(prefix__in=[prefix for prefix, _ in groups]).values_list(
            "prefix", "last"
        )
    )
    return {
        award.pk: ids.serial(prefix, last.get(prefix, 0) + place, WIDTH)
        for prefix, group in groups
        for place, award in enumerate(group, start=1)
    }


def prefix_of(rulebook: Rulebook, award: str) -> str:
    """From the rulebook: its id (with the year, if that lacks it) and the award's."""
    return _prefix(rulebook, award, WIDTH)


def title_prefix(rulebook: Rulebook, name: str) -> str:
    """Of a title of practice; no award's, whatever its name."""
    return _prefix(rulebook, f"T-{name}", TITLE_WIDTH)


def _prefix(rulebook: Rulebook, name: str, width: int) -> str:
    year = "" if str(rulebook.year) in rulebook.id else f"{rulebook.year}-"
    prefix = f"{year}{rulebook.id}-{name}-".upper()
    if len(prefix) > _SERIAL_LIMIT - width:
        raise DomainError("certificate_prefix_long", prefix=prefix)
    return prefix


def _by_prefix(awards: Sequence[Award], rulebook: Rulebook) -> list[tuple[str, list[Award]]]:
    """In one order, so that two issuers never wait in a ring."""
    groups: defaultdict[str, list[Award]] = defaultdict(list)
    for award in awards:
        groups[prefix_of(rulebook, award.award)].append(award)
    return sorted(groups.items())
