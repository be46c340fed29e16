"""A signed list that waits, a list for the level above and its answer, with a row to be settled."""

from __future__ import annotations

from typing import Any

from leitai.results.models import (
    AnswerRow,
    ScoreList,
    ScoreListRow,
    UpwardAnswer,
    UpwardList,
    UpwardRow,
)
from tests.world import World

OFFICE = "/office/<slug:season>"
FORMS = {
    "results:move-up": {"stage": "heat", "reason": "选手退赛"},
    "results:upwards": {"goal": "", "title": "报送名单", "to": "上级组委会"},
    "results:upward": {"codes": "", "kind": "own"},
    "results:answer-settle": {"person": ""},
    "results:correct": {
        "status": "ok",
        "value": "61",
        "key_multiple": "20",
        "key_seconds": "3000",
        "reason": "错登",
        "look": "1",
    },
}
QUERIES = {"results:marks-template": {"of": "heat/individual/exam"}}
NO_PAGE = {
    "/s/<slug:season>/results/<slug:stage>/<int:version>/standings.json",
    f"{OFFICE}/marks/template.xlsx",
    f"{OFFICE}/results/<slug:stage>/tables.zip",
    f"{OFFICE}/upward/<int:number>/list.xlsx",
    f"{OFFICE}/upward/<int:number>/print/",
}


def things(world: World, place: str) -> dict[str, Any]:
    held = world.home if place == "own" else world.away
    stage = held.season.stages.get(code="heat")
    entry = stage.entries.order_by("code").first()
    marks = ScoreList.objects.create(
        stage=stage, track="individual", event="exam", number=1, file="成绩.xlsx", digest="0" * 64,
        reported_by="就业服务中心", recorded_by="7", recorded_name="蒲清越", recorded_at=world.now,
    )  # fmt: skip
    ScoreListRow.objects.create(list=marks, line=2, entry=entry, value=9000, decimals=2)
    upward = UpwardList.objects.create(
        season=held.season, number=1, title="报送名单", to="上级组委会",
        made_by="7", made_at=world.now,
    )  # fmt: skip
    UpwardRow.objects.create(list=upward, position=1, entry=entry, kind="own")
    answer = UpwardAnswer.objects.create(
        list=upward, file="结果.xlsx", source="公布文件", day=world.now.date(),
        imported_by="7", imported_name="蒲清越", imported_at=world.now,
    )  # fmt: skip
    row = AnswerRow.objects.create(
        answer=answer, line=2, name="卢不识", chosen=True, state="foreign"
    )
    return {
        "track": "individual",
        "entry": "2022-5104-3",
        "event": "exam",
        "award": "first",
        "marks": marks.pk,
        "number": upward.number,
        "step": "freeze",
        "answer": answer.pk,
        "row": row.pk,
    }
