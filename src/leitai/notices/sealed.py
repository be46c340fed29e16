"""Which columns are sealed, so that the installation's keys can be changed."""

from __future__ import annotations

from leitai.base import sealing
from leitai.base.sealing import SealedColumn

IDENTITY = ("name", "phone", "id_number", "unit")


def place_of(objection: int, column: str) -> str:
    return f"objection:{objection}:{column}"


def step_place(step: int) -> str:
    return f"objection-step:{step}:text"


def register() -> None:
    sealing.register(
        *(
            SealedColumn(
                model="notices.Objection",
                column=column,
                place=f"objection:{{row.pk}}:{column}",
            )
            for column in (*IDENTITY, "text")
        ),
        SealedColumn(
            model="notices.ObjectionStep",
            column="text",
            place="objection-step:{row.pk}:text",
        ),
    )
