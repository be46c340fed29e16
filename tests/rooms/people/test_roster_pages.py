from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from leitai.base.doors import Door
from leitai.ledger.models import LedgerEntry
from leitai.people import doors, selectors, services
from leitai.people.models import Person, Posting, Roster, TransferRequest
from leitai.people.services import NewPerson
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged
from tests.rooms.people.numbers import id_number, phone

pytestmark = pytest.mark.django_db
BODY = "5101-rsj"
NAMES = {BODY: "成都市人力资源和社会保障局", "5103-rsj": "自贡市人力资源和社会保障局"}


@pytest.fixture(autouse=True)
def _tree():
    load_packaged()


@pytest.fixture
def signed(client):
    """A client of somebody with one role over one unit."""

    def sign(role="unit_manager", unit="5101", name="he"):
        client.force_login(make.account(name, role, unit=unit))
        return client

    return sign


def somebody(code, unit=BODY, name="贺知秋", **more):
    person = NewPerson(code, name, unit, **more)
    return services.create_person(actor=HOUSE, person=person, at=make.SINCE)


def text(answer):
    return answer.content.decode()


def test_list_shows_only_my_subtree_and_no_whole_number(signed):
    somebody("a", phone=phone(1), id_number=id_number(order=1))
    somebody("b", "510104", "申时雨")
    somebody("c", "5103-rsj", "路长歌")
    page = text(signed().get("/people/"))
    assert "贺知秋" in page
    assert "申时雨" in page
    assert "路长歌" not in page
    assert "199****0001" in page
    assert phone(1) not in page
    assert id_number(order=1) not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=知秋", {"贺知秋"}),
        ("q=秋", {"贺知秋", "郑秋实"}),
        ("window=front", {"贺知秋"}),
        ("staffing=contract", {"申时雨"}),
        ("line=社保", {"申时雨"}),
        ("guest=any", {"路长歌"}),
        ("guest=public", {"路长歌"}),
        ("guest=agency", set()),
        ("guest=staff", {"贺知秋", "申时雨", "郑秋实"}),
        ("account=yes", {"郑秋实"}),
        ("account=no", {"贺知秋", "申时雨", "路长歌"}),
        ("unit=510104", {"申时雨"}),
        ("unit=5103-rsj", set()),
        ("unit=锦江区", {"申时雨"}),
        ("window=nonsense", {"贺知秋", "申时雨", "路长歌", "郑秋实"}),
        ("left=yes", {"时不移"}),
    ],
)
def test_list_is_narrowed_by_what_is_asked(signed, query, names):
    make.account("zheng")
    somebody("a", window="front", staffing="permanent")
    somebody("b", "510104", "申时雨", staffing="contract", line="社保")
    somebody("c", BODY, "路长歌", guest="public")
    somebody("d", BODY, "郑秋实", account="zheng")
    gone = somebody("e", BODY, "时不移")
    services.leave(actor=HOUSE, person=gone, day=make.SINCE.date(), at=make.SINCE)
    found = signed().get(f"/people/?{query}").context["page"].object_list
    assert {person.name for person in found} == names


def test_a_number_finds_its_person_and_never_stands_in_an_address(signed):
    somebody("a", phone=phone(1), id_number=id_number(order=1), staff_number="GH-01")
    somebody("c", "5103-rsj", "路长歌", phone=phone(2))
    client = signed()
    for typed in (phone(1), f"+86 {phone(1)}", id_number(order=1), "gh-01"):
        answer = client.post("/people/find/", {"q": typed})
        assert (answer.status_code, answer.url) == (302, "/people/a/")
    assert "没有这个号码" in text(client.post("/people/find/", {"q": phone(2)}))
    answer = client.post("/people/find/", {"q": "知秋", "window": "front"})
    assert answer.url == "/people/?q=%E7%9F%A5%E7%A7%8B&window=front"


