"""Team scores: the sum of a delegation's best entries, and the ranking of delegations."""

from fractions import Fraction

from leitai.rulebook.chain import TOTAL, total_decimals
from leitai.rulebook.data import TEAMS, team_board
from leitai.rulebook.inputs import Arena
from leitai.rulebook.model import Team
from leitai.rulebook.ranking import Competitor, rank
from leitai.rulebook.state import State, TeamScore, flat


def rank_teams(state: State, arena: Arena) -> None:
    """Make the board ``teams`` of a stage that has a team score."""
    team = state.rules.stages[arena[0]].team
    if team is None:
        return
    scores = {}
    for delegation in sorted(state.given.delegations):
        if team.of == "advanced" and delegation not in state.teams_in[arena]:
            continue
        score = _score(state, arena, team, delegation)
        if score is not None:
            scores[delegation] = score
    state.teams[arena] = scores
    lowest = min((value for score in scores.values() for value in score.members), default=0)
    decimals = total_decimals(state.rules, state.rules.stages[arena[0]])
    state.boards[(*arena, TEAMS)] = rank(
        Competitor(
            id=score.delegation,
            delegation=score.delegation,
            total=Fraction(sum(score.members), 10**decimals),
            key=_key(team, score, lowest - 1),
        )
        for score in scores.values()
    )


def counted(state: State, arena: Arena, delegation: str) -> tuple[str, ...]:
    """Name the entries that count for a team, best first."""
    team = state.rules.stages[arena[0]].team
    board = state.boards.get((*arena, team_board(delegation)), ())
    return flat(board)[: team.top] if team else ()


def _score(state: State, arena: Arena, team: Team, delegation: str) -> TeamScore | None:
    """Add up a team; a delegation without a single result is no team at all."""
    board = state.boards.get((*arena, team_board(delegation)), ())
    people = [member for group in board for member in group.members][: team.top]
    if not people:
        return None
    if len(people) < team.top:
        code = "team_short" if team.fewer == "count" else "team_excluded"
        state.note(arena, delegation, code, count=len(people), top=team.top)
        if team.fewer == "exclude":
            return None
    scale: int = 10 ** total_decimals(state.rules, state.rules.stages[arena[0]])
    members = sorted((int(one.total * scale) for one in people), reverse=True)
    return TeamScore(delegation, tuple(members))


def _key(team: Team, score: TeamScore, missing: int) -> tuple[int, ...]:
    """Write the chain as one key; a member who is not there ranks below every score."""
    key: list[int] = []
    for name in team.keys:
        if name == TOTAL:
            key.append(sum(score.members))
        else:
            key += score.members
            key += [missing] * (team.top - len(score.members))
    return tuple(key)
