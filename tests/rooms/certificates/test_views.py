"""The public check answers honestly, and papers go to their holders only."""

import re
import shutil
from copy import deepcopy
from datetime import timedelta

import pytest
from django.conf import settings

from leitai.certificates import printing, selectors, services
from leitai.certificates.models import Certificate
from leitai.ledger import services as ledger
from leitai.people import selectors as people
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE
from tests.planting import planting

pytestmark = pytest.mark.django_db
SCHOLAR = "2022-SMALL-CONTEST-SCHOLAR-0001"


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    """The season, and the folder of its papers."""
    with planting(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LEITAI_FILES", tmp_path_factory.mktemp("files"))
        season = small.at_final(publish=True)
        small.held(season, "final", publish=True)
        services.issue_certificates(actor=OFFICE, season=season, at=AT)
        folder = settings.LEITAI_FILES
        patch.undo()
        yield season, folder


@pytest.fixture
def season(planted):
    """Each test has its own copy of the papers too."""
    made, folder = planted
    shutil.copytree(folder, settings.LEITAI_FILES)
    return deepcopy(made)


def text(response):
    body = re.sub(r"(?s)<(script|style|head).*?</\1>", " ", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def verdict(response):
    card = re.search(
        r'(?s)<section class="verdict-card k-(\w+)".*?<h2>(.*?)</h2>', response.content.decode()
    )
    return card.group(1), re.sub(r"<[^>]+>", "", card.group(2))


def sign_in(client, code):
    person = people.get_person(code)
    person.account = make.account("holder")
    person.save()
    client.force_login(person.account)


def test_number_typed_as_people_type_leads_to_the_answer(client, season):
    response = client.get("/c/", {"serial": "２０２２－small-contest–scholar-0001 "})
    assert (response.status_code, response["Location"]) == (302, f"/c/{SCHOLAR}/")


def test_genuine_certificate_is_valid_as_of_now(client, season):
    response = client.get(f"/c/{SCHOLAR}/")
    assert verdict(response) == ("ok", "有效")
    said = text(response)
    for expected in ("选手1", "自贡市", "人社知识通", "2022年7月18日", "查验时间", "lt1:"):
        assert expected in said
    assert "no-store" in response["Cache-Control"]


def test_code_on_the_paper_leads_to_the_answer(client, season):
    scholar = Certificate.objects.get(serial=SCHOLAR)
    address = printing.address_of(scholar.token)
    assert address.startswith(f"{settings.LEITAI_PUBLIC_URL}/c/v/#LC1.{scholar.key_id}.")
    page = client.get(address.removeprefix(settings.LEITAI_PUBLIC_URL))
    assert (page.status_code, 'id="certificate-check"' in page.content.decode()) == (200, True)
    data = client.get("/c/v/data.js")
    assert data["Content-Type"].startswith("text/javascript")
    assert data.content.startswith(b"window.leitaiCertificates = {")


def test_code_of_an_older_paper_still_leads_to_the_answer(client, season):
    short = printing.short_check(bytes(Certificate.objects.get(serial=SCHOLAR).signature))
    assert verdict(client.get(f"/c/{SCHOLAR}/", {"s": short})) == ("ok", "有效")


def test_code_with_a_guessed_check_is_not_called_valid(client, season):
    response = client.get(f"/c/{SCHOLAR}/", {"s": "AAAAAAAAAAAAAAAA"})
    assert verdict(response) == ("bad", "二维码与登记不符")
    assert "选手1" not in text(response)


def test_unknown_number_is_said_to_be_unknown(client, season):
    response = client.get("/c/2022-SMALL-CONTEST-SCHOLAR-0002/")
    assert (response.status_code, verdict(response)) == (404, ("warn", "没有这个编号"))


def test_revoked_certificate_says_when_and_why(client, season):
    scholar = Certificate.objects.get(serial=SCHOLAR)
    later = AT + timedelta(days=3)
    held = services.propose_revoking(
        actor=OFFICE, certificate=scholar, reason="姓名有误，已换发", at=later
    )
    assert verdict(client.get(f"/c/{SCHOLAR}/")) == ("ok", "有效")
    supervisor = make.actor("supervisor", season=CODE, account="8")
    ledger.approve(actor=supervisor, proposal=held, at=later)
    response = client.get(f"/c/{SCHOLAR}/")
    assert verdict(response) == ("bad", "已作废")
    assert "2022年7月21日" in text(response)
    assert "姓名有误，已换发" in text(response)


@pytest.mark.parametrize(
    "changed",
    [
        {"holder": "另一人"},
        {"signature": bytes(64)},
        {"payload": b'{"kind":"certificate"}'},
        {"payload": b"{}}"},
    ],
)
def test_record_that_was_tampered_with_is_never_valid(client, season, changed):
    Certificate.objects.filter(serial=SCHOLAR).update(**changed)
    assert verdict(client.get(f"/c/{SCHOLAR}/")) == ("bad", "登记内容与签名不符")


def test_missing_key_is_said_to_be_missing(client, season):
    Certificate.objects.filter(serial=SCHOLAR).update(key_id="99-deadbeef")
    assert verdict(client.get(f"/c/{SCHOLAR}/")) == ("warn", "登记在册，签名暂时无法核验")


def test_answer_asks_the_database_once(season, django_assert_num_queries):
    with django_assert_num_queries(1):
        selectors.check_serial(SCHOLAR, at=AT)


def fetched(response):
    return response.status_code, b"".join(response.streaming_content)[:5]


def test_paper_goes_to_its_holder_and_to_nobody_else(client, season):
    paper = f"/c/{SCHOLAR}/pdf/"
    assert client.get(paper).status_code == 302
    sign_in(client, "p-5103-1")
    assert fetched(client.get(paper)) == (200, b"%PDF-")
    assert client.get("/c/2022-SMALL-CONTEST-STAR-0001/pdf/").status_code == 404


def test_team_paper_goes_to_the_manager_of_its_unit(client, season):
    client.force_login(make.account("zigong", "unit_manager", unit="5103", season=CODE))
    assert fetched(client.get("/c/2022-SMALL-CONTEST-FIRST-0001/pdf/")) == (200, b"%PDF-")
    assert client.get("/c/2022-SMALL-CONTEST-SECOND-0001/pdf/").status_code == 404


def test_lost_file_is_said_to_be_lost(client, season):
    (settings.LEITAI_FILES / Certificate.objects.get(serial=SCHOLAR).pdf).unlink()
    sign_in(client, "p-5103-1")
    response = client.get(f"/c/{SCHOLAR}/pdf/")
    assert (response.status_code, "重新生成" in text(response)) == (422, True)


def test_own_certificates_are_those_that_hold(season):
    viewer = make.actor("none")
    holder = type(viewer)("12", "选手1", person="p-5103-1")
    assert [one.serial for one in selectors.list_own_certificates(holder)] == [SCHOLAR]
    assert selectors.list_own_certificates(viewer) == []


def test_desk_is_closed_to_others(client, season):
    client.force_login(make.account("other", "office", season="another"))
    desk = f"/office/{CODE}/certificates/"
    asked = [client.get(desk), client.get(f"{desk}all.pdf"), client.post(f"{desk}issue/")]
    asked.append(client.post(f"{desk}revoke/", {"serial": SCHOLAR, "reason": "x"}))
    assert [response.status_code for response in asked] == [403, 403, 403, 403]


def test_list_asks_the_database_once_for_all_rows(season, django_assert_num_queries):
    with django_assert_num_queries(1):
        listed = [
            (one.award.delegation.name, one.holder) for one in selectors.list_certificates(CODE)
        ]
    assert len(listed) == 7


def test_superseded_certificate_leads_to_the_one_that_holds(client, season):
    old = Certificate.objects.get(serial=SCHOLAR)
    held = services.propose_reissuing(actor=OFFICE, certificate=old, reason="姓名用字有误", at=AT)
    ledger.approve(actor=make.actor("leader", season=CODE, account="8"), proposal=held, at=AT)
    response = client.get(f"/c/{SCHOLAR}/")
    assert verdict(response) == ("bad", "已换发")
    new = SCHOLAR.replace("0001", "0002")
    assert f'href="/c/{new}/"' in response.content.decode()
    assert verdict(client.get(f"/c/{new}/")) == ("ok", "有效")
