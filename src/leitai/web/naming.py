"""Titles of seasons for pages that know their codes alone."""

from __future__ import annotations

from leitai.kernel.errors import DomainError
from leitai.seasons import selectors as seasons


class SeasonNames(dict[str, str]):
    """By code the short title of a season, each read when it is first asked for."""

    def __missing__(self, code: str) -> str:
        try:
            law = seasons.rulebook_of(seasons.get_season(code))
            self[code] = law.short_title or law.title
        except DomainError:  # an appointment outlives its season
            self[code] = code
        return self[code]
