"""What a season needs before it opens: each step, what is done of it and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from leitai.bank.rules import OWN_CONTEST
from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.people.enums import CommitteeKind, Role
from leitai.people.models import Appointment
from leitai.people.selectors import list_bodies_for
from leitai.people.selectors.committees import Body
from leitai.rulebook import Rulebook, load, packaged
from leitai.rulebook.loading import library
from leitai.rulebook.model.places import Body as BodyRule
from leitai.seasons import rules
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import Season
from leitai.seasons.selectors.seasons import (
    AssumptionState,
    current_windows,
    list_assumptions,
    rulebook_of,
)
from leitai.units import selectors as units
from leitai.units.enums import Level, UnitKind
from leitai.units.models import Delegation, Unit

MOST_HOSTS = 600


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body that the rulebook names, and the one that was set up for it."""

    name: str
    rule: BodyRule
    kind: str  # as its words suggest; the office may choose another
    body: Body | None

    @property
    def members(self) -> int:
        return len(self.body.members) if self.body else 0

    @property
    def done(self) -> bool:
        return self.members > 0


@dataclass(frozen=True, slots=True)
class WindowRow:
    name: str
    title: str
    words: str
    needed: bool  # a contest cannot be held without it
    done: bool


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is "ok", "half" or "todo"; `must` says that the season does not open without it."""

    name: str
    title: str
    state: str
    told: str
    must: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class PreparePage:
    season: Season
    law: Rulebook
    bodies: tuple[BodyRow, ...]
    delegations: tuple[Delegation, ...]
    windows: tuple[WindowRow, ...]
    assumptions: tuple[AssumptionState, ...]
    steps: tuple[Step, ...]

    @property
    def missing(self) -> list[BodyRow]:
        return [row for row in self.bodies if row.body is None]

    @property
    def ready(self) -> bool:
        return all(step.state == "ok" for step in self.steps if step.must)

    @property
    def draft(self) -> bool:
        return self.season.state == SeasonState.DRAFT


def prepare_page(actor: Actor, season: Season, *, at: datetime) -> PreparePage:
    """The steps in the order in which an office takes them."""
    law, have = rulebook_of(season), current_windows(season)
    bodies = tuple(_bodies(law, list_bodies_for(actor, season.code, at=at)))
    delegations = tuple(units.list_delegations(season.code))
    needed = {stage.window for stage in law.stages.values() if stage.method == "contest"}
    windows = tuple(
        WindowRow(name, planned.title, planned.words, name in needed, name in have)
        for name, planned in law.calendar.items()
    )
    assumptions = tuple(list_assumptions(season))
    return PreparePage(
        season,
        law,
        bodies,
        delegations,
        windows,
        assumptions,
        tuple(_steps(season.code, bodies, delegations, windows, assumptions)),
    )


def _steps(
    code: str,
    bodies: Sequence[BodyRow],
    delegations: Sequence[Delegation],
    windows: Sequence[WindowRow],
    assumptions: Sequence[AssumptionState],
) -> list[Step]:
    waiting = [one for one in assumptions if not one.confirmed]
    lacking = [row.title for row in windows if row.needed and not row.done]
    set_ = sum(row.done for row in windows)
    manned = sum(row.done for row in bodies)
    count = len(delegations)
    return [
        Step(
            "bodies",
            gettext("工作机构和人员"),
            _state(manned, len(bodies)),
            gettext("%(whole)s个机构，%(done)s个已有人员") % {"whole": len(bodies), "done": manned},
            must=False,
            url=reverse("people:committees", args=[code]),
        ),
        Step(
            "delegations",
            gettext("代表队"),
            "ok" if delegations else "todo",
            ngettext("已建立%(count)s支", "已建立%(count)s支", count) % {"count": count},
            must=True,
            url=reverse("units:delegations", args=[code]),
        ),
        Step(
            "calendar",
            gettext("日程"),
            "todo" if lacking else _state(set_, len(windows)),
            gettext("比赛时间未填：%(names)s") % {"names": listed(lacking)}
            if lacking
            else gettext("%(whole)s项，已填%(done)s项") % {"whole": len(windows), "done": set_},
            must=bool(lacking),
            url=reverse("seasons:calendar", args=[code]),
        ),
        Step(
            "assumptions",
            gettext("待定事项"),
            _state(len(assumptions) - len(waiting), len(assumptions)),
            gettext("%(whole)s项，%(done)s项已确认")
            % {"whole": len(assumptions), "done": len(assumptions) - len(waiting)},
            must=True,
            url=reverse("seasons:office", args=[code]) + "#assumptions",
        ),
    ]


def _state(done: int, whole: int) -> str:
    if done == whole:
        return "ok"
    return "half" if done else "todo"


def _bodies(law: Rulebook, standing: Sequence[Body]) -> list[BodyRow]:
    """Each named body with the one that was set up: of the same title."""
    by_title = {one.committee.title: one for one in standing}
    return [
        BodyRow(name, rule, kind_of(rule.title), by_title.get(rule.title))
        for name, rule in law.bodies.items()
    ]


def kind_of(title: str) -> str:
    """The kind of body whose name a title shares most of; of two, what it says last.

    A title that shares none is a committee's; so is the short name that says no level.
    """
    with translation.override("zh-hans"):  # the rulebook's words, whoever reads the page
        named = [(_shared(gettext("组委会"), title), CommitteeKind.COMMITTEE)]
        named += [(_shared(str(kind.label), title), kind) for kind in CommitteeKind]
    run, kind = max(named, key=lambda pair: (len(pair[0]), title.rfind(pair[0])))
    return str(kind.value) if len(run) > 1 else CommitteeKind.COMMITTEE.value


def _shared(one: str, other: str) -> str:
    """The longest run of characters that both have."""
    found = ""
    for start in range(len(one)):
        for end in range(start + len(found) + 1, len(one) + 1):
            if one[start:end] not in other:
                break
            found = one[start:end]
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    """A rulebook of the library that a season can begin from."""

    code: str
    title: str
    host: str


def choices() -> list[Choice]:
    """Every packaged rulebook, the newest year first."""
    laws = [(code, load(packaged(code))) for code in library()]
    laws.sort(key=lambda pair: (-(pair[1].year or 0), pair[0]))
    return [Choice(code, law.title, law.host.name if law.host else "") for code, law in laws]


def without_office(actor: Actor, *, at: datetime) -> list[tuple[str, str]]:
    """Code and title of seasons that are being prepared and that nobody runs; to who may help."""
    if not rules.can_give_first_office(actor):
        return []
    held = Appointment.objects.filter(Q(until=None) | Q(until__gt=at), role=Role.OFFICE)
    manned = set(held.filter(since__lte=at).values_list("scope", "unit__path"))
    drafts = Season.objects.filter(state=SeasonState.DRAFT, host__isnull=False)
    found = drafts.select_related("rulebook", "host").order_by("-created_at", "code")
    return [
        (one.code, rulebook_of(one).title)
        for one in found.exclude(code__startswith=OWN_CONTEST)[:MOST_HOSTS]
        if one.host is not None and not {(one.code, one.host.path), ("", one.host.path)} & manned
    ]


def hosts_for(actor: Actor) -> list[Unit]:
    """Where somebody may begin a season: the units of the own office, or those at the top."""
    paths = [
        held.unit_path
        for held in actor.appointments
        if held.role == Role.OFFICE and held.season == ""
    ]
    mine = Q(path__in=paths)
    if rules.can_create_season(actor):
        mine |= Q(level__in=(Level.PROVINCE, Level.PREFECTURE, Level.COUNTY), kind=UnitKind.PLACE)
    return list(Unit.objects.filter(mine, closed_on=None).order_by("path")[:MOST_HOSTS])
