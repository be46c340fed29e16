"""What the pages show, gathered once: the published list and the committee's office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people.rules import is_own_contest
from leitai.results.enums import ResultState
from leitai.results.evidence import awarding_stage, law_of
from leitai.results.models import StageResult
from leitai.results.rules import can_decide, can_resolve, can_see_previews
from leitai.results.selectors import access, boards, ties
from leitai.results.selectors.boards import AdvancementGroup, AwardGroup, Table
from leitai.results.selectors.reasons import Why, fingerprint, why
from leitai.rulebook.data import MAIN, team_board
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Entry, Stage
from leitai.units import selectors as units

Query = Mapping[str, str]  # the address's parameters, as request.GET gives them


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """One version's tables, one tab at a time. `query` names the board in a row's address.

    `absent` are who did not come to a contest of one's own: name and delegation, without a rank.
    """

    result: StageResult
    rulebook: Rulebook
    tabs: tuple[Tab, ...]
    tab: str
    tracks: tuple[tuple[str, str], ...]  # code and title, where there is more than one
    track: str
    table: Table | None
    absent: tuple[tuple[str, str], ...]
    advancement: tuple[AdvancementGroup, ...]
    awards: tuple[AwardGroup, ...]
    delegations: tuple[tuple[str, str], ...]
    delegation: str
    query: str
    pair: tuple[str, str]
    why: Why | None
    inputs: str
    outcome: str


@dataclass(frozen=True, slots=True)
class PublicPage:
    tables: Tables
    stages: tuple[StageResult, ...]


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """Before publication: the stage, its window, and what is published already."""

    season: str
    season_title: str
    title: str
    closes_at: datetime | None
    stages: tuple[StageResult, ...]


@dataclass(frozen=True, slots=True)
class OfficePage:
    """`ties` block; `standing` is the version that holds; `may_decide` shows the acts."""

    stage: Stage
    rulebook: Rulebook
    result: StageResult | None
    tables: Tables | None
    ties: tuple[ties.Tie, ...]
    notes: tuple[str, ...]
    versions: tuple[StageResult, ...]
    standing: StageResult | None
    stages: tuple[Stage, ...]
    may_decide: bool
    may_resolve: bool
    advancing: tuple[tuple[str, int], ...]  # next stage's title, and how many go on to it

    @property
    def can_confirm(self) -> bool:
        result = self.result
        return bool(
            self.may_decide
            and result
            and result.state == ResultState.PREVIEW
            and not result.blocked
            and not result.stale_at
        )

    @property
    def must_compute(self) -> bool:
        """Whether the next step is to compute: nothing is there, or it no longer holds."""
        result = self.result
        if result is None or result.stale_at:
            return True
        return result.state == ResultState.SUPERSEDED

    @property
    def can_finalise(self) -> bool:
        result = self.result
        return bool(
            self.may_decide
            and result
            and result.state == ResultState.PUBLISHED
            and not result.stale_at
        )

    @property
    def can_publish(self) -> bool:
        result = self.result
        return bool(
            self.may_decide
            and result
            and result.state == ResultState.CONFIRMED
            and not result.stale_at
        )


def public_page(viewer: Actor, season: str, stage: str, query: Query) -> PublicPage | None:
    """The published list, or None while there is none that this viewer may see."""
    try:
        result = access.get_result_for(viewer, season, stage)
    except DomainError as error:
        if error.code != "not_found":
            raise
        return None
    return PublicPage(tables_of(result, query), tuple(_visible(viewer, season)))


def waiting_page(viewer: Actor, season: str, stage: str) -> WaitingPage:
    """Raises DomainError("not_found") where the season has no such stage at all."""
    try:
        held = seasons.get_stage(seasons.get_season(season), stage)
    except DomainError:
        raise DomainError("not_found") from None
    window = seasons.window_of(held.season, stage)
    return WaitingPage(
        season=season,
        season_title=seasons.rulebook_of(held.season).title,
        title=held.title,
        closes_at=window.closes_at if window else None,
        stages=tuple(_visible(viewer, season)),
    )


def _visible(viewer: Actor, season: str) -> list[StageResult]:
    """The published stages whose lists this viewer may open."""
    published = access.published_stages(season)
    return [result for result in published if access.sight_of(viewer, result).tables]


def office_page(viewer: Actor, season: str, stage: str, query: Query) -> OfficePage:
    """The committee's page; raises DomainError("forbidden") for everybody else."""
    held = seasons.get_stage(seasons.get_season(season), stage)
    host = seasons.host_path(held.season)
    if not can_see_previews(viewer, season, host):
        raise DomainError("forbidden")
    result = access.newest_result(held)
    rulebook = seasons.rulebook_of(held.season)
    return OfficePage(
        stage=held,
        rulebook=rulebook,
        result=result,
        tables=tables_of(result, query) if result else None,
        ties=tuple(ties.open_ties(result)) if result else (),
        notes=tuple(ties.notes_of(result)) if result else (),
        versions=tuple(access.list_versions(held)),
        standing=access.standing_result(season, stage),
        stages=tuple(held.season.stages.order_by("position")),
        may_decide=can_decide(viewer, season, host),
        may_resolve=can_resolve(viewer, season, host),
        advancing=boards.advancing_counts(result, law_of(result)) if result else (),
    )


