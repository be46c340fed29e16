"""Filing an objection, a recheck or an appeal: by whoever the rules name, within their window."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from leitai.base import events, sealing
from leitai.base.actor import NOBODY, Actor, system
from leitai.kernel import ids
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.notices import remedies, sealed
from leitai.notices.enums import ObjectionState, Party, StepKind
from leitai.notices.events import ObjectionFiled
from leitai.notices.models import Objection, ObjectionStep
from leitai.notices.remedies import Occasion
from leitai.notices.rules import can_handle
from leitai.people import numbers
from leitai.people import selectors as people
from leitai.people.enums import Role
from leitai.rulebook.model import Appeal, Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

RECORD = "zh-hans"
TEXT_LIMIT = 5000
STRANGER = system("objection")  # whoever objects stands in no record of ours
_NEEDED = {
    "real-name": "objection_name_needed",
    "phone": "objection_phone_needed",
    "id-number": "objection_id_needed",
    "seal": "objection_seal_needed",
    "evidence": "objection_evidence_needed",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody files. `name`, `phone`, `id_number` are asked of visitors alone."""

    remedy: str
    occasion: str
    text: str
    nonce: UUID
    party: str = Party.PERSON
    entry: str = ""
    name: str = ""
    phone: str = ""
    id_number: str = ""
    unit: str = ""
    evidence: int = 0  # how many files come with it
    seals: int = 0  # how many of them bear the unit's seal
    received_at: datetime | None = None  # of a letter that a handler registers


@dataclass(frozen=True, slots=True)
class Filed:
    """`code` exists here and on the page that shows it once; only its digest is kept."""

    objection: Objection
    code: str


@transaction.atomic
def file_objection(
    *,
    actor: Actor,
    season: Season,
    claim: Claim,
    attach: Callable[[str], None] | None = None,
    at: datetime,
) -> Filed:
    """Keep it sealed, start its clocks, and hand its files over with `attach(owner)`.

    A handler files nothing for themselves: what they enter came by letter or in person, from whom
    the claim names. Raises DomainError where the remedy is not open to them or not open now, and
    Problems with everything that the rules ask for and that is missing.
    """
    clerk = actor if registers_letters(actor, season) else None
    if clerk is not None:
        actor, at = NOBODY, _received(claim, at)
    law = seasons.rulebook_of(season)
    appeal = remedies.get_appeal(law, claim.remedy)
    occasion = remedies.find_occasion(season, claim.remedy, claim.occasion)
    if clerk is None and not remedies.may_use(actor, season, appeal):
        raise DomainError("objection_not_yours", title=appeal.title, who=remedies.who_may(appeal))
    _demand_time(occasion, at)
    claim = _named(actor, claim)
    lacking = _lacking(actor, law, appeal, occasion, claim)
    if lacking and _otherwise(law, appeal, occasion) == "refused":
        raise Problems(Problem("", code) for code in lacking)
    share = _share(actor, season, claim, appeal, occasion)
    _demand_share(season, claim.remedy, appeal, share)
    objection = _blank(actor, season, claim.remedy, appeal, at)
    objection.notice, objection.stage = occasion.notice, occasion.stage
    objection.path = occasion.notice.path if occasion.notice else seasons.host_path(season)
    objection.file_by, objection.share = occasion.closes_at, share
    objection.track, objection.entry = _entry(season, occasion.stage, claim.entry)
    objection.party, objection.nonce = Party(claim.party), claim.nonce
    if lacking:
        objection.state, objection.ended_at = ObjectionState.NOTED, at
    told = {"name": claim.name, "phone": claim.phone, "id_number": claim.id_number}
    told["unit"] = claim.unit
    return keep(objection, told, claim.text, clerk=clerk or STRANGER, attach=attach, at=at)


def registers_letters(actor: Actor, season: Season) -> bool:
    """Whether somebody handles cases, and so files others' and not the own."""
    return can_handle(actor, season.code, seasons.host_path(season))


