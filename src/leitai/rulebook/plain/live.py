"""Live quizzes in plain words: a section for each, a clause for each segment."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from leitai.rulebook.live.segments import kind_of
from leitai.rulebook.model.live import Individual, Live, Order, Points, Segment
from leitai.rulebook.plain import live_segments
from leitai.rulebook.plain.conditions import body_title
from leitai.rulebook.plain.words import Clause, Section, Words, clause

CLOSE: Final = {
    "replaced": (
        "按键先后难以分辨的，本题作废并换题",
        "a question is replaced when two presses are too close to tell apart",
    ),
    "chief": (
        "按键先后难以分辨的，由裁判长裁定",
        "the chief judge decides between presses that are too close to tell apart",
    ),
    "equal": (
        "按键先后难以分辨的，视为同时按下",
        "presses that are too close to tell apart count as at the same instant",
    ),
}


def sections(words: Words) -> Iterator[Section]:
    """Write this part of the rulebook; nothing where it has none."""
    for name, event in words.rules.events.items():
        if event.live is not None:
            path = f"events.{name}.live"
            title = event.title + words.t("：现场竞答规则", ": rules of the live quiz")
            yield Section(title, tuple(_clauses(words, event.live, path)))


def _clauses(words: Words, live: Live, path: str) -> Iterator[Clause]:
    text = words.sentence(words.groups(_general(words, path, live)))
    yield clause(text, path, live)
    for index, segment in enumerate(live.segments):
        where = f"{path}.segments[{index}]"
        text = words.sentence(_headed(words, where, segment))
        yield clause(text, where, segment)
        fouls = segment.buzzer.fouls if segment.buzzer is not None else None
        if fouls is None and segment.playoff is not None:
            fouls = segment.playoff.fouls
        if fouls is not None:
            yield clause(live_segments.ladder(words, fouls), where, fouls)
    for key, rule in live.conduct.items():
        text = words.sentence(words.clauses(_conduct(words, live, key)))
        yield clause(text, f"{path}.conduct.{key}", rule)
    if live.individual is not None:
        text = _individual(words, live, live.individual)
        yield clause(text, f"{path}.individual", live.individual)


def _individual(words: Words, live: Live, rule: Individual) -> str:
    """Write to which score of their own members' answers add up."""
    rules, t = words.rules, words.t
    named = {segment.id: segment.title for segment in live.segments}
    only = words.listed(named.get(name, name) for name in rule.segments)
    stage, track = rules.stages.get(rule.stage or ""), rules.tracks.get(rule.track or "")
    places = [one.title for one in (stage, track) if one is not None]
    title = words.quoted(rules.events[rule.event].title)
    return t(
        f"队员个人在{only or '各环节'}作答的得分另行累计，记入{''.join(places)}{title}。",
        f"What each member's own answers{f' in {only}' if only else ''} bring is also added up for "
        f"{title}{f' ({words.listed(places)})' if places else ''}.",
    )


def _general(words: Words, path: str, live: Live) -> Iterator[str]:
    t = words.t
    if live.seats is not None:
        least, most = live.seats
        zh = f"每场{least}台" if least == most else f"每场{least}至{most}台"
        en = f"{most} seats a match" if least == most else f"{least} to {most} seats a match"
        yield t(zh, en)
    if live.members > 1:
        yield t(f"每台{live.members}名队员", f"{live.members} members a seat")
    if live.base or words.says(f"{path}.base"):
        base = words.points(live.base)
        yield t(f"基础分{base}", f"everybody begins with {base}")
    if live.carried:
        yield t(
            "带入的初始成绩计入现场显示和选题顺序",
            "the score that is brought along is shown and decides orders",
        )
    titles = words.listed(segment.title for segment in live.segments)
    if len(live.segments) > 1:
        yield t(f"依次进行{titles}", f"the segments are {titles}, in this order")
    if live.substitutions:
        count = live.substitutions
        yield t(f"每台可换人{count}次", f"{words.many(count, 'substitution')} a seat")
    if words.says(f"{path}.correction"):
        shown = words.amount(Fraction(live.correction, 1000))
        zh = f"抢答器按键时间最多修正{shown}秒" if live.correction else "抢答器按键时间不作修正"
        yield t(zh, f"the time of a press may be corrected by {shown} s at most")
    if words.says(f"{path}.close"):
        yield t(*CLOSE[live.close])
    if live.verdict_by:
        by = body_title(words, live.verdict_by)
        yield t(f"由{by}判定", f"{by} decide answers")
    if live.arbitration:
        by = body_title(words, live.arbitration)
        yield t(f"争议由{by}裁定", f"disputes go to {by}")


