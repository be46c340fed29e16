"""One process of a crew: it is told of its press and its jobs, and answers each."""

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

from leitai.documents.crew import Job, answer
from leitai.documents.sheets import Sheets
from leitai.kernel.errors import DomainError


def work(told: IO[bytes], out: IO[bytes]) -> None:
    """``told`` names the press, and the open file of which each line is a job."""
    words = told.read()
    if not words:
        return  # nobody is there
    given = json.loads(words)
    fonts = Path(given["fonts"]) if given["fonts"] else None
    press = Sheets(fonts=fonts, root=Path(given["root"]))
    with os.fdopen(given["orders"], "rb") as jobs:
        for line in jobs:
            out.write(_answered(press, json.loads(line)))
            out.flush()


def _answered(press: Sheets, job: Job) -> bytes:
    try:
        return answer(b"+", _made(press, job))
    except DomainError as error:
        refusal = {"code": error.code, "data": error.data}
        return answer(b"-", json.dumps(refusal, ensure_ascii=False).encode())


def _made(press: Sheets, job: Job) -> bytes:
    if job["do"] == "many":
        return press.compile_many(job["runs"])
    [(design, data)] = job["runs"]
    if job["do"] == "each":
        return press.compile(design, data)
    found = [asdict(one) for one in press.measure(design, data)]
    return json.dumps(found, ensure_ascii=False).encode()


if __name__ == "__main__":
    with suppress(BrokenPipeError):  # the process that hired it was killed
        work(sys.stdin.buffer, sys.stdout.buffer)
