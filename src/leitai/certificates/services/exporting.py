"""Write the page that checks certificates without this house, for any static host or a disk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from leitai.base.actor import Actor
from leitai.certificates.selectors.publishing import static_files
from leitai.kernel.errors import DomainError
from leitai.units.rules import is_house


def export_check(*, actor: Actor, folder: Path, at: datetime) -> list[Path]:
    """Page, script, keys and status list below `folder`; repeating it brings the status up to date.

    Nothing in them is personal: numbers, and which of them hold no longer.
    """
    if not is_house(actor):
        raise DomainError("forbidden")
    written = []
    for name, text in static_files(at=at).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
