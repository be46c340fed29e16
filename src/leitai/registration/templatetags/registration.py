"""`{% load registration %}`: how states of registrations and changes are drawn."""

from __future__ import annotations

from django import template

from leitai.registration.enums import ChangeState, State
from leitai.seasons.enums import EntryState

register = template.Library()

_SHAPES = {
    State.DRAFT: "todo",
    State.SUBMITTED: "half",
    State.RETURNED: "warn",
    State.PASSED: "ok",
    State.REFUSED: "out",
    State.REPLACED: "ended",
    State.WITHDRAWN: "ended",
    ChangeState.ASKED: "half",
    ChangeState.APPROVED: "ok",
    ChangeState.DECLINED: "out",
}
_ENTERED = {
    EntryState.NOMINATED: "half",
    EntryState.CONFIRMED: "ok",
    EntryState.DONE: "ok",
    EntryState.WITHDRAWN: "ended",
    EntryState.REPLACED: "ended",
    EntryState.REFUSED: "out",
    EntryState.VOID: "out",
}


@register.filter
def shape(state: str) -> str:
    """`{{ one.state|shape }}`: the glyph beside the word."""
    return _SHAPES[state]  # type: ignore[index]  # an enum's value is the enum


@register.filter
def entered(state: str) -> str:
    """`{{ entry.state|entered }}`: the same of a team's entry."""
    return _ENTERED[state]  # type: ignore[index]  # an enum's value is the enum


@register.filter
def title_in(tracks: object, code: str) -> str:
    """`{{ tracks|title_in:one.track }}`: a track's title; "" for a team leader."""
    track = tracks.get(code) if hasattr(tracks, "get") else None
    return track.title if track else ""
