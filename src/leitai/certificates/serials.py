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
_PREFIX_LIMIT: Final = 40 - WIDTH


def draw(awards: Sequence[Award], rulebook: Rulebook) -> dict[int, str]:
    """Number awards by kind, inside the caller's transaction: no gap, no twin."""
    serials = {}
    for prefix, group in _by_prefix(awards, rulebook):
        Series.objects.get_or_create(prefix=prefix)
        series = Series.objects.select_for_update().get(prefix=prefix)
        for award in group:
            series.last += 1
            serials[award.pk] = ids.serial(prefix, series.last, WIDTH)
        series.save(update_fields=["last"])
    return serials


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
    year = "" if str(rulebook.year) in rulebook.id else f"{rulebook.year}-"
    prefix = f"{year}{rulebook.id}-{award}-".upper()
    if len(prefix) > _PREFIX_LIMIT:
        raise DomainError("certificate_prefix_long", prefix=prefix)
    return prefix


def _by_prefix(awards: Sequence[Award], rulebook: Rulebook) -> list[tuple[str, list[Award]]]:
    """In one order, so that two issuers never wait in a ring."""
    groups: defaultdict[str, list[Award]] = defaultdict(list)
    for award in awards:
        groups[prefix_of(rulebook, award.award)].append(award)
    return sorted(groups.items())
