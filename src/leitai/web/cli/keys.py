"""`leitai keys`: make, change and look at the keys of this installation. No secret is shown."""

from __future__ import annotations

import argparse
import json
import os
import stat
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, cast

from django.utils.translation import gettext as _

from leitai import keyring
from leitai.keyring import PURPOSES, Key, Keyring, Purpose
from leitai.web.cli import house
from leitai.web.cli.house import say

OLD: Final = timedelta(days=365)
SAMPLE: Final = 200  # rows of a column whose digests are checked for the status


def init(_arguments: argparse.Namespace) -> int:
    prepared = house.prepare()
    sys.stdout.write(f"{prepared.keys}\n")
    return 0


def rotate(arguments: argparse.Namespace) -> int:
    """Make a new key, and bring what is stored under the old ones over to it.

    Interrupted, it is run again with --resume, which makes no further key.
    """
    opened = _open()
    purpose = cast("Purpose", arguments.purpose)
    if purpose == "index":
        key, changed = _rotate_index(opened.keys, resume=arguments.resume)
    else:
        key, changed = _rotate(opened.keys, purpose, resume=arguments.resume)
    _record("keys.rotated", purpose, key, {"values": changed, "resumed": arguments.resume})
    sys.stdout.write(f"{key.id}\n")
    say(_("用途%(purpose)s的当前密钥是%(id)s，已换到新密钥的值：%(count)s个。")
        % {"purpose": purpose, "id": key.id, "count": changed})  # fmt: skip
    if purpose == "web":
        say(_("请重启网页进程；已登录的人不受影响。"))
    return 0


def prune(arguments: argparse.Namespace) -> int:
    """Take away old keys under which nothing stands any more."""
    _open()
    from leitai.base import rotation  # after django.setup()

    removed = rotation.prune(cast("Purpose", arguments.purpose))
    for key in removed:
        _record("keys.pruned", arguments.purpose, key, {})
        sys.stdout.write(f"{key.id}\n")
    if not removed:
        say(_("没有可以删除的旧密钥。"))
    return 0


