from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from openpyxl import Workbook, load_workbook

from leitai.base import sealing
from leitai.base.doors import Door
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.people import doors, selectors, services, workbook
from leitai.people.models import Account, ImportDraft, Person, Posting, TransferRequest
from leitai.people.services import NewPerson, importing, parts
from leitai.people.services.planning import HEADINGS
from leitai.units import selectors as units
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged
from tests.rooms.people.numbers import id_number, phone

pytestmark = pytest.mark.django_db
BODY, OTHER = "5101-rsj", "5103-rsj"
NAME = "成都市人力资源和社会保障局"
AT = make.SINCE + timedelta(days=60)


@pytest.fixture(autouse=True)
def _tree():
    load_packaged()


@pytest.fixture
def manager():
    make.account("he", "unit_manager", unit="5101")
    return selectors.actor_of_account("he", at=AT)


def somebody(code, unit=BODY, name="贺知秋", **more):
    person = NewPerson(code, name, unit, since=date(2022, 3, 1), **more)
    return services.create_person(actor=HOUSE, person=person, at=make.SINCE)


def sheet(rows, headings=None):
    book = Workbook()
    book.active.append(list(headings or HEADINGS.values()))
    for row in rows:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "people.xlsx"
    return file


def row(name, number="", mobile="", staff="", unit=BODY, **more):
    values = {"name": name, "id_number": number, "phone": mobile, "staff_number": staff}
    values |= {"unit": unit, **more}
    return [values.get(field, "") for field in HEADINGS]


def start(actor, rows):
    return services.start_import(actor=actor, source=sheet(rows), name="people.xlsx", at=AT)


def planned(actor, rows):
    """Kind and codes of each row that would do something, by the number in the file."""
    draft = start(actor, rows)
    return {
        one["number"]: (one["kind"], [code for _field, code, _data in one["problems"]])
        for part in draft.parts.order_by("number")
        for one in parts.rows_of(part)
    }


def test_good_rows_become_people_with_all_that_the_file_says(manager):
    draft = start(
        manager,
        [
            row(
                "阿依古丽 . 买买提",
                id_number(order=1),
                phone(1),
                "GH-1",
                unit="",
                unit_name=NAME,
                window="前台",
                staffing="编外",
                line="社保",
                post="综合柜员",
                since="2021年9月1日",
            ),
            row("𠮷田", id_number(order=2).lower(), guest="社会公众"),
        ],
    )
    assert Person.objects.count() == 0
    done = services.confirm_import(actor=manager, draft=draft, said={}, at=AT)
    assert (done.state, done.counts["new"], done.counts["back"]) == ("done", 2, 0)
    person = Person.objects.get(name="阿依古丽·买买提")
    assert (person.unit.code, person.window, person.staffing, person.line, person.post) == (
        BODY, "front", "contract", "社保", "综合柜员",
    )  # fmt: skip
    assert person.since == date(2021, 9, 1)
    assert Posting.objects.get(person=person).since == date(2021, 9, 1)
    assert Person.objects.get(name="𠮷田").guest == "public"
    assert LedgerEntry.objects.filter(act="people.imported").count() == 1


