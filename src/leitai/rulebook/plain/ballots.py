"""Ballots in plain words."""

from collections.abc import Iterator
from fractions import Fraction

from leitai.rulebook.model import Round
from leitai.rulebook.model.judging import Ballot, Threshold, VoterKind
from leitai.rulebook.plain.words import Clause, Words, clause


def clauses(words: Words, name: str, ballot: Ballot) -> Iterator[Clause]:
    """Write how one event is voted."""
    at = f"events.{name}.ballot"
    parts = [_values(words, ballot), _papers(words, f"{at}.wrong_count", ballot)]
    if ballot.voters is not None:
        parts.append(words.t(f"有表决权的共{ballot.voters}人", f"{ballot.voters} have a vote"))
    yield clause(words.sentence(words.clauses(parts)), at, ballot)
    for key, kind in ballot.kinds.items():
        yield clause(_kind(words, ballot, kind), f"{at}.kinds.{key}", kind)
    if ballot.normalise != "none":
        yield clause(_normalised(words, ballot), f"{at}.normalise")
    if ballot.round_kind is not None or ballot.round is not None:
        yield clause(_rounded(words, ballot), f"{at}.round")
    if ballot.quorum is not None:
        share = words.percent(ballot.quorum)
        text = words.t(
            f"收回的票数须达到有表决权人数的{share}，否则重新表决。",
            f"Papers of at least {share} of those who have a vote are needed; else vote again.",
        )
        yield clause(text, f"{at}.quorum")
    if ballot.threshold is not None:
        text = _threshold(words, ballot, ballot.threshold)
        yield clause(text, f"{at}.threshold", ballot.threshold)
    if ballot.seats is not None:
        yield clause(_seats(words, ballot, ballot.seats), f"{at}.seats")
    if ballot.rounds > 1:
        text = words.t(
            f"票数相同的，可就同票者再次投票，最多共{ballot.rounds}轮。",
            f"Those who tie may be voted on again, in {ballot.rounds} ballots at most.",
        )
        yield clause(text, f"{at}.rounds")


def _values(words: Words, ballot: Ballot) -> str:
    if ballot.by == "points" and ballot.points is not None:
        low, high = words.amount(ballot.points.least), words.amount(ballot.points.most)
        mean = ballot.points.combine == "mean"
        many = ballot.points.decimals
        zh = f"（最多{many}位小数）" if many else ""
        en = f" (up to {words.many(many, 'decimal')})" if many else ""
        return words.t(
            f"每票对每个对象打{low}分至{high}分{zh}，{'取平均分' if mean else '各票相加'}",
            f"each paper gives {low} to {high} points{en}; the {'mean' if mean else 'sum'} counts",
        )
    if ballot.by == "places":
        points = words.listed(
            words.t(f"第{place}名{words.amount(given)}分", f"{place}: {words.amount(given)}")
            for place, given in enumerate(ballot.points_for, start=1)
        )
        return words.t(
            f"每票排出名次，{points}，各票相加", f"each paper ranks ({points}), added up"
        )
    return words.t("按赞成票计", "approvals are counted")


def _papers(words: Words, at: str, ballot: Ballot) -> str:
    low, high = ballot.least_votes, ballot.votes
    if high is not None and low == high:
        text = words.t(f"每票须选{high}个", f"each paper names exactly {high}")
    elif high is not None:
        text = words.t(f"每票最多选{high}个", f"each paper names at most {high}")
        if low:
            text += words.t(f"、至少选{low}个", f" and at least {low}")
    elif low:
        text = words.t(f"每票至少选{low}个", f"each paper names at least {low}")
    elif not words.says(at):
        return ""
    else:
        text = ""
    if ballot.wrong_count == "void":
        return words.clauses(
            [text, words.t("票数不符的为无效票", "a paper with another number is void")]
        )
    return words.clauses(
        [text, words.t("票数不符的退回重填", "one with another number is refused")]
    )


