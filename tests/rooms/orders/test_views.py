"""The pages as browsers ask for them: the office writes and sends, a city fills in, the office reads."""

import io
import re
from urllib.parse import quote

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook

from leitai.files.models import StoredFile
from leitai.ledger.models import LedgerEntry
from leitai.orders import selectors, services
from leitai.orders.models import HandIn, Order
from leitai.orders.sealed import answers_of
from leitai.orders.services import NewThing
from tests.factories import people as make
from tests.rooms.files.content import PDF
from tests.rooms.orders.season import (
    CODE,
    CONTACT,
    OFFICE,
    draft,
    hand_in,
    open_season,
    recipient,
    sent,
    signed,
    text_thing,
    thing,
)

pytestmark = pytest.mark.django_db
DESK, INBOX = f"/office/{CODE}/orders/", f"/unit/{CODE}/orders/"
LIST = "姓名*\n手机*：手机\n住宿*：单间、标准间\n清真：是否"


@pytest.fixture
def office():
    """Signed in after the season exists."""

    def signed_in():
        client = Client()
        client.force_login(make.account("office", "office", season=CODE))
        return client

    return signed_in


def manager(held, unit="5101"):
    client = Client()
    client.force_login(held.accounts[unit])
    return client


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def book(*rows):
    file, made = io.BytesIO(), Workbook()
    for row in rows:
        made.active.append(row)
    made.save(file)
    file.seek(0)
    file.name = "回执.xlsx"
    return file