def test_every_bad_row_says_field_and_mend_and_takes_no_good_one_with_it(manager):
    somebody("known", name="申时雨", id_number=id_number(order=90), staff_number="K-1")
    somebody("other", name="路长歌", staff_number="K-2")
    found = planned(
        manager,
        [
            row("甲一", id_number(order=1)),
            row("", id_number(order=2)),
            row("乙", "00010119900307111"),
            row("丙", mobile="12345678901", window="侧台"),
            row("丁", unit=OTHER),
            row("戊", unit="", unit_name="不存在局"),
            row("己", unit="", unit_name=""),
            row("庚", unit=BODY, unit_name="另一局"),
            row("辛", since="去年"),
            row("壬", since="2099-01-01"),
            row("癸", guest="社会公众", window="前台"),
            row("甲一", id_number(order=1)),
            row("子", id_number(order=90)),
            row("申时雨", id_number(order=91), staff="K-1"),
            row("申时雨", id_number(order=90), staff="K-2"),
            row("市中", unit="", unit_name="市中区"),
        ],
    )
    assert found == {
        2: ("new", []),
        3: ("wrong", ["name_empty"]),
        4: ("wrong", ["id_number_form"]),
        5: ("wrong", ["phone_form", "import_choice"]),
        6: ("wrong", ["import_unit_unknown"]),
        7: ("wrong", ["import_unit_name"]),
        8: ("wrong", ["import_unit_missing"]),
        9: ("wrong", ["import_unit_differs"]),
        10: ("wrong", ["import_date"]),
        11: ("wrong", ["posting_day_ahead"]),
        12: ("wrong", ["person_guest_place"]),
        13: ("wrong", ["import_row_twice"]),
        14: ("wrong", ["import_name_differs"]),
        15: ("wrong", ["import_id_differs"]),
        16: ("wrong", ["import_row_twice"]),
        17: ("wrong", ["import_unit_name"]),
    }


def test_numbers_of_two_known_people_are_not_guessed(manager):
    somebody("a", name="申时雨", id_number=id_number(order=1))
    somebody("b", name="路长歌", staff_number="K-2")
    found = planned(manager, [row("申时雨", id_number(order=1), staff="K-2")])
    assert found == {2: ("wrong", ["import_two_people"])}


def test_a_name_of_several_units_asks_for_the_code():
    make.account("province", "unit_manager", unit="51")
    actor = selectors.actor_of_account("province", at=AT)
    found = planned(actor, [row("甲", unit="", unit_name="市中区")])  # 内江 and 乐山 have one each
    assert found == {2: ("wrong", ["import_unit_several"])}


def test_known_people_are_changed_where_the_file_says_otherwise(manager):
    somebody("a", id_number=id_number(), window="front", line="社保")
    again = row("贺知秋", id_number(), window="后台")
    draft = start(manager, [again])
    assert draft.counts["changed"] == 1
    services.confirm_import(actor=manager, draft=draft, said={}, at=AT)
    person = Person.objects.get()
    assert (person.window, person.line) == ("back", "社保")
    assert [p.window for p in Posting.objects.all()] == ["back"]
    assert start(manager, [again]).counts["same"] == 1


def test_who_left_comes_back_by_the_file(manager):
    person = somebody("a", id_number=id_number())
    services.leave(actor=manager, person=person, day=date(2022, 4, 1), at=AT)
    draft = start(manager, [row("贺知秋", id_number(), since="2022-04-20")])
    services.confirm_import(actor=manager, draft=draft, said={}, at=AT)
    person.refresh_from_db()
    assert person.left_on is None
    home = units.get_unit(BODY)
    assert [one.code for one in selectors.members_on(home, date(2022, 4, 20))] == ["a"]
    assert selectors.members_on(home, date(2022, 4, 19)) == ()


def test_somebody_of_another_unit_keeps_the_account(manager):
    account = make.account("li")
    somebody("a", "510104", account="li", id_number=id_number(order=1))
    somebody("b", OTHER, "申时雨", phone=phone(2))
    rows = [row("贺知秋", id_number(order=1)), row("申时雨", mobile=phone(2))]
    draft = start(manager, rows)
    assert (draft.counts["transfer"], draft.counts["request"]) == (1, 1)
    done = services.confirm_import(actor=manager, draft=draft, said={}, at=AT)
    assert (done.counts["transfer"], done.counts["request"]) == (1, 1)
    assert Person.objects.get(code="a").unit.code == BODY
    assert Person.objects.get(code="a").account == account
    assert Person.objects.get(code="b").unit.code == OTHER
    assert TransferRequest.objects.get().person.code == "b"
    assert Account.objects.count() == 2
    again = start(manager, rows)
    assert (again.counts["same"], again.counts["wrong"]) == (1, 1)


