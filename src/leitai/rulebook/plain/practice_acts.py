"""The acts of practice in plain words: what is credited for each, and when it runs."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from leitai.rulebook.model.practice import (
    Act,
    ActFigure,
    Attempts,
    Caps,
    Credit,
    Limit,
    Pace,
    Practice,
    PracticeBoard,
    Step,
    TakesBack,
)
from leitai.rulebook.plain.words import Words
from leitai.rulebook.practice.accounts import each_cap
from leitai.rulebook.practice.earning import figure_of
from leitai.rulebook.practice.gate import each_limit
from leitai.rulebook.practice.rules import ledger_of

SCOPES: Final[Mapping[str, tuple[str, str]]] = {
    "act": ("每次", "for one act"),
    "day": ("每日", "a day"),
    "week": ("每周", "a week"),
    "month": ("每月", "a month"),
    "year": ("每年", "a year"),
    "all": ("全程", "in all"),
}
DERIVED: Final[Mapping[str, tuple[str, str]]] = {
    "right": ("答对题数", "right answers"),
    "wrong": ("答错题数", "wrong answers"),
    "asked": ("答题数", "answers"),
    "row": ("连续答对题数", "right answers in a row"),
}


def caps_said(words: Words, caps: Caps | None, unit: str) -> str:
    """Write the most that may come in each day, week, month …"""
    return words.clauses(
        words.t(
            f"{SCOPES[scope][0]}最多{words.amount(most)}{unit}",
            f"at most {words.amount(most)} {SCOPES[scope][1]}",
        )
        for scope, most in each_cap(caps or Caps())
    )


def act_said(words: Words, practice: Practice, act: Act) -> str:
    """Write what people do in practice and what is credited for it."""
    if not act.counts:
        about = words.groups((*_exercise(words, act), span_said(words, act)))
        text = words.t("仅供练习，不计分", "for exercise, not credited")
        return words.headed(act.title, words.groups((text, about)))
    parts = [_credit(words, practice, act, credit) for credit in act.credits]
    if act.spends is not None:
        ledger = practice.ledgers[ledger_of(practice, act.spends.ledger)]
        cost = words.amount(act.spends.points)
        parts.append(
            words.t(f"每次用去{ledger.title}{cost}{ledger.unit}", f"costs {cost} of {ledger.title}")
        )
    if act.takes_back is not None:
        parts.append(_undone(words, practice, act.takes_back))
    if act.attempts is not None:
        parts.append(_attempts(words, practice, act.attempts))
    if act.once is not None:
        per = SCOPES[act.once.per]
        parts.append(words.t(f"同一内容{per[0]}只计一次", f"the same one counts once {per[1]}"))
    if act.pace is not None:
        parts.append(_pace(words, act.pace))
    kept = [part for part in parts if part] or [words.t("不计分", "not credited")]
    figures = (_known(words, figure) for figure in act.figures.values())
    return words.headed(
        act.title, words.groups((*kept, *figures, *_exercise(words, act), span_said(words, act)))
    )


def _undone(words: Words, practice: Practice, rule: TakesBack) -> str:
    other = practice.acts.get(rule.act)
    named = words.quoted(other.title if other else rule.act)
    freed_zh = "，已占用的上限额度退回" if rule.frees else ""
    freed_en = ", and what it used of the caps is free again" if rule.frees else ""
    return words.t(
        f"撤销最近一次{named}，收回所计分数{freed_zh}",
        f"takes back the points of the last {named}{freed_en}",
    )


def _known(words: Words, figure: ActFigure) -> str:
    """Write what a figure of an act may be; nothing where it may be anything."""
    t, unit = words.t, figure.unit
    least, most = words.amount(figure.least), words.amount(figure.most or 0)
    if figure.most is not None and figure.least:
        told = t(f"在{least}至{most}{unit}之间", f"from {least} to {most} {unit}".rstrip())
    elif figure.most is not None:
        told = t(f"最多{most}{unit}", f"at most {most} {unit}".rstrip())
    elif figure.least:
        told = t(f"不少于{least}{unit}", f"at least {least} {unit}".rstrip())
    else:
        told = ""
    must = t("必须记录", "must be on record") if figure.required else ""
    noted = words.clauses((told, must))
    return t(f"“{figure.title}”{noted}", f"{figure.title}: {noted}") if noted else ""


_TYPES: Final = {
    "single": ("单项选择题", "single-choice"),
    "multiple": ("多项选择题", "multiple-choice"),
    "truefalse": ("判断题", "true or false"),
    "blank": ("填空题", "blanks"),
}


def _told(said: str, name: str, count: int) -> bool:
    return f"{_TYPES[name][0]}{count}题" in said


def _exercise(words: Words, act: Act) -> Iterator[str]:
    """Write how a round is given; what the rulebook's own words say already is left to them."""
    rule, t = act.exercise, words.t
    if rule is None:
        return
    if rule.words:
        yield rule.words
    if rule.questions is not None and f"{rule.questions}题" not in rule.words:
        yield t(f"每组{rule.questions}题", f"{rule.questions} questions a round")
    if rule.types and not all(_told(rule.words, *one) for one in rule.types.items()):
        zh = "、".join(f"{_TYPES[name][0]}{count}题" for name, count in rule.types.items())
        yield t(zh, ", ".join(f"{count} {_TYPES[name][1]}" for name, count in rule.types.items()))
    if rule.full is not None:
        full, least = words.amount(rule.full), words.amount(rule.pass_ or 0)
        passed = t(f"，{least}分及格", f", {least} to pass") if rule.pass_ is not None else ""
        yield t(f"满分{full}分{passed}", f"out of {full}{passed}")
    if rule.minutes is not None and f"{rule.minutes}分钟" not in rule.words:
        yield t(f"限时{rule.minutes}分钟", words.many(rule.minutes, "minute"))
    if rule.seconds_per_item is not None and f"{rule.seconds_per_item}秒" not in rule.words:
        yield t(f"每题限时{rule.seconds_per_item}秒", f"{rule.seconds_per_item} s a question")
    shown = {
        "at-once": ("答完一题即公布答案", "answers are shown at once"),
        "never": ("不公布答案", "answers are not shown"),
    }
    if rule.answers in shown:
        yield t(*shown[rule.answers])
    rivals = {
        "person": ("与人对战", "against a person"),
        "machine": ("与机器对战", "against a machine"),
        "either": ("与人或机器对战", "against a person or a machine"),
    }
    if rule.against in rivals and "对战" not in rule.words:
        yield t(*rivals[rule.against])