@transaction.atomic
def file_appeal(
    *,
    actor: Actor,
    previous: Objection,
    text: str,
    nonce: UUID,
    attach: Callable[[str], None] | None = None,
    at: datetime,
) -> Filed:
    """Turn to the next level after a ruling. Who they are is taken over from the level before.

    Whoever calls has shown that the case is theirs: by its code, or by the account that filed it.
    """
    below = Objection.objects.select_for_update().get(pk=previous.pk)
    season = below.season
    law = seasons.rulebook_of(season)
    appeal = remedies.get_appeal(law, below.remedy)
    ruling = getattr(below, "ruling", None)
    if below.state != ObjectionState.RULED or ruling is None:
        raise DomainError("objection_not_ruled")
    if not remedies.has_next(appeal, below.level):
        raise DomainError("objection_level_last")
    if Objection.objects.filter(previous=below).exists():
        raise DomainError("objection_appealed")
    level = below.level + 1
    clock = remedies.next_clock(law, appeal, level, ruling.decided_at)
    if clock is not None and at >= clock.until:
        raise DomainError("objection_late", words=clock.words)
    objection = _blank(actor, season, below.remedy, appeal, at, level=level)
    for column in ("notice", "stage", "track", "entry", "path", "party", "share", "account"):
        setattr(objection, column, getattr(below, column))
    objection.previous, objection.nonce = below, nonce
    objection.file_by = clock.until if clock else None
    return keep(objection, identity_of(below), text, attach=attach, at=at)


def keep(
    objection: Objection,
    identity: dict[str, str],
    text: str,
    *,
    clerk: Actor = STRANGER,
    attach: Callable[[str], None] | None,
    at: datetime,
) -> Filed:
    """Number it, seal what tells who it was, and write it into the season's record."""
    text = _tidy(text)
    if Objection.objects.filter(nonce=objection.nonce).exists():
        raise DomainError("objection_twice")
    season = objection.season
    Season.objects.select_for_update().get(pk=season.pk)
    newest = season.objections.aggregate(newest=Max("number"))["newest"] or 0
    code = ids.admission_code(os.urandom(ids.CODE_BYTES))
    objection.number, objection.digest = newest + 1, sealing.code_digest(code)
    objection.save()
    for column, value in {**identity, "text": text}.items():
        place = sealed.place_of(objection.pk, column)
        setattr(objection, column, sealing.seal(value, place=place))
    objection.save(update_fields=[*identity, "text"])
    noted = objection.state == ObjectionState.NOTED
    add_step(objection, StepKind.NOTED if noted else StepKind.FILED, actor=clerk, at=at)
    if attach:
        attach(owner_of(objection))
    events.publish(ObjectionFiled(season.code, objection.number))
    record(objection, "objection.filed", actor=clerk, at=at)
    return Filed(objection, code)


def owner_of(objection: Objection) -> str:
    """How the files' room names it."""
    return f"objection:{objection.pk}"


def subject_of(objection: Objection) -> str:
    """How the ledger names it."""
    return f"objection:{objection.number}"


def identity_of(objection: Objection) -> dict[str, str]:
    """Who filed it, with the seals open: for services alone, and for a logged reveal."""
    return {
        column: sealing.open_sealed(
            getattr(objection, column), place=sealed.place_of(objection.pk, column)
        )
        for column in sealed.IDENTITY
    }


def text_of(objection: Objection) -> str:
    return sealing.open_sealed(objection.text, place=sealed.place_of(objection.pk, "text"))


def add_step(
    objection: Objection, kind: StepKind, *, text: str = "", actor: Actor, at: datetime
) -> ObjectionStep:
    """A step is sealed with its own id in the place: it is written, then sealed."""
    known = actor is not STRANGER
    step = ObjectionStep.objects.create(
        objection=objection,
        kind=kind,
        by=actor.account if known else "",
        by_name=actor.name if known else "",
        at=at,
    )
    if text:
        step.text = sealing.seal(text, place=sealed.step_place(step.pk))
        step.save(update_fields=["text"])
    return step


def record(objection: Objection, act: str, *, actor: Actor, at: datetime, **told: object) -> None:
    """In the season's record: the kind of the case, and never a word of it or of who filed it."""
    ledger.append(
        chain=objection.season.code,
        actor=actor,
        act=act,
        subject=subject_of(objection),
        data={"kind": objection.kind, **told},
        at=at,
    )


def _blank(
    actor: Actor, season: Season, remedy: str, appeal: Appeal, at: datetime, *, level: int = 0
) -> Objection:
    """With its clocks. What the rulebook calls an objection is an appeal on a further level."""
    law = seasons.rulebook_of(season)
    with translation.override(RECORD):
        accept = remedies.accept_clock(law, at)
        answer = remedies.answer_clock(season, law, appeal, level, at)
        before = remedies.before_words(law, appeal)
    return Objection(
        season=season,
        remedy=remedy,
        kind="appeal" if level else appeal.kind,
        level=level,
        account_id=int(actor.account) if actor.account.isdigit() else None,
        filed_at=at,
        accept_by=min(accept.until, answer.until),
        answer_by=answer.until,
        clock_words=[line for line in (*accept.lines, *answer.lines, before) if line],
    )


