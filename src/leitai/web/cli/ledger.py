"""`leitai ledger verify`: walk the chains and compare them with every checkpoint there is."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from leitai.web.cli import house


def verify(arguments: argparse.Namespace) -> int:
    """One line a chain; 1 where any of them does not hold."""
    house.open_house()
    from leitai.ledger import services  # after django.setup()

    file = Path(arguments.checkpoints) if arguments.checkpoints else None
    verdicts = services.verify_all(chain=arguments.chain, file=file)
    for chain, verdict in verdicts.items():
        if arguments.json:
            line = json.dumps({"chain": chain, **asdict(verdict)}, ensure_ascii=False)
        elif verdict.ok:
            line = f"OK {chain} {verdict.count} {verdict.head}"
        else:
            line = f"BROKEN {chain} {verdict.fault} {verdict.sentence}"
        sys.stdout.write(line + "\n")
    return 0 if all(verdict.ok for verdict in verdicts.values()) else 1
