"""Draws to look at: one committed and drawn, one drawn by hand, one by hand that is going on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from leitai.base.actor import Actor
from leitai.kernel.draw_manifest import Group, Public
from leitai.seasons import services as seasons
from leitai.seasons.enums import AbsentRule, DrawRole, DrawSource
from leitai.seasons.models import Draw, Season
from leitai.seasons.services import DrawPlan, Witness
from leitai.web.demonstration.chance import Chance

WITNESSES = (Witness("岑雪桥", "监督仲裁组成员"), Witness("万里晴", "选手代表"))
DICE = Group(6, 1, 6)
KEYED = 5  # of the draw that is going on
SECRET_BYTES = 24
Roster = Sequence[tuple[str, str]]


def stage_draws(
    season: Season,
    roster: Roster,
    *,
    office: Actor,
    parties: dict[DrawRole, Actor],
    third_account: str,
    chance: Chance,
    at: datetime,
) -> None:
    """`parties` are those who commit a secret each; what was to be waited for is past already."""
    now, local = at.replace(microsecond=0), chance.child("committed")  # manifests know seconds
    _committed(season, roster, office, parties, third=third_account, chance=local, now=now)
    drawn = _opened(season, roster, "选手考位分组", office, at)
    _call(drawn, roster, office, chance.child("hand"), at)
    seasons.close_hand_draw(actor=office, draw=drawn, witnesses=WITNESSES, at=at)
    going_on = _opened(season, roster, "总决赛检录次序", office, at)
    _call(going_on, roster, office, chance.child("going-on"), at, count=KEYED)


def _committed(
    season: Season,
    roster: Roster,
    office: Actor,
    parties: dict[DrawRole, Actor],
    *,
    third: str,
    chance: Chance,
    now: datetime,
) -> None:
    began, revealing = now - timedelta(hours=3), now - timedelta(hours=2)
    plan = DrawPlan(
        purpose="总决赛出场次序",
        roster=roster,
        source_kind=DrawSource.DICE,
        source_identity="领队会上六名选手代表各掷一枚骰子",
        source_at=now - timedelta(hours=1),
        groups=[DICE],
        reveal_by=revealing,
        fallback="骰子落地不平的，由同一人再掷一次。",
        third="选手代表",
        third_account=third,
    )
    draw = seasons.plan_draw(actor=office, season=season, plan=plan, at=began)
    secrets = {role: chance.child(role).bytes(SECRET_BYTES).hex().upper() for role in parties}
    for role, actor in parties.items():
        seasons.commit_secret(
            actor=actor, draw=draw, role=role, secret=secrets[role], keep=True, at=began
        )
    seasons.publish_draw(actor=office, draw=draw, at=began)
    seasons.freeze_draw(actor=office, draw=draw, at=began)
    for role, actor in parties.items():
        seasons.reveal_secret(actor=actor, draw=draw, role=role, at=revealing)
    thrown = tuple(1 + chance.below(DICE.high) for _ in range(DICE.count))
    public = Public((thrown,))
    seasons.enter_public(actor=office, draw=draw, public=public, witnesses=WITNESSES, at=now)
    seasons.compute_draw(actor=office, draw=draw, at=now)


def _opened(season: Season, roster: Roster, purpose: str, office: Actor, at: datetime) -> Draw:
    return seasons.open_hand_draw(
        actor=office,
        season=season,
        purpose=purpose,
        roster=roster,
        absent_rule=AbsentRule.LEADER,
        at=at,
    )


def _call(
    draw: Draw,
    roster: Roster,
    office: Actor,
    chance: Chance,
    at: datetime,
    *,
    count: int | None = None,
) -> None:
    """Each takes a number out of the box; the second was misread at first."""
    numbers = chance.sample(range(1, len(roster) + 1), len(roster))
    called = list(zip(roster, numbers, strict=True))[:count]
    for place, ((member, _name), number) in enumerate(called):
        misread = number % len(roster) + 1
        wrong = place == 1 and misread != numbers[0]
        seasons.key_call(
            actor=office, draw=draw, member=member, number=misread if wrong else number, at=at
        )
        if wrong:
            seasons.correct_call(
                actor=office, draw=draw, seq=2, number=number, reason="看错号码", at=at
            )
