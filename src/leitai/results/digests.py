"""What a result was computed from and what came of it, each named by a SHA-256.

Both are digests of canonical JSON, so that the order of rows in a database is no matter for the
inputs, and every row, rank and reason matters for the outcome.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from leitai.kernel import canonical

if TYPE_CHECKING:
    from leitai.results.evidence import Evidence
    from leitai.rulebook.data import FactIn, Outcome, Reason


def input_digest(evidence: Evidence) -> str:
    """Facts stand in it where rules read them; without them it is what it always was."""
    facts = {} if evidence.facts is None else {"facts": _facts(evidence.facts)}
    return _digest(
        facts
        | {
            "rulebook": evidence.rulebook.hash,
            "stages": evidence.stages,
            "delegations": sorted(evidence.delegations),
            "entries": _sorted(
                [e.stage, e.track, e.id, e.delegation, e.person, e.as_] for e in evidence.entries
            ),
            "scores": _sorted(
                [s.stage, s.track, s.event, s.entry, s.value, s.decimals, s.status, dict(s.keys)]
                + ([s.over] if s.over > 1 else [])  # as it always was where decimals suffice
                for s in evidence.scores
            ),
            # The newest answer to a tie comes last and counts: here order is content.
            "resolutions": [
                [r.stage, r.track, r.board, r.line, r.order, r.how] for r in evidence.resolutions
            ],
        }
    )


def outcome_digest(outcome: Outcome) -> str:
    return _digest(
        {
            "standings": [
                [s.track, s.board, s.rank, s.entry, str(s.total), _plain(s.decided_by)]
                for s in outcome.standings
            ],
            "teams": [
                [t.track, t.rank, t.delegation, str(t.total), t.counted, t.advanced]
                for t in outcome.teams
            ],
            "advancement": [
                [a.to_stage, a.track, a.entry, a.as_, a.reason.plain()] for a in outcome.advancement
            ],
            "awards": [[a.award, a.holder, a.basis, a.reason.plain()] for a in outcome.awards],
            "blocked": [[b.track, b.board, b.line, b.entries] for b in outcome.blocked],
        }
    )


def _facts(facts: Iterable[FactIn]) -> list[list[object]]:
    return _sorted(
        [f.person, f.kind, f.key, f.value, str(f.since or ""), str(f.until or ""), f.source]
        for f in facts
    )


def _plain(reason: Reason | None) -> Mapping[str, object] | None:
    return reason.plain() if reason else None


def _sorted(rows: Iterable[list[object]]) -> list[list[object]]:
    return sorted(rows, key=canonical.encode)


def _digest(value: object) -> str:
    return hashlib.sha256(canonical.encode(value)).hexdigest()
