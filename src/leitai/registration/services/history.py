"""Lists of the past: brought in, looked at, confirmed whole; doubtful lines decided by a person."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.people import selectors as people
from leitai.registration import reading_history as reading
from leitai.registration import rules
from leitai.registration.enums import LineState
from leitai.registration.models import HistoryLine, HistoryList
from leitai.registration.services.telling_facts import keep_fact
from leitai.seasons import selectors
from leitai.seasons.models import Season
from leitai.seasons.services import demand_unclosed

MOST_BYTES = 5 * 1024 * 1024
OTHER = "-"


@transaction.atomic
def bring_history(
    *, actor: Actor, season: Season, data: bytes, name: str, source: str, at: datetime
) -> HistoryList:
    """Keep a file (sealed) so that its rows can be looked at before anything is recorded."""
    _demand(actor, season)
    if not source.strip():
        raise DomainError("history_source")
    if len(data) > MOST_BYTES:
        limit = {"limit": MOST_BYTES >> 20}
        raise Problems([Problem(name, "table_too_large", limit)])
    made = HistoryList.objects.create(
        season=season,
        name=name[:120],
        source=source.strip()[:120],
        by=actor.account,
        by_name=actor.name[:120],
        at=at,
    )
    made.content = sealing.seal(base64.b64encode(data).decode(), place=f"history:{made.pk}")
    made.save(update_fields=["content"])
    return made


@transaction.atomic
def confirm_history(*, actor: Actor, history: HistoryList, at: datetime) -> HistoryList:
    """Record every row, all or nothing; a row that means somebody for certain becomes a fact."""
    held = HistoryList.objects.select_for_update(of=("self",)).get(pk=history.pk)
    _demand(actor, held.season)
    _demand_waiting(held)
    law = selectors.rulebook_of(held.season)
    read = reading.read_history(law, content_of(held), held.name)
    if read.problems:
        raise Problems(read.problems)
    matches = reading.match(selectors.host_path(held.season), read.rows)
    lines = [_line(held, told, found) for told, found in zip(read.rows, matches, strict=True)]
    HistoryLine.objects.bulk_create(lines)
    for line in lines:
        if line.state == LineState.MATCHED:
            keep_fact(line, by=actor.account, at=at)
    held.content, held.total, held.done_at = "", len(lines), at
    held.save(update_fields=["content", "total", "done_at"])
    ledger.append(
        chain=held.season.code,
        actor=actor,
        act="history.imported",
        subject=f"history:{held.pk}",
        data={
            "source": held.source,
            "total": len(lines),
            "doubts": sum(line.state == LineState.DOUBTFUL for line in lines),
        },
        at=at,
    )
    return held


@transaction.atomic
def drop_history(*, actor: Actor, history: HistoryList) -> None:
    """Take away a file that was brought in and not confirmed."""
    held = HistoryList.objects.select_for_update(of=("self",)).get(pk=history.pk)
    _demand(actor, held.season)
    _demand_waiting(held)
    held.delete()


@transaction.atomic
def decide_doubt(
    *, actor: Actor, line: HistoryLine, person: str, note: str, at: datetime
) -> HistoryLine:
    """Say that a doubtful line means this person (by code), or with OTHER that it means nobody."""
    held = (
        HistoryLine.objects.select_for_update(of=("self",))
        .select_related("list__season")
        .get(pk=line.pk)
    )
    _demand(actor, held.list.season)
    if held.state != LineState.DOUBTFUL:
        raise DomainError("history_decided", name=held.decided_name or gettext("系统"))
    if not note.strip() or not person:
        raise DomainError("history_verdict")
    held.person = None if person == OTHER else people.get_person(person)
    held.state = LineState.OTHER if person == OTHER else LineState.SAME
    held.decided_by, held.decided_name = actor.account, actor.name[:120]
    held.decided_at, held.note = at, note.strip()
    held.save()
    keep_fact(held, by=actor.account, at=at)
    ledger.append(
        chain=held.list.season.code,
        actor=actor,
        act="history.decided",
        subject=f"history:{held.list_id}",
        data={
            "source": held.list.source,
            "row": held.row,
            "person": held.person.code if held.person else "",
            "verdict": held.state.value,
            "note": held.note,
        },
        at=at,
    )
    return held


def content_of(held: HistoryList) -> bytes:
    return base64.b64decode(sealing.open_sealed(held.content, place=f"history:{held.pk}"))


def _line(held: HistoryList, told: reading.Told, found: reading.Match) -> HistoryLine:
    code = secrets.token_hex(12)
    sure = found.state == LineState.MATCHED
    return HistoryLine(
        code=code,
        list=held,
        row=told.row,
        name=told.name,
        unit=told.unit,
        number=sealing.seal(told.number, place=f"history-line:{code}"),
        id_digest=told.digest,
        kind=told.kind,
        key=told.key,
        value=told.value,
        held_on=told.held_on,
        state=found.state,
        person=found.person if sure else None,
        near=None if sure else found.person,
        why=found.why,
    )


def _demand(actor: Actor, season: Season) -> None:
    if not rules.can_review(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    demand_unclosed(season)


def _demand_waiting(held: HistoryList) -> None:
    if held.done_at is not None:
        raise DomainError("history_done")