def test_a_namesake_in_the_unit_is_a_doubt_that_a_person_resolves(manager):
    somebody("a", phone=phone(1))
    rows = [row("贺知秋", id_number(order=1)), row("申时雨", id_number(order=2))]
    draft = start(manager, rows)
    assert (draft.counts["doubt"], draft.counts["new"]) == (1, 1)
    shown = parts.shown_rows(draft)["doubt"][0]
    assert shown["choices"] == [["a", "199****0001"]]
    services.confirm_import(actor=manager, draft=draft, said={}, at=AT)
    assert Person.objects.filter(name="贺知秋").count() == 1
    same = start(manager, rows)
    services.confirm_import(actor=manager, draft=same, said={2: "a"}, at=AT)
    person = Person.objects.get(name="贺知秋")
    assert bytes(person.personal.id_digest) == sealing.digest("id_number", id_number(order=1))
    other = start(manager, [row("贺知秋", mobile=phone(9))])
    services.confirm_import(actor=manager, draft=other, said={2: "new"}, at=AT)
    assert Person.objects.filter(name="贺知秋").count() == 2


def test_two_ids_are_two_people_whatever_their_name(manager):
    somebody("a", id_number=id_number(order=1))
    rows = [row("贺知秋", id_number(order=2)), row("贺知秋", id_number(order=3)), row("贺知秋")]
    assert planned(manager, rows) == {
        2: ("new", []),
        3: ("new", []),
        4: ("wrong", ["import_same_name_row"]),
    }


def test_the_preview_and_the_database_show_no_whole_number(client, manager):
    client.force_login(Account.objects.get(username="he"))
    rows = [row("贺知秋", id_number(), phone(1), "GH-0001"), row("申时雨", id_number()[:17])]
    answer = client.post("/people/import/", {"file": sheet(rows)})
    draft = ImportDraft.objects.get()
    assert answer.url == f"/people/import/{draft.code}/"
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM people_importdraft t")
        dump = cursor.fetchone()[0]
    pages = [client.get(answer.url + query).content.decode() for query in ("", "?kind=new")]
    assert "199****0001" in pages[1]
    assert "应为18位" in pages[0]
    for text in (*pages, dump):
        for number in (id_number(), phone(1), "GH-0001", id_number()[:17]):
            assert number not in text
    assert client.post(answer.url).status_code == 302
    assert "未导入的行可下载" in client.get(answer.url).content.decode()
    assert Person.objects.count() == 1


def test_rows_come_back_as_typed_with_their_reason_and_go_in_when_mended(client, manager):
    client.force_login(Account.objects.get(username="he"))
    rows = [row("贺知秋", id_number(order=1)), row("申时雨", id_number(order=2)[:17], phone(2))]
    address = client.post("/people/import/", {"file": sheet(rows)}).url
    client.post(address)
    book = load_workbook(io.BytesIO(client.get(address + "rest/").content)).active
    head, bad = [list(line) for line in book.iter_rows(values_only=True)]
    assert head == [*HEADINGS.values(), "原因"]
    assert bad[:3] == ["申时雨", id_number(order=2)[:17], phone(2)]
    assert bad[-1] == ("身份证号码：身份证号码应为18位，前17位是数字，末位是数字或X。请核对。")
    bad[1] = id_number(order=2)
    mended = sheet([["" if one is None else one for one in bad]], head)
    address = client.post("/people/import/", {"file": mended}).url
    client.post(address)
    assert sorted(Person.objects.values_list("name", flat=True)) == ["申时雨", "贺知秋"]


