"""What the bank brings to the matrix: a reader's word that waits for an answer."""

from __future__ import annotations

from typing import Any

from leitai.bank.models import Bank, Item, ItemVersion, Report
from tests.world import HOME, World

FORMS = {
    "sittings:open-early": {"reason": "赛点断网"},
    "bank:report-answer": {"taken": "no", "answer": "已核对，无误。"},
}


def things(world: World, place: str) -> dict[str, Any]:
    bank = Bank.objects.create(code="told-of", title="练习题库", live=False)
    item = Item.objects.create(bank=bank, number=1)
    ItemVersion.objects.create(item=item, type="truefalse", stem="一年。", key="T", digest=b"1")
    said = Report.objects.create(
        item=item, version=1, season=HOME, kind="key", account="0", page="/", at=world.now
    )
    return {"report": said.pk, "code": bank.code}
