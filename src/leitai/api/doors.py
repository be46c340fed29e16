"""How often one may ask: generously by address, behind which a whole county may sit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from leitai.base.doors import Door
from leitai.base.peers import peer_of

_MINUTE: Final = timedelta(minutes=1)
PEER: Final = Door("api.peer", limit=600, window=_MINUTE)
TOKEN: Final = Door("api.token", limit=300, window=_MINUTE)


def asking(request: HttpRequest, *, at: datetime) -> None:
    """Raises DomainError("too_many_tries")."""
    PEER.knock(peer_of(request), at=at)


def reading(token: int, *, at: datetime) -> None:
    """The same for one token, from wherever it is used."""
    TOKEN.knock(str(token), at=at)
