"""What acts are called. Each room names its own when the house opens; the record keeps codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitai.base.words import listed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Act:
    """`detail` is one line with the names of the act's data as %(name)s."""

    title: StrOrPromise
    detail: StrOrPromise = ""


_ACTS: dict[str, Act] = {}


def register(acts: Mapping[str, Act]) -> None:
    _ACTS.update(acts)


def title_of(code: str) -> str:
    """The act's name in the reader's language; an act nobody named shows its code."""
    return str(_ACTS[code].title) if code in _ACTS else code


def _plain(value: object) -> object:
    return listed(value) if isinstance(value, list) else value


def detail_of(code: str, data: Mapping[str, object]) -> str:
    """One line about it; empty where a record of an older form lacks a word that it needs."""
    if code not in _ACTS:
        return ""
    try:
        # Not str() first: a detail that counts chooses its form by the data.
        return str(_ACTS[code].detail % {name: _plain(value) for name, value in data.items()})
    except KeyError:
        return ""
