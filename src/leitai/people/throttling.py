"""How often one may be wrong at the doors of the house, and whose try it was.

A county sits behind one address: an address is counted generously, a name strictly.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from leitai.base.doors import Door
from leitai.base.peers import peer_of as peer_of  # noqa: PLC0414  # given on to the rooms
from leitai.kernel.errors import DomainError
from leitai.people.numbers import normalise

QUARTER: Final = timedelta(minutes=15)
NAME: Final = Door("signin.name", 10, QUARTER)
ACCOUNT: Final = Door("signin.account", 10, QUARTER)
PEER: Final = Door("signin.peer", 300, QUARTER)
CODE_PEER: Final = Door("activate.peer", 20, timedelta(minutes=10))
CODE_NAME: Final = Door("activate.name", 5, timedelta(minutes=10))
CODE_LIFE: Final = Door("activate.life", 10, timedelta(days=7))  # as long as a slip is good


def begin_sign_in(name: str, peer: str, *, account: int | None = None, at: datetime) -> None:
    """Refuse one try too many. It counts before it is judged, so that tries at once count too.

    `account` is whose name it is. Names that look alike may be two accounts', and one account has
    several names: what locks an account is counted by the account. The name counts too, alike
    whether somebody has it or not, so that a lock does not tell which names exist.
    """
    PEER.check(peer, at=at)
    NAME.knock(key_of(name), at=at)
    ACCOUNT.knock(_whose(name, account), at=at)


def end_sign_in(
    name: str, peer: str, *, account: int | None = None, right: bool, at: datetime
) -> None:
    """Whoever came in starts anew; who did not has used up one try of the address."""
    if right:
        NAME.forget(key_of(name))
        ACCOUNT.forget(_whose(name, account))
    else:
        with suppress(DomainError):  # the one that used the address up was itself still judged
            PEER.knock(peer, at=at)


def _whose(name: str, account: int | None) -> str:
    return f"name:{key_of(name)}" if account is None else f"account:{account}"


def key_of(name: str) -> str:
    """However it is typed, a name is one name."""
    return normalise("phone", name)
