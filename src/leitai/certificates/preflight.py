"""Before anything is issued: every sheet is measured, every character looked up in the fonts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from leitai.certificates import designs, printing, wording
from leitai.certificates.models import Design, TitleCertificate
from leitai.certificates.printing import Look
from leitai.kernel.errors import Problem
from leitai.results.models import Award
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

Sheet = dict[str, object]
Of = TypeVar("Of", Award, TitleCertificate)


@dataclass(frozen=True, slots=True)
class Draft(Generic[Of]):
    """A sheet that is not issued: of which award or title, of which design."""

    award: Of
    look: Look
    sheet: Sheet
    members: str = ""  # of a team


def looks_of(season: Season) -> dict[str, Look]:
    """Each award's design: the office's, or the packaged one."""
    rulebook = seasons.rulebook_of(season)
    kept = {
        one.award: one
        for one in Design.objects.filter(season=season).select_related("emblem", "seal", "script")
    }
    looks = {}
    for award in rulebook.awards:
        team = wording.names_team(award, rulebook)
        base = designs.packaged(rulebook, team=team, award=award.title)
        design = kept.get(award.id)
        values = designs.read(design.values, base) if design else base
        looks[award.id] = printing.look_of(values, design)
    return looks


def draft_all(
    season: Season, awards: Sequence[Award], serials: dict[int, str], at: datetime
) -> list[Draft[Award]]:
    """The sheets of these awards, as they would be issued at `at`."""
    rulebook, looks = seasons.rulebook_of(season), looks_of(season)
    drafts = []
    for award in awards:
        words = wording.words_of(award, rulebook)
        look = looks.get(award.award) or _plain_look(award, rulebook)
        sheet = printing.sheet_of(look, words, rulebook, serial=serials[award.pk], at=at)
        drafts.append(Draft(award, look, sheet, words.members))
    return drafts


def draft_titles(
    season: Season,
    name: str,
    records: Sequence[TitleCertificate],
    serials: Sequence[str],
    at: datetime,
) -> list[Draft[TitleCertificate]]:
    """The same of one title of practice, numbered in this order."""
    rulebook, look = seasons.rulebook_of(season), title_look(season, name)
    drafts = []
    for one, serial in zip(records, serials, strict=True):
        words = wording.title_words_of(one, rulebook)
        sheet = printing.sheet_of(look, words, rulebook, serial=serial, at=at)
        drafts.append(Draft(one, look, sheet))
    return drafts


def title_look(season: Season, name: str) -> Look:
    """How certificates of a title of practice look."""
    base = designs.packaged_title(seasons.rulebook_of(season))
    kept = Design.objects.filter(season=season, award=designs.title_code(name))
    design = kept.select_related("emblem", "seal", "script").first()
    return printing.look_of(designs.read(design.values, base) if design else base, design)


def holder_as_printed(award: Award) -> str:
    """Whom a certificate of this award names, made now."""
    rulebook = seasons.rulebook_of(award.season)
    look = looks_of(award.season).get(award.award) or _plain_look(award, rulebook)
    words = wording.words_of(award, rulebook)
    return designs.holder_of(look.values, words)


def inspect(drafts: Sequence[Draft[Of]]) -> list[Problem]:
    """Name each character that would print as a box and each part that has no room, by person.

    What is only too long for its size is fitted: its share goes into the sheet.
    """
    return [*_boxes(drafts), *_overlong(drafts)]


def _boxes(drafts: Iterable[Draft[Of]]) -> Iterable[Problem]:
    press = printing.press()
    for draft in drafts:
        told = set()
        for part, text in printing.texts_in(draft.sheet):
            for missing in press.missing_glyphs([text]):
                if missing.character not in told:
                    told.add(missing.character)
                    yield _problem(
                        "certificate_glyph_missing",
                        draft,
                        part,
                        text=missing.text,
                        character=missing.character,
                    )


def _overlong(drafts: Sequence[Draft[Of]]) -> Iterable[Problem]:
    groups: dict[tuple[str, str], list[Draft[Of]]] = {}
    for draft in drafts:
        kind = (draft.look.values.template, repr(sorted(draft.look.pictures.items())))
        groups.setdefault(kind, []).append(draft)
    for (template, _pictures), group in groups.items():
        by_key = {str(draft.sheet["key"]): draft for draft in group}
        blank = [{**draft.sheet, "qr": "", "modules": 1} for draft in group]
        document = printing.document_of(blank, group[0].look.pictures)
        for fit in printing.crew().measure(template, document):
            draft = by_key[fit.key]
            if fit.share:
                draft.sheet["fits"][fit.part] = fit.share  # type: ignore[index]  # a dict of ours
            else:
                yield _problem("certificate_overflow", draft, fit.part)


def _problem(code: str, draft: Draft[Of], part: str, **data: str) -> Problem:
    told = {
        "holder": str(draft.sheet["holder"]),
        "award": draft.award.title,
        "part": designs.part_name(part),
    }
    return Problem("", code, {**told, **data})


def _plain_look(award: Award, rulebook: Rulebook) -> Look:
    """Of an award that the rules in force name no more."""
    team = award.entry is None or bool(award.entry.team)
    return printing.look_of(designs.packaged(rulebook, team=team, award=award.title), None)
