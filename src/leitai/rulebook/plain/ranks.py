"""Rankings in plain words: keys, ties, further boards, and the score of a team."""

from collections.abc import Iterable, Iterator
from typing import Final

from leitai.rulebook.keys import event_keys
from leitai.rulebook.model import Award, Better, Board, Ranking, Round, Stage, Team, Unbroken
from leitai.rulebook.plain.conditions import body_title, condition, kind_title, per_title
from leitai.rulebook.plain.people import counted, who
from leitai.rulebook.plain.words import Clause, Words, clause

_UNBROKEN: Final = {
    "share": ("名次并列，名额相应增加", "they share the rank and all are inside"),
    "out": ("并列者均不计入", "none of them is inside"),
    "draw": ("抽签确定先后", "a draw decides"),
    "vote": ("表决确定先后", "a vote decides"),
    "playoff": ("加赛确定先后", "a playoff decides"),
}
_ROUND: Final = {
    "half-up": ("四舍五入", "half up"),
    "half-even": ("四舍六入五成双", "half to even"),
    "down": ("只舍不入", "down"),
    "up": ("只入不舍", "up"),
}


def settled(words: Words, how: Unbroken) -> str:
    """Write how a tie through which a line runs is answered."""
    if how == "jury":
        body = body_title(words, how) if how in words.rules.bodies else words.t("评委", "the jury")
        return words.t(f"由{body}评议确定先后", f"{body} decides")
    if how == "confirmation":
        body = body_title(words, "committee")
        return words.t(f"由{body}确认先后", f"{body} decides")
    return words.t(*_UNBROKEN[how])


def rounded(words: Words, rule: Round | None) -> str:
    """Write how a figure is rounded: «，四舍五入保留2位小数»; nothing where it stays exact."""
    if rule is None:
        return ""
    zh, en = _ROUND[rule.mode]
    where = f"保留{rule.decimals}位小数" if rule.decimals else "取整"
    places = words.many(rule.decimals, "decimal") if rule.decimals else "whole points"
    return words.t(f"，{zh}{where}", f", rounded {en} to {places}")


def what_hangs(words: Words, stage: Stage, board: str | None = None) -> str:
    """Write what a tie on a board without an answer of its own decides: 晋级, 奖项 or nothing."""
    cut = any(
        (one.top or one.share or one.up_to or one.members or one.cap)
        and one.unbroken is None
        and (one.board or None) == board
        for one in stage.advance
    )
    given = any(
        (one.ranks or one.top or one.share)
        and one.unbroken is None
        and one.to == "person"
        and (one.board or None) == board
        for one in _awards(words, stage)
    )
    return _hangs(words, cut=cut, given=given)


def _team_hangs(words: Words, stage: Stage) -> str:
    cut = any(one.teams and one.unbroken is None for one in stage.advance)
    given = any(
        (one.ranks or one.top or one.share) and one.unbroken is None and one.to == "team"
        for one in _awards(words, stage)
    )
    return _hangs(words, cut=cut, given=given)


def _awards(words: Words, stage: Stage) -> list[Award]:
    stages = words.rules.stages
    return [one for one in words.rules.awards if stages.get(one.stage) is stage]


def _hangs(words: Words, *, cut: bool, given: bool) -> str:
    zh = "或".join(part for part, there in (("晋级", cut), ("奖项", given)) if there)
    en = " or ".join(part for part, there in (("a place", cut), ("an award", given)) if there)
    return words.t(zh, en)


def ranking(words: Words, stage: Stage, at: str) -> Iterator[Clause]:
    """Write a stage's ranking, its answers to ties and its further boards."""
    rule = stage.ranking or Ranking()
    text = words.groups(_ranking(words, stage, rule))
    yield clause(words.sentence(text), f"{at}.ranking", rule)
    for index, band in enumerate(rule.distinct):
        ranks, how = words.ranks(band.ranks), settled(words, band.unbroken)
        if band.unbroken == "share":
            how = words.t("名次并列", "they share the rank")
        zh = f"{ranks}不得并列；各项均相同的，{how}。"
        en = f"{ranks.capitalize()} must be told apart: {how}."
        yield clause(words.t(zh, en), f"{at}.ranking.distinct[{index}]")
    for name, board in stage.boards.items():
        text = words.headed(
            words.t(f"另设{board.title}", f"A further board, {board.title}"),
            words.clauses(_board(words, stage, name, board)),
        )
        yield clause(words.sentence(text), f"{at}.boards.{name}", board)


