"""Reads a bundle strictly: every line in its one encoding, every field, the one order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import SUITE
from leitai.rulebook.bundle import rows
from leitai.rulebook.bundle.differences import Unreadable
from leitai.rulebook.bundle.form import (
    FORMAT,
    KINDS,
    MOMENT,
    SINGLE,
    Plain,
    position,
    wrong_field,
)
from leitai.rulebook.data import EntryIn, FactIn, Outcome, ResolutionIn, ScoreIn, TitleRow

Position = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation of the season; a guest is ranked but takes no place where guests are skipped."""

    code: str
    name: str
    guest: bool


@dataclass(frozen=True, slots=True)
class Seal:
    """The last record, and the bytes that it signs."""

    suite: str
    key: str
    fingerprint: str
    signature: str
    signed: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle says. Reading checks the form alone; ``verify`` tells whether it is true.

    ``known`` are the kinds and keys of facts about which something is known of anybody at all.
    """

    season: str
    title: str
    made_at: datetime
    rulebook_text: str
    rulebook_canonical: str
    rulebook_hash: str
    delegations: tuple[Delegation, ...]
    entries: tuple[EntryIn, ...]
    known: frozenset[tuple[str, str]]
    facts: tuple[FactIn, ...]
    titles: tuple[TitleRow, ...]
    scores: tuple[ScoreIn, ...]
    resolutions: tuple[ResolutionIn, ...]
    outcome: Outcome
    seal: Seal


def read(data: bytes) -> Bundle:
    """Read a bundle; raises DomainError("bundle_unreadable") naming the line that cannot be."""
    try:
        return bundle_of(parse(data), data)
    except Unreadable as stop:
        why = stop.difference
        raise DomainError(
            "bundle_unreadable", code=why.code, why=why.text("zh"), why_en=why.text("en")
        ) from None


def parse(data: bytes) -> list[Plain]:
    """Give the records, each checked in form; raises Unreadable at the first that fails."""
    records: list[Plain] = []
    before: Position = ()
    for number, line in _lines(data):
        record = _record(line, f"line {number}")
        here = position(record)
        if here <= before:
            raise Unreadable("record_order", f"line {number}")
        before = here
        records.append(record)
    present = {record["kind"] for record in records}
    for kind in SINGLE:
        if kind not in present:
            raise Unreadable("record_missing", kind)
    return records


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    *lines, rest = data.split(b"\n")
    if rest or not lines:
        raise Unreadable("unfinished", f"line {len(lines) + 1}")
    return enumerate(lines, start=1)


def _record(line: bytes, where: str) -> Plain:
    try:
        record = canonical.decode(line)
    except DomainError as error:
        raise Unreadable("not_canonical", where, at=error.data["at"]) from None
    if not isinstance(record, dict) or record.get("kind") not in KINDS:
        raise Unreadable("record_kind", where)
    if record["kind"] == "bundle" and record.get("format") != FORMAT:
        raise Unreadable("format_unknown", where, found=record.get("format"))
    if record["kind"] in ("bundle", "signature") and record.get("suite") != SUITE:
        raise Unreadable("suite_unknown", where, found=record.get("suite"))
    field = wrong_field(record)
    if field is not None:
        raise Unreadable("record_field", where, field=field)
    return record


def bundle_of(records: list[Plain], data: bytes) -> Bundle:
    """Turn parsed records of ``data`` into values."""
    by_kind: dict[str, list[Plain]] = {kind: [] for kind in KINDS}
    for record in records:
        by_kind[record["kind"]].append(record)
    head, rules, seal = (by_kind[kind][0] for kind in SINGLE)
    return Bundle(
        season=head["season"],
        title=head["title"],
        made_at=datetime.strptime(head["made_at"], MOMENT).replace(tzinfo=UTC),
        rulebook_text=rules["text"],
        rulebook_canonical=rules["canonical"],
        rulebook_hash=rules["hash"],
        delegations=tuple(
            Delegation(one["code"], one["name"], one["guest"]) for one in by_kind["delegation"]
        ),
        entries=tuple(map(rows.read_entry, by_kind["entry"])),
        known=frozenset((one["fact"], one["key"]) for one in by_kind["known"]),
        facts=tuple(map(rows.read_fact, by_kind["fact"])),
        titles=tuple(map(rows.read_title, by_kind["title"])),
        scores=tuple(map(rows.read_score, by_kind["score"])),
        resolutions=tuple(map(rows.read_resolution, by_kind["resolution"])),
        outcome=rows.read_outcome(records),
        seal=Seal(
            suite=seal["suite"],
            key=seal["key"],
            fingerprint=seal["fingerprint"],
            signature=seal["signature"],
            signed=data[: data.rindex(b"\n", 0, -1) + 1],
        ),
    )
