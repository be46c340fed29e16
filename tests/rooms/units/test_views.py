"""The tree's pages through the real doors: what one sees, finds and may do."""

import pytest
from django.test import Client

from leitai.units.models import Unit
from leitai.units.selectors import get_unit
from tests.factories import people as make
from tests.rooms.units.trees import plant

pytestmark = pytest.mark.django_db


def client_of(role: str = "unit_manager", unit: str = "5101", season: str = "") -> Client:
    client = Client()
    client.force_login(make.account(f"{role}-{unit}", role, unit=unit, season=season))
    return client


@pytest.fixture(autouse=True)
def _tree(db):
    plant()


@pytest.fixture
def manager():
    return client_of()


def names(response):
    return [one.name for one in response.context["page"]]


def text(response):
    return response.content.decode()


def test_list_shows_ones_own_subtree_only(manager):
    page = manager.get("/units/")
    assert page.status_code == 200
    assert page.context["page"].paginator.count == 8
    assert "自贡市" not in text(page)
    assert client_of("office", "51").get("/units/").context["page"].paginator.count == 11


def test_list_finds_two_characters_and_codes(manager):
    assert names(manager.get("/units/", {"q": "就业"})) == ["锦江区就业中心", "青羊区就业中心"]
    assert names(manager.get("/units/", {"q": "510105"})) == [
        "青羊区",
        "青羊区就业中心",
        "草堂街道",
    ]
    assert names(manager.get("/units/", {"q": "就业 青羊"})) == ["青羊区就业中心"]
    assert names(manager.get("/units/", {"q": "自流"})) == []


def test_list_filters(manager):
    Unit.objects.filter(code="510104-jy").update(state="closed", body_kind="employment")
    Unit.objects.filter(code="510105-jy").update(body_kind="employment")
    assert names(manager.get("/units/", {"level": "township"})) == ["督院街街道", "草堂街道"]
    assert names(manager.get("/units/", {"body_kind": "employment"})) == ["青羊区就业中心"]
    assert names(manager.get("/units/", {"state": "closed"})) == ["锦江区就业中心"]
    assert len(names(manager.get("/units/", {"state": "all"}))) == 8
    assert len(names(manager.get("/units/", {"kind": "cloud", "level": "x", "state": "x"}))) == 7


@pytest.mark.parametrize("count", [1, 60])
def test_list_and_unit_ask_few_questions(manager, django_assert_max_num_queries, count):
    parent = get_unit("510104")
    Unit.objects.bulk_create(
        Unit(
            code=f"510104-{number}",
            parent=parent,
            name=f"第{number}服务站",
            level="county",
            kind="body",
            path=f"{parent.path}510104-{number}/",
        )
        for number in range(count)
    )
    for address in ("/units/", "/units/?q=服务", "/units/510104/", "/units/510104/move/?q=街道"):
        with django_assert_max_num_queries(12):
            assert manager.get(address).status_code == 200


def test_unit_page_leads_up_to_ones_own_root_and_no_further(manager):
    page = manager.get("/units/510104/")
    assert [one.name for one in page.context["page"].crumbs] == ["成都市"]
    assert [one.name for one in page.context["page"].places] == ["督院街街道"]
    assert [one.name for one in page.context["page"].bodies] == ["锦江区就业中心"]
    assert manager.get("/units/5103/").status_code == 403
    assert manager.get("/units/none/").status_code == 404


def test_own_unit_offers_details_and_children_but_no_reorganisation(manager):
    own, below = text(manager.get("/units/5101/")), text(manager.get("/units/510104/"))
    assert "新增下级" in own
    assert "修改信息" in own
    assert "机构调整" not in own
    assert "机构调整" in below


def test_create_keeps_what_was_typed_when_refused(manager):
    form = {"kind": "body", "name": "锦江区就业中心", "reason": "编办〔2026〕3号"}
    refused = manager.post("/units/510104/new/", form)
    assert refused.status_code == 422
    assert "锦江区下已有在册的“锦江区就业中心”（代码510104-jy）" in text(refused)
    assert 'value="编办〔2026〕3号"' in text(refused)
    made = manager.post("/units/510104/new/", {**form, "name": "锦江区社保中心"}, follow=True)
    assert made.request["PATH_INFO"] == "/units/510104-01/"
    assert "编办〔2026〕3号" in text(made)


def test_move_shows_its_effect_before_it_is_confirmed():
    office = client_of("office", "51")
    assert "510302" not in text(office.get("/units/510104/move/"))
    choice = office.get("/units/510104/move/", {"to": "5103"})
    assert "锦江区将改属自贡市" in text(choice)
    assert "下级2个单位随同调整" in text(choice)
    assert get_unit("510104").parent.code == "5101"
    office.post("/units/510104/move/", {"to": "5103", "reason": "区划调整"})
    assert get_unit("510104001").path == "51/5103/510104/510104001/"


def test_move_says_why_not(manager):
    refused = manager.get("/units/510104/move/", {"to": "510104001"})
    assert "锦江区不能移到自己或自己的下级督院街街道之下" in text(refused)
    assert manager.post("/units/510104/move/", {"reason": "无"}).status_code == 422
    away = manager.post("/units/510104/move/", {"to": "5103", "reason": "越权"})
    assert away.status_code == 422
    assert get_unit("510104").parent.code == "5101"


def test_merge_shows_its_effect_and_leads_to_the_heir(manager):
    candidates = manager.get("/units/510104-jy/merge/").context["choice"].candidates
    assert [one.code for one in candidates] == ["510105-jy"]
    choice = manager.get("/units/510104-jy/merge/", {"to": "510105-jy"})
    assert "锦江区就业中心将并入青羊区就业中心" in text(choice)
    done = manager.post(
        "/units/510104-jy/merge/", {"to": "510105-jy", "reason": "合并"}, follow=True
    )
    assert done.request["PATH_INFO"] == "/units/510105-jy/"
    assert [one.code for one in done.context["page"].predecessors] == ["510104-jy"]
    gone = text(manager.get("/units/510104-jy/"))
    assert "接收单位：" in gone
    assert "已撤销" in gone


def test_close_and_reopen(manager):
    assert "下面还有2个在册单位，不能撤销" in text(manager.get("/units/510104/close/"))
    manager.post("/units/510104-jy/close/", {"reason": "撤销"})
    assert get_unit("510104-jy").state == "closed"
    assert "恢复" in text(manager.get("/units/510104-jy/"))
    assert manager.get("/units/510104-jy/rename/").status_code == 422
    manager.post("/units/510104-jy/reopen/", {"reason": "恢复"})
    assert get_unit("510104-jy").state == "open"


def test_edit_and_rename_stand_in_the_history(manager):
    form = {"body_kind": "employment", "window": "on", "opened_on": "2001-03-01"}
    manager.post("/units/510104-jy/edit/", form)
    manager.post("/units/510104-jy/rename/", {"name": "锦江区就业服务局", "reason": "更名"})
    page = text(manager.get("/units/510104-jy/"))
    assert "名称由锦江区就业中心改为锦江区就业服务局" in page
    assert "机构类型由空改为就业中心；窗口单位由否改为是；设立日期由空改为2001-03-01" in page
