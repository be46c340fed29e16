"""What shows how the house is kept: officers, bodies, rosters, two signatures, draws, complaints.

All of it through the services that people use, in one transaction: an interrupted start leaves
nothing half done, and the next one begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from leitai.base.actor import NOBODY, Actor
from leitai.certificates import services as certificates
from leitai.certificates.models import Certificate
from leitai.ledger import services as ledger
from leitai.messages import services as messages
from leitai.messages.enums import Category, Kind
from leitai.people import selectors as people_reads
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.models import Committee, Person
from leitai.seasons.enums import DrawRole
from leitai.seasons.models import Season
from leitai.units import selectors as unit_reads
from leitai.units.models import Unit
from leitai.web.demonstration import committee, lots, staging, workforce
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.staging import VISITOR, Staff

SEED = "trust"
OFFICERS = (
    Staff("leader", "厉慎行", Role.LEADER),
    Staff("security", "阮思齐", Role.SECURITY_ADMIN),
    Staff("audit", "桑既明", Role.AUDIT_ADMIN),
)
CITY_OFFICER = Staff("cityoffice", "于沐阳", Role.LOCAL_OFFICE)
MEMBERS_HOME = "51-province"  # of the package's bodies
LAST_WEEK = timedelta(days=7)  # a proposal of then has expired
LONG_AGO = timedelta(days=20)  # a complaint of then is overdue


@dataclass(frozen=True, slots=True)
class Scene:
    """`season` is open, `finished` has its certificates; `city` is the first delegation's."""

    season: Season
    finished: str
    host: Unit
    city: Unit
    elsewhere: Unit
    staff: dict[Role, Actor]
    manager: Actor
    at: datetime
    chance: Chance


@transaction.atomic
def stage_trust(
    season: Season,
    finished: str,
    host: str,
    *,
    staff: dict[Role, Actor],
    manager: str,
    password: str,
    at: datetime,
) -> None:
    """Make sure that all of it is there; `manager` is the login name of a unit manager."""
    first, second = [one.unit for one in unit_reads.list_delegations(season.code)[:2]]
    officers = staging.appoint(OFFICERS, host, password, at)
    officers |= staging.appoint((CITY_OFFICER,), first.code, password, at)
    if Committee.objects.filter(season=season.code).exists():
        return
    scene = Scene(
        season=season,
        finished=finished,
        host=unit_reads.get_unit(host),
        city=first,
        elsewhere=second,
        staff=staff | officers,
        manager=people_reads.actor_of(people_reads.get_account(manager), at=at),
        at=at,
        chance=Chance(SEED),
    )
    force = workforce.stage_workforce(
        scene.city,
        scene.elsewhere,
        manager=scene.manager,
        office=scene.staff[Role.OFFICE],
        chance=scene.chance.child("workforce"),
        at=at,
    )
    members = _committees(scene, force)
    _draws(scene)
    _passes(scene, force)
    _proposals(scene, members)
    _complaints(scene)
    _messages(scene)


def _committees(scene: Scene, force: workforce.Workforce) -> list[Person]:
    home = unit_reads.find_unit(MEMBERS_HOME) or scene.host
    members = committee.stage_committee(
        scene.season.code,
        scene.host,
        home.code,
        office=scene.staff[Role.OFFICE],
        chance=scene.chance.child("committee"),
        at=scene.at,
    )
    committee.stage_local_committee(
        scene.season.code,
        scene.city,
        force.of(0)[-2:],
        cityoffice=scene.staff[Role.LOCAL_OFFICE],
        at=scene.at,
    )
    return members


def _draws(scene: Scene) -> None:
    visitor = people_reads.get_account(VISITOR.account)
    teams = unit_reads.list_delegations(scene.season.code)
    lots.stage_draws(
        scene.season,
        [(team.unit.code, team.unit.name) for team in teams],
        office=scene.staff[Role.OFFICE],
        parties={
            DrawRole.ORGANISER: scene.staff[Role.OFFICE],
            DrawRole.SUPERVISOR: scene.staff[Role.SUPERVISOR],
            DrawRole.CONTESTANTS: people_reads.actor_of(visitor, at=scene.at),
        },
        third_account=VISITOR.account,
        chance=scene.chance.child("draws"),
        at=scene.at,
    )


