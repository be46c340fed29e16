"""Judged events and ballots in plain words."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from leitai.rulebook.model import Event
from leitai.rulebook.model.judging import (
    Combine,
    Grade,
    JudgeKind,
    Judging,
    Late,
    Line,
    MarkLevel,
    TimeRule,
    TimeStep,
)
from leitai.rulebook.plain import ballots, panels
from leitai.rulebook.plain.ballots import rounding
from leitai.rulebook.plain.conditions import body_title
from leitai.rulebook.plain.words import Clause, Section, Words, clause

# Places that a judge's mark may have where a rulebook says nothing.
_USUAL: Final = 2


def sections(words: Words) -> Iterator[Section]:
    """Write this part of the rulebook; nothing where it has none."""
    for name, event in words.rules.events.items():
        if event.kind == "judged" and event.judging is not None:
            title = words.t(f"评分办法：{event.title}", f"How it is marked: {event.title}")
            yield Section(title, tuple(_judged(words, name, event, event.judging)))
        if event.kind == "ballot" and event.ballot is not None:
            title = words.t(f"表决办法：{event.title}", f"How it is voted: {event.title}")
            yield Section(title, tuple(ballots.clauses(words, name, event.ballot)))


def _judged(words: Words, name: str, event: Event, judging: Judging) -> Iterator[Clause]:
    at = f"events.{name}.judging"
    first = [_whole(words, event, judging), _panel_size(words, judging.judges, judging.least)]
    yield clause(words.sentence(words.clauses(first)), at, judging)
    same = _common(judging) is not None
    for key, line in judging.lines.items():
        yield clause(_line(words, line, same=same), f"{at}.lines.{key}", line, *line.steps.values())
    for key, kind in judging.kinds.items():
        yield clause(_kind(words, judging, kind), f"{at}.kinds.{key}", kind, kind.combine)
    yield clause(_combine(words, judging), f"{at}.combine", judging.combine)
    if judging.time is not None:
        yield clause(_time(words, judging.time), f"{at}.time", judging.time)
    if judging.late is not None:
        yield clause(_late(words, judging.late), f"{at}.late", judging.late)
    yield from _extras(words, at, judging)
    if judging.gap is not None:
        yield clause(panels.gap(words, judging, judging.gap), f"{at}.gap", judging.gap)
    if judging.veto is not None:
        yield clause(panels.veto(words, judging, judging.veto), f"{at}.veto", judging.veto)
    if judging.recuse is not None:
        yield clause(panels.recuse(words, judging.recuse), f"{at}.recuse", judging.recuse)
    yield from _procedure(words, at, judging)


def _whole(words: Words, event: Event, judging: Judging) -> str:
    if judging.band is not None:
        low, high = words.amount(judging.band.min), words.amount(judging.band.max)
        grain = _places(words, judging.band.decimals) + _grain(words, judging.band.grain)
        grain += _levels(words, judging.band.levels)
        how = words.t(f"评委整体打分，{low}分至{high}分", f"one mark from {low} to {high}") + grain
    elif judging.grades:
        grades = _grades(words, judging.grades)
        how = words.t(f"评委评定等次，{grades}", f"one grade: {grades}")
    else:
        count = len(judging.lines)
        how = words.t(f"分{count}项评分", f"marked in {count} lines")
        common = _common(judging)
        how += "" if common is None else _places(words, common)
    if event.max is None:
        return how
    most = words.amount(event.max)
    return words.clauses([words.t(f"满分{most}分", f"{most} points at most"), how])


def _common(judging: Judging) -> int | None:
    """Give the decimals of all lines that are marked in points, where they have the same."""
    found = {line.decimals for line in judging.lines.values() if line.max is not None}
    return found.pop() if len(found) == 1 else None


def _panel_size(words: Words, judges: int | None, least: int | None) -> str:
    parts = []
    if judges is not None:
        parts.append(words.t(f"评委{judges}名", f"{judges} judges"))
    if least is not None:
        parts.append(words.t(f"至少{least}名评分有效", f"at least {least} must mark"))
    return words.clauses(parts)


def _grades(words: Words, grades: Iterable[Grade]) -> str:
    return words.listed(
        words.t(
            f"{grade.grade}计{words.amount(grade.points)}分",
            f"{grade.grade} = {words.amount(grade.points)}",
        )
        for grade in grades
    )


def _places(words: Words, decimals: int) -> str:
    """Write how finely a judge may mark; nothing for the usual two decimals."""
    if decimals == _USUAL:
        return ""
    if not decimals:
        return words.t("，打整数分", ", whole points")
    return words.t(f"，打分最多{decimals}位小数", f", up to {words.many(decimals, 'decimal')}")


def _grain(words: Words, grain: Fraction | None) -> str:
    if grain is None:
        return ""
    shown = words.amount(grain)
    return words.t(f"，以{shown}分为一档", f", in steps of {shown}")


def _levels(words: Words, levels: Iterable[MarkLevel]) -> str:
    """Name the levels with their bounds and what they stand for; nothing where there are none."""
    told = []
    for level in levels:
        low, high = words.amount(level.from_), words.amount(level.to)
        bounds_zh = f"{low}分" if low == high else f"{low}分至{high}分"
        bounds_en = low if low == high else f"{low} to {high}"
        name = words.t(f"{level.title}{bounds_zh}", f"{level.title} {bounds_en}")
        told.append(
            words.t(f"{name}（{level.text}）", f"{name} ({level.text})") if level.text else name
        )
    if not told:
        return ""
    return words.t(f"，分档为{words.listed(told)}", f"; the levels are {words.listed(told)}")


def _line(words: Words, line: Line, *, same: bool) -> str:
    if line.steps:
        steps = words.listed(
            words.t(
                f"{step.title}{words.amount(step.points)}分",
                f"{step.title} {words.amount(step.points)}",
            )
            for step in line.steps.values()
        )
        text = words.t(f"{line.title}：按步骤计分，{steps}", f"{line.title}: by steps: {steps}")
    elif line.grades:
        text = words.t(f"{line.title}：", f"{line.title}: ") + _grades(words, line.grades)
    else:
        low, high = words.amount(line.min), words.amount(line.max or Fraction(0))
        band_zh = f"{low}分至{high}分" if line.min else f"{high}分"
        band_en = f"{low} to {high}" if line.min else f"up to {high}"
        text = words.t(f"{line.title}：{band_zh}", f"{line.title}: {band_en}")
        text += "" if same else _places(words, line.decimals)
        text += _grain(words, line.grain) + _levels(words, line.levels)
    if line.weight != 1:
        share = words.percent(line.weight)
        text += words.t(f"，按{share}计入", f", counted at {share}")
    return words.sentence(text)


def _kind(words: Words, judging: Judging, kind: JudgeKind) -> str:
    share = words.percent(kind.weight)
    parts = [
        words.t(f"{kind.title}占{share}", f"{kind.title}: {share}"),
        _panel_size(words, kind.judges, kind.least),
    ]
    if kind.lines:
        titles = words.listed(
            judging.lines[name].title for name in kind.lines if name in judging.lines
        )
        parts.append(words.t(f"只评{titles}", f"marking {titles} only"))
    if kind.combine is not None:
        parts.append(_how(words, kind.combine))
    if kind.normalise == "full":
        parts.append(words.t("按得分占满分的比例折算", "as a share of what they could give"))
    elif kind.normalise == "best":
        parts.append(
            words.t("以得分最高者为满分折算", "as a share of what they gave the best entry")
        )
    return words.sentence(words.clauses(parts))


def _how(words: Words, rule: Combine) -> str:
    if rule.by == "trimmed":
        high = words.t(f"{rule.high}个最高分", f"{rule.high} highest") if rule.high else ""
        low = words.t(f"{rule.low}个最低分", f"{rule.low} lowest") if rule.low else ""
        dropped = words.t("和", " and the ").join(part for part in (high, low) if part)
        text = words.t(f"去掉{dropped}，取其余评委的平均分", f"the mean without the {dropped}")
        begins = rule.from_ or rule.high + rule.low + 1
        if rule.fewer == "mean":
            text += words.t(
                f"（评委不足{begins}名时取全部的平均分）",
                f" (of all with fewer than {begins} judges)",
            )
        elif rule.fewer == "refuse" or rule.from_ is not None:
            text += words.t(
                f"（评委不足{begins}名时不予计分）", f" (no score with fewer than {begins} judges)"
            )
        return text
    return {
        "mean": words.t("取各评委的平均分", "the mean of the judges"),
        "median": words.t("取各评委分数的中位数", "the median of the judges"),
        "sum": words.t("各评委分数相加", "the sum of the judges"),
    }[rule.by]


def _combine(words: Words, judging: Judging) -> str:
    one = judging.per == "line" and len(judging.lines) > 1
    per = words.t("各项分别合计后相加", "line by line, then added up") if one else ""
    own = bool(judging.kinds) and all(kind.combine for kind in judging.kinds.values())
    kinds = words.t("各类评委的得分按比例相加", "the kinds of judges are added up by weight")
    parts = ["" if own else _how(words, judging.combine), kinds if judging.kinds else "", per]
    rules = judging.round
    for rule, zh, en in (
        (rules.sheet, "每名评委的总分", "each judge's sheet"),
        (rules.line, "单项得分", "each line"),
        (rules.kind, "每类评委的得分", "each kind of judges"),
        (rules.result, "最后得分", "the result"),
    ):
        if rule is not None:
            parts.append(words.t(zh, en + " ") + rounding(words, rule))
    if rules == type(rules)():
        parts.append(words.t("各步计算均不取舍", "nothing is rounded"))
    return words.sentence(words.clauses(parts))


def _time(words: Words, rule: TimeRule) -> str:
    parts = []
    if rule.parts:
        gap = words.t("", " ")
        parts.append(
            words.listed(f"{part.title}{gap}{clock(words, part.seconds)}" for part in rule.parts)
        )
    if rule.decimals:
        unit = words.amount(Fraction(1, 10**rule.decimals))
        parts.append(words.t(f"计时精确到{unit}秒", f"taken to {unit} s"))
    if rule.min is not None and rule.max is not None:
        low, high = clock(words, rule.min), clock(words, rule.max)
        parts.append(words.t(f"时长{low}至{high}", f"from {low} to {high}"))
    elif rule.max is not None:
        parts.append(words.t(f"限时{clock(words, rule.max)}", f"{clock(words, rule.max)} at most"))
    elif rule.min is not None:
        parts.append(
            words.t(f"不少于{clock(words, rule.min)}", f"{clock(words, rule.min)} at least")
        )
    if rule.signals:
        when = words.listed(clock(words, at) for at in rule.signals)
        parts.append(words.t(f"{when}时提示", f"signals at {when}"))
    parts += [_step(words, step, words.t("超时", "over")) for step in rule.over]
    if rule.stop is not None:
        parts.append(
            words.t(f"到{clock(words, rule.stop)}终止", f"stopped at {clock(words, rule.stop)}")
        )
    parts += [_step(words, step, words.t("时长不足", "too short")) for step in rule.under]
    if rule.early is not None:
        early, add = clock(words, rule.early.every), words.amount(rule.early.add)
        most = words.amount(rule.early.most)
        parts.append(
            words.t(
                f"每提前{early}加{add}分，最多加{most}分",
                f"{add} more for every {early} left, {most} at most",
            )
        )
    return words.sentence(words.clauses(parts))


def clock(words: Words, seconds: int) -> str:
    """Write a length of time: 5分30秒."""
    minutes, rest = divmod(seconds, 60)
    zh = (f"{minutes}分{'' if rest else '钟'}" if minutes else "") + (f"{rest}秒" if rest else "")
    en = " ".join(
        part for part in (f"{minutes} min" if minutes else "", f"{rest} s" if rest else "") if part
    )
    return words.t(zh or "0秒", en or "0 s")


def _step(words: Words, step: TimeStep, what: str) -> str:
    until = ""
    if step.within is not None:
        length = clock(words, step.within)
        until = words.t(f"{length}以内", f" by up to {length}")
    if step.then is not None:
        return f"{what}{until}{status(words, step.then)}"
    points = words.amount(step.deduct or Fraction(0))
    if step.every is None:
        cost = words.t(f"扣{points}分", f": {points} off")
    else:
        each = clock(words, step.every)
        cost = (
            words.t(f"每满{each}扣{points}分", f": {points} off for every full {each}")
            if step.count == "full"
            else words.t(
                f"每{each}扣{points}分（不足{each}按{each}计）",
                f": {points} off for every {each} begun",
            )
        )
    if step.most is not None:
        most = words.amount(step.most)
        cost += words.t(f"，最多扣{most}分", f", {most} at most")
    return f"{what}{until}{words.t('的', '')}{cost}"


def status(words: Words, then: str) -> str:
    """Write what leaves an entry without a score, as the end of a sentence."""
    return {
        "absent": words.t("的，视为弃权", ": counts as a forfeit"),
        "void": words.t("的，取消成绩", ": no result"),
    }[then]


def _late(words: Words, rule: Late) -> str:
    late = words.t(f"迟到{rule.minutes}分钟及以上", f"{rule.minutes} min late or more")
    if rule.then != "deduct":
        return words.sentence(late + status(words, rule.then))
    points = words.amount(rule.deduct or Fraction(0))
    return words.sentence(late + words.t(f"的，扣{points}分", f": {points} off"))


def _extras(words: Words, at: str, judging: Judging) -> Iterator[Clause]:
    for key, rule in judging.penalties.items():
        parts = [rule.title]
        if rule.each:
            each = words.amount(rule.each)
            parts.append(words.t(f"每次扣{each}分", f"{each} off each time"))
        if rule.most is not None:
            most = words.amount(rule.most)
            parts.append(words.t(f"最多扣{most}分", f"{most} at most"))
        if rule.void_at == 1:
            parts.append(words.t("取消成绩", "no result"))
        elif rule.void_at is not None:
            times = rule.void_at
            parts.append(words.t(f"达到{times}次取消成绩", f"no result after {times} times"))
        text = words.sentence(words.clauses(parts))
        yield clause(text, f"{at}.penalties.{key}", rule)
    for key, bonus in judging.bonuses.items():
        each, most = words.amount(bonus.each), words.amount(bonus.most)
        text = words.t(
            f"{bonus.title}，每次加{each}分，最多加{most}分。",
            f"{bonus.title}: {each} more each time, {most} at most.",
        )
        yield clause(text, f"{at}.bonuses.{key}", bonus)


def _procedure(words: Words, at: str, judging: Judging) -> Iterator[Clause]:
    if judging.anchor is not None:
        text = words.t(
            f"首个出场者的分数，待第{judging.anchor}个出场者结束后一并评定。",
            f"The first entry is marked only after number {judging.anchor} has finished.",
        )
        yield clause(text, f"{at}.anchor")
    if judging.signed_by:
        who = words.listed(body_title(words, name) for name in judging.signed_by)
        text = words.t(f"评分表由{who}签字。", f"The sheets are signed by {who}.")
        yield clause(text, f"{at}.signed_by")
