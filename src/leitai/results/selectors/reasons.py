"""Why is A above B: the engine's steps, with names, the notice's sentence, and fingerprints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leitai.kernel.errors import DomainError
from leitai.results.evidence import law_of, outcome_of
from leitai.results.models import StageResult
from leitai.results.wording import language
from leitai.rulebook.data import TEAMS, Step
from leitai.rulebook.explaining import explain
from leitai.rulebook.model import Assumption, Rulebook
from leitai.seasons import selectors as seasons


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a delegation's code or an entry's, the name, and the rank."""

    key: str
    name: str
    rank: int


@dataclass(frozen=True, slots=True)
class Why:
    """`source` quotes the notice; `assumption` is what it leaves open, as the committee chose."""

    upper: Side
    lower: Side
    steps: tuple[Step, ...]
    source: str
    assumption: Assumption | None
    inputs: str
    outcome: str

    @property
    def shared(self) -> bool:
        """Whether the two share one rank: nobody is above."""
        return self.upper.rank == self.lower.rank


def why(result: StageResult, *, track: str, board: str, upper: str, lower: str) -> Why:
    """Explain two places of one board; raises DomainError("result_not_neighbours")."""
    rulebook = law_of(result)
    sides = _sides(result, track, board, (upper, lower))
    stage = result.stage.code
    steps = explain(
        rulebook, outcome_of(result), stage, track, board, upper, lower, lang=language()
    )
    source, assumption = _law(rulebook, stage, board)
    return Why(
        upper=sides[upper],
        lower=sides[lower],
        steps=steps,
        source=source,
        assumption=assumption,
        inputs=fingerprint(result.input_digest),
        outcome=fingerprint(result.outcome_digest),
    )


def fingerprint(digest: str) -> str:
    """The first twelve letters, in fours: enough to compare by eye."""
    return "·".join(digest[at : at + 4] for at in range(0, 12, 4))


def _sides(result: StageResult, track: str, board: str, keys: tuple[str, str]) -> dict[str, Side]:
    rows: Iterable[tuple[str, str, int, int]]
    if board == TEAMS:
        rows = result.teams.filter(track=track, delegation__unit__code__in=keys).values_list(
            "delegation__unit__code", "delegation__name", "rank", "position"
        )
    else:
        rows = result.standings.filter(track=track, board=board, entry__code__in=keys).values_list(
            "entry__code", seasons.name_in("entry__"), "rank", "position"
        )
    found = {key: (Side(key, name, rank), position) for key, name, rank, position in rows}
    upper, lower = keys
    if len(found) != 2 or found[upper][1] >= found[lower][1]:
        raise DomainError("result_not_neighbours")
    return {key: side for key, (side, _) in found.items()}


def _law(rulebook: Rulebook, stage: str, board: str) -> tuple[str, Assumption | None]:
    rules = rulebook.stages[stage]
    if board == TEAMS:
        team = rules.team
        source, name = (team.source, team.assumption) if team else ("", None)
    else:
        ranking = rules.ranking
        source, name = rules.source, ranking.assumption if ranking else None
    return source, rulebook.assumptions.get(name) if name else None
