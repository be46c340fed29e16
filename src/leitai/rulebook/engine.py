"""The engine: from rulebook, entries and scores to ranks, advancement and awards."""

from collections.abc import Iterable

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import inputs
from leitai.rulebook.advancing import advance, entries_of
from leitai.rulebook.awards import award_all
from leitai.rulebook.contest import rank_stage
from leitai.rulebook.data import EntryIn, Outcome, ResolutionIn, ScoreIn
from leitai.rulebook.inputs import Arena
from leitai.rulebook.model import Rulebook
from leitai.rulebook.rows import standing_rows, team_rows
from leitai.rulebook.state import State
from leitai.rulebook.teams import rank_teams


def decide(
    rulebook: Rulebook,
    *,
    entries: Iterable[EntryIn],
    scores: Iterable[ScoreIn],
    resolutions: Iterable[ResolutionIn] = (),
    delegations: Iterable[str],
    stages: Iterable[str] | None = None,
) -> Outcome:
    """Decide everything that can be decided; what a tie holds up stands in ``blocked``.

    Entries of a later stage that are not given follow from advancement. A stage without scores is
    skipped. ``stages`` limits the work to some stages. Raises Problems for inputs that do not fit.
    """
    given = inputs.check(
        rulebook,
        entries=entries,
        scores=scores,
        resolutions=resolutions,
        delegations=delegations,
    )
    state = State(rulebook, given)
    tracks = tuple(sorted(rulebook.tracks))
    for stage in _wanted(rulebook, stages):
        for track in tracks:
            _decide_stage(state, (stage, track))
    awards = award_all(state, tracks)
    state.note_unused()
    return Outcome(
        standings=tuple(standing_rows(state)),
        teams=tuple(team_rows(state)),
        advancement=tuple(state.advanced),
        awards=awards,
        blocked=tuple(state.blocked),
        notes=tuple(state.notes),
    )


def _wanted(rulebook: Rulebook, stages: Iterable[str] | None) -> tuple[str, ...]:
    if stages is None:
        return rulebook.stage_order
    wanted = set(stages)
    unknown = sorted(wanted - set(rulebook.stages))
    if unknown:
        raise Problems(Problem("stages", "stage_unknown", {"stage": name}) for name in unknown)
    return tuple(stage for stage in rulebook.stage_order if stage in wanted)


def _decide_stage(state: State, arena: Arena) -> None:
    stage = state.rules.stages[arena[0]]
    entries = dict(sorted(entries_of(state, arena).items()))
    scores = state.given.scores.get(arena, {})
    if stage.method == "nomination":
        if entries:
            state.entries[arena] = entries
            advance(state, arena)
        return
    if not scores:
        return
    if arena in state.undecided and arena not in state.given.entries:
        state.note(arena, arena[0], "stage_waits", stage=stage.title)
        return
    inputs.check_arena(state.rules, arena, entries, scores)
    state.entries[arena] = entries
    _compare_with_advancement(state, arena)
    state.teams_in[arena] |= {one.delegation for one in entries.values() if one.as_ == "team"}
    rank_stage(state, arena)
    rank_teams(state, arena)
    advance(state, arena)


def _compare_with_advancement(state: State, arena: Arena) -> None:
    """Note entries that were given though no rule brought them here."""
    rows = [row for row in state.advanced if (row.to_stage, row.track) == arena]
    if not rows or arena in state.undecided:
        return
    came = {row.entry for row in rows}
    for entry in state.entries[arena].values():
        if entry.id not in came:
            state.note(arena, entry.id, "not_advanced", name=entry.name)
