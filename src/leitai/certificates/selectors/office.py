"""The office's pages: awards and their designs, the inspection, a preview, the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.certificates import designs, preflight, printing, serials, wording
from leitai.certificates.enums import BatchState, Template
from leitai.certificates.kinds import owner_of
from leitai.certificates.models import Batch, Certificate, Design
from leitai.certificates.rules import can_issue
from leitai.certificates.selectors.awards import plan_of
from leitai.certificates.selectors.reads import PAGE, REVOKE, list_certificates
from leitai.certificates.wording import Words
from leitai.kernel.errors import DomainError, Problem
from leitai.ledger import selectors as ledger
from leitai.results.models import Award
from leitai.results.selectors import awarding_stage, newest_result
from leitai.rulebook.model import Award as Rule
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

_PREVIEW_PPI = {Template.PLAQUE: 40}
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


def award_of(season: Season, code: str) -> Rule:
    """An award of the season's rules; raises DomainError("not_found")."""
    for award in seasons.rulebook_of(season).awards:
        if award.id == code:
            return award
    raise DomainError("not_found")


def design_page(season: Season, code: str) -> dict[str, Any]:
    """The editor: what is kept, what it looks like with a real row, which fields texts may name."""
    rule, rulebook = award_of(season, code), seasons.rulebook_of(season)
    design = Design.objects.filter(season=season, award=code).first()
    base = designs.packaged(rulebook, team=rule.to != "person")
    values = designs.read(design.values, base) if design else base
    return {
        "season": season,
        "rule": rule,
        "team": rule.to != "person",
        "design": design,
        "values": values,
        "fields": wording.FIELDS.items(),
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
    rule, rulebook = award_of(season, code), seasons.rulebook_of(season)
    values = designs.read(given, designs.packaged(rulebook, team=rule.to != "person"))
    design = Design.objects.filter(season=season, award=code).select_related(*printing.PLACES)
    look = printing.look_of(values, design.first())
    holders = _holders(season, rule)
    place = row % len(holders) if holders else 0
    words = _words(holders, place, rule, rulebook)
    serial = f"{serials.prefix_of(rulebook, code)}0001"
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


def _words(holders: list[Award], place: int, rule: Rule, rulebook: Rulebook) -> Words:
    if holders:
        return wording.words_of(holders[place], rulebook)
    return wording.sample_of(rule.title, rulebook, team=rule.to != "person")


def _holders(season: Season, rule: Rule) -> list[Award]:
    """Who holds it by the newest computation, confirmed or not: it is only looked at."""
    stage = awarding_stage(seasons.rulebook_of(season))
    result = newest_result(seasons.get_stage(season, stage))
    if result is None:
        return []
    awards = result.awards.filter(award=rule.id).order_by("position")
    return list(awards.select_related("entry__person", "delegation__unit"))


def _problems(sheet: dict[str, object], look: printing.Look, rule: Rule) -> tuple[str, ...]:
    award = Award(title=rule.title)
    found = preflight.inspect([preflight.Draft(award, look, sheet)])
    return tuple(text_of(one) for one in found)
