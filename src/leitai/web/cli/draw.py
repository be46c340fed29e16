"""`leitai draw verify FILE`: check a draw's record, claim by claim, without any database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from leitai.kernel import draw_record
from leitai.kernel.draw_record import Claim
from leitai.web.cli import house


def verify(arguments: argparse.Namespace) -> int:
    """One line a claim; 0 when every one holds."""
    try:
        record = json.loads(Path(arguments.file).read_text(encoding="utf-8"))
        claims = draw_record.verify(record if isinstance(record, dict) else {})
    except (ValueError, RecursionError) as error:
        claims = [Claim("form", holds=False, data={"why": str(error)[:80]})]
    for claim in claims:
        mark = "OK  " if claim.holds else "FAIL"
        sys.stdout.write(f"{mark} {claim.code}: {claim.text(house.language())}\n")
    return 0 if all(claim.holds for claim in claims) else 1
