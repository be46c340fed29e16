"""How the states of a seat are shown, on the console and on a contestant's own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from leitai.sittings.enums import SittingState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Look:
    """How a seat's state is shown: a shape and tone of the design's language, and its word."""

    key: str
    shape: str
    tone: str
    css: str
    word: StrOrPromise


LOOKS = {
    look.key: look
    for look in (
        Look("open", "live", "act", "s-live", SittingState.OPEN.label),
        Look("offline", "late", "warn", "s-offline", _("断线")),
        Look("ready", "half", "act", "s-paused", _("已入场")),
        Look("waiting", "todo", "idle", "s-absent", SittingState.WAITING.label),
        Look("handed_in", "ok", "ok", "s-done", SittingState.HANDED_IN.label),
        Look("closed", "ok", "idle", "s-closed", SittingState.CLOSED.label),
        Look("absent", "none", "idle", "s-absent", SittingState.ABSENT.label),
        Look("cancelled", "out", "idle", "s-closed", SittingState.CANCELLED.label),
        Look("void", "out", "bad", "s-ended", SittingState.VOID.label),
    )
}
LIVE_LOOKS = frozenset({"open", "offline", "ready", "waiting"})
