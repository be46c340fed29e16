"""What acts are called. Each room names its own when the house opens; the record keeps codes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from leitai.base.words import listed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Act:
    """`detail` is one line with the names of the act's data as %(name)s.

    `words` turns a datum that is a code or a list into what people read.
    `meaning` says on the act's own page what it brings about, for those who read it later.
    """

    title: StrOrPromise
    detail: StrOrPromise = ""
    meaning: StrOrPromise = ""
    words: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)


_ACTS: dict[str, Act] = {}
_ROOMS: dict[str, StrOrPromise] = {}
_OTHERS = _("其他")


def register(acts: Mapping[str, Act], *, room: StrOrPromise = "") -> None:
    """Name a room's acts; `room` is the heading under which the browser's filter lists them."""
    _ACTS.update(acts)
    _ROOMS.update(dict.fromkeys(acts, room))


def title_of(code: str) -> str:
    """The act's name in the reader's language; an act nobody named shows its code."""
    return str(_ACTS[code].title) if code in _ACTS else code


def meaning_of(code: str) -> str:
    return str(_ACTS[code].meaning) if code in _ACTS else ""


def grouped(codes: Collection[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(room, [(code, title)])]: rooms as they were registered, acts nobody placed last."""
    rooms: dict[str, list[tuple[str, str]]] = {str(room): [] for room in _ROOMS.values() if room}
    rest = str(_OTHERS)
    for code in sorted(codes, key=lambda one: (title_of(one), one)):
        rooms.setdefault(str(_ROOMS.get(code) or rest), []).append((code, title_of(code)))
    return [(room, found) for room, found in rooms.items() if found]


def _plain(act: Act, name: str, value: object) -> object:
    if name in act.words:
        value = act.words[name](value)
    return listed(value) if isinstance(value, list) else value


def detail_of(code: str, data: Mapping[str, object]) -> str:
    """One line about it; empty where a record of an older form lacks a word that it needs."""
    if code not in _ACTS:
        return ""
    act = _ACTS[code]
    try:
        # Not str() first: a detail that counts chooses its form by the data.
        return str(act.detail % {name: _plain(act, name, value) for name, value in data.items()})
    except KeyError:
        return ""


ACTS = {
    "deed.proposed": Act(
        _("提出两人办理事项"),
        _("%(title)s，理由：%(reason)s"),
        _("一名人员提出，另一名有权限的人员批准后才办理；到期无人批准即失效。"),
    ),
    "deed.done": Act(
        _("办理两人办理事项"),
        _("%(title)s，提出人：%(proposer)s，办理人数：%(officers)s"),
        _("办理人数为2，是一人提出、另一人批准；为1，是按规定由一人办理。"),
    ),
    "deed.rejected": Act(
        _("不批准两人办理事项"),
        _("%(title)s，提出人：%(proposer)s，理由：%(note)s"),
        _("另一名人员没有批准，事项没有办理。"),
    ),
    "deed.withdrawn": Act(
        _("撤回两人办理事项"),
        _("%(title)s，原理由：%(reason)s"),
        _("提出人自行撤回，事项没有办理。"),
    ),
    "deed.expired": Act(
        _("两人办理事项过期"),
        _("%(title)s，提出人：%(proposer)s"),
        _("到期无人批准，事项没有办理；仍需办理的，须重新提出。"),
    ),
}
