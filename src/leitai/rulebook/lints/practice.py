"""Checks of practice: names, times, caps that do not add up, titles that nobody can reach."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Final

from leitai.rulebook import numbers
from leitai.rulebook.lints.lint import Lint
from leitai.rulebook.lints.practice_titles import check_titles
from leitai.rulebook.marking import TYPES
from leitai.rulebook.model.practice import Act, Caps, Credit, Exercise, Practice
from leitai.rulebook.practice.accounts import each_cap
from leitai.rulebook.practice.earning import figure_of
from leitai.rulebook.practice.periods import is_moment, is_offset, minutes, written
from leitai.rulebook.practice.reach import Reach, variants
from leitai.rulebook.practice.rules import ledger_of
from leitai.rulebook.practice.values import ANSWERS, DERIVED, SECONDS, SUBJECT
from leitai.rulebook.schema import Path

AT: Final[Path] = ("practice",)


def check_practice(lint: Lint) -> None:
    """Run the checks of this file; nothing where the rulebook has no practice."""
    practice = lint.rules.practice
    if practice is None:
        return
    _check_times(lint, practice)
    for at, name, act in acts_of(practice):
        _check_act(lint, practice, (*at, name), act)
    _check_streaks(lint, practice)
    _check_changes(lint, practice)
    _check_caps(lint, practice)
    check_titles(lint, practice)
    _check_boards(lint, practice)
    _check_used(lint, practice)


def acts_of(practice: Practice) -> Iterator[tuple[Path, str, Act]]:
    """Give every act of the rules and of their changes, with its place."""
    for name, act in practice.acts.items():
        yield (*AT, "acts"), name, act
    for index, change in enumerate(practice.changes):
        for name, act in change.acts.items():
            yield (*AT, "changes", index, "acts"), name, act


# ---- times


def _check_times(lint: Lint, practice: Practice) -> None:
    if not is_offset(practice.offset):
        lint.report((*AT, "offset"), "bad_offset", text=practice.offset)
    for name, hours in practice.hours.items():
        for index, span in enumerate(hours.spans):
            at = (*AT, "hours", name, "spans", index)
            start, end = minutes(span.from_), minutes(span.to)
            if start is None:
                lint.report((*at, "from"), "bad_clock", text=span.from_)
            if end is None:
                lint.report((*at, "to"), "bad_clock", text=span.to)
            if start is not None and end is not None and start >= end:
                lint.report(at, "span_order", start=span.from_, end=span.to)
    for path, text in _moments(practice):
        if text is None:
            continue
        if not is_moment(text):
            if text not in lint.rules.calendar:
                lint.report(path, "bad_moment", text=text)
        elif written(practice, text, end=False) is None:
            lint.report(path, "bad_moment", text=text)


def _moments(practice: Practice) -> Iterator[tuple[Path, str | None]]:
    yield (*AT, "from"), practice.from_
    yield (*AT, "to"), practice.to
    for at, name, act in acts_of(practice):
        yield (*at, name, "from"), act.from_
        yield (*at, name, "to"), act.to
    for name, board in practice.boards.items():
        yield (*AT, "boards", name, "from"), board.from_
        yield (*AT, "boards", name, "to"), board.to
    for index, change in enumerate(practice.changes):
        yield (*AT, "changes", index, "from"), change.from_
    for name, lottery in practice.lotteries.items():
        yield (*AT, "lotteries", name, "window"), lottery.window


# ---- acts


def _check_act(lint: Lint, practice: Practice, at: Path, act: Act) -> None:
    for name in act.figures:
        if name in (ANSWERS, SUBJECT):
            lint.report((*at, "figures", name), "reserved_figure", name=name)
    if act.value is not None and act.value not in act.figures:
        _no_figure(lint, (*at, "value"), act, act.value)
    for index, credit in enumerate(act.credits):
        _check_credit(lint, practice, (*at, "credits", index), act, credit)
    beyond = act.attempts.beyond if act.attempts else None
    for key, spend in (("spends", act.spends), ("beyond", beyond)):
        if spend is not None:
            path: Path = (*at, key) if key == "spends" else (*at, "attempts", key)
            check_ledger(lint, practice, path, spend.ledger)
            _positive(lint, (*path, "points"), spend.points)
    if act.takes_back is not None:
        known = {name: one for _, name, one in acts_of(practice)}
        other = known.get(act.takes_back.act)
        path = (*at, "takes_back", "act")
        if other is None:
            lint.report(path, "no_such_act", name=act.takes_back.act)
        elif other.attempts is not None and other.attempts.counts != "all":
            lint.report(path, "back_of_best", name=act.takes_back.act)
    if act.attempts is not None and act.attempts.beyond is not None and act.attempts.limit is None:
        lint.report((*at, "attempts", "beyond"), "beyond_without_limit")
    _check_exercise(lint, (*at, "exercise"), act.exercise or Exercise())
    if act.pace is not None:
        _positive(lint, (*at, "pace", "least"), act.pace.least)
        if SECONDS in act.figures:
            lint.report((*at, "figures", SECONDS), "reserved_figure", name=SECONDS)


def _check_exercise(lint: Lint, at: Path, rule: Exercise) -> None:
    for name in rule.types:
        if name not in TYPES:
            lint.report((*at, "types", name), "exercise_type", name=name, allowed=", ".join(TYPES))
    total = sum(rule.types.values())
    if rule.types and rule.questions is not None and total != rule.questions:
        lint.report((*at, "types"), "exercise_sum", total=total, questions=rule.questions)
    if rule.full is not None:
        _positive(lint, (*at, "full"), rule.full)
    if rule.pass_ is not None:
        full = rule.full
        if full is None:
            lint.report((*at, "pass"), "exercise_pass_of_nothing")
        elif not 0 < rule.pass_ <= full:
            least, most = numbers.show(rule.pass_), numbers.show(full)
            lint.report((*at, "pass"), "exercise_pass", least=least, full=most)


def _check_credit(lint: Lint, practice: Practice, at: Path, act: Act, credit: Credit) -> None:
    check_ledger(lint, practice, at, credit.ledger)
    for name, times in credit.hours.items():
        path: Path = (*at, "hours", name)
        if name not in practice.hours:
            lint.report(path, "no_such_hours", name=name)
        _positive(lint, path, times)
    for name in credit.needs:
        _check_figure(lint, (*at, "needs", name), act, name)
    _positive(lint, (*at, "per"), credit.per)
    check_caps(lint, (*at, "caps"), credit.caps)
    if credit.points is not None:
        _check_flat(lint, at, credit)
        return
    name = figure_of(act, credit) or ""
    where = (*at, "of") if credit.of is not None else at
    if not name:
        lint.report(where, "figure_unsaid")
        return
    figure = act.figures.get(name)
    _check_figure(lint, where, act, name)
    if figure is None:
        return
    if credit.words is None:
        if figure.words:
            lint.report(where, "figure_has_words", name=name)
        return
    for word in credit.words:
        if word not in figure.words:
            allowed = ", ".join(figure.words)
            lint.report((*at, "words", word), "no_such_word", name=word, allowed=allowed)


def _check_flat(lint: Lint, at: Path, credit: Credit) -> None:
    """Every act of a credit with fixed points must have its place under the caps at least once."""
    for scope, most in each_cap(credit.caps or Caps()):
        if credit.points is not None and credit.points > most:
            points = numbers.show(credit.points)
            lint.report((*at, "caps", scope), "credit_over_cap", points=points, cap=_show(most))


def _check_figure(lint: Lint, path: Path, act: Act, name: str) -> None:
    if name not in act.figures and name not in DERIVED:
        _no_figure(lint, path, act, name)


def _no_figure(lint: Lint, path: Path, act: Act, name: str) -> None:
    allowed = ", ".join([*act.figures, *DERIVED])
    lint.report(path, "no_such_figure", name=name, allowed=allowed)


def check_ledger(lint: Lint, practice: Practice, at: Path, name: str | None) -> None:
    """A ledger that is named exists; with several of them one must be named."""
    if name is None:
        if len(practice.ledgers) > 1:
            lint.report(at, "ledger_unsaid", allowed=", ".join(practice.ledgers))
    elif name not in practice.ledgers:
        allowed = ", ".join(practice.ledgers)
        lint.report((*at, "ledger"), "no_such_ledger", name=name, allowed=allowed)


def _positive(lint: Lint, path: Path, value: Fraction) -> None:
    if value <= 0:
        lint.report(path, "must_be_positive", value=_show(value))


def _check_streaks(lint: Lint, practice: Practice) -> None:
    known = {name for _, name, _ in acts_of(practice)}
    for name, streak in practice.streaks.items():
        at: Path = (*AT, "streaks", name)
        check_ledger(lint, practice, at, streak.ledger)
        check_caps(lint, (*at, "caps"), streak.caps)
        _positive(lint, (*at, "points"), streak.points)
        lint.unique((*at, "acts"), streak.acts)
        for index, act in enumerate(streak.acts):
            if act not in known:
                lint.report((*at, "acts", index), "no_such_act", name=act)


def _check_changes(lint: Lint, practice: Practice) -> None:
    known = {name for _, name, _ in acts_of(practice)}
    for index, change in enumerate(practice.changes):
        at: Path = (*AT, "changes", index)
        for name, ledger in change.ledgers.items():
            before = practice.ledgers.get(name)
            if before is None:
                allowed = ", ".join(practice.ledgers)
                lint.report((*at, "ledgers", name), "no_such_ledger", name=name, allowed=allowed)
            elif before.period != ledger.period:
                path = (*at, "ledgers", name, "period")
                lint.report(path, "change_of_period", period=before.period)
        for nth, name in enumerate(change.ends):
            if name not in known:
                lint.report((*at, "ends", nth), "no_such_act", name=name)


# ---- caps


def check_caps(lint: Lint, at: Path, caps: Caps | None) -> None:
    """No cap is below nought, and none is above that of a longer time."""
    found = each_cap(caps or Caps())
    for scope, most in found:
        if most < 0:
            lint.report((*at, scope), "must_be_positive", value=_show(most))
    for (scope, most), (longer, less) in pairwise(found):
        if most > less:
            data = {"cap": _show(most), "longer": longer, "less": _show(less)}
            lint.report((*at, scope), "cap_never", reads=[(*at, longer)], **data)


def _check_caps(lint: Lint, practice: Practice) -> None:
    """A ledger's daily cap and what the notice says of the caps agree with its credits."""
    reach = Reach(practice)
    for number, variant in enumerate(variants(practice)):
        at: Path = AT if not number else (*AT, "changes", number - 1)
        stated = practice.ledgers if not number else practice.changes[number - 1].ledgers
        for name, ledger in stated.items():
            path: Path = (*at, "ledgers", name)
            check_caps(lint, (*path, "caps"), ledger.caps)
            parts = reach.by_day(variant, name)
            known = [part for part in parts if part is not None]
            total = sum(known, Fraction(0))
            reads = [(*AT, "acts"), (*AT, "streaks"), (*AT, "changes")]
            if ledger.stated is not None:
                if len(known) < len(parts):
                    lint.report((*path, "stated"), "caps_unbounded", reads=reads)
                elif total != ledger.stated:
                    data = {"stated": _show(ledger.stated), "sum": _show(total)}
                    lint.report((*path, "stated"), "caps_differ", reads=reads, **data)
            day = ledger.caps.day if ledger.caps else None
            if day is not None and parts and len(known) == len(parts) and total < day:
                data = {"cap": _show(day), "sum": _show(total)}
                lint.report((*path, "caps", "day"), "cap_beyond", reads=reads, **data)


