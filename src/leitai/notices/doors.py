"""How often one may file or look: by browser, and more generously by address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from leitai.base.doors import Door
from leitai.people.selectors import peer_of

_HOUR: Final = timedelta(hours=1)
FILING: Final = Door("objection", limit=5, window=_HOUR)
FILING_PEER: Final = Door("objection-peer", limit=200, window=_HOUR)
TRACKING: Final = Door("objection-code", limit=20, window=timedelta(minutes=10))
TRACKING_PEER: Final = Door("objection-code-peer", limit=600, window=_HOUR)


def filing(request: HttpRequest, *, at: datetime) -> None:
    """Raises DomainError("too_many_tries")."""
    FILING_PEER.knock(peer_of(request), at=at)
    FILING.knock(_browser(request), at=at)


def tracking(request: HttpRequest, *, at: datetime) -> None:
    """Raises DomainError("too_many_tries")."""
    TRACKING_PEER.knock(peer_of(request), at=at)
    TRACKING.knock(_browser(request), at=at)


def _browser(request: HttpRequest) -> str:
    """The account, else the browser's own token, which every form brings along."""
    account = request.actor.account  # type: ignore[attr-defined]  # put there by the door
    token = request.COOKIES.get("csrftoken", "")
    return f"account:{account}" if account else f"browser:{token or peer_of(request)}"
