"""Open the house: keys, database, Django, in that order, each made when it is new."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from leitai import keyring
from leitai.base import paths, postgres
from leitai.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class House:
    """`cluster` is None where an outside PostgreSQL was named."""

    home: Path
    keys: Path
    database_url: str
    cluster: postgres.Cluster | None


def prepare(*, database: str = postgres.DATABASE) -> House:
    """Make what is missing and set the environment that every process of ours reads."""
    home, keys = paths.home(), paths.keys()
    home.mkdir(parents=True, exist_ok=True)
    paths.files().mkdir(exist_ok=True)
    if (home / "postgres").exists() and not any(keys.glob("*.key")):
        raise DomainError("keys_gone", folder=str(keys))  # new ones would open nothing of the old
    keyring.init(keys, entropy=os.urandom)
    os.environ["LEITAI_HOME"], os.environ["LEITAI_KEYS"] = str(home), str(keys)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitai.web.settings")
    url, cluster = os.environ.get("LEITAI_DATABASE_URL", ""), None
    if not url:
        cluster = postgres.ensure(home / "postgres")
        url = os.environ["LEITAI_DATABASE_URL"] = cluster.url(database)
    return House(home, keys, url, cluster)


def open_house(*, database: str = postgres.DATABASE) -> House:
    """As `prepare`, and Django ready to be used."""
    house = prepare(database=database)
    import django  # after the environment is set
    from django.utils import translation

    django.setup()
    translation.activate("en" if language() == "en" else "zh-hans")
    return house


def language() -> Literal["zh", "en"]:
    """The command line speaks Chinese unless LEITAI_LANG asks for English."""
    return "en" if os.environ.get("LEITAI_LANG", "").startswith("en") else "zh"


def migrate() -> None:
    from django.core.management import call_command  # after django.setup()

    call_command("migrate", verbosity=0, interactive=False)


def say(text: str) -> None:
    """Progress goes to stderr: stdout is for results."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
