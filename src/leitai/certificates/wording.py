"""The words on a certificate. A certificate is a Chinese document in whatever language it is asked
for, so these are no messages of the interface.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from leitai.results.models import Award
from leitai.rulebook.model import Rulebook

HEADING = "荣誉证书"
CLOSING = "特发此证，以资鼓励。"
FALLEN = "成绩更正后不再获此奖项"
_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Words:
    """What one certificate says of its award."""

    holder: str
    salutation: str
    line: str
    award: str
    delegation: str


def words_of(award: Award, rulebook: Rulebook) -> Words:
    """Say who holds the award, for which place, and how it is called."""
    stage, _track, board, rank = award.basis.split("/")
    where = f"在{rulebook.stages[stage].title}中"
    team = rulebook.delegations.title
    if award.entry is None:
        return Words(
            holder=award.delegation.name + team,
            salutation="",
            line=f"{where}，团体名次列第{rank}名，荣获",
            award=award.title,
            delegation=award.delegation.name,
        )
    inside = f"在{award.delegation.name}{team}中" if board.startswith("team:") else ""
    return Words(
        holder=award.entry.person.name,
        salutation="同志",
        line=f"{where}，个人名次{inside}列第{rank}名，被评为",
        award=f"“{award.title}”",
        delegation=award.delegation.name,
    )


def day_of(at: datetime) -> str:
    """2022年8月20日, in the committee's time zone."""
    local = at.astimezone(_ZONE)
    return f"{local.year}年{local.month}月{local.day}日"
