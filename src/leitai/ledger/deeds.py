"""Deeds that one officer proposes and another approves. Each room registers its own.

A room calls `deeds.register(Deed(…))` in its `apps.ready()` and `ledger.services.propose(…)` where
somebody asks for the deed. The ledger itself demands another account and another person than the
proposer's, and decides by the policy (`ledger.policy`) whether one officer is enough at a level.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """`data` is plain JSON without floats and without anything secret: the ledger's readers see it.

    `can_propose(actor, chain, data)` and `can_approve(actor, chain, data)` answer from the actor
    and the data without asking the database (a list calls them row by row), so `data` holds what
    they need, e.g. the path of a unit.
    `preview(data)` gives what will happen and to whom, one sentence a line; it is worked out anew
    at approval, and raises DomainError where the deed is impossible by now.
    `carry_out(actor=, data=, at=, proposal=)` runs inside the transaction of the approval (or of
    the proposal, where one officer is enough) and appends its own act to the ledger; `actor` is
    who approved.
    `bar(actor, data, at)` gives the code of the sentence that keeps one officer out of this very
    case, "" for nothing (separation of duties); it may ask the database: a page and a decision call
    it, no list does.
    """

    code: str
    title: StrOrPromise
    can_propose: Callable[[Actor, str, Data], bool]
    can_approve: Callable[[Actor, str, Data], bool]
    preview: Callable[[Data], Sequence[StrOrPromise]]
    carry_out: Callable[..., object]
    hours: int = 72
    bar: Callable[[Actor, Data, datetime], str] | None = None

    def bar_of(self, actor: Actor, data: Data, at: datetime) -> str:
        return self.bar(actor, data, at) if self.bar else ""


_DEEDS: dict[str, Deed] = {}


def register(deed: Deed) -> None:
    """Add a room's deed; a code has one home."""
    if deed.code in _DEEDS and _DEEDS[deed.code] != deed:
        raise ValueError(deed.code)
    _DEEDS[deed.code] = deed


def get_deed(code: str) -> Deed:
    """The deed of that code; raises DomainError("deed_unknown")."""
    if code not in _DEEDS:
        raise DomainError("deed_unknown", deed=code)
    return _DEEDS[code]


def codes() -> frozenset[str]:
    return frozenset(_DEEDS)


def title_of(code: str) -> str:
    """The deed's name in the reader's language; one nobody named any more shows its code."""
    return str(_DEEDS[code].title) if code in _DEEDS else code