def _pace(words: Words, rule: Pace) -> str:
    least, allowed = words.amount(rule.least), rule.allowed
    more = (
        words.t(f"超过{allowed}题", f"more than {words.many(allowed, 'answer')}") if allowed else ""
    )
    zh, en = {
        "counts": ("没有用时记录的照常计分", "it counts where times are not known"),
        "void": ("没有用时记录的不计", "nor where times are not known"),
    }[rule.missing]
    return words.clauses(
        (
            words.t(
                f"{more or '任一题'}用时少于{least}秒的，该次不计",
                f"it does not count if {more or 'any answer'} took less than {least} s",
            ),
            words.t(zh, en),
        )
    )


def _attempts(words: Words, practice: Practice, attempts: Attempts) -> str:
    limit = words.clauses(
        words.t(
            f"{SCOPES[scope][0]}最多计{most}次",
            f"counts at most {words.often(most)} {SCOPES[scope][1]}",
        )
        for scope, most in each_limit(attempts.limit or Limit())
    )
    per = SCOPES[attempts.per]
    which = {
        "all": "",
        "best": words.t(f"{per[0]}取最好一次", f"the best one {per[1]} counts"),
        "last": words.t(f"{per[0]}取最近一次", f"the last one {per[1]} counts"),
    }[attempts.counts]
    beyond = ""
    if attempts.beyond is not None:
        ledger = practice.ledgers[ledger_of(practice, attempts.beyond.ledger)]
        cost = words.amount(attempts.beyond.points)
        beyond = words.t(
            f"超出后每次用{ledger.title}{cost}{ledger.unit}",
            f"each further one costs {cost} of {ledger.title}",
        )
    return words.clauses((limit, which, beyond))


