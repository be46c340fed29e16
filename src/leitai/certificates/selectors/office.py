"""The office's pages: awards and their designs, the inspection, a preview, the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator

from leitai.base.actor import NOBODY, Actor
from leitai.base.errors import text_of
from leitai.certificates import designs, preflight, printing, serials, wording
from leitai.certificates.designs import Values
from leitai.certificates.enums import BatchState, Template
from leitai.certificates.kinds import owner_of
from leitai.certificates.models import Batch, Certificate, Design
from leitai.certificates.rules import can_issue
from leitai.certificates.selectors.awards import plan_of
from leitai.certificates.selectors.reads import PAGE, REVOKE, list_certificates
from leitai.certificates.selectors.titles import record_of, title_holders
from leitai.certificates.wording import Words
from leitai.kernel.errors import DomainError, Problem
from leitai.ledger import selectors as ledger
from leitai.results.models import Award
from leitai.results.selectors import awarding_stage, newest_result
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

_PREVIEW_PPI = {Template.PLAQUE: 40}
_HOLDERS = 200  # of a title, to turn over in a preview
_UNDER_WAY = (BatchState.NUMBERING, BatchState.SETTING)


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One award of the rules: how it looks, how many hold a certificate of it."""

    code: str
    title: str
    template: str
    holding: int


@dataclass(frozen=True, slots=True)
class Stand:
    """What is to be done next. `refusal` says why nothing can be issued yet."""

    refusal: str
    new: int
    fallen: int


def office_page(season: Season, *, viewer: Actor, page: int = 1) -> dict[str, object]:
    """What the office's list shows; `officers` is how many it takes to revoke one."""
    shown = Paginator(list_certificates(season.code), PAGE).get_page(page)
    return {
        "season": season,
        "awards": award_rows(season),
        "stand": stand_of(season),
        "certificates": shown,
        "has_any": bool(shown.paginator.count),
        "batch": Batch.objects.filter(season=season).first(),
        "has_titles": bool((practice := seasons.rulebook_of(season).practice) and practice.titles),
        "may_run": can_issue(viewer, season.code, seasons.host_path(season)),
        "officers": ledger.officers_for(REVOKE, seasons.host_level(season)),
    }


def award_rows(season: Season) -> list[AwardRow]:
    rulebook = seasons.rulebook_of(season)
    kept = dict(Design.objects.filter(season=season).values_list("award", "values"))
    holding = Counter(
        Certificate.objects.filter(award__season=season, revoked_at=None)
        .order_by()
        .values_list("award__award", flat=True)
    )
    rows = []
    for award in rulebook.awards:
        template = kept.get(award.id, {}).get("template", Template.CLASSIC)
        label = str(Template(template).label) if template in Template.values else template
        rows.append(AwardRow(award.id, award.title, label, holding[award.id]))
    return rows


def stand_of(season: Season) -> Stand:
    try:
        plan = plan_of(season)
    except DomainError as error:
        return Stand(text_of(error), 0, 0)
    return Stand("", len(plan.new), len(plan.fallen))


def batch_page(season: Season, batch: int) -> dict[str, object]:
    """How far a large issue is; raises DomainError("not_found") for another season's."""
    found = Batch.objects.filter(pk=batch, season=season).first()
    if found is None:
        raise DomainError("not_found")
    percent = 100 * found.done // found.total if found.total else 0
    running = found.state in _UNDER_WAY
    return {"season": season, "batch": found, "percent": percent, "running": running}


def inspection_of(season: Season, *, at: datetime) -> dict[str, object]:
    """What the inspection of everything that is to be issued finds, person by person."""
    awards = plan_of(season).new
    rulebook = seasons.rulebook_of(season)
    drafts = preflight.draft_all(season, awards, serials.foresee(awards, rulebook), at)
    problems = preflight.inspect(drafts) if drafts else []
    fitted = [draft for draft in drafts if draft.sheet["fits"]]
    return {
        "season": season,
        "count": len(drafts),
        "problems": [_finding(one) for one in problems],
        "fitted": [(str(one.sheet["holder"]), one.award.title) for one in fitted[:PAGE]],
        "fitted_count": len(fitted),
    }


