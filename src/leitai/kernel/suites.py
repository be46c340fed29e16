"""Cryptographic suites behind one interface: every hash, signature and seal names its suite.

``lt1`` is SHA-256, Ed25519, AES-256-GCM and HMAC-SHA-256. Another suite (SM3, SM2, SM4) is one
more class here and one more entry in the table; a verifier speaks what the name says.
"""

import hashlib
import hmac
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leitai.kernel.errors import DomainError

SUITE: Final = "lt1"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
SIGNATURE_BYTES: Final = 64


class Suite(Protocol):
    """What a suite can do. Keys, nonces and seeds are arguments: nothing is drawn here."""

    name: str

    def digest(self, data: bytes) -> bytes:
        """Hash ``data``."""

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Authenticate ``data`` under ``key``; compare with ``hmac.compare_digest``."""

    def generate_signing_key(self, seed: bytes) -> bytes:
        """Make a private signing key from 32 bytes of entropy."""

    def public_key(self, private: bytes) -> bytes:
        """Give the public half of a signing key."""

    def sign(self, private: bytes, data: bytes) -> bytes:
        """Sign ``data``."""

    def verify(self, public: bytes, data: bytes, signature: bytes) -> bool:
        """Say whether ``signature`` over ``data`` is by the holder of ``public``."""

    def fingerprint(self, public: bytes) -> str:
        """Name a public key in a form that people can compare."""

    def seal(self, key: bytes, nonce: bytes, plain: bytes, aad: bytes) -> bytes:
        """Encrypt and authenticate; the same key must never see the same nonce twice."""

    def open(self, key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        """Undo ``seal``; raises DomainError("seal_broken") when anything is not the same."""


class _Lt1:
    name = SUITE

    def digest(self, data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    def mac(self, key: bytes, data: bytes) -> bytes:
        return hmac.digest(key, data, "sha256")

    def generate_signing_key(self, seed: bytes) -> bytes:
        _demand("seed", seed, KEY_BYTES)
        return bytes(seed)

    def public_key(self, private: bytes) -> bytes:
        return self._private(private).public_key().public_bytes_raw()

    def sign(self, private: bytes, data: bytes) -> bytes:
        return self._private(private).sign(data)

    def verify(self, public: bytes, data: bytes, signature: bytes) -> bool:
        # A key or a signature of a wrong length comes from a stranger's file: false, not a crash.
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True

    def fingerprint(self, public: bytes) -> str:
        return f"{SUITE}:{self.digest(public).hex()[:32]}"

    def seal(self, key: bytes, nonce: bytes, plain: bytes, aad: bytes) -> bytes:
        _demand("nonce", nonce, NONCE_BYTES)
        return self._cipher(key).encrypt(nonce, plain, aad)

    def open(self, key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        _demand("nonce", nonce, NONCE_BYTES)
        try:
            return self._cipher(key).decrypt(nonce, sealed, aad)
        except InvalidTag:
            raise DomainError("seal_broken") from None

    def _private(self, private: bytes) -> Ed25519PrivateKey:
        _demand("signing key", private, KEY_BYTES)
        return Ed25519PrivateKey.from_private_bytes(private)

    def _cipher(self, key: bytes) -> AESGCM:
        _demand("key", key, KEY_BYTES)
        return AESGCM(key)


_SUITES: Final[dict[str, Suite]] = {SUITE: _Lt1()}


def suite(name: str = SUITE) -> Suite:
    """Give the suite of that name; raises DomainError("suite_unknown") for another."""
    if name not in _SUITES:
        raise DomainError("suite_unknown", name=name)
    return _SUITES[name]


def _demand(what: str, value: bytes, length: int) -> None:
    if len(value) != length:
        raise DomainError("wrong_length", what=what, expected=length, got=len(value))
