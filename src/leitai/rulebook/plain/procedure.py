"""The calendar, draws and publicity in plain words; forms and appeals have files of their own.

Each part is a function of its own, so that a page may put it where readers look for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from leitai.rulebook.model import Draw, Holidays, Layer, Publicity, Window
from leitai.rulebook.plain import remedies
from leitai.rulebook.plain.conditions import body_title
from leitai.rulebook.plain.forms import forms, moment, titles
from leitai.rulebook.plain.people import is_many
from leitai.rulebook.plain.words import Clause, Section, Words, clause
from leitai.rulebook.procedure.soft import Span
from leitai.rulebook.procedure.windows import binding_day, soft_span
from leitai.rulebook.procedure.wording import show_span, show_term

Pair = tuple[str, str]
_DRAWN: Final[Mapping[str, Pair]] = {
    "order": ("出场顺序", "the order"),
    "group": ("分组", "the groups"),
    "seat": ("座位（台位）", "the seats"),
    "batch": ("场次", "the batches"),
    "paper": ("试卷（题组）", "the paper"),
    "topic": ("题目", "the topic"),
    "members": ("参赛队员", "the members"),
    "opponent": ("对手", "the opponents"),
    "number": ("参赛编号", "the numbers"),
}
_POOL: Final[Mapping[str, Pair]] = {
    "delegations": ("以代表队为单位抽取", "delegations draw"),
    "members": ("由队员抽取", "members draw"),
    "recommended": ("从推荐人选中抽取", "out of those proposed"),
    "judges": ("在评委中抽取", "out of the judges"),
    "given": ("在给定的选项中抽取", "out of what is given"),
}
_ABSENT: Final[Mapping[str, Pair]] = {
    "organiser": ("未到场抽签的，由主办方代抽", "the organiser draws for whoever is absent"),
    "forfeit": ("未到场抽签的，视为弃权", "whoever is absent is out"),
    "last": ("未到场抽签的，排在最后", "whoever is absent comes last"),
}
_UNLOCKS: Final[Mapping[str, Pair]] = {
    "score-announced": ("各自的得分宣布后", "its score has been announced"),
    "marks-entered": ("评分全部录入后", "all marks have been entered"),
    "marks-checked": ("评分全部复核后", "all marks have been checked"),
    "results-confirmed": ("成绩确认后", "the results have been confirmed"),
    "appeals-over": ("申诉处理完毕后", "all appeals have been settled"),
}


def sections(words: Words) -> Iterator[Section]:
    """Write this part of the rulebook; nothing where it has none."""
    for part in (calendar, forms, draws, publicity, remedies.appeals):
        yield from part(words)


def calendar(words: Words) -> Iterator[Section]:
    """Write the calendar and the holidays."""
    clauses = [
        clause(_window(words, window), f"calendar.{name}", window)
        for name, window in words.rules.calendar.items()
    ]
    if words.rules.holidays:
        clauses.append(_holidays(words, words.rules.holidays))
    if clauses:
        yield Section(words.t("时间安排", "Calendar"), tuple(clauses))


def draws(words: Words) -> Iterator[Section]:
    """Write the draws."""
    clauses = tuple(
        clause(_draw(words, f"draws.{name}", draw), f"draws.{name}", draw, *draw.layers)
        for name, draw in words.rules.draws.items()
    )
    if clauses:
        yield Section(words.t("抽签", "Draws"), clauses)


def publicity(words: Words) -> Iterator[Section]:
    """Write what is made public."""
    clauses: list[Clause] = []
    for name, shown in words.rules.publicity.items():
        at = f"publicity.{name}"
        clauses.append(clause(_publicity(words, shown), at, shown, shown.term))
        if shown.objection:
            text = remedies.objection(words, shown.objection)
            clauses.append(clause(text, f"{at}.objection", shown.objection))
    if clauses:
        yield Section(words.t("公示", "Publicity"), tuple(clauses))


def _window(words: Words, window: Window) -> str:
    parts = [window.words, *_days(words, window)]
    if window.later and not ("另行通知" in window.words and words.lang == "zh"):
        parts.append(words.t("具体时间另行通知", "to be announced"))
    if window.soft and words.lang == "en":
        parts.append("no exact day")
    span = soft_span(window, words.rules.year)
    open_ = binding_day(window) is None
    if span and open_:
        shown = _span(words, span)
        parts.append(words.t(f"按通常理解为{shown}", f"usually read as {shown}"))
    if open_ and (window.earliest is None or window.tentative or window.later):
        parts.append(words.t("确定日期前不作为截止时间", "nothing is due by it yet"))
    if window.place:
        parts.append(words.t(f"地点：{window.place}", f"place: {window.place}"))
    if window.fixed_by:
        parts.append(words.t(f"依据：{window.fixed_by}", f"fixed by {window.fixed_by}"))
    return words.sentence(words.headed(window.title, words.groups(_fresh(parts))))


def _fresh(parts: Iterable[str]) -> Iterator[str]:
    """Leave out what was said before."""
    said = ""
    for part in parts:
        if part not in said:
            said += part
            yield part


def _days(words: Words, window: Window) -> Iterator[str]:
    """Write the days that a window names: those that bind, and those that are not settled."""
    first, last = window.earliest, window.latest
    t, sure = words.t, not (window.tentative or window.later)
    text = ""
    if first and last:
        text = words.span(first, last, window.opens, window.closes or ("24:00" * (first != last)))
        if window.opens and not window.closes:
            text = words.span(first, last, window.opens, "24:00")
    elif last:
        end = moment(words, window, "latest")
        text = t(f"{end}截止", f"it ends on {end}") if sure else t(f"至{end}", f"until {end}")
    elif first:
        begin = moment(words, window, "earliest")
        text = t(f"自{begin}起", f"from {begin} on")
    if window.tentative:
        if text:
            yield t(f"暂定{text}", f"for the time being {text}")
        yield t("以后续通知为准", "a later notice decides")
    elif text:
        yield text


def _span(words: Words, span: Span) -> str:
    """Write the range that soft words may have."""
    if span.first and span.last:
        return words.span(span.first, span.last)
    return show_span(span, words.lang)


def _holidays(words: Words, holidays: Holidays) -> Clause:
    years = words.listed(str(year) for year in holidays.years)
    off = words.listed(
        f"{part.title}{words.t('', ' ')}{words.span(part.from_, part.to or part.from_)}"
        for part in holidays.days_off
    )
    on = words.listed(words.day(day) for day in holidays.days_on)
    text = words.clauses(
        (
            words.t(
                f"{years}年工作日按国家节假日安排计算",
                f"Working days of {years} are reckoned with these holidays",
            ),
            words.t(f"放假：{off}", f"off: {off}") if off else "",
            words.t(f"调休上班：{on}", f"worked: {on}") if on else "",
        )
    )
    return clause(words.sentence(text), "holidays", holidays)


def _draw(words: Words, at: str, draw: Draw) -> str:
    t = words.t
    by = body_title(words, draw.by) if draw.by else ""
    over = body_title(words, draw.overseen_by) if draw.overseen_by else ""
    window = words.rules.calendar.get(draw.window or "")
    parts = (
        _drawn(words, draw),
        *_amounts(words, draw),
        t("重新抽签，此前抽签结果不再使用", "a new draw: earlier ones do not hold any more")
        if draw.again
        else "",
        t(f"时间：{window.words}", f"when: {window.words}") if window else "",
        draw.when,
        t("由计算机按公开的随机种子抽取", "by a computer from a published seed")
        if draw.method == "seed"
        else t("现场人工抽取", "by hand")
        if words.says(f"{at}.method")
        else "",
        t(f"由{by}抽取", f"drawn by {by}") if by else "",
        t(f"{over}监督", f"overseen by {over}") if over else "",
        t(*_ABSENT[draw.absent]) if words.says(f"{at}.absent") else "",
        *(_layer(words, layer) for layer in draw.layers),
    )
    return words.sentence(words.headed(draw.title, words.clauses(parts)))


def _drawn(words: Words, draw: Draw) -> str:
    """Write what is drawn for whom: 各赛项抽签决定决赛出场顺序."""
    t, rules = words.t, words.rules
    stage = titles(words, rules.stages, [draw.stage] if draw.stage else [])
    events = titles(words, rules.events, draw.events)
    tracks = titles(words, rules.tracks, draw.tracks)
    of = t(*_DRAWN[draw.of])
    pool = t(*_POOL[draw.pool]) if draw.pool != "entries" else ""
    held = rules.stages.get(draw.stage or "")
    many = not draw.tracks and is_many(words, held.tracks if held is not None else ())
    per = {
        "stage": ("统一", "all together"),
        "track": ("各赛项分别", "each track apart") if many else ("", ""),
        "delegation": (f"各{rules.delegations.title}分别", f"each {rules.delegations.title} apart"),
        "group": ("各组分别", "each group apart"),
    }[draw.per]
    apart = t(*per)
    zh = f"{apart}抽签决定{tracks}{stage}{events}{of}"
    en = " ".join(f"{stage} {events} {tracks}".split())
    text = t(zh, words.clauses([f"{of} by lot" + (f" for {en}" if en else ""), apart]))
    return text + (t(f"（{pool}）", f" ({pool})") if pool else "")


def _amounts(words: Words, draw: Draw) -> Iterator[str]:
    t, some = words.t, "个"
    if draw.of == "members" or draw.pool in ("members", "recommended", "judges"):
        some = "人"
    if draw.take and draw.pool_size:
        yield t(
            f"从{draw.pool_size}{some}中抽取{draw.take}{some}",
            f"{draw.take} out of {draw.pool_size}",
        )
    elif draw.take:
        yield t(f"抽取{draw.take}{some}", f"{draw.take} are drawn")
    elif draw.pool_size:
        yield t(f"共{draw.pool_size}{some}", f"{draw.pool_size} in all")
    if draw.groups:
        sizes = words.listed(map(str, draw.groups))
        yield t(f"分为{len(draw.groups)}组，各组数量为{sizes}", f"groups of {sizes}")
    if draw.group_count:
        yield t(f"平均分为{draw.group_count}组", f"{draw.group_count} groups of equal size")


def _layer(words: Words, layer: Layer) -> str:
    by = body_title(words, layer.by) if layer.by else ""
    unlock = words.t(*_UNLOCKS[layer.unlock])
    return words.t(
        f"{layer.title}在{unlock}{f'由{by}' if by else ''}解密",
        f"{layer.title} is opened{f' by {by}' if by else ''} when {unlock}",
    )


def _publicity(words: Words, shown: Publicity) -> str:
    t, by = words.t, body_title(words, shown.by) if shown.by else ""
    stage = titles(words, words.rules.stages, [shown.stage] if shown.stage else [])
    named = {award.id: award.title for award in words.rules.awards}
    awards = words.listed(named.get(name, name) for name in shown.awards)
    term = show_term(words.rules, shown.term, words.lang, inside="") if shown.term else ""
    term = term.removeprefix("within ")
    what = shown.subject
    if awards:
        what = t(f"{what}（{awards}）", f"{what} ({awards})") if what else awards
    if stage in what:
        stage = ""
    who = t(f"由{by}", f"by {by}, ") if by else ""
    where = t(f"通过{shown.channel}", f"through {shown.channel}, ") if shown.channel else ""
    parts = (
        f"{who}{where}{t(f'公示{stage}{what}', f'{stage} {what}'.strip())}",
        t(f"公示期{term}", f"open for {term}")
        if term
        else t("公示时间未明确", "the notice does not say how long"),
        t(f"联系方式：{shown.contact}", f"contact: {shown.contact}") if shown.contact else "",
    )
    return words.sentence(words.headed(shown.title, words.clauses(parts)))
