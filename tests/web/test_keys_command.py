"""`leitai keys` on a house of its own: what an operator sees, and never a secret."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from leitai.keyring import PURPOSES, Keyring
from tests import databases

ITEMS = "题型,题干,选项A,选项B,答案\n单选,一加一等于几？,一,二,B\n"


@pytest.fixture
def house(tmp_path):
    """A database of nothing but tables and an empty folder; `run` gives the finished command."""
    name = f"test_keys_{os.getpid()}"
    url = databases.copy_migrated(name)
    yield {
        "LEITAI_HOME": str(tmp_path / "home"),
        "LEITAI_KEYS": str(tmp_path / "home" / "keys"),
        "LEITAI_DATABASE_URL": url,
    }
    databases.drop(name)


def run(house, *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "leitai.web.cli", *words],
        env=os.environ | house,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    secrets = [key.secret.hex() for key in Keyring.load(house["LEITAI_KEYS"])]
    assert [it for it in secrets if it in done.stdout + done.stderr] == []
    return done


def status(house) -> dict:
    done = run(house, "keys", "status", "--json")
    said = json.loads(done.stdout)
    assert done.returncode == (1 if said["warnings"] else 0), done.stderr
    return said


def keys_of(said: dict, purpose: str) -> list[tuple[str, bool, dict]]:
    return [
        (it["id"][:2], it["current"], it["uses"]) for it in said["keys"] if it["purpose"] == purpose
    ]


def test_keys_are_made_changed_looked_at_and_cleared(house, tmp_path: Path):
    file = tmp_path / "items.csv"
    file.write_text(ITEMS, encoding="utf-8")
    began = datetime.now(UTC).replace(microsecond=0)
    assert run(house, "keys", "init").stdout.strip() == house["LEITAI_KEYS"]
    assert run(house, "bank", "import", str(file)).returncode == 0
    assert run(house, "keys", "rotate", "field").stdout.startswith("02-")
    assert run(house, "keys", "rotate", "index").stdout.startswith("02-")
    again = run(house, "bank", "import", str(file))  # opened, and found again by the new digest
    assert again.stdout.startswith("新增0题，未变1题")

    said = status(house)
    assert (said["mode"], said["warnings"]) == ("0700", [])
    assert list(dict.fromkeys(it["purpose"] for it in said["keys"])) == list(PURPOSES)
    assert keys_of(said, "field") == [
        ("01", False, {}),
        ("02", True, {"bank.ItemVersion.sealed": 1}),
    ]
    assert keys_of(said, "paper") == [("01", True, {})]
    made = [datetime.fromisoformat(it["created_at"]) for it in said["keys"]]
    assert min(made) >= began

    assert run(house, "keys", "prune", "field").stdout.startswith("01-")
    refused = run(house, "keys", "prune", "ticket")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "仍用于核验" in refused.stderr
    assert [key.id[:2] for key in Keyring.load(house["LEITAI_KEYS"]).all("field")] == ["02"]
    with psycopg.connect(house["LEITAI_DATABASE_URL"]) as reader:
        acts = reader.execute(
            "SELECT act, split_part(subject, '-', 1) FROM ledger_ledgerentry"
            " WHERE act LIKE 'keys.%' ORDER BY id"
        ).fetchall()
    assert acts == [
        ("keys.rotated", "key:field:02"),
        ("keys.rotated", "key:index:02"),
        ("keys.pruned", "key:field:01"),
    ]


def test_status_warns_of_what_is_amiss_and_practice_banks_stay_plain(house, tmp_path: Path):
    file = tmp_path / "items.csv"
    file.write_text(ITEMS, encoding="utf-8")
    assert run(house, "bank", "import", str(file)).returncode == 0
    assert run(house, "bank", "import", str(file), "--bank", "lx", "--practice").returncode == 0
    with psycopg.connect(house["LEITAI_DATABASE_URL"]) as reader:
        kinds = "SELECT b.live, v.stem FROM bank_itemversion v JOIN bank_item i ON i.id = item_id"
        rows = reader.execute(f"{kinds} JOIN bank_bank b ON b.id = bank_id ORDER BY v.id")
        assert rows.fetchall() == [(True, ""), (False, "一加一等于几？")]
    folder = Path(house["LEITAI_KEYS"])
    kept = next(folder.glob("field-*"))
    Keyring.load(folder)
    kept.rename(tmp_path / kept.name)
    done = run(house, "keys", "init")  # a new field key, as somebody in a hurry would make
    assert done.returncode == 0
    ticket = next(folder.glob("ticket-*"))
    record = json.loads(ticket.read_text()) | {"created_at": "2020-01-01T00:00:00+00:00"}
    ticket.write_text(json.dumps(record))
    ticket.chmod(0o644)
    done = run(house, "keys", "status")
    assert done.returncode == 1
    lost = kept.name.removeprefix("field-").removesuffix(".key")
    assert f"缺少密钥{lost}（用途field），它之下的1个值无法读取" in done.stdout
    assert "用途ticket的密钥已用满一年" in done.stdout
    assert f"文件{ticket.name}的权限0644过宽" in done.stdout
    folder.chmod(0o755)
    refused = subprocess.run(
        [sys.executable, "-m", "leitai.web.cli", "keys", "status"],
        env=os.environ | house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "0755过宽" in refused.stderr
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_the_web_secret_of_before_still_opens_sessions(tmp_path: Path):
    """Old web keys are Django's fallbacks: whoever is signed in stays so after a rotation."""
    keys = tmp_path / "keys"
    from leitai import keyring

    keyring.init(keys, entropy=os.urandom)
    first = Keyring.load(keys).current("web")
    second = keyring.rotate(keys, "web", entropy=os.urandom)
    shown = subprocess.run(
        [
            sys.executable,
            "-c",
            "from leitai.web import settings as s; print(s.SECRET_KEY, *s.SECRET_KEY_FALLBACKS)",
        ],
        env=os.environ | {"LEITAI_KEYS": str(keys)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.split() == [second.secret.hex(), first.secret.hex()]


def test_a_house_with_a_database_and_no_keys_makes_none(house, tmp_path: Path):
    (tmp_path / "home" / "postgres").mkdir(parents=True)
    words = [sys.executable, "-m", "leitai.web.cli", "keys", "status"]
    done = subprocess.run(
        words, env=os.environ | house, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 2
    assert "已有数据库，却没有密钥" in done.stderr
    assert not list((tmp_path / "home" / "keys").glob("*.key"))
