"""The results bundle: its bytes, and that nothing in it can be changed unnoticed."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook import bundle, load
from leitai.rulebook.bundle.differences import ERRORS, TEXTS
from leitai.rulebook.data import FactIn, ResolutionIn
from leitai.rulebook.engine import decide
from tests.tools.golden import (
    FACTS,
    FINGERPRINT,
    GOLDEN,
    RECORDS,
    RULES,
    inputs,
    plain,
    signed,
    written,
)
from tests.tools.rulebooks import TINY
from tests.tools.seasons import Pen
from tests.tools.tampering import one, opinions, records_of, sealed
from tools import verify

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "bundle.md"
LINES = GOLDEN.split(b"\n")[:-1]


def _both(*differences):
    return sorted(differences), sorted(differences)


# ---- writing and reading -------------------------------------------------------------------------


def test_write_gives_the_bytes_worked_out_by_hand():
    assert written() == GOLDEN


def test_the_page_shows_the_same_bytes():
    shown = PAGE.read_text(encoding="utf-8").split("```jsonl\n")[1].split("```")[0]

    assert shown.encode() == GOLDEN


def test_the_page_names_every_difference():
    page = PAGE.read_text(encoding="utf-8")
    kinds = ("standing", "team", "advance", "reserve", "award", "honour")
    made = {f"{kind}_{what}" for kind in kinds for what in ("missing", "extra", "differs")}

    assert [code for code in TEXTS if f"`{code}`" not in page and code not in made] == [
        "inputs_wrong"
    ]


def test_read_gives_back_what_was_written():
    found = bundle.read(GOLDEN)
    given = inputs()

    assert (found.season, found.title) == ("tiny-2022", "小赛")
    assert found.made_at == datetime(2022, 8, 21, 2, 0, tzinfo=UTC)
    assert found.rulebook_text == TINY
    assert [one.name for one in found.delegations] == ["甲市", "乙市"]
    assert set(found.entries) == set(given["entries"])
    assert list(found.facts) == FACTS
    assert {row.entry: row.value for row in found.scores} == {
        "5101-1": 90, "5101-2": 85, "5102-1": 85, "5102-2": 70,
    }  # fmt: skip
    assert list(found.resolutions) == given["resolutions"]
    outcome = decide(load(TINY), **given, delegations=("5101", "5102"), facts=FACTS)
    assert found.outcome.standings == outcome.standings
    assert found.outcome.teams == outcome.teams
    assert found.outcome.advancement == outcome.advancement
    assert {row.holder for row in found.outcome.awards} == {"5101", "5101-1", "5102-1"}
    assert found.seal.fingerprint == FINGERPRINT


def test_write_keeps_only_what_decides():
    facts = [
        *FACTS,
        FACTS[0],
        FactIn("p51011", "title", "日日学之星", "", date(2022, 5, 1), None, "平台"),
        FactIn("p9", "contest", "决赛", "", date(2010, 5, 1), None, "主办方名册"),
    ]
    arena = ("contest", "individual", "main")
    idle = ResolutionIn(*arena, "award:best", ("5102-2", "5101-1"), "draw")
    again = ResolutionIn(*arena, "award:zero", ("5101-2", "5102-1"), "draw")
    resolutions = [*inputs()["resolutions"], idle, again]

    assert written(facts=facts, resolutions=resolutions) == GOLDEN


def test_write_refuses_what_does_not_follow():
    outcome = decide(load(TINY), **inputs(), delegations=("5101", "5102"))

    with pytest.raises(DomainError) as refused:
        written(outcome=replace(outcome, awards=outcome.awards[1:]))

    assert refused.value.code == "bundle_refused"
    assert refused.value.data["code"] == "award_missing"
    assert ERRORS["bundle_refused"][0] % refused.value.data == (
        "不签署与规则不符的结果包，共1处，首处：award team/individual/5101：缺少奖项记录：按规则应有"
        + plain(RECORDS[-1])
        + "。请重新计算并确认成绩。"
    )


def test_write_refuses_an_open_tie():
    given = inputs() | {"resolutions": []}
    outcome = decide(load(TINY), **given, delegations=("5101", "5102"))

    with pytest.raises(DomainError) as refused:
        written(outcome=outcome, resolutions=[])

    assert refused.value.data["code"] == "tie_open"


def test_read_names_the_line_that_it_cannot_read():
    with pytest.raises(DomainError) as refused:
        bundle.read(GOLDEN.replace(b'"guest":false', b'"guest":0', 1))

    assert refused.value.code == "bundle_unreadable"
    assert refused.value.data["why"] == "line 3：字段guest缺失、多余或取值不合格式"
    assert refused.value.data["why_en"] == "line 3: field guest is missing, unknown or wrong"


def test_differences_speak_both_languages():
    records = records_of(GOLDEN)
    one(records, "standing", board="main", entry="5102-2")["rank"] = 3
    (difference,) = bundle.verify(sealed(records), trusted=None).differences

    assert difference.text("zh") == (
        "standing contest/individual/main/5102-2：排名记录的rank不符：文件为3，按规则应为4"
    )
    assert difference.text("en") == (
        "standing contest/individual/main/5102-2: rank of the standing record: "
        "the file says 3, the rules give 4"
    )


# ---- bytes ---------------------------------------------------------------------------------------


def test_the_golden_bundle_verifies():
    assert opinions(GOLDEN) == _both()
    assert opinions(GOLDEN, FINGERPRINT) == _both()
    assert opinions(GOLDEN, Pen(1).public.hex().upper() + "\n") == _both()


@pytest.mark.parametrize("start", range(4))
def test_every_flipped_byte_is_refused(start):
    """One bit of every 48th byte, and of every 8th in the signature's line."""
    rules = (len(LINES[0]), len(LINES[0]) + len(LINES[1]) + 2)
    tail = len(GOLDEN) - len(LINES[-1])
    positions = {*range(start * 48, len(GOLDEN), 192), *range(tail + start * 8, len(GOLDEN), 32)}
    for at in positions:
        flipped = bytearray(GOLDEN)
        flipped[at] ^= 1 << (at + start) % 8
        ours, strangers = opinions(bytes(flipped))
        assert ours, at
        assert strangers, at
        if not rules[0] <= at < rules[1]:  # the depth to which rules are checked may differ
            assert ours == strangers, at


