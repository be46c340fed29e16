"""A contest that one person holds for the own unit: from a template to seats, no second officer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from leitai.bank.rules import OWN_CONTEST
from leitai.base.actor import Actor, system
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import selectors as people_reads
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.models import Appointment, Person
from leitai.rulebook import load
from leitai.seasons import rules, selectors
from leitai.seasons.enums import SeasonState
from leitai.seasons.events import WindowSet
from leitai.seasons.models import LightContest, LocalStage, Season
from leitai.seasons.selectors.contests import barred_above, get_contest, window_follows
from leitai.seasons.services import composing
from leitai.seasons.services.adopting import adopt_draft
from leitai.seasons.services.drafting import begin_draft, write_draft
from leitai.seasons.services.nominating import confirm_entries, nominate
from leitai.seasons.services.opening import bind_season, confirm_assumption, open_season
from leitai.seasons.services.scheduling import set_window
from leitai.units import selectors as units
from leitai.units import services as delegating
from leitai.units.models import Unit

MOST_PEOPLE = 2_000
SHOWN_NAMES = 20
LEAST_NOTICE = timedelta(minutes=1)


@transaction.atomic
def found_contest(
    *,
    actor: Actor,
    unit: Unit,
    template: str,
    title: str,
    prizes: Sequence[int],
    issuer: str = "",
    above: LocalStage | None = None,
    at: datetime,
) -> LightContest:
    """A season of one's own unit, of which the founder is the office; nobody else decides in it.

    Its code begins so that the house's banks stay closed to its office (`bank.rules`).
    """
    if not rules.can_found_contest(actor, unit.path):
        raise DomainError("forbidden")
    day = timezone.localtime(at, timezone.get_default_timezone())
    code = _free_code(unit, f"{day:%Y%m%d}")
    text = composing.compose(
        template,
        code=code,
        title=title,
        unit=unit,
        year=day.year,
        prizes=prizes,
        issuer=issuer,
        base=selectors.rulebook_of(above.stage.season) if above else None,
    )
    season = bind_season(actor=actor, law=load(text), code=code, at=at)
    contest = LightContest.objects.create(season=season, owner=actor.account, above=above)
    if above is not None:
        above.contest = code
        above.save(update_fields=["contest"])
    if actor.account.isdigit():
        people.appoint(
            actor=system("contest"),
            account=people_reads.get_account_by_id(int(actor.account)),
            role=Role.OFFICE,
            unit=unit,
            season=code,
            since=at,
            at=at,
        )
    _record(contest, actor, "contest.founded", {"title": title.strip(), "unit": unit.code}, at)
    return contest


@transaction.atomic
def set_people(
    *, actor: Actor, contest: LightContest, codes: Sequence[str], at: datetime
) -> LightContest:
    """Who takes part, by the codes of persons; with units ranked, theirs become the delegations."""
    held = _held(actor, contest)
    wanted = list(dict.fromkeys(codes))
    if not wanted:
        raise DomainError("contest_nobody")
    if len(wanted) > MOST_PEOPLE:
        raise DomainError("contest_many", most=MOST_PEOPLE)
    found = people_reads.people_by_code(wanted)
    host = held.season.host
    for code in wanted:
        person = found.get(code)
        if person is None or host is None or not person.unit.path.startswith(host.path):
            raise DomainError("contest_stranger", code=code)
        if str(person.account_id or "") == held.owner:
            raise DomainError("contest_owner", name=person.name)
    for code, bars in barred_above(held, [found[code] for code in wanted], at=at).items():
        raise DomainError("contest_barred_above", name=found[code].name, bars=bars)
    held.people = wanted
    held.save(update_fields=["people"])
    law = selectors.rulebook_of(held.season)
    if law.stages[composing.CONTEST].team is not None:
        _follow_units(held, [found[code] for code in wanted], actor, at)
    _record(held, actor, "contest.people", {"count": len(wanted)}, at)
    return held


@transaction.atomic
def set_paper(
    *,
    actor: Actor,
    contest: LightContest,
    bank: str,
    parts: Sequence[Mapping[str, Any]],
    minutes: int,
    at: datetime,
) -> LightContest:
    """The own questions' bank, and how many of which kind stand on the paper at what points.

    `minutes` is what the rules say until a time is set.
    """
    held = _held(actor, contest)
    if not parts:
        raise DomainError("contest_paper")
    held.bank = bank
    held.save(update_fields=["bank"])
    text = composing.with_paper(selectors.rulebook_of(held.season).text, parts, minutes)
    _rewrite(held, text, actor, at, reason="按本次题库确定试卷")
    return held


@transaction.atomic
def set_time(
    *,
    actor: Actor,
    contest: LightContest,
    opens_at: datetime,
    closes_at: datetime,
    at: datetime,
) -> LightContest:
    """When it is held. The time can be changed until the contest opens.

    A paper is written from the one moment to the other, so the rules say that many minutes.
    """
    held = _held(actor, contest)
    if closes_at <= opens_at:
        raise DomainError("window_backwards", title=selectors.rulebook_of(held.season).title)
    if opens_at < at + LEAST_NOTICE:
        raise DomainError("contest_past")
    held.opens_at, held.closes_at = opens_at, closes_at
    held.save(update_fields=["opens_at", "closes_at"])
    law = selectors.rulebook_of(held.season)
    if composing.event_of(law)[1].kind == "exam":
        minutes = int((closes_at - opens_at).total_seconds()) // 60
        text = composing.with_minutes(law.text, minutes)
        _rewrite(held, text, actor, at, reason="按比赛时间确定答题时间")
    return held


@transaction.atomic
def drop_contest(*, actor: Actor, contest: LightContest, at: datetime) -> LightContest:
    """Give up a contest that was begun by mistake and has not opened. Its record stays.

    Nobody holds it any more, and the stage above, if it was for one, waits for another.
    """
    held = _held(actor, contest)
    held.dropped_at = at
    held.save(update_fields=["dropped_at"])
    if held.above is not None:
        held.above.contest = ""
        held.above.save(update_fields=["contest"])
    for role in Appointment.objects.filter(scope=held.season.code, until=None).order_by("pk"):
        people.end_appointment(
            actor=system("contest"), appointment=role, reason="比赛撤销，没有举办", at=at
        )
    law = selectors.rulebook_of(held.season)
    _record(held, actor, "contest.dropped", {"title": law.title}, at)
    return held


@transaction.atomic
def open_contest(*, actor: Actor, contest: LightContest, at: datetime) -> Season:
    """Delegations, window, opening, and everybody's entry confirmed, in one go."""
    held = _held(actor, contest)
    if not held.people:
        raise DomainError("contest_nobody")
    if held.opens_at is None or held.closes_at is None:
        raise DomainError("contest_time")
    season, law = held.season, selectors.rulebook_of(held.season)
    delegating.make_delegations(actor=actor, season_code=season.code, rulebook=law, at=at)
    for state in selectors.open_assumptions(season):
        confirm_assumption(actor=actor, season=season, key=state.key, at=at)
    set_window(
        actor=actor,
        season=season,
        name=law.stages[composing.CONTEST].window or "",
        opens_at=held.opens_at,
        closes_at=held.closes_at,
        at=at,
    )
    season = open_season(actor=actor, season=season, at=at)
    places = units.DelegationMap(season.code)
    found = people_reads.people_by_code(held.people)
    barred: list[str] = []
    for delegation in units.list_delegations(season.code):
        theirs = [code for code in held.people if places.of(found[code].unit.path) == delegation.pk]
        if theirs:
            report = nominate(
                actor=actor,
                season=season,
                stage=composing.ENTRY,
                delegation=delegation.unit.code,
                people=theirs,
                at=at,
            )
            barred += [one.name for one in report.refused]
    if barred:
        raise DomainError("contest_barred", names=listed(barred[:SHOWN_NAMES]))
    confirm_entries(actor=actor, season=season, stage=composing.ENTRY, at=at)
    _show_above(held)
    return season


