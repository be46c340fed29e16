"""Two people's changes of the same rules come together, and nothing of either is lost."""

from datetime import date

from leitai.rulebook import editing, load, packaged
from leitai.rulebook.replaying import next_year, replay

A, B = packaged("inner-mongolia-2022"), packaged("sichuan-2022")


def test_changes_of_different_places_both_stand():
    mine = editing.set_value(B, "stages.selection.quota.count", 30)
    mine = editing.set_value(mine, "awards.star.title", "练兵之星")
    theirs = editing.set_value(B, "stages.advancement.team.top", 15)
    done = replay(B, mine, theirs)
    assert done.clashes == ()
    law = load(done.text)
    assert (law.stages["selection"].quota.count, law.award("star").title) == (30, "练兵之星")
    assert law.stages["advancement"].team.top == 15


def test_same_place_is_named_and_mine_stands():
    mine = editing.set_value(B, "stages.selection.quota.count", 30)
    theirs = editing.set_value(B, "stages.selection.quota.count", 35)
    done = replay(B, mine, theirs)
    assert done.clashes == ("stages.selection.quota.count",)
    assert load(done.text).stages["selection"].quota.count == 30


def test_the_same_change_of_both_is_no_clash():
    mine = editing.set_value(B, "stages.selection.quota.count", 30)
    assert replay(B, mine, mine).clashes == ()


def test_new_items_stand_after_their_neighbours():
    field = {"id": "size", "title": "服装尺码"}
    mine = editing.insert(A, "forms.entry.fields[4]", field)
    theirs = editing.insert(A, "forms.entry.fields[0]", {"id": "seq", "title": "序号"})
    theirs = editing.remove(theirs, "forms.entry.fields.wechat")
    fields = load(replay(A, mine, theirs).text).forms["entry"].fields
    names = [one.id for one in fields]
    assert names[0] == "seq"
    assert names[names.index("name") + 1] == "size"
    assert "wechat" not in names


def test_what_one_removed_and_the_other_changed_is_a_clash():
    mine = editing.remove(A, "forms.entry.fields.wechat")
    theirs = editing.set_value(A, "forms.entry.fields.wechat.title", "微信")
    done = replay(A, mine, theirs)
    assert done.clashes == ("forms.entry.fields.wechat",)
    back = replay(A, theirs, mine)
    assert back.clashes == ("forms.entry.fields.wechat",)
    assert "wechat" in [one.id for one in load(back.text).forms["entry"].fields]


def test_lists_without_ids_change_as_a_whole():
    mine = editing.set_value(B, "stages.advancement.ranking.keys", ["total"])
    theirs = editing.set_value(B, "stages.final.ranking.keys", ["total"])
    done = replay(B, mine, theirs)
    assert done.clashes == ()
    assert load(done.text).stages["advancement"].ranking.keys == ("total",)


def test_next_year_moves_days_and_years_and_keeps_quotations():
    law = load(next_year(B, "sichuan-2023", 2023))
    assert (law.id, law.year, law.title) == (
        "sichuan-2023", 2023, "2023年度四川人社窗口单位业务技能练兵比武活动",
    )  # fmt: skip
    assert law.calendar["final"].latest == date(2023, 8, 20)
    bar = law.stages["selection"].bars[0]
    assert bar.refuse.any[0].lacks.year == 2023
    assert "2022年度" in bar.source
    assert law.stages["selection"].bars[1].refuse.any[0].has.since == 2019


def test_next_year_of_a_leap_day():
    text = next_year(
        "rulebook: 1\nid: a\ntitle: x\nyear: 2024\ncalendar:\n  d: {title: y, words: z, latest: 2024-02-29}\n",
        "b",
        2025,
    )
    assert editing.read(text)["calendar"]["d"]["latest"] == "2025-02-28"


def test_the_seed_of_the_other_region_as_well():
    law = load(next_year(A, "inner-mongolia-2023", 2023))
    assert law.calendar["works"].latest == date(2023, 4, 10)
    assert load(A).calendar["works"].latest == date(2022, 4, 10)
