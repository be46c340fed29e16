"""The command line as a clerk of the machine uses it: processes, files, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from leitai.results import services as results
from tests import databases
from tests.factories.results import AT, OFFICE, at_final, held
from tests.house import CLUSTER

TREE = "code,parent,name,level\n77,,甲省,province\n7701,77,乙市,prefecture\n"


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "leitai.web.cli", *words],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def database():
    """An empty database of its own, by URL."""
    name = f"test_cli_{os.getpid()}"
    CLUSTER.drop(name)
    CLUSTER.create(name)
    yield CLUSTER.url(name)
    CLUSTER.drop(name)


@pytest.fixture
def migrated():
    """The same with its tables, where a command would spend its time on making them."""
    name = f"test_cli_{os.getpid()}"
    yield databases.copy_migrated(name)
    databases.drop(name)


def _counts(url: str) -> dict[str, int]:
    tables = ("seasons_entry", "seasons_score", "results_standing", "ledger_ledgerentry")
    with psycopg.connect(url) as reader:
        return {
            table: reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in tables
        }


def test_units_import_twice_changes_nothing_and_names_bad_rows(tmp_path: Path, migrated: str):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(TREE, encoding="utf-8")
    bad.write_text(TREE + "7702,78,丙市,prefecture\n", encoding="utf-8")
    where = {"LEITAI_HOME": str(tmp_path / "home"), "LEITAI_DATABASE_URL": migrated}
    assert run("units", "import", str(good), **where).stdout == "新增2，变更0，未变0。\n"
    assert run("units", "import", str(good), **where).stdout == "新增0，变更0，未变2。\n"
    refused = run("units", "import", str(bad), **where)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "第4行" in refused.stderr
    assert "78" in refused.stderr


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_restored_and_its_bundle_verifies(tmp_path: Path, database: str):
    season = at_final(publish=True)
    held(season, "final", publish=True)
    bundle = results.write_bundle(actor=OFFICE, season=season, at=AT)
    relative = bundle.relative_to(settings.LEITAI_FILES)
    first = {"LEITAI_HOME": str(tmp_path), "LEITAI_DATABASE_URL": databases.url()}
    copy = str(tmp_path / "copy")
    made = run("backup", copy, **first)
    assert made.returncode == 0, made.stderr
    assert sorted(file.name for file in Path(copy).iterdir()) == [
        "database.dump",
        "files.tar",
        "manifest.json",
    ]
    assert run("backup", copy, **first).returncode == 2

    second = {"LEITAI_HOME": str(tmp_path / "again"), "LEITAI_DATABASE_URL": database}
    restored = run("restore", copy, **second)
    assert restored.returncode == 0, restored.stderr
    assert _counts(database) == _counts(databases.url())
    again = tmp_path / "again" / "files" / relative
    assert again.read_bytes() == bundle.read_bytes()
    verdict = run("verify", str(again))
    assert (verdict.returncode, verdict.stdout.split()[0]) == (0, "VERIFIED")
    fingerprint = verdict.stdout.split()[1]
    assert run("verify", str(again), "--key", fingerprint).returncode == 0
    assert run("verify", str(again), "--key", "lt1:" + "0" * 32).returncode == 1
    assert run("restore", copy, **second).returncode == 2


def test_a_spoilt_backup_is_refused(tmp_path: Path, database: str):
    folder = tmp_path / "copy"
    folder.mkdir()
    where = {"LEITAI_HOME": str(tmp_path / "home"), "LEITAI_DATABASE_URL": database}
    assert run("restore", str(folder), **where).returncode == 2
    (tmp_path / "home" / "files").mkdir(parents=True, exist_ok=True)
    assert run("backup", str(folder), **where).returncode == 0
    dump = folder / "database.dump"
    whole = dump.read_bytes()
    dump.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    refused = run("restore", str(folder), **where)
    assert refused.returncode == 2
    assert "database.dump" in refused.stderr


def test_a_missing_file_is_a_sentence_in_the_asked_language(tmp_path: Path):
    gone = str(tmp_path / "gone")
    chinese, english = (run("verify", gone, LEITAI_LANG=lang) for lang in ("", "en"))
    assert (chinese.returncode, chinese.stderr) == (2, f"没有找到文件{gone}。请核对路径。\n")
    assert (english.returncode, english.stderr) == (
        2,
        f"There is no file {gone}. Check the path.\n",
    )
    refused = run("restore", gone)
    assert (refused.returncode, refused.stderr) == (
        2,
        f"文件夹{gone}里没有完整的备份。请检查manifest.json是否在其中。\n",
    )
