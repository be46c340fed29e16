"""The manifest of a draw: all that is fixed and published before any secret is revealed."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from leitai.kernel import canonical
from leitai.kernel.draw import MAX_POOL, Constraint, key_of
from leitai.kernel.errors import DomainError, Problem, Problems

ALGORITHM: Final = "draw-1"
SOURCES: Final = ("dice", "balls", "lottery", "drand", "numbers")
LEAST_PARTIES: Final = 2
MOST_NUMBERS: Final = 40
_HEX: Final = re.compile(r"[0-9a-f]{64}")
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True, slots=True)
class Party:
    """Who commits: `role` is organiser, supervisor or contestants; `name` is for people."""

    role: str
    name: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Group:
    """So many numbers between two bounds, as the source gives them: six dice are (6, 1, 6)."""

    count: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Source:
    """What decides in public and when; drand gives one text of hex, the others `groups`."""

    kind: str
    identity: str
    at: str
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """`pool` sorted by code point; times as 2022-07-15T01:30:00Z; `relax` are positions."""

    draw_id: str
    season: str
    purpose: str
    pool: tuple[str, ...]
    parties: tuple[Party, ...]
    source: Source
    reveal_by: str
    fallback: str
    constraints: tuple[Constraint, ...] = ()
    relax: tuple[int, ...] = ()
    replaces: str = ""

    def plain(self) -> dict[str, Any]:
        return {
            "algorithm": ALGORITHM,
            "draw_id": self.draw_id,
            "season": self.season,
            "purpose": self.purpose,
            "pool": list(self.pool),
            "commitments": [
                {"role": party.role, "name": party.name, "commitment": party.commitment}
                for party in self.parties
            ],
            "source": {
                "kind": self.source.kind,
                "identity": self.source.identity,
                "at": self.source.at,
                "groups": [
                    {"count": group.count, "low": group.low, "high": group.high}
                    for group in self.source.groups
                ],
            },
            "reveal_by": self.reveal_by,
            "fallback": self.fallback,
            "constraints": [_plain(one) for one in self.constraints],
            "relax": list(self.relax),
            "replaces": self.replaces,
        }

    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in lower-case hex."""
        return hashlib.sha256(canonical.encode(self.plain())).hexdigest()

    def key(self, secrets: Sequence[str], public: "Public") -> str:
        """The key string: the manifest's hash, the secrets in order, then what was public."""
        return key_of(self.digest(), *secrets, *public.parts())


@dataclass(frozen=True, slots=True)
class Public:
    """What the source gave: one list for each group, or `value` of a drand round."""

    numbers: tuple[tuple[int, ...], ...] = ()
    value: str = ""

    def parts(self) -> tuple[str | tuple[int, ...], ...]:
        return (self.value,) if self.value else self.numbers


def read(plain: Mapping[str, Any]) -> Manifest:
    """The manifest of a record; raises Problems that name each field that is wrong."""
    try:
        made = _read(plain)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Problems([Problem("", "draw_form", {"field": str(error)[:60]})]) from None
    if plain.get("algorithm") != ALGORITHM or made.plain() != dict(plain):
        raise Problems([Problem("", "draw_form", {"field": "algorithm"})])
    check(made)
    return made


def check(manifest: Manifest) -> None:
    """Raise Problems for all that would make the draw doubtful."""
    problems = [*_of_pool(manifest), *_of_parties(manifest), *_of_times(manifest)]
    problems += [*_of_source(manifest.source), *_of_constraints(manifest)]
    if problems:
        raise Problems(problems)


def check_public(source: Source, public: Public) -> None:
    """Raise DomainError where the source cannot have given this."""
    if source.kind == "drand":
        if not _HEX.fullmatch(public.value) or public.numbers:
            raise DomainError("draw_value")
        return
    wanted = [group.count for group in source.groups]
    if public.value or [len(given) for given in public.numbers] != wanted:
        raise DomainError("draw_numbers_count", expected="+".join(map(str, wanted)))
    for group, given in zip(source.groups, public.numbers, strict=True):
        for number in given:
            if not group.low <= number <= group.high:
                raise DomainError("draw_number", number=number, low=group.low, high=group.high)
        if source.kind == "balls" and len(set(given)) != len(given):
            raise DomainError("draw_ball_twice")


