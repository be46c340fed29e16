"""A rulebook as sentences: what each rule says, the notice's own words, the question it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitai.base.words import clauses, listed, remarked, sentence, summed
from leitai.rulebook import numbers
from leitai.rulebook.model import (
    Advance,
    AmountTest,
    Award,
    Condition,
    Event,
    FactTest,
    Ranking,
    Rulebook,
    Stage,
    Team,
)
from leitai.seasons.enums import FactKind
from leitai.seasons.selectors.flow import places
from leitai.units.enums import Level

ITEM_TYPES = {
    "single": _("单项选择题"),
    "multiple": _("多项选择题"),
    "truefalse": _("判断题"),
    "blank": _("填空题"),
}
UNBROKEN = {"draw": _("抽签"), "vote": _("表决"), "playoff": _("加赛"), "jury": _("评议")}
SIGHT = {
    "none": _("不公开"),
    "own": _("本人或本单位"),
    "list": _("公布的名单"),
    "all": _("全部"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule in words; `source` is the sentence of the notice, `assumption` an open question."""

    text: str
    source: str = ""
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    clauses: tuple[Clause, ...]


def sections(law: Rulebook, delegations: int) -> list[Section]:
    """The rulebook without calendar, visibility and assumptions, which are tables of their own."""
    written = [Section(gettext("参赛单位"), tuple(_delegations(law, delegations)))]
    events = tuple(_event(event) for event in law.events.values())
    if events:
        written.append(Section(gettext("比赛科目"), events))
    written += [
        Section(law.stages[code].title, tuple(_stage(law, law.stages[code])))
        for code in law.stage_order
    ]
    awards = tuple(_award(law, award, delegations) for award in law.awards)
    if awards:
        written.append(Section(gettext("奖项"), awards))
    return written


def sights(law: Rulebook) -> list[tuple[str, list[str]]]:
    """Who sees which results: a row a stage, the public first."""
    return [
        (
            law.stages[code].title,
            [
                str(SIGHT[seen])
                for seen in (rule.public, rule.contestant, rule.unit, rule.committee)
            ],
        )
        for code, rule in law.visibility.items()
    ]


def _delegations(law: Rulebook, count: int) -> Iterator[Clause]:
    rule = law.delegations
    if rule.each is not None:
        words = {"level": Level(rule.each.level).label, "title": rule.title}
        yield Clause(gettext("每个%(level)s单位各组一支%(title)s。") % words)
    for also in rule.also:
        if also.guest:
            text = gettext("%(name)s另组一支，计成绩不占晋级名额。")
        else:
            text = gettext("%(name)s另组一支。")
        yield Clause(text % {"name": also.name}, also.source)
    if count:
        yield Clause(gettext("共%(count)s支%(title)s。") % {"count": count, "title": rule.title})


def _event(event: Event) -> Clause:
    parts = [
        gettext("%(type)s%(count)s题，每题%(points)s分")
        % {"type": ITEM_TYPES[part.type], "count": part.count, "points": _number(part.points)}
        for part in event.paper
    ]
    text = gettext("%(title)s：满分%(max)s分") % {"title": event.title, "max": _number(event.max)}
    if event.minutes:
        text += gettext("，%(minutes)s分钟") % {"minutes": event.minutes}
    return Clause(sentence(clauses([text, *parts])), event.source)


def _stage(law: Rulebook, stage: Stage) -> Iterator[Clause]:
    if stage.quota is not None:
        text = (
            gettext("每个代表队报送%(count)s人。")
            if stage.quota.per == "delegation"
            else gettext("共报送%(count)s人。")
        )
        yield Clause(text % {"count": stage.quota.count}, stage.quota.source)
    for bar in stage.bars:
        words = {"title": bar.title, "when": _condition(bar.refuse)}
        yield Clause(
            gettext("%(title)s：%(when)s的，不参加。") % words, bar.source, bar.assumption or ""
        )
    if stage.total is not None:
        titles = summed(law.events[event].title for event in stage.total.sum)
        yield Clause(gettext("成绩＝%(events)s得分。") % {"events": titles}, stage.source)
    if stage.ranking is not None:
        yield _ranking(law, stage.ranking)
    if stage.team is not None:
        yield from _team(stage.team)
    for rule in stage.advance:
        yield _advance(law, rule)


def _ranking(law: Rulebook, ranking: Ranking) -> Clause:
    keys = listed(_key(law, key) for key in ranking.keys)
    words = {"keys": keys, "how": UNBROKEN[ranking.unbroken]}
    text = gettext("个人排名依次比较：%(keys)s；仍相同且影响晋级或奖项的，%(how)s。")
    return Clause(text % words, "", ranking.assumption or "")


