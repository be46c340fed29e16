import itertools
import os
import stat
from datetime import UTC, datetime

import pytest

from leitai import keyring
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import suite
from leitai.keyring import Keyring, ring
from leitai.keyring.texts import TEXTS

NONCE = bytes(range(12))


def counting():
    """Entropy that never repeats: 00 00 …, 01 01 …"""
    numbers = itertools.count()
    return lambda length: bytes([next(numbers) % 256]) * length


@pytest.fixture
def home(tmp_path):
    return tmp_path / "deep" / "keys"


def test_init_makes_a_private_directory_with_a_key_a_purpose(home):
    made = keyring.init(home, entropy=counting())
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    files = sorted(home.iterdir())
    assert [file.name.split("-")[0] for file in files] == sorted(keyring.PURPOSES)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    paper = made.current("paper")
    assert (paper.id, paper.secret, paper.public) == ("01-01010101", bytes(32), None)


def test_init_again_changes_nothing(home):
    first = keyring.init(home, entropy=counting())
    before = {file.name: file.read_bytes() for file in home.iterdir()}
    second = keyring.init(home, entropy=lambda _: pytest.fail("no entropy is needed"))
    assert {file.name: file.read_bytes() for file in home.iterdir()} == before
    assert [second.current(p) for p in keyring.PURPOSES] == [
        first.current(p) for p in keyring.PURPOSES
    ]


def test_results_key_signs_and_is_named_by_its_fingerprint(home):
    key = keyring.init(home, entropy=counting()).current("results")
    lt1 = suite("lt1")
    assert key.public == lt1.public_key(key.secret)
    assert key.fingerprint == lt1.fingerprint(key.public)
    assert lt1.verify(key.public, b"bundle", lt1.sign(key.secret, b"bundle"))


def test_secrets_do_not_show_in_logs(home):
    key = keyring.init(home, entropy=counting()).current("paper")
    assert key.secret.hex() not in repr(key)
    assert "secret" not in repr(key)


def test_unwrap_undoes_wrap_and_wants_the_same_aad(home):
    keys = keyring.init(home, entropy=counting())
    text = keys.wrap("paper", b"key of a paper", b"paper:1:2", NONCE)
    name, key_id, nonce, sealed = text.split(".")
    assert (name, key_id, nonce) == ("lt1", keys.current("paper").id, "AAECAwQFBgcICQoL")
    assert "=" not in sealed
    assert keys.unwrap("paper", text, b"paper:1:2") == b"key of a paper"
    for purpose, other in (("paper", b"paper:1:3"), ("field", b"paper:1:2")):
        with pytest.raises(DomainError) as caught:
            keys.unwrap(purpose, text, other)
        assert caught.value.code in {"seal_broken", "key_missing"}


@pytest.mark.parametrize("text", ["", "lt1.01-01010101.AAAA", "a.b.c.d.e"])
def test_unwrap_refuses_another_form(home, text):
    keys = keyring.init(home, entropy=counting())
    with pytest.raises(DomainError) as caught:
        keys.unwrap("paper", text, b"")
    assert caught.value.code == "wrapped_malformed"


def test_unwrap_refuses_what_is_no_base64(home):
    keys = keyring.init(home, entropy=counting())
    for nonce in ("AA*A", "A"):
        with pytest.raises(DomainError) as caught:
            keys.unwrap("paper", f"lt1.{keys.current('paper').id}.{nonce}.AAAA", b"")
        assert caught.value.code == "wrapped_malformed"


def test_rotation_makes_a_new_current_key_and_keeps_the_old_one_readable(home):
    keys = keyring.init(home, entropy=counting())
    old = keys.wrap("field", b"old", b"", NONCE)
    made = ring.rotate(home, "field", entropy=lambda length: b"\xee" * length)
    fresh = Keyring.load(home)
    assert fresh.current("field") == made
    assert made.id == "02-eeeeeeee"
    assert fresh.unwrap("field", old, b"") == b"old"
    assert fresh.wrap("field", b"new", b"", NONCE).startswith("lt1.02-eeeeeeee.")


def test_keys_that_cannot_do_it_refuse(home):
    keys = keyring.init(home, entropy=counting())
    calls = {
        "key_not_sealing": lambda: keys.wrap("results", b"", b"", NONCE),
        "key_not_signing": lambda: keys.current("web").fingerprint,
        "key_missing": lambda: keys.get("web", "99-00000000"),
    }
    for code, call in calls.items():
        with pytest.raises(DomainError) as caught:
            call()
        assert caught.value.code == code
    with pytest.raises(DomainError) as caught:
        Keyring([]).current("web")
    assert caught.value.code == "key_missing"


