"""What a deed will do, in the language of the record, and the digest by which it is compared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation

from leitai.kernel import canonical
from leitai.ledger.deeds import Deed

RECORD_LANGUAGE = "zh-hans"


def effect_of(deed: Deed, data: Mapping[str, Any]) -> list[str]:
    """The lines as of now, in Chinese: proposer and approver may read different languages."""
    with translation.override(RECORD_LANGUAGE):
        return shown_effect(deed, data)


def shown_effect(deed: Deed, data: Mapping[str, Any]) -> list[str]:
    """The lines as of now in the reader's language."""
    return [str(line) for line in deed.preview(data)]


def digest_of(effect: Sequence[str]) -> str:
    """SHA-256 of the lines as canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical.encode(list(effect))).hexdigest()
