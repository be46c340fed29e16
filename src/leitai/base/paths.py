"""Where this installation keeps its things: one folder, `LEITAI_HOME`, and the keys apart."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The installation's folder: database, files, logs. Default: `var` in the current folder."""
    return Path(os.environ.get("LEITAI_HOME", "var")).resolve()


def keys() -> Path:
    """The keys' folder: never inside a backup, by default beside the installation's folder."""
    return Path(os.environ.get("LEITAI_KEYS", str(home() / "keys"))).resolve()


def files() -> Path:
    """Documents made and handed in: bundles, certificates."""
    return home() / "files"


def checkpoints() -> Path:
    """Signed heads of the ledger's chains, kept apart from the database that they vouch for."""
    return home() / "checkpoints"