def test_load_refuses_a_directory_that_is_missing_or_open(home):
    with pytest.raises(DomainError) as caught:
        Keyring.load(home)
    assert caught.value.code == "keyring_missing"
    keyring.init(home, entropy=counting())
    home.chmod(0o750)
    with pytest.raises(DomainError) as caught:
        Keyring.load(home)
    assert (caught.value.code, caught.value.data["mode"]) == ("keyring_open", "0750")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"id":"01-00","purpose":"web","secret":"xy","suite":"lt1"}',
        '{"id":"01-00","purpose":"web","secret":7,"suite":"lt1"}',
    ],
)
def test_load_names_a_spoilt_file(home, text):
    keyring.init(home, entropy=counting())
    file = next(home.glob("web-*"))
    file.write_text(text)
    with pytest.raises(DomainError) as caught:
        Keyring.load(home)
    assert (caught.value.code, caught.value.data) == ("key_spoilt", {"path": str(file)})


def test_from_environment_reads_one_variable(home, monkeypatch):
    made = keyring.init(home, entropy=counting())
    monkeypatch.setenv("LEITAI_KEYS", str(home))
    assert Keyring.from_environment().current("web") == made.current("web")
    monkeypatch.delenv("LEITAI_KEYS")
    with pytest.raises(DomainError) as caught:
        Keyring.from_environment()
    assert caught.value.code == "keyring_unnamed"


def test_texts_stand_in_two_languages():
    assert all(zh and en and zh != en for zh, en in TEXTS.values())


AT = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


def test_a_key_says_when_it_was_made(home):
    keyring.init(home, entropy=counting(), at=AT)
    assert {key.created_at for key in Keyring.load(home).all("paper")} == {AT}
    assert b'"created_at":"2026-11-22T01:02:03+00:00"' in next(home.glob("paper-*")).read_bytes()


def test_a_key_file_of_the_first_version_still_reads_and_is_as_old_as_its_file(home):
    keyring.init(home, entropy=counting())
    file = next(home.glob("web-*"))
    assert b"created_at" not in file.read_bytes()
    os.utime(file, (AT.timestamp(), AT.timestamp()))
    assert Keyring.load(home).current("web").created_at == AT


def test_a_spoilt_time_is_a_spoilt_file(home):
    keyring.init(home, entropy=counting(), at=AT)
    file = next(home.glob("web-*"))
    file.write_text(file.read_text().replace("+00:00", ""))
    with pytest.raises(DomainError) as caught:
        Keyring.load(home)
    assert caught.value.code == "key_spoilt"


def test_all_keys_of_a_purpose_stand_by_age_the_current_one_last(home):
    keyring.init(home, entropy=counting())
    second = keyring.rotate(home, "index", entropy=lambda n: b"\xaa" * n)
    third = keyring.rotate(home, "index", entropy=lambda n: b"\x11" * n)
    ring_ = Keyring.load(home)
    assert [key.id for key in ring_.all("index")][1:] == [second.id, third.id]
    assert ring_.current("index") == third


def test_a_draft_is_nobodys_key_until_it_is_published(home):
    before = keyring.init(home, entropy=counting()).current("index")
    drafted = keyring.draft(home, "index", entropy=lambda n: b"\xaa" * n)
    assert Keyring.load(home).current("index") == before
    keyring.publish(home, drafted)
    assert Keyring.load(home).current("index") == drafted.key


def test_only_an_old_key_can_be_removed_and_its_number_is_not_given_again(home):
    first = keyring.init(home, entropy=counting()).current("field")
    with pytest.raises(DomainError) as caught:
        keyring.remove(home, first)
    assert caught.value.code == "key_current"
    second = keyring.rotate(home, "field", entropy=lambda n: b"\xaa" * n)
    keyring.remove(home, first)
    assert Keyring.load(home).all("field") == (second,)
    third = keyring.rotate(home, "field", entropy=lambda n: b"\x11" * n)
    assert third.id == "03-11111111"
    assert Keyring.load(home).current("field") == third


def test_the_ledger_signs_and_the_index_makes_digests(home):
    made = keyring.init(home, entropy=counting())
    assert made.current("ledger").public is not None
    assert made.current("index").public is None
