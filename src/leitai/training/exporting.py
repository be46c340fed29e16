"""The attendance sheet as a spreadsheet; that it was taken is recorded."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leitai.base.actor import Actor
from leitai.design.moments import day_of
from leitai.documents.xlsx import Column, Sheet, write
from leitai.training import selectors
from leitai.training.enums import Presence
from leitai.training.models import Group
from leitai.training.services.common import append

TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@transaction.atomic
def export_attendance(*, actor: Actor, group: Group, at: datetime) -> bytes:
    data = write([sheet_of(group)])
    append(actor, group, "training.exported", {}, at)
    return data


def sheet_of(group: Group) -> Sheet:
    """A row a member: the mark of each session in one character, then how often which."""
    told = selectors.sheet_of(group)
    shown = {
        Presence.PRESENT: pgettext("attendance", "到"),
        Presence.LATE: _("迟"),
        Presence.ABSENT: _("缺"),
        Presence.LEAVE: _("假"),
    }
    heads = [
        Column(f"{day_of(one.day)}\n{one.begins:%H:%M} {one.topic}"[:60], 12)
        for one in told.sessions
    ]
    columns = (
        Column(_("姓名"), 12),
        Column(_("单位"), 28),
        *heads,
        *(Column(str(Presence(one).label), 8, "number") for one in shown),
    )
    rows: list[list[str | int | Decimal]] = [
        [
            row.member.person.name,
            row.member.unit_name,
            *(shown[Presence(cell)] if cell else "" for cell in row.cells),
            *(row.counts.get(one, 0) for one in shown),
        ]
        for row in told.rows
    ]
    title = _("%(title)s考勤表") % {"title": group.title}
    notes = (_("到：出勤；迟：迟到；缺：缺勤；假：请假；空白：未登记。"),)
    return Sheet(title[:30], title, columns, rows, notes=notes, landscape=True)
