"""`leitai ledger verify`, as the operator runs it: its lines and its exit codes."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import transaction

from leitai.base.actor import Actor
from leitai.ledger import services
from leitai.ledger.models import Checkpoint, LedgerEntry
from tests import databases

AT = datetime(2022, 6, 10, 1, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def append(chain, count):
    with transaction.atomic():
        for _ in range(count):
            entry = services.append(
                chain=chain, actor=Actor("1", "甲"), act="a.b", subject="x", data={}, at=AT
            )
    return bytes(entry.digest).hex()


def verify(home, *words):
    done = subprocess.run(
        [sys.executable, "-m", "leitai.web.cli", "ledger", "verify", *words],
        env=os.environ
        | {
            "LEITAI_HOME": str(home / "home"),  # its own folder of checkpoints
            "LEITAI_DATABASE_URL": databases.url(),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout or done.stderr


def test_verify_tells_a_line_a_chain_and_sees_a_cut_tail(tmp_path):
    first, second = append("one", 3), append("two", 2)
    assert verify(tmp_path) == (0, f"OK one 3 {first}\nOK two 2 {second}\n")
    services.make_checkpoint(chain="one", at=AT)
    kept = settings.LEITAI_CHECKPOINTS / "one.jsonl"
    LedgerEntry.objects.filter(chain="one", seq=3).delete()
    cut = "BROKEN one cut 检查点载明3条，现只有2条\n"
    assert verify(tmp_path) == (1, f"{cut}OK two 2 {second}\n")
    assert verify(tmp_path, "--chain", "two") == (0, f"OK two 2 {second}\n")
    Checkpoint.objects.all().delete()
    assert verify(tmp_path, "--chain", "one")[0] == 0  # nothing in the database remembers
    assert verify(tmp_path, "--chain", "one", "--checkpoints", str(kept)) == (1, cut)
    status, line = verify(tmp_path, "--chain", "one", "--checkpoints", str(kept), "--json")
    told = json.loads(line)
    assert (status, told["chain"], told["ok"], told["fault"]) == (1, "one", False, "cut")
    assert (told["count"], told["claimed"]) == (2, 3)


def test_verify_refuses_what_it_cannot_read(tmp_path):
    append("one", 1)
    status, said = verify(tmp_path, "--chain", "none")
    assert (status, "没有名为“none”的操作留痕" in said) == (2, True)
    status, said = verify(tmp_path, "--checkpoints", str(tmp_path / "nothing.jsonl"))
    assert (status, "nothing.jsonl" in said) == (2, True)
    (tmp_path / "bad.jsonl").write_text("hello\n")
    status, said = verify(tmp_path, "--checkpoints", str(tmp_path / "bad.jsonl"))
    assert (status, "bad.jsonl第1行不是检查点" in said) == (2, True)
