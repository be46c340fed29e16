"""The season in plain words: what it is, who takes part, events, who sees what, what is open."""

from collections.abc import Iterator
from typing import Final

from leitai.rulebook.live.bounds import bounds
from leitai.rulebook.model import Breach, Delegations, Event, Sitting, TieKey, Tries
from leitai.rulebook.plain.conditions import body_title
from leitai.rulebook.plain.people import sent
from leitai.rulebook.plain.words import Clause, Section, Words, clause

_TYPES: Final = {
    "single": ("单项选择题", "single-choice items"),
    "multiple": ("多项选择题", "multiple-choice items"),
    "truefalse": ("判断题", "true-or-false items"),
    "blank": ("填空题", "blanks"),
    "short": ("简答题", "short answers"),
    "essay": ("论述题", "essays"),
    "case": ("案例分析题", "cases"),
}
_LEVELS: Final = {
    "province": ("省级", "province"),
    "prefecture": ("市（地、州、盟）级", "prefecture"),
    "county": ("县（市、区）级", "county"),
    "township": ("乡镇（街道）级", "township"),
    "village": ("村（社区）级", "village"),
}
_KINDS: Final = {
    "exam": ("考试", "an exam"),
    "judged": ("评委评分", "marked by judges"),
    "live": ("现场答题", "a live quiz"),
    "ballot": ("投票", "a ballot"),
    "reported": ("报送成绩", "a score from outside"),
}
_TRACKS: Final = {
    "person": ("个人参赛", "persons"),
    "team": ("组队参赛", "teams"),
    "work": ("作品参赛", "works"),
}
_BREACHES: Final = {
    "switch": ("切换窗口", "leaving the window"),
    "fullscreen": ("退出全屏", "leaving full screen"),
    "absence": ("离开画面", "leaving the picture"),
    "second-person": ("他人入镜", "a second person in view"),
    "copying": ("抄袭、雷同", "copying"),
    "identity": ("试卷上留有身份标记", "a mark of identity"),
    "device": ("使用其他设备", "another device"),
}
_THEN: Final = {
    "note": ("记录", "it is noted"),
    "warn": ("警告", "a warning"),
    "acknowledge": ("确认警告后方可继续", "a warning that must be acknowledged"),
    "end": ("终止答题", "the end of the exam"),
    "void": ("取消成绩", "the result is void"),
}
_SIGHT: Final = {
    "none": ("不可查看成绩", "nothing"),
    "own": ("只可查看自己的成绩", "their own results"),
    "list": ("可查看公布的名单", "the published list"),
    "all": ("可查看全部成绩", "all results"),
}
_VIEWERS: Final = (
    ("public", "公众", "the public"),
    ("contestant", "选手", "contestants"),
    ("unit", "参赛单位", "units"),
    ("committee", "组委会", "the committee"),
    ("supervisor", "监督人员", "supervisors"),
)


def sections(words: Words) -> Iterator[Section]:
    """Write the parts of the season that stand around its stages."""
    parts = (
        (words.t("竞赛概况", "The contest"), _season(words)),
        (words.t("参赛单位和赛项", "Who takes part"), _places(words)),
        (words.t("比赛科目", "Events"), _events(words)),
        (words.t("成绩公开", "Who sees results"), _sights(words)),
        (words.t("待确认事项", "Open questions"), _open(words)),
    )
    for title, clauses in parts:
        found = tuple(clauses)
        if found:
            yield Section(title, found)


def _season(words: Words) -> Iterator[Clause]:
    rules, t = words.rules, words.t
    year = t(f"（{rules.year}年）", f" ({rules.year})")
    named = rules.year is None or str(rules.year) in rules.title
    short = ""
    if rules.short_title:
        short = t(f"，简称{words.quoted(rules.short_title)}", f", called “{rules.short_title}”")
    yield clause(words.sentence(rules.title + ("" if named else year) + short), "title")
    if rules.host is not None:
        yield clause(t(f"主办单位：{rules.host.name}。", f"Host: {rules.host.name}."), "host")
    if rules.theme:
        yield clause(words.sentence(t("主题：", "Theme: ") + rules.theme), "theme")
    if rules.scope:
        yield clause(words.sentence(t("范围：", "Scope: ") + rules.scope), "scope")
    if rules.effective:
        text = t(f"本规则自{rules.effective}起施行。", f"In force from {rules.effective}.")
        yield clause(text, "effective")
    for name, body in rules.bodies.items():
        said = [part.rstrip("。") for part in (body.members, body.duties) if part]
        text = words.headed(body.title, words.groups(said))
        if not said:
            text = t(f"设{body.title}", body.title)
        yield clause(words.sentence(text), f"bodies.{name}", body)
    if rules.modules:
        listed = words.listed(rules.modules)
        yield clause(t(f"业务模块：{listed}。", f"Modules: {listed}."), "modules")
    for name, beyond in rules.beyond.items():
        text = t(f"推荐去向：{beyond.title}。", f"Where it leads to: {beyond.title}.")
        yield clause(text, f"beyond.{name}", beyond)


