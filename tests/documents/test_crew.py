"""Batches in processes of their own: the same papers as the press makes, and nothing left here."""

from pathlib import Path
from shutil import rmtree

import pytest

from leitai.documents.crew import FEW, Crew
from leitai.documents.sheets import Sheets
from leitai.kernel.errors import DomainError
from tests.documents.test_sheets import data, sheet

MANY = FEW + 3


class Shut(Sheets):
    """A press that sets nothing itself, so that what comes was set elsewhere."""

    def compile(self, *_: object, **__: object) -> bytes:
        raise AssertionError("set in this process")

    def compile_many(self, *_: object, **__: object) -> bytes:
        raise AssertionError("set in this process")

    def measure(self, *_: object, **__: object) -> tuple[()]:
        raise AssertionError("measured in this process")


@pytest.fixture(scope="module")
def press() -> Sheets:
    return Sheets()


@pytest.fixture(scope="module")
def shut() -> Sheets:
    return Shut()


def runs_of(press: Sheets, count: int = MANY) -> list[tuple[str, dict[str, object]]]:
    names = (f"贺知秋{number}" for number in range(count))
    return [("classic", data(sheet(press, holder=name, key=name))) for name in names]


def test_files_of_a_batch_are_those_of_the_press_in_their_order(press, shut):
    made = list(Crew(shut, hands=2).each(runs_of(shut), MANY))
    assert made == [press.compile(*run) for run in runs_of(press)]
    assert len(set(made)) == MANY


def test_one_file_of_a_batch_is_that_of_the_press(press, shut):
    sheets = [run[1]["sheets"][0] for run in runs_of(shut)]
    runs = [("classic", data(*sheets)), ("plaque", data(sheet(shut, holder="绵阳市代表队")))]
    expected = press.compile_many(
        [
            ("classic", data(*[run[1]["sheets"][0] for run in runs_of(press)])),
            ("plaque", data(sheet(press, holder="绵阳市代表队"))),
        ]
    )
    assert Crew(shut).many(runs, MANY + 1) == expected


def test_portions_of_a_measured_batch_are_told_in_the_order_of_the_sheets(shut):
    sheets = [sheet(shut, key=f"{number:02}") for number in range(MANY)]
    for number in (1, 9, MANY - 1):
        sheets[number]["holder"] = "古丽" * 60
    for hands in (1, 2, 4):
        found = Crew(shut, hands=hands).measure("classic", data(*sheets))
        assert [(one.key, one.part, one.share) for one in found] == [
            ("01", "holder", 0),
            ("09", "holder", 0),
            (f"{MANY - 1:02}", "holder", 0),
        ]


def test_a_few_sheets_start_no_process(press, shut):
    few = runs_of(press, FEW)
    assert len(list(Crew(press).each(few, FEW))) == FEW
    with pytest.raises(AssertionError, match="set in this process"):
        list(Crew(shut).each(runs_of(shut, FEW), FEW))


def test_refusal_of_one_sheet_ends_the_batch_with_its_reason(shut):
    runs = runs_of(shut)
    del runs[7][1]["sheets"][0]["award"]
    made = Crew(shut, hands=2).each(runs, MANY)
    assert len([next(made) for _ in range(7)]) == 7
    with pytest.raises(DomainError) as refused:
        next(made)
    assert (refused.value.code, refused.value.data["template"]) == ("document_failed", "classic")
    assert "award" in str(refused.value.data["detail"])


def test_process_that_dies_is_a_refusal(shut):
    gone = Shut()
    runs = runs_of(gone)
    rmtree(gone.root / "certificates")
    with pytest.raises(DomainError, match="document_failed"):
        list(Crew(gone, hands=2).each(runs, MANY))
    rmtree(gone.root)
    with pytest.raises(DomainError, match="process ended"):
        list(Crew(gone, hands=2).each(runs, MANY))


def test_further_fonts_reach_the_processes(tmp_path, press):
    import pylopdf_fonts_zh_cn as packaged

    font = packaged.serif_path()
    (tmp_path / font.name).write_bytes(font.read_bytes())
    other = Shut(fonts=tmp_path)
    assert next(iter(Crew(other).each(runs_of(other), MANY))) == press.compile(*runs_of(press)[0])


def test_batch_that_is_left_ends_its_processes(shut):
    made = Crew(shut, hands=2).each(runs_of(shut), MANY)
    next(made)
    before = _children()
    made.close()
    assert len(before) == 2
    assert _children() == set()


def _children() -> set[str]:
    return set(Path("/proc/self/task").joinpath(_thread(), "children").read_text().split())


def _thread() -> str:
    import threading

    return str(threading.get_native_id())
