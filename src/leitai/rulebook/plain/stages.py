"""Stages in plain words, one by one: who may enter, how it is scored and ranked, who goes on."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from leitai.rulebook.model import Bar, Carry, Figure, Held, Quota, Roster, Stage, Total
from leitai.rulebook.model.places import Cover
from leitai.rulebook.plain.advancing import advances, held, limit, target
from leitai.rulebook.plain.conditions import body_title, condition, only_tracks, track_titles
from leitai.rulebook.plain.forms import moment
from leitai.rulebook.plain.people import apart, who
from leitai.rulebook.plain.ranks import key_title, ranking, rounded, team
from leitai.rulebook.plain.words import Clause, Section, Words, clause
from leitai.rulebook.procedure.windows import binding_day


def sections(words: Words) -> Iterator[Section]:
    """Write a section for each stage, in the order in which they follow one another."""
    for name in words.rules.stage_order:
        yield Section(words.rules.stages[name].title, tuple(_stage(words, name)))


def _stage(words: Words, name: str) -> Iterator[Clause]:
    stage, at = words.rules.stages[name], f"stages.{name}"
    yield clause(_how(words, stage), at, stage)
    if stage.quota is not None:
        yield _quota(words, stage, stage.quota, f"{at}.quota")
    for index, cap in enumerate(stage.caps):
        yield _quota(words, stage, cap, f"{at}.caps[{index}]")
    for index, bar in enumerate(stage.bars):
        yield _bar(words, bar, f"{at}.bars[{index}]")
    if stage.roster is not None:
        yield from _roster(words, stage.roster, f"{at}.roster")
    if stage.method == "contest":
        yield from _scored(words, stage, at)
        yield from ranking(words, stage, at)
    if stage.team is not None:
        yield from team(words, stage, f"{at}.team")
    yield from advances(words, stage, at)


def _how(words: Words, stage: Stage) -> str:
    t, rules = words.t, words.rules
    kinds = {
        "nomination": ("报送名单", "Names are handed in"),
        "contest": ("举行比赛", "A contest is held"),
    }
    parts = [t(*kinds[stage.method])]
    if stage.window is not None and stage.window in rules.calendar:
        parts.append(t("时间：", "when: ") + rules.calendar[stage.window].words)
    if stage.place:
        parts.append(t("地点：", "where: ") + stage.place)
    if stage.hosts is not None:
        title = rules.delegations.title
        parts.append(t(f"由各{title}组织", f"held by each {title}"))
    if stage.rules == "hosts":
        parts.append(t("办法由组织单位自定", "by rules of their own"))
    if stage.tracks:
        found = track_titles(words, stage.tracks)
        parts.append(t(f"赛项：{found}", f"tracks: {found}"))
    if stage.events:
        titles = words.listed(rules.events[event].title for event in stage.events)
        parts.append(t(f"科目：{titles}", f"events: {titles}"))
    if stage.trial:
        parts.append(t("试运行，成绩不作为晋级和评奖依据", "a trial: nothing follows from it"))
    if stage.held is not None:
        parts += _held(words, stage, stage.held)
    return words.sentence(words.groups(parts))


def _held(words: Words, stage: Stage, rule: Held) -> Iterator[str]:
    """Write with how many entrants a stage is held, and what follows otherwise."""
    when, t = held(words, rule, stage.tracks), words.t
    yield t(f"{when}，举行本阶段比赛", f"held {when}")
    to = words.listed(dict.fromkeys(target(words, one.to) for one in stage.advance))
    people = who(words, stage.tracks)
    if to:
        yield t(f"不举行的，全部{people}直接进入{to}", f"otherwise all {people} go on to {to}")


def _quota(words: Words, stage: Stage, rule: Quota, path: str) -> Clause:
    begin = only_tracks(words, rule.tracks)
    if not rule.tracks:
        begin += apart(words, stage)
    return clause(
        words.sentence(begin + limit(words, rule, rule.tracks or stage.tracks)), path, rule
    )


def _bar(words: Words, bar: Bar, path: str) -> Clause:
    begin = only_tracks(words, bar.tracks) + bar.title
    if bar.refuse is not None:
        what = condition(words, bar.refuse)
        text = words.t(f"{begin}：{what}的，不得参加。", f"{begin}: barred if {what}.")
    else:
        what = condition(words, bar.require) if bar.require is not None else ""
        text = words.t(f"{begin}：须{what}，方可参加。", f"{begin}: only if {what}.")
    return clause(text, path, bar)


def _roster(words: Words, rule: Roster, path: str) -> Iterator[Clause]:
    t = words.t
    parts = [t(f"每队上场{rule.players}人", f"{rule.players} play for a team")]
    if rule.least is not None:
        parts.append(t(f"不得少于{rule.least}人", f"at least {rule.least}"))
    if rule.substitutes:
        parts.append(t(f"替补{rule.substitutes}人", words.many(rule.substitutes, "substitute")))
    leaders = {
        "none": ("", ""),
        "extra": ("另设领队1人", "a leader beside them"),
        "player": ("领队由队员担任", "one of them leads"),
    }
    parts.append(t(*leaders[rule.leader]))
    if rule.coaches:
        parts.append(t(f"教练{rule.coaches}人", words.many(rule.coaches, "coach", "coaches")))
    if rule.designated:
        parts.append(t(f"其中指定{rule.designated}人", f"{rule.designated} of them are named"))
    if rule.drawn:
        zh = (
            f"从{rule.pool}人的推荐名单中抽取{rule.drawn}人" if rule.pool else f"抽取{rule.drawn}人"
        )
        some = f" from a list of {rule.pool}" if rule.pool else ""
        parts.append(t(zh, f"{rule.drawn} are drawn{some}"))
    elif rule.pool:
        parts.append(t(f"推荐名单{rule.pool}人", f"{rule.pool} are proposed"))
    parts += _frozen(words, rule)
    yield clause(words.sentence(words.clauses(parts)), path, rule)
    for at, slot in enumerate(rule.slots, start=1):
        need = condition(words, slot.require) if slot.require is not None else ""
        text = t(f"{at}号席位：{slot.title}", f"seat {at}: {slot.title}")
        text += t(f"，须{need}", f", only if {need}") if need else ""
        yield clause(words.sentence(text), f"{path}.slots[{at - 1}]")
    for at, cover in enumerate(rule.cover):
        where = condition(words, cover.where)
        bounds = words.t("、", ", ").join(_bounds(words, cover))
        text = t(
            f"{cover.title}：名单中{where}的{bounds}", f"{cover.title}: {bounds} who meet “{where}”"
        )
        yield clause(words.sentence(text), f"{path}.cover[{at}]")


def _bounds(words: Words, cover: Cover) -> Iterator[str]:
    if cover.fewest or cover.most is None:
        yield words.t(f"至少{cover.fewest}人", f"at least {cover.fewest}")
    if cover.most is not None:
        yield words.t(f"至多{cover.most}人", f"at most {cover.most}")


def _frozen(words: Words, rule: Roster) -> Iterator[str]:
    """Write when a list is closed, and who may still change it."""
    t = words.t
    by = body_title(words, rule.changes_by) if rule.changes_by else ""
    window = words.rules.calendar.get(rule.freeze or "")
    if window is not None:
        end = moment(words, window, "latest") if binding_day(window) is not None else ""
        when = f"{words.quoted(window.title)}截止" + (f"（{end}）" if end else "")
        zh = f"{when}后不得更换" + (f"，确需更换须经{by}同意" if by else "")
        en = f"no change after the end of {words.quoted(window.title)}" + (
            f" ({end})" if end else ""
        )
        yield t(zh, en + (f" but with the consent of {by}" if by else ""))
    elif by:
        yield t(f"更换人员须经{by}同意", f"a change needs the consent of {by}")


def _scored(words: Words, stage: Stage, at: str) -> Iterator[Clause]:
    t = words.t
    absent = {
        "out": ("缺考、缺席任一科目的，不参加排名", "whoever misses an event is not ranked"),
        "zero": ("缺考、缺席的科目按0分计", "a missed event counts 0"),
    }
    for index, rule in enumerate(stage.qualify):
        what, least = key_title(words, stage, rule.of), words.points(rule.least)
        zh = f"{what}不足{least}的，不参加排名。"
        en = f"Not ranked with less than {least} in {what}."
        yield clause(t(zh, en), f"{at}.qualify[{index}]", rule)
    total = stage.total or Total()
    plain = total in (Total(), Total(sum=stage.events))
    if len(stage.events) != 1 or not plain:  # a single score is its own total
        yield clause(_total(words, stage, total), f"{at}.total", total, *total.carry)
    if len(stage.events) > 1 or total.carry or words.says(f"{at}.absent"):
        yield clause(words.sentence(t(*absent[stage.absent])), f"{at}.absent")
    for name, figure in stage.figures.items():
        text = _figure(words, figure)
        yield clause(words.sentence(text), f"{at}.figures.{name}", figure)


def _figure(words: Words, figure: Figure) -> str:
    t = words.t
    text = figure.title + t("＝", " = ") + _summed(words, figure.sum, figure.weights)
    parts = [
        t(f"以{figure.unit}计", f"in {figure.unit}") if figure.unit else "",
        t(f"保留{figure.decimals}位小数", words.many(figure.decimals, "decimal"))
        if figure.decimals
        else "",
        t("少者为优", "less is better") if figure.better == "lower" else "",
    ]
    return words.clauses([text, *parts])


def _summed(words: Words, names: Iterable[str], weights: Mapping[str, Fraction]) -> str:
    events = words.rules.events
    return words.t("＋", " + ").join(
        events[name].title + words.times(weights.get(name, Fraction(1)))
        for name in dict.fromkeys((*names, *weights))
        if name in events
    )


def _total(words: Words, stage: Stage, rule: Total) -> str:
    t = words.t
    base = words.points(rule.base)
    parts = [t(f"基础分{base}", f"{base} to begin with")] if rule.base else []
    summed = _summed(words, rule.sum, rule.weights)
    if not summed and not rule.carry:
        summed = _summed(words, stage.events, {})
    parts += [summed] if summed else []
    parts += [_carry(words, carry) for carry in rule.carry]
    text = t("总分＝", "Total = ") + t("＋", " + ").join(parts)
    most = ""
    if rule.max is not None:
        most = t(f"，满分{words.points(rule.max)}", f", {words.points(rule.max)} at most")
    return words.sentence(text + rounded(words, rule.round) + most)


def _carry(words: Words, carry: Carry) -> str:
    stage = words.rules.stages[carry.from_]
    key = key_title(words, stage, carry.of)
    return stage.title + words.t("", " ") + key + words.times(carry.share)