def _finding(problem: Problem) -> dict[str, object]:
    return {**problem.data, "code": problem.code, "sentence": text_of(problem)}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a design is of: an award of the rules, or (`name`) a title of practice."""

    id: str
    title: str
    team: bool
    base: Values
    name: str = ""


def subject_of(season: Season, code: str) -> Subject:
    """By the code under which its design is kept; raises DomainError("not_found")."""
    rulebook = seasons.rulebook_of(season)
    for award in rulebook.awards:
        if award.id == code:
            team = wording.names_team(award, rulebook)
            return Subject(
                code, award.title, team, designs.packaged(rulebook, team=team, award=award.title)
            )
    name = code.removeprefix(designs.TITLE)
    if name == code or rulebook.practice is None or name not in rulebook.practice.titles:
        raise DomainError("not_found")
    title = rulebook.practice.titles[name].title
    return Subject(code, title, team=False, base=designs.packaged_title(rulebook), name=name)


def design_page(season: Season, code: str) -> dict[str, Any]:
    """The editor: what is kept, what it looks like with a real row, which fields texts may name."""
    rule = subject_of(season, code)
    design = Design.objects.filter(season=season, award=code).first()
    values = designs.read(design.values, rule.base) if design else rule.base
    return {
        "season": season,
        "rule": rule,
        "team": rule.team,
        "design": design,
        "values": values,
        "fields": [(wording.NAMES[name], what) for name, what in wording.FIELDS.items()],
        "owner": owner_of(season.code),
        "places": [
            (place, getattr(design, place) if design else None) for place in printing.PLACES
        ],
    }


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture of one sheet, whose it is, and what would not print."""

    png: bytes
    holder: str
    row: int
    rows: int
    problems: tuple[str, ...]


def preview_of(
    season: Season, code: str, given: Mapping[str, object], *, row: int, at: datetime
) -> Preview:
    """The award's sheet with these texts and a real holder, as typst sets it."""
    rule, rulebook = subject_of(season, code), seasons.rulebook_of(season)
    values = designs.read(given, rule.base)
    design = Design.objects.filter(season=season, award=code).select_related(*printing.PLACES)
    look = printing.look_of(values, design.first())
    holders = _title_words(season, rule.name, rulebook) if rule.name else _words(season, rule)
    place = row % len(holders) if holders else 0
    words = holders[place] if holders else _sample(rule, rulebook)
    serial = _first_serial(rule, rulebook)
    sheet = printing.sheet_of(look, words, rulebook, serial=serial, at=at)
    problems = _problems(sheet, look, rule)
    sheet |= printing.code_on(printing.code_of(f"LC1.{serial}"))
    picture = printing.press().compile(
        values.template,
        printing.document_of([sheet], look.pictures),
        form="png",
        ppi=_PREVIEW_PPI.get(Template(values.template), 84),
    )
    return Preview(picture, str(sheet["holder"]), place, len(holders), problems)


def _sample(rule: Subject, rulebook: Rulebook) -> Words:
    if rule.name:
        return wording.title_sample_of(rule.title, rulebook)
    return wording.sample_of(rule.title, rulebook, team=rule.team)


def _first_serial(rule: Subject, rulebook: Rulebook) -> str:
    if rule.name:
        return f"{serials.title_prefix(rulebook, rule.name)}{1:0{serials.TITLE_WIDTH}}"
    return f"{serials.prefix_of(rulebook, rule.id)}{1:0{serials.WIDTH}}"


def _words(season: Season, rule: Subject) -> list[Words]:
    """Who holds it by the newest computation, confirmed or not: it is only looked at."""
    rulebook = seasons.rulebook_of(season)
    result = newest_result(seasons.get_stage(season, awarding_stage(rulebook)))
    if result is None:
        return []
    awards = result.awards.filter(award=rule.id).order_by("position")
    awards = awards.select_related("entry__person", "delegation__unit")
    return [wording.words_of(award, rulebook) for award in awards]


def _title_words(season: Season, name: str, rulebook: Rulebook) -> list[Words]:
    found = title_holders(season, name, _HOLDERS)
    return [wording.title_words_of(record_of(season, row, NOBODY), rulebook) for row in found]


def _problems(sheet: dict[str, object], look: printing.Look, rule: Subject) -> tuple[str, ...]:
    award = Award(title=rule.title)
    found = preflight.inspect([preflight.Draft(award, look, sheet)])
    return tuple(text_of(one) for one in found)
