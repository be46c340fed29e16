"""Checks of rubrics: each line has what its figure needs, counts in one way, and can be reached."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from leitai.rulebook.lints.lint import Lint
from leitai.rulebook.lints.practice import check_ledger
from leitai.rulebook.model.rubric import PRACTISED, SELECTED, RubricLine
from leitai.rulebook.schema import Path

_WAYS: Final = ("each", "steps", "best")
_ASKED: Final[Mapping[str, str]] = {  # key → the figures that need it
    "award": "holders",
    "kind": "facts",
}


def check_rubrics(lint: Lint) -> None:
    """Check the rubric of every award that has one."""
    for index, award in enumerate(lint.rules.awards):
        if award.rubric is None:
            continue
        at: Path = ("awards", index, "rubric")
        if award.decided is None or award.to != "team":
            lint.report(at, "rubric_not_decided")
        for place, name in enumerate(award.rubric.keys):
            if name not in award.rubric.lines:
                allowed = ", ".join(award.rubric.lines)
                lint.report((*at, "keys", place), "not_among", value=name, allowed=allowed)
        lint.unique((*at, "keys"), award.rubric.keys)
        for name, line in award.rubric.lines.items():
            _check_line(lint, (*at, "lines", name), line)


def _check_line(lint: Lint, at: Path, line: RubricLine) -> None:
    if line.max <= 0:
        lint.report((*at, "max"), "must_be_positive", value=str(line.max))
    _check_ways(lint, at, line)
    _check_names(lint, at, line)
    practice = lint.rules.practice
    if line.of not in PRACTISED:
        return
    if practice is None:
        lint.report((*at, "of"), "rubric_no_practice", name=line.of)
    elif line.of == "mean":
        check_ledger(lint, practice, at, line.ledger)
    elif line.award is not None and line.award not in practice.titles:
        lint.report((*at, "award"), "no_such_title", name=line.award)


def _check_ways(lint: Lint, at: Path, line: RubricLine) -> None:
    """Points by hand are counted in no way, everything else in one."""
    if line.best is False:
        lint.report((*at, "best"), "not_among", value="false", allowed="true")
    used = [key for key in _WAYS if getattr(line, key) not in {None, ()}]
    if line.of == "hand":
        for key in used:
            lint.report((*at, key), "rubric_has_no", key=key, name=line.of)
    elif len(used) != 1:
        lint.report(at, "exactly_one", keys=", ".join(_WAYS))
    if line.base and line.each is None:
        lint.report((*at, "base"), "rubric_base")
    for index, (below, above) in enumerate(pairwise(line.steps), start=1):
        if above.least <= below.least:
            lint.report((*at, "steps", index, "least"), "rubric_steps")
    for index, rung in enumerate(line.steps):
        if not 0 <= rung.points <= line.max:
            lint.report((*at, "steps", index, "points"), "rubric_beyond", most=str(line.max))


def _check_names(lint: Lint, at: Path, line: RubricLine) -> None:
    """Every figure has the keys that it needs, and none of the others."""
    needs = {"stage": line.of in SELECTED}
    needs |= {key: line.of == figure for key, figure in _ASKED.items()}
    for key, needed in needs.items():
        if needed and getattr(line, key) is None:
            lint.report(at, "rubric_needs", key=key, name=line.of)
    for key, allowed in (*needs.items(), ("ledger", line.of == "mean"), ("key", needs["kind"])):
        if not allowed and getattr(line, key) is not None:
            lint.report((*at, key), "rubric_has_no", key=key, name=line.of)
    stage = lint.rules.stages.get(line.stage or "")
    if line.stage is not None and stage is None:
        lint.report((*at, "stage"), "no_such_stage", name=line.stage)
    elif stage is not None and not stage.hosts:
        lint.report((*at, "stage"), "rubric_not_local", name=line.stage)
    if line.kind is not None and lint.rules.facts and line.kind not in lint.rules.facts:
        allowed_kinds = ", ".join(lint.rules.facts)
        lint.report((*at, "kind"), "not_among", value=line.kind, allowed=allowed_kinds)
