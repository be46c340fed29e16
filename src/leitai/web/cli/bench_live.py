"""`leitai bench live`: presses, spectators and a kill, in a database of its own."""

from __future__ import annotations

import argparse
import json
import sys

from leitai.web.cli import scratch


def live(arguments: argparse.Namespace) -> int:
    with scratch.open_scratch("live"):
        from leitai.lane.live import bench  # reads the environment
        from leitai.lane.settings import Settings

        rows = tuple(row for row in arguments.rows.split(",") if row)
        if unknown := set(rows) - set(bench.ROWS):
            raise SystemExit(f"--rows: {', '.join(sorted(unknown))}; {', '.join(bench.ROWS)}")
        crowds = tuple(int(count) for count in arguments.spectators.split(",") if int(count or 0))
        wanted = bench.Wanted(rows, arguments.presses, crowds, arguments.kills)
        bench.run(Settings.from_environment(), wanted, _show)
    return 0


def _show(row: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()
