import hashlib

from leitai.kernel.chain import GENESIS, link


def test_link_hashes_the_payload_onto_what_came_before():
    first = link(GENESIS, b"one")
    assert first == hashlib.sha256(bytes(32) + b"one").digest()
    assert link(first, b"two", suite="lt1") == hashlib.sha256(first + b"two").digest()
