"""The words on a certificate. A certificate is a Chinese document in whatever language it is asked
for, so these are no messages of the interface; only how its fields are called is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from string import Formatter
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.certificates.enums import DayWords
from leitai.certificates.models import TitleCertificate
from leitai.kernel.errors import DomainError
from leitai.results.models import Award
from leitai.rulebook import reasons
from leitai.rulebook.data import Reason
from leitai.rulebook.model import Award as Rule
from leitai.rulebook.model import Rulebook

HEADING: Final = "荣誉证书"
CLOSING: Final = "特发此证，以资鼓励。"
FALLEN: Final = "成绩更正后不再获此奖项"
LOST: Final = "积分扣回后不再符合授予条件，称号已失去"
TWICE: Final = "同一人的两条记录已合并，保留一张"
CHANGED: Final = "成绩更正，已换发"
FIELDS: Final[Mapping[str, Promise]] = {
    "name": _("获奖者"),
    "award": pgettext_lazy("one", "奖项"),
    "season": _("赛季全称"),
    "year": _("年度"),
    "stage": _("阶段"),
    "place": _("名次的说法，如“个人名次列第3名”"),
    "rank": _("名次数字"),
    "delegation": _("所属代表队（称号证书为所属单位）"),
    "period": _("称号的周期，如“2022年4月”（奖项没有）"),
    "members": _("队员名单（只有队伍所获的奖项有）"),
}
# How the office writes a field, since a clerk reads no English; kept by its own name.
NAMES: Final[Mapping[str, str]] = {
    "name": "获奖者",
    "award": "奖项",
    "season": "赛季",
    "year": "年度",
    "stage": "阶段",
    "place": "名次",
    "rank": "名次数字",
    "delegation": "代表队",
    "period": "周期",
    "members": "队员",
}
_ZONE: Final = ZoneInfo("Asia/Shanghai")
_DIGITS: Final = "〇一二三四五六七八九"
_TEN: Final = 10


@dataclass(frozen=True, slots=True)
class Words:
    """What one award says of itself: the fields that the office's texts may name."""

    name: str
    award: str
    season: str
    year: str
    stage: str
    place: str
    rank: str
    delegation: str
    team: bool
    period: str = ""
    members: str = ""  # of a team that competed as one, the captain first
    basis: str = ""  # the reason in words, where the paper says it

    def fill(self, text: str) -> str:
        """Put the fields into a text of the office; raises DomainError for one that is none."""
        demand_fields(text)
        return text.format_map({name: getattr(self, name) for name in FIELDS})


def words_of(award: Award, rulebook: Rulebook) -> Words:
    """Say who holds the award, for which place, and how it is called."""
    stage, _track, board, rank = award.basis.split("/")
    team = rulebook.delegations.title
    inside = f"在{award.delegation.name}{team}中" if board.startswith("team:") else ""
    entry = award.entry
    members = () if entry is None else entry.members.values_list("person__name", flat=True)
    whole = entry is None or bool(entry.team)
    place = f"团体名次{inside}列第{rank}名" if whole else f"个人名次{inside}列第{rank}名"
    decided = rank == "0"  # named by a body, not by a place in a ranking
    return Words(
        name=award.delegation.name + team if entry is None else entry.name,
        award=award.title,
        season=rulebook.title,
        year=str(rulebook.year),
        stage=rulebook.stages[stage].title,
        place="经评定" if decided else place,
        rank="" if decided else rank,
        delegation=award.delegation.name,
        team=whole,
        members="、".join(members),
    )


def names_team(award: Rule, rulebook: Rulebook) -> bool:
    """Whether holders of an award are teams: delegations, or the entries of tracks of teams."""
    tracks = award.tracks or rulebook.stages[award.stage].tracks or tuple(rulebook.tracks)
    return award.to == "team" or all(rulebook.tracks[one].kind == "team" for one in tracks)


def title_words_of(certificate: TitleCertificate, rulebook: Rulebook) -> Words:
    """Say who holds a title of practice, for which period and why."""
    return Words(
        name=certificate.person.name,
        award=certificate.title,
        season=rulebook.title,
        year=str(rulebook.year),
        stage=rulebook.practice.title if rulebook.practice else "",
        place="",
        rank="",
        delegation=certificate.unit,
        team=False,
        period=period_words(certificate.period),
        basis=reasons.render(Reason.from_plain(certificate.reason), "zh"),
    )


def title_sample_of(title: str, rulebook: Rulebook) -> Words:
    """Stands for a holder while nobody holds the title yet."""
    sample = sample_of(title, rulebook, team=False)
    stage, period = rulebook.practice.title if rulebook.practice else "", f"{rulebook.year}年度"
    return replace(sample, stage=stage, place="", rank="", period=period)


def period_words(name: str) -> str:
    """A period of practice as a paper says it: `2022-04` is 2022年4月; of all of it nothing."""
    first, _slash, last = name.partition("/")
    parts = [int(part) for part in first.split("-") if part.isdecimal()]
    if not parts:
        return ""
    if len(parts) == 1:
        return f"{parts[0]}年度"
    said = "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
    return f"{said}至{period_words(last)}" if last else said


def sample_of(title: str, rulebook: Rulebook, *, team: bool) -> Words:
    """Stands for a holder while nobody holds the award yet."""
    stage = list(rulebook.stages.values())[-1].title
    kind = "团体" if team else "个人"
    name = "某某" + rulebook.delegations.title if team else "某某某"
    return Words(
        name=name,
        award=title,
        season=rulebook.title,
        year=str(rulebook.year),
        stage=stage,
        place=f"{kind}名次列第1名",
        rank="1",
        delegation="某某",
        team=team,
    )


def inward(text: str) -> str:
    """A text as it is kept, from one in the office's words."""
    for name, said in NAMES.items():
        text = text.replace(f"{{{said}}}", f"{{{name}}}")
    return text


def outward(text: str) -> str:
    """A kept text in the office's words."""
    for name, said in NAMES.items():
        text = text.replace(f"{{{name}}}", f"{{{said}}}")
    return text


def demand_fields(text: str) -> None:
    """Raises DomainError("certificate_field_unknown") and ("certificate_braces")."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        raise DomainError("certificate_braces", text=text[:40]) from None
    for _text, name, shape, how in parts:
        if name is not None and (name not in FIELDS or shape or how):
            raise DomainError("certificate_field_unknown", field=name[:20])


def day_of(at: datetime, shape: str = DayWords.ARABIC) -> str:
    """2022年8月20日 or 二〇二二年八月二十日, in the committee's time zone."""
    local = at.astimezone(_ZONE)
    if shape == DayWords.ARABIC:
        return f"{local.year}年{local.month}月{local.day}日"
    year = "".join(_DIGITS[int(digit)] for digit in str(local.year))
    month = f"{year}年{_number(local.month)}月"
    return month if shape == DayWords.MONTH else f"{month}{_number(local.day)}日"


def lines_of(text: str) -> list[str]:
    """The paragraphs of a text field, without empty ones."""
    return [line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()]


def _number(value: int) -> str:
    """1 to 31 as a date writes them: 十, 十一, 二十, 三十一."""
    tens, ones = divmod(value, _TEN)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")
