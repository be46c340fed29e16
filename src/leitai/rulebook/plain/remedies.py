"""Objections, rechecks, appeals and disputes in plain words."""

from collections.abc import Iterator, Mapping
from typing import Final

from leitai.rulebook.model import Appeal, Level, Objection
from leitai.rulebook.plain.conditions import body_title
from leitai.rulebook.plain.words import Clause, Section, Words, clause
from leitai.rulebook.procedure import moments
from leitai.rulebook.procedure.wording import show_term

Pair = tuple[str, str]
_WHO: Final[Mapping[str, Pair]] = {
    "contestant": ("参赛选手", "the contestant"),
    "leader": ("领队", "the leader"),
    "coach": ("教练（指导教师）", "the coach"),
    "unit": ("所在单位", "the unit"),
    "delegation": ("代表队", "the delegation"),
    "anyone": ("任何单位和个人", "anyone"),
}
_NEEDS: Final[Mapping[str, Pair]] = {
    "writing": ("书面材料", "a written statement"),
    "real-name": ("真实姓名", "the real name"),
    "id-number": ("身份证号", "the identity number"),
    "phone": ("联系电话", "a telephone number"),
    "signature": ("本人签字", "a signature"),
    "seal": ("单位公章", "the unit's seal"),
    "evidence": ("证据材料", "evidence"),
}
_OTHERWISE: Final[Mapping[str, Pair]] = {
    "refused": ("不符合要求的不予受理", "anything else is not accepted"),
    "noted": ("不符合要求的登记备查", "anything else is put on file"),
}
_KINDS: Final[Mapping[str, Pair]] = {
    "objection": ("提出异议", "may object"),
    "recheck": ("申请复核", "may ask for a recheck"),
    "appeal": ("提出申诉", "may appeal"),
    "dispute": ("提请仲裁", "may call for arbitration"),
}
_EFFECTS: Final[Mapping[str, Pair]] = {
    "recompute": (
        "异议成立的，更正后重新计算成绩、名次、晋级和奖项",
        "where it is upheld, scores, ranks, advancement and awards are computed anew",
    ),
    "replay": ("异议成立的，重新比赛", "where it is upheld, that part is played again"),
    "note": ("处理结果记录在案，不改变成绩", "the outcome is put on file and changes no score"),
}
_PER: Final[Mapping[str, Pair]] = {
    "contestant": ("每名选手", "each contestant"),
    "delegation": ("每个代表队", "each delegation"),
    "event": ("每个项目", "each event"),
}


def objection(words: Words, rule: Objection) -> str:
    """Write what an objection needs."""
    t = words.t
    person, unit = (_needs(words, needs) for needs in (rule.person, rule.unit))
    parts = (
        t(f"个人提出异议须提供{person}", f"a person who objects gives {person}") if person else "",
        t(f"单位提出异议须提供{unit}", f"a unit that objects gives {unit}") if unit else "",
        t(*_OTHERWISE[rule.otherwise]) if person or unit else "",
        t("对提出异议者的信息予以保密", "who objected is kept secret") if rule.confidential else "",
    )
    return words.sentence(words.clauses(parts) or t("可以提出异议", "objections are possible"))


def appeals(words: Words) -> Iterator[Section]:
    """Write objections, rechecks, appeals and disputes."""
    clauses: list[Clause] = []
    for name, appeal in words.rules.appeals.items():
        at = f"appeals.{name}"
        text = _appeal(words, at, appeal)
        clauses.append(clause(text, at, appeal, appeal.term, appeal.answer))
        clauses += (
            clause(_level(words, level, index), f"{at}.levels[{index}]", level, level.term,
                   level.answer)
            for index, level in enumerate(appeal.levels)
        )  # fmt: skip
    if clauses:
        yield Section(words.t("异议、复核和申诉", "Objections and appeals"), tuple(clauses))


def _needs(words: Words, needs: tuple[str, ...]) -> str:
    return words.listed(words.t(*_NEEDS[need]) for need in needs)


def _appeal(words: Words, at: str, appeal: Appeal) -> str:
    rules, t = words.rules, words.t
    who = words.listed(t(*_WHO[one]) for one in appeal.by)
    form = rules.forms.get(appeal.form or "")
    needs = _needs(words, appeal.needs)
    stage = rules.stages.get(appeal.stage or "")
    events = words.listed(
        rules.events[event].title for event in appeal.events if event in rules.events
    )
    where = "".join(part for part in (stage.title if stage else "", events) if part)
    about = f"{where}{appeal.about}"
    parts = (
        t(f"对{about}有异议的", f"about {about}") if about else "",
        t(f"{who}可{_limit(words, appeal)}{_KINDS[appeal.kind][0]}",
          f"{who} {_KINDS[appeal.kind][1]} {_limit(words, appeal)}".rstrip()),
        t(f"填写《{form.title}》", f"on the form “{form.title}”") if form else "",
        t(f"须提供{needs}", f"giving {needs}") if needs else "",
        t(*_OTHERWISE[appeal.otherwise]) if needs else "",
        t(f"{_PER[appeal.per][0]}限{appeal.most}次", f"{appeal.most} for {_PER[appeal.per][1]}")
        if appeal.most
        else "",
        _answer(words, appeal),
        t("同一问题的申请合并处理", "the same issue is settled once") if appeal.merge else "",
        t("处理期间比赛暂停", "play waits meanwhile") if appeal.play == "waits" else "",
        t("处理期间比赛照常进行", "play goes on meanwhile")
        if appeal.play == "goes-on" and words.says(f"{at}.play")
        else "",
        t("因此停止比赛的视为弃权", "who stops playing because of it is out")
        if appeal.leaving == "forfeit"
        else "",
        t(*_EFFECTS[appeal.effect]),
    )  # fmt: skip
    return words.sentence(words.headed(appeal.title, words.clauses(parts)))


def _limit(words: Words, appeal: Appeal) -> str:
    if appeal.at_once:
        return words.t("当场", "on the spot")
    if appeal.term:
        return show_term(words.rules, appeal.term, words.lang)
    shown = words.rules.publicity.get(appeal.during or "")
    if shown:
        return words.t(f"在“{shown.title}”期间", f"while “{shown.title}” is open")
    return ""


def _answer(words: Words, appeal: Appeal) -> str:
    parts = []
    if appeal.answer:
        term = show_term(words.rules, appeal.answer, words.lang)
        parts.append(words.t(f"{term}答复", f"it is answered {term}"))
    if appeal.answer_before:
        moment = moments.say(words.rules, appeal.answer_before, words.lang)
        parts.append(words.t(f"在{moment}前答复", f"it is answered before {moment}"))
    return words.clauses(parts)


def _level(words: Words, level: Level, index: int) -> str:
    t = words.t
    title = body_title(words, level.body)
    term = show_term(words.rules, level.term, words.lang) if level.term else ""
    answer = show_term(words.rules, level.answer, words.lang) if level.answer else ""
    asked = t("", f", if asked {term}" if term else "")
    first = t(f"{term}由{title}处理", f"{title} decides")
    then = t(f"对处理结果不服的，可{term}向{title}提出", f"then {title} decides")
    parts = (
        (first if index == 0 else then) + asked,
        t(f"{answer}答复", f"it answers {answer}") if answer else "",
        t("其决定为最终决定", "it has the last word") if level.last else "",
    )
    return words.sentence(words.clauses(parts))
