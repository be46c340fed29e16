"""From tables to tables: read, fold what activities recorded, decide, write."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import engine, judging, live
from leitai.rulebook.data import BoardRow, FactIn, Folded, Outcome, Practised
from leitai.rulebook.model import Rulebook
from leitai.rulebook.practice import fold_acts, rank_boards
from leitai.rulebook.tables.columns import ACTS, BALLOTS, ENTRIES, LOG, MARKS
from leitai.rulebook.tables.data import Data, at_rows
from leitai.rulebook.tables.reading import gather
from leitai.rulebook.tables.writing import write

DECIDED: Final = 0
BLOCKED: Final = 3


@dataclass(frozen=True, slots=True)
class Result:
    """The tables of an outcome by file name; ``exit`` is 0, or 3 where rows are blocked."""

    files: Mapping[str, str]
    exit: int
    outcome: Outcome


def decide(
    rules: Rulebook, files: Mapping[str, str], *, strict: bool = False, lang: str = "zh"
) -> Result:
    """Decide a season from its tables; raises Problems that name every bad row."""
    data, problems = gather(rules, files)
    if problems:
        raise Problems([*problems, *_further(rules, data, problems)])
    outcome = settle(rules, data, strict=strict)
    exit_code = BLOCKED if outcome.blocked else DECIDED
    return Result(write(rules, outcome, data, lang=lang), exit_code, outcome)


def settle(rules: Rulebook, data: Data, *, strict: bool = False) -> Outcome:
    """Fold and decide; problems point to the rows of the tables."""
    try:
        practised, boards = _practised(rules, data)
        facts = (*data.facts, *practised.facts)
        folded, problems = _folds(rules, data, facts)
        _raise(problems)
        outcome = engine.decide(
            rules,
            entries=data.entries,
            scores=[*data.scores, *(score for fold in folded for score in fold.scores)],
            resolutions=data.resolutions,
            facts=facts,
            titles=practised.titles,
            waiting=[row for fold in folded for row in fold.blocked],
            strict=strict,
        )
    except Problems as error:
        raise Problems(at_rows(data, error.problems)) from error
    notes = tuple(row for fold in folded for row in fold.notes)
    return dataclasses.replace(
        outcome,
        notes=(*practised.notes, *notes, *outcome.notes),
        ledger=practised.ledger,
        boards=boards,
    )


def _raise(problems: Sequence[Problem]) -> None:
    if problems:
        raise Problems(problems)


def _further(rules: Rulebook, data: Data, problems: Sequence[Problem]) -> list[Problem]:
    """Say what is wrong with what activities recorded as well, where those tables are sound."""
    spoilt = {
        one.place.partition(":")[0]
        for one in problems
        if one.code != "entry_unknown"  # its rows are left out already
    }
    sound = dataclasses.replace(data)
    for file, rows in ((MARKS, "marks"), (BALLOTS, "ballots"), (LOG, "log"), (ACTS, "acts")):
        if file in spoilt or ENTRIES in spoilt:
            setattr(sound, rows, [])
    facts: tuple[FactIn, ...] = tuple(data.facts)
    found: list[Problem] = []
    try:
        facts += _practised(rules, sound)[0].facts
    except Problems as error:
        found += error.problems
    return at_rows(data, [*found, *_folds(rules, sound, facts)[1]])


def _practised(rules: Rulebook, data: Data) -> tuple[Practised, tuple[BoardRow, ...]]:
    if rules.practice is None or not data.acts:
        return Practised(), ()
    practised = fold_acts(rules, data.acts, windows=data.windows, facts=data.facts)
    return practised, rank_boards(rules, data.acts, windows=data.windows, facts=data.facts)


def _folds(
    rules: Rulebook, data: Data, facts: Sequence[FactIn]
) -> tuple[list[Folded], list[Problem]]:
    """Run the folds whose tables have rows: the same functions that the web uses."""
    folds: list[Folded] = []
    problems: list[Problem] = []
    steps: tuple[tuple[object, Callable[[], Folded]], ...] = (
        (data.marks, lambda: judging.fold_marks(rules, data.marks, facts, data.entries)),
        (data.ballots, lambda: judging.fold_ballots(rules, data.ballots, data.entries)),
        (data.log, lambda: live.fold(rules, data.log)),
    )
    for rows, fold in steps:
        try:
            folds += [fold()] if rows else []
        except Problems as error:
            problems += error.problems
    return folds, problems