def _received(claim: Claim, at: datetime) -> datetime:
    """When a letter came in; it cannot have come later than now."""
    if claim.received_at is not None and claim.received_at > at:
        raise DomainError("objection_received_later")
    return claim.received_at or at


def _demand_time(occasion: Occasion, at: datetime) -> None:
    phase = occasion.phase(at)
    if phase != "open":
        raise DomainError(f"objection_{phase}", words=occasion.words)


def _named(actor: Actor, claim: Claim) -> Claim:
    """Numbers in their one form. Who is signed in is known by name, and by the own unit."""
    claim = replace(
        claim,
        phone=numbers.parse_phone(claim.phone) if claim.phone.strip() else "",
        id_number=numbers.parse_id_number(claim.id_number) if claim.id_number.strip() else "",
    )
    if not actor.known:
        return claim
    person = people.people_by_code([actor.person]).get(actor.person) if actor.person else None
    if person is not None:
        unit = person.unit.name if claim.party == Party.UNIT else ""
        return replace(claim, name=person.name, unit=claim.unit.strip() or unit)
    return replace(claim, name=actor.name)


def _needs(law: Rulebook, appeal: Appeal, occasion: Occasion, party: str) -> Iterable[str]:
    """By the remedy, else by what the public notice says of objections."""
    if appeal.needs:
        extra = ("seal",) if party == Party.UNIT else ()
        return (*appeal.needs, *extra)
    named = law.publicity.get(occasion.notice.basis) if occasion.notice else None
    if named is not None and named.objection is not None:
        return named.objection.unit if party == Party.UNIT else named.objection.person
    return ("seal",) if party == Party.UNIT else ("real-name", "phone")


def _otherwise(law: Rulebook, appeal: Appeal, occasion: Occasion) -> str:
    named = law.publicity.get(occasion.notice.basis) if occasion.notice else None
    if not appeal.needs and named is not None and named.objection is not None:
        return named.objection.otherwise
    return appeal.otherwise


def _lacking(
    actor: Actor, law: Rulebook, appeal: Appeal, occasion: Occasion, claim: Claim
) -> list[str]:
    """The codes of what is missing. Of whoever is signed in the house knows the numbers."""
    needs = set(_needs(law, appeal, occasion, claim.party))
    given = {
        "real-name": claim.name.strip(),
        "phone": claim.phone.strip() or actor.known,
        "id-number": claim.id_number.strip() or actor.known,
        "seal": claim.seals,
        "evidence": claim.evidence,
    }
    missing = [_NEEDED[need] for need in given if need in needs and not given[need]]
    if claim.party == Party.UNIT and not claim.unit.strip():
        missing.insert(0, "objection_unit_needed")
    return missing


def _share(
    actor: Actor, season: Season, claim: Claim, appeal: Appeal, occasion: Occasion
) -> bytes | None:
    """Whose use of a remedy this is, as a digest: a delegation, a contestant, or a number."""
    if appeal.per == "event":
        whose = f"event:{occasion.key}"
    elif appeal.per == "delegation" and (
        paths := actor.unit_paths(Role.TEAM_LEADER, *remedies.UNIT_ROLES, season=season.code)
    ):
        whose = f"unit:{min(paths)}"
    elif actor.known:
        whose = f"person:{actor.person or actor.account}"
    elif claim.phone:
        whose = f"phone:{numbers.normalise('phone', claim.phone)}"
    else:
        return None
    return sealing.digest("objection-share", f"{season.code}:{claim.remedy}:{whose}")


def _demand_share(season: Season, remedy: str, appeal: Appeal, share: bytes | None) -> None:
    if appeal.most is None or share is None:
        return
    used = season.objections.filter(remedy=remedy, share=share, level=0)
    if used.exclude(state=ObjectionState.REFUSED).count() >= appeal.most:
        raise DomainError("objection_most", title=appeal.title, most=appeal.most)


def _entry(season: Season, stage: str, code: str) -> tuple[str, str]:
    """Track and code of the entry that it is about; ("", "") where none is named."""
    if not code.strip() or not stage:
        return "", ""
    entry = seasons.get_entry(seasons.get_stage(season, stage), code.strip())
    return entry.track, entry.code


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise DomainError("objection_text_empty")
    if len(text) > TEXT_LIMIT:
        raise DomainError("objection_text_long", length=len(text), limit=TEXT_LIMIT)
    return text
