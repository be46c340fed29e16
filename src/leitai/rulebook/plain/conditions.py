"""Conditions over facts in plain words, and what bodies, kinds and groups are called."""

from collections.abc import Iterable
from typing import Final

from leitai.rulebook.model import AmountTest, Condition, FactTest, ValueTest
from leitai.rulebook.plain.words import Words

_KINDS: Final = {
    "title": ("称号", "title"),
    "points": ("积分", "points"),
    "contest": ("参赛经历", "contest"),
    "award": ("奖项", "award"),
    "group": ("组别", "group"),
    "unit": ("单位", "unit"),
    "slot": ("席位", "seat"),
    "delegation": ("代表队", "delegation"),
    "track": ("赛项", "track"),
}
_BODIES: Final = {
    "committee": ("组委会", "the committee"),
    "jury": ("评委组", "the jury"),
    "office": ("组委会办公室", "the office"),
    "supervisor": ("监督仲裁组", "the supervisors"),
}
_HELD: Final = ("title", "award")
_YES_NO: Final = frozenset({"是", "否"})
_OPPOSITE: Final = {
    "least": ("低于", "below"),
    "most": ("高于", "above"),
    "above": ("不超过", "at most"),
    "under": ("不低于", "at least"),
}
_PLAIN: Final = {
    "least": ("不低于", "at least"),
    "most": ("不超过", "at most"),
    "above": ("高于", "above"),
    "under": ("低于", "below"),
}


def kind_title(words: Words, kind: str) -> str:
    """Name a kind of fact: as the rulebook does, or as it is commonly called."""
    if kind in words.rules.facts:
        return words.rules.facts[kind].title
    pair = _KINDS.get(kind)
    return words.t(*pair) if pair else kind


def body_title(words: Words, name: str) -> str:
    """Name a body: as the rulebook does, or as it is commonly called; other words as they are."""
    if name in words.rules.bodies:
        return words.rules.bodies[name].title
    pair = _BODIES.get(name)
    return words.t(*pair) if pair else name


def per_title(words: Words, per: str) -> str:
    """Name what is counted apart: 每个代表队、每个单位."""
    if per == "delegation":
        return words.rules.delegations.title
    if per in ("stage", "all"):
        return words.t("全部", "all")
    return kind_title(words, per)


def track_titles(words: Words, names: Iterable[str]) -> str:
    """Name tracks."""
    tracks = words.rules.tracks
    return words.listed(tracks[name].title if name in tracks else name for name in names)


def only_tracks(words: Words, names: Iterable[str]) -> str:
    """Begin a sentence that holds for some tracks only; empty for all of them."""
    found = track_titles(words, names)
    return words.t(f"{found}：", f"{found}: ") if found else ""


def condition(words: Words, found: Condition, *, true: bool = True) -> str:
    """Write a condition as the end of «who …»; what must not be true as its opposite."""
    if found.not_ is not None:
        return condition(words, found.not_, true=not true)
    for parts, joins in ((found.any, not true), (found.all, true)):
        if parts is not None:
            mark = words.t("，且", ", and ") if joins else words.t("，或", ", or ")
            return _joined(words, parts, mark, true=true)
    if found.has is not None:
        return _fact(words, found.has, has=true)
    if found.lacks is not None:
        return _fact(words, found.lacks, has=not true)
    if found.below is not None:
        return _amount(words, found.below, below=true)
    return _value(words, found.is_, true=true) if found.is_ is not None else ""


def _joined(words: Words, parts: Iterable[Condition], mark: str, *, true: bool) -> str:
    written = []
    for part in parts:
        text = condition(words, part, true=true)
        while part.not_ is not None:
            part = part.not_  # noqa: PLW2901  (what it denies may be a combination)
        nested = len(part.any or part.all or ()) > 1
        written.append(words.t(f"（{text}）", f"({text})") if nested else text)
    return mark.join(written)


