"""Advancement in plain words."""

from collections.abc import Iterator
from typing import Final

from leitai.rulebook.model import Advance, Held, Portion, Quota, Stage
from leitai.rulebook.plain.conditions import body_title, condition, only_tracks, per_title
from leitai.rulebook.plain.people import (
    apart,
    best,
    counted,
    follows,
    guests,
    numbered,
    reserves,
    who,
)
from leitai.rulebook.plain.ranks import settled
from leitai.rulebook.plain.words import Clause, Words, clause

ROUND: Final = {
    "down": ("舍去小数", "rounded down"),
    "up": ("有小数的进位取整", "rounded up"),
    "half-up": ("四舍五入取整", "rounded half up"),
}


def portion(words: Words, rule: Portion, people: str, *, rest: str = "") -> str:
    """Write a share of a number of entries: 参赛选手总数的30%（四舍五入取整）."""
    of = {
        "entrants": (people if people.startswith("参赛") else f"参赛{people}", f"all {people}"),
        "ranked": (f"有名次的{people}", f"the ranked {people}"),
        "rest": (f"其余{rest or people}", f"the other {rest or people}"),
    }
    how, share = words.t(*ROUND[rule.round]), words.percent(rule.share)
    return words.t(
        f"{of[rule.of][0]}总数的{share}（{how}）", f"{share} of {of[rule.of][1]} ({how})"
    )


def target(words: Words, name: str) -> str:
    """Name where somebody goes on to: a stage, or a place beyond the season."""
    if name in words.rules.stages:
        return words.rules.stages[name].title
    return words.rules.beyond[name].title if name in words.rules.beyond else name


def held(words: Words, rule: Held, tracks: tuple[str, ...] = ()) -> str:
    """Write with how many entries something is so: 参赛满21支队的."""
    if rule.most is None:
        some = counted(words, rule.least, tracks)
        return words.t(f"参赛满{some}的", f"with {some} or more")
    most = counted(words, rule.most, tracks)
    if not rule.least:
        return words.t(f"参赛不超过{most}的", f"with at most {most}")
    return words.t(f"参赛{rule.least}至{most}的", f"with {rule.least} to {most}")


def limit(words: Words, rule: Quota, tracks: tuple[str, ...]) -> str:
    """Write how many may come at most: 每个代表队限40名选手，不少于1名；甲市50名."""
    t, most = words.t, counted(words, rule.count, tracks)
    if rule.per in ("stage", "all"):
        text = t(f"共限{most}", f"at most {most} in all")
    else:
        per = per_title(words, rule.per)
        text = t(f"每个{per}限{most}", f"at most {most} for each {per}")
    if rule.least:
        least = numbered(words, rule.least, tracks)
        text += t(f"，不少于{least}", f" and at least {least}")
    named = {also.unit: also.name for also in words.rules.delegations.also}
    others = words.listed(
        t(f"{named.get(unit, unit)}{numbered(words, count, tracks)}",
          f"{named.get(unit, unit)}: {count}")
        for unit, count in rule.counts.items()
    )  # fmt: skip
    return text + (t(f"；其中{others}", f"; {others}") if others else "")


def advances(words: Words, stage: Stage, at: str) -> Iterator[Clause]:
    """Write a stage's rules of advancement."""
    mixed = len({rule.as_ for rule in stage.advance}) > 1
    for index, rule in enumerate(stage.advance):
        text = words.sentence(_advance(words, stage, rule, mixed=mixed))
        yield clause(text, f"{at}.advance[{index}]", rule, *rule.cap)


def _advance(words: Words, stage: Stage, rule: Advance, *, mixed: bool) -> str:
    t, tracks = words.t, rule.tracks or stage.tracks
    text = only_tracks(words, rule.tracks)
    if rule.when is not None:
        text += held(words, rule.when, tracks) + t("，", ", ")
    as_ = {"individual": ("以个人身份", " as individuals"), "team": ("以代表队身份", " as a team")}
    capacity = as_.get(rule.as_, ("", "")) if mixed else ("", "")
    to = target(words, rule.to)
    if rule.up_to is not None:
        people, most = who(words, tracks), counted(words, rule.up_to, tracks)
        among = _among(words, stage, rule, tracks)
        zh = f"{among}{to}不足{most}的，从其余{people}中按名次补足"
        zh += f"，补入者{capacity[0]}参加" if capacity[0] else ""
        text += t(zh, f"{among}the best of the others fill up {to} to {most}{capacity[1]}")
    else:
        verb = t("被推荐参加", "are recommended to")
        if rule.as_ != "recommended":
            verb = t("进入", "go on to")
        taken = _among(words, stage, rule, tracks) + _taken(words, rule, tracks)
        text += t(f"{taken}{capacity[0]}{verb}{to}", f"{taken} {verb} {to}{capacity[1]}")
    return words.groups([text, *_further(words, rule, tracks)])


