"""The lane's small parts without sockets and database."""

import hashlib
import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.kernel.errors import DomainError
from leitai.lane import wire
from leitai.lane.clock import DatabaseClock
from leitai.lane.closing import receipt_number
from leitai.lane.errors import RETRY_SECONDS, TEXTS, body_of
from leitai.lane.gate import Throttle, read_body
from leitai.lane.settings import Settings, parse_bind

text = st.text(max_size=20)
answers = st.lists(
    st.tuples(
        st.integers(1, 10_000),
        st.one_of(text, st.lists(text, max_size=4)),
        st.integers(0, 2**53 - 1),
    ),
    max_size=5,
)


@given(st.integers(1, 2**31 - 1), answers)
def test_batch_is_written_as_json_stringify_does(seq, batch):
    body = wire.encode_batch(seq, batch)

    # Python's json with these settings and JSON.stringify differ in nothing that can occur here.
    plain = {"seq": seq, "answers": [list(answer) for answer in batch]}
    assert body == json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    assert wire.decode_batch(body) == wire.Batch(seq, batch)


def test_batch_is_written_as_the_browser_writes_it():
    """The very function of the client, where Node is at hand."""
    odd = "".join(map(chr, range(0xA0))) + '\u2028\u2029\ud7ff\ue000\uffff😀甲\\/"'
    script = "process.stdout.write(JSON.stringify({seq:7,answers:[[1,process.argv[1],5]]}))"
    shown = "".join(letter for letter in odd if letter != "\0")  # arguments cannot hold it
    written = subprocess.run(["node", "-e", script, shown], capture_output=True, check=True).stdout

    assert wire.encode_batch(7, [(1, shown, 5)]) == written
    assert wire.encode_batch(7, [(1, "\0", 5)]) == b'{"seq":7,"answers":[[1,"\\u0000",5]]}'


@given(st.lists(answers, max_size=6))
def test_fold_keeps_the_latest_and_counts_the_answered(batches):
    latest, answered = {}, 0
    for batch in batches:
        answered += wire.fold(latest, batch)

    expected = {number: answer for batch in batches for number, answer, _ in batch}
    assert latest == expected
    filled = [
        a for a in expected.values() if (a.strip() if isinstance(a, str) else "".join(a).strip())
    ]
    assert answered == len(filled)


def test_digests_are_those_of_the_contract():
    assert wire.first_digest(42) == hashlib.sha256(b"sitting:42").digest()
    assert wire.next_digest(b"\1" * 32, b"{}") == hashlib.sha256(b"\1" * 32 + b"{}").digest()


def test_receipt_number_is_fixed_by_what_was_handed_in():
    assert receipt_number(7, bytes(32)) == receipt_number(7, bytes(32))
    assert len({receipt_number(n, bytes(32)) for n in range(50)}) == 50


def test_every_refusal_speaks_both_languages():
    data = {"place": "$", "problem": "x", "expected": 1, "seq": 1, "limit": 1, "deadline": 1}
    data |= {"number": 9, "items": 2}
    for code, (status, chinese, english) in TEXTS.items():
        error = json.loads(body_of(DomainError(code, **data)))["error"]
        assert 400 <= status <= 599
        assert error["zh"] != error["en"]
        assert "%" not in error["zh"] + error["en"]
        assert chinese.endswith("。")
        assert english.endswith(".")
        assert error.get("retry_after") == RETRY_SECONDS.get(code)


@pytest.mark.parametrize(
    "body", [b"", b"[", b"[" * 100_000, b"\xff", b'{"ticket":1}', b'{"ticket":"\\ud800"}']
)
def test_bad_bodies_name_the_place(body):
    with pytest.raises(DomainError) as caught:
        read_body(wire.Bearer, body)

    assert caught.value.code == "malformed"
    assert str(caught.value.data["place"]).startswith("$")


class Ticks:
    def __init__(self):
        self.ns = 10**12

    def __call__(self):
        return self.ns


def test_clock_takes_the_sample_with_the_shortest_trip():
    ticks = Ticks()
    clock = DatabaseClock(ticks)
    base = 1_700_000_000_000_000  # µs
    assert clock.measured is False
    clock.learn(sent_ns=0, received_ns=40_000_000, database_us=base + 30_000)  # unequal trips
    clock.learn(sent_ns=100_000_000, received_ns=100_200_000, database_us=base + 100_100)
    clock.learn(sent_ns=200_000_000, received_ns=230_000_000, database_us=base + 229_000)
    ticks.ns = 300_000_000

    assert clock.measured is True
    assert clock.now_ms() == base // 1000 + 300


def test_clock_follows_when_the_database_clock_is_set():
    ticks = Ticks()
    clock = DatabaseClock(ticks)
    base = 1_700_000_000_000_000
    for second in range(3):
        at = second * 10**9
        clock.learn(sent_ns=at, received_ns=at + 100_000, database_us=base + second * 10**6 + 50)
    clock.learn(
        sent_ns=3 * 10**9, received_ns=3 * 10**9 + 400_000, database_us=base - 60 * 10**6 + 200
    )
    ticks.ns = 3 * 10**9

    assert clock.now_ms() == base // 1000 - 60_000


def test_throttle_forgets_after_a_minute_and_knows_few_addresses():
    throttle = Throttle(2, addresses=2)

    assert [throttle.wrong("a", at) for at in (0, 1, 2)] == [False, False, True]
    assert throttle.wrong("b", 2) is False
    assert throttle.wrong("a", 60_001) is False
    assert throttle.wrong("c", 60_002) is False  # forgets b, the one seen longest ago
    assert throttle.wrong("b", 60_003) is False


def test_settings_from_the_environment():
    settings = Settings.from_environment(
        {
            "LEITAI_DATABASE_URL": "postgresql://x",
            "LEITAI_KEYS": "/keys",
            "LEITAI_LANE_BIND": "[::1]:9",
            "LEITAI_ORIGINS": "http://a.example/, https://b.example,",
        }
    )

    assert (settings.host, settings.port, settings.keys) == ("::1", 9, Path("/keys"))
    assert settings.origins == ("http://a.example", "https://b.example")
    assert settings.http.idle_seconds >= 75


@pytest.mark.parametrize("bind", ["", "localhost", ":1", "a:b", "a:70000", "a:１"])
def test_wrong_binds_are_refused(bind):
    with pytest.raises(DomainError, match="setting_wrong"):
        parse_bind(bind)


def test_missing_settings_are_named():
    with pytest.raises(DomainError) as caught:
        Settings.from_environment({"LEITAI_DATABASE_URL": "x"})

    assert caught.value.data["name"] == "LEITAI_KEYS"