@pytest.mark.parametrize(
    "path",
    [
        "/people/",
        "/people/?q=选手&window=front",
        "/people/p-5101-rsj-1/",
        "/rosters/",
        f"/rosters/{BODY}/",
        "/people/requests/",
        "/people/duplicates/",
    ],
)
def test_pages_ask_twelve_times_at_most(signed, django_assert_max_num_queries, path):
    for number in range(60):
        somebody(
            f"p-{BODY}-{number}",
            name=f"选手{number % 3}",
            phone=phone(number // 2),
            id_number=id_number(order=number),
            window="front",
        )
    client = signed()
    services.confirm_roster(
        actor=HOUSE, unit=selectors.get_person(f"p-{BODY}-1").unit, day=make.SINCE.date(),
        at=make.SINCE,
    )  # fmt: skip
    client.get(path)
    with django_assert_max_num_queries(12):
        assert client.get(path).status_code == 200


def test_register_edit_leave_and_come_back(signed):
    client = signed()
    today = timezone.localdate()
    form = {
        "name": "贺 知秋",
        "unit": NAMES[BODY],
        "window": "front",
        "staffing": "permanent",
        "line": "社保",
        "post": "综合柜员",
        "since": "2022-03-01",
        "id_number": id_number().lower(),
        "phone": "199 0000 0001",
    }
    answer = client.post("/people/new/", form)
    person = Person.objects.get()
    assert answer.url == f"/people/{person.code}/"
    assert (person.name, person.unit.code, person.window) == ("贺知秋", BODY, "front")
    posting = Posting.objects.get()
    assert (posting.since.isoformat(), posting.until, posting.post) == (
        "2022-03-01", None, "综合柜员",
    )  # fmt: skip
    edited = {"name": "贺知秋", "window": "back", "changed_on": "2022-05-01", "since": "2022-03-01"}
    assert client.post(f"/people/{person.code}/edit/", edited).status_code == 302
    assert [(p.window, str(p.since), str(p.until)) for p in Posting.objects.order_by("since")] == [
        ("front", "2022-03-01", "2022-05-01"),
        ("back", "2022-05-01", "None"),
    ]
    assert client.post(f"/people/{person.code}/leave/", {"day": today}).status_code == 302
    assert client.post(f"/people/{person.code}/leave/", {"day": today}).status_code == 422
    assert client.post(f"/people/{person.code}/back/", {"day": today}).status_code == 302
    person.refresh_from_db()
    assert person.left_on is None
    assert selectors.masked(person).phone == "199****0001"


def test_a_refused_form_keeps_what_was_typed_and_offers_a_transfer(signed):
    somebody("a", "5103-rsj", id_number=id_number())
    form = {"name": "贺知秋", "unit": BODY, "id_number": id_number(), "post": "综合柜员"}
    answer = signed().post("/people/new/", form)
    page = text(answer)
    assert answer.status_code == 422
    assert "已登记在其他单位" in page
    assert NAMES["5103-rsj"] not in page
    assert "综合柜员" in page
    assert "/people/requests/?name=" in page
    assert Person.objects.count() == 1


def test_reveal_shows_the_number_once_and_leaves_a_record(signed):
    somebody("a", phone=phone(1))
    client = signed()
    page = text(client.post("/people/a/reveal/", {"field": "phone", "reason": "核对"}))
    assert phone(1) in page
    assert phone(1) not in text(client.get("/people/a/"))
    assert LedgerEntry.objects.filter(act="personal.revealed").count() == 1
    refused = client.post("/people/a/reveal/", {"field": "phone", "reason": ""})
    assert refused.status_code == 422
    assert phone(1) not in text(refused)


def test_pages_of_a_person_are_never_kept_by_a_browser(signed):
    somebody("a", phone=phone(1))
    assert "no-store" in signed().get("/people/a/").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("role", "unit", "status"),
    [
        ("unit_manager", "5101", 200),
        ("local_office", "5101", 200),
        ("office", "51", 200),
        ("supervisor", "51", 200),
        ("unit_manager", "5103", 403),
        ("security_admin", "51", 403),
        ("operator", "51", 403),
        ("team_leader", "5101", 403),
        ("exam_officer", "51", 403),
    ],
)
def test_a_person_is_seen_by_who_may(signed, role, unit, status):
    somebody("a")
    client = signed(role, unit)
    assert client.get("/people/a/").status_code == status
    can_write = status == 200 and role != "supervisor"
    assert client.get("/people/a/edit/").status_code == (200 if can_write else 403)
    answer = client.post("/people/a/leave/", {"day": "2022-03-01"})
    assert answer.status_code == (302 if can_write else 403)
    assert (Person.objects.get().left_on is not None) is can_write


