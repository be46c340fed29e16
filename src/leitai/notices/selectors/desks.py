"""What single pages need: the ways that are open to a reader, a case's files, the ruling's desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.files.models import StoredFile
from leitai.files.selectors import list_files
from leitai.kernel.errors import DomainError
from leitai.notices import effects, remedies
from leitai.notices.effects import Mark
from leitai.notices.enums import EVIDENCE, SEALED_LETTER, StepKind
from leitai.notices.models import Objection
from leitai.notices.remedies import Occasion, Remedy
from leitai.notices.rules import publishing_path
from leitai.notices.selectors.objections import Line, lines_of, own_of
from leitai.notices.services.filing import registers_letters
from leitai.rulebook.model import Objection as Demands
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Entry, Season

_OWN = 20


@dataclass(frozen=True, slots=True)
class Open:
    """One occasion with its phase now: early, open or late."""

    occasion: Occasion
    phase: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way to object. `mine` says whether the reader is one of those who may."""

    remedy: Remedy
    mine: bool
    occasions: tuple[Open, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The way and the occasion that somebody files on, and what the rulebook asks for."""

    title: str
    label: str
    words: str
    caveats: tuple[str, ...]
    needs: frozenset[str]
    confidential: bool
    form: str  # the title of the form that the rulebook asks for; "" for none


@dataclass(frozen=True, slots=True)
class Case:
    """A case's files; the sealed letters only after a reveal, which is on the record."""

    evidence: tuple[StoredFile, ...] = ()
    seals: tuple[StoredFile, ...] = ()
    sealed: int = 0


@dataclass(frozen=True, slots=True)
class Input:
    """One box of the ruling's form: its own name, its title, what was typed, else what stands."""

    name: str
    title: str
    typed: str


@dataclass(frozen=True, slots=True)
class MarkInput:
    title: str
    value: Input
    keys: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """One entry that a ruling looks at, with its marks; `change` is what was chosen for it."""

    entry: Entry
    marks: tuple[MarkInput, ...]
    name: str  # of the box in which that choice is made
    change: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The entries that a ruling looks at; `wrong` says why one could not be found."""

    stages: tuple[tuple[str, str], ...]
    stage: str
    codes: str
    seats: tuple[Seat, ...]
    replay: bool  # the rulebook says that what is upheld is played again
    wrong: DomainError | None = None

    @property
    def wrong_words(self) -> str:
        return text_of(self.wrong) if self.wrong else ""


def may_draft(viewer: Actor, season: Season) -> bool:
    return publishing_path(viewer, season.code, seasons.host_path(season)) is not None


def demand_drafting(viewer: Actor, season: Season) -> Season:
    """The season, for whoever may write notices in it; raises DomainError("forbidden")."""
    if not may_draft(viewer, season):
        raise DomainError("forbidden")
    return season


def ways_of(viewer: Actor, season: Season, *, at: datetime) -> list[Way]:
    return [
        Way(
            remedy=one,
            mine=registers_letters(viewer, season) or remedies.may_use(viewer, season, one.appeal),
            occasions=tuple(Open(held, held.phase(at)) for held in one.occasions),
            bodies=remedies.bodies_of(season, one.appeal),
        )
        for one in remedies.list_remedies(season)
    ]


def filer_of(viewer: Actor, season: Season) -> dict[str, bool]:
    """Whether the form knows who files, and whether it is a handler who registers a letter."""
    return {"known": viewer.known, "clerk": registers_letters(viewer, season)}


def way_of(viewer: Actor, season: Season, code: str, key: str, *, at: datetime) -> Chosen:
    """Raises DomainError for a way that there is not, or is not the reader's."""
    law = seasons.rulebook_of(season)
    appeal = remedies.get_appeal(law, code)
    occasion = remedies.find_occasion(season, code, key)
    if not registers_letters(viewer, season) and not remedies.may_use(viewer, season, appeal):
        raise DomainError("objection_not_yours", title=appeal.title, who=remedies.who_may(appeal))
    phase = occasion.phase(at)
    if phase != "open":
        raise DomainError(f"objection_{phase}", words=occasion.words)
    notice = occasion.notice
    named = law.publicity.get(notice.basis) if notice else None
    demands = named.objection if named and named.objection else Demands()
    needs = appeal.needs or (*demands.person, *demands.unit)
    return Chosen(
        title=appeal.title,
        label=occasion.label,
        words=occasion.words,
        caveats=occasion.caveats,
        needs=frozenset(needs),
        confidential=demands.confidential,
        form=law.forms[appeal.form].title if appeal.form else "",
    )


def own_lines(viewer: Actor, season: Season, *, at: datetime) -> list[Line]:
    """The reader's own cases in the season."""
    return lines_of(season, own_of(viewer, season)[:_OWN], at=at)


def files_of(viewer: Actor, objection: Objection) -> Case:
    """For a handler whom nothing keeps out; the page has asked that."""
    owner = f"objection:{objection.pk}"
    sealed = tuple(list_files(owner, SEALED_LETTER))
    looked = objection.steps.filter(kind=StepKind.REVEALED, by=viewer.account).exists()
    return Case(tuple(list_files(owner, EVIDENCE)), sealed if looked else (), len(sealed))


def desk_of(objection: Objection, asked: Mapping[str, object]) -> Desk:
    """The entry that the case is about, or those that the handler named."""
    season = objection.season
    stages = tuple(season.stages.order_by("position").values_list("code", "title"))
    stage = str(asked.get("stage") or objection.stage)
    codes = str(asked.get("entry") or objection.entry).strip()
    law = seasons.rulebook_of(season)
    replay = remedies.get_appeal(law, objection.remedy).effect == "replay"
    try:
        found = effects.find_entries(season, stage, codes) if codes and stage else []
    except DomainError as error:
        return Desk(stages, stage, codes, (), replay, error)
    seats = (_seat(season, place, one, asked) for place, one in enumerate(found))
    return Desk(stages, stage, codes, tuple(seats), replay)


def _seat(season: Season, place: int, entry: Entry, asked: Mapping[str, object]) -> Seat:
    name = effects.box(place, "change")
    marks = tuple(_input(place, mark, asked) for mark in effects.marks_of(season, entry))
    return Seat(entry, marks, name, str(asked.get(name, "")))


def _input(place: int, mark: Mark, asked: Mapping[str, object]) -> MarkInput:
    def box(name: str, title: str, held: str) -> Input:
        own = effects.box(place, name)
        return Input(own, title, str(asked.get(own, held)))

    return MarkInput(
        mark.title,
        box(f"value-{mark.event}", "", mark.value),
        tuple(box(f"key-{mark.event}-{name}", title, held) for name, title, held in mark.keys),
    )
