"""The lane's keys: the ring of the directory, read again when a key turns up that it does not know.

So keys are changed without a restart. Strangers can name keys that never were: the directory is
looked at once for each, and read only when it has changed, or every few seconds at most.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from typing_extensions import override

from leitai.kernel.errors import DomainError
from leitai.keyring import Key, Keyring, Purpose
from leitai.lane import log

PATIENCE: Final = 2.0  # seconds between two readings of an unchanged directory
LOOK: Final = 3.0  # seconds between two looks for a newer current key


class LaneRing(Keyring):
    """A ring that follows its directory; one that cannot be read leaves the keys as they are."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self.reads = self._mtime = 0
        self._read_at = self._looked = clock()
        self._read()

    @override
    def current(self, purpose: Purpose) -> Key:
        if self._clock() - self._looked >= LOOK:
            self._looked = self._clock()
            if self._changed():
                self._refresh()
        return super().current(purpose)

    @override
    def get(self, purpose: Purpose, key_id: str) -> Key:
        try:
            return super().get(purpose, key_id)
        except DomainError:
            if not self._changed() and self._clock() - self._read_at < PATIENCE:
                raise
        self._refresh()
        return super().get(purpose, key_id)

    def _changed(self) -> bool:
        try:
            return self._path.stat().st_mtime_ns != self._mtime
        except OSError:
            return False

    def _refresh(self) -> None:
        try:
            self._read()
        except (DomainError, OSError) as error:
            self._read_at = self._clock()
            log.warn("keys_unreadable", error=error)

    def _read(self) -> None:
        mtime = self._path.stat().st_mtime_ns if self._path.is_dir() else 0
        super().__init__(Keyring.load(self._path))
        self._mtime = mtime  # of before the reading: a key that came meanwhile is seen next time
        self._read_at = self._looked = self._clock()
        self.reads += 1
