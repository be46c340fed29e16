"""The first seed's contest while its leagues answer notices and register their people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from leitai.base.actor import Actor
from leitai.orders import services as orders
from leitai.orders.models import HandIn, Order
from leitai.orders.services import Head, Moves, NewThing, Words
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.services import NewPerson
from leitai.registration import services as registration
from leitai.registration.models import Registration
from leitai.registration.services import Wanted
from leitai.seasons import services as seasons
from leitai.seasons.enums import LocalHow
from leitai.seasons.models import Season
from leitai.units import selectors as unit_reads
from leitai.web.demonstration import northern, painting, staging
from leitai.web.demonstration.cast import invent_name
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.northern import FIRST, GRASSROOTS, GUIDANCE, HOST, LEAGUES
from leitai.web.demonstration.posting import Attached, Typed, brought

SEASON = "entering-now"
STAGE = "league"
# By name, in days from today.
WINDOWS = {
    "contacts": (-6, 3),
    "league": (-9, 12),
    "works": (-9, 30),
    "region": (25, 33),
    "national": (60, 63),
}
PHONE = "19900007001"
HOUR = timedelta(hours=1)
REMINDED = "关于报送联络人员信息的补充通知"
# How far each league is with the first notice; those beyond have not signed.
ANSWERED = ("accepted", "accepted", "waiting", "returned", "accepted", "signed", "signed")
# What became of each registration, league by league: guidance, grassroots. "" is not begun.
REVIEWED = (
    ("submitted", "returned"),
    ("submitted", "submitted"),
    ("passed", "passed"),
    ("passed", "submitted"),
    ("submitted", "begun"),
    ("returned", "passed"),
    ("begun", ""),
)
WHY_RETURNED = "照片不是近期免冠正面照，推荐意见没有填写日期，请更换、补充后重新提交。"
LOCAL = (
    (LocalHow.REPORTED, "市就业服务中心三楼会议室"),
    (LocalHow.EXAM, "市公共实训基地"),
    (LocalHow.RECOMMENDED, ""),
    (LocalHow.REPORTED, "市人力资源市场"),
    (LocalHow.EXAM, "市委党校机房"),
)


@dataclass(frozen=True, slots=True)
class Scene:
    season: Season
    office: Actor
    manager: Actor
    chance: Chance
    at: datetime

    def day(self, days: int, hour: int = 9) -> datetime:
        return staging.at_desk(self.at, days, hour)

    def of(self, league: str) -> Actor:
        """The manager of a league: the visitor's account for the first."""
        if league == FIRST:
            return self.manager
        return staging.manager_of(league, SEASON, self.chance.child("manager"))


def stage_entering(officers: dict[Role, Actor], at: datetime) -> None:
    if Season.objects.filter(code=SEASON).exists():
        return
    office = officers[Role.OFFICE]
    season = northern.open_season(SEASON, office, WINDOWS, at)
    scene = Scene(season, office, officers[Role.UNIT_MANAGER], Chance("entering"), at)
    _contacts(scene)
    _attendance(scene)
    _local(scene)
    _registrations(scene)


