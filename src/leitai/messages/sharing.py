"""Words for groups and letters: what to do, until when, and where; at most 200 characters."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from leitai.design import moments
from leitai.kernel.errors import DomainError

LIMIT = 200
_DAYS = "一二三四五六日"
_CUT = "…"


def deadline_words(deadline: datetime) -> str:
    """11月25日（周三）17:00前; midnight belongs to the day that it ends."""
    local = deadline.astimezone(moments.SHANGHAI)
    clock = moments.clock_text(deadline)
    if local.time() == time():
        local, clock = local - timedelta(days=1), "24:00"
    if not moments.is_chinese():
        return _("%(moment)s前") % {"moment": f"{moments.day_text(local)} {clock}"}
    return f"{local.month}月{local.day}日（周{_DAYS[local.weekday()]}）{clock}前"


def group_text(title: str, what: str, deadline: datetime | None, link: str) -> str:
    """What is pasted into a group. Counted by characters; of link and deadline nothing is cut.

    First `what` gives way, then the title. Raises DomainError("share_link_long") where link and
    deadline alone leave no room.
    """
    ends = [_("时间：%(deadline)s") % {"deadline": deadline_words(deadline)}] if deadline else []
    tail = "".join(f"\n{line}" for line in (*ends, link))
    head = "【%s】"
    room = LIMIT - len(tail) - len(head % "")
    if room < 1:
        raise DomainError("share_link_long", limit=LIMIT)
    title = _shortened(_plain(title), room)
    room -= len(title)
    return (head % title) + _shortened(_plain(what), room) + tail


def letter(body: str, deadline: datetime | None, link: str) -> str:
    """The body of a mail or short message: everything, nothing cut."""
    ends = [_("时间：%(deadline)s") % {"deadline": deadline_words(deadline)}] if deadline else []
    return "\n".join(line for line in (body, *ends, link) if line)


def _plain(text: str) -> str:
    """In one line: groups show each break as a new one."""
    return " ".join(text.split())


def _shortened(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return text[: room - 1] + _CUT if room > 0 else ""
