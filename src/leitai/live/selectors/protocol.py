"""The protocol of a match: every line of its log in words, every press with its instants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from leitai.design.moments import SHANGHAI
from leitai.lane.live.facts import CLOCK
from leitai.lane.live.texts import sentences
from leitai.live.enums import Mode
from leitai.live.models import Line, Match, Refusal
from leitai.live.selectors.frozen import event_of, law_of, lines_of, state_of
from leitai.live.selectors.matches import SeatRow, seats_of, slot_title
from leitai.people.models import Account
from leitai.rulebook.live import corrections
from leitai.rulebook.model.live import Live

SECOND: Final = 1_000_000
KINDS: Final[Mapping[str, str]] = {
    "seat": "排定席位", "member": "登记队员", "present": "登记到场", "substitute": "替换队员",
    "open": "进入环节", "question": "出题", "read": "读题完毕", "go": "宣布开始", "press": "按键",
    "first": "裁定先后", "begin": "开始作答", "done": "作答完毕", "verdict": "判定",
    "timeout": "超时", "choose": "选择", "give": "转交", "pass": "跳过", "lifeline": "使用机会",
    "foul": "犯规", "replace": "换题", "drop": "题目作废", "audience": "交观众回答",
    "penalty": "处罚", "bonus": "奖励", "adjust": "调整得分", "out": "离场", "pause": "暂停",
    "resume": "继续", "end": "结束环节", "close": "收场", "note": "附记", "void": "撤销记录",
    "correct": "更正记录",
}  # fmt: skip
VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "verdict": {
        "right": "正确",
        "wrong": "错误",
        "partly": "基本正确",
        "timeout": "超时",
        "none": "不计",
    },
    "choose": {"decline": "放弃选题"},
    "out": {"absent": "未到场", "left": "中途退赛", "void": "取消资格"},
    "end": {"early": "提前结束"},
    "close": {"early": "提前收场"},
}
STATES: Final = {"logged": "最先", "behind": "在后", "early": "抢跑"}
FLAGS: Final = {
    "unmeasured": "时钟未测定，按到达计",
    "ahead": "自报晚于到达，按到达计",
    "too-soon": "快于常人反应，按到达计",
    "unlike": "与该席网络不符，按到达计",
    "capped": "补偿已达上限",
    "early": "早于开始口令",
}
_DECLARED: Final = re.compile(r"mode=(?P<mode>[a-z]+) cap=(?P<cap>\d+) band=(?P<band>\d+)")
CORRECTING: Final = corrections.KINDS | {"adjust", "drop", "replace", "first"}


@dataclass(frozen=True, slots=True)
class Told:
    """One line in words; `void` where a later one took it back."""

    seq: int
    at: str
    what: str
    seat: str
    value: str
    by: str
    kind: str
    void: bool = False


@dataclass(frozen=True, slots=True)
class PressRow:
    """A press: when its frame came, what the seat claimed, what counts, how far behind the first.

    Instants are clock times, differences are milliseconds with three places.
    """

    seq: int
    question: str
    seat: str
    arrival: str
    claimed: str
    counted: str
    margin: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Refused:
    at: str
    what: str
    seat: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Protocol:
    match: Match
    contest: str
    slot: str
    verdict_by: str
    seats: tuple[SeatRow, ...]
    lines: tuple[Told, ...]
    presses: tuple[PressRow, ...]
    refused: tuple[Refused, ...]
    corrections: tuple[Told, ...] = field(default=())


def protocol_of(match: Match) -> Protocol:
    lines = lines_of(match)
    law, live = law_of(match), event_of(match).live
    names = _names(line.by for line in lines)
    void = _voided(match, lines)
    titles = _titles(live) if live else {}
    told = tuple(_told(line, names, void, titles) for line in lines)
    return Protocol(
        match,
        law.title,
        slot_title(match),
        live.verdict_by if live else "",
        tuple(seats_of(match)),
        told,
        tuple(presses_of(lines)),
        tuple(_refused(one, names) for one in _refusals(match)),
        tuple(one for one in told if one.kind in CORRECTING or one.void),
    )


def presses_of(lines: Sequence[Line]) -> Iterator[PressRow]:
    """Every press, those of one question against the first of them."""
    question, first = "", 0
    for line in lines:
        if line.kind == "question":
            question, first = line.value or "", 0
        elif line.kind in ("verdict", "replace"):
            first = 0  # what is pressed now is for another answer
        elif line.kind == "press":
            first = first or _first_of(lines, line)
            yield _press(line, question, first)


def _first_of(lines: Sequence[Line], press: Line) -> int:
    """The best instant among the presses from this one on until somebody has answered."""
    best = 0
    for line in lines:
        if line.seq < press.seq:
            continue
        if line.kind in ("verdict", "question", "replace", "timeout"):
            break
        if line.kind == "press" and line.evidence.get("state") != "early":
            instant = counted_at(line)
            best = min(best, instant) if best else instant
    return best


def counted_at(line: Line) -> int:
    """The instant that counts of a press: the corrected one, or that of its arrival."""
    return int(line.value) if line.value.isdecimal() else line.at


def _press(line: Line, question: str, first: int) -> PressRow:
    said: Mapping[str, Any] = line.evidence
    arrival = int(said.get("arrival") or line.at)
    claimed, counted = int(said.get("claimed") or 0), counted_at(line)
    state = str(said.get("state", ""))
    margin = _milliseconds(counted - first) if counted and first and state != "early" else "—"
    notes = [FLAGS.get(str(said.get("flag", "")), "")]
    if said.get("rtt"):
        notes.append(f"往返{_milliseconds(int(said['rtt']))}毫秒")
    if said.get("mode") == "manual":
        notes.append("举牌，两人记录")
    return PressRow(
        line.seq,
        question,
        line.seat,
        clock(arrival),
        clock(claimed),
        clock(counted),
        margin,
        STATES.get(state, "—"),
        "，".join(one for one in notes if one) or "—",
    )


def clock(at: int) -> str:
    """The match's clock in µs since 1970 as time of day in China, with six places."""
    if at <= 1:
        return "—"
    moment = datetime.fromtimestamp(at // SECOND, tz=UTC).astimezone(SHANGHAI)
    return f"{moment:%H:%M:%S}.{at % SECOND:06d}"


def _milliseconds(gap: int) -> str:
    sign = "-" if gap < 0 else ""
    whole, rest = divmod(abs(gap), 1000)
    return f"{sign}{whole}.{rest:03d}"


def _titles(live: Live) -> dict[str, Mapping[str, str]]:
    """By kind what the rules call a segment, and a rule of conduct."""
    conduct = {name: rule.title for name, rule in live.conduct.items()}
    segments = {one.id: one.title for one in live.segments}
    return {"open": segments, "penalty": conduct, "bonus": conduct}


def _told(
    line: Line,
    names: Mapping[str, str],
    void: frozenset[int],
    titles: Mapping[str, Mapping[str, str]],
) -> Told:
    value = VALUES.get(line.kind, {}).get(line.value, line.value)
    if line.kind in titles:
        name, _, order = line.value.partition("=")
        value = titles[line.kind].get(name, name)
        value += f"，次序{order.replace('>', '、')}" if order else ""
    if line.kind == "note" and line.by == CLOCK:
        value = _declared(line.value)
    if line.kind == "press":
        value = STATES.get(str(line.evidence.get("state", "")), "")
    if line.kind in ("replace", "first") and "close" in line.evidence:
        value = _close(line.evidence)
    return Told(
        line.seq,
        clock(line.at),
        KINDS.get(line.kind, line.kind),
        line.seat,
        value,
        _by(line.by, names),
        line.kind,
        line.seq in void,
    )


def _close(evidence: Mapping[str, Any]) -> str:
    """Why the stage itself has replaced a question, or said who was first."""
    seats = "、".join(str(seat) for seat in evidence["close"])
    return f"{seats}号难分先后，相差不足{_milliseconds(int(evidence['band']))}毫秒"


def _declared(said: str) -> str:
    """What the stage notes of how presses count, `mode=… cap=… band=…` in µs, in words."""
    found = _DECLARED.fullmatch(said)
    if found is None or found["mode"] not in Mode.values:
        return said
    cap, band = int(found["cap"]), int(found["band"])
    words = [f"抢答方式：{Mode(found['mode']).label}"]
    words += [f"补偿上限{_milliseconds(cap)}毫秒"] if cap else []
    words += [f"相差不足{_milliseconds(band)}毫秒为难分先后"] if band else []
    return "，".join(words)


def _by(said: str, names: Mapping[str, str]) -> str:
    kind, _, account = said.partition(":")
    if kind == "clock":
        return "计时"
    if kind == "seat":
        return "席位设备"
    name = "、".join(names.get(one, one) for one in account.split("+"))
    return f"{'主持台' if kind == 'host' else '办公室'} {name}".strip()


def _voided(match: Match, lines: list[Line]) -> frozenset[int]:
    state = state_of(match, lines) if match.rules else None
    if state is None:
        return frozenset()
    force: tuple[Any, ...] = corrections.in_force(state.log)
    return frozenset(
        seq for entry in force if entry.kind == "void" for seq in corrections.targets(entry)
    )


def _refusals(match: Match) -> Iterable[Refusal]:
    return Refusal.objects.filter(match_id=match.pk).order_by("at", "pk")


def _refused(one: Refusal, names: Mapping[str, str]) -> Refused:
    return Refused(
        clock(one.at), KINDS.get(one.kind, one.kind), one.seat, _by(one.by, names), _why(one)
    )


def _why(one: Refusal) -> str:
    """The refusal in the words that were said to whoever made the move."""
    told = one.evidence.get("data")
    return sentences(one.code, told if isinstance(told, dict) else {})[0]


def _names(said: Iterable[str]) -> dict[str, str]:
    """By account the name of whoever wrote a line; devices and the clock have none."""
    accounts = {
        account
        for one in said
        if not one.startswith("seat:")
        for account in one.partition(":")[2].split("+")
        if account.isdecimal()
    }
    found = Account.objects.filter(pk__in=accounts)
    return {str(one.pk): one.display_name for one in found}
