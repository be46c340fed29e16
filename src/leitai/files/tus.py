"""tus 1.0 as text: the headers it speaks with. No request, no database.

https://tus.io/protocols/resumable-upload: core, creation, creation-with-upload, termination,
expiration, checksum.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from leitai.kernel.errors import DomainError

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
BODY = "application/offset+octet-stream"
STATUS = {
    "forbidden": 403,
    "not_found": 404,
    "files_offset": 409,
    "files_gone": 410,
    "files_too_large": 413,
    "files_quota": 413,
    "files_type": 415,
    "files_busy": 423,
    "files_checksum": 460,
    "files_crowded": 503,
    "files_disk_full": 507,
    "files_signed_out": 401,
    "too_many_tries": 429,
    "files_checksum_unknown": 400,
    "files_protocol": 400,
    "files_length_missing": 400,
}
_DIGITS = 15  # a petabyte and a bit


@dataclass(frozen=True, slots=True)
class Metadata:
    name: str
    kind: str
    owner: str


def read_metadata(header: str) -> Metadata:
    """`key base64,key base64`; unknown keys are left aside."""
    found: dict[str, str] = {}
    for pair in header.split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise DomainError("files_protocol") from None
    name = found.get("filename", "") or found.get("name", "")
    return Metadata(name[:1000], found.get("kind", "")[:32], found.get("owner", "")[:64])


def read_number(header: str | None, *, missing: str = "files_protocol") -> int:
    if not header or not header.isascii() or not header.isdigit() or len(header) > _DIGITS:
        raise DomainError(missing)
    return int(header)


def read_checksum(header: str | None) -> tuple[str, bytes] | None:
    if not header:
        return None
    method, _, value = header.partition(" ")
    try:
        return method.lower(), base64.b64decode(value, validate=True)
    except binascii.Error:
        raise DomainError("files_protocol") from None
