"""The steps of a match that are one button each, by the name that stands in their address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.live import services
from leitai.live.models import Match

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Done:
    """What was done in words, and whose page comes next; None where the match is gone."""

    said: str
    match: Match | None


Given = Mapping[str, str]
Step = Callable[[Actor, Match, Given, datetime], Match | None]


def do(act: str, actor: Actor, match: Match, given: Given, *, at: datetime) -> Done:
    """Do one step; raises not_found for a name that is none, and whatever the step refuses."""
    if act not in STEPS:
        raise DomainError("not_found")
    said, step = STEPS[act]
    return Done(str(said), step(actor, match, given, at))


def _ready(actor: Actor, match: Match, _given: Given, at: datetime) -> Match:
    return services.make_ready(actor=actor, match=match, at=at)


def _unready(actor: Actor, match: Match, given: Given, at: datetime) -> Match:
    return services.make_unready(actor=actor, match=match, reason=given["reason"], at=at)


def _cancel(actor: Actor, match: Match, given: Given, at: datetime) -> Match:
    return services.cancel_match(actor=actor, match=match, reason=given["reason"], at=at)


def _mode(actor: Actor, match: Match, _given: Given, at: datetime) -> Match:
    return services.choose_mode(actor=actor, match=match, at=at)


def _manual(actor: Actor, match: Match, given: Given, at: datetime) -> Match:
    return services.choose_manual(actor=actor, match=match, reason=given["reason"], at=at)


def _card(actor: Actor, match: Match, given: Given, at: datetime) -> Match:
    services.replace_card(
        actor=actor, match=match, seat=given["seat"], reason=given["reason"], at=at
    )
    return match


def _rehearse(actor: Actor, match: Match, _given: Given, at: datetime) -> Match:
    return services.rehearse(actor=actor, match=match, at=at)


def _drop(actor: Actor, match: Match, _given: Given, _at: datetime) -> None:
    services.drop_rehearsal(actor=actor, match=match)


STEPS: Final[Mapping[str, tuple[StrOrPromise, Step]]] = {
    "ready": (_("场次已准备就绪，可以打印席位卡。"), _ready),
    "unready": (_("场次已退回筹备。"), _unready),
    "cancel": (_("场次已取消。"), _cancel),
    "mode": (_("抢答方式已按网络测试确定。"), _mode),
    "manual": (_("已改为举牌记录。"), _manual),
    "card": (_("新席位卡已生成，请打印。旧卡和用旧卡入席的设备已失效。"), _card),
    "rehearse": (_("彩排场次已生成，姓名和试题都是虚构的。"), _rehearse),
    "drop": (_("彩排及其记录已全部删除。"), _drop),
}
