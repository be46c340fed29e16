"""What is mine to do now: each role's first screen, and the small pages that no room has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from leitai.base.actor import Actor, AppointmentRef
from leitai.certificates.models import Certificate
from leitai.certificates.selectors import list_own_certificates
from leitai.judging.models import Slot
from leitai.judging.selectors import list_turns_of
from leitai.kernel.errors import DomainError
from leitai.live.selectors.own import OwnSeat, seats_with
from leitai.newsroom.selectors import Front, front_of_house
from leitai.orders import selectors as orders
from leitai.orders.selectors import Received
from leitai.people.enums import ADMINISTRATORS, Role
from leitai.people.rules import is_own_contest
from leitai.registration.models import Registration
from leitai.registration.rules import takes_registrations
from leitai.registration.selectors import OwnTeam, list_own, list_own_teams
from leitai.results.models import StageResult
from leitai.results.selectors import OwnResult, list_own_results_for, published_stages, sight_of
from leitai.results.selectors.boards import decimals_of
from leitai.rulebook import numbers
from leitai.rulebook.data import MAIN
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import CalendarWindow, Entry, Season, Stage
from leitai.seasons.selectors.apart import told_apart
from leitai.seasons.selectors.contests import list_contests_for
from leitai.sittings.selectors import Agenda, agenda_of
from leitai.web.light.reading import Listed, listed

# In this order: whoever holds several duties begins with the one that has most to do.
FIRST = (
    Role.OFFICE,
    Role.LEADER,
    Role.EXAM_OFFICER,
    Role.SUPERVISOR,
    Role.ITEM_WRITER,
    Role.LOCAL_OFFICE,
    Role.UNIT_MANAGER,
    Role.JUDGE,
    Role.HOST,
    Role.TIMEKEEPER,
    Role.VISITOR,
    Role.TALLY_CLERK,
)
ORDERS_SHOWN = 5
CONTESTS_SHOWN = 3
CARDS = 12  # seasons on the front page
_LIVELY = {SeasonState.OPEN: 0, SeasonState.DRAFT: 1, SeasonState.CLOSED: 2}
_OUT = 2  # of a distance: not theirs at all
_SEASON_SCREENS = {
    Role.OFFICE: "seasons:office",
    Role.LEADER: "seasons:office",
    Role.LOCAL_OFFICE: "people:committees",
    Role.EXAM_OFFICER: "sittings:exams",
    Role.SUPERVISOR: "web:supervision",
    Role.PUBLICITY: "newsroom:desk",
    Role.UNIT_MANAGER: "web:unit",
    Role.HOST: "live:matches",
    Role.TIMEKEEPER: "judging:events",
    Role.TALLY_CLERK: "judging:events",
}
_HOUSE_SCREENS = {
    Role.ITEM_WRITER: ("bank:banks", ()),
    Role.JUDGE: ("judging:mine", ()),
    Role.VISITOR: ("judging:mine", ()),
    Role.OPERATOR: ("web:state", ()),
    Role.SECURITY_ADMIN: ("people:appointments", ()),
    Role.AUDIT_ADMIN: ("ledger:chain", ("house",)),
}


@dataclass(frozen=True, slots=True)
class Twin:
    """A season of a contest that is on the page with others, and what tells it from them."""

    season: Season
    apart: str


@dataclass(frozen=True, slots=True)
class Card:
    """A contest on the front page; `title` and `window` are what runs or comes next, if anything.

    `season` is the liveliest where the contest has several; then `twins` are all of them.
    """

    season: Season
    rulebook: Rulebook
    title: str
    window: CalendarWindow | None
    running: bool
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The house's home page; no `front` before any season was opened. `cards` has its own too."""

    front: Front | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """A contestant's page: exams ahead and past, and what was published of the own results."""

    agenda: Agenda
    results: tuple[OwnResult, ...]
    certificates: tuple[Certificate, ...]
    registrations: tuple[Registration, ...]
    turns: tuple[Slot, ...]  # in judged events
    teams: tuple[OwnTeam, ...]
    seats: dict[int, tuple[OwnSeat, ...]]  # in matches, by the row of a team's entry
    names: dict[str, str]  # of the seasons of these, by code


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One of the unit's people in a stage; rank and total only where they may be seen."""

    entry: Entry
    rank: int | None
    total: str


