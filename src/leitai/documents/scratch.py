"""A process's folder in the temporary folder, and what killed processes left there.

The presses lay pictures beside their templates, and some show a face or hold a name. A process
that ends takes its folder along; one that is killed cannot. So each folder holds a lock that ends
with its process however that ends, and ``sweep`` removes the folders that nobody holds.
"""

import os
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from shutil import rmtree
from typing import IO, Final

PREFIX: Final = "leitai-press-"
_HELD: Final = ".held"


class Scratch:
    """A folder that is there as long as this object, or until ``end()``."""

    def __init__(self) -> None:
        """Remove first what killed processes left."""
        sweep()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        draft = self.path / f"{_HELD}.draft"
        held = draft.open("wb")
        flock(held, LOCK_EX)
        draft.rename(self.path / _HELD)  # by this name it is never seen without its lock
        self.end = weakref.finalize(self, _end, self.path, held, os.getpid())


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder for a moment."""
    scratch = Scratch()
    try:
        yield scratch.path
    finally:
        scratch.end()


def sweep() -> None:
    """Remove the folders whose processes are gone. Never fails: it is asked for by the way."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError), (left / _HELD).open("rb") as held:
            flock(held, LOCK_EX | LOCK_NB)  # BlockingIOError: somebody works there
            rmtree(left, ignore_errors=True)


def _end(path: Path, held: IO[bytes], owner: int) -> None:
    if os.getpid() == owner:  # a forked process has the same object, not the same folder
        rmtree(path, ignore_errors=True)
    held.close()