def _when(words: Words, test: FactTest | AmountTest | ValueTest) -> str:
    if test.year is not None:
        year = words.t(f"{test.year}年度", f"in {test.year} ")
        if test.since is not None:
            year = words.t(f"{test.since}年以来、{test.year}年度",
                           f"since {test.since} and in {test.year} ")  # fmt: skip
        return year
    return words.t(f"{test.since}年以来", f"since {test.since} ") if test.since is not None else ""


def _fact(words: Words, test: FactTest, *, has: bool) -> str:
    when, key = _when(words, test), test.key
    if test.kind == "contest":
        zh = f"{when}{'' if has else '未'}参加过{key}"
        return words.t(zh, f"{when}{'has' if has else 'has not'} taken part in {key}")
    if test.kind in _HELD:
        zh = f"{when}{'已' if has else '未'}获得{words.quoted(key)}"
        return words.t(zh, f"{when}{'holds' if has else 'does not hold'} {key}")
    kind = kind_title(words, test.kind)
    zh = f"{when}{kind}{'为' if has else '不是'}{words.quoted(key)}"
    return words.t(zh, f"{when}{kind} {'is' if has else 'is not'} {key}")


def _amount(words: Words, test: AmountTest, *, below: bool) -> str:
    when, value, unit = _when(words, test), words.amount(test.value), _unit(words, test.kind)
    kind = "" if test.kind == "points" else kind_title(words, test.kind)
    key = words.quoted(test.key) if words.lang == "zh" else test.key
    zh, en = ("低于", "below") if below else ("不低于", "at least")
    named = words.t(f"{kind}{key}", f"{kind} {key}".strip())
    return words.t(f"{when}{named}{zh}{value}{unit}", f"{when}{named} {en} {value}{unit}")


def _unit(words: Words, kind: str) -> str:
    if kind in words.rules.facts:
        unit = words.rules.facts[kind].unit
        return words.t(unit, f" {unit}" if unit else "")
    return words.t("分", " points") if kind == "points" else ""


def _value(words: Words, test: ValueTest, *, true: bool) -> str:
    kind = kind_title(words, test.kind)
    key = words.quoted(test.key) if test.key and words.lang == "zh" else test.key or ""
    if test.kind == "points" and key:
        kind = ""
    begin = _when(words, test) + words.t(f"{kind}{key}", f"{kind} {key}".strip())
    unit = _unit(words, test.kind)
    if test.in_ is not None:
        return _among(words, begin, test.in_, true=true)
    for name, pair in (_PLAIN if true else _OPPOSITE).items():
        value = getattr(test, name)
        if value is not None:
            shown = words.amount(value) + unit
            return words.t(f"{begin}{pair[0]}{shown}", f"{begin} {pair[1]} {shown}")
    if test.from_ is not None:
        shown = words.day(test.from_)
        if not true:
            return words.t(f"{begin}早于{shown}", f"{begin} before {shown}")
        return words.t(f"{begin}在{shown}及以后", f"{begin} on or after {shown}")
    shown = words.day(test.to) if test.to is not None else ""
    if not true:
        return words.t(f"{begin}晚于{shown}", f"{begin} after {shown}")
    return words.t(f"{begin}在{shown}及以前", f"{begin} on or before {shown}")


def _among(words: Words, begin: str, values: tuple[str, ...], *, true: bool) -> str:
    """Write that something is one of some words; 是 and 否 stand in quotation marks."""
    no = "" if true else "不"
    if words.lang == "en":
        some = "one of " if len(values) > 1 else ""
        return f"{begin} is {'' if true else 'not '}{some}{words.listed(values)}"
    if set(values) <= _YES_NO:
        return f"{words.quoted(begin)}{no}为{'或'.join(map(words.quoted, values))}"
    *most, last = values
    return f"{begin}{no}为{'、'.join(most)}{'或' if most else ''}{last}"
