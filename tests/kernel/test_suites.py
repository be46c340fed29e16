import hashlib

import pytest

from leitai.kernel.errors import DomainError
from leitai.kernel.suites import SUITE, suite

LT1 = suite("lt1")

# RFC 8032 §7.1, tests 1 and 3: secret key, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_signing_agrees_with_rfc_8032(secret, public, message, signature):
    private = LT1.generate_signing_key(bytes.fromhex(secret))
    assert LT1.public_key(private).hex() == public
    assert LT1.sign(private, bytes.fromhex(message)).hex() == signature
    assert LT1.verify(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


def test_verify_is_false_for_anything_else():
    private = bytes(range(32))
    public, signature = LT1.public_key(private), LT1.sign(private, b"result")
    assert LT1.verify(public, b"result", signature) is True
    assert LT1.verify(public, b"Result", signature) is False
    assert LT1.verify(public, b"result", bytes(64)) is False
    assert LT1.verify(public, b"result", b"short") is False
    assert LT1.verify(b"short", b"result", signature) is False
    assert LT1.verify(LT1.public_key(bytes(32)), b"result", signature) is False


def test_fingerprint_is_the_suite_and_32_hex_digits():
    public = bytes(32)
    assert LT1.fingerprint(public) == "lt1:" + hashlib.sha256(public).hexdigest()[:32]


def test_digest_and_mac_agree_with_known_answers():
    # FIPS 180-2 "abc"; RFC 4231 test case 2.
    assert LT1.digest(b"abc").hex() == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    assert LT1.mac(b"Jefe", b"what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_open_undoes_seal_and_notices_every_change():
    key, nonce = bytes(range(32)), bytes(range(12))
    sealed = LT1.seal(key, nonce, b"paper", b"paper:1:2")
    assert len(sealed) == len(b"paper") + 16
    assert LT1.open(key, nonce, sealed, b"paper:1:2") == b"paper"
    others = [
        (bytes(32), nonce, sealed, b"paper:1:2"),
        (key, bytes(12), sealed, b"paper:1:2"),
        (key, nonce, b"\x00" + sealed[1:], b"paper:1:2"),
        (key, nonce, sealed, b"paper:1:3"),
        (key, nonce, b"", b"paper:1:2"),
    ]
    for other in others:
        with pytest.raises(DomainError) as caught:
            LT1.open(*other)
        assert caught.value.code == "seal_broken"


@pytest.mark.parametrize(
    "call",
    [
        lambda: LT1.generate_signing_key(b"short"),
        lambda: LT1.sign(b"short", b""),
        lambda: LT1.seal(b"short", bytes(12), b"", b""),
        lambda: LT1.seal(bytes(32), b"short", b"", b""),
        lambda: LT1.open(bytes(32), b"short", b"", b""),
    ],
)
def test_wrong_lengths_are_refused(call):
    with pytest.raises(DomainError) as caught:
        call()
    assert caught.value.code == "wrong_length"


def test_suite_refuses_a_name_it_does_not_know():
    assert suite(SUITE).name == "lt1"
    with pytest.raises(DomainError) as caught:
        suite("lt9")
    assert (caught.value.code, caught.value.data) == ("suite_unknown", {"name": "lt9"})
