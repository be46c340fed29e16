"""`leitai bench rank`: the engine against polars, on the same data in the same run.

JSON lines with `row`: `rank` is our ranking alone, `polars` the bare multi-key rank of the same
columns, `whole` everything from checked columns to ranks, team scores, cuts, awards and their
structured reasons (with the peak of memory), `small` a season of a thousand from plain rows.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any, cast

import numpy as np

from leitai.kernel.errors import DomainError
from leitai.rulebook import Rulebook, decide, load
from leitai.rulebook.chain import chain
from leitai.rulebook.columns import Column
from leitai.rulebook.data import EntryIn, ScoreIn, StandingRow
from leitai.rulebook.engine import decide_given
from leitai.rulebook.inputs import Given
from leitai.rulebook.ranking import Sheet, differences, rank
from leitai.rulebook.roll import Roll
from leitai.rulebook.rows import Rows
from leitai.rulebook.scores import OK, Scores

RULES = """
rulebook: 1
id: bench
title: 基准
tracks: {all: {title: 个人赛}}
events:
  exam:
    title: 统一比试
    kind: exam
    max: "100.00"
    decimals: 2
    keys:
      multiple: {title: 多选, better: higher, decimals: 2}
      blank: {title: 填空, better: higher, decimals: 2}
      seconds: {title: 用时, better: lower, unit: 秒}
stages:
  heat:
    title: 晋级赛
    events: [exam]
    ranking: {keys: [total, exam.multiple, exam.blank, exam.seconds], unbroken: share}
    team: {title: 团体, top: 20, fewer: count, keys: [total, members], unbroken: share}
    advance:
      - {to: national, as: team, teams: 10, members: 20}
      - {to: national, as: individual, top: 10000, except: already, reserves: 100}
awards:
  - {id: first, title: 一等奖, to: person, stage: heat, ranks: [1, 100]}
  - {id: second, title: 二等奖, to: person, stage: heat, ranks: [101, 1000]}
  - {id: star, title: 明星, to: person, stage: heat, per: delegation, top: 3, unless: [first]}
  - {id: good, title: 优秀奖, to: person, stage: heat, share: {share: 10%, round: down},
     unless: [first, second]}
  - {id: team, title: 优胜代表队, to: team, stage: heat, ranks: [1, 10]}
beyond: {national: {title: 全国赛}}
"""


@dataclass(frozen=True)
class _Field:
    """Figures of everybody, in hundredths and seconds."""

    total: Any
    multiple: Any
    blank: Any
    seconds: Any
    teams: list[str]


def run(arguments: argparse.Namespace) -> int:
    """Measure; each figure is the median of three."""
    rules = load(RULES, name="bench.yaml")
    # First: a house that decides a thousand has no million of objects for the collector to walk.
    small = _small(rules)
    field = _field(arguments.entrants, arguments.teams)
    for name, seconds in _ranks(rules, field).items():
        _say(row=name, entrants=arguments.entrants, seconds=round(seconds, 3))
    seconds, counts = _whole(rules, field)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 if _is_mac() else 1024)
    _say(row="whole", entrants=arguments.entrants, seconds=seconds, peak_mb=peak, **counts)
    _say(row="small", entrants=1000, seconds=small)
    return 0


def _field(entrants: int, teams: int) -> _Field:
    """Make figures with a fixed seed, rich in ties of the total."""
    chance = np.random.default_rng(20220720)
    total = np.clip(chance.normal(7200, 1100, entrants), 0, 10000).astype(np.int64)
    multiple = chance.integers(0, 2001, entrants)
    blank = chance.integers(0, 1001, entrants)
    seconds = chance.integers(1200, 5401, entrants)
    names = [f"t{team:05}" for team in chance.integers(0, teams, entrants).tolist()]
    return _Field(total, multiple, blank, seconds, names)


def _ranks(rules: Rulebook, field: _Field) -> dict[str, float]:
    try:
        import polars as pl
    except ImportError:
        raise DomainError("bench_peer_missing", name="polars") from None
    ids = [f"e{at:08}" for at in range(len(field.teams))]
    figures = (
        Column(field.total, 100),
        Column(field.multiple, 100),
        Column(field.blank, 100),
        Column(field.seconds),
    )
    sheet = Sheet(ids, field.teams, figures[0], chain(rules, rules.stages["heat"]), figures)
    frame = pl.DataFrame(
        {"a": field.total, "b": field.multiple, "c": field.blank, "d": -field.seconds}
    )
    keys = pl.struct("a", "b", "c", "d")
    ours = _timed(lambda: rank(sheet))
    theirs = _timed(lambda: frame.select(keys.rank("min", descending=True)))
    board = rank(sheet)
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[board.order] = board.first + 1
    same = frame.select(keys.rank("min", descending=True)).to_series().to_numpy()
    if not (ranks == same).all():
        raise AssertionError("polars ranks otherwise")
    return {"rank": ours, "polars": theirs}


def _whole(rules: Rulebook, field: _Field) -> tuple[float, dict[str, int]]:
    ids = [f"e{at:08}" for at in range(len(field.teams))]
    count = len(ids)
    scores = Scores(
        ids,
        Column(field.total, 100),
        np.full(count, OK, dtype=np.int8),
        {
            "multiple": Column(field.multiple, 100),
            "blank": Column(field.blank, 100),
            "seconds": Column(field.seconds),
        },
    )
    arena = ("heat", "all")
    counts: dict[str, int] = {}

    def once() -> None:
        roll = Roll(ids, ids, field.teams, ids, ["individual"] * count, [()] * count)
        given = Given(frozenset(field.teams), {arena: roll}, {arena: {"exam": scores}})
        outcome = decide_given(rules, given)
        rows = cast("Rows[StandingRow]", outcome.standings)
        explained = sum(differences(one)[0].size for one in rows.boards)  # every reason there is
        counts.update(
            standings=len(rows),
            explained=int(explained),
            teams=len(outcome.teams),
            advanced=len(outcome.advancement),
            awards=len(outcome.awards),
        )

    return round(_timed(once), 3), counts


def _small(rules: Rulebook) -> float:
    field = _field(1000, 20)
    entries = [
        EntryIn(f"e{at}", "heat", "all", f"选手{at}", team, f"e{at}")
        for at, team in enumerate(field.teams)
    ]
    figures = zip(
        field.total.tolist(),
        field.multiple.tolist(),
        field.blank.tolist(),
        field.seconds.tolist(),
        strict=True,
    )
    scores = [
        ScoreIn("heat", "all", "exam", f"e{at}", total, 2, "ok",
                {"multiple": multiple, "blank": blank, "seconds": seconds})
        for at, (total, multiple, blank, seconds) in enumerate(figures)
    ]  # fmt: skip
    return round(_timed(lambda: decide(rules, entries=entries, scores=scores), times=11), 4)


def _timed(work: Callable[[], object], times: int = 3) -> float:
    seconds = []
    for _ in range(times):
        begin = perf_counter()
        work()
        seconds.append(perf_counter() - begin)
    return median(seconds)


def _is_mac() -> bool:
    return sys.platform == "darwin"


def _say(**row: object) -> None:
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()
