"""The whole season in order, and the one object that says how it went."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from leitai.bank import services as bank
from leitai.bank.models import Paper
from leitai.rulebook import load, packaged
from leitai.seasons.models import Stage
from leitai.units import selectors as unit_reads
from leitai.units.models import Unit
from leitai.web.demonstration import drilling, exams, finale, light, staging
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.staging import HOUSE, Staged

RULEBOOK = "sichuan-2022"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run, on what, and how to tell of it."""

    seed: int
    season: str
    password: str
    address: tuple[str, int]
    units: Path | None
    bank: Path | None
    say: Callable[[str], None]
    began: float = field(default_factory=time.monotonic)

    def tell(self, text: str) -> None:
        self.say(f"[{time.monotonic() - self.began:5.1f}秒] {text}")


def run(plan: Plan) -> dict[str, object]:
    """Carry the season from the empty database to the verified bundle; returns the report."""
    chance = Chance(plan.seed)
    at = datetime.now(UTC)
    staged = prepare(plan, chance, at)
    stages = staging.pass_nominations(staged, say=plan.tell)
    practised = drilling.practise_a_while(
        staged.season, office=staged.office, chance=chance.child("practice"), at=at
    )
    plan.tell(
        f"岗位练兵：{practised.learners}名学员，作答{practised.sets}套，计入{practised.folded}套"
    )
    papers, items = compose(plan, staged, stages, at)
    runs = []
    for number, stage in enumerate(stages):
        local = chance.child("exam", stage.code)
        run_ = exams.run_exam(
            staged, stage, papers[number], address=plan.address, chance=local, say=plan.tell
        )
        for fault in run_.faults[:5]:
            plan.tell(f"！{fault}")
        runs.append(run_)
        result = finale.decide_stage(
            staged, stage, chance=chance.child("draws", stage.code), say=plan.tell
        )
    done = finale.finish(staged, result, say=plan.tell)
    city = next(iter(unit_reads.list_delegations(staged.season.code))).unit
    held = light.stage_light(city, plan.password, datetime.now(UTC))
    if held is not None:
        plan.tell(f"一人办的本地比赛：{held.ranked}人排名，{held.certificates}张证书")
    return {
        "season": staged.season.code,
        "seed": plan.seed,
        "units": Unit.objects.count(),
        "items": items,
        "sittings": sum(run_.sittings for run_ in runs),
        "answers_acknowledged": sum(run_.acknowledged for run_ in runs),
        "answers_lost": sum(run_.lost for run_ in runs),
        "practice_sets": practised.sets,
        "practice_lost": practised.lost,
        "finalists": stages[-1].entries.count(),
        "teams": [team.delegation.unit.code for team in result.teams.order_by("position")],
        "awards": done.awards,
        "certificates": done.certificates,
        "light_ranked": held.ranked if held else 0,
        "light_certificates": held.certificates if held else 0,
        "bundle": str(done.bundle.resolve()),
        "verified": done.verdict.ok and not any(run_.faults for run_ in runs),
        "seconds": round(time.monotonic() - plan.began, 1),
    }


def prepare(plan: Plan, chance: Chance, at: datetime) -> Staged:
    """Tree, accounts, season and nominations."""
    planted = staging.plant_units(plan.units, at)
    plan.tell(f"单位：{planted}个")
    host = _host()
    staff = staging.appoint_staff(host, plan.password, at)
    staging.invite_visitor(plan.password, at)
    staged = staging.stage_season(
        rulebook_id=RULEBOOK, code=plan.season, staff=staff, chance=chance, at=at
    )
    plan.tell(
        f"赛季：{staged.rulebook.title}，{len(staged.cast)}人报送，{staged.refused}人不符合条件"
    )
    return staged


def compose(
    plan: Plan, staged: Staged, stages: list[Stage], at: datetime
) -> tuple[Sequence[Paper], int]:
    """The bank, and one sealed paper for each contest, no question in two of them."""
    file = plan.bank or bank.data_path("bank-rsfw.csv")
    report = bank.import_items(
        actor=HOUSE,
        bank_code=file.stem,
        title=file.stem,
        source=file,
        name=file.name,
        at=at,
    )
    items = report.added + report.unchanged
    plan.tell(f"题库：{items}题" + (f"，{report.repaired}题待修" if report.repaired else ""))
    event = staged.rulebook.stages[stages[0].code].events[0]
    papers = bank.compose_papers(
        actor=HOUSE,
        season_code=staged.season.code,
        event=staged.rulebook.events[event],
        bank_codes=[file.stem],
        codes=[f"{staged.season.code}-{stage.code}" for stage in stages],
        titles=[f"{stage.title}试卷" for stage in stages],
        seed=f"{plan.seed}/papers",
        at=at,
    )
    plan.tell(f"试卷：{len(papers)}套，每套{papers[0].item_count}题，已封存")
    return papers, items


def _host() -> str:
    host = load(packaged(RULEBOOK)).host
    return host.unit if host else ""