def _conduct(words: Words, live: Live, key: str) -> Iterator[str]:
    rule = live.conduct[key]
    yield rule.title
    if rule.points:
        yield live_segments.change(words, rule.points)
    if rule.most is not None:
        yield words.t(f"每台最多计{rule.most}次", f"at most {words.often(rule.most)} a seat")
    if rule.out_after is not None:
        yield words.t(
            f"第{rule.out_after}次取消比赛资格",
            f"time number {rule.out_after} disqualifies",
        )


def _headed(words: Words, path: str, segment: Segment) -> str:
    kind = kind_of(segment)
    title, (zh, en) = segment.title, KINDS[kind]
    named = zh.rstrip("题赛") in title
    head = words.t(title if named else f"{title}（{zh}）", f"{title} ({en})")
    return words.headed(head, words.clauses(_segment(words, path, segment, kind)))


def _segment(words: Words, path: str, segment: Segment, kind: str) -> Iterator[str]:
    yield from WRITERS[kind](words, path, segment)
    if segment.points is not None:
        yield _points(words, segment.points)
    yield from _who(words, segment)
    if kind in ORDERED:
        yield _order(words, segment.order)
    yield from _clocks(words, segment)
    if segment.stop is not None:
        yield live_segments.stop(words, segment.stop)
    yield from segment.manner
    if segment.optional:
        yield words.t("视情况进行", "held if need be")


def _points(words: Words, points: Points) -> str:
    parts = [
        words.t("答对", "right: ") + live_segments.change(words, points.right),
        words.t("答错", "wrong: ") + live_segments.change(words, points.wrong),
    ]
    if points.partly is not None:
        parts.insert(
            1, words.t("基本正确", "partly right: ") + live_segments.change(words, points.partly)
        )
    if points.timeout is None:
        parts.append(words.t("超时按答错处理", "out of time counts as wrong"))
    else:
        parts.append(words.t("超时", "out of time: ") + live_segments.change(words, points.timeout))
    return words.clauses(parts)


def _who(words: Words, segment: Segment) -> Iterator[str]:
    if segment.present is not None:
        yield words.t(
            f"仅限有{segment.present}到场的台参加",
            f"only for seats with their {segment.present} present",
        )
    if segment.members:
        numbers = words.listed(str(number) for number in segment.members)
        yield words.t(f"仅限{numbers}号队员作答", f"only members {numbers} may answer")


def _order(words: Words, order: Order) -> str:
    if order.by == "given":
        return words.t("顺序由抽签或现场确定", "in an order that is drawn or decided on site")
    up = order.direction == "ascending"
    if order.by == "seat":
        zh, en = ("从小到大", "ascending") if up else ("从大到小", "descending")
        return words.t(f"按台号{zh}的顺序", f"by seat number, {en}")
    zh, en = ("从低到高", "ascending") if up else ("从高到低", "descending")
    level = words.t(
        "同分的抽签" if order.level == "draw" else "同分的台号在前者优先",
        "level seats draw" if order.level == "draw" else "level seats by their number",
    )
    return words.t(
        f"按当时得分{zh}的顺序（{level}）", f"by the score at that moment, {en} ({level})"
    )


def _clocks(words: Words, segment: Segment) -> Iterator[str]:
    clock = segment.clock
    if clock.press is not None:
        yield words.t(f"{clock.press}秒内抢答", f"press within {clock.press} s")
    if clock.begin is not None:
        yield words.t(f"{clock.begin}秒内开始作答", f"begin within {clock.begin} s")
    if clock.finish is not None:
        after = clock.finish_from == "begin"
        yield words.t(
            f"{'开始作答后' if after else ''}{clock.finish}秒内答完",
            f"finish within {clock.finish} s{' of beginning' if after else ''}",
        )


Writer = Callable[[Words, str, Segment], Iterator[str]]
ORDERED: Final = frozenset({"must", "risk", "designation", "timed"})
KINDS: Final[dict[str, tuple[str, str]]] = {
    "must": ("必答题", "must questions"),
    "joint": ("共答题", "joint questions"),
    "buzzer": ("抢答题", "buzzer questions"),
    "risk": ("风险题", "risk questions"),
    "designation": ("指定题", "designated questions"),
    "duel": ("两两对决", "duels"),
    "arena": ("擂台赛", "arena"),
    "timed": ("限时连答", "timed runs"),
    "playoff": ("加赛", "playoff"),
}
WRITERS: Final[dict[str, Writer]] = {
    "must": live_segments.must,
    "joint": live_segments.joint,
    "buzzer": live_segments.buzzer,
    "risk": live_segments.risk,
    "designation": live_segments.designation,
    "duel": live_segments.duel,
    "arena": live_segments.arena,
    "timed": live_segments.timed,
    "playoff": live_segments.playoff,
}
