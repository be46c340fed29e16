"""The lane's ways to PostgreSQL: a few connections to read with, and single ones that it keeps."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

import asyncpg

from leitai.lane.settings import Settings

# The server is away, starting, stopping or out of room: come again later, nothing is known wrong.
UNAVAILABLE: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidTransactionStateError,
    asyncpg.ObjectInUseError,
    asyncpg.LockNotAvailableError,
    asyncpg.TransactionRollbackError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
COMMAND_SECONDS: Final = 10
LOCK_SECONDS: Final = 3
Row = Any  # asyncpg's Record, which has no types of its own


def is_unavailable(error: BaseException) -> bool:
    """Whether an error says that the connection or the server is gone, not that a row is bad."""
    if isinstance(error, UNAVAILABLE):
        return True
    # asyncpg says «connection is closed» with its InterfaceError, and bad data with a child of it.
    return isinstance(error, asyncpg.InterfaceError) and not isinstance(error, ValueError)


def _options(settings: Settings, name: str) -> dict[str, Any]:
    return {
        "dsn": settings.database_url,
        "timeout": 5,
        "command_timeout": COMMAND_SECONDS,
        "server_settings": {
            "application_name": f"leitai-lane-{name}",
            "jit": "off",
            "synchronous_commit": "on",
            "statement_timeout": str(COMMAND_SECONDS * 1000),
            "lock_timeout": str(LOCK_SECONDS * 1000),
            "idle_in_transaction_session_timeout": "30000",
        },
    }


async def connect(settings: Settings, name: str) -> Any:
    """Open one connection that its owner keeps."""
    return await asyncpg.connect(**_options(settings, name))


class Readers:
    """A few connections for everything that is not the writer's, the sweeper's or the watcher's."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool: Any = None

    async def open(self) -> None:
        """Connect; raises what asyncpg raises when the database does not answer."""
        options = _options(self._settings, "reader")
        size = self._settings.readers
        self._pool = await asyncpg.create_pool(min_size=0, max_size=size, **options)
        await self._pool.fetchval("SELECT 1")

    async def close(self) -> None:
        """Let the connections go."""
        if self._pool is not None:
            self._pool.terminate()

    async def fetch(self, query: str, *arguments: object) -> list[Row]:
        """All rows."""
        async with self._pool.acquire(timeout=COMMAND_SECONDS) as connection:
            rows: list[Row] = await connection.fetch(query, *arguments)
        return rows

    async def row(self, query: str, *arguments: object) -> Row:
        """The first row or None."""
        async with self._pool.acquire(timeout=COMMAND_SECONDS) as connection:
            return await connection.fetchrow(query, *arguments)

    async def together(self, work: Callable[[Any], Any]) -> Any:
        """Run ``work(connection)`` in one transaction."""
        async with (
            self._pool.acquire(timeout=COMMAND_SECONDS) as connection,
            connection.transaction(),
        ):
            return await work(connection)


async def pause(attempt: int) -> None:
    """Wait before the next attempt to reach the database: 50 ms, doubling up to a second."""
    await asyncio.sleep(min(1.0, 0.05 * 2**attempt))
