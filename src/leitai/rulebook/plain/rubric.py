"""Rubrics in plain words: what each line looks at, and how it becomes points."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from leitai.rulebook.model import Award
from leitai.rulebook.model.rubric import Rubric, RubricLine
from leitai.rulebook.plain.conditions import kind_title
from leitai.rulebook.plain.words import Clause, Words, clause
from leitai.rulebook.practice.rules import ledger_of
from leitai.rulebook.rubric import ONE

_OF: Final[Mapping[str, tuple[str, str]]] = {
    "ratio": ("参学率（百分数）", "percent who took part"),
    "times": ("参学人次", "times of taking part"),
    "days": ("学习人天", "days of learners"),
    "accuracy": ("答题正确率（百分数）", "percent of answers that were right"),
    "held": ("是否举办{0}", "whether {0} was held"),
    "late": ("{0}结果比截止时间晚报的天数", "days by which the result of {0} came late"),
    "entrants": ("{0}的参赛人数", "contestants of {0}"),
    "levels": ("{0}名单覆盖的层级数", "levels of units on the list of {0}"),
    "lists": ("按时报送的比例（百分数）", "percent of what was due that came in time"),
    "incidents": (
        "考试中提前收卷、逾时作答的次数",
        "times a paper was closed early or answered late",
    ),
    "adopted": ("信息采用条数", "news items adopted"),
    "hand": ("人工评分", "points by hand"),
}


def clauses_of(words: Words, award: Award, rubric: Rubric) -> Iterator[Clause]:
    """Give the head and a clause for each line."""
    t, at = words.t, f"awards.{award.id}.rubric"
    full = words.points(sum(line.max for line in rubric.lines.values()))
    titles = words.listed(rubric.lines[name].title for name in rubric.keys)
    places = words.many(rubric.decimals, "decimal")
    then = t(f"总分相同的，依次比较{titles}", f"equal totals: compare {titles}") if titles else ""
    head = words.groups(
        [
            words.headed(
                t(f"{award.title}评分表", f"rubric of {award.title}"),
                t(
                    f"满分{full}，各项得分四舍五入保留{rubric.decimals}位小数",
                    f"{full} in all, each line rounded half up to {places}",
                ),
            ),
            then,
            t("仍相同的名次并列", "units still equal share a rank"),
            "" if award.count else t("获奖数量由评定机构决定", "the body decides how many have it"),
        ]
    )
    yield clause(words.sentence(head), at, rubric)
    for name, line in rubric.lines.items():
        text = words.headed(line.title, words.clauses([_of(words, line), *_counted(words, line)]))
        yield clause(words.sentence(text), f"{at}.lines.{name}", line)


def _of(words: Words, line: RubricLine) -> str:
    t, practice = words.t, words.rules.practice
    if line.of == "mean" and practice is not None:
        title = practice.ledgers[ledger_of(practice, line.ledger)].title
        return t(f"{title}人均积分", f"mean points of {title}")
    if line.of == "holders" and practice is not None:
        title = practice.titles[line.award or ""].title
        return t(f"获“{title}”人数", f"persons with “{title}”")
    if line.of == "facts":
        kind = kind_title(words, line.kind or "")
        key = words.quoted(line.key) if line.key else ""
        return t(f"所属人员登记的{kind}{key}数", f"records of {kind} {key}".rstrip())
    stage = words.rules.stages[line.stage].title if line.stage else ""
    return t(*_OF[line.of]).format(stage)


def _each(words: Words, line: RubricLine, each: Fraction) -> str:
    """Write what one of the figure counts; what is held counts as one."""
    t = words.t
    sign = t("计" if each >= 0 else "扣", "" if each >= 0 else "minus ")
    said = words.points(abs(each))
    if line.of == "held":
        return t(f"举办的{sign}{said}", f"{sign}{said} if it was")
    unit = ONE[line.of]
    return t(f"每{unit[0]}{sign}{said}", f"{sign}{said} for each {unit[1]}")


def _counted(words: Words, line: RubricLine) -> Iterator[str]:
    t, most = words.t, words.points(line.max)
    if line.each is not None:
        if line.base:
            yield t(f"基础{words.points(line.base)}", f"from {words.points(line.base)}")
        yield _each(words, line, line.each)
    if line.steps:
        rungs = [
            t(
                f"达到{words.amount(one.least)}计{words.points(one.points)}",
                f"{words.points(one.points)} from {words.amount(one.least)}",
            )
            for one in line.steps
        ]
        yield words.listed(rungs)
    if line.best:
        yield t(
            "最高的单位计满分，其余按与其比例计分", "the highest has all, others their share of it"
        )
    if line.of == "hand":
        yield t("由工作人员评分并写明理由", "an officer gives them with a reason")
    yield t(f"最高{most}", f"{most} at the most")
