"""Practice in plain words."""

from collections.abc import Iterable, Iterator

from leitai.rulebook.model.practice import Act, Ledger, Lottery, Practice, Streak
from leitai.rulebook.plain import practice_titles
from leitai.rulebook.plain.practice_acts import act_said, caps_said, moment_said, span_said
from leitai.rulebook.plain.words import Clause, Section, Words, clause
from leitai.rulebook.practice.rules import ledger_of


def sections(words: Words) -> Iterator[Section]:
    """Write this part of the rulebook; nothing where it has none."""
    practice = words.rules.practice
    if practice is None:
        return
    clauses = [*_frame(words, practice)]
    for name, act in practice.acts.items():
        text = act_said(words, practice, act)
        clauses.append(_clause(words, f"acts.{name}", text, *_parts([act])))
    for name, streak in practice.streaks.items():
        text = _streak(words, practice, streak)
        clauses.append(_clause(words, f"streaks.{name}", text, streak))
    clauses += _changes(words, practice)
    yield Section(practice.title, tuple(clauses))
    titles = tuple(practice_titles.clauses(words, practice))
    if titles:
        yield Section(words.t("练兵称号", "Titles of practice"), titles)
    lists = tuple(_lists(words, practice))
    if lists:
        yield Section(words.t("练兵榜单和抽奖", "Boards and lotteries of practice"), lists)


def _clause(words: Words, path: str, text: str, *rules: object) -> Clause:
    return clause(words.sentence(text), f"practice.{path}", *rules)


def _frame(words: Words, practice: Practice) -> Iterator[Clause]:
    t, when = words.t, span_said(words, practice)
    zone = ""
    if words.says("practice.offset"):
        china = practice.offset == "+08:00"
        zone = t("练兵时间按北京时间计算" if china else f"练兵时间按UTC{practice.offset}计算",
                 f"times are those of UTC{practice.offset}")  # fmt: skip
    week = ""
    if words.says("practice.week") or practice.week == "sunday":
        monday = practice.week == "monday"
        week = t("一周自星期一起" if monday else "一周自星期日起",
                 "weeks begin on Monday" if monday else "weeks begin on Sunday")  # fmt: skip
    text = words.clauses((when and t(f"练兵时间：{when}", f"Practice runs {when}"), zone, week))
    rules: tuple[object, ...] = (practice,)
    if text:
        yield clause(words.sentence(text), "practice.from", practice)
        rules = ()
    for name, ledger in practice.ledgers.items():
        text = _ledger(words, f"practice.ledgers.{name}", ledger)
        yield _clause(words, f"ledgers.{name}", text, ledger, *rules)
        rules = ()
    for name, hours in practice.hours.items():
        spans = words.listed(
            t(f"{span.from_}至{span.to}", f"{span.from_} to {span.to}") for span in hours.spans
        )
        text = t(f"{hours.title}为{spans}", f"{hours.title}: {spans}")
        yield _clause(words, f"hours.{name}", text, hours)


def _ledger(words: Words, at: str, ledger: Ledger) -> str:
    t = words.t
    per = {
        "day": ("按日", "by day"),
        "week": ("按周", "by week"),
        "month": ("按月", "by month"),
        "year": ("按年度", "by year"),
        "all": ("全程", "over the whole of practice"),
    }[ledger.period]
    least = words.amount(ledger.least) if ledger.least is not None else ""
    unit = t(f"（单位：{ledger.unit}）", f" (in {ledger.unit})") if words.says(f"{at}.unit") else ""
    said = ledger.caps.day if ledger.caps is not None else None
    most = words.amount(ledger.stated) if ledger.stated not in (None, said) else ""
    return words.clauses(
        (
            t(f"“{ledger.title}”{per[0]}累计{unit}", f"{ledger.title} adds up {per[1]}{unit}"),
            caps_said(words, ledger.caps, ledger.unit),
            most and t(f"各项每日上限合计{most}{ledger.unit}",
                       f"the daily limits add up to {most}"),
            least and t(f"余额不低于{least}{ledger.unit}", f"never below {least}"),
        )
    )  # fmt: skip


