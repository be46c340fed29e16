"""The record of a draw, as it is downloaded, checked claim by claim without any database.

What it proves: that this order follows from this manifest, these secrets and these numbers, and
that the secrets are those committed to. Not that the numbers are what the dice showed (that is the
witnesses' word), nor when each thing happened (that is the ledger's).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

from leitai.kernel import draw, draw_hand, draw_manifest
from leitai.kernel.draw_texts import CLAIMS
from leitai.kernel.errors import DomainError, Problems

FORMAT: Final = "leitai-draw"
ACTS: Final = ("draw.committed", "draw.frozen", "draw.revealed", "draw.sourced", "draw.recorded")


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the file says, and whether it is so."""

    code: str
    holds: bool
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, language: Literal["zh", "en"]) -> str:
        said = CLAIMS[self.code][0 if language == "zh" else 1]
        return said[0 if self.holds else 1] % dict(self.data)


def verify(record: Mapping[str, Any]) -> list[Claim]:
    """Every claim of the record; the file holds when all of them do."""
    kinds = {"draw-1": _committed, "simple": _simple, "hand": _hand}
    try:
        if record["format"] != FORMAT:
            return [Claim("form", holds=False, data={"why": str(record["format"])[:40]})]
        return [Claim("form", holds=True), *kinds[record["kind"]](record)]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        return [Claim("form", holds=False, data={"why": f"{type(error).__name__} {error}"[:80]})]


def _committed(record: Mapping[str, Any]) -> Iterator[Claim]:
    try:
        manifest = draw_manifest.read(record["manifest"])
    except Problems as error:
        yield Claim("form", holds=False, data={"why": _why(error)})
        return
    digest = manifest.digest()
    yield Claim("manifest", digest == record["manifest_hash"], {"hash": digest})
    if record["list_hash"] or record["order"]:
        yield _of_list(manifest, record)
    reveals = {one["role"]: one for one in record["reveals"]}
    if record["public"]:
        yield from (_of_reveal(manifest, party, reveals) for party in manifest.parties)
        yield _of_source(manifest, record["public"])
        yield _of_witnesses(record["public"]["witnesses"])
    else:
        revealed = [party for party in manifest.parties if party.role in reveals]
        yield from (_of_reveal(manifest, party, reveals) for party in revealed)
    yield _of_events(record["events"], whole=bool(record["order"]))
    if not record["order"]:
        yield Claim("finished", holds=False)
        return
    secrets = [reveals.get(party.role, {}).get("secret", "") for party in manifest.parties]
    yield from _of_outcome(manifest, secrets, record)


def _of_list(manifest: draw_manifest.Manifest, record: Mapping[str, Any]) -> Claim:
    roster = record["list"]
    same = sorted(row[0] for row in roster) == list(manifest.pool)
    hashed = draw_manifest.roster_digest(roster) == record["list_hash"]
    return Claim("list", same and hashed, {"count": len(roster)})


def _of_reveal(
    manifest: draw_manifest.Manifest, party: draw_manifest.Party, reveals: Mapping[str, Any]
) -> Claim:
    one = reveals.get(party.role, {"secret": "", "at": ""})
    try:
        fits = draw.commitment(one["secret"]) == party.commitment
    except DomainError:
        fits = False
    in_time = "" < one["at"] <= manifest.reveal_by
    return Claim("reveal", fits and in_time, {"name": party.name})


def _of_source(manifest: draw_manifest.Manifest, given: Mapping[str, Any]) -> Claim:
    why = ""
    try:
        draw_manifest.check_public(manifest.source, _public(given))
    except DomainError as error:
        why = error.code
    if given["at"] < manifest.source.at:
        why = given["at"]
    return Claim("source", not why, {"why": why})


def _of_witnesses(witnesses: list[Mapping[str, str]]) -> Claim:
    names = [one["name"] for one in witnesses]
    enough = len({name for name in names if name}) >= draw_hand.LEAST_WITNESSES
    return Claim("witnesses", enough, {"count": len(names), "names": " ".join(names)})


def _of_events(events: list[Mapping[str, Any]], *, whole: bool) -> Claim:
    """Their order on the ledger; the reveals stand together between freeze and source."""
    deciding = sorted((one for one in events if one["act"] in ACTS), key=lambda one: one["seq"])
    places = [ACTS.index(one["act"]) for one in deciding]
    times = [one["at"] for one in deciding]
    missing = [act for at, act in enumerate(ACTS) if at not in places] if whole else []
    wrong = [
        act["act"]
        for act, at in zip(deciding, sorted(places), strict=True)
        if ACTS[at] != act["act"]
    ]
    straight = not missing and not wrong and times == sorted(times)
    return Claim("events", straight, {"why": " ".join(missing or wrong or times)})


def _of_outcome(
    manifest: draw_manifest.Manifest, secrets: list[str], record: Mapping[str, Any]
) -> Iterator[Claim]:
    try:
        key = manifest.key(secrets, _public(record["public"]))
    except DomainError:
        yield Claim("key", holds=False)
        return
    outcome = draw.resolve(manifest.pool, key, manifest.constraints, manifest.relax)
    yield Claim("key", record["key"] == key)
    if manifest.constraints:
        same = [record["attempt"], record["relaxed"]] == [outcome.attempt, list(outcome.relaxed)]
        yield Claim("attempt", same, {"attempt": record["attempt"]})
    yield from _of_steps(outcome.steps, record)


def _of_steps(steps: tuple[draw.Step, ...], record: Mapping[str, Any]) -> Iterator[Claim]:
    said = [
        (one["digest"], one["remaining"], one["index"], one["drawn"]) for one in record["steps"]
    ]
    true = [(one.digest, one.remaining, one.index, one.drawn) for one in steps]
    wrong = next(
        (at for at, pair in enumerate(zip(said, true, strict=False), 1) if pair[0] != pair[1]), 0
    )
    if not wrong and len(said) != len(true):
        wrong = min(len(said), len(true)) + 1
    yield Claim("steps", not wrong, {"count": len(true), "step": wrong})
    order = [one.drawn for one in steps]
    yield Claim("order", record["order"] == order, {"order": " ".join(order)})


def _simple(record: Mapping[str, Any]) -> Iterator[Claim]:
    """Public numbers alone: pool and key give the order; nobody committed to anything."""
    yield from _of_steps(draw.steps(record["pool"], record["key"]), record)


def _hand(record: Mapping[str, Any]) -> Iterator[Claim]:
    calls = [
        draw_hand.Call(
            one["seq"], one["member"], one["number"], one["absent"], one["corrects"], one["void"]
        )
        for one in record["calls"]
    ]
    pool, rule = record["pool"], record["absent_rule"]
    try:
        for at, call in enumerate(calls):
            draw_hand.check_call(pool, calls[:at], call, rule)
        order = draw_hand.order(pool, calls, rule) if record["order"] else []
    except DomainError as error:
        yield Claim("hand", holds=False, data={"why": error.code})
        return
    yield Claim("hand", holds=True)
    if not record["order"]:
        yield Claim("finished", holds=False)
        return
    yield Claim("order", record["order"] == order, {"order": " ".join(order)})
    yield _of_witnesses(record["witnesses"])


def _public(given: Mapping[str, Any]) -> draw_manifest.Public:
    return draw_manifest.Public(tuple(map(tuple, given["numbers"])), given["value"])


def _why(error: Problems) -> str:
    return " ".join(one.code for one in error.problems)
