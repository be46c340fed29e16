"""What strangers see: the form, its throttle, the code, short links and posters."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client

from leitai.files.models import StoredFile
from leitai.messages import doors, services
from leitai.messages.models import Complaint, ShortLink
from tests.world import HOME

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def form(**more):
    return {"category": "score", "text": "分数不符。", "nonce": str(uuid4()), "season": HOME} | more


def shown_code(response) -> str:
    return re.search(r'id="track-code">([0-9A-Z-]{19})<', response.content.decode())[1]


def test_a_stranger_files_and_sees_with_the_code_what_became_of_it(world):
    client = Client()
    response = client.post("/complain/", form(name="路人甲"))
    code = shown_code(response)
    assert 'src="data:image/png;base64,' in response.content.decode()
    assert code.replace("-", "") not in " ".join(response.headers.values())
    page = client.post("/complain/track/", {"code": code.lower()}).content.decode()
    assert "分数不符。" in page
    assert "待受理" in page
    assert "路人甲" not in page
    added = client.post("/complain/track/more/", {"code": code, "text": "另有一题漏判。"})
    assert "另有一题漏判。" in added.content.decode()


def test_the_page_of_a_season_names_it(world):
    assert "由本赛季监督仲裁组办理" in Client().get(f"/complain/?season={HOME}").content.decode()
    assert "由审计管理员办理" in Client().get("/complain/?season=nothing").content.decode()


def test_what_is_refused_keeps_what_was_typed(world):
    response = Client().post("/complain/", form(text="", name="路人甲", phone="123"))
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="路人甲"' in page
    assert Complaint.objects.count() == 0


def test_a_program_that_fills_everything_in_is_refused(world):
    response = Client().post("/complain/", form(website="http://spam.test"))
    assert response.status_code == 422
    assert "应当留空" in response.content.decode()
    assert Complaint.objects.count() == 0


def test_one_browser_files_five_an_hour_and_its_county_goes_on(world):
    mine, neighbour = Client(), Client()
    for client in (mine, neighbour):
        client.cookies["csrftoken"] = ("a" if client is mine else "b") * 32
    answers = [mine.post("/complain/", form()).status_code for _ in range(6)]
    assert answers == [200] * 5 + [422]
    assert "尝试次数过多" in mine.post("/complain/", form()).content.decode()
    assert neighbour.post("/complain/", form()).status_code == 200


def test_an_address_has_its_bound_too(world, monkeypatch):
    monkeypatch.setattr(doors, "FILING_PEER", doors.Door("few", 2, doors.FILING.window))
    answers = []
    for letter in "abc":
        client = Client()
        client.cookies["csrftoken"] = letter * 32
        answers.append(client.post("/complain/", form()).status_code)
    assert answers == [200, 200, 422]


def test_codes_cannot_be_tried_without_end(world):
    client = Client()
    client.cookies["csrftoken"] = "c" * 32
    for _ in range(20):
        page = client.post("/complain/track/", {"code": "0" * 16}).content.decode()
    assert "没有找到这个查询码" in page
    assert "尝试次数过多" in client.post("/complain/track/", {"code": "0" * 16}).content.decode()


def test_a_file_comes_along_and_only_the_supervisors_see_it(world, sign_in):
    file = BytesIO(PDF)
    file.name = "证据.pdf"
    response = Client().post("/complain/", form(uploads_file=file))
    assert response.status_code == 200, response.content.decode()
    complaint = Complaint.objects.get()
    stored = StoredFile.objects.get(owner=f"complaint:{complaint.pk}")
    page = sign_in("supervisor").get(f"/complaints/{complaint.pk}/").content.decode()
    assert stored.name in page
    address = re.search(r'href="(/files/[^"]+)"', page)[1]
    assert sign_in("supervisor").get(unescape(address)).status_code == 200
    assert sign_in("office").get(unescape(address)).status_code in {403, 404}


def test_the_supervisor_works_through_the_pages(world, sign_in):
    Client().post("/complain/", form())
    pk, client = Complaint.objects.get().pk, sign_in("supervisor")
    assert "分数不符。" in client.get("/complaints/").content.decode()
    client.post(f"/complaints/{pk}/accept/")
    empty = client.post(f"/complaints/{pk}/answer/", {"answer-text": ""})
    assert empty.status_code == 422
    client.post(f"/complaints/{pk}/answer/", {"answer-text": "已核对。"})
    client.post(f"/complaints/{pk}/close/")
    assert Complaint.objects.get().state == "closed"
    assert "没有要办理的投诉建议" in client.get("/complaints/").content.decode()
    assert "已办结" in client.get("/complaints/?view=done").content.decode()


def test_a_long_list_takes_few_queries(world, sign_in, django_assert_max_num_queries):
    for _ in range(35):
        services.file_complaint(
            actor=services.complaining.STRANGER,
            category="score",
            text="同一件事。",
            season=HOME,
            nonce=uuid4(),
            at=world.now,
        )
    client = sign_in("supervisor")
    client.get("/complaints/")
    with django_assert_max_num_queries(12):
        page = client.get("/complaints/")
    assert len(page.context["rows"]) == 30


def test_a_short_link_is_the_same_for_the_same_page_and_leads_there(world):
    one = services.short_link("/s/home-2022/", at=world.now)
    assert services.short_link("/s/home-2022/", at=world.now) == one
    code = one.removeprefix("http://127.0.0.1:8000/g/")
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{7}", code)
    response = Client().get(f"/g/{code.lower()}")
    assert (response.status_code, response.headers["Location"]) == (302, "/s/home-2022/")
    assert Client().get("/g/NOTHERE").status_code == 404


def test_a_new_deadline_is_a_new_poster_and_the_old_one_still_leads_there(world):
    from datetime import timedelta

    faces = [
        services.Face("/s/home-2022/", "报送", "交名单", world.now + timedelta(days=n))
        for n in (1, 2)
    ]
    old, new = (services.code_of(face, at=world.now) for face in faces)
    assert old != new
    assert {Client().get(f"/g/{code}").headers["Location"] for code in (old, new)} == {
        "/s/home-2022/"
    }


def test_known_faces_cost_one_query(world, django_assert_num_queries):
    faces = [services.Face("/", title=str(number)) for number in range(12)]
    codes = services.codes_of(faces, at=world.now)
    assert len(set(codes.values())) == 12
    with django_assert_num_queries(1):
        assert services.codes_of(faces, at=world.now) == codes


def test_the_poster_says_everything_and_carries_a_picture(world):
    from datetime import datetime

    face = services.Face(
        "/s/home-2022/",
        "报送名单",
        "请交名单。",
        datetime.fromisoformat("2026-11-25T17:00:00+08:00"),
        "省组委会",
    )
    page = Client().get(f"/g/{services.code_of(face, at=world.now)}/poster").content.decode()
    for words in ("报送名单", "请交名单。", "11月25日（周三）17:00前", "省组委会", "/g/"):
        assert words in page
    assert 'src="data:image/png;base64,iVBOR' in page


def test_no_visit_is_counted(world):
    code = services.code_of(services.Face("/"), at=world.now)
    before = list(ShortLink.objects.values())
    Client().get(f"/g/{code}")
    assert list(ShortLink.objects.values()) == before


@pytest.mark.parametrize("path", ["//evil.test/", "https://evil.test/", "/\\evil.test"])
def test_no_link_leads_elsewhere(db, path):
    from django.utils import timezone

    from leitai.kernel.errors import DomainError

    with pytest.raises(DomainError) as refused:
        services.short_link(path, at=timezone.now())
    assert refused.value.code == "share_path_foreign"
