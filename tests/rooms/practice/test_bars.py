"""Seed B's bars from practice and from an imported list: exactly the right ones are kept out.

Of twelve: three without the title, two with 990 points, one who was in the national final, one who
holds the national title, one whose phone is another now, and four with nothing against them.
"""

import pytest

from leitai.people.models import Person
from leitai.people.services import personal
from leitai.practice.services.folding import fold_journal
from leitai.seasons import services
from leitai.seasons.models import Fact
from tests.factories import people, seasons
from tests.factories import practice as make
from tests.factories.practice import Taken, at
from tests.factories.units import HOUSE, csv_file

pytestmark = pytest.mark.django_db
NOW = at("2022-06-01 12:00")
STAR = "{},title,日日学之星,,2022-05-31,2022-12-31,学习平台"
POINTS = "{},points,周周练,{},2022-01-01,2022-12-31,学习平台"


def told(season, codes):
    report = services.nominate(
        actor=seasons.OFFICE, season=season, stage="selection", delegation="5101",
        people=codes, at=seasons.AT,
    )  # fmt: skip
    kept_out = {one.person: [bar.bar for bar in one.refusals] for one in report.refused}
    return [entry.person.code for entry in report.accepted], kept_out


def test_an_imported_list_keeps_out_exactly_the_right_ones():
    season = seasons.opened()
    codes = [person.code for person in people.people("5101", 12)]
    rows = ["person,kind,key,value,from,to,source"]
    rows += [STAR.format(code) for code in codes[3:]]
    rows += [POINTS.format(code, 990 if code in codes[3:5] else 1000) for code in codes]
    rows.append(f"{codes[5]},contest,练兵比武全国总决赛,,2019-09-20,,档案")
    rows.append(f"{codes[6]},title,全国人社知识通,,2020-10-01,,人社部通报")
    services.import_facts(actor=HOUSE, source=csv_file("\n".join(rows), "facts.csv"), at=NOW)
    changed = Person.objects.get(code=codes[7])
    personal.set_personal(changed, actor=HOUSE, phone="19900000077")
    accepted, kept_out = told(season, codes)
    assert accepted == codes[7:]
    assert kept_out == {
        **{code: ["practice"] for code in codes[:5]},
        codes[5]: ["veteran"],
        codes[6]: ["national-title"],
    }


def test_practice_of_the_house_lets_in_and_keeps_out_by_the_same_bars():
    season = seasons.opened()
    staff = people.people("5101", 3)
    versions = make.questions(10)
    learners = [make.learner(person) for person in staff]
    sets = []
    # Fifteen days of 日日学 in April for the first two; fifty full days of 周周练 for the first
    # and the third (50 x 20 = 1000), one answer less for the second (49 x 20 + 18 = 998).
    for learner in learners[:2]:
        sets += [Taken(learner.pk, "daily", at(f"2022-04-{day:02} 08:00"), "11111")
                 for day in range(1, 30, 2)]  # fmt: skip
    for nth, learner in enumerate(learners):
        for day in range(50):
            month, of = (4, day + 1) if day < 30 else (5, day - 29)
            marks = "1111111110" if nth == 1 and day == 49 else "1" * 10
            sets.append(Taken(learner.pk, "weekly", at(f"2022-{month:02}-{of:02} 20:00"), marks))
    make.take(versions, sets)
    fold_journal(limit=1000, at=NOW)
    values = Fact.objects.filter(kind="points", key="周周练").order_by("person__code")
    assert list(values.values_list("value", flat=True)) == ["1000", "998", "1000"]
    accepted, kept_out = told(season, [person.code for person in staff])
    assert accepted == ["p-5101-1"]
    assert kept_out == {"p-5101-2": ["practice"], "p-5101-3": ["practice"]}


def test_an_outside_figure_stands_beside_the_own_and_is_never_added():
    season = seasons.opened()
    (person,) = people.people("5101", 1)
    learner = make.learner(person)
    versions = make.questions(10)
    make.take(versions, [
        Taken(learner.pk, "weekly", at(f"2022-04-{day:02} 20:00"), "1" * 10) for day in range(1, 11)
    ])  # fmt: skip
    fold_journal(at=NOW)
    rows = ["person,kind,key,value,from,to,source", STAR.format(person.code)]
    rows.append(POINTS.format(person.code, 900))
    services.import_facts(actor=HOUSE, source=csv_file("\n".join(rows), "facts.csv"), at=NOW)
    # 200 here and 900 there are 900 at most, not 1100.
    assert told(season, [person.code])[1] == {person.code: ["practice"]}
