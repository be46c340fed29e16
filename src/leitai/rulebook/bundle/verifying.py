"""Recomputes a bundle and names everything that is not as it must be.

The checks run in steps, and a step with differences ends the verification (only the seal does
not: who changed a byte wants to know what it changed). ``docs/formats/bundle.md`` lists them.
"""

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.kernel.suites import suite
from leitai.rulebook import texts
from leitai.rulebook.bundle import form, rows
from leitai.rulebook.bundle.checking import check_inputs
from leitai.rulebook.bundle.differences import Difference, Unreadable, Verdict
from leitai.rulebook.bundle.form import Plain, place
from leitai.rulebook.bundle.reading import Bundle, Seal, bundle_of, parse
from leitai.rulebook.data import TEAMS, Outcome, Reason, ResolutionIn
from leitai.rulebook.engine import decide
from leitai.rulebook.loading import from_canonical, load
from leitai.rulebook.model import Rulebook

Arena = tuple[str, str]  # stage, track
# A stranger may sign rules that are wrong beyond what the checks of a rulebook foresee.
_SENSELESS = (ArithmeticError, AttributeError, RecursionError, TypeError, ValueError)
_DECIDED = ("standing", "team", "advance", "award")


def verify(data: bytes, *, trusted: str | None) -> Verdict:
    """Recompute everything from rulebook, entries, facts, scores and resolutions.

    ``trusted`` is a fingerprint or the hex of a public key; None accepts any signer, whom the
    verdict names.
    """
    try:
        records = parse(data)
    except Unreadable as stop:
        return Verdict(ok=False, fingerprint=None, differences=(stop.difference,))
    bundle = bundle_of(records, data)
    found = [*_seal(bundle.seal, trusted), *_counts(records)]
    found += _recompute(bundle, records)
    return Verdict(ok=not found, fingerprint=bundle.seal.fingerprint, differences=tuple(found))


def used(resolution: ResolutionIn, outcome: Outcome) -> bool:
    """Say whether a resolution broke a tie: then its order stands on the board, and says so."""
    reasons: dict[str, Reason | None] = {
        row.entry: row.decided_by
        for row in outcome.standings
        if (row.stage, row.track, row.board) == _board(resolution)
    }
    reasons |= {
        row.delegation: row.decided_by
        for row in outcome.teams
        if (row.stage, row.track, TEAMS) == _board(resolution)
    }
    for position, name in enumerate(resolution.order, start=1):
        reason = reasons.get(name)
        if reason is None or reason.code != "resolved":
            return False
        if (reason.data["position"], reason.data["count"]) != (position, len(resolution.order)):
            return False
    return True


def _board(resolution: ResolutionIn) -> tuple[str, str, str]:
    return (resolution.stage, resolution.track, resolution.board)


def _seal(seal: Seal, trusted: str | None) -> Iterator[Difference]:
    ours, public = suite(seal.suite), bytes.fromhex(seal.key)
    if not ours.verify(public, seal.signed, bytes.fromhex(seal.signature)):
        yield Difference("signature_wrong", "signature")
    if ours.fingerprint(public) != seal.fingerprint:
        yield Difference("fingerprint_wrong", "signature")
    if trusted is None:
        return
    wanted = trusted.strip().lower()
    if not re.fullmatch("lt1:[0-9a-f]{32}|[0-9a-f]{64}", wanted):
        yield Difference("trust_unreadable", "signature")
    elif wanted not in (seal.key, ours.fingerprint(public)):
        yield Difference("signer_unknown", "signature", {"trusted": wanted})


def _counts(records: Iterable[Plain]) -> Iterator[Difference]:
    rest = list(records)
    found = Counter(record["kind"] for record in rest)
    for kind, expected in rest[0]["counts"].items():
        if found[kind] != expected:
            data = {"expected": expected, "found": found[kind]}
            yield Difference("count_wrong", kind, data)


def _recompute(bundle: Bundle, records: list[Plain]) -> list[Difference]:
    found, rules = _rulebook(bundle)
    if rules is None:
        return found
    found = list(check_inputs(rules, bundle))
    if found:
        return found
    try:
        outcome = decide(
            rules,
            entries=bundle.entries,
            scores=bundle.scores,
            resolutions=bundle.resolutions,
            delegations=[one.code for one in bundle.delegations],
        )
    except Problems as wrong:
        return [_of_input(problem) for problem in wrong.problems]
    if outcome.blocked:
        return [_open(outcome)]
    return [
        *_followers(rules, bundle, outcome),
        *(
            Difference("resolution_unused", place(rows.resolution(one)))
            for one in bundle.resolutions
            if not used(one, outcome)
        ),
        *compare(rows.outcome(outcome), [one for one in records if one["kind"] in _DECIDED]),
    ]