def _passes(scene: Scene, force: workforce.Workforce) -> None:
    """Cards of the day for the city's test centre."""
    duties = (Role.CHIEF_INVIGILATOR, Role.INVIGILATOR, Role.PATROL)
    for person, role in zip(force.of(3)[-len(duties) :], duties, strict=True):
        people.issue_pass(
            actor=scene.staff[Role.EXAM_OFFICER],
            person=person,
            role=role,
            unit=scene.city,
            season=scene.season.code,
            event=f"{scene.city.name}考点",
            day=scene.at.date() + timedelta(days=1),
            at=scene.at,
        )


def _proposals(scene: Scene, members: list[Person]) -> None:
    """One waits for the second officer, one was left lying until it was over."""
    found = Certificate.objects.filter(award__season__code=scene.finished).order_by("serial")
    certificates.propose_revoking(
        actor=scene.staff[Role.OFFICE],
        certificate=found[len(found) // 2],
        reason="演示：获奖者姓名与报送材料不一致，另行核发。",
        at=scene.at,
    )
    account = people.account_of(members[-1], at=scene.at)
    people.propose_administrator(
        actor=scene.staff[Role.SECURITY_ADMIN],
        username=account.username,
        role=Role.AUDIT_ADMIN,
        reason="演示：审计管理员轮岗，先行交接。",
        at=scene.at - LAST_WEEK,
    )
    ledger.expire_due(at=scene.at)


def _complaints(scene: Scene) -> None:
    """One overdue, one answered."""
    told = (
        (Category.EXAM, "考试须知里没有写明考场休息室的位置，建议在赛区示意图上标出。", LONG_AGO),
        (Category.SCORE, "我市一名选手的交卷时间与本人记忆不符，请核对答题记录。", timedelta()),
    )
    for category, text, ago in told:
        filed = messages.file_complaint(
            actor=NOBODY,
            category=category,
            text=text,
            season=scene.season.code,
            nonce=UUID(bytes=scene.chance.child("complaint", category).bytes(16)),
            at=scene.at - ago,
        )
    messages.answer(
        actor=scene.staff[Role.SUPERVISOR],
        complaint=filed.complaint.pk,
        text="经核对答题记录与交卷回执，交卷时间以服务器时间为准，与回执一致。回执可在“我的比赛”查看。",
        at=scene.at,
    )


def _messages(scene: Scene) -> None:
    """What an office would tell whom in a week like this."""
    visitor = people_reads.get_account(VISITOR.account)
    told = (
        (
            scene.manager.account,
            Kind.TASK,
            "请确认本单位花名册",
            "请核对窗口人员的增减和岗位变化，确认后的人数作为参与率的分母。",
            reverse("people:rosters"),
            timedelta(days=7),
        ),
        (
            scene.staff[Role.LOCAL_OFFICE].account,
            Kind.NOTICE,
            "市（州）选拔赛组织机构请于本周内设置",
            "请在“组织机构”中登记本市组委会的牵头单位、参与单位和成员。",
            reverse("people:committees", args=[scene.season.code]),
            timedelta(days=5),
        ),
        (
            str(visitor.pk),
            Kind.EXAM,
            "统一在线比试已经开放",
            "请提前检查设备和网络，凭准考码进入考室。",
            reverse("sittings:room"),
            None,
        ),
        (
            str(visitor.pk),
            Kind.NOTICE,
            "总决赛出场次序已抽签公布",
            "抽签记录可以下载，任何人都能自行复算。",
            reverse("seasons:draws", args=[scene.season.code]),
            None,
        ),
    )
    for number, (to, kind, title, body, link, within) in enumerate(told):
        messages.tell(
            to=[to],
            kind=kind,
            title=title,
            body=body,
            link=link,
            deadline=scene.at + within if within else None,
            season=scene.season.code,
            key=f"demonstration:{number}",
            at=scene.at,
        )
