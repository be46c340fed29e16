"""The signed results bundle of what holds now, for a stranger to recompute."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.keyring import Key, Keyring
from leitai.ledger import services as ledger
from leitai.results import evidence as evidences
from leitai.results.digests import input_digest
from leitai.results.evidence import Evidence
from leitai.results.models import StageResult
from leitai.results.rules import can_see_previews
from leitai.results.selectors.access import standing_result
from leitai.rulebook import bundle
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.units import selectors as units


@transaction.atomic
def write_bundle(*, actor: Actor, season: Season, at: datetime) -> Path:
    """Write what holds up to the last confirmed stage, and return the file's absolute path.

    Raises DomainError("bundle_not_confirmed") before any stage with a ranking is confirmed,
    ("result_stale") while a correction is under way, and ("bundle_refused") if it does not verify.
    """
    if not can_see_previews(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    result = _last_standing(season)
    evidence = evidences.gather(season, result.stage.code)
    if result.stale_at or input_digest(evidence) != result.input_digest:
        raise DomainError("result_stale")
    key = Keyring.load(settings.LEITAI_KEYS).current("results")
    data = _signed(season, evidence, key=key, at=at)
    path = _keep(season, data, at=at)
    ledger.append(
        chain=season.code,
        actor=actor,
        act="bundle.written",
        subject=f"bundle:{path.name}"[:128],
        data={
            "by": actor.name,
            "file": path.name,
            "sha256": hashlib.sha256(data).hexdigest(),
            "key": key.fingerprint,
        },
        at=at,
    )
    return path


def _last_standing(season: Season) -> StageResult:
    stages = seasons.rulebook_of(season).stages
    contests = [code for code, stage in stages.items() if stage.method == "contest"]
    for code in reversed(contests):
        result = standing_result(season.code, code)
        if result is not None:
            return result
    raise DomainError("bundle_not_confirmed", stage=stages[contests[0]].title)


def _signed(season: Season, evidence: Evidence, *, key: Key, at: datetime) -> bytes:
    known = seasons.facts_of({entry.person for entry in evidence.entries})
    every = tuple(fact for one in known.values() for fact in one)
    facts = every if evidence.facts is None else evidence.facts
    return bundle.write(
        bundle.Head(season=season.code, title=evidence.rulebook.title, at=at),
        evidence.rulebook,
        delegations={
            delegation.unit.code: delegation.name
            for delegation in units.list_delegations(season.code)
        },
        entries=evidence.entries,
        facts=facts,
        scores=evidence.scores,
        resolutions=evidence.resolutions,
        outcome=evidences.decide(evidence),
        key=key,
    )


def _keep(season: Season, data: bytes, *, at: datetime) -> Path:
    """Write the file whole or not at all; one made in the same second is replaced."""
    folder = Path(settings.LEITAI_FILES) / "bundles"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{season.code}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.jsonl"
    with NamedTemporaryFile(dir=folder, prefix=".", delete=False) as draft:
        draft.write(data)
    return Path(draft.name).replace(path).resolve()
