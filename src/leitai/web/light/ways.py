"""The menu of a contest of one's own: what one person needs of what the rooms have."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.ledger.rules import can_read_chain
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.seasons.rules import can_see_office


def contest_pages(actor: Actor, season: Season) -> Iterator[tuple[str, ...]]:
    """Label, icon, address and what it takes, of each page that the reader may open."""
    code, host = season.code, seasons.host_path(season)
    if can_see_office(actor, code, host):
        yield _("本场比赛"), "flag", "web:contest", code
        yield _("考务"), "grid", "sittings:exams", code
        yield _("成绩办理"), "chart", "results:desk", code
        yield _("奖项与证书"), "medal", "certificates:office", code
        yield _("材料打印"), "print", "paperwork:desk", code
    if can_read_chain(actor, code, host):
        yield _("操作留痕"), "shield", "ledger:chain", code
