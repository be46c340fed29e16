"""What a stage's outcome is decided from, and the one place that asks the engine.

A result's outcome can be had again at any time: it is decided anew from the same evidence, checked
against the stored digest, and kept in the process (a cache: losing it costs a recomputation).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock

from leitai.kernel.errors import DomainError
from leitai.results.digests import input_digest
from leitai.results.models import StageResult
from leitai.rulebook import engine
from leitai.rulebook.data import EntryIn, FactIn, Outcome, ResolutionIn, ScoreIn
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

KEPT = 8  # outcomes in the process's memory: a season's stages in their newest versions

_outcomes: OrderedDict[tuple[int, str], Outcome] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything up to and including one stage; later stages cannot change what was decided."""

    rulebook: Rulebook
    stages: tuple[str, ...]
    entries: tuple[EntryIn, ...]
    scores: tuple[ScoreIn, ...]
    resolutions: tuple[ResolutionIn, ...]
    delegations: tuple[str, ...]
    facts: tuple[FactIn, ...] | None = None  # None: no rule but a bar reads any

    @property
    def stage(self) -> str:
        return self.stages[-1]

    @property
    def last(self) -> bool:
        """Whether the season's awards are decided with this stage."""
        return self.stages == tuple(self.rulebook.stages)


def gather(season: Season, stage: str, law: Rulebook | None = None) -> Evidence:
    """What stands now, for the rules in force or for those that a result was decided by."""
    inputs = seasons.decision_inputs(season, stage, law)
    return Evidence(
        rulebook=inputs.rulebook,
        stages=inputs.stages,
        entries=inputs.entries,
        scores=inputs.scores,
        resolutions=tuple(
            r for r in inputs.resolutions if not _at_award(r.line) or _is_last(inputs)
        ),
        delegations=inputs.delegations,
        facts=inputs.facts,
    )


def law_of(result: StageResult) -> Rulebook:
    """The rules that a result was decided by."""
    return seasons.parse(result.rulebook.hash, result.rulebook.text)


def decide(evidence: Evidence) -> Outcome:
    return engine.decide(
        evidence.rulebook,
        entries=evidence.entries,
        scores=evidence.scores,
        resolutions=evidence.resolutions,
        delegations=evidence.delegations,
        facts=evidence.facts,
        stages=evidence.stages,
    )


def rows_of_stage(outcome: Outcome, evidence: Evidence) -> Outcome:
    """What belongs to the evidence's own stage; awards, and ties at them, only with the last."""
    stage = evidence.stage
    return replace(
        outcome,
        standings=tuple(row for row in outcome.standings if row.stage == stage),
        teams=tuple(row for row in outcome.teams if row.stage == stage),
        advancement=tuple(row for row in outcome.advancement if row.stage == stage),
        awards=outcome.awards if evidence.last else (),
        blocked=tuple(
            row
            for row in outcome.blocked
            if (evidence.last if _at_award(row.line) else row.stage == stage)
        ),
        notes=tuple(
            row
            for row in outcome.notes
            if (evidence.last if row.reason.code.startswith("award_") else row.stage == stage)
        ),
    )


def outcome_of(result: StageResult) -> Outcome:
    """Decide a stored result again, by its own version of the rules.

    Raises DomainError("result_stale") when its inputs are gone.
    """
    key = (result.pk, result.input_digest)
    with _lock:
        if key in _outcomes:
            _outcomes.move_to_end(key)
            return _outcomes[key]
    evidence = gather(result.stage.season, result.stage.code, law_of(result))
    if input_digest(evidence) != result.input_digest:
        raise DomainError("result_stale")
    outcome = decide(evidence)
    with _lock:
        _outcomes[key] = outcome
        while len(_outcomes) > KEPT:
            _outcomes.popitem(last=False)
    return outcome


def _at_award(line: str) -> bool:
    return line.startswith("award:")


def _is_last(inputs: seasons.DecisionInputs) -> bool:
    """Ties at awards are decided with the last stage, wherever the places were won."""
    return inputs.stages == tuple(inputs.rulebook.stages)
