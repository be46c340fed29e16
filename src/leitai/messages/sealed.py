"""Which columns of complaints are sealed, so that the installation's keys can be changed."""

from __future__ import annotations

from leitai.base import sealing
from leitai.base.sealing import SealedColumn


def register() -> None:
    sealing.register(
        *(
            SealedColumn(
                model="leitai_messages.Complaint",
                column=column,
                place=f"complaint:{{row.pk}}:{column}",
            )
            for column in ("text", "name", "phone")
        ),
        SealedColumn(
            model="leitai_messages.ComplaintStep",
            column="text",
            place="complaint-step:{row.pk}:text",
        ),
    )
