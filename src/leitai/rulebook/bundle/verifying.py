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
from leitai.rulebook.bundle.checking import check_given, check_keys
from leitai.rulebook.bundle.differences import TEXTS, Difference, Unreadable, Verdict
from leitai.rulebook.bundle.form import Plain, place
from leitai.rulebook.bundle.reading import Bundle, Seal, bundle_of, parse
from leitai.rulebook.bundle.using import Uses
from leitai.rulebook.data import Outcome
from leitai.rulebook.engine import decide_given
from leitai.rulebook.inputs import check
from leitai.rulebook.loading import from_canonical, load
from leitai.rulebook.model import Rulebook

# A stranger may sign rules that are wrong beyond what the checks of a rulebook foresee.
_SENSELESS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)
_DECIDED = ("standing", "team", "advance", "reserve", "award", "honour")
_NO_SCORE = "score_missing"  # the engine names the entry, we name the score that is not there
# What the engine calls by another name.
_CODES = {"entry_twice": "person_twice"}


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
    found = _once([*check_given(rules, bundle), *check_keys(rules, records)])
    if found:
        return found
    try:
        outcome = _decide(rules, bundle)
    except Problems as wrong:
        return _once(_of_input(problem) for problem in wrong.problems)
    except (DomainError, *_SENSELESS):  # rules that no check of a rulebook foresees
        return [_no_rules()]
    if outcome.blocked:
        return [_open(outcome)]
    used = Uses(rules, outcome)
    return [
        *_followers(bundle, outcome),
        *(
            Difference("resolution_unused", place(rows.resolution(one)))
            for one in bundle.resolutions
            if one not in used
        ),
        *compare(rows.outcome(outcome), [one for one in records if one["kind"] in _DECIDED]),
    ]


def _once(found: Iterable[Difference]) -> list[Difference]:
    """Name every code and place once: several records may have one name."""
    return list({(one.code, one.where): one for one in found}.values())


def _decide(rules: Rulebook, bundle: Bundle) -> Outcome:
    """Ask the engine; about what nothing is known stands in the file."""
    delegations = {one.code for one in bundle.delegations}
    given = check(
        rules,
        entries=bundle.entries,
        scores=bundle.scores,
        resolutions=bundle.resolutions,
        # Who competes for nobody needs no delegation.
        delegations=delegations | {"" for one in bundle.entries if not one.delegation},
        facts=bundle.facts,
    )
    given.known = frozenset(
        pair for kind, key in bundle.known for pair in ((kind, key), (kind, ""))
    )
    return decide_given(rules, given, titles=bundle.titles)


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
    if not says_the_same(bundle.rulebook_text, plain, rules.id):
        found.append(Difference("rulebook_text", "rulebook"))
    return found, None if found else rules


def says_the_same(text: str, canonical: bytes, name: str) -> bool:
    """Say whether a text alone is these rules; ``name`` is the id, which a text may leave out."""
    try:
        return load(text, name=f"{name}.yaml", resolve=_nobody).canonical == canonical
    except (DomainError, *_SENSELESS):
        return False


def _nobody(reference: str, _asking: str) -> tuple[str, str]:
    """Find nothing: a bundle's text must not rest on a file that it does not hold."""
    raise DomainError("no_such_rulebook", id=reference)


def _no_rules() -> Difference:
    return Difference("rule_wrong", "rulebook", _sentences(Problem("", "yaml_empty")))


def _of_rule(problem: Problem) -> Difference:
    where = problem.place.removeprefix(": ") or "rulebook"
    if problem.code in ("unknown_key", "unknown_key_near"):
        return Difference("rule_unknown", where)
    return Difference("rule_wrong", where, _sentences(problem))


def _of_input(problem: Problem) -> Difference:
    if problem.code == _NO_SCORE:
        arena = "/".join(problem.place.partition(" ")[2].split("/")[:2])
        where = f"score {arena}/{problem.data['event']}/{problem.data['entry']}"
        return Difference(_NO_SCORE, where)
    code = _CODES.get(problem.code, problem.code)
    data = dict(problem.data) if code in TEXTS else _sentences(problem)
    return Difference(code if code in TEXTS else "inputs_wrong", problem.place, data)


def _sentences(problem: Problem) -> dict[str, object]:
    error = DomainError(problem.code, **problem.data)
    return {"problem": texts.text_of(error, "zh"), "problem_en": texts.text_of(error, "en")}


def _open(outcome: Outcome) -> Difference:
    row = outcome.blocked[0]
    where = f"{row.stage}/{row.track}/{row.board}/{row.line}"
    return Difference("tie_open", where, {"entries": ", ".join(row.entries), "needs": row.needs})


def _followers(bundle: Bundle, outcome: Outcome) -> Iterator[Difference]:
    """Demand that a stage into which somebody advanced has exactly those who did.

    Nothing is demanded of a stage whose entries are left out: they are those who advanced.
    """
    entered = {(one.stage, one.track) for one in bundle.entries}
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
        if (row.to_stage, row.track) in entered:
            expected.append(rows.entry(came))
    fed = {(row.to_stage, row.track) for row in outcome.advancement}
    found = [rows.entry(one) for one in bundle.entries if (one.stage, one.track) in fed]
    yield from compare(expected, found)


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
