"""How much one address may announce as a stranger, since all strangers share what they may hold.

A whole county may sit behind one address, so it is generous with small files.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from leitai.base.doors import Door
from leitai.base.peers import peer_of
from leitai.files import kinds
from leitai.files.kinds import LIFE_HOURS, MB

STEP: Final = 2 * MB  # an upload counts once, and once more for each of these
STRANGERS: Final = Door("files.stranger", limit=200, window=timedelta(hours=LIFE_HOURS))


def reserving(request: HttpRequest, length: int, *, at: datetime) -> None:
    """Raises DomainError("too_many_tries")."""
    peer = peer_of(request)
    for _step in range(1 + max(0, min(length, kinds.largest())) // STEP):
        STRANGERS.knock(peer, at=at)