@dataclass(frozen=True, slots=True)
class UnitStage:
    stage: Stage
    rows: tuple[UnitRow, ...]
    published: bool


def roles_of(actor: Actor, season: str) -> tuple[str, ...]:
    """The roles held in the season or in all, each once, in the order of their first screens."""
    held = {ref.role for ref in actor.appointments if ref.season in ("", season)}
    return tuple(role for role in dict.fromkeys((*FIRST, *Role)) if role in held)


def can_operate(actor: Actor) -> bool:
    return actor.has(Role.OPERATOR)


def can_begin_seasons(actor: Actor) -> bool:
    """An operator, or the office of all seasons of some host."""
    return can_operate(actor) or any(
        held.role == Role.OFFICE and held.season == "" for held in actor.appointments
    )


def season_of(actor: Actor) -> Season | None:
    """The season that this person serves now: an open one first, then the newest.

    An appointment for every season reaches those of the own unit, of the units over it, and last
    of all those that a unit below it holds for itself. A contest of one's own stands on the first
    page of a committee's season, and takes its place only where there is none.
    """
    held = [ref for ref in actor.appointments if ref.role not in ADMINISTRATORS]
    ranked = [
        (is_own_contest(one.code), _LIVELY[SeasonState(one.state)], far, place, one)
        for place, one in enumerate(seasons.list_seasons())
        if (far := min((_distance(ref, one) for ref in held), default=_OUT)) < _OUT
    ]
    return min(ranked, key=lambda found: found[:4])[-1] if ranked else None


def _distance(ref: AppointmentRef, season: Season) -> int:
    """0 is one's own, 1 what a unit below holds, `_OUT` what is none of theirs."""
    host = seasons.host_path(season)
    if ref.season:
        return 0 if ref.season == season.code else _OUT
    if ref.unit_path.startswith(host):
        return 0
    return 1 if host.startswith(ref.unit_path) else _OUT


def first_screen(actor: Actor) -> str | None:
    """The address of what is this person's to do now; None where nothing is."""
    season = season_of(actor)
    for role in roles_of(actor, season.code if season else ""):
        if role in _HOUSE_SCREENS:
            name, arguments = _HOUSE_SCREENS[Role(role)]
            return reverse(name, args=arguments)
        if season is not None and role == Role.OFFICE and is_own_contest(season.code):
            return reverse("web:contest", args=(season.code,))
        if season is not None and role in _SEASON_SCREENS:
            return reverse(_SEASON_SCREENS[Role(role)], args=(season.code,))
        if role == Role.UNIT_MANAGER:  # before any season there is the roster
            return reverse("people:people")
    if actor.appointments:  # a duty without a page of its own yet: the home page names it
        return None
    return reverse("web:mine") if actor.person else None


def duties_of(actor: Actor) -> tuple[str, ...]:
    """What somebody is appointed to, in words."""
    held = dict.fromkeys(ref.role for ref in actor.appointments)
    return tuple(str(Role(role).label) for role in held)


def public_seasons() -> list[Season]:
    """What the public may know of: seasons that were opened."""
    return [one for one in seasons.list_seasons() if one.state != SeasonState.DRAFT]


def front_page(*, now: datetime) -> FrontPage:
    """The liveliest season at the head; local contests behind those of the committees."""
    found = sorted(public_seasons(), key=_liveliness)[:CARDS]
    if not found:
        return FrontPage(None, ())
    together = [one for one in found if not is_own_contest(one.code)] or found
    cards = cards_of(found, now=now) if len(found) > 1 else ()
    return FrontPage(front_of_house(together, at=now), cards)


def cards_of(found: Sequence[Season], *, now: datetime) -> tuple[Card, ...]:
    """One a contest: its seasons are told apart on the card, not by a card each.

    What somebody holds by a template has its title from there: each of those is a contest.
    """
    apart = told_apart(found)
    groups: dict[tuple[str, int | None], list[Season]] = {}
    for one in found:
        title = one.code if is_own_contest(one.code) else seasons.rulebook_of(one).title
        groups.setdefault((title, one.host_id), []).append(one)
    return tuple(
        replace(
            card_of(group[0], now=now),
            twins=tuple(Twin(one, apart[one.code]) for one in group if one.code in apart),
        )
        for group in groups.values()
    )


def _liveliness(season: Season) -> tuple[bool, int]:
    return is_own_contest(season.code), _LIVELY[SeasonState(season.state)]


