"""A message to the supervisor, a complaint in the home season, and a short link."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from leitai.base.actor import NOBODY
from leitai.messages import services
from tests.world import HOME, World

FORMS = {
    "messages:complain": {
        "category": "score",
        "text": "分数与答卷不符。",
        "nonce": "3f0d0f1c-9f5e-4a53-8f5e-0f6b6f9d7a11",
        "season": HOME,
    },
    "messages:choices": {"mail": "on"},
    "messages:track": {"code": "0000-0000-0000-0000"},
    "messages:follow": {"code": "0000000000000000", "text": "补充"},
    "messages:answer": {"answer-text": "已核对，成绩无误。"},
    "messages:transfer": {"transfer-text": "转组委会办公室核实。"},
}


def things(world: World, place: str) -> dict[str, Any]:
    filed = services.file_complaint(
        actor=NOBODY,
        category="conduct",
        text="有人带手机入场。",
        season=HOME,
        nonce=uuid4(),
        at=world.now,
    )
    message = services.tell(
        to=[world.accounts["supervisor"].pk],
        kind="task",
        title="核对名单",
        body="请核对参赛名单。",
        link=f"/s/{HOME}/",
        at=world.now,
    )
    face = services.Face(f"/s/{HOME}/", "赛季", "看赛程。")
    return {
        "complaint": filed.complaint.pk,
        "message": message.pk,
        "code": services.code_of(face, at=world.now),
    }