def _kind(words: Words, ballot: Ballot, kind: VoterKind) -> str:
    share = words.percent(kind.weight)
    alone = len(ballot.kinds) == 1 and kind.weight == 1
    parts = [
        words.t(f"占{share}", share) if not alone else "",
        words.t(f"共{kind.voters}人", words.many(kind.voters, "voter")) if kind.voters else "",
        words.t("按汇总票数计", "their votes come counted") if kind.tally else "",
    ]
    told = words.clauses(parts) or words.t("参加投票", "they vote")
    zh = f"{kind.title}{told}" if not alone else words.headed(kind.title, told)
    return words.sentence(words.t(zh, words.headed(kind.title, told)))


def _normalised(words: Words, ballot: Ballot) -> str:
    whole = words.points(ballot.scale)
    each = words.t("每类投票", "in each kind ") if len(ballot.kinds) > 1 else ""
    if ballot.normalise == "best":
        text = words.t(
            f"{each}以得票最多者为{whole}，其余按比例折算",
            f"{each}the best entry has {whole} and the others in proportion",
        )
    else:
        text = words.t(
            f"{each}按得票率折算，全票为{whole}",
            f"{each}an entry has its share of the votes, all of them being {whole}",
        )
    return words.sentence(text)


def _rounded(words: Words, ballot: Ballot) -> str:
    """Write where figures are rounded."""
    parts = []
    for rule, zh, en in (
        (ballot.round_kind, "每类投票的得分", "each kind of votes"),
        (ballot.round, "投票得分", "the result"),
    ):
        if rule is not None:
            parts.append(words.t(zh, f"{en} ") + rounding(words, rule))
    return words.sentence(words.clauses(parts))


def rounding(words: Words, rule: Round) -> str:
    """Write how a figure is rounded, as half a sentence."""
    many = rule.decimals
    where_zh = f"保留{many}位小数" if many else "保留整数"
    places = words.many(many, "decimal")
    where_en = f"rounded to {places}" if many else "rounded to whole points"
    how = {
        "half-up": ("四舍五入", "half up"),
        "half-even": ("四舍六入五成双", "half to even"),
        "down": ("多余位数舍去", "down"),
        "up": ("多余位数进一", "up"),
    }[rule.mode]
    return words.t(f"{where_zh}（{how[0]}）", f"{where_en} ({how[1]})")


def _threshold(words: Words, ballot: Ballot, rule: Threshold) -> str:
    share = (rule.least if rule.least is not None else rule.above) or Fraction(0)
    half = share == Fraction(1, 2)
    shown = words.t("半数", "half") if half else words.percent(share)
    of = {
        "votes": words.t("表态票", "the votes for and against"),
        "present": words.t("到会人数", "those present"),
        "members": words.t("应到人数", "all who have a vote"),
    }[rule.of]
    kind = ballot.kinds.get(rule.kind or "")
    who = words.t(f"{kind.title}的", f"{kind.title}: ") if kind else ""
    then = {
        "void": words.t("不足的不予通过", "whoever has fewer is not passed"),
        "zero": words.t("不足的记0分", "whoever has fewer gets 0"),
        "note": words.t("不足的予以注明", "whoever has fewer is noted"),
    }[rule.below]
    enough_zh = "达到" if rule.least is not None else "超过"
    enough_en = "at least" if rule.least is not None else "more than"
    return words.t(
        f"{who}赞成票须{enough_zh}{of}的{shown}，{then}。",
        f"{who}approvals of {enough_en} {shown} of {of} are needed; {then}.",
    )


def _seats(words: Words, ballot: Ballot, seats: int) -> str:
    rest = (
        words.t("通过人选不足的，空缺", "places for which nobody passes stay vacant")
        if ballot.vacancy == "allowed"
        else words.t("通过人选不足的，再次表决", "if fewer pass, the rest is voted on again")
    )
    return words.t(f"名额{seats}个，{rest}。", f"{seats} places; {rest}.")
