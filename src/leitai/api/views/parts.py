"""What the parts of the interface share: bounded parameters, and the refusals each may give."""

from __future__ import annotations

from typing import Annotated, Any, Final

from ninja.params.functions import Path, Query

from leitai.api.schemas import Refusal

PAGES: Final = 100_000
NUMBERS: Final = 2_147_483_647
WORDS: Final = 80
SERIAL: Final = 60
SLUG: Final = 64

# ninja writes the default into the parameter that it finds, so each alias has but one default.
PageNumber = Annotated[int, Query(ge=1, le=PAGES)]
Number = Annotated[int, Path(ge=0, le=NUMBERS)]
Word = Annotated[str, Query(max_length=WORDS)]
Slug = Annotated[str, Path(max_length=SLUG, pattern=r"^[-a-zA-Z0-9_]+$")]
Serial = Annotated[str, Path(max_length=SERIAL)]

_OPEN: Final = {404: Refusal, 422: Refusal, 429: Refusal}
_HELD: Final = _OPEN | {401: Refusal, 403: Refusal}


def public(schema: Any) -> dict[int, Any]:
    """The answers of what everybody may read."""
    return {200: schema} | _OPEN


def held(schema: Any) -> dict[int, Any]:
    """The answers of what asks for a session or a token."""
    return {200: schema} | _HELD
