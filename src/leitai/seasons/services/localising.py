"""How a delegation holds its own stage: with a contest, by report, or recommending without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.base.sheets import read_sheet
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.rulebook import numbers
from leitai.seasons import rules, selectors, signed
from leitai.seasons.enums import LocalHow
from leitai.seasons.models import LocalStage, Season, Stage
from leitai.seasons.selectors.local import recommends_freely
from leitai.seasons.services.common import open_stage
from leitai.units import selectors as units
from leitai.units.models import Delegation

TEXT_LIMIT = 500
CELL_LIMIT = 80
MOST_ROWS = 5_000
RANK, NAME, UNIT, SCORE = "名次", "姓名", "单位", "成绩"
ALSO = {"排名": RANK, "选手": NAME, "选手姓名": NAME, "所在单位": UNIT, "工作单位": UNIT}
ALSO |= {"总分": SCORE, "得分": SCORE, "分数": SCORE}


@transaction.atomic
def plan_local(
    *,
    actor: Actor,
    season: Season,
    stage: str,
    delegation: str,
    how: str,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    place: str = "",
    note: str = "",
    at: datetime,
) -> LocalStage:
    """Say how a delegation (its unit's code) chooses; again before the report changes the plan.

    A contest needs its time. Recommending without one needs a reason, and a rulebook that leaves
    the way to the hosts.
    """
    held, sender = _opened(actor, season, stage, delegation)
    rule = selectors.rulebook_of(season).stages[stage]
    if how not in LocalHow.values:
        raise DomainError("local_how", how=how)
    note = note.strip()[:TEXT_LIMIT]
    if how == LocalHow.RECOMMENDED:
        if not recommends_freely(rule):
            raise DomainError("local_must_hold", stage=held.title)
        if not note:
            raise DomainError("local_reason", stage=held.title)
        opens_at = closes_at = None
    elif opens_at is None or closes_at is None:
        raise DomainError("local_time", stage=held.title)
    elif closes_at <= opens_at:
        raise DomainError("window_backwards", title=held.title)
    before = LocalStage.objects.filter(stage=held, delegation=sender).first()
    if before is not None and before.reported_at is not None:
        raise DomainError("local_reported", name=sender.name, stage=held.title)
    plan, _made = LocalStage.objects.update_or_create(
        stage=held,
        delegation=sender,
        defaults={
            "how": how,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "place": place.strip()[:120],
            "note": note,
            "recorded_by": actor.account,
            "recorded_at": at,
        },
    )
    told = {
        "how": plan.get_how_display(),
        "opens_at": ledger.instant(opens_at) if opens_at else None,
        "closes_at": ledger.instant(closes_at) if closes_at else None,
        "note": note,
    }
    _record(actor, plan, "local.planned", told, at)
    return plan


def read_results(source: BinaryIO, name: str) -> list[list[str]]:
    """The rows of a list of results: rank, name, unit, score. Raises Problems for bad rows."""
    table = read_sheet(source, name=name, columns=[NAME, SCORE], optional=[RANK, UNIT], also=ALSO)
    problems = list(table.problems)
    rows = []
    for row in table.rows:
        cells = [row.cells.get(column, "").strip() for column in (RANK, NAME, UNIT, SCORE)]
        problems += _wrong(row.number, cells)
        rows.append(cells)
    if not rows and not problems:
        raise DomainError("local_results_none")
    if len(rows) > MOST_ROWS:
        raise DomainError("local_results_many", most=MOST_ROWS)
    if problems:
        raise Problems(problems)
    return rows


def _wrong(number: int, cells: list[str]) -> list[Problem]:
    rank, name, _unit, score = cells
    place = _("第%(row)s行") % {"row": number}
    found = []
    if not name or max(map(len, cells)) > CELL_LIMIT:
        found.append(Problem(place, "local_results_name", {"limit": CELL_LIMIT}))
    if rank and not (rank.isascii() and rank.isdigit()):
        found.append(Problem(place, "local_results_rank", {"rank": rank[:20]}))
    if not numbers.is_decimal(score):
        found.append(Problem(place, "local_results_score", {"score": score[:20]}))
    return found


@transaction.atomic
def report_local(
    *,
    actor: Actor,
    season: Season,
    stage: str,
    delegation: str,
    rows: list[list[str]],
    signed_list: Sequence[str] = (),
    at: datetime,
) -> LocalStage:
    """Report what a delegation's own contest gave; a further report replaces it, on record.

    `signed_list` are uploads of the scan.
    """
    held, sender = _opened(actor, season, stage, delegation)
    plan = LocalStage.objects.filter(stage=held, delegation=sender).first()
    if plan is None or plan.how == LocalHow.RECOMMENDED:
        raise DomainError("local_no_contest", name=sender.name, stage=held.title)
    if plan.opens_at is not None and at < plan.opens_at:
        raise DomainError("local_early", name=sender.name, stage=held.title)
    again = plan.reported_at is not None
    plan.results, plan.reported_at = rows, at
    plan.save(update_fields=["results", "reported_at"])
    signed.keep(actor=actor, uploads=signed_list, plan=plan, at=at)
    told: dict[str, object] = {
        "count": len(rows),
        "digest": sha256(canonical.encode(rows)).hexdigest(),
        "scans": len(signed_list),
    }
    _record(actor, plan, "local.corrected" if again else "local.reported", told, at)
    return plan


def _opened(actor: Actor, season: Season, stage: str, delegation: str) -> tuple[Stage, Delegation]:
    sender = units.get_delegation(season.code, delegation)
    host = selectors.host_path(season)
    if not rules.can_hold_local(actor, season.code, host, sender.unit.path):
        raise DomainError("forbidden")
    held = open_stage(season, stage)
    if not selectors.rulebook_of(season).stages[stage].hosts:
        raise DomainError("local_stage_unknown", stage=stage)
    return held, sender


def _record(
    actor: Actor, plan: LocalStage, act: str, data: Mapping[str, object], at: datetime
) -> None:
    told = {"stage": plan.stage.title, "delegation": plan.delegation.name}
    ledger.append(
        chain=plan.stage.season.code,
        actor=actor,
        act=act,
        subject=f"local:{plan.stage.code}:{plan.delegation.unit.code}",
        data=told | dict(data),
        at=at,
    )
