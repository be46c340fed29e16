"""The morning of the first seed's final: seven advisers with the marks that they bring along.

Everything that is played on the day is played on pages; this is what lay before it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.models import Person
from leitai.people.services import NewPerson
from leitai.seasons import selectors
from tests.e2e import journey_states as before
from tests.e2e.journey_states import CODE, GRASSROOTS, GUIDANCE, HOUSE, Marks
from tests.e2e.states import upon
from tests.factories import live as quiz

# 理论、亮点展示，各占50%：朝鲁和格根同为86分，带入决赛的40%相同。
MARKS: Final[Marks] = {**before.PARTED, "1506": ("85.00", "87.00")}
DAY = (
    ("host", "闻人朗", Role.HOST, "15"),
    ("clerk", "计如海", Role.TALLY_CLERK, "15"),
)
# The second serves where 巴图 serves; the sixth is the reserve.
JUDGES: Final = {
    "judge-1": ("岳望舒", "15"),
    "judge-2": ("佟思远", "150202"),
    "judge-3": ("苗青禾", "15"),
    "judge-4": ("甘棠", "15"),
    "judge-5": ("柏庭芳", "15"),
    "judge-6": ("庄既明", "15"),
}


@upon(before.open_season)
def on_the_day(at: datetime) -> None:
    season = selectors.get_season(CODE)
    before.nominate(season, at)
    before.enter(season, at)
    before.record(season, "semifinal", GUIDANCE, MARKS, at)
    before.record(season, "semifinal", GRASSROOTS, before.BELOW, at)
    before.decide(season, "semifinal", at, publish=True)
    before.record(season, "final", GRASSROOTS, before.FINAL_BELOW, at)  # the other track is over
    before.appoint(DAY, at)
    _judges(at)
    quiz.bank()


def _judges(at: datetime) -> None:
    news = [NewPerson(code, name, unit) for code, (name, unit) in JUDGES.items()]
    people.create_people(actor=HOUSE, people=news, at=at)
    before.appoint([(code, name, Role.JUDGE, "15") for code, (name, _unit) in JUDGES.items()], at)
    for person in Person.objects.filter(code__in=JUDGES):
        person.account = before.accounts.get_account(person.code)
        person.save(update_fields=["account"])