@transaction.atomic
def follow_exam(
    *,
    actor: Actor,
    season: Season,
    opens_at: datetime,
    closes_at: datetime,
    reason: str,
    at: datetime,
) -> None:
    """Such a contest has one window, which is its exam: it goes where the exam goes.

    In other seasons the calendar stands, and an exam keeps within it.
    """
    if not window_follows(season):
        return
    held = LightContest.objects.select_related("above").get(season=season)
    set_window(
        actor=actor,
        season=season,
        name=selectors.rulebook_of(season).stages[composing.CONTEST].window or "",
        opens_at=opens_at,
        closes_at=closes_at,
        reason=reason,
        at=at,
    )
    held.opens_at, held.closes_at = opens_at, closes_at
    held.save(update_fields=["opens_at", "closes_at"])
    _show_above(held)


def follow_window(event: WindowSet) -> None:
    """Where marks come as a list there is no exam, and the calendar says when it is held."""
    found = LightContest.objects.filter(season__code=event.season, dropped_at=None)
    held = found.exclude(season__state=SeasonState.DRAFT).select_related("above").first()
    if held is None:
        return
    law = selectors.rulebook_of(held.season)
    by_exam = composing.event_of(law)[1].kind == "exam"
    if by_exam or event.name != law.stages[composing.CONTEST].window or event.delegation:
        return
    held.opens_at, held.closes_at = event.opens_at, event.closes_at
    held.save(update_fields=["opens_at", "closes_at"])
    _show_above(held)