def _streak(words: Words, practice: Practice, streak: Streak) -> str:
    t, ledger = words.t, practice.ledgers[ledger_of(practice, streak.ledger)]
    acts = words.listed(
        practice.acts[name].title if name in practice.acts else name for name in streak.acts
    )
    points = words.amount(streak.points)
    if streak.days is not None:
        run = t(f"连续{streak.days}天", f"{streak.days} days in a row")
    else:
        within = {
            "act": ("一次之内", " within one act"),
            "day": ("一日之内", " within a day"),
            "all": ("", ""),
        }[streak.within]
        run = t(f"{within[0]}连续答对{streak.right}题", f"{streak.right} right in a row{within[1]}")
    again = t("每", "every ") if streak.again else t("", "once ")
    after = "" if streak.again else t("中断前只计一次", "no more until the run breaks")
    return words.clauses(
        (
            t(f"{streak.title}：{acts}{again}{run}，计“{ledger.title}”{points}{ledger.unit}",
              f"{streak.title}: {acts}, {again}{run}: {points} in {ledger.title}"),
            after,
            caps_said(words, streak.caps, ledger.unit),
        )
    )  # fmt: skip


def _changes(words: Words, practice: Practice) -> Iterator[Clause]:
    for index, change in enumerate(practice.changes):
        t, at = words.t, moment_said(words, change.from_)
        parts = [act_said(words, practice, act) for act in change.acts.values()]
        parts += [
            _ledger(words, f"practice.changes[{index}].ledgers.{name}", ledger)
            for name, ledger in change.ledgers.items()
        ]
        ended = [
            practice.acts[name].title if name in practice.acts else name for name in change.ends
        ]
        if ended:
            names = words.listed(ended)
            parts.append(t(f"{names}不再计分", f"no more {names}"))
        title = t(f"（{change.title}）", f" ({change.title})") if change.title else ""
        rest = words.groups(parts)
        text = t(f"自{at}起{title}：{rest}", f"From {at} on{title}: {rest}")
        rules = (change, *change.ledgers.values(), *_parts(change.acts.values()))
        yield _clause(words, f"changes[{index}]", text, *rules)


def _parts(acts: Iterable[Act]) -> Iterator[object]:
    """Give acts and their parts that may quote the notice."""
    for act in acts:
        yield from (act, *act.credits, act.attempts, act.pace)


def _lists(words: Words, practice: Practice) -> Iterator[Clause]:
    t = words.t
    for name, board in practice.boards.items():
        of = practice_titles.board_figure(words, practice, board)
        parts = (
            t(f"{words.quoted(board.title)}{of}", f"{board.title}: {of}"),
            span_said(words, board),
            t(f"公布前{board.top}名", f"the first {board.top} are listed") if board.top else "",
            t("名次并列的，后续名次不空", "ranks after a tie are not left out")
            if board.style == "dense"
            else "",
        )
        yield _clause(words, f"boards.{name}", words.clauses(parts), board)
    for name, lottery in practice.lotteries.items():
        yield _clause(words, f"lotteries.{name}", _lottery(words, practice, lottery), lottery)


def _lottery(words: Words, practice: Practice, lottery: Lottery) -> str:
    t = words.t
    held = practice.titles.get(lottery.award or "")
    act = practice.acts.get(lottery.act or "")
    window = words.rules.calendar.get(lottery.window or "")
    prizes = words.listed(
        t(f"{prize.title}{prize.count}名", f"{prize.title} ({prize.count})")
        for prize in lottery.prizes
    )
    parts = (
        t(f"抽奖{words.quoted(lottery.title)}", f"Lottery {lottery.title}"),
        held and t(f"由获得{words.quoted(held.title)}的人员参加", f"for holders of {held.title}"),
        act and t(f"通过{words.quoted(act.title)}参加", f"one takes part by {act.title}"),
        lottery.words,
        window and t(f"时间：{window.title}（{window.words}）",
                     f"when: {window.title} ({window.words})"),
        prizes and t(f"设{prizes}", f"prizes: {prizes}"),
    )  # fmt: skip
    return words.clauses(part for part in parts if part)
