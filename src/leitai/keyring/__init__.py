"""The keys of this installation: read from a private directory, never from the database."""

from leitai.keyring.ring import (
    PURPOSES,
    Draft,
    Key,
    Keyring,
    Purpose,
    draft,
    init,
    publish,
    remove,
    rotate,
)

__all__ = [
    "PURPOSES",
    "Draft",
    "Key",
    "Keyring",
    "Purpose",
    "draft",
    "init",
    "publish",
    "remove",
    "rotate",
]
