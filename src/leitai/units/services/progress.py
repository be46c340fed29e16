"""How far an import is, told over a connection of its own: nobody sees into a transaction."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class Progress:
    """Of one import. Its transaction writes the import's row last of all, or this would wait."""

    def __init__(self, draft: int) -> None:
        self._draft = draft
        self._beside: BaseDatabaseWrapper | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._beside is not None:
            self._beside.close()
            self._beside = None

    def begin(self) -> int:
        """Which try of this step it is; the count outlives a process that dies in it."""
        tries = self._write("tries = tries + 1", [])
        return tries or 1

    def tell(self, done: int, total: int) -> None:
        self._write("done = %s, total = %s", [done, total])

    def _write(self, what: str, values: list[int]) -> int | None:
        if self._beside is None:
            self._beside = connections.create_connection(DEFAULT_DB_ALIAS)
        with self._beside.cursor() as cursor:
            cursor.execute(
                f"UPDATE units_unitimport SET {what} WHERE id = %s RETURNING tries",  # noqa: S608
                [*values, self._draft],
            )
            row = cursor.fetchone()
        return int(row[0]) if row else None
