"""The page «今天»: the day's set, the week and the month, titles in words, the next deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from leitai.bank.selectors import count_unread_answers
from leitai.base.words import listed
from leitai.practice.choosing import SECONDS_EACH, Chosen
from leitai.practice.selectors.exams import OwnExam, are_nameless, own_exams
from leitai.practice.selectors.grounds import Ground
from leitai.practice.selectors.history import Sum, days_of, sum_of, week_of
from leitai.practice.selectors.laws import Law, law_of
from leitai.practice.selectors.learners import is_doubled
from leitai.practice.selectors.standing import Standing, standing_of
from leitai.practice.selectors.studying import (
    Exercise,
    done_today,
    exercises_of,
    main_of,
    next_set,
    wish_of,
)
from leitai.rulebook.model.practice import Act

MODULES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day of this week: something was done on it, or not; nothing is said of a row of days."""

    day: date
    done: bool
    today: bool
    past: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """What of the season's calendar comes next: something begins, or ends."""

    title: str
    at: datetime
    ends: bool
    days: int


@dataclass(frozen=True, slots=True)
class TodayPage:
    """`main` is the day's own exercise with its next set; the rest is there for who likes."""

    main: Exercise | None
    chosen: Chosen | None
    modules: str
    minutes: int
    others: tuple[Exercise, ...]
    contests: tuple[Act, ...]
    answered: int
    week: tuple[WeekDay, ...]
    month: Sum | None
    deadline: Deadline | None
    corrections: int
    standing: Standing | None
    exams: tuple[OwnExam, ...]
    has_exams: bool
    doubled: bool  # the person has a second set of figures, which this account does not add to
    nameless: bool  # there are exams, and the account belongs to nobody who could sit them


def today_page(ground: Ground) -> TodayPage:
    done = done_today(ground)
    exercises = exercises_of(ground, done)
    main = main_of(exercises)
    open_ = main is not None and main.left != 0
    chosen = next_set(ground, done, main, wish_of(main), among=None) if main and open_ else None
    count = len(chosen.candidates) if chosen else 0
    learner = ground.learner
    exams = own_exams(ground)
    first = min(week_of(ground, ground.day), ground.day.replace(day=1))
    days = days_of(learner, since=first) if learner else []
    worked = {one.day for one in days if one.answers} | ({ground.day} if done.items else set())
    return TodayPage(
        main=main,
        chosen=chosen,
        modules=_modules(chosen),
        minutes=max(1, -(-count * SECONDS_EACH // 60)),
        others=tuple(one for one in exercises if main is None or one.name != main.name),
        contests=tuple(
            act for act in ground.acts.values() if act.exercise and act.exercise.against != "nobody"
        ),
        answered=len(done.items),
        week=_week(ground, worked) if learner else (),
        month=sum_of([one for one in days if one.day.month == ground.day.month]),
        deadline=_deadline(ground),
        corrections=count_unread_answers(ground.actor, ground.season.code) if learner else 0,
        standing=standing_of(learner, at=ground.at, law=_law(ground)) if learner else None,
        exams=tuple(one for one in exams if one.open or one.running),
        has_exams=bool(exams),
        doubled=is_doubled(ground.actor, learner),
        nameless=are_nameless(ground),
    )


def _law(ground: Ground) -> Law:
    """Of what the page has read already."""
    return law_of(ground.season, windows=ground.windows)


def _modules(chosen: Chosen | None) -> str:
    """The modules of the set in words, the first of them."""
    found = dict.fromkeys(one.module for one in chosen.candidates if one.module) if chosen else {}
    return listed(list(found)[:MODULES_SHOWN])


def _week(ground: Ground, worked: set[date]) -> tuple[WeekDay, ...]:
    first = week_of(ground, ground.day)
    days = [first + timedelta(days=turn) for turn in range(7)]
    return tuple(WeekDay(day, day in worked, day == ground.day, day < ground.day) for day in days)


def _deadline(ground: Ground) -> Deadline | None:
    """The next beginning or end that the calendar names."""
    coming = []
    for name, window in ground.windows.items():
        planned = ground.law.calendar.get(name)
        if planned is None:
            continue
        for at, ends in ((window.opens_at, False), (window.closes_at, True)):
            if at > ground.at:
                coming.append((at, ends, planned.title))
    if not coming:
        return None
    at, ends, title = min(coming)
    days = (at.astimezone(ground.zone).date() - ground.day).days
    return Deadline(title, at, ends, days)