def cells(response):
    sheet = load_workbook(io.BytesIO(response.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def things_form(*things, initial=0):
    """A formset as the page posts it."""
    form = {"form-TOTAL_FORMS": str(len(things)), "form-INITIAL_FORMS": str(initial)}
    for number, told in enumerate(things):
        form |= {f"form-{number}-{name}": value for name, value in told.items()}
    return form


def test_the_office_writes_an_order_from_a_template_and_sends_it(office):
    open_season("5101")
    browser = office()
    assert "还没有下发通知" in words(browser.get(DESK))
    shown = words(browser.get(f"{DESK}new/"))
    assert "参赛回执" in shown
    assert "车辆和接送" in shown
    made = browser.post(f"{DESK}new/", {"template": "attendance"})
    order = Order.objects.get()
    assert made.headers["Location"] == f"{DESK}{order.pk}/edit/"
    page = browser.get(f"{DESK}{order.pk}/edit/")
    assert 'value="关于报送参赛回执的通知"' in page.content.decode()
    browser.post(f"{DESK}{order.pk}/to/", {"group": "delegations"})
    assert "自贡市、攀枝花市、省本级" in words(browser.get(f"{DESK}{order.pk}/edit/"))
    first, second = order.things.all()
    attached = io.BytesIO(PDF)
    attached.name = "日程.pdf"
    form = things_form(
        {
            "pk": first.pk,
            "title": "参赛回执",
            "kind": "list",
            "columns": LIST,
            "due_at": "2099-04-01T18:00",
            "required": "on",
        },
        {"pk": second.pk, "title": second.title, "kind": "fields", "DELETE": "on"},
        {"title": "车牌号", "kind": "text", "due_at": "2099-04-01T18:00"},
        {"title": "", "kind": "file", "required": "on"},
        initial=2,
    )
    head = {"title": "关于报送参赛回执的通知", "number": "川人社办〔2099〕5号", "text": "请报送。"}
    saved = browser.post(f"{DESK}{order.pk}/edit/", {**head, **form, "uploads_file": attached})
    assert saved.status_code == 302
    assert [(one.title, one.kind, one.required) for one in order.things.all()] == [
        ("参赛回执", "list", True),
        ("车牌号", "text", False),
    ]
    assert [one.name for one in StoredFile.objects.filter(owner=f"order:{order.pk}")] == [
        "日程.pdf"
    ]
    browser.post(f"{DESK}{order.pk}/send/")
    shown = browser.get(f"{DESK}{order.pk}/")
    assert "未签收 4" in words(shown)
    assert "请签收并报送。还没有办理：成都市、自贡市、攀枝花市、省本级" in shown.content.decode()
    again = browser.get(f"{DESK}{order.pk}/edit/")
    assert "这份通知已经下发" in words(again)


def test_a_faulty_draft_keeps_what_was_typed(office):
    held = open_season()
    order = services.create_order(
        actor=OFFICE,
        season=held.season,
        issuer=selectors.issuers_for(OFFICE, held.season)[0],
        at=make.SINCE,
    )
    told = {
        "title": "参赛名单",
        "kind": "list",
        "columns": "手机：电报",
        "due_at": "2099-04-01T18:00",
    }
    page = office().post(
        f"{DESK}{order.pk}/edit/", {"title": "关于名单的通知", **things_form(told)}
    )
    assert page.status_code == 422
    assert "第1行“手机：电报”看不明白" in words(page)
    assert "手机：电报</textarea>" in page.content.decode()
    assert order.things.count() == 0


def test_an_order_without_recipients_is_not_sent(office):
    held = open_season()
    order = services.create_order(
        actor=OFFICE,
        season=held.season,
        issuer=selectors.issuers_for(OFFICE, held.season)[0],
        template="notice",
        at=make.SINCE,
    )
    page = office().post(f"{DESK}{order.pk}/send/")
    assert page.status_code == 422
    assert "还没有选择接收单位。请至少选择一个。" in words(page)


def test_a_city_signs_fills_in_a_form_of_the_rulebook_and_hands_it_in(office):
    held = open_season("5101", forms=CONTACT)
    order = sent(held, NewThing("联络人员信息表", "form", form="contact"))
    city, own = manager(held), recipient(order, "5101")
    assert "待办通知 1" in words(city.get(INBOX))
    jumped = city.get(f"{INBOX}of/{order.pk}/")
    assert jumped.headers["Location"] == f"{INBOX}{own.pk}/"
    fill = f"{INBOX}{own.pk}/things/{thing(order).pk}/"
    assert "请先签收" in words(city.get(fill))
    assert "下一步：签收" in words(city.get(f"{INBOX}{own.pk}/"))
    city.post(f"{INBOX}{own.pk}/sign/")
    page = city.get(fill).content.decode()
    assert 'name="f-contacts.0.name"' in page
    told = {
        "boxes": "1",
        "f-contacts.0.name": "祝青禾",
        "f-contacts.0.mobile": "123",
        "f-filled-by": "祝青禾",
    }
    wrong = city.post(fill, {**told, "act": "hand-in"})
    assert wrong.status_code == 422
    assert "第1行：" in words(wrong)
    assert 'value="123"' in wrong.content.decode()
    assert HandIn.objects.count() == 0
    told["f-contacts.0.mobile"] = "19900000001"
    done = city.post(fill, {**told, "act": "hand-in"})
    assert done.headers["Location"] == f"{INBOX}{own.pk}/"
    assert "已报送" in words(city.get(f"{INBOX}{own.pk}/"))
    assert "没有待办的通知" in words(city.get(INBOX))
    handed = HandIn.objects.get()
    read = office().get(f"/office/{CODE}/hand-ins/{handed.pk}/")
    assert "祝青禾" in words(read)
    assert "19900000001" in words(read)  # who decides reads the number in full


def test_supervisors_see_numbers_masked():
    held = open_season("5101", forms=CONTACT)
    order = sent(held, NewThing("联络人员信息表", "form", form="contact"))
    signed(held, order, "5101")
    row = {"name": "祝青禾", "mobile": "19900000001"}
    handed = hand_in(held, order, "5101", {"contacts": [row], "filled-by": "祝"}, make.SINCE)
    client = Client()
    client.force_login(make.account("supervisor", "supervisor", season=CODE))
    page = words(client.get(f"/office/{CODE}/hand-ins/{handed.pk}/"))
    assert "19900000001" not in page
    assert "199****0001" in page
    assert "退回补正" not in page


def test_a_list_comes_as_a_spreadsheet_and_goes_out_as_one(office):
    held = open_season("5101")
    order = sent(held, NewThing("参赛回执", "list", columns=LIST))
    city, own = manager(held), signed(held, order, "5101")
    fill = f"{INBOX}{own.pk}/things/{thing(order).pk}/"
    assert cells(city.get(f"{fill}list.xlsx"))[0] == ["姓名*", "手机*", "住宿*", "清真"]
    rows = [["姓名*", "手机*", "住宿*", "清真"], ["谷雨生", 19900000001, "单间", "是"]]
    bad = city.post(fill, {"sheet": book(*rows, ["夏至远", "１９９０００００００２", "通铺", ""])})
    assert bad.status_code == 302  # kept, to be mended, which the next page says at once
    told = city.get(bad.headers["Location"])
    assert "“住宿”" in words(told)
    assert "第2行：" in words(told)
    assert '<option value="通铺" selected>通铺（不在选项中）</option>' in told.content.decode()
    assert '<td data-label="住宿">' in told.content.decode()  # a phone shows no head of columns
    assert "第2行：" not in words(city.get(fill))  # a page opened anew does not scold
    wrong = city.post(fill, {"act": "hand-in"})
    assert "第2行：" in words(wrong)
    assert "通铺" in words(wrong)
    city.post(fill, {"sheet": book(*rows, ["夏至远", "１９９０００００００２", "标准间", ""])})
    city.post(fill, {"act": "hand-in"})
    handed = HandIn.objects.get()
    assert handed.rows == 2
    assert answers_of(handed)["rows"] == [
        {"c1": "谷雨生", "c2": "19900000001", "c3": "单间", "c4": "yes"},
        {"c1": "夏至远", "c2": "19900000002", "c3": "标准间"},
    ]
    out = office().post(f"{DESK}{order.pk}/things/{thing(order).pk}/collected.xlsx")
    assert cells(out)[0] == ["单位", "姓名", "手机", "住宿", "清真", "状态", "报送人", "报送时间"]
    assert [row[:6] for row in cells(out)[1:]] == [
        ["成都市", "谷雨生", "19900000001", "单间", "是", "待审核"],
        ["成都市", "夏至远", "19900000002", "标准间", None, "待审核"],
    ]
    assert LedgerEntry.objects.filter(chain=CODE).order_by("-seq").first().act == "orders.exported"


def test_a_spreadsheet_without_the_columns_is_refused_by_name():
    held = open_season("5101")
    order = sent(held, NewThing("参赛回执", "list", columns=LIST))
    city, own = manager(held), signed(held, order, "5101")
    fill = f"{INBOX}{own.pk}/things/{thing(order).pk}/"
    page = city.post(fill, {"sheet": book(["姓名", "电话"], ["谷雨生", "1"])})
    assert page.status_code == 422
    assert "缺少列：手机、住宿" in words(page)


def test_a_file_is_handed_in_and_only_those_concerned_open_it(office):
    held = open_season("5101", "5103")
    order = sent(held, NewThing("实施方案", "file"))
    city, own = manager(held), signed(held, order, "5101")
    fill = f"{INBOX}{own.pk}/things/{thing(order).pk}/"
    nothing = city.post(fill, {"boxes": "1", "act": "hand-in"})
    assert nothing.status_code == 422
    file = io.BytesIO(PDF)
    file.name = "方案.pdf"
    city.post(fill, {"boxes": "1", "act": "hand-in", "f-files_file": file})
    handed = HandIn.objects.get()
    stored = StoredFile.objects.get(name="方案.pdf")
    assert stored.owner == f"order-thing:{own.pk}:{thing(order).pk}"
    address = f"/files/{stored.pk}/{stored.name}"
    read = office()
    assert quote(address) in read.get(f"/office/{CODE}/hand-ins/{handed.pk}/").content.decode()
    assert read.get(address).status_code == 200
    assert manager(held, "5103").get(address).status_code == 404


def test_the_office_returns_with_a_reason_and_the_city_sees_it(office):
    held = open_season("5101")
    order = sent(held, text_thing(days=10_000))
    own = signed(held, order, "5101")
    handed = hand_in(held, order, "5101", {"text": "第一稿。"}, make.SINCE)
    browser, at = office(), f"/office/{CODE}/hand-ins/{handed.pk}/"
    empty = browser.post(f"{at}return/", {"reason": "", "mend_by": "2099-04-01T18:00"})
    assert empty.status_code == 422
    assert 'value="2099-04-01T18:00"' in empty.content.decode()
    browser.post(f"{at}return/", {"reason": "缺少参赛人数。", "mend_by": "2099-04-01T18:00"})
    city = manager(held)
    assert "退回原因： 缺少参赛人数。" in words(city.get(f"{INBOX}{own.pk}/"))
    fill = f"{INBOX}{own.pk}/things/{thing(order).pk}/"
    assert "第一稿。</textarea>" in city.get(fill).content.decode()
    city.post(fill, {"boxes": "1", "f-text": "第二稿，12人。", "act": "hand-in"})
    second = HandIn.objects.get(newest=True)
    assert "第1版" in words(browser.get(f"/office/{CODE}/hand-ins/{second.pk}/"))
    browser.post(f"/office/{CODE}/hand-ins/{second.pk}/accept/")
    assert "全部通过 1" in words(browser.get(f"{DESK}{order.pk}/"))
    printed = words(browser.get(f"{DESK}{order.pk}/print/"))
    assert "接收单位2个，已签收1个，已办理1个" in printed
    states = cells(browser.get(f"{DESK}{order.pk}/states.xlsx"))
    assert states[0][:6] == ["单位", "代码", "签收", "签收人", "签收时间", "工作总结"]
    assert [row[0:3] + row[5:6] for row in states[1:]] == [
        ["成都市", "5101", "已签收", "通过"],
        ["自贡市", "5103", "未签收（逾期）", "未签收"],
    ]


def test_a_supplement_shows_the_old_deadline_struck_out(office):
    held = open_season("5101", "5103")
    order = sent(held, text_thing(days=10_000))
    browser = office()
    one = recipient(order, "5101")
    form = {
        "title": "关于延期的补充通知",
        f"due_{thing(order).pk}": "2099-05-01T18:00",
        "units": [str(one.pk)],
    }
    nothing = browser.post(f"{DESK}{order.pk}/supplement/", {"title": "补充通知"})
    assert nothing.status_code == 422
    assert "没有写正文，也没有调整期限" in words(nothing)
    file = io.BytesIO(PDF)
    file.name = "调整后的日程.pdf"
    sent_on = browser.post(f"{DESK}{order.pk}/supplement/", {**form, "uploads_file": file})
    assert sent_on.status_code == 302
    assert words(browser.get(f"{DESK}{order.pk}/")).count("调整后的日程.pdf") == 1
    page = manager(held).get(f"{INBOX}{one.pk}/")
    assert "关于延期的补充通知" in words(page)
    assert "5月1日（星期五）18:00" in words(page)
    assert "8月1日（星期日）9:00" in words(page)  # ten thousand days after 16 March 2022
    other = manager(held, "5103").get(f"{INBOX}{recipient(order, '5103').pk}/")
    assert "关于延期的补充通知" not in words(other)
    assert "调整后的日程.pdf" not in words(other)


def test_the_list_of_who_has_not_acted_says_once_that_nobody_signed(office):
    held = open_season("5101", "5103")
    order = sent(held, text_thing(days=10_000))
    signed(held, order, "5101")
    page = office().get(f"{DESK}{order.pk}/").content.decode()
    copied = re.search(r'data-lt-copy="(关于报送有关材料的通知：还没有[^"]*)"', page)
    assert copied[1].splitlines()[1:] == ["成都市：工作总结（已签收）", "自贡市：未签收（逾期）"]


def test_the_search_box_of_a_draft_holds_what_was_searched(office):
    held = open_season("5101")
    order = draft(held, to=("5103",))  # without an account: the page warns
    browser = office()
    page = browser.get(f"{DESK}{order.pk}/edit/")
    assert "有单位没有管理员账号" in words(page)
    assert re.search(r'<input[^>]* id="q"[^>]* value=""', page.content.decode())
    assert "没有找到" not in words(page)


def test_the_city_passes_on_and_sees_how_its_counties_stand(office):
    held = open_season("5101", "510104")
    order = sent(held, text_thing(days=10_000))
    city, own = manager(held), signed(held, order, "5101")
    made = city.post(f"{INBOX}{own.pk}/pass-on/")
    below = Order.objects.get(above=order)
    assert made.headers["Location"] == f"{DESK}{below.pk}/edit/"
    assert below.recipients.count() == 20
    assert city.post(f"{DESK}{below.pk}/send/").status_code == 302
    county = manager(held, "510104")
    page = words(county.get(f"{INBOX}{recipient(below, '510104').pk}/"))
    assert "所转发的四川省通知" in page
    assert "川人社办〔2022〕5号" in page
    rolled = words(office().get(f"{DESK}{order.pk}/roll/"))
    assert "各级单位 22" in rolled
    assert "0 / 20" in rolled


def test_pages_ask_the_database_as_often_for_many_units(office, django_assert_max_num_queries):
    held = open_season()
    order = services.create_order(
        actor=OFFICE,
        season=held.season,
        issuer=selectors.issuers_for(OFFICE, held.season)[0],
        template="notice",
        at=make.SINCE,
    )
    services.add_level(actor=OFFICE, order=order, level="county", kind="place")
    Order.objects.update(sign_by=None)
    services.send_order(actor=OFFICE, order=order, at=make.SINCE)
    browser = office()
    for address in (DESK, f"{DESK}{order.pk}/", f"{DESK}{order.pk}/roll/"):
        browser.get(address)
        with django_assert_max_num_queries(22):
            assert browser.get(address).status_code == 200


def test_a_form_with_a_table_is_exported_line_by_line(office):
    held = open_season("5101", "5103", forms=CONTACT)
    order = sent(held, NewThing("联络人员信息表", "form", form="contact"))
    people = {"5101": ["谷雨生", "夏至远"], "5103": ["白露明"]}
    for unit, names in people.items():
        signed(held, order, unit)
        rows = [{"name": name, "mobile": "19900000001"} for name in names]
        hand_in(held, order, unit, {"contacts": rows, "filled-by": "祝青禾"}, make.SINCE)
    page = f"{DESK}{order.pk}/things/{thing(order).pk}/"
    browser = office()
    assert browser.post(f"{page}accept/").status_code == 302
    assert set(HandIn.objects.values_list("state", flat=True)) == {"accepted"}
    found = cells(browser.post(f"{page}collected.xlsx"))
    assert found[0][:4] == ["单位", "填表人", "姓名", "手机"]
    assert [row[:5] for row in found[1:]] == [
        ["成都市", "祝青禾", "谷雨生", "19900000001", "已通过"],
        ["成都市", "祝青禾", "夏至远", "19900000001", "已通过"],
        ["自贡市", "祝青禾", "白露明", "19900000001", "已通过"],
    ]
