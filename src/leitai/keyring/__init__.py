"""The keys of this installation: read from a private directory, never from the database."""

from leitai.keyring.ring import PURPOSES, Key, Keyring, Purpose, init

__all__ = ["PURPOSES", "Key", "Keyring", "Purpose", "init"]
