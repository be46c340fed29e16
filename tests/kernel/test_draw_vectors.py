"""The published vectors of draw-1: worked out by openssl and bc, read by the front end's tests too."""

import copy
import json
import subprocess
from pathlib import Path

import pytest

from leitai.kernel import draw, draw_manifest, draw_record

HERE = Path(__file__).parent
VECTORS = json.loads((HERE / "draw-vectors.json").read_text(encoding="utf-8"))
RECORD = VECTORS["record"]
DOC = (HERE.parents[1] / "docs" / "formats" / "draw.md").read_text(encoding="utf-8")
RFC = "9319./2.5.8.10.12./9.18.26.34.41.45./"


def openssl(digest, data):
    """The digest by another program than ours."""
    done = subprocess.run(
        ["openssl", "dgst", f"-{digest}", "-r"], input=data, capture_output=True, check=True
    )
    return done.stdout.split()[0].decode()


def failing(record):
    return [claim.code for claim in draw_record.verify(record) if not claim.holds]


def changed(path, value):
    spoilt = copy.deepcopy(RECORD)
    *names, last = path.split(".")
    place = spoilt
    for name in names:
        place = place[int(name) if name.isdigit() else name]
    place[int(last) if last.isdigit() else last] = value
    return spoilt


@pytest.mark.parametrize("vector", VECTORS["orders"], ids=lambda one: one["key"][:12])
def test_steps_are_those_of_the_vectors(vector):
    found = draw.steps(vector["pool"][::-1], vector["key"], vector["digest"])
    assert [
        {
            "digest": step.digest,
            "remaining": step.remaining,
            "index": step.index,
            "drawn": step.drawn,
        }
        for step in found
    ] == vector["steps"]


@pytest.mark.parametrize("vector", VECTORS["orders"], ids=lambda one: one["key"][:12])
def test_vectors_are_those_of_openssl(vector):
    rest = sorted(vector["pool"])
    for at, step in enumerate(vector["steps"]):
        edge = at.to_bytes(2, "big")
        digest = openssl(vector["digest"], edge + vector["key"].encode() + edge)
        assert digest == step["digest"]
        assert rest.pop(int(digest, 16) % len(rest)) == step["drawn"]


def test_rfc_3797_is_reproduced_with_its_own_digest():
    """§6 of the RFC: the selection and the first digest as printed there."""
    pool = [f"{number:02d}" for number in range(1, 26)]
    steps = draw.steps(pool, RFC, "md5")
    assert [int(step.drawn) for step in steps[:10]] == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]
    assert steps[0].digest.upper() == "990DD0A5692A029A98B5E01AA28F3459"
    assert draw.draw_order(pool, RFC, "md5") == tuple(step.drawn for step in steps)


def test_key_is_written_as_the_rfc_writes_it():
    assert draw.key_of([9319], [12, 2, 5, 10, 8], [45, 9, 18, 26, 34, 41]) == RFC
    assert draw.key_of(" ab c\n0 ", [7]) == "ABC0/7./"


def test_relaxing_follows_the_declared_order():
    said = VECTORS["relaxed"]
    constraints = [draw_manifest.read_constraint(one) for one in said["constraints"]]
    found = draw.resolve(said["pool"], said["key"], constraints, said["relax"])
    assert (found.attempt, found.relaxed, list(found.order)) == (10002, (0,), ["C", "A", "B"])


def test_record_holds_in_every_claim():
    assert failing(RECORD) == []
    assert [claim.code for claim in draw_record.verify(RECORD)] == [
        "form", "manifest", "list", "reveal", "reveal", "source", "witnesses", "events", "key",
        "attempt", "steps", "order",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "first"),
    [
        ("format", "leitai-draw-9", "form"),
        ("kind", "dream", "form"),
        ("manifest.algorithm", "draw-2", "form"),
        ("manifest.purpose", "x", "manifest"),
        ("manifest_hash", "0" * 64, "manifest"),
        ("list.0.1", "x", "list"),
        ("list_hash", "", "list"),
        ("reveals.0.secret", "0F1E2D3C4B5A69788796A5B4C3D2E1F0", "reveal"),
        ("reveals.1.at", "2022-08-17T08:00:01Z", "reveal"),
        ("public.numbers.0.0", 7, "source"),
        ("public.numbers.0.0", 5, "key"),
        ("public.at", "2022-08-18T00:29:59Z", "source"),
        ("public.witnesses.1.name", "岑雪桥", "witnesses"),
        ("events.1.act", "draw.sourced", "events"),
        ("events.2.at", "2022-08-19T07:00:00Z", "events"),
        ("key", "K/", "key"),
        ("attempt", 8, "attempt"),
        ("relaxed", [1], "attempt"),
        ("steps.3.index", 0, "steps"),
        ("order.0", "A01", "order"),
        ("order", [], "finished"),
        ("public", None, "form"),
    ],
)
def test_whatever_is_changed_is_found(path, value, first):
    assert failing(changed(path, value))[:1] == [first]


def test_claims_read_in_both_languages():
    for record in (RECORD, changed("order.0", "A01"), changed("events", [])):
        for claim in draw_record.verify(record):
            assert claim.text("zh") != claim.text("en")
            assert "%(" not in claim.text("zh") + claim.text("en")


def test_secret_is_committed_to_in_its_one_form():
    """By `printf %s 00112233445566778899AABBCCDDEEFF | sha256sum`."""
    digest = "20aff5a341131d58c07a76e062d895e0968727664b8769b79b5be4c7b80f5ff7"
    assert draw.commitment("0011 2233 4455 6677 8899 aabb ccdd eeff") == digest


def test_document_has_the_vectors_and_its_ten_lines_run(tmp_path, capsys):
    assert RECORD["manifest_hash"].upper() in DOC
    assert RECORD["key"] in DOC
    assert " ".join(RECORD["order"]) in DOC
    assert VECTORS["orders"][1]["steps"][0]["digest"] in DOC
    code = DOC.split("```python\n")[1].split("```")[0]
    assert len(code.strip().splitlines()) == 10
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(RECORD), encoding="utf-8")
    exec(compile(code.replace("draw.json", str(file)), "draw.md", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out.split() == RECORD["order"]