def _contacts(scene: Scene) -> None:
    """Sent a week ago: some have answered, one shall mend, one has longer, some were reminded."""
    sent = scene.day(-6)
    order = _send(scene, "contacts", "内竞赛办〔2022〕3号", sent)
    thing = order.things.get()
    for place, how in enumerate(ANSWERED):
        league, name = LEAGUES[place][:2]
        acting, at = scene.of(league), scene.day(-5 + place // 2, 10 + place)
        one = order.recipients.get(unit__code=league)
        orders.sign_order(actor=acting, recipient=one, at=at)
        if how == "signed":
            continue
        answers = _contact_answers(name, scene.chance.child("contact", league), at)
        told: dict[str, Any] = {"actor": acting, "recipient": one, "thing": thing}
        orders.keep_draft(**told, answers=answers, at=at)
        made = orders.hand_in(**told, at=at + HOUR)
        _decide(scene, made, how)
    later = order.recipients.get(unit__code="1525")
    orders.supplement_order(
        actor=scene.office,
        order=order,
        words=Words(REMINDED, "因道路中断，锡林郭勒盟的报送期限顺延。", "内竞赛办〔2022〕5号"),
        moves=Moves(things={thing.pk: scene.day(8, 18)}, recipients=(later.pk,)),
        at=scene.day(-1, 15),
    )
    orders.remind_order(actor=scene.office, order=order, at=scene.day(-1, 16))


def _decide(scene: Scene, made: HandIn, how: str) -> None:
    at = scene.day(-1, 14)
    if how == "accepted":
        orders.accept_hand_in(actor=scene.office, hand_in=made, at=at)
    elif how == "returned":
        reason = "联络人员只填了1人，请按通知要求补充分管负责同志。"
        orders.return_hand_in(
            actor=scene.office, hand_in=made, reason=reason, mend_by=scene.day(2, 18), at=at
        )


def _attendance(scene: Scene) -> None:
    """Sent today: the visitor of a league has it before them."""
    order = _send(scene, "attendance", "内竞赛办〔2022〕6号", scene.day(-1, 10))
    for league, *_names in LEAGUES[1:4]:
        one = order.recipients.get(unit__code=league)
        orders.sign_order(actor=scene.of(league), recipient=one, at=scene.day(-1, 17))


def _send(scene: Scene, template: str, number: str, at: datetime) -> Order:
    """One of the templates, numbered, to every delegation."""
    order = orders.create_order(
        actor=scene.office,
        season=scene.season,
        issuer=unit_reads.get_unit(HOST),
        template=template,
        at=at,
    )
    things = [
        NewThing(
            one.title,
            one.kind,
            one.form,
            one.columns,
            one.hint,
            one.required,
            one.due_at,
            one.pk,
            one.record,
        )
        for one in order.things.all()
    ]
    head = Head(order.title, order.text, number, order.sign_by)
    orders.edit_order(actor=scene.office, order=order, head=head, things=things, at=at)
    orders.add_delegations(actor=scene.office, order=order)
    return orders.send_order(actor=scene.office, order=order, at=at)


def _contact_answers(league: str, chance: Chance, at: datetime) -> dict[str, object]:
    names = [invent_name(chance.child(number)) for number in range(2)]
    rows = [
        {"name": name, "unit": f"{league}就业服务中心", "post": post, "mobile": PHONE}
        for name, post in zip(names, ("科长", "科员"), strict=True)
    ]
    return {
        "league": league,
        "contacts": rows,
        "filled-by": names[1],
        "phone": PHONE,
        "filled-on": at.date().isoformat(),
    }


def _local(scene: Scene) -> None:
    """How the first leagues choose; one has reported what its contest gave."""
    for number, (how, place) in enumerate(LOCAL):
        league = LEAGUES[number][0]
        held = how != LocalHow.RECOMMENDED
        opens = scene.day(3 * number - 5)
        seasons.plan_local(
            actor=scene.of(league),
            season=scene.season,
            stage=STAGE,
            delegation=league,
            how=how,
            opens_at=opens if held else None,
            closes_at=opens + 3 * HOUR if held else None,
            place=place,
            note=""
            if held
            else "参赛人数少，经市人社局办公会研究，从上年度业务考核前列的人员中推荐。",
            at=scene.at,
        )
    rows = [
        [
            str(rank),
            invent_name(scene.chance.child("local", rank)),
            f"{LEAGUES[0][2]}就业服务中心",
            f"{95 - 2 * rank}.5",
        ]
        for rank in range(1, 6)
    ]
    seasons.report_local(
        actor=scene.manager,
        season=scene.season,
        stage=STAGE,
        delegation=FIRST,
        rows=rows,
        at=scene.at,
    )


def _registrations(scene: Scene) -> None:
    cast = list(northern.contestants("N", 5000, scene.chance.child("cast"), scene.at))
    people.create_people(
        actor=scene.office, people=[person for _league, _track, person in cast], at=scene.at
    )
    wanted = dict(zip((league for league, *_rest in LEAGUES), REVIEWED, strict=False))
    for league, track, person in cast:
        how = wanted.get(league, ("", ""))[track == GRASSROOTS]
        if how:
            _register(scene, league, track, person, how)


def _register(scene: Scene, league: str, track: str, person: NewPerson, how: str) -> None:
    acting, at = scene.of(league), scene.day(-1, 11)
    begun = registration.begin_registration(
        actor=acting,
        season=scene.season,
        wanted=Wanted(STAGE, track, league, person.code, "contestant", "own"),
        at=at,
    )
    made = begun.registration
    if made is None or how == "begun":
        return
    _fill_in(scene, acting, made, person, at)
    registration.submit_registration(actor=acting, registration=made, at=at)
    told: dict[str, Any] = {"actor": scene.office, "registration": made, "at": scene.at}
    if how == "passed":
        registration.pass_registration(**told, ticked=range(20))
    elif how == "returned":
        registration.return_registration(**told, reason=WHY_RETURNED)


def _fill_in(
    scene: Scene, acting: Actor, made: Registration, person: NewPerson, at: datetime
) -> None:
    chance = scene.chance.child("form", person.code)
    typed = {f"f-{name}": value for name, value in _form(made, person, chance, at)}
    picture = painting.portrait(chance.child("photo"), woman=typed["f-sex"] == "女")
    files = {
        "f-photo_file": brought("证件照.jpg", picture),
        "scan_file": brought("报名表盖章件.jpg", painting.sealed_sheet()),
    }
    registration.save_registration(
        actor=acting, registration=made, post=Typed(typed), posted=Attached(files), at=at
    )


def _form(
    made: Registration, person: NewPerson, chance: Chance, at: datetime
) -> Iterator[tuple[str, str]]:
    """附件3 as a manager fills it in."""
    born = person.id_number[6:14]
    titles = {GUIDANCE: "职业指导人员竞赛", GRASSROOTS: "基层公共就业服务人员竞赛"}
    yield "league", made.delegation.name
    yield "filled-on", at.date().isoformat()
    yield "track", titles[made.track]
    yield "name", person.name
    yield "sex", chance.pick(("男", "女"))
    yield "born", f"{born[:4]}-{born[4:6]}-{born[6:]}"
    yield "ethnic", chance.pick(("汉族", "蒙古族"))
    yield "id-number", person.id_number
    yield "politics", chance.pick(("中共党员", "群众", "共青团员"))
    yield "unit", f"{made.person.unit.name}就业服务中心"
    yield "post", person.post
    yield "mobile", person.phone
    yield "honours", "上年度全市公共就业服务系统业务能手。"
    yield "opinion", "该同志政治可靠，业务熟练，同意推荐。"