def card_of(season: Season, *, now: datetime) -> Card:
    rulebook = seasons.rulebook_of(season)
    windows = [one for one in seasons.current_windows(season).values() if one.closes_at > now]
    window = min(windows, key=lambda one: (one.opens_at, one.closes_at), default=None)
    return Card(
        season=season,
        rulebook=rulebook,
        title=rulebook.calendar[window.name].title if window else "",
        window=window,
        running=window is not None and window.opens_at <= now,
    )


def mine_of(actor: Actor, *, now: datetime) -> Mine:
    """My exams of every season, my registrations, and what was published of my results."""
    agenda = agenda_of(actor.person, now=now)
    sat = [one.sitting for one in agenda.ahead] + [one.sitting for one in agenda.past]
    codes = dict.fromkeys(sitting.exam.stage.season.code for sitting in sat)
    entered = seasons.entries_with(actor.person).order_by("-stage__season")
    codes |= dict.fromkeys(entered.values_list("stage__season__code", flat=True))
    results = [own for code in codes for own in reversed(list_own_results_for(actor, code))]
    held, registered = tuple(list_own_certificates(actor)), tuple(list_own(actor))
    codes |= dict.fromkeys(one.season.code for one in registered)
    turns, teams = tuple(list_turns_of(actor)), tuple(list_own_teams(actor))
    seats = seats_with(one.entry for one in teams)
    names = _names(list(codes))
    return Mine(agenda, tuple(results), held, registered, turns, teams, seats, names)


def _names(codes: list[str]) -> dict[str, str]:
    """Short titles; with what tells it apart where somebody takes part in two of one title."""
    found = list(seasons.list_seasons().filter(code__in=codes))
    apart = told_apart(found) if len(found) > 1 else {}
    laws = {one.code: seasons.rulebook_of(one) for one in found}
    named = {code: law.short_title or law.title for code, law in laws.items()}
    return named | {
        code: _("%(title)s（%(apart)s）") % {"title": named[code], "apart": words}
        for code, words in apart.items()
    }


def unit_page(actor: Actor, code: str) -> tuple[Season, tuple[UnitStage, ...]]:
    """The people of the units that this manager looks after, stage by stage."""
    season = seasons.get_season(code)
    paths = actor.unit_paths(Role.UNIT_MANAGER, season=code)
    if not paths:
        raise DomainError("forbidden")
    published = {result.stage.code: result for result in published_stages(code)}
    stages = season.stages.order_by("position")
    return season, tuple(_unit_stages(actor, stages, paths, published))


def own_contests(actor: Actor, *, now: datetime) -> list[Listed]:
    """The newest contests that one holds oneself."""
    return listed(list_contests_for(actor)[:CONTESTS_SHOWN], now=now)


def registers(season: Season) -> bool:
    """Whether names are handed in on the page of registrations."""
    return takes_registrations(seasons.rulebook_of(season))


def open_orders(actor: Actor, code: str, *, now: datetime) -> tuple[Received, ...]:
    """The newest orders that wait for this manager's units."""
    return orders.list_waiting(actor, code, limit=ORDERS_SHOWN, now=now)


def _unit_stages(
    actor: Actor,
    stages: QuerySet[Stage],
    paths: tuple[str, ...],
    published: dict[str, StageResult],
) -> Iterator[UnitStage]:
    own = Q()
    for path in paths:
        own |= Q(delegation__unit__path__startswith=path) | Q(person__unit__path__startswith=path)
    for stage in stages:
        entries = list(seasons.list_entries(stage).filter(own))
        result = published.get(stage.code)
        if result is not None and sight_of(actor, result).unit:
            yield UnitStage(stage, tuple(_ranked(result, entries)), published=True)
        else:
            rows = tuple(UnitRow(entry, None, "") for entry in entries)
            yield UnitStage(stage, rows, published=False)


def _ranked(result: StageResult, entries: list[Entry]) -> Iterator[UnitRow]:
    standings = {
        standing.entry_id: standing
        for standing in result.standings.filter(board=MAIN, entry__in=entries)
    }
    places = decimals_of(seasons.rulebook_of(result.stage.season), result.stage.code)
    for entry in entries:
        standing = standings.get(entry.pk)
        if standing is None:
            yield UnitRow(entry, None, "")
        else:
            yield UnitRow(entry, standing.rank, numbers.show(Fraction(standing.total), places))
