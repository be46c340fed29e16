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
from leitai.rulebook.bundle.using import Uses
from leitai.rulebook.bundle.verifying import says_the_same, verify
from leitai.rulebook.data import EntryIn, FactIn, Outcome, ResolutionIn, ScoreIn, TitleRow
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

    ``delegations`` maps code to name. Facts that no rule reads, or of people who are not in the
    season, are left out (but not that something is known of them), as are resolutions that decided
    nothing. ``outcome`` must have been decided with these facts. Raises
    DomainError("bundle_refused") if the result would not verify: nothing that does not hold is ever
    signed and handed out.
    """
    if head.at.tzinfo is None:
        raise ValueError(head)
    inputs, known = list(entries), tuple(dict.fromkeys(facts))
    titles = _titles(rulebook, outcome)
    records: list[Plain] = [
        *(
            {"kind": "delegation", "code": code, "guest": code in rulebook.guests, "name": name}
            for code, name in delegations.items()
        ),
        *map(rows.entry, inputs),
        *_known(rulebook, known),
        *map(rows.fact, _facts(rulebook, inputs, titles, known)),
        *map(rows.title, titles),
        *rows.tie_keys(rulebook),
        *map(rows.score, scores),
        *map(rows.resolution, _resolutions(rulebook, resolutions, outcome)),
        *rows.outcome(outcome),
    ]
    records = sorted({form.encode(one): one for one in records}.values(), key=position)
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
        "text": _text(rulebook),
    }


def _text(rulebook: Rulebook) -> str:
    """Give the YAML where it says everything by itself: a rulebook may extend another.

    The canonical form, which is YAML too, stands in for a text that does not.
    """
    whole = says_the_same(rulebook.text, rulebook.canonical, rulebook.id)
    return rulebook.text if whole else rulebook.canonical.decode()


def _known(rulebook: Rulebook, facts: Iterable[FactIn]) -> Iterator[Plain]:
    """Say about what something is known, be it of people who have no entry."""
    read = facts_read(rulebook)
    for kind, key in dict.fromkeys((fact.kind, fact.key) for fact in facts):
        if (kind, key) in read:
            yield {"kind": "known", "fact": kind, "key": key}


def _facts(
    rulebook: Rulebook,
    entries: Iterable[EntryIn],
    titles: Iterable[TitleRow],
    facts: Iterable[FactIn],
) -> Iterator[FactIn]:
    """Keep what a rule reads of people who are in the season."""
    read = facts_read(rulebook)
    people = {title.person for title in titles}
    for entry in entries:
        people |= {entry.person, *entry.members}
    for fact in facts:
        if (fact.kind, fact.key) in read and fact.person in people:
            yield fact


def _titles(rulebook: Rulebook, outcome: Outcome) -> list[TitleRow]:
    """Keep the titles for which an honour asks."""
    named = {title for honour in rulebook.honours for title in honour.titles or ()}
    return [title for title in outcome.titles if title.title in named]


def _resolutions(
    rulebook: Rulebook, resolutions: Iterable[ResolutionIn], outcome: Outcome
) -> Iterator[ResolutionIn]:
    """Keep those that decided something; of two that say the same, the first."""
    used, seen = Uses(rulebook, outcome), set()
    for one in resolutions:
        name = (one.stage, one.track, one.board, one.line, one.how, one.order)
        if name not in seen and one in used:
            seen.add(name)
            yield one
