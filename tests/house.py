"""The tests' house, made before Django reads its settings: a PostgreSQL and keys of their own.

Loaded as a plugin (`-p tests.house` in pyproject.toml), because pytest-django sets Django up before
any conftest is read.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from leitai import keyring
from leitai.base import postgres

REPO = Path(__file__).resolve().parents[1]
HOME = REPO / "var" / "test"

if sys.dont_write_bytecode:  # compiled once, not by each process; not where the dump looks
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(REPO / "var" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False

os.environ["LEITAI_HOME"] = str(HOME)
os.environ["LEITAI_SECOND_STEP"] = "offered"  # as in the demonstration; its own tests demand it
os.environ["LEITAI_KEYS"] = tempfile.mkdtemp(prefix="leitai-keys-")

# Speed over power cuts: the tests that kill the server start one of their own with fsync on.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
CLUSTER = postgres.ensure(HOME / "postgres", {**SETTINGS, "max_connections": "200"})
os.environ["LEITAI_DATABASE_URL"] = CLUSTER.url()
keyring.init(Path(os.environ["LEITAI_KEYS"]), entropy=os.urandom)
