"""Papers made from the bank and sealed at once: their plain text is never stored."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from django.db import transaction

from leitai.bank import composition, rules, sealed
from leitai.bank.composition import Chosen, Part
from leitai.bank.models import Bank, ItemVersion, Paper
from leitai.bank.paper_text import Heading, Question, Section, plain_paper
from leitai.bank.selectors import POINTS_SCALE, pool_of
from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.kernel.suites import KEY_BYTES, NONCE_BYTES, suite
from leitai.keyring import Keyring
from leitai.ledger import services as ledger
from leitai.rulebook import numbers
from leitai.rulebook.model import Event

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class _Wanted:
    code: str
    title: str
    season: str
    at: datetime


def compose_papers(
    *,
    actor: Actor,
    season_code: str,
    event: Event,
    bank_codes: Sequence[str],
    codes: Sequence[str],
    titles: Sequence[str],
    seed: str,
    at: datetime,
) -> tuple[Paper, ...]:
    """Make one sealed paper for each of `codes`, out of items that no paper of the season has.

    The same `seed` and banks give the same papers: the seed is as secret as they are, and stands
    in no record. Raises Problems(paper_items_short) and paper_exists, bank_unknown, paper_codes,
    paper_parts_missing, points_too_fine.
    """
    if not rules.can_compose_papers(actor, season_code):
        raise DomainError("forbidden")
    _check(event, codes, titles)
    ring = sealing.keyring()
    with transaction.atomic():
        pool = pool_of(_lock_banks(bank_codes), season_code)
        if taken := Paper.objects.filter(code__in=codes).order_by("code").first():
            raise DomainError("paper_exists", code=taken.code)
        parts = [Part(part.type, part.count) for part in event.paper]
        chosen = composition.compose(pool, parts, papers=len(codes), seed=str(seed))
        papers = tuple(
            _seal(ring, event, _Wanted(code, title, season_code, at), items)
            for code, title, items in zip(codes, titles, chosen, strict=True)
        )
        Paper.objects.bulk_create(papers)
        for paper in papers:
            _record(actor, paper, event, bank_codes, at)
    return papers


def _check(event: Event, codes: Sequence[str], titles: Sequence[str]) -> None:
    if not event.paper:
        raise DomainError("paper_parts_missing", event=event.title)
    if not codes or len(set(codes)) != len(codes) or len(codes) != len(titles):
        raise DomainError("paper_codes")
    fine = [part.points for part in event.paper if not _fits(part.points)]
    if fine:
        raise Problems(
            Problem("", "points_too_fine", {"points": numbers.show(points)}) for points in fine
        )


def _fits(points: Fraction) -> bool:
    return (points * POINTS_SCALE).denominator == 1


def _lock_banks(codes: Sequence[str]) -> list[Bank]:
    """Lock the banks in one order, so that two who compose at once never choose the same item."""
    banks = list(Bank.objects.select_for_update().filter(code__in=codes).order_by("pk"))
    for code in codes:
        if code not in {bank.code for bank in banks}:
            raise DomainError("bank_unknown", code=code)
    return banks


def _seal(ring: Keyring, event: Event, wanted: _Wanted, chosen: Chosen) -> Paper:
    """Write the paper, seal it under a key of its own, and wrap that key. No trace is kept."""
    heading = Heading(wanted.code, VERSION, wanted.title, event.title, event.minutes)
    plain = canonical.encode(plain_paper(heading, _sections(event, chosen)))
    aad = f"paper:{wanted.code}:{VERSION}".encode()
    key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
    placed = _placed(event, chosen)
    paper = Paper(
        code=wanted.code,
        version=VERSION,
        season=wanted.season,
        title=wanted.title,
        sealed=nonce + suite().seal(key, nonce, plain, aad),
        wrapped_key=ring.wrap("paper", key, aad, os.urandom(NONCE_BYTES)),
        plain_digest=suite().digest(plain),
        made_at=wanted.at,
        item_count=len(placed),
    )
    paper.composition = sealed.seal_composition(paper, placed)
    return paper


def _sections(event: Event, chosen: Chosen) -> list[Section]:
    ids = [candidate.version_id for part in chosen for candidate in part]
    found = sealed.opened(ItemVersion.objects.filter(pk__in=ids))
    versions = {version.pk: version for version in found}
    return [
        Section(
            part.type,
            part.points,
            part.partial,
            tuple(_question(versions[candidate.version_id]) for candidate in candidates),
        )
        for part, candidates in zip(event.paper, chosen, strict=True)
    ]


def _question(version: ItemVersion) -> Question:
    blanks = len(version.key or ()) if version.type == "blank" else 0
    return Question(version.type, version.stem, version.options, blanks)


def _placed(event: Event, chosen: Chosen) -> list[tuple[int, int, str]]:
    """What stands where: item version, hundredths of a point, how parts of it count."""
    return [
        (candidate.version_id, int(part.points * POINTS_SCALE), part.partial)
        for part, candidates in zip(event.paper, chosen, strict=True)
        for candidate in candidates
    ]


def _record(
    actor: Actor, paper: Paper, event: Event, bank_codes: Sequence[str], at: datetime
) -> None:
    """The sealed bytes' digest: one of the plain text could be guessed at before it is opened."""
    ledger.append(
        chain=paper.season,
        actor=actor,
        act="paper.sealed",
        subject=f"paper:{paper.code}",
        data={
            "version": paper.version,
            "title": paper.title,
            "banks": list(bank_codes),
            "items": sum(part.count for part in event.paper),
            "sealed_digest": suite().digest(bytes(paper.sealed)).hex(),
            "key": paper.wrapped_key.split(".")[1],
        },
        at=at,
    )
