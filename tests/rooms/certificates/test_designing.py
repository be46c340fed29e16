"""Designs: the office's words and pictures, the live preview, and the inspection by person."""

import hashlib
import re
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from PIL import Image

from leitai.certificates import designs, selectors, services, wording
from leitai.certificates.models import Certificate, Design
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.people.models import Person
from leitai.results.models import Award
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE
from tests.planting import planting

pytestmark = pytest.mark.django_db
DESK = f"/office/{CODE}/certificates/"
LONG = "凉" * 120


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    with planting(django_db_blocker):
        season = small.at_final()
        small.held(season, "final")
        yield season


@pytest.fixture
def season(planted):
    return deepcopy(planted)


def put(season, award="scholar", actor=OFFICE, **given):
    return services.set_design(
        actor=actor, season=season, award=award, given=given, uploads={}, removed=[], at=AT
    )


def picture(colour):
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return SimpleUploadedFile("徽标.png", out.getvalue(), "image/png")


def test_packaged_words_serve_until_the_office_sets_its_own(season):
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    sheet = Certificate.objects.get(serial__contains="SCHOLAR").sheet
    assert (sheet["body"], sheet["award"], sheet["salutation"]) == (
        ["在总决赛中，个人名次列第1名，被评为"],
        "“人社知识通”",
        "同志",
    )
    assert (sheet["signers"], sheet["date"]) == (["比武活动办公室"], "2022年7月18日")
    team = Certificate.objects.get(serial__contains="FIRST").sheet
    assert (team["holder"], team["body"]) == (
        "自贡市代表队",
        ["在总决赛中，团体名次列第1名，荣获"],
    )


def test_office_sets_words_signers_and_date_and_what_is_issued_stays(season):
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    put(
        season,
        template="folio",
        heading="奖励证书",
        body="{name}在{season}{stage}中{place}。\n经研究决定：",
        signers="甲厅\n乙局",
        day_words="chinese",
    )
    values = selectors.design_page(season, "scholar")["values"]
    rulebook = small.rulebook.load(small.TEXT)
    old = Certificate.objects.get(serial__contains="SCHOLAR")
    words = wording.words_of(old.award, rulebook)
    told = designs.compose(values, words, rulebook, at=AT)
    assert told["body"] == [
        "选手1在2022年度窗口业务练兵比武总决赛中个人名次列第1名。",
        "经研究决定：",
    ]
    assert (told["signers"], told["date"]) == (["甲厅", "乙局"], "二〇二二年七月十八日")
    assert (old.design, old.sheet["heading"]) == ("classic", "荣誉证书")
    assert LedgerEntry.objects.filter(act="certificates.designed").count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"body": "{nickname}"}, "certificate_field_unknown"),
        ({"body": "{name.__class__}"}, "certificate_field_unknown"),
        ({"body": "{name!r}"}, "certificate_field_unknown"),
        ({"body": "{name:>9}"}, "certificate_field_unknown"),
        ({"closing": "}{"}, "certificate_braces"),
        ({"heading": "长" * 21}, "certificate_text_long"),
        ({"template": "../classic"}, "certificate_design_unknown"),
        ({"day_words": "roman"}, "certificate_design_unknown"),
    ],
)
def test_words_that_cannot_be_filled_are_refused(season, given, code):
    with pytest.raises(DomainError) as refused:
        put(season, **given)
    assert (refused.value.code, Design.objects.count()) == (code, 0)


def test_only_the_office_designs(season):
    with pytest.raises(DomainError, match="forbidden"):
        put(season, actor=make.actor("leader", season=CODE), heading="奖状")
    with pytest.raises(DomainError, match="not_found"):
        put(season, award="none", heading="奖状")


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2022, 10, 1, tzinfo=UTC), "二〇二二年十月一日"),
        (datetime(2020, 12, 30, 17, tzinfo=UTC), "二〇二〇年十二月三十一日"),
        (datetime(2025, 11, 20, tzinfo=UTC), "二〇二五年十一月二十日"),
    ],
)
def test_date_in_chinese_numerals(at, day):
    assert wording.day_of(at, "chinese") == day
    assert wording.day_of(at, "month") == day[: day.index("月") + 1]


def test_inspection_names_the_person_whose_glyph_is_missing_and_the_one_who_is_too_long(season):
    Person.objects.filter(code="p-5103-1").update(name="𠮷知秋")  # scholar
    Person.objects.filter(code="p-5101-1").update(name=LONG[:40])  # star
    Person.objects.filter(code="p-5104-1").update(name="㛃䶮")  # star: both are in the fonts
    put(season, "star", body="长" * 399)
    found = selectors.inspection_of(season, at=AT)
    told = [(one["code"], one["holder"], one["part"]) for one in found["problems"]]
    assert ("certificate_glyph_missing", "𠮷知秋", "获奖者姓名") in told
    assert ("certificate_overflow", LONG[:40], "获奖者姓名") in told
    assert ("certificate_overflow", "㛃䶮", "正文") in told
    assert not [one for one in told if one[0] == "certificate_glyph_missing" and "䶮" in one[1]]
    with pytest.raises(Problems) as refused:
        services.issue_certificates(actor=OFFICE, season=season, at=AT)
    assert len(refused.value.problems) == len(told)
    assert Certificate.objects.count() == 0


