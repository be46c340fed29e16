"""Before T0: an exam, its sites and seats, and each contestant's admission code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from leitai.bank.models import Paper
from leitai.base import events, sealing
from leitai.base.actor import Actor
from leitai.kernel import ids
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import SUITE, suite
from leitai.keyring import Key
from leitai.ledger import services as ledger
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import EntryState
from leitai.seasons.models import Entry, Stage
from leitai.sittings.enums import SittingState
from leitai.sittings.events import ExamSeated
from leitai.sittings.models import Exam, Site, Sitting
from leitai.sittings.rules import can_run_exams
from leitai.units.rules import is_house

CODE_LIMIT = 64
SITE_LIMIT = 80
SITE_SEATS = 30_000  # as many as a seat's number can tell apart
LIVE = (SittingState.WAITING, SittingState.OPEN)


@dataclass(frozen=True, slots=True)
class Admission:
    """What stands on the admission ticket. `code` is shown to the contestant alone."""

    sitting: int
    entry: str
    number: str
    code: str


@transaction.atomic
def create_exam(
    *,
    actor: Actor,
    stage: Stage,
    event: str,
    paper: Paper,
    opens_at: datetime,
    closes_at: datetime,
    at: datetime,
) -> Exam:
    """Set an exam of the stage's event; its times were checked against the calendar before."""
    season = stage.season
    if not can_run_exams(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    if closes_at <= opens_at:
        raise DomainError("exam_times")
    rulebook = seasons.rulebook_of(season)
    if event not in rulebook.stages[stage.code].events:
        raise DomainError("exam_event_unknown", stage=stage.title, event=event)
    Stage.objects.select_for_update().get(pk=stage.pk)  # two at once would take one number
    exam = Exam.objects.create(
        code=short_code(f"{season.code}-{stage.code}-{event}-{stage.exams.count() + 1}"),
        stage=stage,
        event=event,
        title=exam_title(stage, event),
        paper=paper,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    data = {
        "title": exam.title,
        "opens_at": ledger.instant(opens_at),
        "closes_at": ledger.instant(closes_at),
    }
    ledger.append(
        chain=season.code, actor=actor, act="exam.create", subject=exam.code, data=data, at=at
    )
    return exam


def short_code(code: str, limit: int = CODE_LIMIT) -> str:
    """A code of long parts is cut, and what was cut is told by a digest."""
    if len(code) <= limit:
        return code
    return f"{code[: limit - 17]}-{sha256(code.encode()).hexdigest()[:16]}"


@transaction.atomic
def seat_entries(
    *, actor: Actor, exam: Exam, at: datetime, sites: Mapping[str, str] | None = None
) -> list[Admission]:
    """Seat every confirmed entry of the stage, by entry code; who stands there no more gives way.

    A delegation sits together, at the site that `sites` names for it (by its unit's code), or at
    one of its own; those of one name share a site.
    """
    season = exam.stage.season
    if not can_run_exams(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    exam = (
        Exam.objects.select_for_update(of=("self",)).select_related("stage__season").get(pk=exam.pk)
    )
    if exam.cancelled_at is not None:
        raise DomainError("exam_cancelled")
    if at >= exam.opens_at:
        raise DomainError("exam_running")
    released, back = _release(exam, at), _take_back(exam)
    seated = set(exam.sittings.values_list("entry_id", flat=True))
    entries = [entry for entry in confirmed_entries(exam) if entry.pk not in seated]
    if not entries and not seated:
        raise DomainError("exam_empty", stage=exam.stage.title)
    admissions = [*back, *_seat(exam, entries, sites or {})]
    seated_now = tuple(one.sitting for one in admissions)
    events.publish(ExamSeated(exam=exam.code, sittings=seated_now))
    data: dict[str, object] = {"seats": len(admissions)}
    if released:
        data["released"] = released
    ledger.append(
        chain=season.code, actor=actor, act="exam.seat", subject=exam.code, data=data, at=at
    )
    return admissions


@transaction.atomic
def seat_now(*, actor: Actor, exam: Exam, entry: Entry, deadline: datetime) -> Sitting:
    """Seat one entry while the exam runs, with a deadline of its own and without a slip.

    For exams that everybody begins at a moment of their own; the same entry keeps its seat.
    """
    if not is_house(actor):
        raise DomainError("forbidden")
    exam = Exam.objects.select_for_update(no_key=True).get(pk=exam.pk)
    if (found := exam.sittings.filter(entry=entry).first()) is not None:
        return found
    if exam.cancelled_at is not None:
        raise DomainError("exam_cancelled")
    taken = exam.sittings.count()
    site, _made = Site.objects.get_or_create(
        exam=exam, code=f"online-{taken // SITE_SEATS + 1}", defaults={"name": gettext("线上")}
    )
    number = f"{exam.pk:03d}{entry.delegation.position:02d}{taken + 1:03d}"
    code = _code(sealing.keyring().current("ticket"), exam, number)
    return Sitting.objects.create(
        exam=exam,
        entry=entry,
        site=site,
        seat=taken % SITE_SEATS + 1,
        number=number,
        admission_digest=sha256(code.encode()).digest(),
        deadline=deadline,
    )


def confirmed_entries(exam: Exam) -> list[Entry]:
    """Whom the exam seats, in the order of seats.

    Who takes part in its stage and has no seat in another exam of the event; and who sat one and
    is to sit again by a ruling.
    """
    wanted = Entry.objects.filter(stage=exam.stage, state=EntryState.CONFIRMED)
    here = Sitting.objects.filter(exam=exam.pk).values("entry")
    wanted = wanted.filter(Q(pk__in=here) | ~Q(pk__in=seated_elsewhere(exam).values("entry")))
    return list(
        wanted.select_related("delegation__unit", "person").order_by("delegation__position", "code")
    )


def seated_elsewhere(exam: Exam) -> QuerySet[Sitting]:
    """Seats in other exams of the event that keep their entries out of this one."""
    again = seasons.replays_awaited(exam.stage, exam.event).values("entry")
    held = Sitting.objects.filter(exam__stage=exam.stage_id, exam__event=exam.event)
    held = held.filter(exam__cancelled_at=None).exclude(state=SittingState.CANCELLED)
    return held.exclude(exam=exam.pk).filter(Q(state__in=LIVE) | ~Q(entry__in=again))


def exam_title(stage: Stage, event: str) -> str:
    """Of the next exam of an event: a second one is not called as the first."""
    title = f"{stage.title} {seasons.rulebook_of(stage.season).events[event].title}"
    if seasons.replays_awaited(stage, event).exists():
        return gettext("%(exam)s（重赛）") % {"exam": title}
    before = stage.exams.filter(event=event, cancelled_at=None).count()
    if not before:
        return title
    return gettext("%(exam)s（第%(number)s场）") % {"exam": title, "number": before + 1}


def _release(exam: Exam, at: datetime) -> list[str]:
    """Free the seats of those who withdrew, were replaced or refused; gives their entries."""
    gone = exam.sittings.filter(state__in=LIVE).exclude(entry__state=EntryState.CONFIRMED)
    codes = sorted(gone.values_list("entry__code", flat=True))
    gone.update(state=SittingState.CANCELLED, ended_at=at, version=F("version") + 1)
    if codes:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('lane', %s)", [exam.code])
    return codes


def _take_back(exam: Exam) -> list[Admission]:
    """Who gave a seat up and is confirmed again sits where it was, with the same number."""
    again = list(
        exam.sittings.filter(state=SittingState.CANCELLED, entry__state=EntryState.CONFIRMED)
        .select_related("entry")
        .order_by("pk")
    )
    exam.sittings.filter(pk__in=[one.pk for one in again]).update(
        state=SittingState.WAITING,
        entered_at=None,
        ended_at=None,
        deadline=exam.closes_at,
        version=F("version") + 1,
    )
    codes = admission_codes(exam, again)
    return [Admission(one.pk, one.entry.code, one.number, codes[one.number]) for one in again]


def admission_code_of(sitting: Sitting) -> str:
    """The code on the ticket, recomputed from the ticket key: only its digest is stored."""
    return admission_codes(sitting.exam, [sitting])[sitting.number]


def admission_codes(exam: Exam, sittings: Iterable[Sitting]) -> dict[str, str]:
    """The codes by admission number. A code is made with the ticket key of the day of seating.

    That key may have been changed since: the digest tells which of them it was.
    """
    keys = sealing.keyring().all("ticket")[::-1]
    return {sitting.number: _code_among(keys, exam, sitting) for sitting in sittings}


def _seat(exam: Exam, entries: list[Entry], names: Mapping[str, str]) -> list[Admission]:
    key, taken = sealing.keyring().current("ticket"), _taken(exam)
    sites = _sites(exam, entries, names)
    sittings, codes = [], {}
    for entry in entries:
        site = sites[entry.delegation.unit.code]
        taken[site.pk] += 1
        seat = taken[site.pk]
        number = f"{exam.pk:03d}{entry.delegation.position:02d}{seat:03d}"
        codes[number] = _code(key, exam, number)
        sittings.append(
            Sitting(
                exam=exam,
                entry=entry,
                site=site,
                seat=seat,
                number=number,
                admission_digest=sha256(codes[number].encode()).digest(),
                deadline=exam.closes_at,
            )
        )
    return [
        Admission(sitting.pk, sitting.entry.code, sitting.number, codes[sitting.number])
        for sitting in Sitting.objects.bulk_create(sittings)
    ]


def _sites(exam: Exam, entries: list[Entry], names: Mapping[str, str]) -> dict[str, Site]:
    """By the delegation's unit: where its people sit already, else the site of its name."""
    seats = exam.sittings.select_related("site", "entry__delegation__unit")
    placed = {sitting.entry.delegation.unit.code: sitting.site for sitting in seats}
    by_name = {site.name: site for site in exam.sites.all()}
    fresh = []
    for entry in entries:
        code, team = entry.delegation.unit.code, entry.delegation
        if code in placed:
            continue
        title = (names.get(code, "").strip() or team.name)[:SITE_LIMIT]
        if title not in by_name:
            by_name[title] = Site(exam=exam, code=code, name=title)
            fresh.append(by_name[title])
        placed[code] = by_name[title]
    Site.objects.bulk_create(fresh)
    return placed


def _taken(exam: Exam) -> defaultdict[int, int]:
    taken: defaultdict[int, int] = defaultdict(int)
    for site, seat in exam.sittings.values_list("site_id", "seat"):
        taken[site] = max(taken[site], seat)
    return taken


def _code_among(keys: Sequence[Key], exam: Exam, sitting: Sitting) -> str:
    digest = bytes(sitting.admission_digest)
    for key in keys:
        code = _code(key, exam, sitting.number)
        if sha256(code.encode()).digest() == digest:
            return code
    raise DomainError("key_missing", purpose="ticket", id="")


def _code(key: Key, exam: Exam, number: str) -> str:
    mac = suite(SUITE).mac(key.secret, f"admission:{exam.code}:{number}".encode())
    return ids.admission_code(mac[: ids.CODE_BYTES])
