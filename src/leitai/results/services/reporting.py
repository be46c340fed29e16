"""Marks that come in as a signed list: read, compared by a second person, and then recorded.

The list stands with its scan from the first moment; its marks count when another officer approves
it. Where the policy is content with one officer, they count at once, and the ledger says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.results.attachments import keep
from leitai.results.effects import MarkChange, preview_change
from leitai.results.enums import ScoreListState
from leitai.results.marksheet import MarkRow, Sheet
from leitai.results.models import ScoreList, ScoreListRow
from leitai.results.rules import can_approve, can_decide
from leitai.results.selectors.access import standing_result
from leitai.results.wording import shown_mark
from leitai.seasons import selectors as seasons
from leitai.seasons import services as season_services
from leitai.seasons.enums import ScoreState, ScoreStatus
from leitai.seasons.models import Entry, Score, Season, Stage
from leitai.seasons.services import NewScore

REPORT = "scores.report"
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Reported:
    """Who stands behind a list, and where it says so."""

    by: str
    note: str = ""
    uploads: tuple[str, ...] = ()


@transaction.atomic
def take_list(
    *, actor: Actor, season: Season, sheet: Sheet, reported: Reported, at: datetime
) -> ScoreList:
    """Keep a list that was read without a fault, and ask for a second person's comparison.

    Raises Problems with every bad row, DomainError("score_list_unsigned") without a scan of the
    signed list, ("score_list_twice") where one of the same event waits already.
    """
    if not can_decide(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    season_services.demand_unclosed(season)
    if sheet.problems:
        raise Problems(sheet.problems)
    if not sheet.rows:
        raise DomainError("score_list_empty")
    if not reported.uploads:
        raise DomainError("score_list_unsigned")
    stage = Stage.objects.select_for_update().get(season=season, code=sheet.stage)
    same = ScoreList.objects.filter(stage=stage, track=sheet.track, event=sheet.event)
    if waiting := same.filter(state=ScoreListState.WAITING).first():
        raise DomainError("score_list_twice", number=waiting.number)
    made = _store(actor, stage, sheet, reported, at)
    keep(actor=actor, uploads=reported.uploads, owner=f"score-list:{made.pk}", at=at)
    asked = ledger.propose(
        actor=actor,
        deed=REPORT,
        chain=season.code,
        subject=f"score-list:{sheet.stage}:{made.number}",
        data={"list": made.pk, "host": seasons.host_path(season), "digest": made.digest},
        reason=_("%(by)s报送") % {"by": reported.by},
        level=seasons.host_level(season),
        at=at,
    )
    ScoreList.objects.filter(pk=made.pk).update(proposal=asked.pk)
    made.refresh_from_db()
    return made


@transaction.atomic
def drop_list(*, actor: Actor, score_list: ScoreList, at: datetime) -> None:
    """Give up a list that waits: it was wrong, and a right one will come."""
    season = score_list.stage.season
    if not can_decide(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    held = ScoreList.objects.select_for_update().get(pk=score_list.pk)
    if held.state != ScoreListState.WAITING:
        raise DomainError("score_list_closed", state=held.get_state_display())
    held.state = ScoreListState.DROPPED
    held.save(update_fields=["state"])
    _record(held, "score_list.dropped", actor, at)


def _store(actor: Actor, stage: Stage, sheet: Sheet, reported: Reported, at: datetime) -> ScoreList:
    newest = ScoreList.objects.filter(stage=stage).aggregate(newest=Max("number"))["newest"] or 0
    made = ScoreList.objects.create(
        stage=stage,
        track=sheet.track,
        event=sheet.event,
        number=newest + 1,
        file=sheet.name[:200],
        digest=_digest(sheet.rows),
        reported_by=reported.by.strip()[:120],
        note=reported.note.strip()[:300],
        recorded_by=actor.account,
        recorded_name=actor.name[:120],
        recorded_at=at,
    )
    entries = seasons.entries_of(stage, sheet.track, [row.entry for row in sheet.rows])
    ScoreListRow.objects.bulk_create(
        ScoreListRow(
            list=made,
            line=row.line,
            entry=entries[row.entry],
            value=row.value,
            decimals=row.decimals,
            keys=dict(row.keys),
            status=row.status,
        )
        for row in sheet.rows
    )
    _record(made, "score_list.taken", actor, at)
    return made


def _digest(rows: Sequence[MarkRow]) -> str:
    plain = sorted([row.entry, row.value, row.decimals, row.status, dict(row.keys)] for row in rows)
    return hashlib.sha256(canonical.encode(plain)).hexdigest()


def _waiting(data: Mapping[str, Any]) -> ScoreList:
    found = (
        ScoreList.objects.filter(pk=data["list"])
        .select_related("stage__season__rulebook", "stage__season__host")
        .first()
    )
    if found is None:
        raise DomainError("not_found")
    if found.state != ScoreListState.WAITING:
        raise DomainError("score_list_closed", state=found.get_state_display())
    return found


def _preview(data: Mapping[str, Any]) -> list[str]:
    """How many, the best and the worst, and every mark that it would change."""
    held = _waiting(data)
    law = seasons.rulebook_of(held.stage.season)
    rows = list(held.rows.select_related("entry__person", "entry__delegation"))
    marks = [row for row in rows if row.status == ScoreStatus.OK]
    told = {
        "number": held.number,
        "stage": held.stage.title,
        "track": law.tracks[held.track].title,
        "event": law.events[held.event].title,
        "count": len(rows),
        "by": held.reported_by,
    }
    lines = [
        _("%(stage)s%(track)s%(event)s成绩单第%(number)s号，%(by)s报送，共%(count)s人。") % told
    ]
    if marks:
        low, high = min(marks, key=_value), max(marks, key=_value)
        bounds = {"low": _shown(low), "high": _shown(high), "rest": len(rows) - len(marks)}
        lines.append(_("最高%(high)s，最低%(low)s，无成绩%(rest)s人。") % bounds)
    standing = _standing(held, [row.entry for row in rows])
    for row in rows:
        old = standing.get(row.entry_id)
        if old and (old.value, old.status, old.keys) != (row.value, row.status, row.keys):
            before = shown_mark(old.value, old.decimals, old.status, old.over)
            change = {"name": row.entry.name, "old": before, "new": _shown(row)}
            lines.append(_("%(name)s已有成绩%(old)s，将改为%(new)s。") % change)
    return [*lines, *_without(held, rows), *_effect(held, rows, standing)]


def _without(held: ScoreList, rows: Sequence[ScoreListRow]) -> list[str]:
    """Who has no mark even with this list: nothing can be computed before each has one."""
    entries = seasons.list_entries(held.stage).filter(track=held.track)
    scored = Score.objects.filter(event=held.event).exclude(state=ScoreState.SUPERSEDED)
    missing = entries.exclude(pk__in=[row.entry_id for row in rows]).exclude(
        pk__in=scored.values("entry")
    )
    count = missing.count()
    if not count:
        return []
    some = [f"{one.name}（{one.delegation.name}）" for one in missing[:MOST_NAMED]]
    told = {"count": count, "names": listed(some)}
    return [_("还有%(count)s人没有这一科目的成绩：%(names)s。缺考的须在成绩单上注明。") % told]


def _effect(
    held: ScoreList, rows: Sequence[ScoreListRow], standing: Mapping[int, Score]
) -> list[str]:
    """What the marks that it changes would do to a result that holds."""
    if standing_result(held.stage.season.code, held.stage.code) is None:
        return []
    changes = [
        MarkChange(
            held.track, held.event, row.entry.code, row.value, row.decimals,
            row.status, row.keys,  # type: ignore[arg-type]  # checked when it was read
        )
        for row in rows
        if row.entry_id in standing
    ]  # fmt: skip
    season, stage = held.stage.season, held.stage.code
    return preview_change(season=season, stage=stage, changes=changes).lines() if changes else []


def _value(row: ScoreListRow) -> int:
    return row.value


def _shown(row: ScoreListRow) -> str:
    return shown_mark(row.value, row.decimals, row.status)


def _standing(held: ScoreList, entries: Sequence[Entry]) -> dict[int, Score]:
    scores = Score.objects.filter(entry__in=entries, event=held.event)
    return {score.entry_id: score for score in scores.exclude(state=ScoreState.SUPERSEDED)}


@transaction.atomic
def _carry_out(*, actor: Actor, data: Mapping[str, Any], at: datetime, proposal: Proposal) -> None:
    held = _waiting(data)
    source = f"score-list:{held.pk}"
    scores = [
        NewScore(row.entry.code, row.value, row.decimals, source, row.keys, row.status)
        for row in held.rows.select_related("entry")
    ]
    season_services.record_reported(
        actor=actor,
        season=held.stage.season,
        stage=held.stage.code,
        track=held.track,
        event=held.event,
        scores=scores,
        at=at,
    )
    held.state, held.confirmed_at = ScoreListState.RECORDED, at
    held.confirmed_name = actor.name[:120]
    held.save(update_fields=["state", "confirmed_at", "confirmed_name"])
    _record(held, "score_list.recorded", actor, at, proposal=proposal.pk)


def _record(held: ScoreList, act: str, actor: Actor, at: datetime, **more: object) -> None:
    ledger.append(
        chain=held.stage.season.code,
        actor=actor,
        act=act,
        subject=f"score-list:{held.stage.code}:{held.number}",
        data={
            "by": actor.name,
            "stage": held.stage.title,
            "event": held.event,
            "number": held.number,
            "reported": held.reported_by,
            "digest": held.digest,
        }
        | more,
        at=at,
    )


DEED = Deed(
    code=REPORT,
    title=gettext_lazy("核对成绩单并入库"),
    can_propose=lambda actor, chain, data: can_decide(actor, chain, str(data["host"])),
    can_approve=lambda actor, chain, data: can_approve(actor, chain, str(data["host"])),
    preview=_preview,
    carry_out=_carry_out,
    hours=24 * 14,
)
