"""An open season with entries, a training group with two members, a leader and two sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from leitai.base.actor import Actor
from leitai.people.models import Account, Person
from leitai.seasons.models import Season
from leitai.training import services
from leitai.training.models import Group, Member, Session
from leitai.training.services import Frame, Part
from tests.factories import people as make
from tests.factories.results import CODE, open_season

__all__ = ["CODE", "open_season"]
AT = datetime(2022, 9, 12, 1, 0, tzinfo=UTC)  # Monday, 9:00 in the office
DAY = timedelta(days=1)
OFFICE = make.actor("office", season=CODE, unit="51/", account="900030")
FRAME = Frame("国赛集训班", date(2022, 9, 12), date(2022, 9, 16), "省人社厅培训中心")
MORNING = Part(
    date(2022, 9, 12),
    time(9),
    time(11, 30),
    "失业保险",
    teacher="晏同舟",
    links="讲义 /files/1/a.pdf",
)
NEXT = Part(date(2022, 9, 13), time(9), time(11, 30), "工伤保险")


@dataclass(frozen=True, slots=True)
class Trainee:
    account: Account
    person: Person

    @property
    def actor(self) -> Actor:
        return Actor(str(self.account.pk), self.person.name, self.person.code)


def trainee(code: str) -> Trainee:
    """Somebody of the season's people gets an account."""
    person = Person.objects.get(code=code)
    account = make.account(f"a-{code}")
    person.account = account
    person.save(update_fields=["account"])
    return Trainee(account, person)


@dataclass(frozen=True, slots=True)
class Camp:
    season: Season
    group: Group
    leader: Trainee
    first: Trainee
    second: Trainee

    def member(self, of: Trainee) -> Member:
        return self.group.members.get(person=of.person)

    @property
    def sessions(self) -> list[Session]:
        return list(self.group.sessions.order_by("day"))

    def reread(self) -> Group:
        return Group.objects.get(pk=self.group.pk)


def drafted(frame: Frame = FRAME) -> Camp:
    season = open_season()
    leader, first, second = (trainee(f"p-51{unit}") for unit in ("03-1", "01-1", "01-2"))
    group = services.create_group(actor=OFFICE, season=season, frame=frame, at=AT - 3 * DAY)
    services.add_members(
        actor=OFFICE,
        group=group,
        people=[first.person.code, second.person.code],
        source="办公室选定",
        at=AT - 3 * DAY,
    )
    services.add_leader(actor=OFFICE, group=group, name=leader.person.code)
    for part in (MORNING, NEXT):
        services.create_session(actor=OFFICE, group=group, part=part)
    return Camp(season, group, leader, first, second)


def opened(frame: Frame = FRAME) -> Camp:
    camp = drafted(frame)
    services.open_group(actor=OFFICE, group=camp.group, at=AT - DAY)
    return Camp(camp.season, camp.reread(), camp.leader, camp.first, camp.second)
