"""tools/verify.py: a stranger's verifier agrees with ours, whatever is done to a bundle."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from leitai.rulebook import load
from tests.tools import rulebooks
from tests.tools.golden import FINGERPRINT, GOLDEN
from tests.tools.seasons import Pen, random_season
from tests.tools.tampering import one, opinions, records_of, sealed

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "verify.py"
FILES = [
    SCRIPT,
    SCRIPT.with_name("ed25519.py"),
    *sorted((SCRIPT.parent / "verifying").glob("*.py")),
]
NAMES = ("TINY", "WIDE", "LATE", "GROUPS", "TEAMS", "QUIZ")
RULES = {name: load(getattr(rulebooks, name)) for name in NAMES}


def _season(name, seed, people, steps):
    rules = RULES[name]
    places = {"LATE": 0, "GROUPS": 2}.get(name, 3)
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
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported - set(sys.stdlib_module_names) == {"ed25519", "verifying"}
    assert len(FILES) > 10


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
    row |= {"entrant": "person", "members": []}
    records.append(row | values)


def _bar(records):
    one(records, "fact")["since"] = "2019-01-01"


def _nominated(records):
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
    """The season may begin later."""
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
    one(records, "resolution")["line"] = "award:none"


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


def _rumour(records):
    records.append({"kind": "known", "fact": "contest", "key": "婚否"})


def _unheard(records):
    records.remove(one(records, "known"))


def _titled(records):
    row = {"kind": "title", "title": "star", "name": "日日学之星"}
    records.append(row | {"person": "p51011", "period": "2022"})


def _own_key(records):
    row = {"kind": "tie_key", "event": "exam", "key": "luck", "better": "higher"}
    records.append(row | {"decimals": 0, "title": "手气", "unit": ""})


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
    # Who is barred does not advance, and stands in the contest without having come into it.
    _bar: [
        ("advance_extra", "advance nomination/contest/individual/5101-1"),
        ("entry_extra", f"entry {CONTEST}/5101-1"),
    ],
    _nominated: [
        ("advance_missing", "advance nomination/contest/individual/5101-3"),
        ("entry_missing", f"entry {CONTEST}/5101-3"),
    ],
    _uninvited: [("entry_extra", f"entry {CONTEST}/5101-3")],
    _unscored: [("score_missing", f"score {CONTEST}/exam/5102-2")],
    _gone: [
        ("entry_missing", f"entry {CONTEST}/5102-2"),
        ("standing_extra", f"standing {CONTEST}/main/5102-2"),
        ("standing_extra", f"standing {CONTEST}/team:5102/5102-2"),
        ("team_differs", f"team {CONTEST}/5102"),
        ("team_differs", f"team {CONTEST}/5102"),
    ],
    _never_nominated: [],
    _renamed: [("entry_differs", f"entry {CONTEST}/5102-2")],
    _undrawn: [("tie_open", f"{CONTEST}/main/award:best")],
    _needless: [("resolution_unused", f"resolution {CONTEST}/main/award:best")],
    _off_the_line: [("line_unknown", f"resolution {CONTEST}/main/award:none")],
    _drawn_twice: [("resolution_conflict", f"resolution {CONTEST}/main/award:best")],
    _drawn_alone: [("resolution_order", f"resolution {CONTEST}/main/award:best")],
    _strangers: [("fact_stranger", "fact p9/contest/决赛")],
    _gossip: [("fact_unread", "fact p51011/contest/婚否")],
    _rumour: [("fact_unread", "known contest/婚否")],
    _unheard: [("fact_unknown", "fact p51011/contest/决赛")],
    _titled: [("title_unread", "title star/p51011/2022")],
    _own_key: [("tie_key_wrong", "tie_key exam/luck")],
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


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [("points", "1e3", "fact_not_decimal"), ("birth", "1980-1-1", "fact_not_day")],
)
def test_both_verifiers_demand_figures_and_days_where_they_are_compared(kind, value, code):
    records = records_of(_season("WIDE" if kind == "points" else "GROUPS", 5, 2, 2).bundle())
    fact = next(r for r in records if r["kind"] == "fact" and r["fact"] == kind)
    fact["value"] = value

    expected = [(code, f"fact {fact['person']}/{kind}/{fact['key']}")]
    assert opinions(sealed(records)) == (expected, expected)


def test_the_bars_of_a_nomination_that_was_left_out_are_asked_all_the_same():
    records = records_of(GOLDEN)
    _never_nominated(records)
    one(records, "fact")["since"] = "2019-01-01"

    ours, strangers = opinions(sealed(records))
    assert ours == strangers
    assert ("standing_extra", f"standing {CONTEST}/main/5101-1") in ours
