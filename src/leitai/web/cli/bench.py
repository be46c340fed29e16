"""`leitai bench …`: figures for docs/performance.md, as JSON lines."""

from __future__ import annotations

import argparse

from leitai.web.cli import house


def hall(arguments: argparse.Namespace) -> int:
    house.open_house()
    from leitai.lane import bench  # reads the environment

    words = ["--connections", str(arguments.connections), "--seconds", str(arguments.seconds)]
    return int(bench.main([*words, *(["--rows", arguments.rows] if arguments.rows else [])]) or 0)