def test_roster_is_confirmed_as_it_was_seen(signed):
    somebody("a", window="front", staffing="permanent", since=make.SINCE.date())
    client = signed()
    page = client.get(f"/rosters/{BODY}/")
    seen = page.context["shown"].digest
    somebody("b", name="申时雨", window="back")
    form = {"day": timezone.localdate(), "seen": seen}
    answer = client.post(f"/rosters/{BODY}/", form)
    assert answer.status_code == 422
    assert "预览之后人员有变动" in text(answer)
    form["seen"] = answer.context["shown"].digest
    assert client.post(f"/rosters/{BODY}/", form).status_code == 302
    assert Roster.objects.get().counts == {
        "all": 2, "front": 1, "back": 1, "none": 0, "permanent": 1, "contract": 0,
    }  # fmt: skip


def test_questions_for_numbers_are_counted_wherever_they_are_asked(signed, monkeypatch):
    somebody("a", phone=phone(1))
    small = Door("people.lookup", 3, timedelta(hours=1))
    monkeypatch.setattr(doors, "LOOKUPS", small)
    new = {"name": "申时雨", "unit": BODY, "id_number": id_number(order=9)}
    wanted = {"name": "申时雨", "number": phone(7), "unit": BODY, "since": "2022-04-01"}
    client = signed()
    client.post("/people/find/", {"q": phone(1)})
    client.post("/people/requests/", wanted | {"reason": "调入"})
    client.post("/people/a/edit/", {"name": "贺知秋", "phone": phone(3)})
    assert client.post("/people/find/", {"q": phone(1)}).status_code == 429
    assert client.post("/people/find/", {"q": "贺"}).status_code == 302  # a name is no number
    for address, data in (
        ("/people/new/", new),
        ("/people/requests/", wanted | {"reason": "调入"}),
        ("/people/a/edit/", {"name": "贺知秋", "phone": phone(4)}),
    ):
        answer = client.post(address, data)
        assert (answer.status_code, "尝试次数过多" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("words", ["510104199003071234", "１９９００００００１２", "李 199000"])
def test_a_number_is_not_looked_for_where_it_stays_in_the_address(signed, words):
    client = signed()
    answer = client.get("/people/slips/", {"q": words})
    assert answer.status_code == 422
    assert "请到“人员”页按号码查找" in answer.content.decode()
    assert client.get("/people/slips/", {"q": "李 12345"}).status_code == 200


def test_request_from_one_manager_is_answered_by_the_other(client):
    somebody("a", "5103-rsj", phone=phone(1))
    client.force_login(make.account("receiving", "unit_manager", unit="5101"))
    form = {
        "name": "贺知秋",
        "number": phone(1),
        "unit": BODY,
        "since": timezone.localdate().isoformat(),
        "reason": "调令〔2022〕1号",
    }
    wrong = client.post("/people/requests/", form | {"name": "申时雨"})
    assert wrong.status_code == 422
    assert "没有找到姓名和号码都相符的人员" in text(wrong)
    assert client.post("/people/requests/", form).status_code == 302
    asked = TransferRequest.objects.get()
    assert client.get("/people/a/").status_code == 403
    assert client.post(f"/people/requests/{asked.pk}/", {"act": "approve"}).status_code == 403
    client.force_login(make.account("giving", "unit_manager", unit="5103"))
    assert "调令〔2022〕1号" in text(client.get("/people/requests/"))
    assert client.post(f"/people/requests/{asked.pk}/", {"act": "approve"}).status_code == 302
    assert client.get("/people/a/").status_code == 403
    assert Person.objects.get().unit.code == BODY


def test_own_page_shows_masked_numbers_and_mends_the_phone(client):
    account = make.account("li")
    somebody("a", account="li", phone=phone(1), id_number=id_number())
    client.force_login(account)
    page = text(client.get("/me/person/"))
    assert "199****0001" in page
    assert phone(1) not in page
    assert client.post("/me/person/", {"phone": "123"}).status_code == 422
    assert client.post("/me/person/", {"phone": phone(2)}).status_code == 302
    assert "199****0002" in text(client.get("/me/person/"))
    client.force_login(make.account("nobody"))
    assert client.get("/me/person/").status_code == 403
