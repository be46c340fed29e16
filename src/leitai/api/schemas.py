"""What the interface gives. Moments are ISO 8601 with their zone, scores exact text, never floats.

Names of fields stay as they are as long as version 1 is served; new ones may join them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, TypeVar

from ninja import Schema

T = TypeVar("T")


class Refusal(Schema):
    """`code` is for programs, `message` for people, `place` the parameter that is meant, or ""."""

    code: str
    message: str
    place: str


class Paged(Schema, Generic[T]):
    """A page of a list: `page` of `pages`, `count` of all."""

    items: list[T]
    page: int
    pages: int
    count: int


class Named(Schema):
    code: str
    name: str


class Titled(Schema):
    code: str
    title: str


class SeasonOut(Schema):
    code: str
    title: str
    short_title: str
    year: int | None
    state: str
    host: Named | None
    rulebook: str  # the hash of the rules in force
    opened_at: datetime | None


class StageOut(Schema):
    code: str
    title: str
    method: str
    tracks: list[str]
    window: str  # its name in the calendar, or ""
    public: str  # what the public sees of its results: none, list or all


class SeasonDetail(SeasonOut):
    theme: str
    tracks: list[Titled]
    stages: list[StageOut]
    delegations: list[Named]


class Dates(Schema):
    opens_at: datetime
    closes_at: datetime
    reason: str  # why it was moved, or ""
    notice: str  # the supplementary notice that moved it, or ""


class OwnDates(Dates):
    delegation: Named


class WindowOut(Schema):
    """`planned` are the rulebook's words; `dates` None where none are set yet."""

    name: str
    title: str
    planned: str
    place: str
    dates: Dates | None
    own: list[OwnDates]


class CalendarOut(Schema):
    season: str
    windows: list[WindowOut]


class RulesOut(Schema):
    """`hash` is the SHA-256 of the rules' canonical form, by which results name them."""

    number: int
    hash: str
    adopted_at: datetime
    reason: str
    effective: str
    in_force: bool


class RulesText(RulesOut):
    text: str


class NoticeOut(Schema):
    """`kind`: period (公示) or plain; `phase`: running, over, posted or down."""

    number: int
    kind: str
    title: str
    phase: str
    opens_at: datetime | None
    closes_at: datetime | None


class NoticeDetail(NoticeOut):
    """Text and list are there while they are public; after the period they are gone."""

    public: bool
    by: str
    text: str
    columns: list[str]
    rows: list[list[str]]
    channel: str
    contact: str
    reckoning: str
    down_at: datetime | None
    down_reason: str


class ResultOut(Schema):
    """A published result. `digest` names its outcome, `rulebook` the rules that decided it."""

    stage: str
    title: str
    version: int
    state: str
    published_at: datetime | None
    final_at: datetime | None
    digest: str
    rulebook: str
    tracks: list[Titled]
    teams: bool


class LineOut(Schema):
    """`code` is an entry's, or a delegation's in a table of teams; `marks` what came of it."""

    rank: int
    code: str
    name: str
    delegation: Named | None
    guest: bool
    total: str
    marks: list[str]


class BoardOut(Paged[LineOut]):
    """A page of a table, and of which version of the result."""

    stage: str
    version: int
    state: str
    digest: str
    track: str
    board: str


class AdvancementOut(Schema):
    """`way`: team, individual or recommended."""

    to_stage: str
    track: str
    code: str
    name: str
    delegation: Named
    way: str


class AwardOut(Schema):
    """`entry` is "" where a delegation holds it."""

    award: str
    title: str
    stage: str
    track: str
    holder: str
    entry: str
    delegation: Named


class CertificateOut(Schema):
    """What can honestly be said as of `at`; in doubt, what the certificate says is left out."""

    serial: str
    standing: str
    words: str
    at: datetime
    holder: str
    delegation: str
    award: str
    title: str
    basis: str
    issuer: str
    key: str
    issued_at: datetime | None
    revoked_at: datetime | None
    revoked_reason: str
    superseded_by: str


class DrawOut(Schema):
    number: int
    kind: str
    state: str
    purpose: str
    at: datetime
    replaces: int | None


class UnitOut(Schema):
    code: str
    name: str
    level: str
    kind: str
    body_kind: str
    window: bool
    state: str
    parent: str  # a code, or "" for a root
    path: str


class UnitDetail(UnitOut):
    """`children` are the first hundred open ones, `more` how many further there are."""

    opened_on: date | None
    closed_on: date | None
    successor: str
    above: list[Named]
    children: list[Named]
    more: int
    below: int


class AppointmentOut(Schema):
    """`season` is "" where the role is held in every season."""

    role: str
    title: str
    unit: Named
    season: str


class MeOut(Schema):
    name: str
    appointments: list[AppointmentOut]


class DutyOut(Schema):
    """`key` is the same as long as it is the same duty; `url` a page of the house, or ""."""

    key: str
    what: str
    who: str
    due: datetime | None
    overdue: bool
    url: str


class EntryOut(Schema):
    """Somebody in a stage, without any personal number."""

    code: str
    track: str
    name: str
    unit: Named
    delegation: Named
    kind: str
    state: str
    entered_at: datetime


class UpwardOut(Schema):
    """A list for the level above. `digest` is that of its rows, which no longer change."""

    number: int
    title: str
    to: str
    goal: str
    state: str
    digest: str
    frozen_at: datetime | None
    sent_at: datetime | None
    count: int


class UpwardLineOut(Schema):
    """`kind`: selected, recommended or own; `total` as exact text, an integer or "p/q"."""

    position: int
    code: str
    stage: str
    track: str
    name: str
    unit: Named
    delegation: Named
    kind: str
    rank: int | None
    total: str
    note: str


class UpwardDetail(Paged[UpwardLineOut]):
    about: UpwardOut