def _ranking(words: Words, stage: Stage, rule: Ranking) -> Iterator[str]:
    t = words.t
    listed, many = _keys(words, stage, rule.keys), len(rule.keys) > 1
    apart = len(stage.tracks or words.rules.tracks) > 1
    zh = f"排名，依次比较{listed}" if apart else f"排名依次比较{listed}"
    if not many:
        zh = f"按{listed}排名"
    yield t(f"各赛项分别{zh}" if apart else zh, f"Ranked by {listed}") + t(
        "", ", each track apart" if apart else ""
    )
    boards = [name for name, board in stage.boards.items() if board.unbroken is None]
    hangs = [what_hangs(words, stage, board) for board in (None, *boards)]
    matter = next((one for one in hangs if one), "")
    if len({one for one in hangs if one}) > 1:
        matter = _hangs(words, cut=True, given=True)
    further = _keys(words, stage, rule.at_lines)
    yield from _level(words, "" if many else listed, further, matter, rule.unbroken)
    if rule.style == "dense":
        yield t("名次并列的，后续名次不空", "ranks after a tie are not left out")


def _level(words: Words, only: str, further: str, matter: str, unbroken: Unbroken) -> Iterator[str]:
    """Write what becomes of those who are level; ``only`` is the one key, "" if there are more."""
    t, still = words.t, "" if only else "仍"
    if further:
        line = matter or t("晋级或奖项", "a place or an award")
        yield t(f"{still}相同且影响{line}的，再比较{further}",
                f"where {line} hangs on a tie, then by {further}")  # fmt: skip
        still = "仍"
    if matter:
        how = settled(words, unbroken)
        yield t(f"{still}相同且影响{matter}的，{how}",
                f"where {matter} {'still ' if still else ''}hangs on a tie, {how}")  # fmt: skip
    elif not further:
        yield t(f"{still or only}相同的，名次并列", "whoever is level shares the rank")


def _board(words: Words, stage: Stage, name: str, board: Board) -> Iterator[str]:
    t = words.t
    if board.per is not None:
        per = per_title(words, board.per)
        yield t(f"按{per}分别排名", f"apart for each {per}")
    if board.where is not None:
        where = condition(words, board.where)
        yield t(f"只排{where}的", f"of those who meet “{where}”")
    if board.keys:
        listed = _keys(words, stage, board.keys)
        zh = f"依次比较{listed}" if len(board.keys) > 1 else f"按{listed}排名"
        yield t(zh, f"by {listed}")
    if board.unbroken is not None:
        matter = what_hangs(words, stage, name)
        how = settled(words, board.unbroken)
        zh = f"相同且影响{matter}的，{how}" if matter else f"界线处相同的，{how}"
        yield t(zh, f"a tie at a line: {how}")


def _keys(words: Words, stage: Stage, keys: Iterable[str]) -> str:
    return words.listed(key_title(words, stage, key) for key in keys)


def key_title(  # noqa: PLR0911  (one return a kind)
    words: Words, stage: Stage, name: str
) -> str:
    """Name a key of a ranking and, where it is not plain, which side is the better one."""
    t, rules = words.t, words.rules
    if name == "total":
        return t("总分", "total")
    if name.startswith("stage:"):
        earlier, _, key = name.removeprefix("stage:").partition(".")
        other = rules.stages[earlier]
        return other.title + t("", " ") + key_title(words, other, key or "total")
    bare = name.removeprefix("-")
    if bare.startswith("fact:"):
        title = kind_title(words, bare.removeprefix("fact:"))
        if bare == name:
            return t(f"{title}（大者、后者在前）", f"{title} (greater or later first)")
        return t(f"{title}（小者、早者在前）", f"{title} (smaller or earlier first)")
    if name in stage.figures:
        figure = stage.figures[name]
        return remarked(words, figure.title, figure.better)
    event, _, key = name.partition(".")
    if event not in rules.events:
        return name
    keys = event_keys(rules.events[event])
    if key not in keys:
        return rules.events[event].title
    return remarked(words, keys[key].title, keys[key].better)


