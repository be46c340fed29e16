"""The season's timetable: the calendar's windows, or the notice's own days, placed on lanes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from leitai.design import moments, plan
from leitai.rulebook.model import Rulebook, Window
from leitai.seasons.models import CalendarWindow

BAR_DAYS = 10  # a window of more days is drawn as a bar, a shorter one as a stone
DRAWING = 900  # pixels: how wide the plan is on a small desktop; phones have a list instead
LETTER, HAN = 8, 14  # pixels of a letter and of a Chinese character in a mark's words
FAR = timedelta(days=200)  # the notice's days are left out where the season was moved further


def timetable(
    law: Rulebook, windows: Mapping[str, CalendarWindow], *, at: datetime, upcoming: str = ""
) -> plan.Plan:
    """The plan to draw; `upcoming` is the stage that is next, in the house's colour."""
    contests = {stage.window for stage in law.stages.values() if stage.window}
    highlighted = law.stages[upcoming].window if upcoming else None
    days = _days(law, windows)
    marks = {
        name: _mark(law.calendar[name], windows.get(name), first, last, _today(at))
        for name, (first, last) in days.items()
    }
    if highlighted in marks and marks[highlighted].state != "past":
        old = marks[highlighted]
        marks[highlighted] = plan.Mark(old.kind, old.label, old.note, old.start, old.end, "next")
    groups = (
        (gettext("竞赛比武"), [mark for name, mark in marks.items() if name in contests]),
        (gettext("其他安排"), [mark for name, mark in marks.items() if name not in contests]),
    )
    whole = _whole(list(marks.values()))
    lanes = tuple(
        plan.Lane(title if row == 0 else "", tuple(lane))
        for title, group in groups
        for row, lane in enumerate(_lanes(group, whole))
    )
    return plan.draw(lanes, today=_today(at))


def _days(law: Rulebook, windows: Mapping[str, CalendarWindow]) -> dict[str, tuple[date, date]]:
    """First and last day by name; what names no last day goes on to the season's end."""
    set_days = {
        name: (_today(window.opens_at), _today(window.closes_at))
        for name, window in windows.items()
        if name in law.calendar
    }
    days: dict[str, tuple[date, date]] = {}
    ends = [last for _first, last in set_days.values()]
    ends += [planned.latest for planned in law.calendar.values() if planned.latest]
    for name, planned in law.calendar.items():
        if name in set_days:
            days[name] = set_days[name]
            continue
        first = planned.earliest or planned.latest
        if first is None:  # words alone, such as "late in March", have no place in a drawing
            continue
        near = [abs(first - day) <= FAR for pair in set_days.values() for day in pair]
        if not near or any(near):
            days[name] = (first, planned.latest or max([first, *ends]))
    return days


def _mark(
    planned: Window, window: CalendarWindow | None, first: date, last: date, today: date
) -> plan.Mark:
    kind: plan.Kind = "bar" if (last - first).days >= BAR_DAYS else "stone"
    state: plan.State = "past" if last < today else "live" if first <= today else "todo"
    note = planned.words
    if window is not None:
        note = moments.moment_text(window.opens_at if kind == "stone" else window.closes_at, "day")
        if kind == "bar":
            note = gettext("至%(day)s") % {"day": note}
    return plan.Mark(kind, planned.title, note, first, last, state)


def _whole(marks: Sequence[plan.Mark]) -> int:
    if not marks:
        return 1
    days = max(mark.end for mark in marks) - min(mark.start for mark in marks)
    return max(days.days, 28)


def _lanes(marks: Sequence[plan.Mark], whole: int) -> list[list[plan.Mark]]:
    """Marks whose words would run into each other stand on lanes of their own."""
    lanes: list[list[plan.Mark]] = []
    for mark in sorted(marks, key=lambda mark: mark.start):
        for lane in lanes:
            before = lane[-1]
            # The words of a bar stand inside it where it is long, those of a stone right of it.
            room = 0 if _long(before, whole) else _room(before)
            if (mark.start - before.end).days * 100 > room * whole:
                lane.append(mark)
                break
        else:
            lanes.append([mark])
    return lanes


def _room(mark: plan.Mark) -> int:
    """Per cent of the drawing that its words need, with the mark and a gap."""
    words = max(sum(HAN if ord(c) > 0x2E7F else LETTER for c in w) for w in (mark.label, mark.note))
    return (words + 3 * HAN) * 100 // DRAWING


def _long(mark: plan.Mark, whole: int) -> bool:
    return mark.kind == "bar" and (mark.end - mark.start).days * 100 >= 2 * _room(mark) * whole


def _today(at: datetime) -> date:
    return timezone.localtime(at, timezone.get_default_timezone()).date()
