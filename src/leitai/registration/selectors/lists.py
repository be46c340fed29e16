"""Lists of registrations: a unit's own with its places, the office's desk, entries and changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Q, QuerySet, When

from leitai.base.actor import Actor
from leitai.base.bigrams import containing
from leitai.kernel.errors import DomainError
from leitai.people.enums import Role
from leitai.people.models import Person
from leitai.registration import checklist, rules
from leitai.registration.enums import LIVE, ChangeState, Kind, LineState, State
from leitai.registration.models import Change, HistoryLine, Registration
from leitai.registration.selectors import rosters, shape
from leitai.registration.selectors.freezing import Freeze, freeze_of
from leitai.seasons import selectors
from leitai.seasons.enums import EntryState
from leitai.seasons.models import CalendarWindow, Entry, Season, Stage
from leitai.units import selectors as units
from leitai.units.models import Delegation

PAGE = 30
FOUND = 12


@dataclass(frozen=True, slots=True)
class TrackPlaces:
    """One track of a unit's list: how many places there are, used and left."""

    code: str
    title: str
    limit: int | None
    used: int
    substitutes: int
    coaches: int
    formless: bool
    confirmed: bool
    faults: tuple[str, ...]
    rows: tuple[Registration, ...]

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True)
class UnitStage:
    """A nomination as a delegation's manager sees it."""

    stage: Stage
    window: CalendarWindow | None
    open: bool
    freeze: Freeze | None
    tracks: tuple[TrackPlaces, ...]
    leaders: tuple[Registration, ...]


@dataclass(frozen=True, slots=True)
class ListToConfirm:
    """Who was entered in a stage and is not confirmed; of how many the review is still open."""

    stage: Stage
    count: int
    unreviewed: int
    faults: tuple[tuple[Delegation, str], ...]


@dataclass(frozen=True, slots=True)
class Formless:
    """A delegation's list in a track that asks for no form: passed as a whole."""

    delegation: Delegation
    track: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What stands above the list: how many of each state, what waits, which lists are whole."""

    states: tuple[tuple[State, int], ...]
    drafts: int
    changes: int
    doubts: int
    lists: tuple[ListToConfirm, ...]
    nominations: tuple[Stage, ...]
    formless: tuple[Formless, ...]
    checks: list[str]


@dataclass(frozen=True, slots=True)
class DeskQuery:
    """What the office asks its desk for; "" is everything."""

    state: str = ""
    delegation: str = ""
    track: str = ""
    words: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> DeskQuery:
        return cls(*(asked.get(name, "")[:80] for name in ("state", "delegation", "track", "q")))


def get_delegation_for(actor: Actor, season: Season, code: str) -> Delegation:
    """The delegation that the reader registers for: the named one, or the only one."""
    mine = delegations_for(actor, season)
    found = next((one for one in mine if not code or one.unit.code == code), None)
    if found is None:
        raise DomainError("forbidden")
    return found


def delegations_for(actor: Actor, season: Season) -> list[Delegation]:
    """Every delegation for the office; for a manager those within the own subtree."""
    teams = units.list_delegations(season.code)
    if rules.can_review(actor, season.code, selectors.host_path(season)):
        return list(teams)
    paths = actor.unit_paths(Role.UNIT_MANAGER, season=season.code)
    return [one for one in teams if one.unit.path.startswith(paths)] if paths else []


def senders_for(actor: Actor, season: Season) -> list[Delegation]:
    """Whose lists the reader may look at: everybody's, for who sees the review."""
    if rules.can_see_review(actor, season.code, selectors.host_path(season)):
        return list(units.list_delegations(season.code))
    found = delegations_for(actor, season)
    if not found:
        raise DomainError("forbidden")
    return found


def choices_for(season: Season, stage: str) -> tuple[set[str], list[str]]:
    """The kinds of registrations and the team's seats; nothing in a stage that is unknown."""
    law = selectors.rulebook_of(season)
    if stage not in law.stages:
        return set(), []
    return shape.kinds_of(law, stage), [one.title for one in shape.slots_of(law, stage)]


