"""The guided editor of a draft of rules: forms of its clauses, the text, its adoption."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leitai.rulebook import editing, packaged
from leitai.seasons import selectors, services
from leitai.seasons.models import RulesDraft
from tests.factories import rules as drafts
from tests.factories import seasons as make
from tests.factories.rules import AT, SECOND, begun, changed, fresh
from tests.rooms.seasons.test_rule_views import (
    DESK,
    DRAFT,
    EDIT,
    RULES,
    A,
    as_role,
    boxes_of,
    filled,
    law,
    office,
    text_of,
)

pytestmark = pytest.mark.django_db
__all__ = ["as_role", "office"]


def test_quota_forty_to_thirty(office):
    begun(make.opened())
    sent = filled(office, "stages.selection.quota", count="３０")
    answer = office.post(EDIT, sent, follow=True)
    assert "已保存。" in text_of(answer)
    assert law().stages["selection"].quota.count == 30


def test_top_twenty_to_fifteen_and_a_new_title(office):
    begun(make.opened())
    office.post(EDIT, filled(office, "stages.advancement.team", top="15"))
    office.post(EDIT, filled(office, "awards.star", title="练兵之星"))
    assert law().stages["advancement"].team.top == 15
    assert law().award("star").title == "练兵之星"
    assert RulesDraft.objects.get().revision == 3


def test_a_form_sent_as_it_stands_changes_nothing(office):
    season = make.opened()
    begun(season)
    for path in ("", "stages.advancement", "stages.advancement.team", "awards.star", "calendar.final",
                 "events.exam", "stages.selection.bars.practice", "delegations", "practice", "visibility.final"):  # fmt: skip
        office.post(EDIT, filled(office, path))
        assert RulesDraft.objects.get().revision == 1, path


def test_two_more_fields_of_annex_three(office):
    season = make.opened()
    text = editing.set_value(packaged(A), "host", {"unit": "51", "name": "省厅"})
    begun(season, text=text)
    page = text_of(office.get(DRAFT))
    assert "添加到“附件3 自治区赛参赛人员报名表·填写项”" in page
    for title, kind in (("从事本岗位年限", "number"), ("服装尺码", "choice")):
        sent = filled(
            office, "forms.entry.fields", add=True, title=title, kind=kind, required="true"
        )
        sent["f-options"] = ["S\nM\nL"] if kind == "choice" else [""]
        assert office.post(EDIT, sent).url == DRAFT
    fields = law().forms["entry"].fields[-2:]
    assert [(one.title, one.kind, one.required, one.options) for one in fields] == [
        ("从事本岗位年限", "number", True, ()),
        ("服装尺码", "choice", True, ("S", "M", "L")),
    ]
    assert [one.id for one in fields] == ["field-19", "field-20"]
    assert selectors.check(RulesDraft.objects.get().text).problems == ()


def test_a_date_to_be_told_later(office):
    begun(make.opened())
    page = text_of(office.get(EDIT, {"path": "calendar.final"}))
    assert "改为另行通知" in page
    sent = {"path": "calendar.final", "revision": "1", "act": "later"}
    answer = office.post(f"{DRAFT}item/", sent, follow=True)
    assert "时间另行通知" in text_of(answer)
    assert law().calendar["final"].later is True


def test_lists_grow_shrink_and_turn(office):
    begun(make.opened())
    told = {"path": "awards.star", "back": "awards"}
    office.post(f"{DRAFT}item/", told | {"revision": "1", "act": "up"})
    names = [one.id for one in law().awards]
    assert names.index("star") == names.index("scholar") - 1
    answer = office.post(f"{DRAFT}item/", told | {"revision": "2", "act": "remove"}, follow=True)
    assert "规则还有" in text_of(answer)  # an honour names the award
    office.post(f"{DRAFT}step/", {"revision": "3", "act": "undo"})
    assert "star" in [one.id for one in law().awards]


def test_a_refused_value_is_kept_and_shown_with_its_error(office):
    begun(make.opened())
    answer = office.post(EDIT, filled(office, "stages.selection.quota", count="三十"), follow=True)
    page = text_of(answer)
    assert "规则还有1处错误" in page
    assert "须更正的错误" in page
    assert "下面是出错之前的规则" in page
    form = text_of(office.get(EDIT, {"path": "stages.selection.quota"}))
    assert 'value="三十"' in form
    assert "invalid-feedback" in form
    assert "不能采用" in text_of(office.post(f"{DRAFT}adopt/", {"revision": "2", "reason": "x"}))


def test_shares_dates_choices_and_pairs_read_back(office):
    season = make.opened()
    text = editing.set_value(packaged(A), "host", {"unit": "51", "name": "省厅"})
    begun(season, text=text)
    sent = filled(office, "stages.semifinal.total")
    assert sent["f-weights-theory"] == ["50%"]
    sent |= {"f-weights-theory": ["40%"], "f-weights-showcase": ["60%"]}
    office.post(EDIT, sent)
    office.post(EDIT, filled(office, "calendar.works", latest="2022-04-20", tentative="true"))
    office.post(EDIT, filled(office, "forms.case", medium=["electronic", "paper"]))
    held = law()
    assert [str(share) for share in held.stages["semifinal"].total.weights.values()] == [
        "2/5",
        "3/5",
    ]
    assert (str(held.calendar["works"].latest), held.calendar["works"].tentative) == (
        "2022-04-20",
        True,
    )
    assert held.forms["case"].medium == ("electronic", "paper")


def test_who_comes_second_gets_the_form_back_as_it_was_typed(office):
    draft = begun(make.opened())
    sent = filled(office, "stages.selection.quota", count="33", least="5")
    changed(draft, "stages.selection.quota", count=30, source="新的通知")
    answer = office.post(EDIT, sent)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "刚刚保存了这份草稿" in page
    assert 'value="33"' in page
    assert "现在保存的是：30" in page
    assert "新的通知" in page  # what the second did not touch is the first's
    assert fresh(draft).revision == 2
    again = boxes_of(page)
    assert again["revision"] == ["2"]
    office.post(EDIT, again)
    quota = law().stages["selection"].quota
    assert (quota.count, quota.least, quota.source) == (33, 5, "新的通知")


def test_a_place_that_was_taken_away_meanwhile_shows_what_was_typed(office):
    draft = begun(make.opened())
    sent = filled(office, "awards.star", title="练兵之星")
    services.remove_item(actor=SECOND, draft=fresh(draft), revision=1, path="awards.star", at=AT)
    answer = office.post(EDIT, sent)
    assert answer.status_code == 409
    assert "这一条已被删去" in text_of(answer)
    assert "练兵之星" in text_of(answer)


def test_adding_over_somebodys_save_keeps_what_was_typed(office):
    draft = begun(make.opened())
    sent = filled(office, "awards", add=True, title="新秀奖")
    changed(draft, "stages.selection.quota", count=30)
    answer = office.post(EDIT, sent)
    assert answer.status_code == 409
    assert 'value="新秀奖"' in text_of(answer)


def test_the_text_is_written_and_uploaded(office):
    draft = begun(make.opened())
    told = {"revision": "1", "text": packaged(make.CODE).replace("岗位练兵明星", "练兵之星")}
    assert office.post(f"{DRAFT}text/", told).url == DRAFT
    assert "练兵之星" in fresh(draft).text
    answer = office.post(f"{DRAFT}text/", {"revision": "1", "text": "title: 我的"})
    assert answer.status_code == 409
    assert "title: 我的" in text_of(answer)
    file = SimpleUploadedFile("r.yaml", b"rulebook: 1\ntitle: [\n")
    page = text_of(office.post(f"{DRAFT}text/", {"revision": "2", "file": file}, follow=True))
    assert "须更正的错误" in page
    page = text_of(office.get(f"{DRAFT}text/"))
    assert "第3行第1列" in page
    assert office.get(f"{DRAFT}rulebook.yaml").content == b"rulebook: 1\ntitle: [\n"


def test_all_errors_of_an_upload_stand_on_the_page_with_line_and_path(office):
    text = packaged(make.CODE).replace("count: 40, source", "count: 四十, source")
    text = text.replace("      top: 20\n", "      top: zwanzig\n", 1)
    begun(make.opened(), text=text)
    page = text_of(office.get(DRAFT))
    assert "市（州）选拔赛·名额·名额" in page
    assert "全省晋级赛·团体成绩·计分人数（取前几名）" in page
    assert re.search(r"第\d+行第\d+列", page)


def test_adoption_shows_the_difference_and_takes_effect(office):
    draft = begun(make.opened())
    changed(draft, "stages.selection.quota", count=30)
    page = text_of(office.get(f"{DRAFT}adopt/"))
    assert re.search(r"<del>40</del>.*?<ins>30</ins>", page, re.DOTALL)
    assert "请填写修改规则的原因" in text_of(office.post(f"{DRAFT}adopt/", {"revision": "2"}))
    told = {"revision": "2", "reason": "补充通知第2号", "effective": "自2022年5月1日起施行"}
    page = text_of(office.post(f"{DRAFT}adopt/", told, follow=True))
    assert "第2版规则已生效" in page
    assert "自2022年5月1日起施行" in page


def test_adoption_waits_for_new_answers_and_for_another_version(office):
    season = make.opened()
    draft, other = begun(season), begun(season)
    changed(draft, "assumptions.team-ties", chosen="一律抽签。")
    assert "新的或已变更的，确认后才能采用" in text_of(office.get(f"{DRAFT}adopt/"))
    answer = office.post(f"{DRAFT}adopt/", {"revision": "2", "reason": "x"})
    assert answer.status_code == 422
    office.post(f"{DRAFT}questions/team-ties/confirm/", {"note": "纪要"})
    changed(other, "stages.selection.quota", count=35)
    drafts.adopted(other, actor=SECOND)
    answer = office.post(f"{DRAFT}adopt/", {"revision": "2", "reason": "x"})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "同时已采用的第2版与第1版的不同" in page
    office.post(f"{DRAFT}rebase/", {"revision": "2"})
    answer = office.post(f"{DRAFT}adopt/", {"revision": "3", "reason": "x"})
    assert answer.url == RULES
    assert (
        selectors.rulebook_of(selectors.get_season(season.code)).stages["selection"].quota.count
        == 35
    )


def test_next_years_season_is_made_from_its_draft(office):
    make.opened()
    office.post(DESK, {"how": "next", "code": "sichuan-2023", "year": "2023"})
    answer = office.post(f"{DRAFT}adopt/", {"revision": "2"}, follow=True)
    assert "赛季sichuan-2023已建立" in text_of(answer)
    assert selectors.get_season("sichuan-2023").state == "draft"


def test_history_names_every_change_and_restores(office):
    draft = begun(make.opened())
    changed(draft, "stages.selection.quota", count=30)
    page = text_of(office.get(f"{DRAFT}history/"))
    assert "修改 市（州）选拔赛·名额·名额" in page
    office.post(f"{DRAFT}step/", {"revision": "2", "number": "1"})
    assert law().stages["selection"].quota.count == 40
