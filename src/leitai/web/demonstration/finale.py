"""After the marks: compute, resolve ties, confirm, publish, award, certify, bundle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from leitai.certificates import services as certificates
from leitai.results import services as results
from leitai.results.models import StageResult
from leitai.rulebook.bundle import Verdict, verify
from leitai.seasons.models import Stage
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.staging import Staged

DRAW_LIMIT = 200
DICE = 6
DRAWN = "演示：组委会当众掷骰六次抽签"


@dataclass(frozen=True, slots=True)
class Finish:
    """What the season ended with."""

    awards: dict[str, int]
    certificates: int
    bundle: Path
    verdict: Verdict


def decide_stage(
    staged: Staged, stage: Stage, *, chance: Chance, say: Callable[[str], None]
) -> StageResult:
    """Compute, let the committee draw for each tie that touches a line, confirm and publish."""
    result = results.compute_stage(
        actor=staged.office, season=staged.season, stage=stage.code, at=datetime.now(UTC)
    )
    draws = 0
    while result.blocked:
        draws += 1
        if draws > DRAW_LIMIT:
            raise RuntimeError(f"{stage.code}: the draws do not end")
        result = results.resolve_by_draw(
            actor=staged.office,
            result=result,
            index=0,
            numbers=[1 + chance.below(6) for _ in range(DICE)],
            note=DRAWN,
            at=datetime.now(UTC),
        )
    say(f"{stage.title}：成绩已计算，组委会抽签{draws}次")
    results.confirm_result(actor=staged.office, result=result, at=datetime.now(UTC))
    return results.publish_result(actor=staged.office, result=result, at=datetime.now(UTC))


def finish(staged: Staged, final: StageResult, *, say: Callable[[str], None]) -> Finish:
    """Certificates for every award, and the signed bundle, verified as a stranger would."""
    issued = certificates.issue_certificates(
        actor=staged.office, season=staged.season, at=datetime.now(UTC)
    )
    say(f"证书：{len(issued)}张已生成")
    path = results.write_bundle(actor=staged.office, season=staged.season, at=datetime.now(UTC))
    verdict = verify(path.read_bytes(), trusted=None)
    say("结果包：" + ("已复算，一致" if verdict.ok else "复算不一致"))
    awards = Counter(final.awards.order_by("position").values_list("title", flat=True))
    return Finish(dict(awards), len(issued), path, verdict)