def is_below(actor: Actor, season: Season) -> bool:
    """A manager of a part of a delegation, whose people are registered from above."""
    return rules.registers_somewhere(actor, season.code) and not delegations_for(actor, season)


def unit_page(season: Season, sender: Delegation, *, at: datetime) -> list[UnitStage]:
    """Every nomination with its tracks, places and registrations of one delegation."""
    law = selectors.rulebook_of(season)
    rows = list(_rows(season).filter(delegation=sender).exclude(state=State.WITHDRAWN, entry=None))
    return [_stage(season, sender, code, rows, at) for code in shape.nominations(law)]


def _stage(
    season: Season, sender: Delegation, code: str, rows: list[Registration], at: datetime
) -> UnitStage:
    law = selectors.rulebook_of(season)
    stage = selectors.get_stage(season, code)
    window = selectors.window_of(season, code, sender)
    tracks = []
    for track in shape.tracks_of(law, code):
        mine = [one for one in rows if one.stage_id == stage.pk and one.track == track]
        places = selectors.places_of(season, stage, track, sender)
        waiting = sum(
            one.kind == Kind.CONTESTANT and one.state in LIVE and one.entry_id is None
            for one in mine
        )
        title = law.tracks[track].title
        tracks.append(
            TrackPlaces(
                code=track,
                title=title,
                limit=places.limit,
                used=places.taken + waiting,
                substitutes=shape.substitutes_of(law, code),
                coaches=shape.coaches_of(law, code),
                formless=shape.is_formless(law, code, track),
                confirmed=selectors.is_list_confirmed(stage, track, sender),
                faults=tuple(rosters.faults_of(season, code, track, mine)),
                rows=tuple(mine),
            )
        )
    return UnitStage(
        stage=stage,
        window=window,
        open=not selectors.is_closed(season)
        and (window is None or window.opens_at <= at <= window.closes_at),
        freeze=freeze_of(season, stage),
        tracks=tuple(tracks),
        leaders=tuple(one for one in rows if one.stage_id == stage.pk and one.kind == Kind.LEADER),
    )


def find_people(sender: Delegation, season: Season, words: str) -> list[Person]:
    """People of a delegation by name or code, those still in office."""
    if not words.strip():
        return []
    mine = Person.objects.filter(unit__path__startswith=sender.unit.path, left_on=None)
    found = containing(mine, "name", words).select_related("unit").order_by("name", "code")
    by_code = mine.filter(code=words.strip()).select_related("unit")
    homes = units.DelegationMap(season.code)
    listed = dict.fromkeys([*by_code, *found[: FOUND * 4]])
    return [one for one in listed if homes.of(one.unit.path) == sender.pk][:FOUND]


def page_of_desk(season: Season, query: DeskQuery, number: str | None) -> Page[Registration]:
    """What was handed in, oldest first of what waits."""
    rows = _rows(season).exclude(state=State.DRAFT).exclude(state=State.WITHDRAWN, entry=None)
    if query.state in State.values:
        rows = rows.filter(state=query.state)
    if query.delegation:
        rows = rows.filter(delegation__unit__code=query.delegation)
    if query.track:
        rows = rows.filter(track="" if query.track == Kind.LEADER else query.track)
    if query.words.strip():
        rows = rows.filter(person__name__contains=query.words.strip())
    return Paginator(rows.order_by("since", "pk"), PAGE).get_page(number)


def list_formless(season: Season, delegation: str, track: str) -> list[Registration]:
    """The contestants of a delegation in a track who wait and have no form to be looked at."""
    rows = _rows(season).filter(
        state=State.SUBMITTED,
        kind=Kind.CONTESTANT,
        form="",
        delegation__unit__code=delegation,
        track=track,
    )
    return list(rows)


def formless_of(season: Season) -> list[Formless]:
    """Where such lists wait, each to be looked at as a whole."""
    law = selectors.rulebook_of(season)
    rows = (
        Registration.objects.filter(
            season=season, state=State.SUBMITTED, kind=Kind.CONTESTANT, form=""
        )
        .values("delegation", "track")
        .annotate(count=Count("pk"))
        .order_by("delegation__position", "track")
    )
    teams = {one.pk: one for one in units.list_delegations(season.code)}
    return [
        Formless(
            teams[row["delegation"]], row["track"], law.tracks[row["track"]].title, row["count"]
        )
        for row in rows
        if row["track"] in law.tracks
    ]


