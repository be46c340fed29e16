"""The exam's writer: commits batches of answers under a share lock of their sittings' rows."""

from collections.abc import Sequence
from typing import Any

from typing_extensions import override

from leitai.lane import sql
from leitai.lane.database import Row
from leitai.lane.group import GroupWriter
from leitai.lane.seats import Flight


class Writer(GroupWriter[Flight]):
    """Commits flights of saves; refused are those whose sitting ended, changed hands or is locked.

    A sitting has one flight at a time, so its number says which of a group went in.
    """

    name = "writer"
    statement = sql.SAVE

    def sittings(self) -> list[int]:
        """Sittings with a batch queued or being committed."""
        return [flight.seat.sitting for flight in self.in_hand()]

    @override
    def columns(self, batch: list[Flight]) -> Sequence[list[Any]]:
        return (
            [flight.seat.sitting for flight in batch],
            [flight.seq for flight in batch],
            [flight.epoch for flight in batch],
            [flight.at_ms for flight in batch],
            [flight.body for flight in batch],
            [flight.digest for flight in batch],
        )

    @override
    def taken(self, batch: list[Flight], row: Row) -> list[bool]:
        inserted = set(row["which"] or ())
        return [flight.seat.sitting in inserted for flight in batch]

    @override
    def label(self, flight: Flight) -> dict[str, object]:
        return {"sitting": flight.seat.sitting, "seq": flight.seq}
