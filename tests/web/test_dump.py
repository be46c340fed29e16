"""What a stolen dump, a stolen folder or a log tells: no number, code, question or secret."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import logging
import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from leitai.bank import selectors as bank_reads
from leitai.bank import services as bank
from leitai.bank.models import ItemVersion, RepairRow
from leitai.base import sealing
from leitai.kernel.ids import show_code
from leitai.keyring import PURPOSES
from leitai.messages import services as messages
from leitai.people import services as people
from leitai.people.models import Person
from leitai.sittings import services as sittings
from tests import world as worlds
from tests.factories import people as make
from tests.factories.units import HOUSE
from tests.house import CLUSTER, HOME
from tests.interchange.books import HEADINGS, MULTIPLE, SINGLE, changed, csv_bytes
from tests.web.dumping import dump, forms, found_in

CONTROL = "敞开的练习题甲乙丙"  # a practice bank's, which is plain
STEM = "下列关于蓝鲸七号窗口的说法，哪一项正确？"
TEXTS = {
    "题干": STEM,
    "选项A": "蓝鲸七号窗口只在星期二开放",
    "选项B": "蓝鲸七号窗口凭绿色号牌叫号",
    "解析": "见蓝鲸七号窗口管理办法的说明",
    "来源": "蓝鲸命题组内部稿",
    "知识点": "蓝鲸窗口管理",
}
WAITING = "等待补齐的白鲸九号试题"
PHONES = ("19900004711", "19900004712", "19900004713", "19900004714")
BANK_ACCOUNT = "6222990000471147114"
STAFF_NUMBER = "JZ-47110815"
COMPLAINT = "我要反映海豚五号考场的监考情况"
CALLER = "海豚来电人"
PASSWORD = worlds.PASSWORD


def id_number(seventeen: str) -> str:
    """With the check digit of GB 11643, worked out here; region 00 exists nowhere."""
    weights = [2 ** (17 - at) % 11 for at in range(17)]
    rest = sum(int(digit) * weight for digit, weight in zip(seventeen, weights, strict=True)) % 11
    return seventeen + "10X98765432"[rest]


IDS = tuple(id_number(f"0001011990010147{number}") for number in ("1", "3"))


@pytest.fixture
def secrets_of_the_house(transactional_db, caplog) -> list[str]:
    """A world with everything in it that must not be told; gives all of it."""
    caplog.set_level(logging.DEBUG)
    world = worlds.build()
    at = world.now
    planted = [*_numbers(), *_codes(world), *_items(at), *_paper(world), *_complaint(at)]
    planted += [*_second_step(world), *_keys(), PASSWORD]
    client = Client()
    client.post("/account/login/", {"login": PHONES[0], "password": "falsch-geraten-4711"})
    for name in (PHONES[0], IDS[0]):
        came = Client().post("/account/login/", {"login": name, "password": PASSWORD})
        assert came.status_code == 302
    return [*planted, "falsch-geraten-4711"]


def _numbers() -> list[str]:
    one = Person.objects.get(account__username="contestant")
    two = Person.objects.filter(account=None).order_by("pk").first()
    people.set_personal(
        one,
        id_number=IDS[0],
        phone=PHONES[0],
        staff_number=STAFF_NUMBER,
        bank_account=BANK_ACCOUNT,
    )
    people.set_personal(two, id_number=IDS[1], phone=PHONES[1])
    waiting, mistyped = id_number("00010119900101475"), "000101199001014799"
    manager = make.actor("unit_manager", unit="51/")
    rows = f"姓名,身份证号码,手机号码,单位代码\n导入人,{waiting},{PHONES[3]},5101\n错号人,{mistyped},,5101\n"
    file = io.BytesIO(rows.encode())
    draft = people.start_import(actor=manager, source=file, name="花名册.csv", at=worlds.SINCE)
    assert draft.pk
    assert draft.total == 2
    return [*IDS, *PHONES, waiting, mistyped, BANK_ACCOUNT, STAFF_NUMBER]


def _codes(world) -> list[str]:
    """Slips, and the admission codes of a whole exam."""
    fresh = Person.objects.filter(account=None).order_by("pk")[:3]
    manager = make.actor("unit_manager", unit="51/")
    slips = [it.code for it in people.issue_slips(actor=manager, people=list(fresh), at=world.now)]
    slips.append(people.issue_unit_slip(actor=manager, unit=fresh[0].unit, at=world.now).code)
    rows = list(world.home.ahead.sittings.all())
    codes = [*slips, *sittings.admission_codes(world.home.ahead, rows).values()]
    return [*codes, *map(show_code, codes)]


def _items(at) -> list[str]:
    """Live banks and one in the clear; the world's own bank is live too."""
    waiting = changed(MULTIPLE, 题干=WAITING, 答案="")
    heading = [*HEADINGS, *(name for name in TEXTS if name not in HEADINGS)]
    row = dict(zip(HEADINGS, SINGLE, strict=True)) | TEXTS
    for code, rows, live in (
        ("secret", [heading, [row.get(name, "") for name in heading]], None),
        ("waiting", [HEADINGS, SINGLE, waiting], None),
        ("open", [HEADINGS, changed(SINGLE, 题干=CONTROL)], False),
    ):
        bank.import_items(
            actor=HOUSE,
            bank_code=code,
            title=code,
            source=io.BytesIO(csv_bytes(rows)),
            name="题.csv",
            at=at,
            live=live,
        )
    assert RepairRow.objects.count() == 1
    with worlds.BANK.open(encoding="utf-8", newline="") as file:
        stems = [row["题干"] for row in csv.DictReader(file)]
    assert ItemVersion.objects.exclude(sealed="").count() == len(stems) + 2
    digests = [hashlib.sha256(STEM.encode()).hexdigest()]  # a guess can be tried on a plain digest
    return [*TEXTS.values(), WAITING, *stems, *digests]