def test_a_draft_is_its_owners_for_a_day(client, manager):
    draft = start(manager, [row("贺知秋")])
    client.force_login(make.account("other", "unit_manager", unit="5101"))
    for address in ("", "rest/"):
        answer = client.get(f"/people/import/{draft.code}/{address}")
        assert answer.status_code == 404
    with pytest.raises(DomainError, match="import_expired"):
        importing.get_draft_for(manager, draft.code, at=AT + timedelta(hours=24))
    assert importing.purge_imports(at=AT + timedelta(hours=23)) == 0
    assert importing.purge_imports(at=AT + timedelta(hours=24)) == 1


def test_a_confirmed_draft_is_not_taken_twice(manager):
    draft = start(manager, [row("贺知秋", id_number())])
    services.confirm_import(actor=manager, draft=draft, said={}, at=AT)
    with pytest.raises(DomainError, match="import_running"):
        services.confirm_import(actor=manager, draft=draft, said={}, at=AT)


def test_what_changed_since_the_preview_is_looked_at_again(manager):
    draft = start(manager, [row("贺知秋", id_number()), row("申时雨", id_number(order=2))])
    somebody("z", OTHER, "另一人", id_number=id_number())
    done = services.confirm_import(actor=manager, draft=draft, said={}, at=AT)
    assert (done.counts["new"], done.counts["back"]) == (1, 1)
    assert [why for _n, _c, why in parts.rows_back(done)] == [
        "姓名：这个号码登记的姓名不是“贺知秋”。请核对姓名和号码。"
    ]


def test_a_small_file_that_cannot_be_read_is_refused_at_once(manager):
    for data, code in ((b"", "problems"), ("姓名\n".encode(), "import_none")):
        with pytest.raises(DomainError) as caught:
            services.start_import(actor=manager, source=io.BytesIO(data), name="people.csv", at=AT)
        assert caught.value.code == code
    assert not ImportDraft.objects.exists()


def test_import_is_for_who_keeps_a_roster():
    for role in ("supervisor", "operator", "team_leader"):
        with pytest.raises(DomainError, match="forbidden"):
            start(make.actor(role), [row("贺知秋")])


def test_the_template_is_read_back_and_has_its_lists():
    book = load_workbook(io.BytesIO(workbook.template()))
    assert [cell.value for cell in book.active[1]] == list(HEADINGS.values())
    lists = {one.formula1 for one in book.active.data_validations.dataValidation}
    assert lists == {
        '"前台,后台,非窗口"', '"编内,编外"', '"企事业单位,人力资源服务机构,社会公众"',
    }  # fmt: skip
    assert book.active["B2"].number_format == "@"


def test_headings_of_older_templates_are_read(manager):
    headings = [{"人员类别": "来宾类别"}.get(one, one) for one in HEADINGS.values()]
    assert "来宾类别" in headings
    file = sheet([row("贺知秋", id_number(), guest="社会公众")], headings)
    draft = services.start_import(actor=manager, source=file, name="people.xlsx", at=AT)
    services.confirm_import(actor=manager, draft=draft, said={}, at=AT)
    assert Person.objects.get().guest == "public"


def test_what_somebody_typed_is_never_a_formula():
    data = workbook.rows_back([(2, {"name": "=1+1", "post": "@x"}, "原因")])
    book = load_workbook(io.BytesIO(data)).active
    assert book["A2"].data_type == "s"
    assert book["A2"].value == "'=1+1"


def test_the_command_line_imports_at_once_or_only_says_what_it_would(tmp_path):
    text = f"姓名,身份证号码,单位代码\n贺知秋,{id_number()},{BODY}\n申时雨,1,{BODY}\n"
    for dry_run, people in ((True, 0), (False, 1)):
        report = services.import_people(
            actor=HOUSE,
            source=io.BytesIO(text.encode("gb18030")),
            name="people.csv",
            at=AT,
            dry_run=dry_run,
        )
        assert report.counts["new"] == 1
        assert len(report.back) == 1
        assert Person.objects.count() == people
    with pytest.raises(Problems):
        services.import_people(actor=HOUSE, source=io.BytesIO(b"x\n1\n"), name="people.csv", at=AT)


