"""tools/verify.py recomputes every rulebook of the library, and knows every key of the language."""

import dataclasses
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook import bundle, engine, load, model, packaged, tables
from leitai.rulebook.loading import from_library, library
from leitai.rulebook.schema import key_of
from leitai.rulebook.tables import deciding
from tests.tools.seasons import AT, Pen, random_season
from tests.tools.tampering import opinions, records_of, sealed
from tools import verify

RULES = sys.modules["verifying.rules"].RULES  # its folder is on the path since verify was imported
ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "verify.py"
SEEDS = range(3)
CASES = sorted(file.parent for file in (ROOT / "tests/rulebook/cases").glob("*/rulebook.yaml"))
DECIDED = ("standing", "team", "advance", "reserve", "award", "honour")
# What a table of the verifier describes.
MODELS = {
    "rulebook": model.Rulebook,
    "track": model.Track,
    "delegations": model.Delegations,
    "also": model.Also,
    "body": model.Body,
    "fact": model.FactKind,
    "event": model.Event,
    "key": model.TieKey,
    "stage": model.Stage,
    "held": model.Held,
    "bar": model.Bar,
    "condition": model.Condition,
    "test": model.FactTest,
    "amount": model.AmountTest,
    "value": model.ValueTest,
    "qualify": model.Qualify,
    "total": model.Total,
    "carry": model.Carry,
    "round": model.Round,
    "figure": model.Figure,
    "ranking": model.Ranking,
    "distinct": model.Distinct,
    "board": model.Board,
    "team": model.Team,
    "advance": model.Advance,
    "cap": model.Quota,
    "portion": model.Portion,
    "award": model.Award,
    "honour": model.Honour,
}


@cache
def _season(name, seed):
    rules = load(packaged(name), name=f"{name}.yaml")
    return random_season(rules, seed, places=3 + 2 * seed, people=3 + seed, steps=2 + seed)


@cache
def _bundle(name, seed):
    return _season(name, seed).bundle()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", library())
def test_both_verifiers_recompute_a_season_of_the_library(name, seed):
    assert opinions(_bundle(name, seed)) == ([], [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_verifiers_recompute_a_worked_case(case, monkeypatch):
    """Marks, logs, ballots and acts are folded first: the bundle begins with what they come to."""
    asked = {}

    def decide(rules, **given):
        codes = {entry.delegation for entry in given["entries"]}
        codes |= {also.unit for also in rules.delegations.also}
        asked.update(given, rules=rules, delegations=sorted(codes))
        return engine.decide(rules, **given, delegations=asked["delegations"])

    monkeypatch.setattr(deciding, "engine", SimpleNamespace(decide=decide))
    text = (case / "rulebook.yaml").read_text(encoding="utf-8")
    rules = load(text, name=f"{case.name}.yaml", resolve=lambda there, _: _beside(case, there))
    files = {file.name: file.read_text(encoding="utf-8") for file in (case / "data").glob("*.csv")}
    outcome = tables.decide(rules, files).outcome
    given = {name: asked[name] for name in ("entries", "scores", "resolutions", "facts")}
    codes = {code: f"代表队{code}" for code in asked["delegations"] if code}
    arguments = given | {"delegations": codes, "outcome": outcome, "key": Pen()}
    head = bundle.Head(case.name, asked["rules"].title, AT)
    if outcome.blocked:
        with pytest.raises(DomainError, match="bundle_refused"):
            bundle.write(head, asked["rules"], **arguments)
        return
    assert opinions(bundle.write(head, asked["rules"], **arguments)) == ([], [])


def _beside(case, reference):
    """Find what a case's rulebook extends: another case's, or the library's."""
    file = case / reference
    return (
        (reference, file.read_text(encoding="utf-8")) if file.is_file() else from_library(reference)
    )


def test_both_verifiers_recompute_a_season_of_full_size():
    season = random_season(load(packaged("sichuan-2022")), 11, places=21, people=40, steps=30)

    assert season.resolutions
    assert opinions(season.bundle()) == ([], [])


@pytest.mark.parametrize("name", library())
def test_the_stranger_finds_what_was_changed(name):
    records = records_of(_bundle(name, 2))
    for kind in DECIDED:
        there = [record for record in records if record["kind"] == kind]
        for change in (_removed, _changed) if there else ():
            spoilt = json.loads(json.dumps(records))
            chosen = spoilt[records.index(there[len(there) // 2])]
            change(chosen, spoilt)
            _, found = verify.verify(sealed(spoilt))
            assert any(one.code.startswith(f"{kind}_") for one in found), chosen


def _removed(record, records):
    records.remove(record)


def _changed(record, _records):
    """Another rank, another capacity, another holder."""
    if record["kind"] in ("standing", "team"):
        record["rank"] += 1
    elif record["kind"] == "advance":
        record["as"] = {"team": "individual"}.get(record["as"], "team")
    elif record["kind"] == "reserve":
        record["order"] += 1
    else:
        record["holder"] += "x"


def test_the_script_verifies_a_season_of_the_library(tmp_path):
    path = tmp_path / "season.bundle"
    path.write_bytes(_bundle("sichuan-2022", 1))
    command = [sys.executable, "-I", str(SCRIPT), str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd="/")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("VERIFIED lt1:")


# ---- the language --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", RULES)
def test_the_verifier_knows_every_key_of_the_language(kind):
    """A key that is added to the language must be read here, or known to decide nothing."""
    known = {part.split(":")[0].rstrip("!/") for part in RULES[kind].split()}
    given = getattr(MODELS[kind], "GIVEN", ())
    names = [field.name for field in dataclasses.fields(MODELS[kind])]
    fields = {key_of(name) for name in names if name not in given}

    assert known == fields


def test_the_verifier_names_a_rule_that_it_lacks():
    records = records_of(_bundle("sichuan-2022", 0))
    rules = json.loads(records[1]["canonical"])
    rules["stages"]["final"]["ranking"]["handicap"] = "5%"
    rules["awards"][0]["ranks"] = "1"
    records[1]["canonical"] = json.dumps(
        rules, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    _, found = verify.verify(sealed(records))

    assert {(one.code, one.place) for one in found} == {
        ("rulebook_hash", "rulebook"),
        ("rule_unknown", "stages.final.ranking.handicap"),
        ("rule_wrong", "awards[0].ranks"),
    }