def _show_above(held: LightContest) -> None:
    """The board of the season above shows when it is really held."""
    if held.above is not None:
        held.above.opens_at, held.above.closes_at = held.opens_at, held.closes_at
        held.above.save(update_fields=["opens_at", "closes_at"])


def _follow_units(
    contest: LightContest, people_: Sequence[Person], actor: Actor, at: datetime
) -> None:
    homes = {person.unit.code: person.unit for person in people_}
    text = selectors.rulebook_of(contest.season).text
    text = composing.with_units(text, [homes[code] for code in sorted(homes)])
    _rewrite(contest, text, actor, at, reason="按参赛名单确定参赛单位")


def _rewrite(contest: LightContest, text: str, actor: Actor, at: datetime, *, reason: str) -> None:
    """Another version of the rules, by the same way as every other; the same rules are none."""
    season = contest.season
    if load(text).hash == season.rulebook.hash:
        return
    draft = begin_draft(actor=actor, season=season, at=at)
    draft = write_draft(
        actor=actor, draft=draft, revision=draft.revision, text=text, uploaded=False, at=at
    )
    adopt_draft(actor=actor, draft=draft, revision=draft.revision, reason=reason, at=at)
    contest.season = selectors.get_season(season.code)


def _held(actor: Actor, contest: LightContest) -> LightContest:
    """The contest, locked, while it is being prepared."""
    season = contest.season
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    LightContest.objects.select_for_update().get(pk=contest.pk)
    held = get_contest(season.code)
    if held.season.state != SeasonState.DRAFT:
        raise DomainError("contest_opened")
    if held.dropped_at is not None:
        raise DomainError("contest_dropped")
    return held


def _free_code(unit: Unit, day: str) -> str:
    begun = f"{OWN_CONTEST}{unit.code}-{day}"
    taken = Season.objects.filter(code__startswith=begun).count()
    return f"{begun}-{taken + 1}"


def _record(
    contest: LightContest, actor: Actor, act: str, data: dict[str, object], at: datetime
) -> None:
    season = contest.season.code
    ledger.append(chain=season, actor=actor, act=act, subject=f"season:{season}", data=data, at=at)
