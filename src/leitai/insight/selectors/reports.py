"""Reads of 情况通报: the list, one with its papers, what a paper tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.paginator import Page, Paginator

from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.documents.official import Official
from leitai.insight import periods, rules, wording
from leitai.insight.counting import Figures, summed
from leitai.insight.enums import ReportState
from leitai.insight.models import Copy, Report
from leitai.insight.selectors.boards import unit_boards
from leitai.insight.selectors.figures import figures_of, topics_of
from leitai.insight.selectors.groups import OWN, Groups, children_of, single
from leitai.insight.selectors.pages import Ground, practice_of
from leitai.insight.selectors.rubrics import rubrics_of
from leitai.insight.wording import Known, Row
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Award, Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.units.enums import UnitKind, UnitState
from leitai.units.models import Unit

_ROWS: Final = 30
_OWN: Final = "本单位人员"
_UNFIT: Final = re.compile(r"[\\/:*?\"<>|\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class ReportsPage:
    season: Season
    page: Page[Report]
    titles: tuple[str, ...]  # of the page's reports, their fields filled
    writes: bool
    rubrics: tuple[Award, ...]  # awards whose points are worked out from these figures

    @property
    def lines(self) -> list[tuple[Report, str]]:
        return list(zip(self.page.object_list, self.titles, strict=True))


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report with its papers, or a draft's paper for the host as it would be issued now."""

    report: Report
    copies: tuple[Copy, ...]
    writes: bool

    @property
    def making(self) -> bool:
        return self.report.state == ReportState.MAKING

    @property
    def percent(self) -> int:
        return 100 * self.report.done // max(1, self.report.total)


