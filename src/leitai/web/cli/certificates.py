"""`leitai certificates export DIR`: the page that checks certificates on any host, or a disk."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from leitai.web.cli import house


def export(arguments: argparse.Namespace) -> int:
    """One line a file. Running it again brings keys and status list up to date."""
    house.open_house()
    from leitai.base.actor import system  # after django.setup()
    from leitai.certificates import services

    written = services.export_check(
        actor=system("cli"), folder=Path(arguments.dir), at=datetime.now(UTC)
    )
    sys.stdout.writelines(f"{path}\n" for path in written)
    return 0