def remarked(words: Words, title: str, better: Better) -> str:
    """Name a figure, and say where less of it is better."""
    return (
        title if better == "higher" else words.t(f"{title}（少者在前）", f"{title} (lower first)")
    )


def team(words: Words, stage: Stage, path: str) -> Iterator[Clause]:
    """Write how a delegation scores as a team, and its ties."""
    rule, t = stage.team, words.t
    if rule is None:
        return
    formula = _counted(words, rule, stage.tracks) + rounded(words, rule.round)
    text = words.sentence(f"{rule.title}{t('＝', ' = ')}{formula}")
    yield clause(text, path, rule)
    if rule.top is not None:
        fewer = {
            "count": ("按实有成绩计算", "what there is counts"),
            "exclude": ("不参加团体排名", "the team is not ranked"),
        }
        how, some = t(*fewer[rule.fewer]), counted(words, rule.top, stage.tracks)
        yield clause(
            t(f"有成绩的不足{some}的，{how}。", f"With fewer than {some}, {how}."), f"{path}.fewer"
        )
    if rule.tracks == "together":
        text = t("各赛项合并计算团体成绩。", "The tracks count together.")
        yield clause(text, f"{path}.tracks")
    text = words.sentence(words.groups(_team_ties(words, stage, rule)))
    yield clause(text, f"{path}.keys")


def _team_ties(words: Words, stage: Stage, rule: Team) -> Iterator[str]:
    """Write in which order teams stand and what tells level ones apart."""
    t = words.t
    keys = [_team_key(words, stage, key) for key in rule.keys]
    listed, many = words.listed(keys), len(keys) > 1
    apart = len(stage.tracks or words.rules.tracks) > 1 and rule.tracks == "apart"
    zh = f"团体排名依次比较{listed}" if many else f"团体按{listed}排名"
    yield t(f"各赛项{zh}" if apart else zh, f"Teams are ranked by {listed}")
    further = words.listed(_team_key(words, stage, key) for key in rule.at_lines)
    matter = _team_hangs(words, stage)
    yield from _level(words, "" if many else listed, further, matter, rule.unbroken)


def _counted(words: Words, rule: Team, tracks: tuple[str, ...]) -> str:
    t = words.t
    whose = {
        "all": ("本队", "the delegation's"),
        "advanced": ("晋级代表队全部参赛选手中", "an advanced delegation's"),
    }
    capacities = {
        "all": ("", ""),
        "team": ("以代表队身份参赛者的", "team members'"),
        "individual": ("以个人身份参赛者的", "individuals'"),
    }
    begin = t(*whose[rule.of])
    capacity = t(*capacities[rule.who])
    how = t(*{"sum": ("之和", "sum"), "mean": ("平均分", "mean")}[rule.score])
    if rule.top is None:
        text = t(
            f"{begin}{capacity}全部{who(words, tracks)}得分{how}",
            f"the {how} of all {begin} {capacity} scores",
        )
    else:
        zh = f"{begin}{capacity}得分最高的{counted(words, rule.top, tracks)}得分{how}"
        text = t(zh, f"the {how} of {begin} {rule.top} best {capacity} scores")
    for name, weight in rule.plus.items():
        title = words.rules.events[name].title if name in words.rules.events else name
        text += t("＋代表队", " + the delegation's own ") + title + words.times(weight)
    return " ".join(text.split()) if words.lang == "en" else text


def _team_key(words: Words, stage: Stage, name: str) -> str:
    t = words.t
    if name == "total":
        return stage.team.title if stage.team else t("团体总分", "team total")
    if name == "members":
        zh = "计分选手得分（从高到低逐个比较）"
        return t(zh, "the counted scores from the best down")
    kind, _, key = name.partition(":")
    if kind == "slot":
        return t(f"{key}号席位得分", f"seat {key}'s score")
    if kind in ("sum", "best"):
        title = key_title(words, stage, key)
        pair = {"sum": ("合计", "sum of"), "best": ("最好成绩", "best")}[kind]
        bare, mark, rest = title.partition("（")
        return t(f"{bare}{pair[0]}{mark}{rest}", f"{pair[1]} {title}")
    return words.rules.events[name].title if name in words.rules.events else name
