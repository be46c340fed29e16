"""The two rulebooks of procedure, and small pieces of them."""

from pathlib import Path

from leitai.rulebook import load

CASES = Path(__file__).parents[1] / "cases"
TEXTS = {
    name: (CASES / name / "rulebook.yaml").read_text(encoding="utf-8")
    for name in ("annexes", "deadlines")
}
ANNEXES = load(TEXTS["annexes"], name="annexes.yaml")
DEADLINES = load(TEXTS["deadlines"], name="deadlines.yaml")
