"""The pages as browsers ask for them: a unit writes with a picture, the desk publishes, all read."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leitai.files.models import StoredFile
from leitai.newsroom import services
from leitai.newsroom.models import Article, Bulletin, Item, SeasonFace
from tests.factories import people as make
from tests.rooms.files.content import picture
from tests.rooms.newsroom.desk import AGREED, CODE, DESK, adopted, handed_in, open_season

pytestmark = pytest.mark.django_db
MINE, OFFICE, PUBLIC = f"/unit/{CODE}/news/", f"/office/{CODE}/news/", f"/s/{CODE}/"
PIECE = {"kind": "pictures", "title": "窗口练兵", "text": "全员参加。", "author": "乔如松"}
CONSENT = {"shown": "people", "names": "乔如松", "how": "written", "on": "2022-04-10"}


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def held():
    return open_season("5101")


@pytest.fixture
def desk(held):
    return signed_in(make.account("desk", "publicity", season=CODE))


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def a_picture():
    return SimpleUploadedFile("练兵.jpg", picture(), content_type="image/jpeg")


def test_from_the_unit_to_the_public(held, desk):
    unit = signed_in(held.accounts["5101"])
    made = unit.post(
        f"{MINE}new/", {**PIECE, **CONSENT, "act": "save", "uploads_file": a_picture()}
    )
    item = Item.objects.get()
    assert made.url == f"{MINE}{item.pk}/edit/"
    media = item.versions.get().media.get()
    told = {f"m{media.pk}-alt": "工作人员在窗口答题", f"m{media.pk}-caption": "4月8日"}
    done = unit.post(made.url, {**PIECE, **CONSENT, **told, "act": "hand-in"})
    assert done.url == f"{MINE}{item.pk}/"
    assert "乔如松" in words(unit.get(done.url))

    assert "窗口练兵" in words(desk.get(OFFICE))
    page = desk.post(f"{OFFICE}items/{item.pk}/adopt/")
    article = Article.objects.get()
    assert page.url == f"{OFFICE}articles/{article.pk}/"
    stranger = Client()
    file = StoredFile.objects.get()
    assert stranger.get(f"/files/{file.pk}/{file.name}?show=1").status_code != 200
    desk.post(f"{page.url}publish/")

    read = stranger.get(f"{PUBLIC}news/{article.pk}/")
    assert "来源：成都市" in words(read)
    assert "约读1分钟" in words(read)
    assert 'alt="工作人员在窗口答题"' in read.content.decode()
    assert "书面" not in words(read)
    shown = stranger.get(f"/files/{file.pk}/{file.name}?show=1")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    for path in (f"{PUBLIC}home/", f"{PUBLIC}news/"):
        assert "窗口练兵" in words(stranger.get(path))


def test_what_is_refused_keeps_what_was_typed(held):
    unit = signed_in(held.accounts["5101"])
    form = {**PIECE, "kind": "text", "shown": "people", "act": "save"}
    answer = unit.post(f"{MINE}new/", form)
    assert answer.status_code == 422
    assert "没有写明是谁" in words(answer)
    assert "全员参加。" in answer.content.decode()
    assert not Item.objects.exists()


def test_the_desk_is_told_why_it_cannot_publish(held, desk):
    article = adopted(held, said=services.Said())
    answer = desk.post(f"{OFFICE}articles/{article.pk}/publish/")
    assert answer.status_code == 422
    assert "还没有说明出镜人员是否同意，不能发布" in words(answer)
    assert Client().get(f"{PUBLIC}news/{article.pk}/").status_code == 404


def test_a_returned_piece_is_mended_in_its_own_page(held, desk):
    item = handed_in(held)
    assert desk.post(f"{OFFICE}items/{item.pk}/return/", {"reason": ""}).status_code == 422
    desk.post(f"{OFFICE}items/{item.pk}/return/", {"reason": "请补充人数"})
    unit = signed_in(held.accounts["5101"])
    assert "请补充人数" in words(unit.get(f"{MINE}{item.pk}/"))
    assert unit.get(f"{MINE}{item.pk}/edit/").status_code == 302
    edit = unit.post(f"{MINE}{item.pk}/again/").url
    assert "请补充人数" in words(unit.get(edit))
    form = {**PIECE, "kind": "text", "shown": "nobody", "act": "hand-in"}
    unit.post(edit, form)
    assert list(item.versions.values_list("number", flat=True)) == [2, 1]


def test_a_bulletin_is_composed_edited_and_published(held, desk):
    article = adopted(held, said=AGREED)
    form = {
        "heading": "练兵比武简报",
        "number": 1,
        "total": 1,
        "day": "2022-04-12",
        "body": "厅宣传中心",
    }
    edit = desk.post(f"{OFFICE}bulletins/new/", {**form, "article": article.pk}).url
    bulletin = Bulletin.objects.get()
    entry = bulletin.entries.get()
    told = {
        f"e{entry.pk}-{name}": value for name, value in {"position": 1, "title": "成都"}.items()
    }
    assert desk.post(edit, {**form, **told, "to": "厅领导"}).status_code == 302
    assert Client().get(f"{PUBLIC}bulletins/{bulletin.pk}/").status_code == 404
    desk.post(f"{edit}publish/")
    page = words(Client().get(f"{PUBLIC}bulletins/{bulletin.pk}/"))
    assert "第1期（总第1期）" in page
    assert "主送：厅领导" in page
    paper = Client().get(f"{PUBLIC}bulletins/{bulletin.pk}/docx")
    assert paper.content[:2] == b"PK"


def test_the_face_stands_on_the_home_page_and_at_its_foot(held, desk):
    face = {
        "host_words": "主办：某某厅",
        "record_number": "某ICP备00000000号",
        "telephone": "000-00000000",
        "welcome": "全员练兵，服务群众。",
    }
    path = f"/office/{CODE}/face/"
    refused = desk.post(path, {**face, "uploads_file": a_picture()})
    assert refused.status_code == 422
    assert not SeasonFace.objects.exists()
    desk.post(path, {**face, "banner_alt": "窗口全景", "uploads_file": a_picture()})
    home = Client().get(f"{PUBLIC}home/")
    for told in face.values():
        assert told in words(home)
    assert 'alt="窗口全景"' in home.content.decode()
    assert "某ICP备00000000号" in words(Client().get(f"{PUBLIC}news/"))


def test_lists_ask_the_same_number_of_questions_however_long_they_are(
    held, desk, django_assert_max_num_queries
):
    for _turn in range(4):
        services.publish_article(actor=DESK, article=adopted(held), at=make.SINCE)
        handed_in(held)
    for path, most in (
        (f"{PUBLIC}news/", 12),
        (f"{PUBLIC}home/", 14),
    ):
        with django_assert_max_num_queries(most):
            assert Client().get(path).status_code == 200
    unit = signed_in(held.accounts["5101"])
    for client, path in ((desk, OFFICE), (desk, f"{OFFICE}articles/"), (unit, MINE)):
        with django_assert_max_num_queries(26):
            assert client.get(path).status_code == 200
