"""Public keys of what leaves the house signed, for whoever compares fingerprints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leitai.keyring import Keyring, Purpose

USES: Final[Mapping[Purpose, Promise]] = {
    "results": _("证书、成绩数据包、离线查验的密钥文件和状态清单"),
    "ledger": _("操作留痕的检查点"),
}


@dataclass(frozen=True, slots=True)
class PublicKey:
    """`until` is when the next key took over; what was signed before still verifies."""

    use: Promise
    id: str
    fingerprint: str
    public: str
    since: datetime | None
    until: datetime | None
    retired: bool


def list_public_keys() -> list[PublicKey]:
    """Of each use the key in force first, then those before it."""
    ring = Keyring.load(settings.LEITAI_KEYS)
    found = []
    for purpose, use in USES.items():
        keys = ring.all(purpose)
        pairs = list(zip_longest(keys, keys[1:]))
        found += [
            PublicKey(
                use=use,
                id=key.id,
                fingerprint=key.fingerprint,
                public=(key.public or b"").hex(),
                since=key.created_at,
                until=following.created_at if following else None,
                retired=following is not None,
            )
            for key, following in reversed(pairs)
        ]
    return found
