"""The kinds of segments of a live quiz in plain words: half sentences, to be joined."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from leitai.rulebook.model.live import Fouls, Rung, Segment, Stake, Stop
from leitai.rulebook.plain.words import Words

_COUNTED: Final = {
    "wrong": ("答错", "wrong answers"),
    "timeout": ("超时", "answers out of time"),
    "partly": ("基本正确", "partly right answers"),
    "foul": ("犯规", "fouls"),
}


def change(words: Words, points: Fraction) -> str:
    """Write what an event of the game adds or takes: «加10分», «扣5分», «不得分也不扣分»."""
    amount = words.amount(abs(points))
    if points > 0:
        return words.t(f"加{amount}分", f"+{amount}")
    if points < 0:
        return words.t(f"扣{amount}分", f"−{amount}")
    return words.t("不加分不扣分", "no points")


def stop(words: Words, rule: Stop) -> str:
    """Write after how many failures a seat is stopped."""
    zh = "或".join(_COUNTED[kind][0] for kind in rule.counts)
    en = " or ".join(_COUNTED[kind][1] for kind in rule.counts)
    where = words.t("本场" if rule.scope == "match" else "本环节", rule.scope)
    return words.t(
        f"{where}累计{zh}{rule.after}次的，停止本环节答题资格",
        f"after {rule.after} {en} in the {where} a seat answers no more in this segment",
    )


def ladder(words: Words, fouls: Fouls) -> str:
    """Write the ladder of fouls as a sentence."""
    where = words.t(
        "本场" if fouls.memory == "match" else "本环节",
        "match" if fouls.memory == "match" else "segment",
    )
    parts = []
    for index, rung in enumerate(fouls.rungs):
        last = index == len(fouls.rungs) - 1
        number = index + 1
        zh = f"第{number}次{'及以后' if last and index else ''}"
        en = f"number {number}{' and later' if last and index else ''}"
        if len(fouls.rungs) == 1:
            zh, en = "每次", "each"
        parts.append(words.t(zh, en + ": ") + words.clauses(_rung(words, rung)))
    body = words.t("；", "; ").join(parts)
    return words.sentence(
        words.t(f"抢答犯规按{where}累计次数处理：{body}", f"Fouls add up in the {where}; {body}")
    )


def _rung(words: Words, rung: Rung) -> Iterator[str]:
    if rung.points:
        yield change(words, rung.points)
    if rung.loses == "question":
        yield words.t("失去本题答题资格", "the seat loses the question")
    elif rung.loses == "segment":
        yield words.t("停止本环节答题资格", "the seat answers no more in this segment")
    yield {
        "goes-on": words.t("其他台继续抢答", "the others go on"),
        "void": words.t("本题作废，不再补题", "the question is void and not replaced"),
        "replaced": words.t("本题作废，另换一题", "the question is replaced"),
    }[rung.question]


def must(words: Words, _path: str, segment: Segment) -> Iterator[str]:
    """Write must questions."""
    rule = segment.must
    if rule is None:
        return
    who = "每名队员" if rule.by == "member" else "每台"
    yield words.t(f"{who}{rule.each}题", f"{rule.each} a {rule.by}")
    if rule.sequence == "seat-major":
        yield words.t("一台答完再轮下一台", "one seat after the other")
    elif rule.by == "member":
        yield words.t(
            "各台1号队员答完后，依次由2号及以后的队员作答",
            "first member 1 of every seat, then member 2, and so on",
        )
    else:
        yield words.t("各台轮流作答", "the seats take turns")
    if rule.sets is not None:
        how = rule.sets.by == "drawn"
        yield words.t(
            f"从{rule.sets.count}组题中{'抽签' if how else '自选'}一组",
            f"each seat {'draws' if how else 'chooses'} one of {rule.sets.count} sets",
        )


def joint(words: Words, _path: str, segment: Segment) -> Iterator[str]:
    """Write joint questions."""
    count = segment.joint.questions if segment.joint is not None else 0
    yield words.t(f"共{count}题，各台同时作答", f"{count} questions, all answer")


def buzzer(words: Words, path: str, segment: Segment) -> Iterator[str]:
    """Write buzzer questions."""
    rule = segment.buzzer
    if rule is None:
        return
    yield words.t(f"共{rule.questions}题", f"{rule.questions} questions")
    lost = ("", "")
    if rule.fouls is None:  # what a foul brings where the rulebook has no ladder
        lost = ("，失去本题答题资格", " and lose the question")
    yield opened(words, rule.opens, lost)
    queue = rule.next == "queue"
    if rule.after_wrong == "ends":
        yield words.t("答错后本题结束", "a failed answer ends the question")
    elif rule.after_wrong == "rebound":
        how = words.t(
            "由下一个按下抢答器的台" if queue else "由其他台",
            "the next who pressed has" if queue else "the others have",
        )
        yield words.t(f"答错后{how}补答一次", f"{how} one rebound after a failed answer")
        if rule.rebound is not None:
            right, wrong = change(words, rule.rebound.right), change(words, rule.rebound.wrong)
            yield words.t(
                f"补答正确{right}，错误{wrong}", f"the rebound gives {right}, wrong {wrong}"
            )
    else:
        yield words.t(
            "答错后由其他台按抢答先后接着作答" if queue else "答错的台本题不得再答，其他台继续抢答",
            "who pressed next answers after a failed answer"
            if queue
            else "after a failed answer the others may press",
        )
    if rule.attempts is not None:
        yield words.t(f"最多{rule.attempts}次作答机会", f"at most {rule.attempts} failed answers")
    yield words.t(
        "无人答对的转为观众题" if rule.unanswered == "audience" else "无人作答的作废",
        "what nobody answers goes to the audience"
        if rule.unanswered == "audience"
        else "what nobody answers is void",
    )
    if rule.equal != "seat" or words.says(f"{path}.buzzer.equal"):
        yield {
            "seat": words.t("同时按下的台号在前者优先", "at one instant the lower seat first"),
            "score-ascending": words.t(
                "同时按下的得分低者优先", "at one instant the lower score first"
            ),
            "score-descending": words.t(
                "同时按下的得分高者优先", "at one instant the higher score first"
            ),
        }[rule.equal]


def opened(words: Words, opens: str, lost: tuple[str, str] = ("", "")) -> str:
    """Write from when presses count; ``lost`` is what an early one brings."""
    if opens == "go":
        return words.t(
            f"主持人宣布开始后方可抢答，提前按下为犯规{lost[0]}",
            f"presses count after the host's word; earlier ones are fouls{lost[1]}",
        )
    return words.t(
        "读题过程中即可抢答，抢答后停止读题",
        "one may press while the question is read; reading then stops",
    )


def _stakes(words: Words, stakes: tuple[Stake, ...]) -> str:
    def one(stake: Stake) -> str:
        amount = words.amount(stake.points)
        if stake.stock is None:
            return words.t(f"{amount}分", amount)
        return words.t(f"{amount}分（{stake.stock}题）", f"{amount} ({stake.stock} questions)")

    listed = words.listed(one(stake) for stake in stakes)
    return words.t(f"可选{listed}", f"stakes {listed}")


def risk(words: Words, _path: str, segment: Segment) -> Iterator[str]:
    """Write risk questions."""
    rule = segment.risk
    if rule is None:
        return
    yield words.t(f"每台{rule.rounds}次", f"{rule.rounds} a seat")
    yield _stakes(words, rule.stakes)
    yield words.t(
        "必须选题" if rule.compulsory else "可以放弃",
        "choosing is compulsory" if rule.compulsory else "a seat may decline",
    )
    yield words.t("答对加所选分值", "a right answer gives the stake")
    yield _loss(words, rule.loss)
    yield from _partly(words, rule.partly)
    if rule.give is not None:
        give = rule.give
        zh = {"taker": "答题台得分", "giver": "转让台得分", "none": "不得分"}[give.right]
        en = {"taker": "the taker gains", "giver": "the giver gains", "none": "nobody gains"}
        yield words.t(
            f"可转给其他台作答，答对{zh}", f"it may be handed on; when right {en[give.right]}"
        )
        if give.wrong == "giver":
            yield words.t("答错转让台加分", "when wrong the giver gains")
        if give.loses != "taker":
            nobody = give.loses == "none"
            yield words.t(
                "答错不扣分" if nobody else "答错由转让台扣分",
                "nobody loses" if nobody else "the giver loses",
            )
    if rule.steal:
        yield words.t("答错后其他台可抢答一次", "after a failed answer the others may press once")


def _loss(words: Words, loss: Fraction) -> str:
    if loss == 0:
        return words.t("答错不扣分", "a wrong one costs nothing")
    if loss == 1:
        return words.t("答错扣所选分值", "a wrong one costs it")
    share = words.percent(loss)
    return words.t(f"答错扣所选分值的{share}", f"a wrong one costs {share} of it")


def _partly(words: Words, share: Fraction | None) -> Iterator[str]:
    if share is not None:
        shown = words.percent(share)
        yield words.t(f"基本正确加所选分值的{shown}", f"a partly right one {shown} of it")


def designation(words: Words, _path: str, segment: Segment) -> Iterator[str]:
    """Write designated questions."""
    rule = segment.designation
    if rule is None:
        return
    yield words.t(f"每台出题{rule.rounds}次", f"each seat sets {rule.rounds}")
    yield {
        "next": words.t("由下一台作答，最后一台由第一台作答", "the next seat answers, in a ring"),
        "previous": words.t(
            "由上一台作答，第一台由最后一台作答", "the seat before answers, in a ring"
        ),
        "chosen": words.t("由出题台指定作答台", "the setter chooses who answers"),
    }[rule.target]
    if rule.member == "chosen":
        yield words.t("出题台指定作答队员", "and which member")
    if rule.target == "chosen" and rule.each == "once":
        yield words.t("每轮每台只能被指定一次", "nobody twice a round")
    yield _stakes(words, rule.stakes)
    yield words.t("答对加所选分值", "a right answer gives the stake")
    yield _loss(words, rule.loss)
    yield from _partly(words, rule.partly)
    if rule.setter_gains:
        share = words.percent(rule.setter_gains)
        yield words.t(
            f"未答对的，出题台加所选分值的{share}", f"the setter gains {share} of it when it fails"
        )


def duel(words: Words, _path: str, segment: Segment) -> Iterator[str]:
    """Write duels."""
    rule = segment.duel
    if rule is None:
        return
    yield {
        "score": words.t(
            "按当时得分第1对第2、第3对第4依次配对", "pairs by score: 1 against 2, 3 against 4"
        ),
        "seat": words.t("按台号依次配对", "pairs by seat"),
        "given": words.t("按抽签配对", "pairs as drawn"),
    }[rule.pairs]
    yield words.t(f"每对{rule.questions}题", f"{rule.questions} questions a pair")
    yield words.t(
        "抢答" if rule.form == "buzzer" else "轮流作答",
        "by buzzer" if rule.form == "buzzer" else "in turn",
    )
    if rule.form == "buzzer":
        yield opened(words, rule.opens)
        yield words.t(
            "答错后本题结束" if rule.after_wrong == "ends" else "答错后由对方继续抢答",
            "a failed answer ends the question"
            if rule.after_wrong == "ends"
            else "after a failed answer the other may press",
        )
    if rule.first_to is not None:
        yield words.t(f"先答对{rule.first_to}题者胜", f"first to {rule.first_to} right answers")
    if rule.win:
        yield words.t(f"胜者{change(words, rule.win)}", f"the winner {change(words, rule.win)}")
    if rule.level:
        yield words.t(
            f"平局各{change(words, rule.level)}", f"level: {change(words, rule.level)} each"
        )
    if rule.lifelines:
        yield words.t(
            f"每台可求助{rule.lifelines}次并重新计时",
            f"{words.many(rule.lifelines, 'lifeline')} to restart the clock",
        )


def arena(words: Words, _path: str, segment: Segment) -> Iterator[str]:
    """Write the arena."""
    rule = segment.arena
    if rule is None:
        return
    yield words.t(
        "首任擂主按顺序产生，擂主挑选对手", "the first of the order holds it and picks opponents"
    )
    yield words.t(
        "挑战者先答" if rule.first == "challenger" else "擂主先答",
        "the challenger begins" if rule.first == "challenger" else "the champion begins",
    )
    wrong = "答错者" if rule.out_after == 1 else f"先答错{rule.out_after}次者"
    yield words.t(
        f"轮流作答，{wrong}出局，胜者守擂",
        f"they answer in turn; who fails {words.often(rule.out_after)} leaves, the other stays",
    )
    if rule.passes:
        yield words.t(
            f"每台有{rule.passes}次免答权，用后由对手作答",
            f"{words.often(rule.passes)} a seat may pass the question to its opponent",
        )
    if rule.opener is not None:
        yield words.t(
            f"每轮对决第一题由{rule.opener}号队员作答",
            f"member {rule.opener} answers the first question of each duel",
        )
    if rule.places:
        points = words.listed(words.amount(place) for place in rule.places)
        yield words.t(f"按出局先后排定名次，依次得{points}分", f"places give {points}")
    else:
        yield words.t("按出局先后排定名次", "places by the order of leaving")


def timed(words: Words, _path: str, segment: Segment) -> Iterator[str]:
    """Write timed runs."""
    rule = segment.timed
    if rule is None:
        return
    yield words.t(f"每台{rule.seconds}秒", f"{rule.seconds} s a seat")
    if rule.questions is not None:
        yield words.t(f"最多{rule.questions}题", f"at most {rule.questions} questions")
    if rule.passes is None:
        yield words.t("可以跳过", "passing is allowed")
    elif rule.passes:
        yield words.t(f"可跳过{rule.passes}题", words.many(rule.passes, "pass", "passes"))
    else:
        yield words.t("不得跳过", "no passes")
    if rule.out_after is not None:
        yield words.t(f"答错{rule.out_after}题即止", f"it ends with wrong answer {rule.out_after}")


def playoff(words: Words, _path: str, segment: Segment) -> Iterator[str]:
    """Write a playoff."""
    rule = segment.playoff
    if rule is None:
        return
    places = words.t("、", " or ").join(map(str, rule.places))
    first = "第一" if rule.top == 1 else f"前{rule.top}"
    yield {
        "any": words.t("得分相同即加赛", "whenever seats are level"),
        "places": words.t(
            f"同分影响第{places}名界线时加赛", f"when a tie crosses the line after place {places}"
        ),
        "top": words.t(
            f"{first}名出现同分时加赛", f"when seats among the first {rule.top} are level"
        ),
    }[rule.trigger]
    if rule.form == "joint":
        yield words.t("同分各台同题作答", "all answer")
        if segment.points is None:
            yield words.t("答对者在前", "who is right is ahead")
    else:
        first = words.t(f"，先答对{rule.first_to}题者在前", f", first to {rule.first_to}")
        yield words.t("抢答", "by buzzer") + ("" if segment.points else first)
        yield opened(words, rule.opens)
        if rule.wrong == "loses":
            yield words.t("答错者居后", "who fails is behind")
    if segment.points is not None:
        yield words.t(
            f"共{rule.most}题，答完后加赛得分高者在前",
            f"{words.many(rule.most or 0, 'question')}; then who has won more points is ahead",
        )
    elif rule.most is not None:
        yield words.t(f"最多{rule.most}题", f"at most {rule.most} questions")
    yield words.t("只定先后，不计入得分", "it gives an order and no points")