def desk_of(season: Season) -> Desk:
    counts = count_states(season)
    law = selectors.rulebook_of(season)
    return Desk(
        states=tuple((state, counts[state]) for state in State if state != State.DRAFT),
        drafts=counts[State.DRAFT],
        changes=count_changes(season),
        doubts=count_doubts(season),
        lists=tuple(lists_to_confirm(season)),
        nominations=tuple(selectors.get_stage(season, code) for code in shape.nominations(law)),
        formless=tuple(formless_of(season)),
        checks=checklist.lines_for(Kind.CONTESTANT, None),
    )


def count_states(season: Season) -> dict[str, int]:
    """How many registrations stand in each state."""
    counted = (
        Registration.objects.filter(season=season)
        .exclude(state=State.WITHDRAWN, entry=None)
        .values_list("state")
        .annotate(count=Count("pk"))
        .order_by()
    )
    found = dict(counted)
    return {state.value: found.get(state.value, 0) for state in State}


def lists_to_confirm(season: Season) -> list[ListToConfirm]:
    """Each stage with entries that wait to be confirmed, in the stages' order."""
    waiting = (
        Stage.objects.filter(season=season, entries__state=EntryState.NOMINATED)
        .annotate(
            count=Count("entries"),
            passed=Count("entries", filter=Q(entries__registration__state=State.PASSED)),
            alone=Count("entries", filter=Q(entries__registration=None)),
        )
        .order_by("position")
    )
    return [
        ListToConfirm(
            one,
            one.count,
            one.count - one.passed - one.alone,
            tuple(rosters.list_faulty(season, one.code)),
        )
        for one in waiting
    ]


def count_changes(season: Season) -> int:
    return Change.objects.filter(season=season, state=ChangeState.ASKED).count()


def count_doubts(season: Season) -> int:
    return HistoryLine.objects.filter(list__season=season, state=LineState.DOUBTFUL).count()


def page_of_entries(stage: Stage, senders: list[Delegation], number: str | None) -> Page[Entry]:
    """Who stands in a stage for these delegations, with what was asked to be changed."""
    rows = (
        Entry.objects.filter(stage=stage, delegation__in=senders)
        .select_related("person__unit", "delegation__unit", "registration")
        .prefetch_related("change_requests")
        .order_by("delegation__position", "track", "code")
    )
    return Paginator(rows, PAGE).get_page(number)


def get_entry_for(actor: Actor, season: Season, number: int) -> Entry:
    """An entry that the reader may ask changes for."""
    found = (
        Entry.objects.filter(pk=number, stage__season=season)
        .select_related("stage__season__host", "person__unit", "delegation__unit")
        .first()
    )
    if found is None:
        raise DomainError("not_found")
    host, path = selectors.host_path(season), found.delegation.unit.path
    if not rules.can_register(actor, season.code, host, path):
        raise DomainError("forbidden")
    return found


def page_of_changes(season: Season, number: str | None) -> Page[Change]:
    """What waits first, then the newest."""
    rows = Change.objects.filter(season=season).select_related(
        "entry__stage",
        "entry__person__unit",
        "entry__delegation",
        "registration__stage",
        "registration__person__unit",
        "registration__delegation",
        "person__unit",
    )
    waits = Case(When(state=ChangeState.ASKED, then=0), default=1)
    return Paginator(rows.order_by(waits, "-pk"), PAGE).get_page(number)


def get_change(season: Season, number: int) -> Change:
    found = Change.objects.filter(season=season, pk=number).first()
    if found is None:
        raise DomainError("not_found")
    return found


def _rows(season: Season) -> QuerySet[Registration]:
    return (
        Registration.objects.filter(season=season)
        .select_related("stage", "delegation__unit", "person__unit", "entry")
        .prefetch_related("change_requests")
        .order_by("pk")
    )
