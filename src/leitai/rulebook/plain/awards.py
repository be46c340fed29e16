"""Awards and honours in plain words."""

from collections.abc import Iterator
from typing import Final

from leitai.rulebook.model import Award, Honour, Stage
from leitai.rulebook.plain import rubric
from leitai.rulebook.plain.advancing import portion
from leitai.rulebook.plain.conditions import (
    body_title,
    condition,
    only_tracks,
    per_title,
)
from leitai.rulebook.plain.people import apart, best, guests, numbered, who
from leitai.rulebook.plain.ranks import settled
from leitai.rulebook.plain.words import Section, Words, clause

_KINDS: Final = {
    "money": ("奖金", "money"),
    "honour": ("荣誉", "an honour"),
    "benefit": ("待遇", "a benefit"),
    "prize": ("奖品", "a prize"),
}


def sections(words: Words) -> Iterator[Section]:
    """Write the awards, and what follows from them."""
    rules, t = words.rules, words.t
    if rules.awards:
        clauses = []
        for one in rules.awards:
            clauses.append(clause(_award(words, one), f"awards.{one.id}", one))
            if one.rubric is not None:
                clauses += rubric.clauses_of(words, one, one.rubric)
        yield Section(t("奖项", "Awards"), tuple(clauses))
    if rules.honours:
        clauses = [clause(_honour(words, one), f"honours.{one.id}", one) for one in rules.honours]
        yield Section(t("奖励和荣誉", "Money and honours"), tuple(clauses))


def _award(words: Words, award: Award) -> str:
    begin = only_tracks(words, award.tracks)
    given = _decided(words, award) if award.decided is not None else _given(words, award)
    text = begin + words.headed(award.title, given)
    return words.sentence(words.groups([text, *_further(words, award)]))


def _tracks(words: Words, award: Award) -> tuple[str, ...]:
    return award.tracks or words.rules.stages[award.stage].tracks


def _people(words: Words, award: Award) -> str:
    return (
        words.rules.delegations.title if award.to == "team" else who(words, _tracks(words, award))
    )


def _decided(words: Words, award: Award) -> str:
    """Write who has an award that a body decides: the stage says nothing about it then."""
    t, body = words.t, body_title(words, award.decided or "")
    to = t("授予", "to ") + (
        words.rules.delegations.title if award.to == "team" else t("个人", "persons")
    )
    if award.to == "person" and who(words, _tracks(words, award)) != t("选手", "contestants"):
        to = t("授予", "to ") + who(words, _tracks(words, award))
    count = ""
    if award.count:
        some = t(f"{award.count}个", str(award.count))
        if award.to == "person":
            some = numbered(words, award.count, _tracks(words, award))
        count = t(f"共{some}", f"{some} in all")
    return words.clauses([to, t(f"由{body}评定", f"decided by {body}"), count])


def _given(words: Words, award: Award) -> str:
    """Write which places of which ranking have an award."""
    t, rules = words.t, words.rules
    stage, people = rules.stages[award.stage], _people(words, award)
    place = stage.title + _board(words, stage, award) + t("", ", ") + _apart(words, stage, award)
    if award.per is not None:
        per = per_title(words, award.per)
        place += t(f"每个{per}", f"in each {per} ")
    among = _among(words, award, people)
    if among:  # the ranking stands there then
        among = t(f"在{place}{among}的{people}中评定，", f"{place}among those {among}, ")
        place = ""
    if award.share is not None:
        share = portion(words, award.share, people)
        return among + t(f"按{place}{share}设奖", f"{place}for the best, as many as {share}")
    return among + t("授予", "") + place + _places(words, award)


def _among(words: Words, award: Award, people: str) -> str:
    """Write among whom an award is given, where not everybody can have it."""
    t, parts = words.t, []
    if award.within is not None:
        share = portion(words, award.within, people)
        zh = f"名次居{share}以内（含末位同分）"
        parts.append(t(zh, f"within the best {share} (ties included)"))
    if award.where is not None and award.to == "person":
        where = condition(words, award.where)
        parts.append(t(where, f"who meet “{where}”"))
    return t("、", " and ").join(parts)


def _board(words: Words, stage: Stage, award: Award) -> str:
    if award.board is not None and award.board in stage.boards:
        return words.t("", ", ") + stage.boards[award.board].title
    if award.to == "team":
        return words.t("团体", ", teams")
    return words.t("个人" if stage.team is not None and award.ranks is not None else "", "")