# ---- boards, and what is never used


def _check_boards(lint: Lint, practice: Practice) -> None:
    known = {name for _, name, _ in acts_of(practice)}
    for name, board in practice.boards.items():
        at: Path = (*AT, "boards", name)
        if board.figure in ("points", "mean"):
            check_ledger(lint, practice, at, board.ledger)
        if board.act is not None and board.act not in known:
            lint.report((*at, "act"), "no_such_act", name=board.act)
        if board.award is not None and board.award not in practice.titles:
            lint.report((*at, "award"), "no_such_title", name=board.award)
        if board.of == "person" and board.figure in ("registered", "active", "ratio", "mean"):
            lint.report((*at, "figure"), "board_of_units", figure=board.figure)
    for name, lottery in practice.lotteries.items():
        at = (*AT, "lotteries", name)
        if lottery.act is not None and lottery.act not in known:
            lint.report((*at, "act"), "no_such_act", name=lottery.act)
        if lottery.award is not None and lottery.award not in practice.titles:
            lint.report((*at, "award"), "no_such_title", name=lottery.award)


def _check_used(lint: Lint, practice: Practice) -> None:
    every = [credit for _, _, act in acts_of(practice) for credit in act.credits]
    filled = {ledger_of(practice, credit.ledger) for credit in every}
    filled |= {ledger_of(practice, streak.ledger) for streak in practice.streaks.values()}
    everywhere = [(*AT, "acts"), (*AT, "streaks"), (*AT, "changes")]
    for name in practice.ledgers:
        if name not in filled:
            lint.report((*AT, "ledgers", name), "unused_ledger", reads=everywhere, name=name)
    timed = {name for credit in every for name in credit.hours}
    _unused(lint, practice.hours, timed, "hours", "unused_hours")
    named = set(_named_acts(practice))
    for at, name, act in acts_of(practice):
        if act.counts and not act.credits and act.spends is None and name not in named:
            lint.report((*at, name), "unused_act", name=name)


def _unused(
    lint: Lint, known: Mapping[str, object], used: Iterable[str], key: str, code: str
) -> None:
    there = set(used)
    for name in known:
        if name not in there:
            lint.report((*AT, key, name), code, reads=[(*AT, "acts")], name=name)


def _named_acts(practice: Practice) -> Iterator[str]:
    """Give every act that something other than its own credits follows from."""
    for _, name, act in acts_of(practice):
        if act.takes_back is not None:
            yield from (name, act.takes_back.act)
    for streak in practice.streaks.values():
        yield from streak.acts
    named = [board.act for board in practice.boards.values()]
    named += [lottery.act for lottery in practice.lotteries.values()]
    yield from (act for act in named if act is not None)
    goals = [title.when for title in practice.titles.values()]
    while goals:
        goal = goals.pop()
        goals += [*(goal.any or ()), *(goal.all or ())]
        if goal.act is not None:
            yield goal.act


def _show(value: Fraction) -> str:
    return numbers.show(value)