def _places(words: Words) -> Iterator[Clause]:
    yield from _delegations(words)
    t = words.t
    for name, track in words.rules.tracks.items():
        kind = t(*_TRACKS[track.kind])
        text = t(f"赛项：{track.title}（{kind}）。", f"Track: {track.title} (of {kind}).")
        if words.lang == "zh" and kind.removesuffix("参赛") in track.title:
            text = f"赛项：{track.title}。"
        yield clause(text, f"tracks.{name}", track)
    for name, fact in words.rules.facts.items():
        unit = t(f"以{fact.unit}计", f"in {fact.unit}") if fact.unit else ""
        values = words.t("分为", "one of: ") + words.listed(fact.values) if fact.values else ""
        if words.lang == "zh" and set(fact.values) == {"是", "否"}:
            values = "填是或否"
        listed = words.clauses((unit, values))
        text = (
            t("登记资料：", "On file: ") + fact.title + (t("，", ", ") + listed if listed else "")
        )
        yield clause(words.sentence(text), f"facts.{name}", fact)


def _delegations(words: Words) -> Iterator[Clause]:
    rule, t = words.rules.delegations, words.t
    if rule.each is not None:
        pair = _LEVELS.get(rule.each.level)
        level = t(*pair) if pair else rule.each.level
        host = words.rules.host
        under = host.name if host is not None and host.unit == rule.each.under else ""
        within = t(f"{under}下属" if under else "", f" under {under}" if under else "")
        zh = f"{within}各{level}单位各设{sent(words, '一')}。"
        yield clause(t(zh, f"One {rule.title} for each {level}{within}."), "delegations", rule)
    elif rule.also:
        text = words.sentence(t("共", "In all ") + sent(words, str(len(rule.also))))
        yield clause(text, "delegations", rule)
    else:
        zh = f"{rule.title}数量不限，以报名为准。"
        if rule.title == Delegations().title:
            zh = "参赛单位不限，以报名为准。"
        en = f"Any {rule.title} may enter; the entries say which do."
        yield clause(t(zh, en), "delegations", rule)
    plain = [also for also in rule.also if not also.guest and not also.source]
    if plain:
        named = words.listed(also.name for also in plain)
        begin = t("包括", "They are ") if rule.each is None else t("另有", "Beside them ")
        yield clause(words.sentence(begin + named), "delegations.also")
    for at, also in enumerate(rule.also):
        if also.guest:
            zh = f"{also.name}参加并计成绩，不占名额；能否晋级、获奖，见各条规定。"
            en = f"{also.name} is a guest: ranked, but takes nobody's place; whether it can go on "
            text = t(zh, f"{en}or win stands at each rule.")
        elif also.source:
            text = t(f"{also.name}组队参加。", f"{also.name} sends one as well.")
        else:
            continue
        yield clause(text, f"delegations.also[{at}]", also)


def _events(words: Words) -> Iterator[Clause]:
    for name, event in words.rules.events.items():
        at = f"events.{name}"
        yield clause(_event(words, at, event), at, event)
        if event.sitting is not None:
            text = _sitting(words, f"{at}.sitting", event.sitting)
            if text:
                yield clause(words.headed(event.title, text), f"{at}.sitting")


def _event(words: Words, at: str, event: Event) -> str:
    t = words.t
    parts = [t(*_KINDS[event.kind])]
    if event.max is not None:
        parts.append(t(f"满分{words.points(event.max)}", f"out of {words.amount(event.max)}"))
    if event.live is not None and bounds(event.live)[1] is None:
        parts.append(t("扣分不设下限，得分可为负分", "may go below 0, without end"))
    elif event.min:
        least = words.points(event.min)
        parts.append(t(f"最低为{least}", f"not below {least}"))
    if words.says(f"{at}.decimals"):
        many = event.decimals
        zh = f"成绩最多{many}位小数" if many else "成绩为整数"
        en = f"scores with up to {words.many(many, 'decimal')}" if many else "whole scores"
        parts.append(t(zh, en))
    if event.minutes is not None:
        parts.append(t(f"限时{event.minutes}分钟", words.many(event.minutes, "minute")))
    for part in event.paper:
        kind = t(*_TYPES[part.type])
        if part.count == 1:
            kind = t(kind, kind.removesuffix("s"))
        module = t(f"（{part.module}）", f" ({part.module})") if part.module else ""
        share = t("，按比例给部分分", " with part marks") if part.partial == "share" else ""
        parts.append(
            t(
                f"{kind}{module}{part.count}题，每题{words.points(part.points)}{share}",
                f"{part.count} {kind}{module} of {words.points(part.points)} each{share}",
            )
        )
    keys = words.listed(_key(words, key) for key in event.keys.values())
    parts.append(t(f"另记{keys}", f"also on record: {keys}") if keys else "")
    return words.sentence(words.headed(event.title, words.groups(parts)))


