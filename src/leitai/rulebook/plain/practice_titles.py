"""Titles and boards of practice in plain words."""

from collections.abc import Iterator, Mapping
from typing import Final

from leitai.rulebook.model.practice import Goal, Practice, PracticeBoard, Title
from leitai.rulebook.plain.conditions import kind_title
from leitai.rulebook.plain.words import Clause, Words, clause
from leitai.rulebook.practice.meters import how_counted, leaf_of
from leitai.rulebook.practice.rules import ledger_of

_PER: Final[Mapping[str, tuple[str, str]]] = {
    "day": ("一日内", "within a day"),
    "week": ("一周内", "within a week"),
    "month": ("一个月内", "within a month"),
    "year": ("一年内", "within a year"),
    "all": ("练兵期间", "in the course of practice"),
}
_HOLDS: Final[Mapping[str, tuple[str, str]]] = {
    "period": ("当期有效", "held to the end of that period"),
    "year": ("当年有效", "held to the end of the year"),
    "ever": ("长期有效", "held for good"),
}
_TIES: Final[Mapping[str, tuple[str, str]]] = {
    "share": ("末位同分的一并授予", "everybody level at the last place has it"),
    "earlier": ("末位同分的先达到者优先", "of those level at the last place the earlier one"),
    "out": ("末位同分的均不授予", "nobody of those level across the last place"),
}


def clauses(words: Words, practice: Practice) -> Iterator[Clause]:
    """Write one clause for each title."""
    for name, title in practice.titles.items():
        text = _title(words, practice, title)
        yield clause(words.sentence(text), f"practice.titles.{name}", title)


def _title(words: Words, practice: Practice, title: Title) -> str:
    goal = _goal(words, practice, title.when)
    best = ""
    if title.top is not None:
        by = practice.ledgers[ledger_of(practice, title.by)].title
        each = kind_title(words, title.each) if title.each is not None else ""
        best = words.t(
            f"{f'每个{each}' if each else ''}按“{by}”取前{title.top}名，{_TIES[title.ties][0]}",
            f"of these the best {title.top}{f' of each {each}' if each else ''} by {by}, "
            f"{_TIES[title.ties][1]}",
        )
    lower = words.listed(
        words.quoted(practice.titles[one].title) for one in title.above if one in practice.titles
    )
    parts = (
        words.t(f"{_PER[title.per][0]}{goal}", f"{title.title}: {goal} {_PER[title.per][1]}"),
        best,
        words.t(f"授予“{title.title}”", ""),
        words.t(*_HOLDS[title.holds]),
        "" if title.kept else words.t("条件不再具备的取消", "lost when the goal is no longer met"),
        lower and words.t(f"同期不再保留{lower}", f"in place of {lower}"),
    )
    return words.clauses(parts)


def _goal(words: Words, practice: Practice, goal: Goal, *, inner: bool = False) -> str:
    """Write a goal; a combination inside another one in brackets."""
    for parts, joint in ((goal.all, ("且", " and ")), (goal.any, ("或", " or "))):
        if parts:
            written = [_goal(words, practice, part, inner=True) for part in parts]
            text = words.t(*joint).join(written)
            if inner and len(parts) > 1:
                return words.t(f"（{text}）", f"({text})")
            return text
    return _leaf(words, practice, goal)


def _leaf(words: Words, practice: Practice, goal: Goal) -> str:
    kind, name = leaf_of(goal) or ("", "")
    count, least = how_counted(goal, kind), words.amount(goal.least)
    if kind == "ledger":
        ledger = practice.ledgers[name]
        of = words.t("余额", "a balance of ") if count == "balance" else ""
        return words.t(
            f"“{ledger.title}”{of}满{least}{ledger.unit}", f"{of}{least} in {ledger.title}"
        )
    if kind == "title":
        title = practice.titles[name].title
        return words.t(f"获得“{title}”满{least}次", f"{title} {words.often(goal.least)}")
    act = practice.acts.get(name)
    titled = act.title if act else name
    figures = act.figures if act else {}
    only = words.clauses(
        words.t(
            f"{figures[key].title if key in figures else key}达到{words.amount(value)}"
            f"{figures[key].unit if key in figures else ''}",
            f"{figures[key].title if key in figures else key} of {words.amount(value)} or more",
        )
        for key, value in goal.with_.items()
    )
    if only:
        titled = words.t(f"{titled}（{only}的）", f"{titled} ({only})")
    figure = figures.get(goal.of or "")
    of, unit = (figure.title, figure.unit) if figure else (goal.of or "", "")
    zh, en = {
        "times": (f"{titled}满{least}次", f"{titled}, {words.often(goal.least)}"),
        "days": (f"{titled}满{least}天", f"{titled} on {least} days"),
        "row": (f"{titled}连续{least}天", f"{titled} {least} days in a row"),
        "sum": (f"{titled}{of}合计满{least}{unit}", f"{titled}, {least} of {of} together"),
        "best": (f"{titled}{of}最好达到{least}{unit}", f"{titled}, {least} of {of} at best"),
        "mean": (f"{titled}{of}平均达到{least}{unit}", f"{titled}, {least} of {of} on average"),
    }[count]
    return words.t(zh, en)


def board_figure(words: Words, practice: Practice, board: PracticeBoard) -> str:
    """Say by what a board ranks whom."""
    ledger = practice.ledgers[ledger_of(practice, board.ledger)].title
    done = practice.acts.get(board.act or "")
    act = done.title if done else ""
    held = practice.titles.get(board.award or "")
    award = held.title if held else ""
    zh, en = {
        "points": (f"“{ledger}”积分", f"points in {ledger}"),
        "times": (f"{act or '练兵'}次数", f"times of {act or 'practice'}"),
        "titles": (f"{award or '称号'}获得次数", f"titles of {award or 'any kind'}"),
        "registered": ("登记人数", "persons registered"),
        "active": ("参学人数", "persons taking part"),
        "ratio": ("参学率", "share of persons taking part"),
        "holders": (f"{award or '称号'}获得人数", f"holders of {award or 'a title'}"),
        "mean": (f"“{ledger}”人均积分", f"mean points in {ledger}"),
    }[board.figure]
    if board.over is not None:
        over = kind_title(words, board.over)
        zh, en = f"{zh}（以“{over}”为基数）", f"{en} (of the number {over})"
    if board.of == "person":
        return words.t(f"按{zh}对个人排名", f"persons by {en}")
    of = kind_title(words, board.of)
    return words.t(f"按{zh}对{of}排名", f"by {en}, one line for each {of}")
