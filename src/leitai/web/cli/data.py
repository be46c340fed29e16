"""Imports from the command line: all or nothing, each bad row named."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leitai.base.actor import system
from leitai.web.cli import house


def import_units(arguments: argparse.Namespace) -> int:
    _open()
    from leitai.units import services  # after django.setup()

    return _report(services.import_units(**_common(arguments)))


def import_facts(arguments: argparse.Namespace) -> int:
    _open()
    from leitai.seasons import services  # after django.setup()

    return _report(services.import_facts(**_common(arguments)))


def import_bank(arguments: argparse.Namespace) -> int:
    _open()
    from leitai.bank import services  # after django.setup()

    file = Path(arguments.file)
    code = arguments.bank or file.stem
    return _report(
        services.import_items(
            **_common(arguments),
            bank_code=code,
            title=arguments.title or code,
            name=file.name,
            live=False if arguments.practice else None,
        )
    )


def _open() -> None:
    house.open_house()
    house.migrate()


def _common(arguments: argparse.Namespace) -> dict[str, Any]:
    return {
        "actor": system("command-line"),
        "source": Path(arguments.file),
        "at": datetime.now(UTC),
        "dry_run": arguments.dry_run,
    }


def _report(report: object) -> int:
    sys.stdout.write(f"{report}\n")
    return 0
