"""The tree as the architecture tests read it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
PACKAGE = REPO / "src" / "leitai"
PURE = ("kernel", "keyring", "rulebook", "interchange", "documents")
ROOMS = (
    "ledger", "files", "units", "people", "messages", "bank", "seasons", "orders", "registration", "sittings", "practice", "judging", "live",
    "marking",
    "lectures", "training", "duels", "results", "notices", "newsroom",
    "certificates", "paperwork", "insight", "api",
)  # fmt: skip
FLOORS = ("design", *ROOMS, "web")  # from the lowest to the highest


def sources() -> list[Path]:
    return [file for file in sorted(PACKAGE.rglob("*.py")) if "migrations" not in file.parts]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def name(file: Path) -> str:
    return str(file.relative_to(REPO))