def status(arguments: argparse.Namespace) -> int:
    """What keys there are, how old, and what still stands under each; 1 when something is amiss."""
    opened = _open()
    found = _look(opened.keys)
    if arguments.json:
        sys.stdout.write(json.dumps(found.as_json(), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(found.lines()) + "\n")
    return 1 if found.warnings else 0


@dataclass(frozen=True, slots=True)
class _Line:
    """One key; `uses` says how many values of which column stand under it."""

    purpose: str
    id: str
    created_at: datetime | None
    current: bool
    uses: dict[str, int]

    def words(self) -> str:
        day = self.created_at.astimezone().date().isoformat() if self.created_at else "—"
        mark = _("当前") if self.current else _("旧")
        uses = "  ".join(f"{column} {count}" for column, count in self.uses.items())
        return f"{self.purpose:<8} {self.id}  {day}  {mark}  {uses}".rstrip()


@dataclass(slots=True)
class _Status:
    folder: Path
    mode: str
    keys: list[_Line] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        head = _("密钥文件夹：%(folder)s（%(mode)s）") % {"folder": self.folder, "mode": self.mode}
        warned = [_("请注意：%(what)s") % {"what": what} for what in self.warnings]
        return [head, *(line.words() for line in self.keys), *warned]

    def as_json(self) -> dict[str, object]:
        keys = [
            {
                "purpose": line.purpose,
                "id": line.id,
                "created_at": line.created_at.isoformat() if line.created_at else None,
                "current": line.current,
                "uses": line.uses,
            }
            for line in self.keys
        ]
        return {
            "folder": str(self.folder),
            "mode": self.mode,
            "keys": keys,
            "warnings": self.warnings,
        }


def _look(folder: Path) -> _Status:
    from leitai.base import rotation  # after django.setup()

    ring = Keyring.load(folder)
    found = _Status(folder, f"{stat.S_IMODE(folder.stat().st_mode):04o}")
    for purpose in PURPOSES:
        uses: defaultdict[str, dict[str, int]] = defaultdict(dict)
        if purpose in rotation.SEALING:
            for use in rotation.count_uses(purpose):
                uses[use.key_id][use.column] = use.values
        known = ring.all(purpose)
        for key in known:
            current = key == known[-1]
            found.keys.append(_Line(purpose, key.id, key.created_at, current, uses[key.id]))
            if uses[key.id] and not current:
                found.warnings.append(
                    _("还有值在旧密钥%(id)s之下。请运行leitai keys rotate %(purpose)s --resume。")
                    % {"id": key.id, "purpose": purpose}
                )
        found.warnings += _aged(purpose, known) + _lost(purpose, uses, known)
    if rotation.count_stale_digests(sample=SAMPLE):
        found.warnings.append(
            _("有摘要不是用当前密钥算的。请运行leitai keys rotate index --resume。")
        )
    return _add_files(found)


def _aged(purpose: Purpose, known: tuple[Key, ...]) -> list[str]:
    made = known[-1].created_at if known else None
    if not known:
        return [_("没有用途为%(purpose)s的密钥。请运行leitai keys init。") % {"purpose": purpose}]
    if made is not None and datetime.now(UTC) - made > OLD:
        return [_("用途%(purpose)s的密钥已用满一年，建议更换。") % {"purpose": purpose}]
    return []


def _lost(purpose: Purpose, uses: dict[str, dict[str, int]], known: tuple[Key, ...]) -> list[str]:
    """Values whose key is not here: they cannot be read until its file is put back."""
    missing = sorted(key_id for key_id in uses if key_id not in {key.id for key in known})
    return [
        _(
            "缺少密钥%(id)s（用途%(purpose)s），它之下的%(count)s个值无法读取。请从备份取回密钥文件。"
        )
        % {"id": key_id, "purpose": purpose, "count": sum(uses[key_id].values())}
        for key_id in missing
        if uses[key_id]
    ]


def _add_files(found: _Status) -> _Status:
    """A key's file that others may read is as good as lost."""
    for file in sorted(found.folder.iterdir()):
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            words = _("文件%(name)s的权限%(mode)s过宽。请运行chmod 600。")
            found.warnings.append(words % {"name": file.name, "mode": f"{mode:04o}"})
        if file.name.startswith("."):
            words = _("文件%(name)s是没有写完的密钥，可以删除。")
            found.warnings.append(words % {"name": file.name})
    return found


def _rotate(folder: Path, purpose: Purpose, *, resume: bool) -> tuple[Key, int]:
    from leitai.base import rotation, sealing  # after django.setup()

    if not resume:
        keyring.rotate(folder, purpose, entropy=os.urandom, at=datetime.now(UTC))
    changed = 0
    if purpose in rotation.SEALING:
        changed = rotation.reseal(purpose, say=lambda column, done: say(f"{column} {done}"))
    return sealing.keyring().current(purpose), changed


def _rotate_index(folder: Path, *, resume: bool) -> tuple[Key, int]:
    """In one transaction; then once more for what somebody wrote while it waited for the lock."""
    from leitai.base import rotation, sealing  # after django.setup()

    drafted = None
    if not resume:
        drafted = keyring.draft(folder, "index", entropy=os.urandom, at=datetime.now(UTC))
    changed = rotation.redigest(drafted)
    changed += rotation.redigest()
    return sealing.keyring().current("index"), changed


def _record(act: str, purpose: str, key: Key, data: dict[str, object]) -> None:
    from django.db import transaction  # after django.setup()

    from leitai.base.actor import system
    from leitai.ledger import services as ledger
    from leitai.people.services.chain import CHAIN

    with transaction.atomic():
        ledger.append(
            chain=CHAIN,
            actor=system("command-line"),
            act=act,
            subject=f"key:{purpose}:{key.id}",
            data={"purpose": purpose, "key": key.id, **data},
            at=datetime.now(UTC),
        )


def _open() -> house.House:
    opened = house.open_house()
    house.migrate()
    return opened
