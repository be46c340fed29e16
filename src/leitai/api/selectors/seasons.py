"""Seasons as the public knows them: what, when, by which rules."""

from __future__ import annotations

from leitai.api.schemas import (
    CalendarOut,
    Dates,
    Named,
    OwnDates,
    Paged,
    RulesOut,
    RulesText,
    SeasonDetail,
    SeasonOut,
    StageOut,
    Titled,
    WindowOut,
)
from leitai.api.selectors.paging import page_of, page_of_list, place_of
from leitai.base.actor import NOBODY
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import CalendarWindow, Season, SeasonRules
from leitai.seasons.selectors.dates import DateRow, dates_page
from leitai.units import selectors as units
from leitai.units.models import Delegation


def public_season(code: str) -> Season:
    """One that was opened; raises DomainError("season_unknown") whoever asks for another."""
    return seasons.get_season_for(NOBODY, code)


def page_of_seasons(number: int) -> Paged[SeasonOut]:
    page = page_of(seasons.list_seasons().exclude(state=SeasonState.DRAFT), number)
    return Paged[SeasonOut](items=[_season(one) for one in page], **place_of(page))


def season_detail(code: str) -> SeasonDetail:
    season = public_season(code)
    law = seasons.rulebook_of(season)
    return SeasonDetail(
        **_season(season).model_dump(),
        theme=law.theme,
        tracks=[Titled(code=name, title=track.title) for name, track in law.tracks.items()],
        stages=_stages(law),
        delegations=[delegation(one) for one in units.list_delegations(code)],
    )


def calendar(code: str) -> CalendarOut:
    page = dates_page(public_season(code))
    return CalendarOut(season=code, windows=[_window(row) for row in page.rows])


def page_of_rules(code: str, number: int) -> Paged[RulesOut]:
    """Every version of the rules, the first one first."""
    season = public_season(code)
    page = page_of_list(seasons.list_rule_versions(season), number)
    return Paged[RulesOut](items=[_rules(season, one) for one in page], **place_of(page))


def rules_text(code: str, version: int) -> RulesText:
    season = public_season(code)
    found = seasons.get_rule_version(season, version)
    return RulesText(**_rules(season, found).model_dump(), text=found.rulebook.text)


def delegation(held: Delegation) -> Named:
    """A delegation, named by the code of its unit."""
    return Named(code=held.unit.code, name=held.name)


def _season(season: Season) -> SeasonOut:
    law = seasons.rulebook_of(season)
    return SeasonOut(
        code=season.code,
        title=law.title,
        short_title=law.short_title,
        year=law.year,
        state=season.state,
        host=_host(season, law),
        rulebook=season.rulebook.hash,
        opened_at=season.opened_at,
    )


def _host(season: Season, law: Rulebook) -> Named | None:
    if season.host is not None:
        return Named(code=season.host.code, name=law.host.name if law.host else season.host.name)
    return Named(code=law.host.unit, name=law.host.name) if law.host else None


def _stages(law: Rulebook) -> list[StageOut]:
    return [
        StageOut(
            code=code,
            title=stage.title,
            method=stage.method,
            tracks=list(stage.tracks or law.tracks),
            window=stage.window or "",
            public=law.visibility[code].public if code in law.visibility else "none",
        )
        for code, stage in law.stages.items()
    ]


def _window(row: DateRow) -> WindowOut:
    return WindowOut(
        name=row.name,
        title=row.planned.title,
        planned=row.planned.words,
        place=row.planned.place,
        dates=_dates(row.window) if row.window else None,
        own=[
            OwnDates(**_dates(one).model_dump(), delegation=delegation(one.delegation))
            for one in row.own
            if one.delegation is not None
        ],
    )


def _dates(window: CalendarWindow) -> Dates:
    return Dates(
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        reason=window.reason or window.deviation,
        notice=window.notice,
    )


def _rules(season: Season, version: SeasonRules) -> RulesOut:
    return RulesOut(
        number=version.number,
        hash=version.rulebook.hash,
        adopted_at=version.adopted_at,
        reason=version.reason,
        effective=version.effective,
        in_force=version.rulebook_id == season.rulebook_id,
    )
