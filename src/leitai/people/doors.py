"""How often one account may ask whether a number is somebody's, whatever page it asks on.

Generous for who registers people by hand; whoever guesses numbers is soon through.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from leitai.base.actor import Actor
from leitai.base.doors import Door

LOOKUPS: Final = Door("people.lookup", limit=240, window=timedelta(hours=8))
PREVIEWS: Final = Door("people.preview", limit=30, window=timedelta(days=1))


def looking_up(actor: Actor, *, at: datetime) -> None:
    """Raises DomainError("too_many_tries")."""
    LOOKUPS.knock(actor.account, at=at)


def previewing(actor: Actor, *, at: datetime) -> None:
    """Raises DomainError("too_many_tries")."""
    PREVIEWS.knock(actor.account, at=at)
