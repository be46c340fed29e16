"""What strangers and units may take away: fingerprints, the offline page, a unit's certificates."""

import json
import re
import zipfile
from copy import deepcopy
from io import BytesIO

import pytest
from django.conf import settings

from leitai import keyring
from leitai.certificates import selectors, services
from leitai.certificates.models import Certificate
from leitai.design import assets
from leitai.kernel.errors import DomainError
from leitai.keyring import Keyring
from leitai.ledger import services as ledger
from leitai.people import selectors as people
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE
from tests.planting import once
from tests.rooms.certificates.test_views import SCHOLAR, fetched, sign_in, text

pytestmark = pytest.mark.django_db
UNIT = f"/unit/{CODE}/certificates/"


def plant():
    season = small.at_final(publish=True)
    small.held(season, "final", publish=True)
    return season


planted = once(plant)


@pytest.fixture
def season(planted):
    made = deepcopy(planted)
    services.issue_certificates(actor=OFFICE, season=made, at=AT)
    return made


@pytest.fixture
def ring(tmp_path, settings):
    """Keys of 2021, of which the one for results was changed in 2022."""
    folder = tmp_path / "keys"
    draw = iter(range(1, 250))
    entropy = lambda size: bytes([next(draw)]) * size  # noqa: E731
    keyring.init(folder, entropy=entropy, at=AT.replace(year=2021))
    keyring.rotate(folder, "results", entropy=entropy, at=AT)
    settings.LEITAI_KEYS = folder
    return Keyring.load(folder)


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A front end that was built, whatever this checkout has."""
    (tmp_path / "check.js").write_text("var checked = 1;", encoding="utf-8")
    (tmp_path / "check.css").write_text("main {}", encoding="utf-8")
    record = {"file": "check.js", "css": ["check.css"]}
    entry = "frontend/src/islands/certificate/main.ts"
    monkeypatch.setattr(assets, "DIST", tmp_path)
    monkeypatch.setattr(assets, "manifest", lambda: {entry: record})


def test_fingerprints_say_what_for_since_when_and_until_when(client, ring):
    old, new = ring.all("results")
    page = client.get("/c/keys/")
    rows = re.findall(r"(?s)<tr><td>.*?</tr>", page.content.decode())
    told = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
    assert len(told) == 3
    for row, key, days, state in (
        (told[0], new, "2022年7月18日 —", "在用"),
        (told[1], old, "2021年7月18日 2022年7月18日", "已停用"),
        (told[2], ring.current("ledger"), "2021年7月18日 —", "在用"),
    ):
        assert key.fingerprint in row
        assert key.public.hex() in row
        assert (days in row, row.endswith(state)) == (True, True), row
    for secret in ring:
        assert secret.secret.hex() not in page.content.decode()


def test_pages_of_the_check_lead_to_the_fingerprints(client, season):
    for path in ("/c/", "/c/v/", f"/c/{SCHOLAR}/", "/c/X-1/"):
        assert 'href="/c/keys/"' in client.get(path).content.decode(), path
    key = Keyring.load(settings.LEITAI_KEYS).current("results")
    assert key.fingerprint in text(client.get(f"/c/{SCHOLAR}/"))
    assert key.fingerprint in text(client.get("/c/keys/"))
    page = client.get("/c/keys/").content.decode()
    assert ('href="/c/offline.zip"' in page, 'href="/c/v/status.json"' in page) == (True, True)


def test_anybody_takes_the_offline_page_with_keys_and_status(client, season, built):
    response = client.get("/c/offline.zip")
    assert response["Content-Disposition"] == (
        'attachment; filename="leitai-certificate-check.zip"'
    )
    with zipfile.ZipFile(BytesIO(response.content)) as folder:
        files = {name: folder.read(name).decode() for name in folder.namelist()}
    names = ("index.html", "check.js", "check.css", "data.js", "keys.json", "status.json")
    assert set(files) == {f"c/v/{name}" for name in names}
    assert f'href="{settings.LEITAI_PUBLIC_URL}/c/keys/"' in files["c/v/index.html"]
    status = json.loads(json.loads(files["c/v/status.json"])["body"])
    assert (status["revoked"], status["series"]["2022-SMALL-CONTEST-SCHOLAR-"]) == ({}, 1)
    for person in ("选手1", "自贡市"):
        assert not any(person in one for one in files.values())


def test_office_page_offers_the_offline_page_before_any_certificate(client, planted):
    client.force_login(make.account("office", "office", season=CODE))
    page = client.get(f"/office/{CODE}/certificates/").content.decode()
    assert 'href="/c/offline.zip"' in page
    assert 'href="/c/keys/"' in page


def test_manager_sees_and_takes_the_certificates_of_the_unit(client, season):
    client.force_login(make.account("zigong", "unit_manager", unit="5103", season=CODE))
    page = client.get(UNIT)
    serials = re.findall(r'href="/c/([^/"]+)/"', page.content.decode())
    own = [
        one.serial
        for one in selectors.list_certificates(CODE)
        if one.award.delegation.name == "自贡市"
    ]
    assert (serials, len(own) > 1, SCHOLAR in own) == (own, True, True)
    assert "攀枝花市" not in text(page)
    assert fetched(client.get(f"/c/{SCHOLAR}/pdf/")) == (200, b"%PDF-")
    [other] = Certificate.objects.filter(serial="2022-SMALL-CONTEST-SECOND-0001")
    assert client.get(f"/c/{other.serial}/pdf/").status_code == 404


def test_manager_of_the_home_unit_has_a_paper_that_another_delegation_won(client, season):
    person = people.get_person("p-5103-1")
    person.unit = people.get_person("p-5104-1").unit
    person.save()
    client.force_login(make.account("pan", "unit_manager", unit="5104", season=CODE))
    assert SCHOLAR in text(client.get(UNIT))
    assert fetched(client.get(f"/c/{SCHOLAR}/pdf/")) == (200, b"%PDF-")


def test_unit_page_tells_what_was_replaced_and_is_closed_to_others(client, season):
    old = Certificate.objects.get(serial=SCHOLAR)
    held = services.propose_reissuing(actor=OFFICE, certificate=old, reason="姓名用字有误", at=AT)
    ledger.approve(actor=make.actor("leader", season=CODE, account="8"), proposal=held, at=AT)
    client.force_login(make.account("zigong", "unit_manager", unit="5103", season=CODE))
    assert f"新编号{SCHOLAR.replace('0001', '0002')}" in text(client.get(UNIT))
    client.force_login(make.account("far", "unit_manager", unit="5103", season="another"))
    assert client.get(UNIT).status_code == 403


def test_unit_page_without_certificates_says_what_comes(client, planted):
    client.force_login(make.account("zigong", "unit_manager", unit="5103", season=CODE))
    assert "还没有本单位的证书" in text(client.get(UNIT))


def test_unit_list_asks_the_database_once(season, django_assert_num_queries):
    manager = make.actor("unit_manager", season=CODE, unit="51/5103/", account="9")
    with django_assert_num_queries(1):
        listed = [
            (one.holder, one.award.delegation.name)
            for one in selectors.list_unit_certificates(manager, CODE)
        ]
    assert ("选手1", "自贡市") in listed
    with pytest.raises(DomainError, match="forbidden"):
        selectors.list_unit_certificates(make.actor("office", season=CODE), CODE)


def test_own_page_shows_a_certificate_of_a_contest_that_was_not_sat_here(client, season):
    sign_in(client, "p-5103-1")
    assert SCHOLAR in text(client.get("/me/"))
