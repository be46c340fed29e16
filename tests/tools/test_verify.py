"""tools/verify.py: a stranger's verifier agrees with ours, whatever is done to a bundle."""

import ast
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.rulebook import load, packaged
from leitai.rulebook.bundle import form
from tests.tools import rulebooks
from tests.tools.golden import FINGERPRINT, GOLDEN, signed
from tests.tools.seasons import Pen, random_season
from tests.tools.tampering import one, opinions, records_of, sealed, spoil

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "verify.py"
RULES = {name: load(getattr(rulebooks, name)) for name in ("TINY", "WIDE", "LATE")}
SEASONS = st.tuples(
    st.sampled_from(sorted(RULES)), st.integers(0, 2**32), st.integers(2, 6), st.integers(1, 6)
)


def _season(name, seed, people, steps):
    rules = RULES[name]
    places = 0 if name == "LATE" else 3
    people = 2 if name == "TINY" else people
    return random_season(rules, seed, places=places, people=people, steps=steps)


def _run(*arguments):
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd="/",
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def golden(tmp_path):
    path = tmp_path / "golden.bundle"
    path.write_bytes(GOLDEN)
    return path


def test_the_script_stands_on_the_standard_library_alone():
    imported = {
        name.split(".")[0]
        for file in (SCRIPT, SCRIPT.with_name("ed25519.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported - set(sys.stdlib_module_names) == {"ed25519"}


def test_the_script_says_verified(golden):
    assert _run(golden) == (0, [f"VERIFIED {FINGERPRINT}"])


def test_the_script_takes_a_fingerprint_or_a_key_file(golden, tmp_path):
    key = tmp_path / "results.pub"
    key.write_text(Pen(1).public.hex() + "\n", encoding="ascii")

    assert _run(golden, "--key", FINGERPRINT) == (0, [f"VERIFIED {FINGERPRINT}"])
    assert _run(golden, "--key", key) == (0, [f"VERIFIED {FINGERPRINT}"])


def test_the_script_refuses_a_foreign_key(golden):
    other = Pen(2).fingerprint

    assert _run(golden, "--key", other) == (
        1,
        [f"signer_unknown signature signed by {FINGERPRINT}, trusted {other}"],
    )


def test_the_script_names_each_difference_on_a_line(tmp_path):
    records = records_of(GOLDEN)
    one(records, "standing", board="main", entry="5102-2")["rank"] = 3
    one(records, "award", award="team")["title"] = "亚军队"
    path = tmp_path / "wrong.bundle"
    path.write_bytes(sealed(records))

    assert _run(path) == (
        1,
        [
            (
                'award_differs award team/individual/5101 title: the file says "亚军队", '
                'the rules give "优胜队"'
            ),
            (
                "standing_differs standing contest/individual/main/5102-2 rank: the file says 3, "
                "the rules give 4"
            ),
        ],
    )


def test_the_script_says_what_it_cannot_open(tmp_path):
    code, lines = _run(tmp_path / "nothing.bundle")

    assert code == 1
    assert [line.split(":")[0] for line in lines] == ["unreadable"]


# ---- tampering with what was given and what was decided, signed with the right key ---------------


def _entry(records, stage, **values):
    row = {"kind": "entry", "as": "individual", "track": "individual", "stage": stage}
    row |= {"id": "5101-3", "name": "甲三", "delegation": "5101", "person": "p51013"}
    records.append(row | values)


def _bar(records):
    one(records, "fact")["since"] = "2019-01-01"


def _quota(records):
    _entry(records, "nomination")


def _uninvited(records):
    _entry(records, "contest")
    score = one(records, "score", entry="5102-2")
    records.append(score | {"entry": "5101-3", "status": "absent"})


def _unscored(records):
    records.remove(one(records, "score", entry="5102-2"))


def _gone(records):
    records.remove(one(records, "entry", stage="contest", id="5102-2"))
    records.remove(one(records, "score", entry="5102-2"))


def _never_nominated(records):
    for code in ("5101-1", "5101-2", "5102-1", "5102-2"):
        records.remove(one(records, "entry", stage="nomination", id=code))
        records.remove(one(records, "advance", entry=code))


def _renamed(records):
    one(records, "entry", stage="contest", id="5102-2")["name"] = "乙三"


def _undrawn(records):
    records.remove(one(records, "resolution"))


def _needless(records):
    drawn = one(records, "resolution")
    records.append(drawn | {"order": ["5102-2", "5101-1"]})


def _off_the_line(records):
    one(records, "resolution")["line"] = "award:team"


def _drawn_twice(records):
    drawn = one(records, "resolution")
    records.append(drawn | {"order": ["5101-2", "5102-1"]})


def _drawn_alone(records):
    drawn = one(records, "resolution")
    records.append(drawn | {"order": ["5101-2", "5101-2"]})


def _strangers(records):
    one(records, "fact")["person"] = "p9"


def _gossip(records):
    one(records, "fact")["key"] = "婚否"


def _elsewhere(records):
    _entry(records, "village")
    _entry(records, "contest", track="team")


def _nobodys(records):
    one(records, "score", entry="5102-2")["entry"] = "5102-3"


def _no_event(records):
    records.append(one(records, "score", entry="5102-2") | {"event": "dance"})


def _score(**values):
    def change(records):
        one(records, "score", entry="5102-2").update(values)

    return change


def _double_life(records):
    one(records, "entry", stage="nomination", id="5102-2")["person"] = "p51021"


def _exile(records):
    one(records, "entry", stage="nomination", id="5102-2")["delegation"] = "5103"


def _guest(records):
    one(records, "delegation", code="5102")["guest"] = True


def _missing_rank(records):
    records.remove(one(records, "standing", board="main", entry="5102-2"))


def _two_ranks(records):
    records.append(one(records, "standing", board="main", entry="5102-2") | {"rank": 3})


def _reworded(records):
    one(records, "advance", entry="5102-2")["reason"]["data"]["source"] = "stages"


def _extra_award(records):
    row = one(records, "award", holder="5102-1")
    records.append(row | {"holder": "5101-2", "rank": 3})


CONTEST = "contest/individual"
TAMPERED = {
    _bar: [("entry_barred", "entry nomination/individual/5101-1")],
    _quota: [("quota_exceeded", "nomination/individual/5101")],
    _uninvited: [("entry_extra", f"entry {CONTEST}/5101-3")],
    _unscored: [("score_missing", f"score {CONTEST}/exam/5102-2")],
    _gone: [
        ("entry_missing", f"entry {CONTEST}/5102-2"),
        ("standing_extra", f"standing {CONTEST}/main/5102-2"),
        ("standing_extra", f"standing {CONTEST}/team:5102/5102-2"),
        ("team_differs", f"team {CONTEST}/5102"),
        ("team_differs", f"team {CONTEST}/5102"),
    ],
    _never_nominated: [
        ("entry_extra", f"entry {CONTEST}/{code}")
        for code in ("5101-1", "5101-2", "5102-1", "5102-2")
    ],
    _renamed: [("entry_differs", f"entry {CONTEST}/5102-2")],
    _undrawn: [("tie_open", f"{CONTEST}/main/award:best")],
    _needless: [("resolution_unused", f"resolution {CONTEST}/main/award:best")],
    _off_the_line: [("tie_open", f"{CONTEST}/main/award:best")],
    _drawn_twice: [("resolution_twice", f"resolution {CONTEST}/main/award:best")],
    _drawn_alone: [("resolution_order", f"resolution {CONTEST}/main/award:best")],
    _strangers: [("fact_stranger", "fact p9/contest/决赛")],
    _gossip: [("fact_unread", "fact p51011/contest/婚否")],
    _elsewhere: [
        ("stage_unknown", "entry village/individual/5101-3"),
        ("track_unknown", "entry contest/team/5101-3"),
    ],
    _nobodys: [
        ("entry_unknown", f"score {CONTEST}/exam/5102-3"),
        ("score_missing", f"score {CONTEST}/exam/5102-2"),
    ],
    _no_event: [("event_unknown", f"score {CONTEST}/dance/5102-2")],
    _score(value=101): [("score_range", f"score {CONTEST}/exam/5102-2")],
    _score(value=-1): [("score_range", f"score {CONTEST}/exam/5102-2")],
    _score(value=705, decimals=2): [("score_decimals", f"score {CONTEST}/exam/5102-2")],
    _score(value=700, decimals=2): [],
    _score(keys={"time": 1}): [("score_key_unknown", f"score {CONTEST}/exam/5102-2")],
    _score(value=71): [
        ("standing_differs", f"standing {CONTEST}/main/5102-2"),
        ("standing_differs", f"standing {CONTEST}/main/5102-2"),
        ("standing_differs", f"standing {CONTEST}/team:5102/5102-2"),
        ("standing_differs", f"standing {CONTEST}/team:5102/5102-2"),
        ("team_differs", f"team {CONTEST}/5102"),
    ],
    _double_life: [("person_twice", "entry nomination/individual/5102-2")],
    _exile: [("delegation_unknown", "entry nomination/individual/5102-2")],
    _guest: [("delegation_guest", "delegation 5102")],
    _missing_rank: [("standing_missing", f"standing {CONTEST}/main/5102-2")],
    _two_ranks: [("standing_extra", f"standing {CONTEST}/main/5102-2")],
    _reworded: [("advance_differs", "advance nomination/contest/individual/5102-2")],
    _extra_award: [("award_extra", "award best/individual/5101-2")],
}


@pytest.mark.parametrize("change", TAMPERED)
def test_both_verifiers_name_what_was_tampered_with(change):
    records = records_of(GOLDEN)
    change(records)

    expected = sorted(TAMPERED[change])
    assert opinions(sealed(records)) == (expected, expected)


def test_both_verifiers_miss_a_delegation_that_the_rules_name():
    records = records_of(_season("LATE", 5, 3, 2).bundle())
    records.remove(one(records, "delegation", code="03"))

    ours, strangers = opinions(sealed(records))
    assert ours == strangers
    assert ("delegation_missing", "delegation 03") in ours


def test_both_verifiers_demand_a_figure_where_figures_are_compared():
    records = records_of(_season("WIDE", 5, 2, 2).bundle())
    fact = next(record for record in records if record["kind"] == "fact")
    fact["value"] = "1e3"

    expected = [("fact_not_decimal", f"fact {fact['person']}/points/积分")]
    assert opinions(sealed(records)) == (expected, expected)


def test_both_verifiers_miss_entries_of_a_stage_that_people_went_through():
    """A bar is asked of a stage's entries: without them nobody could be barred."""
    records = records_of(_season("WIDE", 5, 2, 2).bundle())
    checked = [r for r in records if (r["kind"], r.get("stage")) == ("entry", "check")]
    rest = [record for record in records if record not in checked]

    expected = sorted(("entry_missing", form.place(record)) for record in checked)
    assert opinions(sealed(rest)) == (expected, expected)


# ---- random seasons ------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(SEASONS)
def test_both_verifiers_accept_what_the_engine_decides(season):
    assert opinions(_season(*season).bundle()) == ([], [])


def test_both_verifiers_accept_a_season_of_the_packaged_rulebook():
    season = random_season(load(packaged("sichuan-2022")), 11, places=21, people=40, steps=30)

    assert season.resolutions
    assert opinions(season.bundle()) == ([], [])


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
