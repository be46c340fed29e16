"""Lines that somebody has looked at become figures and facts; doubtful ones wait for a decision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import selectors as people
from leitai.practice.enums import DoubtState, OutsideState
from leitai.practice.models import Outside, OutsideDoubt, OutsideDraft
from leitai.practice.services.outside.drafting import AT_ONCE, TAKE, defer, demand_office
from leitai.practice.services.outside.lines import BAD, DOUBT, NEW, STATES, Line, source_of
from leitai.practice.services.outside.settling import figures_of, settle
from leitai.seasons import services as seasons
from leitai.seasons.services import NewFact


@transaction.atomic
def confirm_outside(*, actor: Actor, season: str, code: str, at: datetime) -> dict[str, int] | None:
    """Take the draft's good lines in; gives how many lines there were of each state.

    What was recorded since the preview is compared again. None where a job does it, whose progress
    the draft tells.
    """
    demand_office(actor, season)
    drafts = OutsideDraft.objects.select_for_update()
    draft = drafts.filter(code=code, season=season, owner=actor.account).first()
    if draft is None or draft.expires_at <= at:
        raise DomainError("not_found")
    if draft.state != OutsideState.READY:
        raise DomainError("outside_running")
    if len(draft.rows) > AT_ONCE:
        draft.state, draft.total, draft.done = OutsideState.TAKING, len(draft.rows), 0
        draft.told_at = at
        draft.save(update_fields=["state", "total", "done", "told_at"])
        defer(TAKE, draft)
        return None
    figures, found = take_lines(actor, draft, [Line.of(row) for row in draft.rows], at)
    draft.delete()
    record(actor, draft, figures, found, at)
    return found


def take_lines(
    actor: Actor, draft: OutsideDraft, lines: Sequence[Line], at: datetime
) -> tuple[int, dict[str, int]]:
    """Within the caller's transaction: how many figures are new, and the lines by state."""
    settle(lines, season=draft.season, platform=draft.source)
    good = [line for line in lines if line.state == NEW]
    figures = _take(actor, draft.season, draft.source, good, at)
    OutsideDoubt.objects.bulk_create(
        (
            OutsideDoubt(
                season=draft.season,
                source=draft.source,
                mark=line.mark(draft.source),
                row=line.plain(),
                people=line.people,
                found_at=at,
            )
            for line in lines
            if line.state == DOUBT
        ),
        ignore_conflicts=True,
    )
    counts = Counter(line.state for line in lines)
    return figures, {state: counts[state] for state in STATES}


def record(
    actor: Actor, draft: OutsideDraft, figures: int, found: Mapping[str, int], at: datetime
) -> None:
    """The whole file's entry, once it is taken in."""
    ledger.append(
        chain=draft.season,
        actor=actor,
        act="practice.outside_imported",
        subject=f"outside:{draft.code}",
        data={"source": draft.source, "as_of": draft.as_of.isoformat(), "added": figures, **found},
        at=at,
    )


@transaction.atomic
def decide_outside(
    *, actor: Actor, season: str, doubt: int, person: str, at: datetime
) -> OutsideDoubt:
    """Say whose a doubtful line is, by the person's code; "" for none of those.

    Raises outside_decided, outside_person, and outside_differs with both figures.
    """
    demand_office(actor, season)
    held = OutsideDoubt.objects.select_for_update().filter(pk=doubt, season=season).first()
    if held is None:
        raise DomainError("not_found")
    if held.state != DoubtState.WAITING:
        raise DomainError("outside_decided")
    line = Line.of(held.row)
    held.state = DoubtState.NOBODY
    if person:
        found = people.people_by_code([person]).get(person)
        if found is None or person not in held.people:
            raise DomainError("outside_person")
        line.person, line.state = person, NEW
        settle([line], season=season, platform=held.source)
        if line.state == BAD:
            _column, code, data = line.problems[0]
            raise DomainError(code, **data)
        _take(actor, season, held.source, [line], at)
        held.state, held.person = DoubtState.TAKEN, found
    held.decided_by, held.decided_at = actor.account, at
    held.save()
    ledger.append(
        chain=season,
        actor=actor,
        act="practice.outside_decided",
        subject=f"outside-line:{held.pk}",
        data={"source": held.source, "person": person, "figures": len(line.told)},
        at=at,
    )
    return held


def forget_outside(*, seasons: Sequence[str]) -> None:
    """Drafts and doubtful lines name people; figures that were taken in stay."""
    OutsideDraft.objects.filter(season__in=seasons).delete()
    OutsideDoubt.objects.filter(season__in=seasons).delete()


def drop_expired(*, at: datetime) -> None:
    """Drafts that nobody confirmed within their day."""
    OutsideDraft.objects.filter(expires_at__lte=at).delete()


def _take(actor: Actor, season: str, platform: str, lines: Sequence[Line], at: datetime) -> int:
    """Write what does not stand yet, as figures and as facts; gives how many figures."""
    known = people.people_by_code({line.person for line in lines})
    standing = set(figures_of(set(known), season, platform))
    rows: list[Outside] = []
    facts: dict[date, list[NewFact]] = defaultdict(list)
    for line in lines:
        for one in line.told:
            key = (line.person, one.kind, one.key, one.as_of)
            if key in standing:
                continue
            standing.add(key)
            told = {"kind": one.kind, "key": one.key, "value": one.value}
            facts[one.as_of].append(NewFact(line.person, **told, since=one.since, until=one.until))
            rows.append(
                Outside(
                    season=season,
                    person=known[line.person],
                    **told,
                    source=platform,
                    as_of=one.as_of,
                    recorded_by=actor.account,
                    recorded_at=at,
                )
            )
    Outside.objects.bulk_create(rows, batch_size=1000)
    for day, new in sorted(facts.items()):
        source = source_of(platform, day)
        seasons.record_facts(actor=actor, facts=new, source=source, at=at, chain=season)
    return len(rows)