def _paper(world) -> list[str]:
    """A paper's key in hex and base64; its questions are the bank's stems."""
    paper = world.home.ahead.paper
    aad = f"paper:{paper.code}:{paper.version}".encode()
    key = sealing.keyring().unwrap("paper", paper.wrapped_key, aad)
    placed = [one.item_version_id for one in bank_reads.composition_of(paper)]
    assert len(placed) == paper.item_count > 0
    together = [", ".join(map(str, placed)), ",".join(map(str, placed))]
    return [key.hex(), base64.b64encode(key).decode().rstrip("="), *together]


def _complaint(at) -> list[str]:
    filed = messages.file_complaint(
        actor=make.actor("office", account=""),
        category="other",
        text=COMPLAINT,
        name=CALLER,
        phone=PHONES[2],
        nonce=uuid4(),
        at=at,
    )
    return [COMPLAINT, CALLER, PHONES[2], filed.code]


def _second_step(world) -> list[str]:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    account, secret = world.accounts["office"], base64.b32encode(b"blauwal-siebenundvier").decode()
    TOTP.activate(account, secret)
    codes = RecoveryCodes.activate(account).get_unused_codes()
    assert codes
    return [secret, *codes]


def _keys() -> list[str]:
    keys = [key for purpose in PURPOSES for key in sealing.keyring().all(purpose)]
    return [text for key in keys for text in (key.secret.hex(), _base64(key.secret))]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def test_dump_files_and_logs_tell_no_number_no_code_no_question_and_no_secret(
    secrets_of_the_house, capfd, caplog, settings
):
    text = dump(CLUSTER.url(connection.settings_dict["NAME"]))
    assert CONTROL in text  # it is read, and what is plain is found
    assert "成都市" in text
    assert found_in(text, secrets_of_the_house) == []
    sessions = [json.dumps(session.get_decoded()) for session in Session.objects.all()]
    assert len(sessions) >= 2  # packed in the dump, and open to whoever has it
    assert found_in("\n".join(sessions), secrets_of_the_house) == []

    said = capfd.readouterr()
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    logged = "\n".join([said.out, said.err, *(record.getMessage() for record in records)])
    assert records
    assert found_in(logged, secrets_of_the_house) == []

    files = [*_readable(Path(settings.LEITAI_FILES)), *_readable(HOME)]
    assert any(file.name == "server.log" for file in files)  # the database's own
    for file in files:
        assert found_in(_text(file), secrets_of_the_house) == [], file


def _readable(folder: Path) -> list[Path]:
    """Everything of the house but the database's own pages, which the dump shows."""
    found = []
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in {"base", "pg_wal", "global"}]
        found += [Path(where, name) for name in names]
    return found


def _text(file: Path) -> str:
    try:
        return file.read_bytes()[-20_000_000:].decode("utf-8", "replace")
    except FileNotFoundError:  # another test's, gone meanwhile
        return ""


@pytest.mark.parametrize("value", ["19900004711", STEM, "JZ-47110815"])
def test_a_text_is_found_in_each_of_its_forms(value):
    raw = value.encode()
    padded = [base64.b64encode(b"x" * n + raw + b"yz").decode() for n in range(4)]
    for hidden in (value, raw.hex(), raw.hex().upper(), *padded, padded[1].translate(_URL)):
        assert found_in(f"…{hidden}…", [value]) == [value]
    assert found_in('{"a":"\\u84dd\\u9cb8"} {"a":"\\u84DD\\u9CB8"}', ["蓝鲸"]) == ["蓝鲸"]
    assert found_in("nothing of it", [value]) == []
    assert all(len(form) >= 8 for form in forms(value))


_URL = str.maketrans("+/", "-_")
