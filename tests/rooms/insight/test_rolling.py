"""The sums against a naive recomputation, over days that come late, change and vanish."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from leitai.insight import tasks
from leitai.insight.counting import summed
from leitai.insight.models import Flow, Honour, Placement, PointSum, Presence, Series, Tally
from leitai.insight.models import Topic as TopicSum
from leitai.insight.periods import Span
from leitai.insight.rolling import WIPE
from leitai.insight.selectors.figures import figures_of, topics_of, weeks_of
from leitai.insight.selectors.groups import children_of, counties_of, single
from leitai.insight.services import rolling
from leitai.people.models import Roster
from leitai.practice.models import Day, DayChange, Learner, Title
from leitai.practice.nodes import node_of
from leitai.units import services as tree
from leitai.units.models import Unit
from tests.factories.units import AT, HOUSE
from tests.rooms.insight.land import SEASON, learner, on, plant, roster, studied, titled

pytestmark = pytest.mark.django_db
LINES = ("就业", "社保")
TITLES = ("star", "adept")
NODES = ("社会保险", "劳动关系", node_of("社会保险", "工伤认定"), node_of("社会保险", "养老待遇"))
ROLLED = ("active", "months", "week:monday", "week:sunday", "registered", "roster")


def _asked(cut):
    """What each field of a person has to be."""
    return dict(one.split(":") for one in cut.split(";") if one)


def _cut(row, cut):
    named = {"staffing": row.staffing, "desk": row.window, "line": row.line}
    return all(named[kind] == value for kind, value in _asked(cut).items())


def _naive(unit, span, cut):
    """Everything from practice's own rows, one after another, in Python."""
    ids = set(Unit.objects.filter(path__startswith=unit.path).values_list("pk", flat=True))
    inside, firsts = [], {}
    for day in Day.objects.order_by("day"):
        if span.first <= day.day <= span.last:
            inside.append(day)
            firsts.setdefault(day.learner_id, day)
    days = [day for day in inside if day.unit_id in ids and _cut(day, cut)]
    points = defaultdict(Decimal)
    for day in days:
        for name, value in day.points.items():
            points[name] += Decimal(value)
    due, rostered = 0, set()
    for one in Unit.objects.filter(pk__in=ids):
        last = Roster.objects.filter(unit=one, day__lte=span.last)
        last = last.order_by("-day", "-confirmed_at").first()
        if last and (one.closed_on is None or one.closed_on > span.last):
            rostered.add(one.pk)
            at = {"line": 3, "staffing": 2, "desk": 1}
            due += sum(
                all(row[at[kind]] == value for kind, value in _asked(cut).items())
                for row in last.members
            )
    registered = sum(
        one.joined_at.date() <= span.last and _cut(one.person, cut)
        for one in Learner.objects.filter(unit__in=ids).select_related("person")
    )
    persons = [day for day in firsts.values() if day.unit_id in ids and _cut(day, cut)]
    return {
        "persons": len(persons),
        "outside": sum(day.unit_id not in rostered for day in persons),
        "days": len(days),
        "times": sum(sum(day.acts.values()) for day in days),
        "answers": sum(day.answers for day in days),
        "correct": sum(day.right for day in days),
        "seconds": sum(day.seconds for day in days),
        "points": {name: value for name, value in points.items() if value},
        "due": due,
        "registered": registered,
    }


def _sums():
    """Every sum there is, without what has become nought."""
    return {
        "flow": [*Flow.objects.order_by("series", "day").values_list()],
        "tally": set(Tally.objects.exclude(days=0).values_list()),
        "points": set(PointSum.objects.exclude(points=0).values_list()),
        "topics": [*TopicSum.objects.order_by("series", "day").values_list()],
        "days": set(Presence.objects.values_list("learner", "day", "previous", "unit")),
        "titles": set(Honour.objects.values_list("learner", "title", "day", "previous", "unit")),
    }


def _some_day(chance, units, one, number):
    """A day in one's own unit or, now and then, another; right answers never above the answers."""
    answers = chance.randint(1, 12)
    right = chance.randint(0, answers)
    return {
        "unit": one.unit if chance.random() < 0.8 else chance.choice(units),
        "answers": answers,
        "right": right,
        "seconds": answers * 7,
        "acts": {"daily": chance.randint(1, 3)} | ({"weekly": 1} if number % 3 == 0 else {}),
        "modules": {chance.choice(NODES): [answers, right]},
        "points": {"daily": str(right), "weekly": chance.choice(("0.5", "2", "0"))},
    }