def _credit(words: Words, practice: Practice, act: Act, credit: Credit) -> str:
    ledger = practice.ledgers[ledger_of(practice, credit.ledger)]
    account = (
        words.t(f"记入“{ledger.title}”", f" in {ledger.title}") if len(practice.ledgers) > 1 else ""
    )
    rate = _rate(words, act, credit, ledger.unit)
    needs = words.clauses(
        words.t(
            f"{_figure(words, act, name)}不少于{words.amount(least)}{_unit(act, name)}",
            f"{_figure(words, act, name)} of at least {words.amount(least)}",
        )
        for name, least in credit.needs.items()
    )
    hours = words.clauses(
        words.t(
            f"{practice.hours[name].title}按{words.amount(times)}倍计",
            f"times {words.amount(times)} in {practice.hours[name].title}",
        )
        for name, times in credit.hours.items()
    )
    begin = words.t(rate, f"{rate}{account}")
    caps = caps_said(words, credit.caps, ledger.unit)
    return words.clauses((begin, needs, hours, caps, words.t(account, "")))


def _rate(words: Words, act: Act, credit: Credit, unit: str) -> str:
    t = words.t
    if credit.points is not None:
        amount = words.amount(credit.points)
        return t(f"每次计{amount}{unit}", f"{amount} each time")
    name = figure_of(act, credit) or ""
    title = _figure(words, act, name)
    figure = act.figures.get(name)
    of = figure.unit if figure else ""
    if credit.words is not None:
        shown = figure.words if figure else {}
        each = words.listed(
            t(f"{shown.get(word, word)}计{words.amount(points)}{unit}",
              f"{shown.get(word, word)} {words.amount(points)}")
            for word, points in credit.words.items()
        )  # fmt: skip
        return t(f"按{title}，{each}", f"by {title}: {each}")
    if credit.steps is not None:
        return words.listed(
            _step(words, step, title, of, unit)
            for step in sorted(credit.steps, key=lambda step: -step.least)
        )
    if credit.factor is not None:
        times = words.amount(credit.factor)
        if credit.factor == 1:
            return t(f"按{title}计分", f"as many as {title}")
        return t(f"按{title}的{times}倍计分", f"{title} times {times}")
    each = words.amount(credit.each or Fraction(0))
    per = words.amount(credit.per)
    whole = "每" if credit.per == 1 else "每满"
    kept = t("，当日余数累计", ", what is left over is kept for the day")
    rest = kept if credit.rest == "day" else ""
    some = f"every {per} {of}".rstrip() if credit.per != 1 else f"each {of}".rstrip()
    measure = f"{per}{of}" if of or credit.per != 1 else "1个单位"
    return t(f"{title}{whole}{measure}计{each}{unit}{rest}",
             f"{each} for {some} of {title}{rest}")  # fmt: skip


def _step(words: Words, step: Step, title: str, of: str, unit: str) -> str:
    points = words.amount(step.points)
    if not step.least:
        return words.t(f"其余计{points}{unit}", f"otherwise {points}")
    least = words.amount(step.least)
    return words.t(f"{title}满{least}{of}计{points}{unit}", f"{points} from {least} of {title}")


def _unit(act: Act, name: str) -> str:
    return act.figures[name].unit if name in act.figures else ""


def _figure(words: Words, act: Act, name: str) -> str:
    if name in act.figures:
        return act.figures[name].title
    return words.t(*DERIVED[name]) if name in DERIVED else name


def span_said(words: Words, rule: Practice | Act | PracticeBoard) -> str:
    """Write from when to when something runs; nothing where it always does."""
    start = "" if rule.from_ is None else moment_said(words, rule.from_)
    end = "" if rule.to is None else moment_said(words, rule.to, end=True)
    return words.clauses(
        (
            start and words.t(f"自{start}起", f"from {start}"),
            end and words.t(f"至{end}止", f"until {end}"),
        )
    )


def moment_said(words: Words, text: str, *, end: bool = False) -> str:
    """Write a moment: a window of the calendar, or «2019年1月29日24:00»."""
    window = words.rules.calendar.get(text)
    if window is None:
        day, _, time = text.partition(" ")
        try:
            shown = words.day(date.fromisoformat(day))
        except ValueError:
            return text
        return shown + (words.t("", ", ") + time if time else "")
    if end:
        return words.t(f"“{window.title}”结束时", f"the end of {window.title}")
    return words.t(f"“{window.title}”开始时", f"the beginning of {window.title}")
