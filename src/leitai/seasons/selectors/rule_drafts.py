"""Drafts of rules: their text read and checked, their revisions, what they would change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from leitai import rulebook as language
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.rulebook import editing
from leitai.rulebook.differing import Change, differences
from leitai.rulebook.extending import find_parts
from leitai.rulebook.model import Rulebook
from leitai.rulebook.source import read_path
from leitai.seasons.editor import naming
from leitai.seasons.enums import RevisionAct, RulesDraftState, SeasonState
from leitai.seasons.models import RulesDraft, RulesRevision, Season, SeasonRules
from leitai.seasons.selectors.pages import get_season_of_office
from leitai.seasons.selectors.rule_versions import (
    law_of,
    list_rule_versions,
    newest_rules,
    spoken,
)
from leitai.seasons.selectors.seasons import AssumptionState, open_assumptions, rulebook_of

CHECKED_KEPT = 32
FILE = "rulebook.yaml"  # what a draft's text is called in the place of a problem


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a text: the rules, or everything that is wrong with it."""

    law: Rulebook | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Where a draft stands among its revisions: what undoing and redoing would lead to."""

    back: int | None
    forth: int | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What adopting would change. `theirs` changed the rules in force since the draft was begun."""

    now: SeasonRules
    mine: tuple[Change, ...]
    theirs: tuple[Change, ...]
    asked: tuple[AssumptionState, ...]

    @property
    def moved(self) -> bool:
        return bool(self.theirs)


def check(text: str) -> Checked:
    """Read a text as rules; the answer is kept in the process by the text's hash."""
    return _check(hashlib.sha256(text.encode()).hexdigest(), text)


@lru_cache(maxsize=CHECKED_KEPT)
def _check(_hash: str, text: str) -> Checked:
    try:
        return Checked(language.load(text, name=FILE), ())
    except Problems as error:
        return Checked(None, error.problems)


def get_draft(season: Season, number: int) -> RulesDraft:
    """A draft by its number; raises DomainError("draft_unknown")."""
    found = RulesDraft.objects.filter(season=season, number=number)
    draft = found.select_related("base__rulebook", "season__rulebook", "season__host").first()
    if draft is None:
        raise DomainError("draft_unknown", number=number)
    return draft


def get_draft_of_office(actor: Actor, season: str, number: int) -> RulesDraft:
    """The draft for the office's pages; raises DomainError("forbidden") for others."""
    return get_draft(get_season_of_office(actor, season), number)


def list_drafts(season: Season) -> QuerySet[RulesDraft]:
    """The drafts that are being written, the one saved last first."""
    return RulesDraft.objects.filter(season=season, state=RulesDraftState.OPEN).order_by(
        "-saved_at", "-pk"
    )


def list_revisions(draft: RulesDraft) -> QuerySet[RulesRevision]:
    """All revisions without their texts, the newest first."""
    return RulesRevision.objects.filter(draft=draft).defer("text").order_by("-number")


def get_revision(draft: RulesDraft, number: int) -> RulesRevision:
    """A revision by its number; raises DomainError("not_found")."""
    found = RulesRevision.objects.filter(draft=draft, number=number).first()
    if found is None:
        raise DomainError("not_found")
    return found


def steps_of(draft: RulesDraft) -> Steps:
    """Follow the revisions: undoing goes back over what was done, a new change forgets the rest."""
    rows = RulesRevision.objects.filter(draft=draft).order_by("number")
    return steps(rows.values_list("number", "act"))


def steps(rows: Iterable[tuple[int, str]]) -> Steps:
    """The same of bare rows (number, act)."""
    done: list[int] = []
    undone: list[int] = []
    for number, act in rows:
        if act == RevisionAct.UNDONE:
            undone.append(done.pop())
        elif act == RevisionAct.REDONE:
            done.append(undone.pop())
        else:
            done.append(number)
            undone.clear()
    return Steps(done[-2] if len(done) > 1 else None, undone[-1] if undone else None)


def readable(draft: RulesDraft) -> tuple[Rulebook, bool]:
    """The draft's rules, and whether they are its newest: else those that last had no error."""
    now = check(draft.text).law
    if now is not None:
        return now, True
    sound = RulesRevision.objects.filter(draft=draft, problems=0).order_by("-number").first()
    found = check(sound.text).law if sound else None
    return found or law_of(draft.base), False


def effect_of(draft: RulesDraft) -> Effect | None:
    """What adopting the draft would mean; None while it has errors."""
    law = check(draft.text).law
    if law is None:
        return None
    now = newest_rules(draft.season)
    base = law_of(draft.base)
    moved = not draft.next_code and now.pk != draft.base_id
    return Effect(
        now=now,
        mine=differences(base, law, spoken()),
        theirs=differences(base, law_of(now), spoken()) if moved else (),
        asked=tuple(asked_by(draft, law)),
    )


def asked_by(draft: RulesDraft, law: Rulebook) -> list[AssumptionState]:
    """The questions that must be confirmed before the draft may take effect."""
    if draft.next_code or draft.season.state == SeasonState.DRAFT:
        return []  # they are asked before the season opens
    return open_assumptions(draft.season, law)


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The office's own list: versions newest first, drafts, and the code for next year."""

    season: Season
    law: Rulebook
    versions: tuple[SeasonRules, ...]
    drafts: tuple[RulesDraft, ...]
    next_year: int | None
    next_code: str


def desk_page(season: Season) -> DeskPage:
    """Versions and drafts of a season's rules."""
    law, versions = rulebook_of(season), list_rule_versions(season)
    year = law.year + 1 if law.year else None
    code = season.code.replace(str(law.year), str(year)) if year else ""
    return DeskPage(
        season=season,
        law=law,
        versions=tuple(reversed(versions)),
        drafts=tuple(list_drafts(season).select_related("base").defer("text")),
        next_year=year,
        next_code=code if code != season.code else "",
    )


def name_places(draft: RulesDraft, places: Iterable[str]) -> list[str]:
    """Places of a draft in words."""
    tree = editing.read(draft.text)
    found = ((place, find_parts(tree, read_path(place))) for place in places)
    return [
        naming.name_of(tree, path, spoken()) if path is not None else place for place, path in found
    ]