def test_line_that_is_a_little_too_long_is_shrunk_and_reported(season):
    Person.objects.filter(code="p-5103-1").update(name="古丽" * 13)
    found = selectors.inspection_of(season, at=AT)
    assert (found["problems"], found["fitted"]) == ([], [("古丽" * 13, "人社知识通")])
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    fits = Certificate.objects.get(serial__contains="SCHOLAR").sheet["fits"]
    assert list(fits) == ["holder"]
    assert 550 <= fits["holder"] < 1000


def test_rare_character_is_printed(season):
    Person.objects.filter(code="p-5103-1").update(name="㛃䶮")
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    held = Certificate.objects.get(serial__contains="SCHOLAR")
    assert (held.holder, selectors.paper_of(held).stat().st_size > 10_000) == ("㛃䶮", True)


def office_of(client):
    client.force_login(make.account("office", "office", season=CODE))
    return client


def test_preview_shows_a_real_row_and_what_would_not_print(client, season):
    desk = office_of(client)
    there = f"{DESK}design/star/preview/"
    shown = desk.post(there, {"template": "classic", "row": "1"}).content.decode()
    assert re.search(r'src="data:image/png;base64,iVBOR', shown)
    assert "此奖项共4位获奖者" in shown
    first = Award.objects.filter(award="star").order_by("position").first()
    assert f"现为{first.entry.person.name}" in shown
    other = desk.post(there, {"template": "plaque", "row": "2"}).content.decode()
    hashes = {hashlib.sha256(one.encode()).hexdigest() for one in (shown, other)}
    assert len(hashes) == 2
    wrong = desk.post(there, {"template": "classic", "body": "{who}"}).content.decode()
    assert ("照此不能排版" in wrong, "data:image" in wrong) == (True, False)
    long = desk.post(there, {"template": "classic", "award_line": "奖" * 60}).content.decode()
    assert "奖项过长" in long


def test_editor_keeps_words_and_pictures_and_gives_back_what_was_refused(client, season):
    desk = office_of(client)
    there = f"{DESK}design/scholar/"
    page = desk.get(there).content.decode()
    assert "在{阶段}中，{名次}，被评为" in page
    assert "{stage}" not in page
    form = {
        "template": "classic",
        "heading": "荣誉证书",
        "body": "获得{奖项}",
        "day_words": "arabic",
        "emblem_file": picture("red"),
        "script_file": picture("blue"),
    }
    assert desk.post(there, form).status_code == 302
    design = Design.objects.get(award="scholar")
    assert (design.values["body"], design.emblem.type, design.seal) == (
        "获得{award}",
        "png",
        None,
    )
    assert design.script.sha256 != design.emblem.sha256
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    assert set(Certificate.objects.get(title="人社知识通").sheet["pictures"]) == {
        "emblem",
        "script",
    }
    wrong = {**form, "body": "获得{prize}", "remove": "script"}
    del wrong["emblem_file"], wrong["script_file"]
    refused = desk.post(there, wrong)
    told = refused.content.decode()
    assert (refused.status_code, "获得{prize}" in told, "“{prize}”" in told) == (422, True, True)
    assert desk.post(there, {**wrong, "body": "获得"}).status_code == 302
    assert Design.objects.get(award="scholar").script is None


def test_desk_asks_a_bounded_number_of_queries(client, season, django_assert_max_num_queries):
    desk = office_of(client)
    desk.get(DESK)
    with CaptureQueriesContext(connection) as before:
        desk.get(DESK)
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    with django_assert_max_num_queries(len(before) + 4):
        desk.get(DESK)


def test_names_of_fields_and_parts_follow_the_language_of_the_page(client, season):
    with translation.override("zh-hans"):
        assert (designs.part_name("body"), str(wording.FIELDS["name"])) == ("正文", "获奖者")
    with translation.override("en"):
        assert (designs.part_name("heading"), str(wording.FIELDS["stage"])) == ("Title", "Stage")
        assert designs.part_name("signers0") == designs.part_name("signers")


def test_office_says_how_a_team_is_called_and_never_how_a_person_is(client, season):
    desk = office_of(client)
    there = f"{DESK}design/first/"
    form = {"template": "classic", "heading": "荣誉证书", "day_words": "arabic", "award_line": "甲"}
    told = "{delegation}人力资源和社会保障局"
    assert 'name="holder"' in desk.get(there).content.decode()
    assert 'name="holder"' not in desk.get(f"{DESK}design/scholar/").content.decode()
    refused = desk.post(there, {**form, "holder": "人力资源和社会保障局"})
    assert (refused.status_code, "名称" in refused.content.decode()) == (422, True)
    shown = desk.post(f"{there}preview/", {**form, "holder": told}).content.decode()
    assert "自贡市人力资源和社会保障局的证书预览" in shown
    assert desk.post(there, {**form, "holder": told}).status_code == 302
    put(season, "scholar", holder="{delegation}")
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    team = Certificate.objects.get(serial__contains="FIRST")
    assert team.holder == team.sheet["holder"] == "自贡市人力资源和社会保障局"
    assert canonical.decode(bytes(team.payload))["holder"] == team.holder
    assert Certificate.objects.get(serial__contains="SCHOLAR").holder == "选手1"
    asked = services.propose_reissuing(actor=OFFICE, certificate=team, reason="改称", at=AT)
    assert "换发后姓名为自贡市人力资源和社会保障局" in asked.preview[0]