def _apart(words: Words, stage: Stage, award: Award) -> str:
    """Write that each track has the award for itself."""
    if award.per == "track" or (award.to == "team" and stage.team and stage.team.tracks != "apart"):
        return ""
    return apart(words, stage, award.tracks)


def _places(words: Words, award: Award) -> str:
    t, people = words.t, _people(words, award)
    if award.ranks is not None:
        return words.ranks(award.ranks)
    if award.top is not None:
        if award.to == "team":
            return t(f"前{award.top}名", f"the best {award.top}")
        return best(words, award.top, _tracks(words, award))
    if award.least is not None:
        least = words.points(award.least)
        return t(f"总分达到{least}的{people}", f"everyone with at least {least}")
    return t(f"其余全部{people}", "everyone else")


def _further(words: Words, award: Award) -> Iterator[str]:
    t = words.t
    if award.unless:
        titles = words.listed(words.rules.award(other).title for other in award.unless)
        yield _unless(words, award, titles)
    if award.stacks:
        yield t("可与其他奖项兼得", "it may be held beside other awards")
    if award.exhausted == "vacant":
        yield t("无人可顺延的，名额空缺", "with nobody left the place stays vacant")
    if words.rules.guests and award.decided is None:
        skip = award.guests == "skip" or (award.guests is None and award.to == "team")
        names = guests(words, "" if award.to == "team" else _people(words, award))
        yield t(f"{names}{'不参评' if skip else '参评'}",
                f"{names}: {'passed over' if skip else 'included'}")  # fmt: skip
    if award.unbroken is not None:
        yield t("界线处同分的，", "a tie at the line: ") + settled(words, award.unbroken)


def _unless(words: Words, award: Award, titles: str) -> str:
    """Write what becomes of the place of somebody who holds one of these awards."""
    t = words.t
    if award.rest or award.least is not None:  # nobody's place is counted: there is none to pass on
        zh, en = f"已获{titles}的除外", f"without holders of {titles}"
    elif award.succession == "next":
        zh = f"已获{titles}的，依次顺延"
        en = f"holders of {titles} are passed over and the next follows"
    else:
        zh = f"已获{titles}的不再授予，名额空缺"
        en = f"holders of {titles} are passed over and their place stays vacant"
    return t(zh, en)


def _honour(words: Words, honour: Honour) -> str:
    t = words.t
    kind = t(*_KINDS[honour.kind])
    plain = words.lang == "zh" and kind in honour.title
    amount = ""
    if honour.amount is not None:
        amount = t(f"{words.amount(honour.amount)}元", f" of {words.amount(honour.amount)} yuan")
    what = amount if plain else kind + amount
    title = honour.title + (t(f"（{what}）", f" ({what})") if what else "")
    parts = [words.headed(title, _for(words, honour))]
    if honour.where is not None:
        where = condition(words, honour.where)
        parts.append(t(f"须{where}", f"only if {where}"))
    if honour.lottery:
        parts.append(t(f"从中抽签确定{honour.lottery}名", f"{honour.lottery} of them are drawn"))
    if honour.given_by:
        by = body_title(words, honour.given_by)
        parts.append(t(f"由{by}按规定程序办理", f"given by {by}"))
    return words.sentence(only_tracks(words, honour.tracks) + words.groups(parts))


def _for(words: Words, honour: Honour) -> str:
    t, rules = words.t, words.rules
    if honour.awards is not None:
        titles = words.listed(rules.award(name).title for name in honour.awards)
        return t(f"授予{titles}获得者", f"for holders of {titles}")
    if honour.titles is not None:
        known = rules.practice.titles if rules.practice is not None else {}
        named = (known[name].title if name in known else name for name in honour.titles)
        titles = words.t("", ", ").join(map(words.quoted, named))
        return t(f"授予{titles}称号获得者", f"for holders of {titles}")
    stage = rules.stages.get(honour.stage or "")
    ranks = words.ranks(honour.ranks or (1, 1))
    if stage is None:
        return ranks
    team = t("团体", "teams, ") if honour.to == "team" else t("个人" if stage.team else "", "")
    each = apart(words, stage, honour.tracks)
    return t(f"授予{stage.title}{team}{each}{ranks}", f"for {stage.title}, {team}{each}{ranks}")