BYTES = {
    "empty": (b"", ("unfinished", "line 1")),
    "cut": (GOLDEN[:-1], ("unfinished", f"line {len(LINES)}")),
    "tail": (GOLDEN + b"{}", ("unfinished", f"line {len(LINES) + 1}")),
    "another line": (GOLDEN + b"{}\n", ("record_kind", f"line {len(LINES) + 1}")),
    "empty line": (GOLDEN + b"\n", ("not_canonical", f"line {len(LINES) + 1}")),
    "mark": (b"\xef\xbb\xbf" + GOLDEN, ("not_canonical", "line 1")),
    "space": (GOLDEN.replace(b'"code":"5101"', b'"code": "5101"', 1), ("not_canonical", "line 3")),
    "carriage return": (GOLDEN.replace(b"\n", b"\r\n", 1), ("not_canonical", "line 1")),
    "keys unsorted": (
        GOLDEN.replace(b'{"code":"5101","guest":false,', b'{"guest":false,"code":"5101",', 1),
        ("not_canonical", "line 3"),
    ),
    "key twice": (
        GOLDEN.replace(b'{"code":"5101",', b'{"code":"5101","code":"5101",', 1),
        ("not_canonical", "line 3"),
    ),
    "escape": (GOLDEN.replace("甲市".encode(), b"\\u7532\xe5\xb8\x82", 1), ("not_canonical", "line 3")),
    "not UTF-8": (GOLDEN.replace("甲市".encode(), b"\xff", 1), ("not_canonical", "line 3")),
    "float": (GOLDEN.replace(b'"value":90', b'"value":90.0', 1), ("not_canonical", "line 15")),
    "float, as Python writes it": (
        GOLDEN.replace(b'"value":90', b'"value":1e+16', 1), ("not_canonical", "line 15"),
    ),
    "minus nought": (GOLDEN.replace(b'"value":90', b'"value":-0', 1), ("not_canonical", "line 15")),
    "not a number": (GOLDEN.replace(b'"value":90', b'"value":NaN', 1), ("not_canonical", "line 15")),
    "huge": (
        GOLDEN.replace(b'"value":90', b'"value":9007199254740992', 1), ("record_field", "line 15"),
    ),
    "endless number": (
        GOLDEN.replace(b'"value":90', b'"value":' + b"9" * 5000, 1), ("not_canonical", "line 15"),
    ),
    "abyss": (b"[" * 200_000 + b"]" * 200_000 + b"\n", ("not_canonical", "line 1")),
    "reordered": (
        b"\n".join([*LINES[:2], LINES[3], LINES[2], *LINES[4:], b""]), ("record_order", "line 4"),
    ),
    "twice": (b"\n".join([*LINES[:3], *LINES[2:], b""]), ("record_order", "line 4")),
    "unsigned": (b"\n".join([*LINES[:-1], b""]), ("record_missing", "signature")),
    "no rulebook": (b"\n".join([LINES[0], *LINES[2:], b""]), ("record_missing", "rulebook")),
    "no header": (b"\n".join([*LINES[1:], b""]), ("record_missing", "bundle")),
    "another format": (
        GOLDEN.replace(b"leitai-bundle-2", b"leitai-bundle-1", 1), ("format_unknown", "line 1"),
    ),
    "another suite": (GOLDEN.replace(b'"lt1"', b'"lt2"', 1), ("suite_unknown", "line 1")),
    "unknown field": (
        GOLDEN.replace(b'{"code":"5101",', b'{"age":1,"code":"5101",', 1), ("record_field", "line 3"),
    ),
    "no such day": (
        GOLDEN.replace(b'"2017-09-01"', b'"2017-02-30"', 1), ("record_field", "line 14"),
    ),
    "not in lowest terms": (GOLDEN.replace(b'"17/2"', b'"34/4"', 1), ("record_field", "line 21")),
}  # fmt: skip


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_cannot_be_read_are_named(name):
    data, difference = BYTES[name]

    assert opinions(data) == _both(difference)