def _among(words: Words, stage: Stage, rule: Advance, tracks: tuple[str, ...]) -> str:
    """Write of whom the best are taken: 按青年榜，各赛项每个小组的."""
    t, begin = words.t, ""
    if rule.board is not None:
        board = stage.boards[rule.board].title if rule.board in stage.boards else t("总榜", "main")
        begin = t(f"按{board}，", f"by {board}, ")
    if rule.take is None and rule.least is None and rule.per != "track":
        begin += apart(words, stage, rule.tracks)
    if rule.per is not None:
        per = per_title(words, rule.per)
        begin += t(f"每个{per}", f"of each {per} ")
    if rule.where is not None:
        where = condition(words, rule.where)
        every = rule.take is not None or rule.least is not None
        zh = f"{where}的" if every else f"{where}的{who(words, tracks)}中，"
        begin += t(zh, f"among those who meet “{where}”, ")
    return begin


def _taken(words: Words, rule: Advance, tracks: tuple[str, ...]) -> str:
    """Write who is taken."""
    t, people = words.t, who(words, tracks)
    others = t(f"其余{people}", f"the other {people}") if rule.except_ else people
    if rule.take is not None:
        return t(f"全部{others}", f"all {others}".replace("all the other", "all other"))
    if rule.teams is not None:
        return _teams(words, rule, tracks)
    if rule.top is not None:
        some = best(words, rule.top, tracks)
        if not rule.except_:
            return some
        bare = some.removesuffix(words.t(people, "")) if people in some else some
        return t(f"{bare}中的其余{people}", f"those of {some} who are not yet in")
    if rule.share is not None:
        share = portion(words, rule.share, people)
        return t(f"名次居{share}以内的{others}", f"{others} within the best {share}")
    least = words.points(rule.least or 0)
    return t(f"总分达到{least}的{others}", f"{others} with at least {least}")


def _teams(words: Words, rule: Advance, tracks: tuple[str, ...]) -> str:
    t, title = words.t, words.rules.delegations.title
    first = f"前{rule.teams}名" if (rule.teams or 1) > 1 else "第1名"
    begin = t(f"团体{first}的{title}，", f"of the best {words.many(rule.teams or 1, 'team')}, ")
    if rule.members is None:
        return begin + t(f"全体{who(words, tracks)}", f"all {who(words, tracks)}")
    return begin + t(f"每队{best(words, rule.members, tracks)}", best(words, rule.members, tracks))


def _further(words: Words, rule: Advance, tracks: tuple[str, ...]) -> Iterator[str]:
    t = words.t
    for cap in rule.cap:
        per = per_title(words, cap.per)
        most = numbered(words, cap.count, tracks)
        only = only_tracks(words, cap.tracks)
        yield only + t(f"每个{per}至多{most}", f"at most {most} for each {per}")
    if words.rules.guests and rule.guests is not None:
        names = guests(words, "" if rule.teams else who(words, tracks))
        skip = rule.guests == "skip"
        yield t(f"{names}{'不' if skip else '可以'}参加",
                f"{names}: {'passed over' if skip else 'included'}")  # fmt: skip
    places = rule.top or rule.share or rule.up_to or rule.members
    if places or rule.cap:
        inside = words.t("队内", " inside a team") if rule.members else ""
        pair = follows(words, tracks, inside=inside)
        yield pair[0] if rule.fill == "next" else pair[1]
    if rule.reserves:
        some = reserves(words, rule.reserves, tracks)
        yield t(f"另列{some}", f"{some} are named as well")
    if rule.unbroken is not None:
        yield t("界线处同分的，", "a tie at the line: ") + settled(words, rule.unbroken)
    if rule.confirm is not None:
        body = body_title(words, rule.confirm)
        yield t(f"经{body}确认后生效", f"it takes effect when {body} has confirmed it")
