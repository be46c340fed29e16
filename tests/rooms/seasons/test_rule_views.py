"""The pages of rules: read by everybody, written by the office, and nothing typed is lost."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leitai.rulebook import editing, load, packaged, plain
from leitai.seasons import selectors, services
from leitai.seasons.models import RulesDraft
from tests.factories import people
from tests.factories import rules as drafts
from tests.factories import seasons as make
from tests.factories.rules import AT, SECOND, begun, changed, fresh, next_version
from tests.factories.units import load_packaged

pytestmark = pytest.mark.django_db
RULES = f"/s/{make.CODE}/rules/"
DESK = f"/office/{make.CODE}/rules/"
DRAFT = f"{DESK}1/"
EDIT = f"{DRAFT}edit/"
A = "inner-mongolia-2022"


def text_of(answer):
    return unescape(answer.content.decode())


@pytest.fixture
def as_role(client):
    def sign(role, season=make.CODE):
        if role:
            client.force_login(people.account(f"a-{role}", role, season=season))
        return client

    return sign


@pytest.fixture
def office(as_role):
    load_packaged()
    return as_role("office")


def said(path, count=40):
    """What the plain page says at a place, with this quota."""
    rules = load(editing.set_value(packaged(make.CODE), "stages.selection.quota.count", count))
    clauses = [clause for section in plain.write(rules) for clause in section.clauses]
    return next(clause.text for clause in clauses if clause.path == path)


def boxes_of(page):
    """What the page's main form would send, as a browser sends it."""
    form = re.search(r'<form class="lt-form rule-form.*?</form>', page, re.DOTALL)[0]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r' name="([^"]*)"', tag)
        value = re.search(r' value="([^"]*)"', tag)
        if not name or 'type="file"' in tag or name[1] == "csrfmiddlewaretoken":
            continue
        if 'type="checkbox"' in tag and " checked" not in tag:
            continue
        sent.setdefault(name[1], []).append(value[1] if value else "")
    for name, said in re.findall(
        r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL
    ):
        sent[name] = [said]
    for name, inside in re.findall(
        r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', inside) or re.search(
            r'value="([^"]*)"', inside
        )
        sent[name] = [chosen[1]]
    return sent


def filled(client, path, *, add=False, back="", **typed):
    """Open a form, type some boxes, and send it as it stands."""
    asked = {"path": path} | ({"add": "1"} if add else {}) | ({"back": back} if back else {})
    sent = boxes_of(text_of(client.get(EDIT, asked)))
    for key, value in typed.items():
        sent[f"f-{key}"] = value if isinstance(value, list) else [value]
    return sent


def law():
    return load(RulesDraft.objects.latest("number").text)


# Readers ---------------------------------------------------------------------------------------


def test_rules_read_clause_by_clause_with_their_sources_beside(client):
    make.opened()
    page = text_of(client.get(RULES))
    for words in (
        said("stages.selection.quota"),
        "原文「分别选拔产生40名参加全省晋级赛选手」",
        "方案未写明，组委会已确认",
        "第1版",
        "rulebook: 1",
    ):
        assert words in page
    assert 'name="note"' not in page


def test_office_confirms_an_open_question_beside_the_clause(office):
    season = make.draft()
    page = text_of(office.get(RULES))
    assert page.count('name="note"') == len(selectors.rulebook_of(season).assumptions)
    address = f"/office/{make.CODE}/assumptions/team-ties/confirm/"
    answer = office.post(address, {"note": "会议纪要3号", "from": "rules"})
    assert answer.url == f"{RULES}#assumption-team-ties"
    assert "会议纪要3号" in text_of(office.get(RULES))


def test_old_versions_are_readable_and_compared(client):
    season = make.draft()
    make.confirm_all(season)
    next_version(season, "stages.selection.quota", count=30)
    make.set_windows(season)
    services.open_season(actor=make.OFFICE, season=season, at=AT)
    assert said("stages.selection.quota", 30) in text_of(client.get(RULES))
    old = text_of(client.get(f"{RULES}1/"))
    assert "这是旧版规则，现行的是第2版" in old
    assert said("stages.selection.quota") in old
    diff = text_of(client.get(f"{RULES}1/2/"))
    assert "市（州）选拔赛·名额" in diff
    assert "补充通知第2号" in diff
    assert re.search(r"<del>40</del>.*?<ins>30</ins>", diff, re.DOTALL)
    assert client.get(f"{RULES}1/2/", {"old": "2", "new": "1"}).url == f"{RULES}2/1/"
    assert client.get(f"{RULES}3/").status_code == 404
    assert client.get(f"{RULES}1/9/").status_code == 404


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_rules_read_in_the_readers_language(client, lang):
    make.opened()
    client.cookies["django_language"] = lang
    page = text_of(client.get(RULES))
    assert ("Who takes part" in page) is (lang == "en")


