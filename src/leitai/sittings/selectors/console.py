"""The officer's console: counts that are the legend, seats, one person, what was done.

A fixed number of queries whatever the hall's size: counts are grouped by the database, and only
one page of seats is read. `Console.fingerprint` says whether anything shown has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from leitai.design.moments import clock_text
from leitai.sittings.enums import IncidentKind, SittingState
from leitai.sittings.models import Exam, Incident, JournalRow, Sitting
from leitai.sittings.selectors.looks import LIVE_LOOKS, LOOKS, Look

if TYPE_CHECKING:
    from typing import TypedDict

    from django_stubs_ext import StrOrPromise, WithAnnotations

    class _Annotated(TypedDict):
        heard: datetime | None
        look: str

    Looked = QuerySet[WithAnnotations[Sitting, _Annotated]]

PAGE = 120  # seats shown at once; more are reached by site or state
SILENCE = timedelta(seconds=30)  # an open seat not heard of for so long is offline
INCIDENTS = 10
SEAT = (
    "pk",
    "seat",
    "number",
    "entry__person__name",
    "site__code",
    "site__name",
    "look",
    "presence__answered",
    "heard",
    "deadline",
    "receipt",
)


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat as it is drawn. `answered` is what the server has; `last_seen` may be None."""

    pk: int
    seat: int
    number: str
    name: str
    site: str
    site_name: str
    look: Look
    answered: int
    last_seen: datetime | None
    deadline: datetime
    receipt: str

    @property
    def live(self) -> bool:
        return self.look.key in LIVE_LOOKS

    @property
    def key(self) -> str:
        """The id for addresses: text, which no template dresses with a thousands separator."""
        return str(self.pk)

    @property
    def padded(self) -> str:
        return f"{self.seat:02d}"

    @property
    def heard(self) -> str:
        """When the seat was last heard of, as a clock shows it."""
        return clock_text(self.last_seen, seconds=True) if self.last_seen else "—"


@dataclass(frozen=True, slots=True)
class Filter:
    """A state that occurs, how many have it, and whether only they are shown."""

    look: Look
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site's seats by state (one count per filter, in their order) and answers received."""

    code: str
    name: str
    seats: int
    counts: tuple[int, ...]
    answered: int


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, for the record beside the seats."""

    at: datetime
    shape: str
    tone: str
    word: StrOrPromise
    who: str
    detail: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The person whose seat was chosen: how far the journal is, and until when they may write."""

    seat: Seat
    delegation: str
    entered_at: datetime | None
    ended_at: datetime | None
    batches: int
    last_batch: datetime | None
    moved: int  # seconds by which the deadline differs from the exam's

    @property
    def moved_words(self) -> str:
        if self.moved == 0:
            return gettext("无")
        minutes, seconds = divmod(abs(self.moved), 60)
        sign = "−" if self.moved < 0 else "+"
        return f"{sign}{minutes}:{seconds:02d}"


@dataclass(frozen=True, slots=True)
class Console:
    """Everything that the page shows at `now`. `seats` is empty where sites are listed instead."""

    exam: Exam
    now: datetime
    site: str
    state: str
    page: int
    pages: int
    total: int
    shown: int
    at_site: int
    live: int
    answered: int
    last_deadline: datetime
    filters: tuple[Filter, ...]
    sites: tuple[SiteRow, ...]
    seats: tuple[Seat, ...]
    chosen: Chosen | None
    acts: tuple[Act, ...]
    fingerprint: str

    @property
    def opened(self) -> bool:
        return self.now >= self.exam.opens_at

    @property
    def over(self) -> bool:
        """Nobody writes any more and nobody will: there is nothing left to watch."""
        return (self.opened or self.exam.cancelled_at is not None) and not self.live

    @property
    def far(self) -> bool:
        """Whether T0 is so far away that a date says more than a countdown."""
        return self.exam.opens_at - self.now > timedelta(days=1)

    @property
    def share(self) -> int:
        """Per cent of all answers that the server could have."""
        return self.answered * 100 // max(1, self.total * self.questions)

    @property
    def questions(self) -> int:
        return int(getattr(self.exam, "questions", 0))

    @property
    def milliseconds(self) -> str:
        return str(int(self.now.timestamp() * 1000))

    @property
    def clock(self) -> str:
        return clock_text(self.now, seconds=True)

    @property
    def before(self) -> str:
        return str(self.page - 1)

    @property
    def after(self) -> str:
        return str(self.page + 1)

    @property
    def site_name(self) -> str:
        return next((row.name for row in self.sites if row.code == self.site), "")

    @property
    def by_site(self) -> bool:
        """Whether the hall is too large for one look, so that its sites are listed first."""
        return not self.site and not self.state and self.total > PAGE


