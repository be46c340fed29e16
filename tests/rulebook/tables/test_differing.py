"""What changed between two rulebooks, in words: by meaning, not by writing."""

import pytest

from leitai.rulebook import differing, load, packaged

OLD = load(packaged("sichuan-2022"), name="sichuan-2022.yaml")


def changed(text, lang="zh"):
    new = load(f"rulebook: 1\nextends: sichuan-2022\nid: next\n{text}", name="next.yaml")
    changes = differing.differences(OLD, new, lang)
    return tuple(change for change in changes if change.path != "id")


def lines(text, lang="zh"):
    return differing.text(changed(text, lang), lang).splitlines()


def test_nothing_changed():
    assert changed("") == ()
    assert differing.text((), "zh") == "没有不同。\n"
    assert differing.text((), "en") == "No rule differs.\n"


def test_next_years_changes_in_chinese():
    """The five changes that issue 4 names, but for the fields of 附件3, which Sichuan has not."""
    assert lines(
        "change:\n"
        "  stages.selection.quota.count: 30\n"
        "  stages.advancement.team.top: 15\n"
        "  awards.star.title: 岗位能手\n"
        "  calendar.final.words: 另行通知\n"
        "remove: [calendar.final.latest]\n"
    ) == [
        "修改 市（州）选拔赛·名额·人数（stages.selection.quota.count）：40 → 30",
        "修改 全省晋级赛·代表队成绩·计分人数（stages.advancement.team.top）：20 → 15",
        "修改 时间安排·全省总决赛·原文写法（calendar.final.words）：8月20日前 → 另行通知",
        "删去 时间安排·全省总决赛·截止日期（calendar.final.latest）：2022-08-20",
        "修改 奖项·岗位能手·名称（awards.star.title）：岗位练兵明星 → 岗位能手",
    ]


def test_what_comes_and_goes_is_said_in_the_words_of_the_plain_page():
    gone, new = lines(
        "add:\n  awards:\n    - {id: line, title: 达标奖, to: person, stage: final, least: 60, stacks: true}\n"
        "remove: [stages.selection.bars.national-title]\n"
    )
    assert gone == (
        "删去 市（州）选拔赛·参赛限制·全国称号获得者（stages.selection.bars.national-title）："
        "全国称号获得者：已获得“全国人社知识通”的，不得参加。"
    )
    assert new.startswith("新增 奖项·达标奖（awards.line）：达标奖：")
    assert "总分达到60分" in new


def test_keys_of_a_ranking_are_named():
    (line,) = lines("change: {stages.final.ranking.keys: [total, exam.seconds]}\n")
    assert line == (
        "修改 全省总决赛·排名·排序依据（stages.final.ranking.keys）："
        "总分、多项选择题得分、答题用时（少者在前） → 总分、答题用时（少者在前）"
    )


def test_in_english():
    (line,) = lines("change: {stages.selection.quota.count: 30}\n", "en")
    assert line == (
        "changed 市（州）选拔赛 · quota · count (stages.selection.quota.count): 40 → 30"
    )


@pytest.mark.parametrize(
    "text",
    [
        "add: {stages.final.team.score: sum}\n",  # the default, written out
        "change: {events.exam.max: 100}\n",  # "100.00" before
        "add: {stages.final.trial: false}\n",
    ],
)
def test_what_means_the_same_is_no_change(text):
    assert changed(text) == ()


def test_the_order_of_awards_is_a_change_of_its_own():
    first = "{id: %s, title: 甲, to: person, stage: contest, ranks: [%d, %d]}"
    head = "rulebook: 1\ntitle: 竞赛\nawards:\n"
    one, two = first % ("a", 1, 1), first % ("b", 2, 2)
    old = load(f"{head}  - {one}\n  - {two}\n")
    new = load(f"{head}  - {two}\n  - {one}\n")
    (change,) = differing.differences(old, new)
    assert (change.path, change.before, change.after) == ("awards", "a、b", "b、a")


def test_a_rule_put_in_before_others_is_one_addition():
    stage = "{title: 比赛, events: [quiz], ranking: {unbroken: share}, caps: [%s]}"
    text = "rulebook: 1\ntitle: 竞赛\nevents: {quiz: {title: 答题}}\nstages: {contest: %s}\n"
    one, two = "{per: unit, count: 1}", "{per: group, count: 3}"
    old = load(text % (stage % one))
    new = load(text % (stage % f"{two}, {one}"))
    (change,) = differing.differences(old, new)
    assert (change.kind, change.path, change.after) == (
        "added",
        "stages.contest.caps[0]",
        "每个组别限3名选手。",
    )


def test_every_way_round_says_something():
    new = load("rulebook: 1\ntitle: 竞赛\n")
    there = differing.differences(OLD, new)
    back = differing.differences(new, OLD)
    assert there
    assert len(there) == len(back)
    assert all(one.name and one.path and (one.before or one.after) for one in (*there, *back))
