"""The data of an entry by their Chinese names; the original text keeps the keys."""

import html
import re
from pathlib import Path

import pytest
from django.utils import timezone

import leitai
from leitai.ledger import fields, services
from tests.factories import people
from tests.factories import seasons as make

ROOMS = Path(leitai.__file__).parent


def test_whatever_an_act_says_of_its_data_has_a_name():
    said = {
        key
        for file in ROOMS.glob("*/acts.py")
        for key in re.findall(r"%\((\w+)\)s", file.read_text(encoding="utf-8"))
    }
    assert {"title", "reason", "delegation"} <= said  # the pattern finds them
    assert said - set(fields.NAMES) == set()


@pytest.mark.django_db
def test_the_page_of_an_entry_names_its_data_in_chinese(client):
    make.draft()
    data = {
        "delegation": "成都市",
        "track": "main",
        "kept": True,
        "until": None,
        "things": ["回执", "车辆"],
        "odd_one": 3,
    }
    supervisor = people.actor("supervisor", season=make.CODE)
    entry = services.append(
        chain=make.CODE,
        actor=supervisor,
        act="season.created",
        subject="x",
        data=data,
        at=timezone.now(),
    )
    client.force_login(people.account("watch", "supervisor", season=make.CODE))
    page = html.unescape(client.get(f"/ledger/{make.CODE}/{entry.seq}/").content.decode())
    told = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]*)</dd>", page))
    assert {
        "代表队": "成都市",
        "赛项": "main",
        "由系统代为保管": "是",
        "至": "—",
        "报送事项": "回执、车辆",
        "odd_one": "3",
    }.items() <= told.items()
    assert '"delegation":"成都市"' in page  # as it was hashed
