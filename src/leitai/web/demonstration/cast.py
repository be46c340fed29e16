"""The people of the demonstration: invented names, and what is known of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from leitai.rulebook.model import AmountTest, Condition, FactTest, Rulebook
from leitai.web.demonstration.chance import Chance

FAMILY = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛范彭鲁韦"
    "马苗方任袁柳唐罗薛雷贺倪汤殷毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛明戴宋庞熊纪舒屈项祝董梁"
)
GIVEN = (
    "安柏宾博采晨澄楚春聪丹德蝶冬尔帆芳飞枫歌冠光桂海涵翰禾和恒红鸿虹华欢晖卉慧霁佳嘉坚建健江洁今金"
    "锦靖静娟君俊凯康可宽岚乐磊黎力立丽励莲良林琳凌菱龙路露璐伦洛满曼茂梅萌敏名明沐宁诺攀佩朋鹏平启"
)
YEAR = 2022  # of facts, where the rulebook names none
SOURCE = "演示：外部平台导入"
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nominee:
    """`strength` is how many of 1,000 items they would answer rightly."""

    code: str
    name: str
    unit: str
    strength: int
    barred_by: str  # the bar that must refuse them, "" for none


def invent(
    rulebook: Rulebook, stage: str, delegations: list[str], quota: int, chance: Chance
) -> list[Nominee]:
    """For each delegation its quota of eligible people; in the first ones, one more per bar."""
    bars = rulebook.stages[stage].bars
    cast: list[Nominee] = []
    for position, unit in enumerate(delegations):
        local = chance.child("cast", unit)
        base = 700 + local.below(120)
        extra = [bars[position].id] if position < len(bars) else []
        for number, barred_by in enumerate([*[""] * quota, *extra], start=1):
            strength = min(980, max(420, base + local.below(260) - 130))
            code = f"R{position + 1:02d}{number:03d}"
            cast.append(Nominee(code, invent_name(local), unit, strength, barred_by))
    return cast


def facts_csv(rulebook: Rulebook, stage: str, cast: list[Nominee]) -> bytes:
    """What outside platforms would send: what lets each person in, or what bars the barred."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("person", "kind", "key", "value", "from", "to", "source"))
    for nominee in cast:
        for bar in rulebook.stages[stage].bars:
            barred = bar.id == nominee.barred_by
            writer.writerows(_rows(nominee.code, bar.refuse, rulebook.year or YEAR, barred=barred))
    return out.getvalue().encode()


def _rows(person: str, condition: Condition | None, year: int, *, barred: bool) -> Iterator[Row]:
    """Facts that make the condition true (`barred`) or false."""
    if condition is None:
        return
    parts = condition.any or condition.all
    if parts:
        for part in parts[:1] if barred and condition.any and _wants(parts[0]) else parts:
            yield from _rows(person, part, year, barred=barred)
    elif condition.has is not None and barred:
        since = condition.has.since or condition.has.year or year - 1
        yield _row(person, condition.has, "", date(since, 9, 20))
    elif condition.lacks is not None and not barred:
        yield _row(person, condition.lacks, "", date(condition.lacks.year or year, 5, 31))
    elif condition.below is not None:
        value = condition.below.value + (-10 if barred else 250)
        yield _row(person, condition.below, str(value), date(condition.below.year or year, 5, 31))


def _wants(condition: Condition) -> bool:
    """Whether it speaks when a fact is there, so that one of several is enough."""
    return condition.has is not None


def _row(person: str, test: FactTest | AmountTest, value: str, since: date) -> Row:
    return (person, test.kind, test.key, value, since.isoformat(), "", SOURCE)


def invent_name(chance: Chance) -> str:
    given = chance.pick(GIVEN) + (chance.pick(GIVEN) if chance.permille(780) else "")
    return chance.pick(FAMILY) + given
