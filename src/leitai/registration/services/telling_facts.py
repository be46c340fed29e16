"""A line of a history list becomes a fact of the person it means."""

from __future__ import annotations

from datetime import datetime

from leitai.registration.models import HistoryLine
from leitai.seasons.models import Fact

SOURCE_LIMIT = 200


def keep_fact(line: HistoryLine, *, by: str, at: datetime) -> None:
    """Once, however often the same list is brought in; the source names list and row."""
    if line.person is None:
        return
    Fact.objects.get_or_create(
        person=line.person,
        kind=line.kind,
        key=line.key,
        since=line.held_on,
        source=source_of(line),
        defaults={"value": line.value, "recorded_by": by, "recorded_at": at},
    )


def source_of(line: HistoryLine) -> str:
    return f"{line.list.source}第{line.row}行"[:SOURCE_LIMIT]
