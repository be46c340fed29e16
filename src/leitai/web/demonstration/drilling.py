"""The open season's practice as a newcomer finds it: five weeks of a visitor and the colleagues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from leitai.bank import services as bank
from leitai.bank.enums import ReportKind
from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.duels import services as duels
from leitai.duels.models import Side
from leitai.insight import selectors as insight_reads
from leitai.insight import services as insight
from leitai.messages import services as messages
from leitai.messages.enums import Kind
from leitai.people import selectors as people_reads
from leitai.people.models import Person
from leitai.practice.models import Shelf
from leitai.practice.selectors.grounds import stock_of, versions_of
from leitai.practice.services.watching import watch_lately
from leitai.seasons.models import Season
from leitai.training import services as training
from leitai.training.enums import Presence
from leitai.training.services import Frame, Part
from leitai.units import selectors as unit_reads
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.lecturing import issue_stars, stage_lecture
from leitai.web.demonstration.practising import (
    Habits,
    Practised,
    acting,
    answer_to,
    colleagues,
    habits_of,
    open_practice,
    practise,
)
from leitai.web.demonstration.staging import VISITOR

SEED = "practice"
DAYS, SOME_DAYS = 35, 7
OF_A_BODY, OF_ELSEWHERE, ELSEWHERE = 3, 4, 4
VISITORS = Habits(820, 1, 760)
EAGER = Habits(1000, 2, 960)
HURRIED = Habits(500, 1, 820, hurried=2)
INVITATION = "demonstration"
TRAINEES = 12
GONE, LEFT = 4, 9  # days of training before and after today
TOPICS = (
    ("社会保险经办规程要点", "省社会保险局培训教师"),
    ("就业创业政策解读", "省就业服务管理局培训教师"),
    ("劳动合同与劳动争议案例", "省厅劳动关系处"),
    ("人事人才业务与职称政策", "省人才交流中心培训教师"),
    ("窗口服务规范和情景演练", "带班负责人"),
    ("模拟卷讲评", "带班负责人"),
)
NUMBER = "练兵办〔%s〕{{序号}}号"


@dataclass(frozen=True, slots=True)
class Class:
    """Who takes part: the visitor first."""

    visitor: Actor
    people: Sequence[Person]

    @property
    def actors(self) -> list[Actor]:
        return [acting(person) for person in self.people]


@transaction.atomic
def stage_drilling(season: Season, *, office: Actor, at: datetime) -> Practised | None:
    """Make sure that all of it is there; None where it stands already."""
    if Shelf.objects.filter(season=season.code).exists():
        return None
    open_practice(season, office=office, days=DAYS, at=at)
    class_ = _class(season, at)
    chance = Chance(SEED)
    habits = [VISITORS, EAGER, HURRIED]
    habits += [habits_of(chance.child("habits", one.code)) for one in class_.people[2:]]
    actors = [class_.visitor, *class_.actors]
    done = practise(season, list(zip(actors, habits, strict=True)), days=DAYS, chance=chance, at=at)
    _duels(season, class_, at)
    _training(season, class_, office, at)
    _correction(season, class_.visitor, at)
    stage_lecture(season, office=office, visitor=class_.visitor, at=at)
    issue_stars(season, office=office, at=at)
    watch_lately(season=season.code, at=at)
    _report(season, office, at)
    return done


def practise_a_while(season: Season, *, office: Actor, chance: Chance, at: datetime) -> Practised:
    """Some of the season's people for some days, before the first exam."""
    open_practice(season, office=office, days=SOME_DAYS, at=at)
    teams = [one.unit for one in unit_reads.list_delegations(season.code)[:ELSEWHERE]]
    people = [one for unit in teams for one in colleagues(unit, OF_A_BODY)]
    habits = [habits_of(chance.child("habits", one.code)) for one in people]
    actors = [acting(one) for one in people]
    learners = list(zip(actors, habits, strict=True))
    return practise(season, learners, days=SOME_DAYS, chance=chance, at=at)


def _class(season: Season, at: datetime) -> Class:
    teams = [one.unit for one in unit_reads.list_delegations(season.code)]
    people = colleagues(teams[0], OF_A_BODY, besides=VISITOR.code)
    for unit in teams[1 : 1 + ELSEWHERE]:
        people += colleagues(unit, OF_ELSEWHERE)
    visitor = people_reads.actor_of(people_reads.get_account(VISITOR.account), at=at)
    return Class(visitor, people)