# The office's desk -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"), [("", 302), ("unit_manager", 403), ("supervisor", 200), ("office", 200)]
)
def test_drafts_open_for_the_office_and_those_who_watch(as_role, role, status):
    begun(make.opened())
    client = as_role(role)
    pages = (
        DESK,
        DRAFT,
        f"{EDIT}?path=awards",
        f"{DRAFT}text/",
        f"{DRAFT}history/",
        f"{DRAFT}adopt/",
    )
    assert [client.get(page).status_code for page in pages] == [status] * 6


def test_who_watches_sees_no_act(as_role):
    begun(make.opened())
    client = as_role("supervisor")
    for page in (DESK, DRAFT, f"{EDIT}?path=awards.star", f"{DRAFT}adopt/"):
        assert 'method="post"' not in re.sub(
            r"(?s)<form[^>]*logout.*?</form>|(?s:<form[^>]*language.*?</form>)",
            "",
            main(client.get(page)),
        )


def main(answer):
    return re.search(r"<main.*</main>", text_of(answer), re.DOTALL)[0].replace(
        '<form class="lt-form rule-form" method="post"', ""
    )


def test_office_begins_a_draft_in_three_ways(office):
    make.opened()
    assert office.post(DESK, {"how": "version"}).url == DRAFT
    assert (
        office.post(DESK, {"how": "next", "code": "sichuan-2023", "year": "2023"}).url
        == f"{DESK}2/"
    )
    file = SimpleUploadedFile("r.yaml", b"\xef\xbb\xbf" + packaged(make.CODE).encode())
    assert office.post(DESK, {"how": "file", "file": file}).url == f"{DESK}3/"
    page = text_of(office.get(DESK))
    assert "下一赛季 sichuan-2023" in page
    assert RulesDraft.objects.get(number=3).text == packaged(make.CODE)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"how": "next"}, "请填写新赛季代码"),
        ({"how": "next", "code": make.CODE, "year": "2023"}, "已被使用"),
        ({"how": "file"}, "请选择规则文件"),
        ({"how": "file", "file": "gbk"}, "须是UTF-8编码的YAML文本"),
    ],
)
def test_desk_says_what_is_missing(office, sent, words):
    make.opened()
    if sent.get("file"):
        sent = sent | {"file": SimpleUploadedFile("r.yaml", "规则".encode("gbk"))}
    answer = office.post(DESK, sent)
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_draft_leads_from_each_clause_to_its_form(office):
    begun(make.opened())
    page = text_of(office.get(DRAFT))
    assert f"{EDIT}?path=stages.selection.quota" in page
    assert f"{EDIT}?path=awards.star" in page
    assert f"{EDIT}?path=#box-title" in page
    found = text_of(office.get(DRAFT, {"q": "分别选拔产生40名"}))
    assert said("stages.selection.quota") in found
    assert said("awards.star") not in found


def test_every_clause_of_the_seeds_leads_to_a_form_that_opens(office):
    season = make.opened()
    begun(season)
    text = editing.set_value(packaged(A), "host", {"unit": "51", "name": "省厅"})
    begun(season, text=text)
    for number in (1, 2):
        page = text_of(office.get(f"{DESK}{number}/"))
        paths = sorted(set(re.findall(r'edit/\?path=([^"#&]*)', page)))
        assert len(paths) > 40
        for path in paths[::9]:
            answer = office.get(f"{DESK}{number}/edit/?path={path}")
            assert answer.status_code == 200, path


# The guided editor -----------------------------------------------------------------------------


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


@pytest.mark.parametrize("act", ["step", "item", "rebase", "drop"])
def test_acts_without_a_revision_are_not_found(office, act):
    begun(make.opened())
    assert office.post(f"{DRAFT}{act}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["nothing", "stages.nothing", "awards[99]", "title[0]", "stages.final.x.y"]
)
def test_a_place_that_is_nowhere_is_said_so(office, path):
    begun(make.opened())
    assert "规则中没有" in text_of(office.get(EDIT, {"path": path}))


@pytest.mark.parametrize("count", [0, 4])
@pytest.mark.parametrize(
    ("page", "queries"),
    [
        (RULES, 12), (f"{RULES}1/1/", 10), (DESK, 10), (DRAFT, 12),
        (f"{EDIT}?path=awards.star", 10), (f"{DRAFT}history/", 10), (f"{DRAFT}adopt/", 11),
    ],
)  # fmt: skip
def test_pages_take_as_many_queries_however_many_changes(
    office, django_assert_num_queries, page, queries, count
):
    season = make.opened()
    draft = begun(season)
    for number in range(count):
        changed(draft, "stages.selection.quota", count=30 + number)
        begun(season)
    office.get(page)
    with django_assert_num_queries(queries):
        office.get(page)
