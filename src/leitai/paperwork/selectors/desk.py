"""What the desk's pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.core.paginator import Page, Paginator

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.documents.faces import Substitution
from leitai.documents.fonts import MissingGlyph
from leitai.kernel.errors import DomainError
from leitai.paperwork import printing, rules
from leitai.paperwork.enums import ExportState
from leitai.paperwork.filling import fill, scope_of
from leitai.paperwork.material import payees, subjects
from leitai.paperwork.material.costs import cost_note
from leitai.paperwork.models import CostNote, Export, Template
from leitai.paperwork.packs import PACKS, Pack
from leitai.paperwork.selectors import templates
from leitai.paperwork.selectors.templates import Checked
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season, Stage

PAGE = 20
ROWS = 500  # offered in a list to choose from
LATEST = 5  # exports on the desk


@dataclass(frozen=True, slots=True)
class Offer:
    """A one-click document with the stages that it can be made of; none: of the whole season."""

    pack: Pack
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    season: Season
    law: Rulebook
    offers: tuple[Offer, ...]
    templates: tuple[Template, ...]
    exports: tuple[Export, ...]
    packaged: int
    costs: CostNote | None
    may_keep: bool


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """A template, its fields checked, and the rows that it can be filled for."""

    season: Season
    checked: Checked
    rows: tuple[tuple[str, str], ...]
    count: int
    may_keep: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """One filling: the values, what is missing, which faces print, characters without a glyph."""

    row: str
    title: str
    missing: tuple[str, ...]
    faces: tuple[Substitution, ...]
    glyphs: tuple[MissingGlyph, ...]
    pdf: bytes


@dataclass(frozen=True, slots=True)
class ExportPage:
    export: Export
    problem: str
    percent: int
    running: bool


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """The sums to be filled in for prizes, and the duties that labour may be paid for."""

    season: Season
    sums: tuple[tuple[str, int, Decimal | None], ...]
    refusal: str
    duties: tuple[tuple[str, str, int], ...]
    costs: CostNote | None


def get_season_for(viewer: Actor, code: str) -> Season:
    """The season for the desk; raises DomainError("forbidden")."""
    season = seasons.get_season(code)
    if not rules.can_see_desk(viewer, code, seasons.host_path(season)):
        raise DomainError("forbidden")
    return season


def get_season_to_pay(viewer: Actor, code: str) -> Season:
    season = seasons.get_season(code)
    if not rules.can_pay(viewer, code, seasons.host_path(season)):
        raise DomainError("forbidden")
    return season


def get_season_to_keep(viewer: Actor, code: str) -> Season:
    season = seasons.get_season(code)
    if not rules.can_keep_templates(viewer, code, seasons.host_path(season)):
        raise DomainError("forbidden")
    return season


def desk_for(viewer: Actor, season: Season) -> Desk:
    law = seasons.rulebook_of(season)
    stages = tuple(season.stages.order_by("position"))
    host = seasons.host_path(season)
    return Desk(
        season=season,
        law=law,
        offers=tuple(Offer(pack, _stages(pack, stages, law)) for pack in PACKS),
        templates=tuple(templates.list_templates(season)),
        exports=tuple(Export.objects.filter(season=season)[:LATEST]),
        packaged=len(templates.packaged_for(season)),
        costs=cost_note(season),
        may_keep=rules.can_keep_templates(viewer, season.code, host),
    )


def _stages(pack: Pack, stages: Sequence[Stage], law: Rulebook) -> tuple[Stage, ...]:
    if not pack.of_stage:
        return ()
    return tuple(
        stage
        for stage in stages
        if not pack.contest or law.stages[stage.code].method != "nomination"
    )


def template_page(viewer: Actor, template: Template) -> TemplatePage:
    rows = subjects.choices_of(template.season, scope_of(template))
    host = seasons.host_path(template.season)
    return TemplatePage(
        season=template.season,
        checked=templates.checked(template),
        rows=tuple(rows[:ROWS]),
        count=len(rows),
        may_keep=rules.can_keep_templates(viewer, template.season.code, host),
    )


def preview_of(template: Template, row: str, *, at: datetime) -> Preview:
    """The template filled for one row and set as PDF with the faces that are at hand.

    Raises DomainError("paperwork_row_gone"), ("paperwork_no_rows"), ("document_failed").
    """
    fillings = subjects.fillings_of(template.season, scope_of(template), at=at, key=row)
    if not fillings:
        raise DomainError("paperwork_no_rows", title=template.title)
    one = fillings[0]
    filled = fill(template, one.values)
    shown = printing.show(filled.data, kind=template.kind, title=one.title)
    return Preview(
        row=one.key,
        title=one.title,
        missing=filled.missing,
        faces=printing.faces(shown),
        glyphs=printing.missing_glyphs(shown),
        pdf=printing.pdf(shown),
    )


def exports_page(season: Season, number: str) -> Page[Export]:
    return Paginator(Export.objects.filter(season=season), PAGE).get_page(number)


def get_export(season: Season, export: int) -> Export:
    found = Export.objects.filter(season=season, pk=export).first()
    if found is None:
        raise DomainError("not_found")
    return found


def export_page(export: Export) -> ExportPage:
    problem = ""
    if export.state == ExportState.FAILED:
        problem = text_of(DomainError(export.problem, **export.problem_data))
    running = export.state in {ExportState.WAITING, ExportState.RUNNING}
    percent = export.done * 100 // export.total if export.total else 0
    return ExportPage(export, problem, percent, running)


def file_of(export: Export) -> Path:
    """The file; raises DomainError("paperwork_export_gone")."""
    path = Path(settings.LEITAI_FILES) / export.file
    if not export.file or not path.is_file():
        raise DomainError("paperwork_export_gone")
    return path


def payment_page(season: Season) -> PaymentPage:
    law = seasons.rulebook_of(season)
    sums: tuple[tuple[str, int, Decimal | None], ...] = ()
    refusal = ""
    try:
        sums = tuple(payees.sums_of(payees.winners(season, law)))
    except DomainError as error:
        refusal = text_of(error)
    return PaymentPage(season, sums, refusal, tuple(payees.duties_of(season)), cost_note(season))
