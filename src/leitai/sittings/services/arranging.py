"""Before T0: an exam, its sites and seats, and each contestant's admission code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

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
from leitai.sittings.events import ExamSeated
from leitai.sittings.models import Exam, Site, Sitting
from leitai.sittings.rules import can_run_exams


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
    exam = Exam.objects.create(
        code=f"{season.code}-{stage.code}-{event}-{stage.exams.count() + 1}",
        stage=stage,
        event=event,
        title=f"{stage.title} {rulebook.events[event].title}",
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


@transaction.atomic
def seat_entries(*, actor: Actor, exam: Exam, at: datetime) -> list[Admission]:
    """Seat every confirmed entry of the stage: a site per delegation, seats by entry code."""
    season = exam.stage.season
    if not can_run_exams(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    if at >= exam.opens_at:
        raise DomainError("exam_running")
    seated = set(exam.sittings.values_list("entry_id", flat=True))
    wanted = Entry.objects.filter(stage=exam.stage, state=EntryState.CONFIRMED)
    entries = [
        entry
        for entry in wanted.select_related("delegation__unit", "person").order_by(
            "delegation__position", "code"
        )
        if entry.pk not in seated
    ]
    if not entries and not seated:
        raise DomainError("exam_empty", stage=exam.stage.title)
    admissions = _seat(exam, entries)
    seated_now = tuple(one.sitting for one in admissions)
    events.publish(ExamSeated(exam=exam.code, sittings=seated_now))
    ledger.append(
        chain=season.code,
        actor=actor,
        act="exam.seat",
        subject=exam.code,
        data={"seats": len(admissions)},
        at=at,
    )
    return admissions


def admission_code_of(sitting: Sitting) -> str:
    """The code on the ticket, recomputed from the ticket key: only its digest is stored."""
    return admission_codes(sitting.exam, [sitting])[sitting.number]


def admission_codes(exam: Exam, sittings: Iterable[Sitting]) -> dict[str, str]:
    """The codes by admission number. A code is made with the ticket key of the day of seating.

    That key may have been changed since: the digest tells which of them it was.
    """
    keys = sealing.keyring().all("ticket")[::-1]
    return {sitting.number: _code_among(keys, exam, sitting) for sitting in sittings}


def _seat(exam: Exam, entries: list[Entry]) -> list[Admission]:
    key, sites, taken = sealing.keyring().current("ticket"), _sites(exam, entries), _taken(exam)
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


def _sites(exam: Exam, entries: list[Entry]) -> dict[str, Site]:
    known = {site.code: site for site in exam.sites.all()}
    names = {entry.delegation.unit.code: entry.delegation.name for entry in entries}
    fresh = [
        Site(exam=exam, code=code, name=name) for code, name in names.items() if code not in known
    ]
    return known | {site.code: site for site in Site.objects.bulk_create(fresh)}


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
