"""The pages of rules: read by everybody, written by the office, and nothing typed is lost."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leitai.rulebook import editing, load, packaged, plain
from leitai.seasons import selectors, services
from leitai.seasons.models import RulesDraft
from tests.factories import people
from tests.factories import seasons as make
from tests.factories.rules import AT, begun, changed, next_version
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
