"""Draws at every step, by the services that people use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from leitai.base.actor import Actor
from leitai.kernel.draw_manifest import Group, Public
from leitai.seasons import services
from leitai.seasons.models import Draw, Season
from leitai.seasons.services import DrawPlan, Witness
from tests.factories import people

COMMIT = datetime(2022, 8, 16, 2, 0, tzinfo=UTC)
REVEAL_BY = datetime(2022, 8, 17, 8, 0, tzinfo=UTC)
SOURCE_AT = datetime(2022, 8, 18, 0, 30, tzinfo=UTC)
SECRETS = {
    "organiser": "00112233445566778899AABBCCDDEEFF",
    "supervisor": "0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C4B5A6978",
}
ROSTER = [("C3", "丙队"), ("A1", "甲队"), ("B2", "乙队")]
DICE = Public(((4, 6, 1, 3, 6, 3),))
WITNESSES = [Witness("岑雪桥", "监督仲裁组成员"), Witness("万里晴", "选手代表")]


def office(season: Season, account: str = "7") -> Actor:
    return people.actor("office", season=season.code, account=account)


def supervisor(season: Season) -> Actor:
    made = people.actor("supervisor", season=season.code, account="8")
    return Actor(made.account, "尤见山", appointments=made.appointments)


def plan(**changes: object) -> DrawPlan:
    given: dict[str, object] = {
        "purpose": "总决赛出场次序",
        "roster": ROSTER,
        "source_kind": "dice",
        "source_identity": "开幕式上六名选手各掷一枚骰子",
        "source_at": SOURCE_AT,
        "groups": [Group(6, 1, 6)],
        "reveal_by": REVEAL_BY,
        "fallback": "次日同一时间再掷",
    }
    return DrawPlan(**(given | changes))  # type: ignore[arg-type]  # as the plan's fields


def planned(season: Season, **changes: object) -> Draw:
    return services.plan_draw(actor=office(season), season=season, plan=plan(**changes), at=COMMIT)


def committed(season: Season, *, keep: Sequence[str] = (), **changes: object) -> Draw:
    draw = planned(season, **changes)
    for role, actor in (("organiser", office(season)), ("supervisor", supervisor(season))):
        services.commit_secret(
            actor=actor, draw=draw, role=role, secret=SECRETS[role], keep=role in keep, at=COMMIT
        )
    return services.publish_draw(actor=office(season), draw=draw, at=COMMIT)


def frozen(season: Season, *, keep: Sequence[str] = (), **changes: object) -> Draw:
    draw = committed(season, keep=keep, **changes)
    return services.freeze_draw(actor=office(season), draw=draw, at=COMMIT)


def revealed(season: Season, **changes: object) -> Draw:
    draw = frozen(season, **changes)
    for role, actor in (("organiser", office(season)), ("supervisor", supervisor(season))):
        services.reveal_secret(
            actor=actor, draw=draw, role=role, secret=SECRETS[role], at=REVEAL_BY
        )
    draw.refresh_from_db()
    return draw


def sourced(season: Season, **changes: object) -> Draw:
    return services.enter_public(
        actor=office(season),
        draw=revealed(season, **changes),
        public=DICE,
        witnesses=WITNESSES,
        at=SOURCE_AT,
    )


def drawn(season: Season, **changes: object) -> Draw:
    return services.compute_draw(
        actor=office(season), draw=sourced(season, **changes), at=SOURCE_AT
    )


def by_hand(season: Season, *, rule: str = "leader", **changes: object) -> Draw:
    given: dict[str, object] = {"purpose": "现场出场次序", "roster": ROSTER} | changes
    return services.open_hand_draw(
        actor=office(season),
        season=season,
        absent_rule=rule,
        at=SOURCE_AT,
        **given,  # type: ignore[arg-type]  # as the service's own
    )
