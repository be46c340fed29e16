"""Writes a bundle: what was given and decided, each record in its place, and the signature."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from leitai.kernel.errors import DomainError
from leitai.kernel.suites import SUITE, suite
from leitai.rulebook.bundle import form, rows
from leitai.rulebook.bundle.checking import facts_read
from leitai.rulebook.bundle.form import COUNTED, FORMAT, MOMENT, Plain, position
from leitai.rulebook.bundle.verifying import used, verify
from leitai.rulebook.data import EntryIn, FactIn, Outcome, ResolutionIn, ScoreIn
from leitai.rulebook.model import Rulebook


class SigningKey(Protocol):
    """A key of the keyring that signs."""

    @property
    def secret(self) -> bytes:
        """Give the private key, 32 bytes."""

    @property
    def public(self) -> bytes | None:
        """Give the public key, 32 bytes."""


@dataclass(frozen=True, slots=True)
class Head:
    """Which season the bundle is of, and when it was made (an aware datetime)."""

    season: str
    title: str
    at: datetime


def write(
    head: Head,
    rulebook: Rulebook,
    *,
    delegations: Mapping[str, str],
    entries: Iterable[EntryIn],
    facts: Iterable[FactIn],
    scores: Iterable[ScoreIn],
    resolutions: Iterable[ResolutionIn],
    outcome: Outcome,
    key: SigningKey,
) -> bytes:
    """Write and sign a bundle of everything that was given and decided.

    ``delegations`` maps code to name. Facts that no bar reads, or of people without an entry, are
    left out, as are resolutions that broke no tie. Raises DomainError("bundle_refused") if the
    result would not verify: nothing that does not hold is ever signed and handed out.
    """
    if head.at.tzinfo is None:
        raise ValueError(head)
    inputs = list(entries)
    records: list[Plain] = [
        *(
            {"kind": "delegation", "code": code, "guest": code in rulebook.guests, "name": name}
            for code, name in delegations.items()
        ),
        *map(rows.entry, inputs),
        *map(rows.fact, _facts(rulebook, inputs, facts)),
        *map(rows.score, scores),
        *map(rows.resolution, _resolutions(resolutions, outcome)),
        *rows.outcome(outcome),
    ]
    records.sort(key=position)
    data = seal(b"".join(map(form.line, (*_opening(head, rulebook, records), *records))), key)
    verdict = verify(data, trusted=None)
    if not verdict.ok:
        first = verdict.differences[0]
        raise DomainError(
            "bundle_refused",
            count=len(verdict.differences),
            code=first.code,
            why=first.text("zh"),
            why_en=first.text("en"),
        )
    return data


def seal(signed: bytes, key: SigningKey) -> bytes:
    """Add the signature over all bytes before it."""
    if key.public is None:
        raise TypeError(key)
    ours = suite(SUITE)
    record = {
        "kind": "signature",
        "fingerprint": ours.fingerprint(key.public),
        "key": key.public.hex(),
        "signature": ours.sign(key.secret, signed).hex(),
        "suite": SUITE,
    }
    return signed + form.line(record)


def _opening(head: Head, rulebook: Rulebook, records: list[Plain]) -> Iterator[Plain]:
    kinds = [record["kind"] for record in records]
    yield {
        "kind": "bundle",
        "counts": {kind: kinds.count(kind) for kind in COUNTED},
        "format": FORMAT,
        "made_at": head.at.astimezone(UTC).strftime(MOMENT),
        "season": head.season,
        "suite": SUITE,
        "title": head.title,
    }
    yield {
        "kind": "rulebook",
        "canonical": rulebook.canonical.decode(),
        "hash": rulebook.hash,
        "text": rulebook.text,
    }


def _facts(
    rulebook: Rulebook, entries: Iterable[EntryIn], facts: Iterable[FactIn]
) -> Iterator[FactIn]:
    """Keep what eligibility reads; two equal facts are one."""
    read, _ = facts_read(rulebook)
    people = {entry.person for entry in entries}
    for fact in dict.fromkeys(facts):
        if (fact.kind, fact.key) in read and fact.person in people:
            yield fact


def _resolutions(resolutions: Iterable[ResolutionIn], outcome: Outcome) -> Iterator[ResolutionIn]:
    """Keep those that broke a tie, each tie's answer once."""
    answered = set()
    for one in sorted(resolutions, key=lambda one: (one.line, one.how, one.order)):
        name = (one.stage, one.track, one.board, frozenset(one.order))
        if name not in answered and used(one, outcome):
            answered.add(name)
            yield one
