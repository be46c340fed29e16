"""`{% load registration %}`: how states of registrations and changes are drawn."""

from __future__ import annotations

from django import template

from leitai.registration.enums import ChangeState, State

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


@register.filter
def shape(state: str) -> str:
    """`{{ one.state|shape }}`: the glyph beside the word."""
    return _SHAPES[state]  # type: ignore[index]  # an enum's value is the enum


@register.filter
def title_in(tracks: object, code: str) -> str:
    """`{{ tracks|title_in:one.track }}`: a track's title; "" for a team leader."""
    track = tracks.get(code) if hasattr(tracks, "get") else None
    return track.title if track else ""
