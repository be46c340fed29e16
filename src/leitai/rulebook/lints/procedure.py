"""Checks of the calendar, holidays, terms, draws, publicity and appeals; then those of forms."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from leitai.rulebook.lints.forms import check_forms
from leitai.rulebook.lints.lint import Lint
from leitai.rulebook.model import Appeal, Draw, Stage, Term, Window
from leitai.rulebook.procedure import moments
from leitai.rulebook.procedure.days import SATURDAY, read_clock
from leitai.rulebook.procedure.soft import names_year, read_soft
from leitai.rulebook.procedure.windows import terms
from leitai.rulebook.schema import NAME, Path

LONGEST_BREAK: Final = 60  # days; no statutory holiday is that long


def check_procedure(lint: Lint) -> None:
    """Run the checks of this file and those of forms."""
    for name, window in lint.rules.calendar.items():
        _check_clocks(lint, ("calendar", name), window)
        _check_words(lint, ("calendar", name), window)
    _check_holidays(lint)
    for path, term in terms(lint.rules):
        _check_term(lint, path, term)
    for name, draw in lint.rules.draws.items():
        _check_draw(lint, ("draws", name), draw)
    _check_publicity(lint)
    for name, appeal in lint.rules.appeals.items():
        _check_appeal(lint, ("appeals", name), appeal)
    check_forms(lint)


def _check_clocks(lint: Lint, at: Path, window: Window) -> None:
    opens = _clock(lint, (*at, "opens"), window.opens)
    closes = _clock(lint, (*at, "closes"), window.closes)
    for key, clock, day in (("opens", opens, "earliest"), ("closes", closes, "latest")):
        if clock is not None and getattr(window, day) is None:
            lint.report((*at, key), "clock_without_day", day=day)
    same_day = window.earliest is not None and window.earliest == window.latest
    if same_day and opens is not None and closes is not None and opens >= closes:
        lint.report((*at, "closes"), "clock_backwards", reads=[(*at, "opens")])


def _clock(lint: Lint, path: Path, text: str) -> int | None:
    minutes = read_clock(text)
    if text and minutes is None:
        lint.report(path, "clock_unread", text=text)
    return minutes


def _check_words(lint: Lint, at: Path, window: Window) -> None:
    if window.later and (window.earliest or window.latest):
        day = "latest" if window.latest else "earliest"
        lint.report((*at, day), "later_with_day", reads=[(*at, "later")])
    if window.fixed_by and not window.latest:
        lint.report((*at, "fixed_by"), "fixed_without_day")
    if not window.soft:
        return
    year = lint.rules.year
    span = read_soft(window.words, year)
    if span is None:
        no_year = year is None and not names_year(window.words)
        code = "soft_without_year" if no_year else "soft_unread"
        lint.report((*at, "words"), code, reads=[("year",), (*at, "soft")], words=window.words)
    elif not window.fixed_by:
        reads: list[Path] = [(*at, "words"), ("year",)]
        for key, bound in (("earliest", window.earliest), ("latest", window.latest)):
            if bound is not None and not span.holds(bound):
                lint.report((*at, key), "soft_disagrees", reads=reads, day=bound.isoformat())


def _check_holidays(lint: Lint) -> None:
    holidays = lint.rules.holidays
    if holidays is None:
        return
    at: Path = ("holidays",)
    lint.unique((*at, "years"), map(str, holidays.years))
    taken: set[date] = set()
    for index, part in enumerate(holidays.days_off):
        where = (*at, "days_off", index)
        last = part.to or part.from_
        if last < part.from_:
            lint.report(
                (*where, "to"),
                "dates_out_of_order",
                reads=[(*where, "from")],
                first=part.from_.isoformat(),
                then=last.isoformat(),
            )
            continue
        if (last - part.from_).days >= LONGEST_BREAK:
            lint.report((*where, "to"), "break_too_long", most=LONGEST_BREAK)
            continue
        days = {date.fromordinal(at) for at in range(part.from_.toordinal(), last.toordinal() + 1)}
        if days & taken:
            lint.report((*where, "from"), "day_off_twice", day=min(days & taken).isoformat())
        taken |= days
    for index, day in enumerate(holidays.days_on):
        where = (*at, "days_on", index)
        if day in taken:
            lint.report(where, "day_off_and_on", day=day.isoformat())
        elif day.weekday() < SATURDAY:
            lint.report(where, "worked_anyway", day=day.isoformat())
    lint.unique((*at, "days_on"), [day.isoformat() for day in holidays.days_on])


def _check_term(lint: Lint, at: Path, term: Term) -> None:
    if not moments.exists(lint.rules, term.from_):
        allowed = ", ".join(moments.known(lint.rules))
        lint.report((*at, "from"), "no_such_moment", name=term.from_, allowed=allowed)
    if term.unit in ("minutes", "hours"):
        for key, given in (
            ("first_day", term.first_day == "counts"),
            ("rolls", term.rolls),
            ("closes", bool(term.closes)),
        ):
            if given:
                lint.report((*at, key), "term_runs_exactly", reads=[(*at, "unit")], key=key)
    elif term.unit == "working-days" and term.rolls:
        lint.report((*at, "rolls"), "rolls_anyway", reads=[(*at, "unit")])
    _clock(lint, (*at, "closes"), term.closes)


def _check_draw(lint: Lint, at: Path, draw: Draw) -> None:
    stage = _stage(lint, (*at, "stage"), draw.stage)
    _check_events(lint, at, draw.events, draw.stage)
    for index, track in enumerate(draw.tracks):
        if track not in lint.rules.tracks:
            lint.report((*at, "tracks", index), "track_unknown", track=track)
    _window(lint, (*at, "window"), draw.window)
    if draw.groups and draw.group_count:
        lint.report((*at, "group_count"), "groups_said_twice", reads=[(*at, "groups")])
    if (draw.groups or draw.group_count) and draw.of not in ("group", "batch"):
        key = "groups" if draw.groups else "group_count"
        lint.report((*at, key), "groups_of_nothing", reads=[(*at, "of")], of=draw.of)
    if draw.take and draw.pool_size and draw.take > draw.pool_size:
        lint.report(
            (*at, "take"),
            "draw_beyond_pool",
            reads=[(*at, "pool_size")],
            take=draw.take,
            pool=draw.pool_size,
        )
    count = _drawn(lint, draw, stage) if draw.groups else None
    if count is not None and sum(draw.groups) != count:
        path = (*at, "groups")
        reads: list[Path] = [("stages",), ("delegations",)]
        lint.report(path, "groups_do_not_fit", reads=reads, sum=sum(draw.groups), count=count)


def _drawn(lint: Lint, draw: Draw, stage: Stage | None) -> int | None:
    """Give how many are drawn, where the rules say so for certain."""
    rules = lint.rules
    if stage is None or draw.per not in ("stage", "track"):
        return None
    fed = [
        rule
        for other in rules.stages.values()
        for rule in other.advance
        if rule.to == draw.stage and (not rule.tracks or not draw.tracks)
    ]
    if draw.pool == "delegations" and not fed and rules.delegations.each is None:
        return len(rules.delegations.also) or None
    if len(fed) != 1 or fed[0].per is not None or fed[0].unbroken == "share":
        return None
    if draw.pool == "delegations":
        return fed[0].teams
    return fed[0].top if draw.pool == "entries" and draw.per == "track" else None


def _check_publicity(lint: Lint) -> None:
    awards = {award.id for award in lint.rules.awards}
    for name, publicity in lint.rules.publicity.items():
        at: Path = ("publicity", name)
        _stage(lint, (*at, "stage"), publicity.stage)
        for index, award in enumerate(publicity.awards):
            if award not in awards:
                lint.report((*at, "awards", index), "no_such_award", name=award)
        if publicity.by:
            _body(lint, (*at, "by"), publicity.by)


def _check_appeal(lint: Lint, at: Path, appeal: Appeal) -> None:
    rules = lint.rules
    _stage(lint, (*at, "stage"), appeal.stage)
    _check_events(lint, at, appeal.events, appeal.stage)
    given = [
        key
        for key, value in (
            ("term", appeal.term),
            ("during", appeal.during),
            ("at_once", appeal.at_once),
        )
        if value
    ]
    if len(given) > 1:
        lint.report((*at, given[1]), "appeal_limits", reads=[(*at, given[0])])
    if appeal.during is not None and appeal.during not in rules.publicity:
        lint.report((*at, "during"), "no_such_publicity", name=appeal.during)
    if appeal.form is not None and appeal.form not in rules.forms:
        lint.report((*at, "form"), "no_such_form", name=appeal.form)
    if appeal.answer_before is not None and not moments.exists(rules, appeal.answer_before):
        allowed = ", ".join(moments.known(rules))
        name = appeal.answer_before
        lint.report((*at, "answer_before"), "no_such_moment", name=name, allowed=allowed)
    lint.unique((*at, "by"), appeal.by)
    for index, level in enumerate(appeal.levels):
        where = (*at, "levels", index)
        _body(lint, (*where, "body"), level.body)
        if level.last and index + 1 < len(appeal.levels):
            lint.report((*where, "last"), "level_after_last", body=level.body)


def _check_events(lint: Lint, at: Path, events: Iterable[str], stage: str | None) -> None:
    rules = lint.rules
    for index, event in enumerate(events):
        path = (*at, "events", index)
        if event not in rules.events:
            lint.report(path, "no_such_event", name=event)
        elif (
            stage is not None and stage in rules.stages and event not in rules.stages[stage].events
        ):
            reads: list[Path] = [("stages",), (*at, "stage")]
            lint.report(path, "event_not_in_stage", reads=reads, name=event)


def _stage(lint: Lint, path: Path, name: str | None) -> Stage | None:
    if name is not None and name not in lint.rules.stages:
        lint.report(path, "no_such_stage", name=name)
    return lint.rules.stages.get(name or "")


def _window(lint: Lint, path: Path, name: str | None) -> None:
    if name is not None and name not in lint.rules.calendar:
        lint.report(path, "no_such_window", name=name)


def _body(lint: Lint, path: Path, name: str) -> None:
    """A body is one of ``bodies``, or a title in plain words."""
    if NAME.fullmatch(name) and name not in lint.rules.bodies:
        lint.report(path, "no_such_body", name=name)
