"""The moments from which a term may run: a word of the language, or the end of something named."""

from collections.abc import Mapping
from typing import Final

from leitai.rulebook.model import Rulebook

# Word → how a sentence says it, in Chinese and in English.
MOMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "notice": ("通知印发", "the notice was issued"),
    "registration": ("提交报名", "the registration was handed in"),
    "draw": ("抽签结束", "the draw ended"),
    "start": ("比赛开始", "the event began"),
    "event-end": ("该项比赛结束", "the event ended"),
    "stage-end": ("本阶段比赛结束", "the stage ended"),
    "result": ("成绩公布", "the result was announced"),
    "publication": ("公示发布", "the list was made public"),
    "publicity-end": ("公示期满", "the publicity ended"),
    "filing": ("收到申请", "the application was received"),
    "decision": ("收到处理决定", "the decision was received"),
}
# What a term may run from the end of: the part of the rulebook, and how the end is said.
PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "calendar": ("截止", "ended"),
    "events": ("结束", "ended"),
    "stages": ("结束", "ended"),
    "publicity": ("期满", "ended"),
    "forms": ("提交", "was handed in"),
    "draws": ("结束", "ended"),
}
# An instant of 00:00 that ends one of these is the 24:00 of the day before.
_ENDS: Final = frozenset({"event-end", "stage-end", "publicity-end"})
_END_PARTS: Final = frozenset({"calendar", "events", "stages", "publicity"})


def exists(rules: Rulebook, name: str) -> bool:
    """Say whether a term may run from ``name`` in these rules."""
    part, _, rest = name.partition(".")
    return name in MOMENTS or (part in PARTS and rest in getattr(rules, part))


def is_end(name: str) -> bool:
    """Say whether the moment ends something that itself may end at 24:00 of a day."""
    return name in _ENDS or name.partition(".")[0] in _END_PARTS


def say(rules: Rulebook, name: str, lang: str = "zh") -> str:
    """Write a moment: «公示发布», «“市（州）选拔赛”截止»."""
    at = 1 if lang == "en" else 0
    if name in MOMENTS:
        return MOMENTS[name][at]
    part, _, rest = name.partition(".")
    named = getattr(rules, part, {}).get(rest) if part in PARTS else None
    if named is None:
        return name
    gap = " " if lang == "en" else ""
    return f"“{named.title}”{gap}{PARTS[part][at]}"


def known(rules: Rulebook) -> tuple[str, ...]:
    """Name every moment that these rules have."""
    parts = (f"{part}.{name}" for part in PARTS for name in getattr(rules, part))
    return (*MOMENTS, *parts)
