"""What tells seasons of one title apart: who holds them, when, and how they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from leitai.design.moments import day_text
from leitai.seasons.models import Season
from leitai.seasons.selectors.seasons import current_windows, rulebook_of

DOT = " · "


def told_apart(found: Sequence[Season]) -> dict[str, str]:
    """By code the words beside a title that another of these has too; the others have none.

    The host only where hosts differ, and the code only where nothing else does.
    """
    titles = Counter(_title(one) for one in found)
    twins = [one for one in found if titles[_title(one)] > 1]
    hosts = {one.code: _host(one) for one in twins}
    several = {title for title in titles if len(_hosts(twins, title)) > 1}
    words = {
        one.code: DOT.join(
            part
            for part in (
                hosts[one.code] if _title(one) in several else "",
                _period(one),
                str(one.get_state_display()),
            )
            if part
        )
        for one in twins
    }
    told = Counter((_title(one), words[one.code]) for one in twins)
    return {
        one.code: words[one.code]
        if told[_title(one), words[one.code]] == 1
        else f"{words[one.code]}{DOT}{one.code}"
        for one in twins
    }


def _title(season: Season) -> str:
    return rulebook_of(season).title


def _host(season: Season) -> str:
    law = rulebook_of(season)
    return law.host.name if law.host else ""


def _hosts(found: Sequence[Season], title: str) -> set[str]:
    return {_host(one) for one in found if _title(one) == title}


def _period(season: Season) -> str:
    """From the first day of its calendar to the last, with the year, as twins differ by it."""
    windows = current_windows(season).values()
    if not windows:
        return ""
    begins = min(one.opens_at for one in windows)
    ends = max(one.closes_at for one in windows)
    return "—".join(day_text(one, weekday=False, year=True) for one in (begins, ends))