def console_of(
    exam: Exam,
    *,
    now: datetime,
    site: str = "",
    state: str = "",
    page: int = 1,
    seat: int | None = None,
) -> Console:
    """The console of an exam, optionally of one site (code) or one state (a key of LOOKS).

    `seat` is the id of the sitting whose person is shown beside the seats.
    """
    seats = _looked(exam, now)
    groups = list(
        seats.order_by("site__pk")
        .values("site__code", "site__name", "look")
        .annotate(n=Count("pk"), got=Sum("presence__answered"), last=Max("deadline"))
    )
    total = sum(group["n"] for group in groups)
    counts = {key: sum(g["n"] for g in groups if g["look"] == key) for key in LOOKS}
    here = {key: sum(g["n"] for g in groups if _fits(g, site, key)) for key in LOOKS}
    shown = sum(g["n"] for g in groups if _fits(g, site, state))
    pages = max(1, -(-shown // PAGE))
    page = min(max(1, page), pages)
    listed = not site and not state and total > PAGE
    rows = () if listed else tuple(_page(seats, site, state, page))
    chosen = _chosen(seats, exam, seat) if seat else None
    acts = tuple(_acts(exam, chosen.seat.pk if chosen else None))
    return Console(
        exam=exam,
        now=now,
        site=site,
        state=state,
        page=page,
        pages=pages,
        total=total,
        shown=shown,
        at_site=sum(here.values()),
        live=sum(counts[key] for key in LIVE_LOOKS),
        answered=sum(group["got"] or 0 for group in groups),
        last_deadline=max((group["last"] for group in groups), default=exam.closes_at),
        filters=tuple(
            Filter(LOOKS[key], here[key], key == state)
            for key, count in counts.items()
            if count or key == state
        ),
        sites=tuple(_sites(groups, [key for key in LOOKS if counts[key] or key == state])),
        seats=rows,
        chosen=chosen,
        acts=acts,
        fingerprint=_fingerprint(now >= exam.opens_at, groups, rows, chosen, acts),
    )


def _chosen(seats: Looked, exam: Exam, sitting: int) -> Chosen | None:
    more = ("entry__delegation__name", "entered_at", "ended_at")
    row = seats.filter(pk=sitting).values_list(*SEAT, *more).first()
    if row is None:
        return None
    delegation, entered_at, ended_at = row[len(SEAT) :]
    seat = _seat(row[: len(SEAT)])
    journal = JournalRow.objects.filter(sitting_id=sitting).order_by("-seq")
    last = journal.values_list("seq", "at").first()
    return Chosen(
        seat=seat,
        delegation=delegation,
        entered_at=entered_at,
        ended_at=ended_at,
        batches=last[0] if last else 0,
        last_batch=last[1] if last else None,
        moved=int((seat.deadline - exam.closes_at).total_seconds()),
    )


def _looked(exam: Exam, now: datetime) -> Looked:
    """The exam's sittings with `look`: the stored state, refined by whether the line is alive."""
    if now < exam.opens_at:
        refined = [When(state=SittingState.OPEN, then=Value("ready"))]
    else:
        silent = Q(state=SittingState.OPEN, heard__lt=now - SILENCE)
        refined = [When(silent, then=Value("offline"))]
    seats = exam.sittings.all()
    if exam.cancelled_at is None:  # whose seat was given up stands nowhere any more
        seats = seats.exclude(state=SittingState.CANCELLED)
    return seats.annotate(
        heard=Coalesce("presence__last_seen", "entered_at"),
        look=Case(*refined, default=F("state"), output_field=CharField()),
    )


def _fits(group: Mapping[str, Any], site: str, state: str) -> bool:
    return site in ("", group["site__code"]) and state in ("", group["look"])


def _page(seats: Looked, site: str, state: str, page: int) -> Iterator[Seat]:
    if site:
        seats = seats.filter(site__code=site)
    if state:
        seats = seats.filter(look=state)
    rows = seats.order_by("site__pk", "seat").values_list(*SEAT)
    return (_seat(row) for row in rows[(page - 1) * PAGE : page * PAGE])


def _seat(values: tuple[Any, ...]) -> Seat:
    """From the columns of SEAT, in their order: rows are many, so no models are made of them."""
    pk, seat, number, name, site, site_name, look, answered, heard, deadline, receipt = values
    return Seat(
        pk=pk,
        seat=seat,
        number=number,
        name=name,
        site=site,
        site_name=site_name,
        look=LOOKS[look],
        answered=answered or 0,
        last_seen=heard,
        deadline=deadline,
        receipt=receipt,
    )


def _sites(groups: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> Iterator[SiteRow]:
    names = {group["site__code"]: group["site__name"] for group in groups}
    for code, name in names.items():
        own = {g["look"]: g for g in groups if g["site__code"] == code}
        yield SiteRow(
            code=code,
            name=name,
            seats=sum(g["n"] for g in own.values()),
            counts=tuple(own[key]["n"] if key in own else 0 for key in keys),
            answered=sum(g["got"] or 0 for g in own.values()),
        )


_ACTS = {
    IncidentKind.EXTENSION: ("ok", "act"),
    IncidentKind.CLOSE: ("ended", "bad"),
    IncidentKind.TAKE_OVER: ("warn", "warn"),
    IncidentKind.LATE: ("late", "warn"),
    IncidentKind.MOVE: ("half", "warn"),
    IncidentKind.CANCEL: ("out", "bad"),
}


def _acts(exam: Exam, sitting: int | None) -> Iterator[Act]:
    """The last acts of the exam; of one person: those, and what concerned everybody."""
    incidents = Incident.objects.filter(exam=exam)
    if sitting is not None:
        incidents = incidents.filter(Q(sitting=sitting) | Q(sitting=None))
    newest = incidents.select_related("sitting__entry__person").order_by("-at", "-pk")
    for incident in newest[:INCIDENTS]:
        kind = IncidentKind(incident.kind)
        shape, tone = _ACTS[kind]
        yield Act(
            at=incident.at,
            shape=shape,
            tone=tone,
            word=kind.label,
            who=incident.sitting.entry.person.name if incident.sitting else "",
            detail=incident.reason,
        )


def _fingerprint(opened: bool, *parts: object) -> str:
    """Of the raw values: the same fingerprint, the same page."""
    return sha256(repr((opened, parts)).encode()).hexdigest()[:16]
