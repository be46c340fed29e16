"""The sentences of this room's refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXTS: dict[str, StrOrPromise] = {
    "duel_off": _("本赛季没有对战。请到“今天”页查看可以练习的项目。"),
    "duel_limit": _("今天的对战次数（%(limit)s次）已用完，请明天再来。"),
    "duel_no_items": _("练习题库里的题目不够一局（需要%(count)s道）。请联系赛季办公室补充题库。"),
    "duel_gone": _("这场对战已经有人应战或已过期。请回到对战页另开一局。"),
    "duel_own": _("这是您自己发出的邀请，请转给别人。"),
    "duel_question_other": _("第%(n)s题已经作答，页面已更新为当前题目。"),
    "duel_over": _("这一局您已经答完。"),
}