def get_season_of_reports(actor: Actor, code: str) -> Season:
    """For whoever sees them; raises forbidden, season_unknown, insight_off."""
    season = seasons.get_season(code)
    if not rules.can_see_reports(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    practice_of(season)
    return season


def get_season_of_desk(actor: Actor, code: str) -> Season:
    """For whoever writes them."""
    season = get_season_of_reports(actor, code)
    if not rules.can_write_reports(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    return season


def reports_page(actor: Actor, code: str, number: str) -> ReportsPage:
    season = get_season_of_reports(actor, code)
    found = Report.objects.filter(season=season).select_related("unit")
    writes = rules.can_write_reports(actor, season.code, seasons.host_path(season))
    page = Paginator(found, _ROWS).get_page(number)
    law = seasons.rulebook_of(season)
    titles = tuple(_title(one, law) for one in page.object_list)
    return ReportsPage(season, page, titles, writes, rubrics_of(season))


def _title(report: Report, law: Rulebook) -> str:
    activity = law.short_title or law.title
    heads = wording.head_values(activity, report.unit.name, report.first, report.last)
    return wording.fill(report.title, heads)


def get_report(season: Season, report: int) -> Report:
    """Raises DomainError("not_found")."""
    held = Report.objects.select_related("season__rulebook", "season__host", "unit")
    found = held.filter(season=season, pk=report).first()
    if found is None:
        raise DomainError("not_found")
    return found


def report_page(actor: Actor, report: Report) -> ReportPage:
    season = report.season
    writes = rules.can_write_reports(actor, season.code, seasons.host_path(season))
    if report.state == ReportState.DRAFT:
        return ReportPage(report, (copy_of(report, report.unit, 1),), writes)
    return ReportPage(report, tuple(report.copies.all()), writes)


def get_copy(report: Report, position: int) -> Copy:
    """Raises DomainError("not_found")."""
    found = report.copies.filter(position=position).first()
    if found is None:
        raise DomainError("not_found")
    return found


def copies_of(ground: Ground) -> Page[Copy]:
    """What was issued about the unit, the newest first: for whoever sees its figures."""
    found = Copy.objects.filter(
        unit=ground.unit, report__season=ground.season, report__state=ReportState.ISSUED
    )
    found = found.select_related("report").order_by("-report__issued_at", "-pk")
    return Paginator(found, _ROWS).get_page(ground.asked.page)


def get_issued(ground: Ground, issued: int) -> Copy:
    """One of these; raises DomainError("not_found")."""
    found = Copy.objects.select_related("report").filter(
        pk=issued,
        unit=ground.unit,
        report__season=ground.season,
        report__state=ReportState.ISSUED,
    )
    copy = found.first()
    if copy is None:
        raise DomainError("not_found")
    return copy


def file_of(report: Report) -> Path:
    """The zip; raises DomainError("not_found")."""
    path = Path(settings.LEITAI_FILES) / report.file
    if not report.file or not path.is_file():
        raise DomainError("not_found")
    return path


def file_stem(copy: Copy) -> str:
    """A name that every system takes."""
    return _UNFIT.sub("", f"{copy.position:03d}{copy.unit_name}{copy.title}")[:100].strip(". ")


def units_of(report: Report) -> list[Unit]:
    """The report's unit, and every open place below it if each gets a paper of its own."""
    below = Unit.objects.filter(
        parent=report.unit, kind=UnitKind.PLACE, state=UnitState.OPEN
    ).order_by("path")
    return [report.unit, *(below if report.each else ())]


def first_draft(season: Season, at: datetime) -> dict[str, object]:
    """What a new report begins with: last week, the house's wording."""
    law, practice = practice_of(season)
    today = at.astimezone(SHANGHAI).date()
    first = periods.week_of(today, practice.week) - timedelta(days=7)
    return {
        "title": "关于{{时段}}“{{活动}}”参学情况的通报",
        "number": "",
        "to": "各参赛单位",
        "wording": wording.packaged(),
        "signer": law.host.name if law.host else "",
        "dated": today,
        "first": first,
        "last": first + timedelta(days=6),
    }


def copy_of(report: Report, unit: Unit, position: int) -> Copy:
    """The unit's paper with the figures as they are now."""
    known = known_of(report, unit)
    heads = wording.head_values(
        known.activity, unit.name, report.first, report.last, number=position
    )
    return Copy(
        report=report,
        position=position,
        unit=unit,
        unit_name=unit.name,
        title=wording.fill(report.title, heads),
        number=wording.fill(report.number, heads),
        to=wording.fill(report.to, heads),
        parts=wording.parts_of(report.wording, known),
    )


def official_of(report: Report, copy: Copy) -> Official:
    return wording.official_of(
        copy.parts,
        title=copy.title,
        number=copy.number,
        to=copy.to,
        signer=report.signer,
        dated=report.dated,
    )


def known_of(report: Report, unit: Unit) -> Known:
    """Figures of the unit and of those below it, with the days before for comparison."""
    law, practice = practice_of(report.season)
    groups = children_of(unit)
    span = periods.Span(report.first, report.last)
    now = figures_of(groups, season=report.season.code, span=span, titles=practice.titles)
    before = figures_of(groups, season=report.season.code, span=periods.back(span, span.length))
    boards = unit_boards(practice).values()
    return Known(
        activity=law.short_title or law.title,
        unit=unit.name,
        first=report.first,
        last=report.last,
        now=summed(now.values()),
        before=summed(before.values()),
        rows=_rows(groups, now),
        topics=topics_of(single(unit), season=report.season.code, span=span),
        ledgers={name: ledger.title for name, ledger in practice.ledgers.items()},
        titles={name: title.title for name, title in practice.titles.items()},
        ranked=any(board.figure == "ratio" for board in boards),
    )


def _rows(groups: Groups, figures: Mapping[str, Figures]) -> list[Row]:
    """Open units, and closed ones and own people where there is something to say of them."""
    rows = [
        Row(unit.name, figures[unit.code])
        for unit in groups.units
        if unit.is_open or figures[unit.code].some
    ]
    own = figures.get(OWN)
    return [*rows, Row(_OWN, own)] if own is not None and own.some else rows