def tables_of(result: StageResult, query: Query) -> Tables:
    """The tab that the address asks for, with the pair whose reason is open."""
    rulebook = law_of(result)
    tracks = boards.tracks_of(result, rulebook)
    track = query.get("track", "")
    track = track if track in tracks else (tracks[0] if tracks else next(iter(rulebook.tracks)))
    keys = _tab_keys(result, rulebook)
    tab = query.get("tab", "") if query.get("tab", "") in dict(keys) else keys[0][0]
    delegation = query.get("delegation", "") if tab == "people" else ""
    table = _table(result, rulebook, track, tab, delegation, query)
    pair = (query.get("upper", ""), query.get("lower", ""))
    return Tables(
        result=result,
        rulebook=rulebook,
        tabs=tuple(Tab(key, label, key == tab) for key, label in keys),
        tab=tab,
        tracks=tuple((code, rulebook.tracks[code].title) for code in tracks[1:] and tracks),
        track=track,
        table=table,
        absent=tuple(_absent(result, track, delegation)) if _ends(table, tab) else (),
        advancement=tuple(boards.advancement_groups(result)) if tab == "advancement" else (),
        awards=tuple(boards.award_groups(result)) if tab == "awards" else (),
        delegations=_delegations(result) if tab == "people" else (),
        delegation=delegation,
        query=urlencode(_address(tab, track, delegation, table)),
        pair=pair,
        why=_why(result, table, pair),
        inputs=fingerprint(result.input_digest),
        outcome=fingerprint(result.outcome_digest),
    )


def _tab_keys(result: StageResult, rulebook: Rulebook) -> list[tuple[str, str]]:
    stage = rulebook.stages[result.stage.code]
    kinds = {rulebook.tracks[track].kind for track in stage.tracks or rulebook.tracks}
    single = gettext("个人名次") if "person" in kinds else gettext("名次")
    found = []
    if stage.team:
        found.append(("teams", gettext("团体名次")))
    if stage.ranking:
        found.append(("people", single))
    if stage.advance:
        found.append(("advancement", gettext("晋级名单")))
    if rulebook.awards and awarding_stage(rulebook) == result.stage.code:
        found.append(("awards", gettext("奖项")))
    return found or [("people", single)]


def _table(
    result: StageResult, rulebook: Rulebook, track: str, tab: str, delegation: str, query: Query
) -> Table | None:
    if tab == "teams":
        return boards.team_table(result, rulebook, track)
    if tab == "people":
        number = query.get("page", "1")
        page = int(number) if number.isdecimal() and len(number) < 6 else 1
        board = team_board(delegation) if delegation else MAIN
        return boards.person_table(result, rulebook, track, board=board, page=page)
    return None


def _ends(table: Table | None, tab: str) -> bool:
    """Whether nobody with a rank comes after this page."""
    page = table.page if table and tab == "people" else None
    return page is not None and not page.has_next()


def _absent(result: StageResult, track: str, delegation: str) -> list[tuple[str, str]]:
    """As the version itself noted them; only where the holder of a contest counts heads.

    A list that a committee publishes names those who are ranked and nobody else.
    """
    season = result.stage.season
    if not is_own_contest(season.code):
        return []
    codes = [one["subject"] for one in result.notes if one["reason"]["code"] == "absent"]
    entries = Entry.objects.filter(stage=result.stage_id, track=track, code__in=codes)
    if delegation:
        entries = entries.filter(delegation__unit__code=delegation)
    return list(entries.order_by("code").values_list("person__name", "delegation__name"))


def _delegations(result: StageResult) -> tuple[tuple[str, str], ...]:
    season = result.stage.season.code
    return tuple((one.unit.code, one.name) for one in units.list_delegations(season))


def _address(tab: str, track: str, delegation: str, table: Table | None) -> dict[str, str]:
    address = {"tab": tab, "track": track}
    if delegation:
        address["delegation"] = delegation
    if table is not None:
        address["board"] = table.board
    if table is not None and table.page is not None and table.page.number > 1:
        address["page"] = str(table.page.number)
    return address


def _why(result: StageResult, table: Table | None, pair: tuple[str, str]) -> Why | None:
    if table is None or not all(pair):
        return None
    return why(result, track=table.track, board=table.board, upper=pair[0], lower=pair[1])