def _key(words: Words, key: TieKey) -> str:
    """Write a further figure of an event: 答题用时（秒，少者在前）."""
    t = words.t
    parts = [
        key.unit,
        t(f"{key.decimals}位小数", words.many(key.decimals, "decimal")) if key.decimals else "",
        t("少者在前", "lower first") if key.better == "lower" else "",
    ]
    noted = words.clauses(parts)
    return key.title + (t(f"（{noted}）", f" ({noted})") if noted else "")


def _sitting(words: Words, at: str, sitting: Sitting) -> str:
    t = words.t
    modes = {
        "online": ("在线考试", "online"),
        "on-site": ("现场集中进行", "on site"),
        "paper": ("纸笔考试", "on paper"),
    }
    parts = [t(*modes[sitting.mode])]
    if sitting.open_book:
        parts.append(t("开卷", "open book"))
    if sitting.forms > 1:
        parts.append(t(f"{sitting.forms}套试卷", f"{sitting.forms} forms"))
    if sitting.tries is not None:
        parts.append(_tries(words, f"{at}.tries", sitting.tries))
    parts += _late(words, at, sitting)
    if sitting.least_minutes is not None:
        zh = f"至少作答{sitting.least_minutes}分钟方可交卷"
        parts.append(t(zh, f"handed in after {sitting.least_minutes} minutes at the earliest"))
    if sitting.seconds_per_item is not None:
        zh = f"每题限时{sitting.seconds_per_item}秒"
        parts.append(t(zh, f"{sitting.seconds_per_item} s an item"))
    if sitting.mock_required:
        parts.append(t("须先参加模拟测试", "after a mock test"))
    if sitting.devices > 1:
        parts.append(t(f"使用{sitting.devices}台设备", f"with {sitting.devices} devices"))
    parts += [_breach(words, breach) for breach in sitting.breaches]
    return words.sentence(words.groups(parts))


def _late(words: Words, at: str, sitting: Sitting) -> Iterator[str]:
    t, late = words.t, sitting.late_minutes
    if late is not None:
        yield t(f"迟到超过{late}分钟按缺考处理", f"absent when more than {late} minutes late")
    if words.says(f"{at}.late_shortens"):
        lost = sitting.late_shortens
        yield t("迟到不补时" if lost else "迟到补足答题时间",
                f"time lost by being late is {'lost' if lost else 'given back'}")  # fmt: skip


def _breach(words: Words, breach: Breach) -> str:
    t, of, then = words.t, words.t(*_BREACHES[breach.of]), words.t(*_THEN[breach.then])
    ban = ""
    if breach.ban_years:
        zh = f"，{breach.ban_years}年内不得参加"
        ban = t(zh, f", barred for {words.many(breach.ban_years, 'year')}")
    if breach.count == 1:
        return t(f"{of}的，{then}", f"{of}: {then}") + ban
    return t(f"{of}满{breach.count}次的，{then}", f"{of} ({breach.count}): {then}") + ban


def _tries(words: Words, at: str, tries: Tries) -> str:
    t = words.t
    counts = {
        "best": ("取最好一次", "the best counts"),
        "last": ("取最后一次", "the last counts"),
        "sum": ("各次累计", "they are added up"),
        "mean": ("取各次平均", "their mean counts"),
    }
    per = t("每天", " a day") if tries.per == "day" else t("每人", "")
    zh = f"{per}可答{tries.count}次" if tries.per == "day" else f"每人限答{tries.count}次"
    how = ""
    if tries.count > 1 or tries.per == "day" or words.says(f"{at}.counts"):
        how = t(*counts[tries.counts])
    return words.clauses([t(zh, words.many(tries.count, "try", "tries") + per), how])


def _sights(words: Words) -> Iterator[Clause]:
    for name, rule in words.rules.visibility.items():
        seen: dict[str, list[str]] = {}
        for key, zh, en in _VIEWERS:
            seen.setdefault(words.t(*_SIGHT[getattr(rule, key)]), []).append(words.t(zh, en))
        text = words.groups(
            words.t(f"{words.listed(who)}{what}", f"{words.listed(who)}: {what}")
            for what, who in seen.items()
        )
        yield clause(
            words.sentence(words.headed(words.rules.stages[name].title, text)), f"visibility.{name}"
        )


def _open(words: Words) -> Iterator[Clause]:
    for name, rule in words.rules.assumptions.items():
        who = body_title(words, rule.confirm)
        text = words.t(
            f"问题：{rule.question}暂定：{rule.chosen}（须由{who}确认）",
            f"Question: {rule.question} Chosen: {rule.chosen} (to be confirmed by {who})",
        )
        yield Clause(text, rule.source, name, f"assumptions.{name}")
