"""What a press lays in the temporary folder: gone with its process, also when that is killed."""

import base64
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leitai.documents import scratch
from leitai.documents.scratch import PREFIX, Scratch

HOLDER = "贺知秋"
BATCH = """
from leitai.documents.crew import Crew
from leitai.documents.sheets import Sheets
from tests.documents.test_sheets import code_of, data, sheet

press = Sheets()
runs = [("classic", data(sheet(press, holder="贺知秋", key=str(n), **code_of(f"贺知秋{n}"))))
        for n in range(400)]
made = Crew(press, hands=2).each(runs, len(runs))
next(made)
print(press.root, flush=True)
for _ in made:
    pass
"""
HOLD = """
from leitai.documents.scratch import Scratch

held = Scratch()
(held.path / "portrait.jpeg").write_bytes(b"a face")
print(held.path, flush=True)
input()
"""


@pytest.fixture(autouse=True)
def apart(tmp_path, monkeypatch):
    """A temporary folder of the test's own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)


def started(program: str) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)},
    )
    return process, Path(process.stdout.readline().strip())


def end(process: subprocess.Popen[str], how: signal.Signals) -> None:
    process.send_signal(how)
    process.wait(30)
    process.stdin.close()
    process.stdout.close()


def hands_in(root: Path) -> list[int]:
    """Processes that work in that folder or were told of it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes()
            around = (entry / "environ").read_bytes()
        except OSError:
            continue
        if b"leitai.documents.hand" in words and str(root.parent).encode() in around:
            found.append(int(entry.name))
    return found


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_killed_batch_leaves_no_name(tmp_path, how):
    process, root = started(BATCH)
    assert root.parent == tmp_path
    assert len(hands_in(root)) == 2
    end(process, how)
    for _ in range(100):
        if not hands_in(root):
            break
        time.sleep(0.1)
    assert hands_in(root) == []  # nobody reads their answers: they end by themselves
    words = {HOLDER.encode(), base64.b64encode(HOLDER.encode())}
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left  # the designs
    assert [path for path in left if any(one in path.read_bytes() for one in words)] == []
    assert list(tmp_path.rglob("*.png")) == []
    Scratch().end()
    assert list(tmp_path.glob(f"{PREFIX}*")) == []


def test_folder_of_a_living_process_stays_and_that_of_a_killed_one_goes(tmp_path):
    living, held = started(HOLD)
    killed, left = started(HOLD)
    end(killed, signal.SIGTERM)
    assert (left / "portrait.jpeg").is_file()
    scratch.sweep()
    assert not left.exists()
    assert (held / "portrait.jpeg").is_file()
    living.communicate("\n", timeout=30)
    assert list(tmp_path.iterdir()) == []


def test_folder_without_a_lock_is_that_of_a_process_that_begins(tmp_path):
    begun = tmp_path / f"{PREFIX}new"
    begun.mkdir()
    scratch.sweep()
    assert begun.is_dir()


def test_folder_for_a_moment_is_gone_after_a_refusal(tmp_path):
    with pytest.raises(ZeroDivisionError):
        _refused_in(tmp_path)
    assert list(tmp_path.iterdir()) == []


def _refused_in(tmp_path: Path) -> None:
    with scratch.folder() as path:
        assert path.parent == tmp_path
        raise ZeroDivisionError


def test_forked_process_does_not_take_the_folder_along():
    mine = Scratch()
    child = os.fork()
    if child == 0:
        mine.end()
        os._exit(0)
    os.waitpid(child, 0)
    assert mine.path.is_dir()
    scratch.sweep()
    assert mine.path.is_dir()
    mine.end()
    assert not mine.path.exists()