def _key(law: Rulebook, key: str) -> str:
    if key == "total":
        return gettext("总分")
    event, _dot, name = key.partition(".")
    if not name:
        return law.events[event].title
    tie = law.events[event].keys[name]
    better = gettext("高者在前") if tie.better == "higher" else gettext("少者在前")
    return remarked(tie.title, better)


def _team(team: Team) -> Iterator[Clause]:
    if team.of == "advanced":
        text = gettext("%(title)s＝晋级代表队全部参赛选手中得分最高的%(top)s人得分之和。")
    else:
        text = gettext("%(title)s＝本队得分最高的%(top)s人得分之和。")
    yield Clause(text % {"title": team.title, "top": team.top}, team.source)
    fewer = (
        gettext("不足%(top)s人有成绩的，按实有成绩相加。")
        if team.fewer == "count"
        else gettext("不足%(top)s人有成绩的，不参加团体排名。")
    )
    yield Clause(fewer % {"top": team.top})
    if "members" in team.keys:
        order = gettext(
            "团体总分相同的，计分选手从高到低逐名比较；仍相同且影响晋级或奖项的，%(how)s。"
        )
    else:
        order = gettext("团体总分相同且影响晋级或奖项的，%(how)s。")
    yield Clause(order % {"how": UNBROKEN[team.unbroken]}, "", team.assumption or "")


def _advance(law: Rulebook, rule: Advance) -> Clause:
    words: dict[str, object] = {"to": law.stages[rule.to].title}
    if rule.take is not None:
        text = gettext("全部入选选手进入%(to)s。")
    elif rule.teams is not None:
        words |= {"teams": rule.teams, "members": rule.members or 0}
        text = gettext("团体前%(teams)s名进入%(to)s，各队前%(members)s名选手参赛")
        skip = rule.guests == "skip"
        text = text + gettext("；不占名额的代表队不参加。") if skip else sentence(text)
    else:
        words |= {"top": rule.top or 0}
        rest = gettext("其余选手") if rule.except_ else gettext("选手")
        words["who"] = rest
        text = gettext("个人前%(top)s名的%(who)s以个人身份进入%(to)s")
        include = rule.guests == "include"
        text = text + gettext("，包括不占名额的代表队的选手。") if include else sentence(text)
    return Clause(text % words, rule.source, rule.assumption or "")


def _award(law: Rulebook, award: Award, delegations: int) -> Clause:
    words: dict[str, object] = {
        "title": award.title,
        "stage": law.stages[award.stage].title,
        "count": places(award, delegations),
        "top": award.top or 0,
    }
    if award.ranks is not None:
        first, last = award.ranks
        words["ranks"] = str(first) if first == last else f"{first}–{last}"
        if award.to == "team":
            text = gettext("%(title)s%(count)s名：%(stage)s团体第%(ranks)s名。")
        else:
            text = gettext("%(title)s%(count)s名：%(stage)s个人第%(ranks)s名。")
    elif award.per == "delegation":
        text = gettext("%(title)s%(count)s名：%(stage)s各代表队个人前%(top)s名。")
    else:
        text = gettext("%(title)s%(count)s名：%(stage)s个人前%(top)s名。")
    if award.unless:
        words["others"] = listed(law.award(other).title for other in award.unless)
        text += gettext("已获%(others)s的依次顺延。")
    if award.exhausted == "vacant":
        text += gettext("可顺延的选手用尽的，名额空缺。")
    return Clause(text % words, award.source, award.assumption or "")


def _condition(condition: Condition) -> str:
    if condition.any is not None:
        return gettext("，或").join(_condition(part) for part in condition.any)
    if condition.all is not None:
        return gettext("，且").join(_condition(part) for part in condition.all)
    if condition.has is not None:
        return _fact(condition.has, has=True)
    if condition.lacks is not None:
        return _fact(condition.lacks, has=False)
    return _amount(condition.below) if condition.below is not None else ""


def _fact(test: FactTest, *, has: bool) -> str:
    words = {"when": _when(test.year, test.since), "key": test.key}
    if test.kind == FactKind.CONTEST:
        text = gettext("%(when)s参加过%(key)s") if has else gettext("%(when)s未参加过%(key)s")
    else:
        text = gettext("%(when)s已获得“%(key)s”") if has else gettext("%(when)s未获得“%(key)s”")
    return text % words


def _amount(test: AmountTest) -> str:
    words: Mapping[str, object] = {
        "when": _when(test.year, test.since),
        "key": test.key,
        "value": _number(test.value),
    }
    return gettext("%(when)s“%(key)s”低于%(value)s分") % words


def _when(year: int | None, since: int | None) -> str:
    if year is not None:
        return gettext("%(year)s年度") % {"year": year}
    return gettext("%(year)s年以来") % {"year": since} if since is not None else ""


def _number(value: Fraction) -> str:
    return numbers.show(value)
