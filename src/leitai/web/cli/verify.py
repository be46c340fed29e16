"""`leitai verify BUNDLE`: recompute a results bundle without any database."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from leitai.rulebook import bundle
from leitai.web.cli import house


def verify(arguments: argparse.Namespace) -> int:
    trusted = arguments.key or None
    if trusted and Path(trusted).is_file():
        trusted = Path(trusted).read_text(encoding="utf-8").strip()
    verdict = bundle.verify(Path(arguments.bundle).read_bytes(), trusted=trusted)
    if verdict.ok:
        sys.stdout.write(f"VERIFIED {verdict.fingerprint}\n")
        return 0
    for difference in verdict.differences:
        sys.stdout.write(f"{difference.code} {difference.text(house.language())}\n")
    return 1
