"""A year of 5,000 learners over the real tree: titles and points as the rule's words say.

What is expected is worked out here from the words of the seed's assumed rules (assumptions
practice-table, practice-titles, practice-pace), without calling the language's engine.
"""

import csv
import os
import random
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from leitai.people.models import Person, Posting
from leitai.practice.models import Account, Credit, Day, Learner, Title, Unread
from leitai.practice.services.folding import fold_journal
from leitai.practice.services.rebuilding import rebuild
from leitai.practice.services.recording import NewAct, record_acts
from leitai.rulebook.eligibility import refusals
from leitai.seasons import selectors, services
from leitai.units.models import Unit
from tests.factories import practice as make
from tests.factories import seasons
from tests.factories.practice import CHINA, Taken
from tests.factories.units import HOUSE

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "units" / "sichuan.csv"
LEARNERS = 5000
FIRST, LAST = date(2022, 3, 28), date(2022, 12, 31)  # practice opens on 1 April
NOW = datetime(2023, 1, 2, tzinfo=UTC)
KINDS = (  # how many of a thousand; sets of 日日学, days of 周周练, contests, each from and to
    (780, (0, 2), (0, 1), (0, 0)),
    (140, (2, 6), (1, 4), (0, 0)),
    (40, (15, 28), (2, 5), (0, 2)),
    (25, (17, 30), (48, 60), (0, 0)),
    (8, (0, 4), (50, 62), (0, 0)),
    (7, (8, 16), (5, 9), (19, 29)),
)


def test_a_year_of_practice():
    versions, learners = world()
    sets, contests = done_in_a_year(random.Random(2022), learners)
    make.take(versions, sets)
    folded = 0
    while now := fold_journal(limit=2000, at=NOW):
        folded += now
    assert folded == len(sets)
    assert record_acts(acts=contests, at=NOW) == len(contests)
    assert not Unread.objects.exists()
    points, titles = by_the_words(sets, contests)
    assert stored_points() == points
    assert stored_titles() == titles
    assert {name for _, name, _ in titles} == {"日日学之星", "周周练达人", "月月比能手"}
    days_agree(sets, contests)
    bars_agree(learners, points, titles)
    nothing_changes_when_worked_out_anew(learners)


def world():
    """The season's rules, the real units, and people of every level; every tenth of the public."""
    if not REAL.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{REAL} is missing")
        pytest.skip(f"the real tree is not there: {REAL}")
    services.create_season(actor=HOUSE, rulebook=seasons.CODE, at=seasons.AT)
    units = real_units()
    chosen = [units[nth * len(units) // LEARNERS] for nth in range(LEARNERS)]
    people = Person.objects.bulk_create(
        Person(code=f"p{nth}", name=f"学员{nth}", unit=unit, line=("就业", "社保")[nth % 2],
               staffing="permanent", window=("front", "back")[nth % 2])
        for nth, unit in enumerate(chosen)
    )  # fmt: skip
    Posting.objects.bulk_create(
        Posting(person=one, unit=one.unit, line=one.line, staffing=one.staffing, window=one.window,
                since=date(2020, 1, 1), recorded_by="t", recorded_at=NOW)
        for one in people
    )  # fmt: skip
    learners = Learner.objects.bulk_create(
        Learner(season=seasons.CODE, account=f"a{nth}", person=None if nth % 10 == 9 else one,
                unit=None if nth % 10 == 9 else one.unit, joined_at=NOW)
        for nth, one in enumerate(people)
    )  # fmt: skip
    return make.questions(10), learners


def real_units():
    """All units below the province, as they stand in the file."""
    with REAL.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    levels = ["province", "prefecture", "county", "township", "village"]
    known = {}
    for level in levels:
        made = [
            Unit(code=row["code"], name=row["name"], level=level, parent=known.get(row["parent"]),
                 path=f"{known[row['parent']].path if row['parent'] else ''}{row['code']}/")
            for row in rows
            if row["level"] == level
        ]  # fmt: skip
        known |= {one.code: one for one in Unit.objects.bulk_create(made, batch_size=5000)}
    return [one for code, one in sorted(known.items()) if code != "51"]


def done_in_a_year(chance, learners):
    """Sets of 日日学 and 周周练 as the lane took them, and contests of 月月比."""
    sets, contests = [], []
    for nth, learner in enumerate(learners):
        share = 0
        for most, dailies, weeklies, duels in KINDS:  # noqa: B007  (the one at which it stops)
            share += most
            if (nth * 7919) % 1000 < share:
                break
        month = chance.randrange(4, 13)
        for _ in range(chance.randint(*dailies)):
            inside = chance.random() < 0.85
            day = date(2022, month, chance.randint(1, 28)) if inside else a_day(chance)
            sets.append(a_set(chance, learner, "daily", day, 5))
        for day in chance.sample(range((LAST - FIRST).days), chance.randint(*weeklies)):
            run = FIRST + timedelta(days=day)
            sets.append(a_set(chance, learner, "weekly", run, 10))
        for day in chance.sample(range(1, 31), min(chance.randint(*duels), 28)):
            moment = datetime(2022, month, min(day, 28), 12, day, tzinfo=CHINA)
            result = chance.choice(["won"] * 9 + ["drawn", "lost"])
            contests.append(
                NewAct(learner.pk, "monthly", f"duel:{learner.pk}-{day}", moment, result)
            )
    sets.sort(key=lambda one: one.at)
    return sets, contests


def a_day(chance):
    return FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))


