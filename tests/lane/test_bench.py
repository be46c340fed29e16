"""The bench runs, loses nothing, and its rows have the agreed names."""

import json
import os
import shutil
from datetime import date

import pytest

from leitai.lane import bench, bench_sets
from leitai.lane.settings import Settings


def test_bench_writes_its_rows(lane_url, capfd, monkeypatch):
    monkeypatch.setenv("LEITAI_DATABASE_URL", lane_url)

    code = bench.main(["--connections", "8", "--seconds", "0.5", "--rows", "saves,x10"])

    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert code == 0
    assert [(row["row"], row["connections"], row["lost"], row["refused"]) for row in rows] == [
        ("saves", 8, 0, 0),
        ("x10", 8, 0, 0),
    ]
    assert all(row["acknowledged"] > 0 and row["per_second"] > 0 for row in rows)
    assert all(row["p50_ms"] <= row["p99_ms"] <= row["max_ms"] for row in rows)
    assert rows[1]["answers_per_second"] == pytest.approx(10 * rows[1]["per_second"], rel=0.01)
    assert [row["durable"] for row in rows] == [False, False]  # the tests' cluster has no fsync


@pytest.mark.skipif(
    not shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), reason="nginx not installed"
)
def test_bench_of_bare_nginx(lane_url, capfd, monkeypatch):
    monkeypatch.setenv("LEITAI_DATABASE_URL", lane_url)

    bench.main(["--connections", "8", "--seconds", "0.5", "--rows", "nginx"])

    row = json.loads(capfd.readouterr().out)
    assert (row["row"], row["connections"], row["refused"]) == ("nginx", 8, 0)
    assert row["per_second"] > 0


def test_bench_of_sets_finds_every_acknowledged_one(lane_url, monkeypatch):
    monkeypatch.setenv("LEITAI_DATABASE_URL", lane_url)

    row = bench_sets.measure(
        Settings.from_environment(),
        connections=8,
        seconds=0.5,
        processes=2,
        day=date(2026, 11, 22),
    )

    assert (row["row"], row["clients"], row["refused"], row["lost"]) == ("taken", 2, 0, 0)
    assert row["acknowledged"] > row["per_second"] * 0.5 > 0
    assert row["p50_ms"] <= row["p99_ms"]
