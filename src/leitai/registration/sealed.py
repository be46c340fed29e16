"""Which columns of this room are sealed, so that the installation's keys can be changed."""

from __future__ import annotations

import json
from collections.abc import Mapping

from leitai.base import sealing
from leitai.base.sealing import Digested, SealedColumn
from leitai.registration.models import Registration


def register() -> None:
    sealing.register(
        SealedColumn(
            model="registration.Registration",
            column="content",
            place="registration:{row.pk}",
        ),
        SealedColumn(model="registration.HistoryList", column="content", place="history:{row.pk}"),
        SealedColumn(
            model="registration.HistoryLine",
            column="number",
            place="history-line:{row.code}",
            digests=(Digested("id_digest", "id_number"),),
        ),
    )


def answers_of(row: Registration) -> dict[str, object]:
    text = sealing.open_sealed(row.content, place=f"registration:{row.pk}")
    found: dict[str, object] = json.loads(text) if text else {}
    return found


def keep_answers(row: Registration, answers: Mapping[str, object]) -> None:
    """Into a row that has its id already."""
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    row.content = sealing.seal(text, place=f"registration:{row.pk}")
