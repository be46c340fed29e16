"""`leitai draw verify FILE`: one line a claim, no database."""

import json
from pathlib import Path

from leitai.web.cli.main import main

VECTORS = Path(__file__).parents[1] / "kernel" / "draw-vectors.json"
RECORD = json.loads(VECTORS.read_text(encoding="utf-8"))["record"]


def run(tmp_path, capsys, text):
    file = tmp_path / "draw.json"
    file.write_text(text, encoding="utf-8")
    code = main(["draw", "verify", str(file)])
    return code, capsys.readouterr().out.splitlines()


def test_a_good_record_holds_line_by_line(tmp_path, capsys):
    code, lines = run(tmp_path, capsys, json.dumps(RECORD))
    assert (code, len(lines), {line[:4] for line in lines}) == (0, 12, {"OK  "})
    assert lines[-1].endswith("B01 A01 C01 A03 B02 A02 𠮷01")


def test_a_changed_record_fails_where_it_was_changed(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LEITAI_LANG", "en")
    code, lines = run(tmp_path, capsys, json.dumps(RECORD | {"order": RECORD["order"][::-1]}))
    assert (code, [line for line in lines if line.startswith("FAIL")]) == (
        1, ["FAIL order: recomputed, the order is: B01 A01 C01 A03 B02 A02 𠮷01"],
    )  # fmt: skip


def test_what_is_no_record_is_said_to_be_none(tmp_path, capsys):
    for text in ("", "[1]", "{}", "{" * 5000, '{"format":"leitai-draw","kind":"hand"}'):
        code, lines = run(tmp_path, capsys, text)
        assert (code, lines[-1].startswith("FAIL form")) == (1, True)


def test_a_file_that_is_not_there_is_named(capsys):
    assert main(["draw", "verify", "/nowhere/draw.json"]) == 2
    assert "/nowhere/draw.json" in capsys.readouterr().err
