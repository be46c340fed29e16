"""Which columns are sealed: what units hand in holds phones and numbers of people."""

from __future__ import annotations

import json
from collections.abc import Mapping

from leitai.base import sealing
from leitai.base.sealing import SealedColumn
from leitai.orders.models import Draft, HandIn


def register() -> None:
    sealing.register(
        SealedColumn(model="orders.HandIn", column="content", place="hand-in:{row.pk}"),
        SealedColumn(model="orders.Draft", column="content", place="hand-in-draft:{row.pk}"),
    )


def answers_of(row: HandIn | Draft) -> dict[str, object]:
    text = sealing.open_sealed(row.content, place=_place(row))
    found: dict[str, object] = json.loads(text) if text else {}
    return found


def keep_answers(row: HandIn | Draft, answers: Mapping[str, object]) -> None:
    """Into a row that has its id already."""
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    row.content = sealing.seal(text, place=_place(row))


def _place(row: HandIn | Draft) -> str:
    return f"{'hand-in' if isinstance(row, HandIn) else 'hand-in-draft'}:{row.pk}"
