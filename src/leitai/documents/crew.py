"""Many sheets at once, set by processes that end with the batch.

Typst keeps what it has computed for the whole process and walks all of it after each document: a
thousand sheets that were measured or set together slow every later file of the process to a
multiple, and the memory stays taken. So a batch has processes of its own, one a core. A job is a
line of JSON in a file that the process reads; the answers come back in the order of the jobs.

The jobs hold names, so that file has no place in any folder: it is memory, and goes with the last
process that holds it, however that ends.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

from leitai.documents.sheets import Fit, Sheets
from leitai.kernel.errors import DomainError

FEW: Final = 12  # sheets that are set here: to start a process takes as long as twenty of them
_MOST: Final = 4  # processes; each holds the fonts
_SOURCE: Final = Path(__file__).resolve().parents[2]
_HEAD: Final = 9  # bytes before an answer: how it went, how long it is

Job = dict[str, Any]
Run = tuple[str, Mapping[str, object]]
Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Hand:
    """A process, and the file of its jobs."""

    process: Process
    orders: IO[bytes]


class Crew:
    """Does what a press does, for many sheets; the pictures lie where the press laid them."""

    def __init__(self, press: Sheets, *, hands: int | None = None) -> None:
        """``hands`` processes at most; without it as many as there are cores."""
        self._press = press
        self._hands = hands or min(_MOST, len(os.sched_getaffinity(0)))

    def measure(self, design: str, data: Mapping[str, object]) -> tuple[Fit, ...]:
        """As ``Sheets.measure``."""
        sheets = cast("list[object]", data["sheets"])
        if len(sheets) <= FEW:
            return self._press.measure(design, data)
        portion = -(-len(sheets) // self._hands)
        jobs = [
            _job("measure", (design, {**data, "sheets": sheets[at : at + portion]}))
            for at in range(0, len(sheets), portion)
        ]
        answers = self._done(jobs, len(jobs))
        found = [Fit(**one) for answer in answers for one in json.loads(answer)]
        return tuple(dict.fromkeys(found))

    def each(self, runs: Iterable[Run], count: int) -> Iterator[bytes]:
        """As ``Sheets.compile`` for each of the ``count`` runs, in their order.

        They are composed while the processes start.
        """
        if count <= FEW:
            for design, data in runs:
                yield self._press.compile(design, data)
        else:
            yield from self._done((_job("each", run) for run in runs), count)

    def many(self, runs: Iterable[Run], count: int) -> bytes:
        """As ``Sheets.compile_many``, of ``count`` sheets."""
        if count <= FEW:
            return self._press.compile_many(list(runs))
        [made] = self._done((_job("many", *made) for made in [runs]), 1)
        return made

    def _done(self, jobs: Iterable[Job], count: int) -> Iterator[bytes]:
        """Each process takes every n-th job; they go ahead as far as a pipe holds."""
        with ExitStack() as stack:
            number = min(self._hands, count)
            hired = [stack.enter_context(_hired(self._press.root)) for _ in range(number)]
            known = list(jobs)
            for at, hand in enumerate(hired):
                self._tell(hand, known[at :: len(hired)])
            for at, job in enumerate(known):
                yield _answer(hired[at % len(hired)].process, job)

    def _tell(self, hand: Hand, jobs: Sequence[Job]) -> None:
        for job in jobs:
            hand.orders.write(json.dumps(job, ensure_ascii=False).encode() + b"\n")
        hand.orders.flush()
        hand.orders.seek(0)  # the process reads on where this one stands
        fonts = str(self._press.further or "")
        told = {"root": str(self._press.root), "fonts": fonts, "orders": hand.orders.fileno()}
        with suppress(BrokenPipeError):  # it died: no answer comes, and that is told
            cast("IO[bytes]", hand.process.stdin).write(json.dumps(told).encode())
            cast("IO[bytes]", hand.process.stdin).close()


@contextmanager
def _hired(root: Path) -> Iterator[Hand]:
    with (
        os.fdopen(os.memfd_create("leitai-jobs"), "w+b") as orders,
        subprocess.Popen(
            [sys.executable, "-m", "leitai.documents.hand"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=(orders.fileno(),),
            env={**os.environ, "PYTHONPATH": str(_SOURCE)},
        ) as process,
    ):
        try:
            yield Hand(process, orders)
        finally:
            process.kill()  # it has ended, or nobody waits for the rest
            (root / f"codes-{process.pid}").unlink(missing_ok=True)


def answer(how: bytes, data: bytes) -> bytes:
    """What a hand says of one job: ``+`` with what was made, ``-`` with a refusal."""
    return how + len(data).to_bytes(_HEAD - 1, "big") + data


def _answer(process: Process, job: Job) -> bytes:
    way = cast("IO[bytes]", process.stdout)
    head = way.read(_HEAD)
    size = int.from_bytes(head[1:], "big")
    data = way.read(size)
    if len(head) < _HEAD or len(data) < size:
        raise DomainError("document_failed", template=job["runs"][0][0], detail="process ended")
    if head[:1] == b"-":
        refusal = json.loads(data)
        raise DomainError(refusal["code"], **refusal["data"])
    return data


def _job(what: str, *runs: Run) -> Job:
    return {"do": what, "runs": runs}
