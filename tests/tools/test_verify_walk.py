"""Where both verifiers stop, what they pass over, and what they say of seasons made at random."""

import hashlib
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.rulebook.bundle import form
from tests.tools.golden import FINGERPRINT, GOLDEN, plain, signed
from tests.tools.seasons import Pen
from tests.tools.tampering import one, opinions, records_of, sealed, spoil
from tests.tools.test_verify import CONTEST, RULES, _season

SEASONS = st.tuples(
    st.sampled_from(sorted(RULES)), st.integers(0, 2**32), st.integers(2, 6), st.integers(1, 6)
)


def _lacking_own(records):
    there = next(r for r in records if r["kind"] == "team" and r["stage"] == "heat")
    where = {"stage": "heat", "track": there["track"], "event": "duty"}
    records.remove(one(records, "score", entry=there["delegation"], **where))
    return ("score_missing", f"score heat/{there['track']}/duty/{there['delegation']}")


def _unknown_holder(track, line, name):
    def change(records):
        stage = "heat" if line == "award:pick" else "final"
        arena = {"stage": stage, "track": track, "board": "main"}
        records[:] = [record for record in records if record.get("line") != line]
        row = arena | {"line": line, "how": "jury", "order": [name], "note": ""}
        records.append(row | {"kind": "resolution"})
        return ("entry_unknown", f"resolution {stage}/{track}/main/{line}")

    return change


@pytest.mark.parametrize(
    "change",
    [
        _lacking_own,
        _unknown_holder("east", "award:pick", "nobody"),
        _unknown_holder("all", "award:host", "5999"),
    ],
)
def test_both_verifiers_stop_where_the_walk_cannot_go_on(change):
    records = records_of(_season("QUIZ", 7, 5, 3).bundle())
    expected = [change(records)]

    assert opinions(sealed(records)) == (expected, expected)


def test_a_confirmation_orders_nobody():
    """Where lots are to be drawn, that a list was confirmed breaks no tie."""
    records = records_of(GOLDEN)
    one(records, "resolution")["how"] = "confirmation"

    expected = [("tie_open", f"{CONTEST}/main/award:best")]
    assert opinions(sealed(records)) == (expected, expected)


def test_a_list_of_holders_orders_nobody():
    """The two who tie get an award from a jury: who of them is second is open all the same."""
    records = records_of(GOLDEN)
    rules = json.loads(records[1]["canonical"])
    rules["awards"].append(
        {"id": "style", "title": "风采奖", "to": "person", "stage": "contest", "decided": "评委会"}
    )
    canonical = plain(rules)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    records[1] |= {"canonical": canonical, "text": canonical, "hash": digest}
    one(records, "resolution")["line"] = "award:style"

    expected = [("tie_open", f"{CONTEST}/main/award:best")]
    assert opinions(sealed(records)) == (expected, expected)


def test_entries_of_a_later_stage_may_be_left_out():
    """They are those who advanced, under the same id."""
    records = records_of(GOLDEN)
    later = [r for r in records if (r["kind"], r.get("stage")) == ("entry", "contest")]

    rest = [record for record in records if record not in later]
    assert opinions(sealed(rest)) == ([], [])
    expected = [("entry_missing", "entry contest/individual/5101-1")]
    records.remove(later[0])
    records.append(later[0] | {"id": "5101-9", "person": "p51019"})
    score = one(records, "score", entry="5101-1")
    score["entry"] = "5101-9"
    ours, strangers = opinions(sealed(records))
    assert ours == strangers
    assert set(expected) < set(ours)


# ---- random seasons ------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(SEASONS)
def test_both_verifiers_accept_what_the_engine_decides(season):
    assert opinions(_season(*season).bundle()) == ([], [])


@settings(max_examples=60, deadline=None)
@given(SEASONS, st.integers(0, 2**32), st.integers(1, 3))
def test_both_verifiers_agree_on_random_tampering(season, seed, times):
    rng = random.Random(seed)
    records = records_of(_season(*season).bundle(Pen(1)))
    for _ in range(times):
        spoil(rng, records)
    # Records whose sort fields were spoilt cannot be sorted by kind of value: leave them in place.
    if all(form.wrong_field(record) is None for record in records):
        records.sort(key=form.position)

    ours, strangers = opinions(signed(records), rng.choice([None, FINGERPRINT]))
    assert ours == strangers