def _duels(season: Season, class_: Class, at: datetime) -> None:
    """Two of yesterday that are over, one to which a colleague invites today."""
    friend, host = class_.actors[0], class_.actors[3]
    yesterday = at - timedelta(days=1)
    own = duels.meet(actor=class_.visitor, season=season.code, seed=SEED, at=yesterday)
    other = duels.meet(actor=friend, season=season.code, seed=SEED, at=yesterday)
    for actor, side, wrong in ((class_.visitor, own, {4}), (friend, other, {1, 4, 8})):
        _play(actor, side, wrong, yesterday)
    for actor, wrong in ((class_.actors[4], {3, 9}), (class_.actors[5], {2})):  # may stand in
        side = duels.meet(actor=actor, season=season.code, seed=f"{SEED}/2", at=yesterday)
        _play(actor, side, wrong, yesterday)
    open_ = duels.invite(actor=host, season=season.code, seed="today", code=INVITATION, at=at)
    _play(host, open_, {2, 7}, at)
    messages.tell(
        to=[class_.visitor.account],
        kind=Kind.NOTICE,
        title=f"{host.name}邀您对战",
        body="十道题，同一套题，今天之内应战有效。",
        link=reverse("duels:invited", args=[season.code, INVITATION]),
        season=season.code,
        key="demonstration:duel",
        at=at,
    )


def _play(actor: Actor, side: Side, wrong: set[int], at: datetime) -> None:
    versions = versions_of(side.duel.items)
    for number, version in enumerate(versions, start=1):
        at += timedelta(seconds=1)
        duels.ask_next(actor=actor, side=side.pk, at=at)
        at += timedelta(seconds=6)
        answer = answer_to(version, right=number not in wrong)
        duels.answer_question(actor=actor, side=side.pk, n=number, answer=answer, at=at)


def _training(season: Season, class_: Class, office: Actor, at: datetime) -> None:
    """A class that began some days ago, with its attendance, and goes on."""
    today = at.astimezone(SHANGHAI).date()
    began = at - timedelta(days=GONE)
    frame = Frame(
        "全国统一在线比试集训班",
        today - timedelta(days=GONE),
        today + timedelta(days=LEFT),
        "省人力资源社会保障干部培训中心",
        "请自带证件，按日程准时到课。",
    )
    group = training.create_group(actor=office, season=season, frame=frame, at=began)
    leader, *people = class_.people
    training.add_leader(actor=office, group=group, name=leader.code)
    codes = [VISITOR.code, *(one.code for one in people[: TRAINEES - 1])]
    training.add_members(
        actor=office, group=group, people=codes, source="全省晋级赛选手名单", at=began
    )
    days = [today + timedelta(days=n - GONE + 1) for n in range(len(TOPICS))]
    parts = [
        training.create_session(actor=office, group=group, part=_part(day, *topic))
        for day, topic in zip(days, TOPICS, strict=True)
    ]
    training.open_group(actor=office, group=group, at=began)
    by_code = dict(group.members.values_list("person__code", "pk"))
    for part, (absent, presence) in zip(
        [one for one in parts if one.day < today],
        ((2, Presence.LATE), (5, Presence.LEAVE), (7, Presence.ABSENT)),
        strict=True,
    ):
        training.mark_attendance(
            actor=acting(leader),
            session=part,
            member=by_code[codes[absent]],
            presence=presence,
            at=at,
        )
        training.mark_rest(actor=acting(leader), session=part, at=at)
    training.add_practice(
        actor=office, group=group, title="第一次随堂练习", day=today - timedelta(days=2)
    )
    training.ask_leave(
        actor=acting(people[3]),
        group=group,
        first=today + timedelta(days=1),
        last=today + timedelta(days=1),
        reason="窗口当日值班，已与单位商量。",
        at=at,
    )


def _part(day: date, topic: str, teacher: str) -> Part:
    return Part(day, time(9), time(11, 30), topic, "第二教室", teacher)


def _correction(season: Season, visitor: Actor, at: datetime) -> None:
    """The visitor asks about a question; it waits for whoever keeps the bank."""
    version = versions_of([stock_of(season.code)[40].version])[0]
    bank.file_report(
        actor=visitor,
        version=version,
        season=season.code,
        kind=ReportKind.POLICY,
        words="解析引用的条文似有新的修订，请核对现行版本。",
        page=reverse("practice:item", args=[season.code, version.item_id]),
        at=at,
    )


def _report(season: Season, office: Actor, at: datetime) -> None:
    """A 情况通报 for every city; the papers are made by the worker, as always."""
    while insight.roll_up():
        pass
    told: dict[str, Any] = insight_reads.first_draft(season, at)
    told |= {"number": NUMBER % at.astimezone(SHANGHAI).year, "each": True}
    report = insight.draft_report(actor=office, season=season, draft=insight.Draft(**told), at=at)
    insight.issue_report(actor=office, report=report, at=at)