# ---- the seal ------------------------------------------------------------------------------------


@pytest.mark.parametrize("trusted", [Pen(2).fingerprint, Pen(2).public.hex()])
def test_a_foreign_key_is_refused(trusted):
    assert opinions(GOLDEN, trusted) == _both(("signer_unknown", "signature"))


@pytest.mark.parametrize("trusted", ["", "lt1:", FINGERPRINT + "0", "甲"])
def test_a_trust_that_cannot_be_read_is_refused(trusted):
    assert opinions(GOLDEN, trusted) == _both(("trust_unreadable", "signature"))


def test_another_signer_verifies_only_where_nobody_is_trusted():
    data = signed(RECORDS, seed=2)

    assert opinions(data) == _both()
    assert opinions(data, FINGERPRINT) == _both(("signer_unknown", "signature"))


def test_a_wrong_fingerprint_is_refused():
    data = GOLDEN.replace(FINGERPRINT.encode(), b"lt1:" + b"0" * 32)

    assert opinions(data) == _both(("fingerprint_wrong", "signature"))


def test_a_changed_rank_is_named_beside_the_broken_signature():
    data = GOLDEN.replace(b'"rank":4', b'"rank":5', 1)

    assert opinions(data) == _both(
        ("signature_wrong", "signature"),
        ("standing_differs", "standing contest/individual/main/5102-2"),
    )


@pytest.mark.parametrize(("seed", "more"), [(1, []), (2, [("signer_unknown", "signature")])])
def test_a_wrong_rank_is_found_whoever_signed_it(seed, more):
    records = records_of(GOLDEN)
    one(records, "standing", board="main", entry="5102-2")["rank"] = 3

    assert opinions(sealed(records, seed), FINGERPRINT) == _both(
        ("standing_differs", "standing contest/individual/main/5102-2"), *more
    )


def test_wrong_counts_are_refused():
    records = json.loads(json.dumps(RECORDS))
    records[0]["counts"]["award"] = 4

    assert opinions(signed(records)) == _both(("count_wrong", "award"))


# ---- the rulebook --------------------------------------------------------------------------------


def _with_rules(canonical):
    """The golden bundle with other rules; canonical JSON is YAML, too."""
    records = records_of(GOLDEN)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    records[1] |= {"canonical": canonical, "text": canonical, "hash": digest}
    return sealed(records)


def _changed_rules(change):
    rules = json.loads(records_of(GOLDEN)[1]["canonical"])
    change(rules)
    return _with_rules(plain(rules))


def test_rules_written_as_json_are_rules():
    assert opinions(_changed_rules(lambda rules: rules.update(title="大赛"))) == _both()


def test_a_rulebook_with_another_hash_is_refused():
    records = records_of(GOLDEN)
    records[1]["hash"] = "0" * 64

    assert opinions(sealed(records)) == _both(("rulebook_hash", "rulebook"))


def test_an_unknown_rule_is_named():
    data = _changed_rules(lambda rules: rules["stages"]["contest"].update(bonus=1))

    assert opinions(data) == _both(("rule_unknown", "stages.contest.bonus"))


def test_a_rule_with_an_unknown_value_is_named():
    data = _changed_rules(lambda rules: rules["awards"][0].update(to="village"))

    assert opinions(data) == _both(("rule_wrong", "awards[0].to"))


@pytest.mark.parametrize("canonical", ["null", "1", "[]", '"x"', "{}"])
def test_what_is_no_rulebook_is_refused(canonical):
    for found in opinions(_with_rules(canonical)):
        assert found
        assert {code for code, _ in found} == {"rule_wrong"}


def test_a_rulebook_that_is_not_canonical_is_refused():
    canonical = plain(RULES).replace(",", ", ", 1)

    assert opinions(_with_rules(canonical)) == _both(("rulebook_canonical", "rulebook"))


def test_yaml_that_says_something_else_is_refused_by_whoever_reads_yaml():
    records = records_of(GOLDEN)
    records[1]["text"] = TINY.replace("ranks: [1, 2]", "ranks: [1, 3]")

    verdict = bundle.verify(sealed(records), trusted=None)
    assert [(one.code, one.where) for one in verdict.differences] == [("rulebook_text", "rulebook")]
    assert verify.verify(sealed(records))[1] == []
