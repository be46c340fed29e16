"""Checks of the titles of practice: names, ladders, and goals that nobody can reach."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from leitai.rulebook import numbers
from leitai.rulebook.lints.lint import Lint
from leitai.rulebook.model.practice import Goal, Practice, Title
from leitai.rulebook.practice.meters import COUNTS, OF_A_FIGURE, how_counted, leaf_of
from leitai.rulebook.practice.reach import Reach
from leitai.rulebook.practice.values import DERIVED
from leitai.rulebook.schema import Path

AT: Final[Path] = ("practice", "titles")
Leaves = list[tuple[Path, Goal]]


def check_titles(lint: Lint, practice: Practice) -> None:
    """Run the checks of this file."""
    reach = Reach(practice)
    for name, title in practice.titles.items():
        at: Path = (*AT, name)
        leaves = list(leaves_of((*at, "when"), title.when))
        for path, goal in leaves:
            _check_goal(lint, practice, path, goal)
        _check_best(lint, practice, at, title)
        _check_ladder(lint, practice, at, name, title)
        if name in _needs(practice, title.when):
            lint.report((*at, "when"), "title_cycle", name=name)
        else:
            _check_reach(lint, reach, (*at, "when"), title)
    titles = [title.title for title in practice.titles.values()]
    for name, title in practice.titles.items():
        if titles.count(title.title) > 1:
            lint.report((*AT, name, "title"), "title_twice", title=title.title)


def leaves_of(at: Path, goal: Goal) -> Iterator[tuple[Path, Goal]]:
    """Give every goal that is no combination, with its place."""
    for key, parts in (("any", goal.any), ("all", goal.all)):
        for index, part in enumerate(parts or ()):
            yield from leaves_of((*at, key, index), part)
    if leaf_of(goal) is not None:
        yield at, goal


def _check_goal(lint: Lint, practice: Practice, at: Path, goal: Goal) -> None:
    about = leaf_of(goal)
    if about is None:
        return
    kind, name = about
    known = {
        "ledger": set(practice.ledgers),
        "act": {*practice.acts, *(act for change in practice.changes for act in change.acts)},
        "title": set(practice.titles),
    }[kind]
    if name not in known:
        allowed = ", ".join(sorted(known))
        if kind == "ledger":
            lint.report((*at, kind), "no_such_ledger", name=name, allowed=allowed)
        elif kind == "act":
            lint.report((*at, kind), "no_such_act", name=name)
        else:
            lint.report((*at, kind), "no_such_title", name=name)
        return
    if kind == "title" and practice.titles[name].top is not None:
        lint.report((*at, kind), "title_of_best", name=name)
    count = how_counted(goal, kind)
    if count not in COUNTS[kind]:
        allowed = ", ".join(COUNTS[kind])
        lint.report((*at, "count"), "goal_count", count=count, kind=kind, allowed=allowed)
    elif count in OF_A_FIGURE and goal.of is None:
        lint.report(at, "goal_needs_figure", count=count)
    if goal.of is not None and count not in OF_A_FIGURE:
        lint.report((*at, "of"), "goal_has_figure", count=count)
    _check_figures(lint, practice, at, goal)
    if goal.least <= 0:
        lint.report((*at, "least"), "must_be_positive", value=numbers.show(goal.least))


def _check_figures(lint: Lint, practice: Practice, at: Path, goal: Goal) -> None:
    if goal.act is None:
        if goal.with_:
            lint.report((*at, "with"), "goal_with")
        return
    acts = [*practice.acts.items()]
    acts += [item for change in practice.changes for item in change.acts.items()]
    allowed = [name for key, act in acts if key == goal.act for name in act.figures]
    allowed += DERIVED
    places: list[tuple[Path, str]] = [((*at, "with", name), name) for name in goal.with_]
    if goal.of is not None:
        places.append(((*at, "of"), goal.of))
    for path, name in places:
        if name not in allowed:
            lint.report(path, "no_such_figure", name=name, allowed=", ".join(allowed))


def _check_best(lint: Lint, practice: Practice, at: Path, title: Title) -> None:
    if title.top is None:
        for key, given in (("by", title.by), ("each", title.each)):
            if given is not None:
                lint.report((*at, key), "without_top", key=key)
        return
    if title.by is None:
        lint.report(at, "top_needs_by")
    elif title.by not in practice.ledgers:
        allowed = ", ".join(practice.ledgers)
        lint.report((*at, "by"), "no_such_ledger", name=title.by, allowed=allowed)


def _check_ladder(lint: Lint, practice: Practice, at: Path, name: str, title: Title) -> None:
    for index, lower in enumerate(title.above):
        path: Path = (*at, "above", index)
        other = practice.titles.get(lower)
        if other is None:
            lint.report(path, "no_such_title", name=lower)
        elif name in _below(practice, lower):
            lint.report(path, "ladder_cycle", name=lower)
        elif other.per != title.per:
            lint.report(path, "ladder_period", name=lower, per=other.per)


def _below(practice: Practice, name: str) -> set[str]:
    """Give a title and all rungs below it."""
    seen: set[str] = set()
    todo = [name]
    while todo:
        one = todo.pop()
        if one not in seen and one in practice.titles:
            seen.add(one)
            todo += practice.titles[one].above
    return seen


def _needs(practice: Practice, goal: Goal) -> set[str]:
    """Give every title on which a goal rests, directly or not."""
    seen: set[str] = set()
    todo = [goal]
    while todo:
        one = todo.pop()
        todo += [*(one.any or ()), *(one.all or ())]
        if one.title is not None and one.title not in seen and one.title in practice.titles:
            seen.add(one.title)
            todo.append(practice.titles[one.title].when)
    return seen


def _check_reach(lint: Lint, reach: Reach, at: Path, title: Title) -> None:
    """Report the goals without which the title cannot be had and which nobody can reach."""
    for path, goal, most in _out_of_reach(reach, at, title.when, title):
        lint.report(
            (*path, "least"),
            "title_unreachable",
            reads=[("practice", "acts"), ("practice", "streaks"), ("practice", "changes")],
            title=title.title,
            least=numbers.show(goal.least),
            most=numbers.show(most),
        )


def _out_of_reach(
    reach: Reach, at: Path, goal: Goal, title: Title
) -> list[tuple[Path, Goal, Fraction]]:
    if goal.any is not None:
        parts = [
            _out_of_reach(reach, (*at, "any", index), part, title)
            for index, part in enumerate(goal.any)
        ]
        return [item for part in parts for item in part] if all(parts) else []
    if goal.all is not None:
        return [
            item
            for index, part in enumerate(goal.all)
            for item in _out_of_reach(reach, (*at, "all", index), part, title)
        ]
    most = reach.goal(goal, title.per)
    return [(at, goal, most)] if most is not None and most < goal.least else []