def roster_digest(roster: Sequence[Sequence[str]]) -> str:
    """SHA-256 of the frozen list [[id, name] …] in canonical JSON, in lower-case hex."""
    return hashlib.sha256(canonical.encode([list(row) for row in roster])).hexdigest()


def _plain(constraint: Constraint) -> dict[str, Any]:
    if constraint.kind == "not_first":
        return {"kind": "not_first", "members": list(constraint.groups[0])}
    return {"kind": "apart", "groups": [list(group) for group in constraint.groups]}


def _read(plain: Mapping[str, Any]) -> Manifest:
    source = plain["source"]
    return Manifest(
        draw_id=plain["draw_id"],
        season=plain["season"],
        purpose=plain["purpose"],
        pool=tuple(plain["pool"]),
        parties=tuple(
            Party(one["role"], one["name"], one["commitment"]) for one in plain["commitments"]
        ),
        source=Source(
            source["kind"],
            source["identity"],
            source["at"],
            tuple(Group(one["count"], one["low"], one["high"]) for one in source["groups"]),
        ),
        reveal_by=plain["reveal_by"],
        fallback=plain["fallback"],
        constraints=tuple(read_constraint(one) for one in plain["constraints"]),
        relax=tuple(plain["relax"]),
        replaces=plain["replaces"],
    )


def read_constraint(plain: Mapping[str, Any]) -> Constraint:
    if plain["kind"] == "not_first":
        return Constraint("not_first", (tuple(plain["members"]),))
    if plain["kind"] == "apart":
        return Constraint("apart", tuple(tuple(group) for group in plain["groups"]))
    raise ValueError(plain["kind"])


def _of_pool(manifest: Manifest) -> list[Problem]:
    pool = manifest.pool
    fit = 1 < len(pool) <= MAX_POOL and list(pool) == sorted(set(pool)) and all(pool)
    named = manifest.draw_id and manifest.season and manifest.purpose and manifest.fallback
    found = [] if fit else [Problem("", "draw_pool", {"size": len(pool)})]
    return found if named else [*found, Problem("", "draw_form", {"field": "purpose"})]


def _of_parties(manifest: Manifest) -> list[Problem]:
    parties = manifest.parties
    if len(parties) < LEAST_PARTIES or len({one.role for one in parties}) != len(parties):
        return [Problem("", "draw_parties", {"least": LEAST_PARTIES})]
    wrong = [one.name for one in parties if not _HEX.fullmatch(one.commitment)]
    if wrong:
        return [Problem(name, "draw_commitment", {}) for name in wrong]
    if len({one.commitment for one in parties}) != len(parties):
        return [Problem("", "draw_commitment_twice", {})]
    return []


def _of_times(manifest: Manifest) -> list[Problem]:
    times = (manifest.reveal_by, manifest.source.at)
    if not all(_INSTANT.fullmatch(at) for at in times):
        return [Problem("", "draw_form", {"field": "reveal_by"})]
    # one fixed form in UTC: text compares as time does
    return [] if times[0] < times[1] else [Problem("", "draw_source_early", {})]


def _of_source(source: Source) -> list[Problem]:
    if source.kind not in SOURCES or not source.identity:
        return [Problem("", "draw_form", {"field": "source"})]
    bounds = all(group.count > 0 and 0 <= group.low < group.high < 10**9 for group in source.groups)
    total = sum(group.count for group in source.groups)
    fit = bounds and 0 < total <= MOST_NUMBERS
    if source.kind == "drand":
        fit = not source.groups
    return [] if fit else [Problem("", "draw_groups", {"most": MOST_NUMBERS})]


def _of_constraints(manifest: Manifest) -> list[Problem]:
    known = set(manifest.pool)
    strangers = sorted(
        {name for one in manifest.constraints for group in one.groups for name in group} - known
    )
    found = [Problem("", "draw_stranger", {"name": strangers[0]})] if strangers else []
    if sorted(manifest.relax) != list(range(len(manifest.constraints))):
        data = {"constraints": len(manifest.constraints)}
        found.append(Problem("", "draw_relax", data))
    return found
