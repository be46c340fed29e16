#!/usr/bin/env python3
"""Verify a Leitai results bundle: python3 verify.py BUNDLE [--key HEXFILE|FINGERPRINT].

Written from docs/formats/bundle.md alone, whose section numbers stand in the modules of
``verifying`` beside it. Needs Python 3.11, its standard library and ed25519.py; shares no code with
the programs that write bundles. Prints VERIFIED and the signer's fingerprint (exit 0), or each
difference on a line (exit 1).
"""

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # ``python3 -I`` leaves it out

import ed25519
from verifying.given import check_people, check_rows
from verifying.records import KINDS, Difference, Record, Stop, called, canonical, decode, read
from verifying.rows import rows_of
from verifying.rules import check_rule
from verifying.season import Season
from verifying.used import is_used

DECIDED = ("standing", "team", "advance", "reserve", "award", "honour")
# What rules that name what is not there lead to.
SENSELESS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)


def check_seal(data: bytes, records: list[Record], trusted: str | None) -> Iterator[Difference]:
    """Step 2, section 3."""
    seal = records[-1]
    public, signed = bytes.fromhex(seal["key"]), data[: data.rindex(b"\n", 0, -1) + 1]
    if not ed25519.verify(public, signed, bytes.fromhex(seal["signature"])):
        yield Difference("signature_wrong", "signature", "not a signature of these bytes")
    ours = "lt1:" + hashlib.sha256(public).hexdigest()[:32]
    if seal["fingerprint"] != ours:
        yield Difference("fingerprint_wrong", "signature", f"the key's is {ours}")
    if trusted is not None:
        wanted = trusted.strip().lower()
        if not re.fullmatch("lt1:[0-9a-f]{32}|[0-9a-f]{64}", wanted):
            yield Difference("trust_unreadable", "signature", "give a fingerprint or 64 hex digits")
        elif wanted not in (seal["key"], ours):
            yield Difference("signer_unknown", "signature", f"signed by {ours}, trusted {wanted}")
    found = Counter(record["kind"] for record in records)
    for kind, count in records[0]["counts"].items():
        if found[kind] != count:
            yield Difference("count_wrong", kind, f"header {count}, found {found[kind]}")


def check_rules(rulebook: Record) -> tuple[Record, list[Difference]]:
    """Step 3, section 4."""
    text = rulebook["canonical"].encode()
    found = []
    if hashlib.sha256(text).hexdigest() != rulebook["hash"]:
        found.append(Difference("rulebook_hash", "rulebook"))
    try:
        rules = decode(text)
    except ValueError:
        return {}, [*found, Difference("rulebook_canonical", "rulebook")]
    return rules, [*found, *check_rule("rulebook", rules)]


def compare(due: Iterable[Record], there: Iterable[Record]) -> Iterator[Difference]:
    """Name every record that is missing, extra or different."""
    wanted = {canonical(record): record for record in due}
    found = {canonical(record): record for record in there}
    missing = {called(record): record for raw, record in wanted.items() if raw not in found}
    extra = {called(record): record for raw, record in found.items() if raw not in wanted}
    for place in sorted(missing.keys() | extra.keys()):
        kind = place.split(" ")[0]
        if place not in extra:
            yield Difference(f"{kind}_missing", place, canonical(missing[place]).decode())
        elif place not in missing:
            yield Difference(f"{kind}_extra", place, canonical(extra[place]).decode())
        else:
            one, other = extra[place], missing[place]
            for field in sorted(field for field in one if one[field] != other[field]):
                says, gives = canonical(one[field]).decode(), canonical(other[field]).decode()
                words = f"{field}: the file says {says}, the rules give {gives}"
                yield Difference(f"{kind}_differs", place, words)


def check_followers(season: Season, entries: list[Record]) -> Iterator[Difference]:
    """Step 6: a stage into which somebody advanced has exactly those who did."""
    fed = [arena for arena in season.given if season.advanced.get(arena)]
    due = [entry for arena in fed for entry in season.followers(arena)]
    yield from compare(due, [one for one in entries if (one["stage"], one["track"]) in fed])


def recompute(records: list[Record]) -> list[Difference]:
    """Steps 3 to 6."""
    file: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    for record in records:
        file[record["kind"]].append(record)
    rules, found = check_rules(file["rulebook"][0])
    found = found or list(check_people(rules, file)) or list(check_rows(rules, file))
    if found:
        return list({(one.code, one.place): one for one in found}.values())
    season = Season(rules, file)
    if season.open:
        return season.open[:1]
    return [
        *check_followers(season, file["entry"]),
        *(
            Difference("resolution_unused", called(one), "there is nothing here that it decides")
            for one in file["resolution"]
            if not is_used(season, one)
        ),
        *compare(rows_of(season), [one for kind in DECIDED for one in file[kind]]),
    ]


def verify(data: bytes, trusted: str | None = None) -> tuple[str | None, list[Difference]]:
    """Give the signer's fingerprint and everything that is not as it must be."""
    found: list[Difference] = []
    signer = None
    try:
        records = read(data)
        signer = records[-1]["fingerprint"]
        found += check_seal(data, records, trusted)
        found += recompute(records)
    except Stop as stop:
        found += stop.differences
    except SENSELESS as error:
        found.append(Difference("rule_wrong", "rulebook", f"the rules do not hold: {error!r}"))
    return signer, found


def main() -> int:
    parser = argparse.ArgumentParser(description="Verify a Leitai results bundle.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument(
        "--key", help="the signer's fingerprint, or a file with the public key in hex"
    )
    arguments = parser.parse_args()
    trusted = arguments.key
    try:
        if trusted and Path(trusted).is_file():
            trusted = Path(trusted).read_text(encoding="utf-8")
        data = arguments.bundle.read_bytes()
    except (OSError, ValueError) as error:
        print(f"unreadable: {error}")
        return 1
    signer, found = verify(data, trusted)
    for difference in found:
        print(difference)
    if not found:
        print(f"VERIFIED {signer}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
