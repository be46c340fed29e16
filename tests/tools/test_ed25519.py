"""tools/ed25519.py against the vectors of RFC 8032, section 7.1, and an independent library."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tools import ed25519

# (secret, public, message, signature): TEST 1, TEST 2, TEST 3 and TEST SHA(abc).
VECTORS = [
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
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
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
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        ),
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_verify_accepts_the_vectors_of_rfc_8032(secret, public, message, signature):
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    # The table itself is held against another implementation, so a misprint cannot hide.
    assert key.public_key().public_bytes_raw().hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature

    assert ed25519.verify(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


@pytest.mark.parametrize("bit", range(0, 512, 7))
def test_verify_refuses_a_flipped_bit_of_the_signature(bit):
    _, public, message, signature = VECTORS[2]
    flipped = int.from_bytes(bytes.fromhex(signature), "little") ^ (1 << bit)

    assert not ed25519.verify(
        bytes.fromhex(public), bytes.fromhex(message), flipped.to_bytes(64, "little")
    )


def test_verify_refuses_the_second_form_of_a_signature():
    _, public, message, signature = VECTORS[1]
    raw = bytes.fromhex(signature)
    shifted = int.from_bytes(raw[32:], "little") + ed25519.L

    assert not ed25519.verify(
        bytes.fromhex(public), bytes.fromhex(message), raw[:32] + shifted.to_bytes(32, "little")
    )


@pytest.mark.parametrize(
    "public",
    [
        b"\x02" + bytes(31),  # y = 2 is on no point of the curve
        (2**255 - 19).to_bytes(32, "little"),  # y = p: a second form of y = 0
        (1 | 1 << 255).to_bytes(32, "little"),  # x = 0 with the sign of an odd x
        bytes(31),
    ],
)
def test_verify_refuses_what_is_no_public_key(public):
    _, _, message, signature = VECTORS[1]

    assert not ed25519.verify(public, bytes.fromhex(message), bytes.fromhex(signature))


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_verify_agrees_with_another_implementation(secret, message):
    key = Ed25519PrivateKey.from_private_bytes(secret)
    public = key.public_key().public_bytes_raw()
    signature = key.sign(message)

    assert ed25519.verify(public, message, signature)
    assert not ed25519.verify(public, message + b"\x00", signature)
