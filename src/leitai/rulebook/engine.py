"""The engine: from rulebook, entries and scores to ranks, advancement and awards."""

from collections.abc import Iterable, Sequence

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import inputs
from leitai.rulebook.admitting import admit_entries
from leitai.rulebook.advancing import advance, pass_all_on
from leitai.rulebook.awards import award_all
from leitai.rulebook.contest import rank_stage
from leitai.rulebook.data import (
    BlockedRow,
    EntryIn,
    FactIn,
    NoteRow,
    Outcome,
    Reason,
    ResolutionIn,
    ScoreIn,
    TitleRow,
)
from leitai.rulebook.honours import honour_all
from leitai.rulebook.inputs import Arena, Given
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
    delegations: Iterable[str] | None = None,
    facts: Iterable[FactIn] | None = None,
    titles: Sequence[TitleRow] = (),
    stages: Iterable[str] | None = None,
    waiting: Sequence[BlockedRow] = (),
    strict: bool = False,
) -> Outcome:
    """Decide everything that can be decided; what a tie holds up stands in ``blocked``.

    Entries of a later stage that are not given follow from advancement. A stage without scores is
    skipped. ``stages`` limits the work to some stages. With ``facts`` the bars of the stages are
    applied, and a test about which nothing is given keeps nobody out; without them entries are
    taken as admitted. ``waiting`` is what keeps scores from being there at all (marks that lie too
    far apart, a match without an end): its stages are not ranked. ``strict`` demands the
    confirmations that the rules name. Raises Problems for inputs that do not fit.
    """
    given = inputs.check(
        rulebook,
        entries=entries,
        scores=scores,
        resolutions=resolutions,
        delegations=delegations,
        facts=facts,
    )
    return decide_given(
        rulebook, given, titles=titles, stages=stages, waiting=waiting, strict=strict
    )


def decide_given(
    rulebook: Rulebook,
    given: Given,
    *,
    titles: Sequence[TitleRow] = (),
    stages: Iterable[str] | None = None,
    waiting: Sequence[BlockedRow] = (),
    strict: bool = False,
) -> Outcome:
    """Decide from inputs that stand in columns already."""
    state = State(rulebook, given, strict, waiting=tuple(waiting), blocked=list(waiting))
    tracks = tuple(sorted(rulebook.tracks))
    for stage in _wanted(rulebook, stages):
        for track in tracks:
            _rank(state, (stage, track))
        rank_teams(state, stage, tracks)
        for track in tracks:
            if (stage, track) in state.rolls and (stage, track) not in state.not_held:
                advance(state, (stage, track))
    awards = award_all(state, tracks)
    honours = honour_all(state, awards, titles)
    state.note_unused()
    _note_assumptions(state)
    return Outcome(
        standings=standing_rows(state),
        teams=team_rows(state),
        advancement=tuple(
            row
            for stage in rulebook.stage_order
            for (_, rows) in state.advanced.items()
            for row in rows
            if row.stage == stage
        ),
        awards=awards,
        blocked=tuple(state.blocked),
        notes=tuple(state.notes),
        reserves=tuple(state.reserves),
        honours=honours,
        titles=tuple(titles),
    )


def _wanted(rulebook: Rulebook, stages: Iterable[str] | None) -> tuple[str, ...]:
    if stages is None:
        return rulebook.stage_order
    wanted = set(stages)
    unknown = sorted(wanted - set(rulebook.stages))
    if unknown:
        raise Problems(Problem("stages", "stage_unknown", {"stage": name}) for name in unknown)
    return tuple(stage for stage in rulebook.stage_order if stage in wanted)


def _rank(state: State, arena: Arena) -> None:
    """Take a stage's entries and rank them, if it is held and has scores."""
    stage = state.rules.stages[arena[0]]
    scores = state.given.scores.get(arena, {})
    counts = bool(scores) or _adds_up(state, arena)
    if not counts and stage.method == "contest" and stage.held is None:
        return
    if _waits(state, arena, has_scores=counts):
        return
    roll = admit_entries(state, arena)
    if not len(roll) and not scores:
        return
    if stage.held is not None and not _is_held(stage.held.least, stage.held.most, len(roll)):
        state.rolls[arena] = roll
        state.not_held.add(arena)
        pass_all_on(state, arena)
    elif counts:
        out = set(given.ids) - set(roll.ids) if (given := state.given.rolls.get(arena)) else set()
        checked = inputs.check_arena(state.rules, arena, roll, scores, out)
        if not len(roll):
            return  # only delegations have scores of their own, or whoever had one is kept out
        state.scores[arena], state.rolls[arena] = checked, roll
        _find_teams(state, arena)
        rank_stage(state, arena)
    elif stage.method == "nomination":
        state.rolls[arena] = roll


def _adds_up(state: State, arena: Arena) -> bool:
    """Say whether a stage without events of its own has everything that is brought into it."""
    stage = state.rules.stages[arena[0]]
    if stage.events or stage.total is None or not stage.total.carry:
        return False
    return all((carry.from_, arena[1]) in state.ranked for carry in stage.total.carry)


def _waits(state: State, arena: Arena, *, has_scores: bool) -> bool:
    """Say whether a stage cannot be ranked yet: its scores, or who comes into it, are open."""
    stage = state.rules.stages[arena[0]]
    if any((row.stage, row.track) == arena for row in state.waiting):
        state.undecided |= {(rule.to, arena[1]) for rule in stage.advance}
        return True
    if arena not in state.undecided or arena in state.given.rolls:
        return False
    if has_scores:
        state.note(arena, arena[0], "stage_waits", stage=stage.title)
    return True


def _find_teams(state: State, arena: Arena) -> None:
    """See which delegations are in a stage as teams.

    Where the season begins here and nobody says, each delegation but the guests is taken as one.
    """
    team = state.rules.stages[arena[0]].team
    roll = state.rolls[arena]
    state.teams_in[arena] |= {
        roll.delegations[at] for at, as_ in enumerate(roll.capacities) if as_ == "team"
    }
    unsaid = not state.teams_in[arena] and not state.advanced.get(arena)
    if team is not None and team.of == "advanced" and unsaid:
        state.teams_in[arena] |= set(roll.delegations) - state.rules.guests
        state.note(arena, arena[0], "teams_taken", count=len(state.teams_in[arena]))


def _is_held(least: int, most: int | None, count: int) -> bool:
    return least <= count and (most is None or count <= most)


def _note_assumptions(state: State) -> None:
    """Name what the source leaves open and was taken as the rulebook says."""
    for name, assumption in state.rules.assumptions.items():
        data = {"question": assumption.question, "chosen": assumption.chosen}
        state.notes.append(NoteRow("", "", name, Reason("assumed", data)))