def _check(units):
    spans = [Span(on(0), on(20)), Span(on(3), on(9)), Span(on(7), on(7)), Span(on(-9), on(40))]
    cuts = ("", "line:社保", "staffing:contract", "desk:front")
    cuts += ("staffing:contract;line:社保", "staffing:permanent;desk:back;line:就业")
    for code in ("51", "5101", "510104", "5103", "510104-jy", "51-province"):
        unit = units[code]
        for span in spans:
            for cut in cuts:
                want = _naive(unit, span, cut)
                for groups in (single(unit), children_of(unit)):
                    had = summed(figures_of(groups, season=SEASON, span=span, cut=cut).values())
                    got = {name: getattr(had, name) for name in want}
                    got["points"] = {name: value for name, value in had.points.items() if value}
                    assert got == want, (code, span, cut)


@pytest.mark.parametrize("seed", [1, 2])
def test_sums_hold_after_late_corrected_and_vanished_days_in_changing_units(seed):
    chance = random.Random(seed)
    units = plant()
    bodies = [unit for unit in units.values() if unit.kind == "body"]
    people = [
        learner(
            chance.choice(bodies),
            number,
            line=chance.choice(LINES),
            staffing=chance.choice(("permanent", "contract")),
            window=chance.choice(("front", "back")),
            joined=on(chance.randint(0, 5)),
        )
        for number in range(25)
    ]
    public = learner(None, 99)
    for step in range(6):
        for number in range(40):
            one = chance.choice([*people, public])
            day = on(chance.randint(0, 20) * 4 - 20)
            if chance.random() < 0.2:
                studied(one, day, gone=True)
            else:
                studied(one, day, **_some_day(chance, bodies, one, number))
        if step in {1, 3}:  # one never has a roster, one a late one, of a day long past
            for unit in bodies[step == 1 : -1]:
                kinds = ("front", "back", "none"), ("permanent", "contract"), LINES
                members = [tuple(map(chance.choice, kinds)) for _ in range(chance.randint(1, 6))]
                roster(unit, on(chance.randint(0, 9)), members, hour=step)
        while rolling.roll_up(limit=15):
            pass
    assert not DayChange.objects.exists()
    _check(units)
    before = _sums()
    rolling.rebuild(limit=7)
    assert _sums() == before
    # a county goes to the other city, a body is closed: the sums follow the tree as it is
    moved, city = units["510105"], units["5103"]
    Unit.objects.filter(pk=moved.pk).update(parent=city, path="51/5103/510105/")
    Unit.objects.filter(code="510105-jy").update(path="51/5103/510105/510105-jy/")
    Unit.objects.filter(code="510104-sb").update(closed_on=on(8), state="closed")
    rolling.true_up()
    _check({unit.code: unit for unit in Unit.objects.all()})
    again = _sums()
    rolling.true_up()
    assert rolling.roll_up() == 0
    assert _sums() == again


def test_a_late_day_takes_the_first_place_of_its_period():
    units = plant()
    one = learner(units["510104-jy"], 1)
    studied(one, on(5))
    rolling.roll_up()
    # three days later comes the day before, in another city
    studied(one, on(4), unit=units["510302-jy"])
    rolling.roll_up()

    def persons(first, last):
        span = Span(on(first), on(last))
        had = figures_of(children_of(units["51"]), season=SEASON, span=span)
        return {code: one.persons for code, one in had.items() if one.persons}

    assert persons(0, 6) == {"5103": 1}
    assert persons(5, 6) == {"5101": 1}
    assert persons(6, 9) == {}


def test_a_title_of_a_week_is_counted_by_its_first_and_last_day():
    one = learner(plant()["510104-jy"], 1)
    studied(one, on(0))
    titled(one, "star", on(0), f"{on(0)}/{on(6)}")
    rolling.roll_up()
    assert Honour.objects.get().period == f"{on(0)}/{on(6)}"


def test_titles_count_persons_once_and_follow_what_was_lost():
    units = plant()
    one, other = learner(units["510104-jy"], 1, line="社保"), learner(units["510105-jy"], 2)
    for who, day in ((one, 0), (one, 30), (other, 3)):
        studied(who, on(day))
    first = titled(one, "star", on(0))
    titled(one, "star", on(30))
    titled(other, "star", on(3))
    rolling.roll_up()

    def stars(code, first_day, last_day, cut=""):
        span = Span(on(first_day), on(last_day))
        had = figures_of(single(units[code]), season=SEASON, span=span, cut=cut, titles=["star"])
        found = summed(had.values()).titles.get("star")
        return (found.persons, found.times) if found else (0, 0)

    assert stars("51", 0, 40) == (2, 3)
    assert stars("51", 10, 40) == (1, 1)
    assert stars("5101", 0, 40, "line:社保") == (1, 2)
    assert stars("510104-jy", 0, 40) == (1, 2)
    Title.objects.filter(pk=first.pk).update(lost_on=on(31))
    rolling.true_up()
    assert stars("51", 0, 40) == (2, 2)
    assert stars("5101", 0, 10) == (1, 1)