def _rulebook(bundle: Bundle) -> tuple[list[Difference], Rulebook | None]:
    """Read the rules; they are there only if nothing is wrong with them."""
    found = []
    plain = bundle.rulebook_canonical.encode()
    if hashlib.sha256(plain).hexdigest() != bundle.rulebook_hash:
        found.append(Difference("rulebook_hash", "rulebook"))
    try:
        rules = from_canonical(plain, name="")
    except Problems as wrong:
        named = [_of_rule(problem) for problem in wrong.problems]
        return found + (named or [_no_rules()]), None
    except DomainError:
        return [*found, Difference("rulebook_canonical", "rulebook")], None
    except _SENSELESS:
        return [*found, _no_rules()], None
    if not _says_the_same(bundle.rulebook_text, plain):
        found.append(Difference("rulebook_text", "rulebook"))
    return found, None if found else rules


def _says_the_same(text: str, canonical: bytes) -> bool:
    try:
        return load(text).canonical == canonical
    except (Problems, *_SENSELESS):
        return False


def _no_rules() -> Difference:
    return Difference("rule_wrong", "rulebook", _sentences(Problem("", "yaml_empty")))


def _of_rule(problem: Problem) -> Difference:
    where = problem.place.removeprefix(": ") or "rulebook"
    if problem.code == "unknown_key":
        return Difference("rule_unknown", where)
    return Difference("rule_wrong", where, _sentences(problem))


def _of_input(problem: Problem) -> Difference:
    return Difference("inputs_wrong", problem.place, _sentences(problem))


def _sentences(problem: Problem) -> dict[str, object]:
    error = DomainError(problem.code, **problem.data)
    return {"problem": texts.text_of(error, "zh"), "problem_en": texts.text_of(error, "en")}


def _open(outcome: Outcome) -> Difference:
    row = outcome.blocked[0]
    where = f"{row.stage}/{row.track}/{row.board}/{row.line}"
    data = {
        "first": row.detail.data["first"],
        "count": len(row.entries),
        "entries": ", ".join(row.entries),
    }
    return Difference("tie_open", where, data)


def _followers(rules: Rulebook, bundle: Bundle, outcome: Outcome) -> Iterator[Difference]:
    """Demand that a stage which others feed has exactly the entries that advanced into it.

    A stage that has not begun may be without any: nothing is demanded of it yet.
    """
    fed = {rule.to for stage in rules.stages.values() for rule in stage.advance}
    begun = _begun(rules, bundle)
    known = {(one.stage, one.track, one.id): one for one in bundle.entries}
    expected = []
    for row in outcome.advancement:
        came = dataclasses.replace(
            known[row.stage, row.track, row.entry],
            stage=row.to_stage,
            delegation=row.delegation,
            as_=row.as_,
        )
        known.setdefault((row.to_stage, row.track, row.entry), came)
        if (row.to_stage, row.track) in begun:
            expected.append(rows.entry(came))
    found = [rows.entry(one) for one in bundle.entries if one.stage in fed]
    yield from compare(expected, found)


def _begun(rules: Rulebook, bundle: Bundle) -> set[Arena]:
    """Give where somebody is, and where somebody must have been before."""
    begun = {(one.stage, one.track) for one in bundle.entries}
    for stage in reversed(rules.stage_order):
        for rule in rules.stages[stage].advance:
            begun |= {(stage, track) for track in rules.tracks if (rule.to, track) in begun}
    return begun


def compare(expected: Iterable[Plain], found: Iterable[Plain]) -> Iterator[Difference]:
    """Compare two lists of records by their names; the order is no matter here."""
    due = {_frozen(one): one for one in expected}
    there = {_frozen(one): one for one in found}
    missing = _by_place(one for key, one in due.items() if key not in there)
    extra = _by_place(one for key, one in there.items() if key not in due)
    for where in sorted({*missing, *extra}):
        if where not in extra:
            yield _row("missing", missing[where], {"expected": _show(missing[where])})
        elif where not in missing:
            yield _row("extra", extra[where], {"found": _show(extra[where])})
        else:
            yield from _fields(missing[where], extra[where])


def _fields(due: Plain, there: Plain) -> Iterator[Difference]:
    for field in sorted(due):
        if due[field] != there[field]:
            shown = {"expected": _show(due[field]), "found": _show(there[field])}
            yield _row("differs", due, {"field": field, **shown})


def _row(what: str, record: Plain, data: dict[str, object]) -> Difference:
    return Difference(f"{record['kind']}_{what}", place(record), data)


def _by_place(records: Iterable[Plain]) -> dict[str, Plain]:
    return {place(record): record for record in records}


def _frozen(record: Plain) -> bytes:
    return form.encode(record)


def _show(value: object) -> str:
    return form.encode(value).decode()
