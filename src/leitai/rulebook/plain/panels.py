"""Judges among themselves in plain words: marks far apart, a veto, who withdraws."""

from leitai.rulebook.model.judging import Gap, Judging, Recuse, Veto
from leitai.rulebook.plain.conditions import body_title
from leitai.rulebook.plain.words import Words


def gap(words: Words, judging: Judging, rule: Gap) -> str:
    """Write what happens when marks lie too far apart."""
    above = words.points(rule.above)
    kinds = words.listed(_judges(words, judging, name) for name in rule.kinds)
    begin = words.t(
        f"同一参赛对象{kinds or '评委'}最高分与最低分相差超过{above}的",
        f"where the judges{f' ({kinds})' if kinds else ''} of an entry lie more than {above} apart",
    )
    if not rule.by:
        return words.sentence(words.clauses([begin, words.t("重新评分", "it is marked again")]))
    by = _judges(words, judging, rule.by)
    if rule.take == "alone":
        then = words.t(f"由{by}复评，以复评分为准", f"the mark of {by} counts alone")
    else:
        then = words.t(
            f"由{by}复评，取复评分与最接近的一个分数的平均分",
            f"the mean of the mark of {by} and the nearest other counts",
        )
    return words.sentence(words.clauses([begin, then]))


def _judges(words: Words, judging: Judging, name: str) -> str:
    """Name a kind of judges, a body, or one judge: a number stands for who has it."""
    if name in judging.kinds:
        return judging.kinds[name].title
    title = body_title(words, name)
    if title == name and name.isascii():
        return words.t(f"编号{name}的评委", f"judge {name}")
    return title


def veto(words: Words, judging: Judging, rule: Veto) -> str:
    """Write who may reject an entry."""
    who = words.listed(_judges(words, judging, name) for name in rule.by)
    reason = words.quoted(rule.title)
    zh, en = f"{who}可以{reason}为由否决", f"{who} may reject an entry for {reason}"
    if rule.least > 1:
        zh, en = f"{zh}，{rule.least}人以上同意即为否决", f"{en}; it takes {rule.least}"
    return words.t(f"{zh}；被否决的取消成绩。", f"{en}; it has no result then.")


def recuse(words: Words, rule: Recuse) -> str:
    """Write when a judge withdraws."""
    facts = words.rules.facts
    names = {
        "unit": words.t("所在单位", "unit"),
        "delegation": words.t("代表队", "delegation"),
        "kin": words.t("亲属关系", "kinship"),
        "interest": words.t("利害关系", "an interest"),
        "coach": words.t("师生、指导关系", "coaching"),
    }
    same = [facts[kind].title if kind in facts else names.get(kind, kind) for kind in rule.same]
    relations = [names.get(kind, kind) for kind in rule.relations]
    if rule.words:
        checked = words.listed((*same, *relations))
        noted = words.t(f"（按{checked}核对）", f" (checked by {checked})") if checked else ""
        return words.sentence(rule.words.rstrip("。") + noted)
    parts = []
    if same:
        shared = words.listed(same)
        parts.append(words.t(f"与参赛对象{shared}相同的", f"with the same {shared}"))
    if relations:
        shared = words.listed(relations)
        parts.append(words.t(f"与参赛对象有{shared}的", f"related to it by {shared}"))
    who = words.t("、", " or ").join(parts)
    return words.t(f"评委{who}，应当回避。", f"A judge {who} withdraws from marking an entry.")