def test_figures_outlive_an_erased_learner_and_follow_a_moved_one():
    units = plant()
    gone, moved = learner(units["510104-jy"], 1), learner(units["510104-jy"], 2)
    for who in (gone, moved):
        studied(who, on(0))
    titled(gone, "star", on(0))
    rolling.roll_up()
    gone.delete()
    Learner.objects.filter(pk=moved.pk).update(unit=units["510302-jy"])
    rolling.true_up()
    span = Span(on(0), on(6))
    had = figures_of(children_of(units["51"]), season=SEASON, span=span, titles=["star"])
    told = {code: (one.registered, one.persons) for code, one in had.items() if one.some}
    # who moved is registered where they serve now, and took part where they served then
    assert told == {"5101": (1, 2), "5103": (1, 0)}
    assert had["5101"].titles["star"].persons == 1


def test_weeks_count_each_person_once_a_week_against_the_roster_of_its_end():
    units = plant()
    body = units["510104-jy"]
    one, other = learner(body, 1), learner(body, 2)
    roster(body, on(0), [("front", "permanent", "就业")] * 4)
    roster(body, on(8), [("front", "permanent", "就业")] * 5)
    for who, day in ((one, 0), (one, 3), (other, 6), (one, 7), (one, 13)):
        studied(who, on(day), answers=4, right=3, acts={"daily": 2})
    rolling.roll_up()
    for groups, key in (
        (single(units["51"]), "51"),
        (children_of(units["510104"]), "510104-jy"),
        (counties_of(units["51"]), "510104"),
    ):
        weeks = weeks_of(groups, [on(0), on(7)], season=SEASON, week="monday")[key]
        assert [(w.persons, w.due, w.times, w.answers, w.correct) for w in weeks] == [
            (2, 4, 6, 12, 9),
            (1, 5, 4, 8, 6),
        ]
        assert [str(w.ratio) for w in weeks] == ["50.0", "20.0"]


def test_a_share_leaves_out_who_serves_where_no_roster_is_confirmed():
    """成都: 局 2 on the roster, nobody came; 锦江就业 4, one came; 锦江社保 none, three came."""
    units = plant()
    bureau, work, care = units["5101-rsj"], units["510104-jy"], units["510104-sb"]
    roster(bureau, on(0), [("front", "permanent", "就业")] * 2)
    roster(work, on(2), [("front", "permanent", "就业")] * 4)
    studied(learner(work, 1, line="就业"), on(1))
    for number in (2, 3, 4):
        studied(learner(care, number, line="社保"), on(number))
    rolling.roll_up()

    def told(code, last, cut="", first=0):
        span, found = Span(on(first), on(last)), []
        for groups in (single(units[code]), children_of(units[code])):
            one = summed(figures_of(groups, season=SEASON, span=span, cut=cut).values())
            ratio = None if one.ratio is None else str(one.ratio)
            found.append((one.persons, one.counted, one.due, ratio))
        assert found[0] == found[1]
        return found[0]

    # four came; of the 2 + 4 on the rosters one: 16.7 %
    assert told("51", 6) == told("5101", 6) == (4, 1, 6, "16.7")
    assert told("510104", 6) == (4, 1, 4, "25.0")
    assert told("510104-sb", 6) == (3, 0, 0, None)
    assert told("5101", 6, "line:社保") == (3, 0, 0, None)
    # a day before the second roster: its one person stands outside too
    assert told("51", 1) == (1, 0, 2, "0.0")
    # whole months between both ends: the same
    assert told("51", 60, first=-20) == (4, 1, 6, "16.7")
    # confirmed later, of a day before all of it: three of three
    roster(care, on(0), [("front", "permanent", "社保")] * 3)
    rolling.roll_up()
    assert told("51", 6) == (4, 4, 9, "44.4")
    assert told("51", 1) == (1, 0, 5, "0.0")
    assert told("5101", 6, "line:社保") == (3, 3, 3, "100.0")
    # closed within the period: neither its roster nor its person is in the share of the end
    Unit.objects.filter(pk=work.pk).update(closed_on=on(5), state="closed")
    rolling.true_up()
    assert told("51", 6) == (4, 3, 5, "60.0")
    assert told("51", 4) == (4, 4, 9, "44.4")