def test_a_file_of_guessed_id_numbers_finds_nobody(manager):
    somebody("z", OTHER, id_number=id_number(order=7))
    guesses = [row("贺知秋", id_number(order=n)) for n in range(1, 20)]
    found = planned(manager, guesses)
    assert {kind for kind, _codes in list(found.values())[2:]} == {"wrong"}
    assert {code for _kind, codes in list(found.values())[2:] for code in codes} == {
        "import_name_ids"
    }
    homes = [row("贺知秋", id_number(order=7 - at), unit=code) for at, code in enumerate(
        ["510104", "510105", BODY]
    )]  # fmt: skip
    assert planned(manager, homes[::-1])[4] == ("wrong", ["import_name_ids"])


def test_namesakes_of_several_units_and_birthdays_are_taken(manager):
    rows = [
        row("王伟", id_number(f"19{70 + n}0307", n), unit=unit)
        for n, unit in enumerate(["510104", "510104", "510105", "510105", BODY, BODY])
    ]
    assert {kind for kind, _codes in planned(manager, rows).values()} == {"new"}


def test_previews_are_on_the_record_and_counted(manager, monkeypatch):
    monkeypatch.setattr(doors, "PREVIEWS", Door("people.preview", 2, timedelta(days=1)))
    for order in (1, 2):
        draft = start(manager, [row("贺知秋", id_number(order=order))])
    with pytest.raises(DomainError) as caught:
        start(manager, [row("贺知秋", id_number(order=3))])
    assert (caught.value.code, caught.value.data["minutes"]) == ("too_many_tries", 24 * 60)
    entries = LedgerEntry.objects.filter(act="people.import_previewed").order_by("seq")
    assert [one.actor for one in entries] == [manager.account] * 2
    data = canonical.decode(bytes(entries[1].payload))["data"]
    assert (entries[1].subject, data) == (f"draft:{draft.code}", draft.counts | {"by": "蒲清越"})


def test_a_number_in_the_wrong_place_stands_nowhere(client, manager):
    client.force_login(Account.objects.get(username="he"))
    somebody("b", OTHER, "申时雨", phone=phone(2))
    secret = id_number(order=5)
    rows = [
        row("甲", window=secret),
        row("乙", since=secret),
        row("丙", unit=secret),
        row("丁", unit="", unit_name=secret),
        row("戊", post=secret, line=phone(5)),
        row("申时雨", mobile=phone(2)),
    ]
    file = sheet(rows)
    file.name = f"张三{phone(6)}.xlsx"
    address = client.post("/people/import/", {"file": file}).url
    pages = [client.get(f"{address}?kind={kind}").content.decode() for kind in ("wrong", "new")]
    pages.append(client.get("/people/import/").content.decode())
    for page in pages:
        assert not re.search(r"\d{10,}", re.sub(r"<input[^>]*csrf[^>]*>", "", page))
    client.post(address)
    code = ImportDraft.objects.order_by("made_at").first().code
    assert TransferRequest.objects.get().reason == f"按名单导入（{code}）"
    entry = LedgerEntry.objects.get(act="people.imported")
    assert entry.subject == f"draft:{code}"
    assert phone(6).encode() not in bytes(entry.payload)


def test_a_file_changes_no_login_number_of_who_holds_more(manager):
    account = make.account("boss", "office", unit="51", season="home-2022")
    somebody("a", account="boss", id_number=id_number(), phone=phone(1))
    rows = [row("贺知秋", id_number(), phone(2))]
    assert planned(manager, rows) == {2: ("wrong", ["numbers_guarded"])}
    held = Person.objects.get(account=account)
    draft = start(manager, [row("贺知秋", id_number(), post="科员")])
    services.confirm_import(actor=manager, draft=draft, said={}, at=AT)
    held.refresh_from_db()
    assert (held.post, selectors.masked(held).phone) == ("科员", "199****0001")
