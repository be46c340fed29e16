"""A paper that is free, and a time that the calendar allows, for the routes before an exam."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from leitai.bank import services as bank
from tests.factories.units import HOUSE
from tests.world import HOME, LAW, World

SPARE = f"{HOME}-spare"
FINAL = {"of": "final:exam"}
_LATER = f"{datetime.now(UTC) + timedelta(days=5):%Y-%m-%dT%H:%M}"
QUERIES = {
    "sittings:exam-new": FINAL,
    "sittings:papers-new": FINAL,
    "sittings:seats": {"site": "5101"},
}
FORMS = {
    "sittings:exam-new": FINAL | {"paper": SPARE, "opens_at": _LATER, "act": "do"},
    "sittings:papers-new": FINAL
    | {"banks": ["rsfw"], "count": "1", "reason": "方案第四条", "act": "do"},
    "sittings:move": {"opens_at": _LATER, "reason": "赛点检修"},
    "sittings:cancel": {"reason": "改为线下考试", "known": "on"},
}


def things(world: World, place: str) -> dict[str, Any]:
    """A sealed paper for the final that no exam has, of questions of its own."""
    rows = [f"单选,单选题之{number},甲,乙,A" for number in range(40)]
    rows += [f"多选,多选题之{number},甲,乙,AB" for number in range(20)]
    bank.import_items(
        actor=HOUSE,
        bank_code="spare",
        title="备用题库",
        source=BytesIO("\n".join(["题型,题干,选项A,选项B,答案", *rows]).encode()),
        name="spare.csv",
        at=world.now,
    )
    bank.compose_papers(
        actor=HOUSE,
        season_code=HOME,
        event=LAW.events["exam"],
        bank_codes=["spare"],
        codes=[SPARE],
        titles=["备用卷"],
        seed="spare",
        at=world.now,
    )
    return {}