def test_weeks_leave_out_who_serves_where_no_roster_is_confirmed_at_their_end():
    units = plant()
    work, care = units["510104-jy"], units["510104-sb"]
    roster(work, on(0), [("front", "permanent", "就业")] * 4)
    roster(care, on(9), [("front", "permanent", "社保")] * 2)
    one, other = learner(work, 1), learner(care, 2)
    for who, day in ((one, 0), (other, 1), (other, 2), (one, 8), (other, 8)):
        studied(who, on(day))
    rolling.roll_up()
    for groups in (single(units["51"]), children_of(units["510104"])):
        found = weeks_of(groups, [on(0), on(7)], season=SEASON, week="monday").values()
        sums = [
            tuple(
                sum(getattr(week, name) for week in weeks) for name in ("persons", "outside", "due")
            )
            for weeks in zip(*found, strict=True)
        ]
        # the second week: care's roster stands at its end
        assert sums == [(2, 1, 4), (2, 0, 6)]


def test_sums_from_before_shares_left_anybody_out_are_completed_by_the_next_run():
    units = plant()
    studied(learner(units["510104-jy"], 1), on(0))
    rolling.roll_up()
    stood = _sums()
    outside = Series.objects.exclude(what__in=ROLLED).values("pk")
    Flow.objects.filter(series__in=outside).delete()
    Placement.objects.update(rostered_on=None)  # as the migration leaves them
    assert _sums() != stood
    rolling.roll_up()
    assert _sums() == stood


def test_weak_topics_stand_first():
    units = plant()
    one = learner(units["510104-jy"], 1)
    modules = {"社会保险": [4, 1], "劳动关系": [6, 5], "人才人事": [2, 0]}
    studied(one, on(0), modules=modules)
    studied(one, on(9), modules={"社会保险": [4, 4]})
    rolling.roll_up()
    for code in ("51", "510104-jy"):
        span = Span(on(0), on(6))
        found = topics_of(single(units[code]), season=SEASON, span=span)
        assert [(t.module, t.answers, t.correct, str(t.accuracy)) for t in found] == [
            ("人才人事", 2, 0, "0.0"),
            ("社会保险", 4, 1, "25.0"),
            ("劳动关系", 6, 5, "83.3"),
        ]


def test_jobs_take_the_outbox_and_a_moved_unit_is_trued_up(django_capture_on_commit_callbacks):
    units = plant()
    one = learner(units["510105-jy"], 1)
    studied(one, on(0))
    tasks.roll_up(timestamp=0)
    assert Presence.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        tree.move_unit(
            actor=HOUSE, unit=units["510105"], to=units["5103"], reason="区划调整", at=AT
        )
    assert ProcrastinateJob.objects.filter(task_name="insight.true_up", status="todo").count() == 1
    tasks.true_up(timestamp=0)
    span = Span(on(0), on(6))
    had = figures_of(children_of(units["51"]), season=SEASON, span=span)
    assert {code: one.persons for code, one in had.items() if one.persons} == {"5103": 1}


def test_weak_topics_of_a_part_of_the_people():
    units = plant()
    body = units["510104-jy"]
    front = learner(body, 1, line="就业", staffing="permanent", window="front")
    back = learner(body, 2, line="就业", staffing="permanent", window="back")
    other = learner(body, 3, line="社保", staffing="contract", window="front")
    for number, one in enumerate((front, back, other)):
        studied(one, on(0), modules={"社会保险": [10, 2 + number]})
    rolling.roll_up()
    span = Span(on(0), on(6))
    for code in ("51", "510104-jy"):
        for cut, right in (
            ("", 2 + 3 + 4),
            ("line:就业", 2 + 3),
            ("staffing:permanent;desk:back;line:就业", 3),
            ("desk:front", 2 + 4),
            ("desk:back;line:社保", None),
        ):
            found = topics_of(single(units[code]), season=SEASON, span=span, cut=cut)
            assert [one.correct for one in found] == ([] if right is None else [right]), (code, cut)


def test_sums_that_are_not_there_are_made_anew():
    units = plant()
    studied(learner(units["510104-jy"], 1), on(0), answers=5, right=4)
    rolling.roll_up()
    stood = _sums()
    assert not rolling.is_unbuilt()
    with connection.cursor() as cursor:  # as the migration leaves them
        cursor.execute(WIPE)
    assert rolling.is_unbuilt()

    tasks.roll_up(0)

    assert _sums() == stood
    assert not rolling.is_unbuilt()
