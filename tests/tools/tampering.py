"""Ways to spoil a bundle, and one way to ask both verifiers what they think of it."""

import json

from leitai.rulebook import bundle
from leitai.rulebook.bundle import form
from tests.tools.golden import signed
from tools import verify


def records_of(data):
    """Everything but the signature."""
    return [json.loads(line) for line in data.decode().split("\n")[:-2]]


def sealed(records, seed=1):
    """Sort, count and sign anew: what a forger with a key would do."""
    records = sorted(records, key=form.position)
    kinds = [record["kind"] for record in records]
    records[0]["counts"] = {kind: kinds.count(kind) for kind in form.COUNTED}
    return signed(records, seed)


def opinions(data, trusted=None):
    """Code and place of each difference, by Leitai's verifier and by the stranger's."""
    verdict = bundle.verify(data, trusted=trusted)
    signer, found = verify.verify(data, trusted)
    assert verdict.fingerprint == signer
    assert verdict.ok == (not found)
    ours = sorted((one.code, one.where) for one in verdict.differences)
    return ours, sorted((one.code, one.place) for one in found)


def one(records, kind, **values):
    """The only record of a kind with these values."""
    (found,) = (
        record
        for record in records
        if record["kind"] == kind and all(record[name] == value for name, value in values.items())
    )
    return found


def spoil(rng, records):
    """Change, remove or double something at random; the result may even be right.

    Not tie keys: whether they follow from the rulebook only Leitai's verifier knows.
    """
    alike = ("rulebook", "tie_key")
    chosen = rng.choice([record for record in records if record["kind"] not in alike])
    way = rng.random()
    if way < 0.15 and chosen["kind"] != "bundle":
        records.remove(chosen)
        return
    if way < 0.3 and chosen["kind"] != "bundle":
        chosen = json.loads(json.dumps(chosen))
        records.append(chosen)
    field = rng.choice(sorted(chosen.keys() - {"kind"}))
    chosen[field] = _other(rng, chosen[field], [r[field] for r in records if field in r])


def _other(rng, value, seen):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + rng.choice([-1, 1, 1000, -1000])
    if isinstance(value, list):
        return rng.sample(value, rng.randint(0, len(value)))
    if isinstance(value, dict):
        key = rng.choice([*value, "new"])
        return value | {key: rng.choice([1, "x", {"x": 1}])}
    return rng.choice([*seen, "", "x", "2022-01-01", "1999-01-01", None, 0])
