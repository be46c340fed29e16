"""What a one-click document is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from leitai.base.actor import Actor
from leitai.rulebook.model import Rulebook
from leitai.seasons.models import Season

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Heading:
    """What the office adds to an official print; each may be empty.

    `org` is the red heading (发文机关标志), `number` the 发文字号, `to` the 主送机关, `copies` the
    抄送机关, `note` the 附注.
    """

    org: str = ""
    number: str = ""
    to: str = ""
    copies: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for. `stage` is "" for what concerns the whole season."""

    season: Season
    law: Rulebook
    stage: str
    format: str
    actor: Actor
    at: datetime
    tell: Callable[[int, int], None] = field(default=lambda _done, _total: None)
    heading: Heading = field(default_factory=Heading)

    @property
    def short(self) -> str:
        return self.law.short_title or self.law.title

    @property
    def issuer(self) -> str:
        return self.law.host.name if self.law.host else ""


@dataclass(frozen=True, slots=True)
class Made:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Pack:
    """`of_stage` asks for a stage; `long` is made by a job whatever the season's size."""

    code: str
    title: StrOrPromise
    contains: StrOrPromise
    formats: tuple[str, ...]
    make: Callable[[Wanted], Made]
    of_stage: bool = False
    contest: bool = False  # of stages that rank
    long: bool = False
    official: bool = False  # takes a Heading
    icon: str = "paper"
