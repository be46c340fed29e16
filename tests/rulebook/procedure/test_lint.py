"""Bad rules of procedure: each problem at its line and column. ``▲`` marks where it is pointed at."""

import pytest

from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook import from_canonical, load
from leitai.rulebook.model import Draw
from leitai.rulebook.procedure import group_sizes
from leitai.rulebook.texts import text_of
from tests.rulebook.procedure.builders import ANNEXES, DEADLINES, TEXTS


def problems_of(text):
    with pytest.raises(Problems) as caught:
        load(text, name="x.yaml")
    for problem in caught.value.problems:
        assert text_of(problem)
        assert text_of(problem, "en")
    return [(problem.place, problem.code) for problem in caught.value.problems]


LIST = "list: {title: 报送名单, words: 6月10日前, latest: 2022-06-10}"
KICKOFF = "kickoff: {title: 动员部署, words: 3月下旬, soft: true}"
SYLLABUS = "words: 8月底前, soft: true, latest: 2022-08-31"
AWARDS = "awards: {title: 颁奖, words: 另行通知, later: true}"
BREAK = "{title: 端午节, from: 2022-06-03, to: 2022-06-05}"
TERM = "term: {within: 5, unit: working-days, from: publication}"
HOURS = "term: {within: 2, unit: hours, from: event-end}"
LESSON = "of: topic, pool: given, pool_size: 16, take: 1"
ORDER = "of: order, stage: final, again: true"
SPOT = "kind: dispute, by: [leader], at_once: true, levels: [{body: arbitration}]"
DURING = "kind: objection, by: [anyone], during: selection"
CASES = [
    # ---- calendar
    ('closes: "16:00"', 'closes: ▲"16:60"', [("calendar.online.closes", "clock_unread")]),
    ('closes: "16:00"', "closes: ▲4点", [("calendar.online.closes", "clock_unread")]),
    (LIST, LIST.replace("}", ', opens: ▲"8:00"}'), [("calendar.list.opens", "clock_without_day")]),
    (LIST, LIST.replace("}", ', earliest: 2022-06-10, opens: "8:00", closes: ▲"8:00"}'),
     [("calendar.list.closes", "clock_backwards")]),
    (KICKOFF, KICKOFF.replace("3月下旬", "▲近期"), [("calendar.kickoff.words", "soft_unread")]),
    (SYLLABUS, SYLLABUS.replace("2022-08-31", "▲2022-09-01"), [("calendar.syllabus.latest", "soft_disagrees")]),
    (AWARDS, AWARDS.replace("}", ", latest: ▲2022-09-30}"), [("calendar.awards.latest", "later_with_day")]),
    (AWARDS, AWARDS.replace("}", ", fixed_by: ▲补充通知}"), [("calendar.awards.fixed_by", "fixed_without_day")]),
    # ---- holidays
    (BREAK, "{title: 端午节, from: 2022-06-05, to: ▲2022-06-03}", [("holidays.days_off[4].to", "dates_out_of_order")]),
    (BREAK, "{title: 端午节, from: 2022-06-03, to: ▲2022-09-01}", [("holidays.days_off[4].to", "break_too_long")]),
    (BREAK, "{title: 端午节, from: ▲2022-05-04}", [("holidays.days_off[4].from", "day_off_twice")]),
    ("2022-10-08, 2022-10-09]", "2022-10-08, ▲2022-10-11]", [("holidays.days_on[6]", "worked_anyway")]),
    ("2022-10-08, 2022-10-09]", "2022-10-08, ▲2022-10-02]", [("holidays.days_on[6]", "day_off_and_on")]),
    # ---- terms
    (TERM, TERM.replace("publication", "▲posting"), [("publicity.selection.term.from", "no_such_moment")]),
    (TERM, TERM.replace("publication", "▲calendar.july"), [("publicity.selection.term.from", "no_such_moment")]),
    (TERM, TERM.replace("publication", "calendar.list, rolls: ▲true"), [("publicity.selection.term.rolls", "rolls_anyway")]),
    (TERM, TERM.replace("5", "▲0"), [("publicity.selection.term.within", "too_small")]),
    (TERM, TERM.replace("5", "▲10001"), [("publicity.selection.term.within", "too_great")]),
    (HOURS, HOURS.replace("}", ", first_day: ▲counts}"), [("appeals.event.term.first_day", "term_runs_exactly")]),
    (HOURS, HOURS.replace("}", ', closes: ▲"17:00"}'), [("appeals.event.term.closes", "term_runs_exactly")]),
    # ---- draws
    ("groups: [2, 2]", "groups: ▲[2, 3]", [("draws.groups.groups", "groups_do_not_fit")]),
    ("groups: [2, 2]", "groups: [2, 2]\n    group_count: ▲2", [("draws.groups.group_count", "groups_said_twice")]),
    (ORDER, ORDER + ", group_count: ▲2", [("draws.order.group_count", "groups_of_nothing")]),
    (ORDER, ORDER.replace("final", "▲semi"), [("draws.order.stage", "no_such_stage")]),
    (ORDER, ORDER + ", events: [▲oral]", [("draws.order.events[0]", "no_such_event")]),
    (ORDER, ORDER + ", tracks: [▲other]", [("draws.order.tracks[0]", "track_unknown")]),
    (ORDER, ORDER + ", window: ▲july", [("draws.order.window", "no_such_window")]),
    (LESSON, LESSON.replace("take: 1", "take: ▲17"), [("draws.lesson.take", "draw_beyond_pool")]),
    # ---- publicity and appeals
    ("subject: 获奖名单", "subject: 获奖名单\n    awards: [▲first]", [("publicity.winners.awards[0]", "no_such_award")]),
    ("subject: 获奖名单", "subject: 获奖名单\n    by: ▲office", [("publicity.winners.by", "no_such_body")]),
    (SPOT, SPOT.replace("arbitration", "▲jury"), [("appeals.spot.levels[0].body", "no_such_body")]),
    (SPOT, SPOT.replace("arbitration}", "arbitration, last: ▲true}, {body: 厅领导}"),
     [("appeals.spot.levels[0].last", "level_after_last")]),
    (SPOT, SPOT.replace("by: [leader]", "by: [leader, ▲leader]"), [("appeals.spot.by[1]", "duplicate")]),
    (DURING, DURING.replace("selection", "▲list"), [("appeals.list.during", "no_such_publicity")]),
    (DURING, DURING + ", at_once: ▲true", [("appeals.list.at_once", "appeal_limits")]),
    (DURING, DURING + ", form: ▲objection", [("appeals.list.form", "no_such_form")]),
    (DURING, DURING + ", answer_before: ▲later", [("appeals.list.answer_before", "no_such_moment")]),
    ("correct: {within: 10", "window: list\n    term: ▲{within: 1, unit: days, from: notice}\n    correct: {within: 10",
     [("forms.correction.term", "due_said_twice")]),
]  # fmt: skip
WHAT = "    fields:\n      - {id: league, title: 盟市, required: true}\n      - {id: filled-on, title: 填表日期"
SEX = "{id: sex, title: 性别, section: 基本信息, kind: choice, options: [男, 女], required: true}"
NAME = "{id: name, title: 姓名, section: 基本信息, kind: person, required: true, public: true}"
FORMS = [
    ("stage: final\n    per: person", "stage: ▲semi\n    per: person", [("forms.entry.stage", "no_such_stage")]),
    ("stage: final\n    per: person", "tracks: [▲solo]\n    per: person", [("forms.entry.tracks[0]", "track_unknown")]),
    ("stage: final\n    per: person", "most: ▲2\n    per: person", [("forms.entry.most", "most_without_repeated")]),
    (SEX, SEX.replace("id: sex", "▲id: Sex"), [("forms.entry.fields[4].id", "bad_name")]),
    (SEX, SEX.replace("sex", "▲name"), [("forms.entry.fields[4].id", "duplicate")]),
    (SEX, SEX.replace("{", "▲{").replace("options: [男, 女], ", ""), [("forms.entry.fields[4]", "field_needs")]),
    (SEX, SEX.replace("女]", "▲男]"), [("forms.entry.fields[4].options[1]", "duplicate")]),
    (SEX, SEX.replace("required", "words: ▲2, required"), [("forms.entry.fields[4].words", "field_key_useless")]),
    (SEX, SEX.replace("choice", "choices").replace("required", "count_least: ▲3, required"),
     [("forms.entry.fields[4].count_least", "field_bounds")]),
    (SEX, SEX.replace("required", "dated: ▲true, required"), [("forms.entry.fields[4].dated", "dated_without_seal")]),
    (SEX, SEX.replace("choice", "yes-no").replace("[男, 女]", "▲[男, 女]"),
     [("forms.entry.fields[4].options", "yes_no_options")]),
    (NAME, NAME.replace("public", "asked_if: {field: ▲sex, in: [男]}, public"),
     [("forms.entry.fields[3].asked_if.field", "asked_of_nothing")]),
    (NAME, NAME.replace("public", "asked_if: {field: track, in: [盟市领队, ▲裁判]}, public"),
     [("forms.entry.fields[3].asked_if.in[1]", "not_among")]),
    (NAME, NAME.replace("public", "words: 2, words_least: ▲3, public"),
     [("forms.entry.fields[3].words_least", "field_bounds")]),
    (NAME, NAME.replace("public", "from: ▲2022-01-01, public"), [("forms.entry.fields[3].from", "field_key_useless")]),
    ("- {id: what, title: 材料, kind: long-text}",
     "- {id: what, title: 材料, kind: ▲table, columns: [{id: x, title: 甲}]}",
     [("forms.project.fields[10].columns[0].kind", "table_in_table")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [("deadlines", *case) for case in CASES] + [("annexes", *case) for case in FORMS],
)
def test_each_problem_at_its_place(name, old, new, expected):
    text = TEXTS[name]
    assert old in text
    text = text.replace(old, new, 1)
    before, mark, after = text.partition("▲")
    assert mark
    place = f"x.yaml:{before.count(chr(10)) + 1}:{len(before.rpartition(chr(10))[2]) + 1}"
    assert problems_of(before + after) == [(f"{place}: {path}", code) for path, code in expected]


def test_soft_words_need_a_year():
    found = problems_of(TEXTS["deadlines"].replace("\nyear: 2022", ""))
    assert [code for _, code in found] == ["soft_without_year"] * 3


def test_corrections_need_a_number():
    text = TEXTS["deadlines"].replace("corrections: 1\n", "corrections: 0\n")
    assert [code for _, code in problems_of(text)] == ["correct_without_count"]


def test_all_problems_at_once():
    text = TEXTS["deadlines"]
    for old, new in ((LIST, LIST.replace("}", ', opens: "8:00"}')), (TERM, TERM.replace("publication", "x")),
                     (LESSON, LESSON.replace("take: 1", "take: 17"))):  # fmt: skip
        text = text.replace(old, new)
    assert [code for _, code in problems_of(text)] == [
        "clock_without_day",
        "draw_beyond_pool",
        "no_such_moment",
    ]


@pytest.mark.parametrize("rules", [ANNEXES, DEADLINES], ids=["annexes", "deadlines"])
def test_the_canonical_form_keeps_everything(rules):
    again = from_canonical(rules.canonical)
    for part in ("calendar", "holidays", "forms", "draws", "publicity", "appeals"):
        assert getattr(again, part) == getattr(rules, part)


def test_sizes_of_groups():
    assert group_sizes(DEADLINES.draws["groups"], 4) == (2, 2)
    assert group_sizes(Draw("抽签", "group", group_count=3), 22) == (8, 7, 7)
    assert group_sizes(Draw("抽签", "order"), 5) == (5,)
    for draw, count in ((DEADLINES.draws["groups"], 5), (Draw("抽签", "group", group_count=3), 2)):
        with pytest.raises(DomainError) as caught:
            group_sizes(draw, count)
        assert caught.value.code == "groups_do_not_fit"
