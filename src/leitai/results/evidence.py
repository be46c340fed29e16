"""What a stage's outcome is decided from, and the one place that asks the engine.

A result's outcome can be had again at any time: it is decided anew from the same evidence, checked
against the stored digest, and kept in the process (a cache: losing it costs a recomputation).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Lock

from leitai.kernel.errors import DomainError
from leitai.results.digests import input_digest
from leitai.results.models import StageResult
from leitai.rulebook import engine
from leitai.rulebook.data import EntryIn, FactIn, NoteRow, Outcome, ResolutionIn, ScoreIn
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

KEPT = 8  # outcomes in the process's memory: a season's stages in their newest versions
UNDECIDED = "award_undecided"

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
        return self.stage == awarding_stage(self.rulebook)


def awarding_stage(law: Rulebook) -> str:
    """The stage with which the season's awards are definitive: the latest that one is won in.

    Where the rules name no award it is the last contest: what else stands behind it in the order
    (works that are sent up, say) is no part of it.
    """
    order = law.stage_order
    won = {award.stage for award in law.awards}
    contests = {code for code in order if law.stages[code].method == "contest"}
    return max(won or contests or set(order), key=order.index)


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


def decide(evidence: Evidence, *, strict: bool = True) -> Outcome:
    """By the rules to the letter: a list that a body must confirm waits for its word.

    Without `strict` it is taken as confirmed: who would stand in it, for a preview.
    An award that a body gives waits too, but holds nobody else up: it is given when it is given.
    """
    outcome = engine.decide(
        evidence.rulebook,
        entries=evidence.entries,
        scores=evidence.scores,
        resolutions=evidence.resolutions,
        delegations=evidence.delegations,
        facts=evidence.facts,
        stages=evidence.stages,
        strict=strict,
    )
    late = tuple(row for row in outcome.blocked if row.detail.code == UNDECIDED)
    notes = (NoteRow(row.stage, row.track, row.line, row.detail) for row in late)
    blocked = tuple(row for row in outcome.blocked if row not in late)
    return replace(outcome, blocked=blocked, notes=(*outcome.notes, *notes))


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
    evidence = evidence_of(result)
    outcome = decide(evidence)
    with _lock:
        _outcomes[key] = outcome
        while len(_outcomes) > KEPT:
            _outcomes.popitem(last=False)
    return outcome


def evidence_of(result: StageResult) -> Evidence:
    """What a stored result was decided from. Raises DomainError("result_stale") when it is gone.

    Whoever gave up a place since then was still there when it was decided.
    """
    evidence = gather(result.stage.season, result.stage.code, law_of(result))
    for one in (evidence, *_before_withdrawals(evidence, result)):
        if input_digest(one) == result.input_digest:
            return one
    raise DomainError("result_stale")


def _before_withdrawals(evidence: Evidence, result: StageResult) -> Iterator[Evidence]:
    if evidence.facts is None:
        return
    later = set(seasons.withdrawn_since(result.stage.season, result.computed_at))
    left = tuple(
        one for one in evidence.facts if one.kind != seasons.GONE or one.person not in later
    )
    yield replace(evidence, facts=left)
    yield replace(evidence, facts=None)


def _at_award(line: str) -> bool:
    return line.startswith("award:")


def _is_last(inputs: seasons.DecisionInputs) -> bool:
    """Ties at awards are decided with the stage that decides all, wherever the places were won."""
    return inputs.stages[-1] == awarding_stage(inputs.rulebook)