def a_set(chance, learner, act, day, count):
    marks = "".join("1" if chance.random() < 0.93 else "0" for _ in range(count))
    quick = chance.random() < 0.02
    ms = [chance.randint(2000, 30_000) for _ in range(count)]
    if quick:
        ms[chance.randrange(count)] = 1999
    moment = datetime(day.year, day.month, day.day, chance.randint(6, 23), tzinfo=CHINA)
    moment += timedelta(seconds=chance.randrange(3600), microseconds=chance.randrange(1_000_000))
    return Taken(learner.pk, act, moment, marks, ms, name=f"{learner.pk}{act}{moment.isoformat()}")


def by_the_words(sets, contests):
    """Points by (learner, ledger) and titles as (learner, title, day reached), by the rule's words.

    From 1 April. A set with an answer under two seconds does not count. 日日学: a point for each
    right answer, 10 a day; 周周练: two points, 20 a day; 月月比: one contest a day, won 3, drawn 2,
    lost 1. A month with 15 days of 日日学: 日日学之星. 100 points of 周周练 in a week from Monday:
    周周练达人. 60 points of 月月比 in a month: 月月比能手. Each once in its month or week.
    """
    of_day, points, titles = Counter(), Counter(), set()
    learned, in_week, in_month, fought = defaultdict(set), Counter(), Counter(), set()
    for one in sets:
        day = one.at.date()
        if day < date(2022, 4, 1):
            points[one.learner, one.act] += 0
            continue
        worth, most = (1, 10) if one.act == "daily" else (2, 20)
        if min(one.ms) < 2000:
            points[one.learner, one.act] += 0
            continue
        gained = min(worth * one.marks.count("1"), most - of_day[one.learner, one.act, day])
        of_day[one.learner, one.act, day] += gained
        points[one.learner, one.act] += gained
        if one.act == "daily":
            seen = learned[one.learner, day.month]
            if day not in seen and len(seen) == 14:
                titles.add((one.learner, "日日学之星", day))
            seen.add(day)
        else:
            week = (one.learner, day.isocalendar()[:2])
            if in_week[week] < 100 <= in_week[week] + gained:
                titles.add((one.learner, "周周练达人", day))
            in_week[week] += gained
    for one in sorted(contests, key=lambda act: act.at):
        day = one.at.date()
        points[one.learner, "monthly"] += 0
        if (one.learner, day) in fought:
            continue
        fought.add((one.learner, day))
        gained = {"won": 3, "drawn": 2, "lost": 1}[one.value]
        points[one.learner, "monthly"] += gained
        month = (one.learner, day.month)
        if in_month[month] < 60 <= in_month[month] + gained:
            titles.add((one.learner, "月月比能手", day))
        in_month[month] += gained
    return dict(points), titles


def stored_points():
    return {
        (pk, ledger): int(balance)
        for pk, totals in Learner.objects.values_list("pk", "totals")
        for ledger, periods in totals.items()
        for period, balance in periods.items()
        if period == "2022"
    }


NAMES = {"daily-star": "日日学之星", "weekly-adept": "周周练达人", "monthly-master": "月月比能手"}


def stored_titles():
    rows = Title.objects.filter(lost_on=None)
    assert not rows.exclude(until=date(2022, 12, 31)).exists()
    return {(learner, NAMES[title], day) for learner, title, day in rows.values_list(
        "learner_id", "title", "reached_on")}  # fmt: skip


def days_agree(sets, contests):
    days = defaultdict(lambda: [0, 0, 0])
    for one in sets:
        day = days[one.learner, one.at.date()]
        day[0] += 1
        day[1] += len(one.marks)
        day[2] += one.marks.count("1")
    for one in contests:
        assert days[one.learner, one.at.date()] is not None
    rows = Day.objects.values_list("learner_id", "day", "sets", "answers", "right")
    assert {(row[0], row[1]): list(row[2:]) for row in rows} == dict(days)
    of_nobody = Day.objects.filter(unit=None).values_list("learner__person", flat=True)
    assert set(of_nobody) == {None}


def bars_agree(learners, points, titles):
    """Seed B keeps out who has no 日日学之星, or less than 1000 points of 周周练: here, from facts."""
    law = selectors.rulebook_of(selectors.get_season(seasons.CODE))
    staff = dict(Learner.objects.filter(person__isnull=False).values_list("pk", "person__code"))
    stars = {learner for learner, name, _ in titles if name == "日日学之星"}
    welcome = {pk for pk in staff if pk in stars and points.get((pk, "weekly"), 0) >= 1000}
    facts = selectors.facts_of(staff.values())
    let_in = {pk for pk, code in staff.items() if not refusals(law, "selection", facts[code])}
    assert let_in == welcome
    assert 10 < len(welcome) < 400
    assert stars - welcome
    assert {pk for pk in staff if points.get((pk, "weekly"), 0) >= 1000} - welcome


def nothing_changes_when_worked_out_anew(learners):
    """A hundred of them, those with most acts among them, from journal and acts alone."""
    chosen = {one.pk for one in learners[:60]}
    rows = Account.objects.order_by("-lines").values_list("learner_id", flat=True)
    chosen |= set(rows[:40])
    before = kept(chosen)
    rebuild(season=seasons.CODE, learners=chosen, at=NOW)
    assert kept(chosen) == before


def kept(chosen):
    return (
        sorted(Credit.objects.filter(learner__in=chosen).values_list("learner", "line", "points")),
        sorted(Title.objects.filter(learner__in=chosen).values_list("learner", "title", "period")),
        sorted(Day.objects.filter(learner__in=chosen).values_list("learner", "day", "answers")),
    )
