"""The public check answers honestly, and papers go to their holders only."""

import re
from datetime import timedelta

import pytest
from django.conf import settings

from leitai.certificates import printing, selectors, services
from leitai.certificates.models import Certificate
from leitai.ledger import services as ledger
from leitai.people import selectors as people
from leitai.units.models import Unit
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE

pytestmark = pytest.mark.django_db
SCHOLAR = "2022-SMALL-CONTEST-SCHOLAR-0001"


@pytest.fixture
def season():
    season = small.at_final(publish=True)
    small.held(season, "final", publish=True)
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    return season


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


def test_office_issues_lists_and_revokes(client):
    small.held(small.at_final(), "final")
    client.force_login(make.account("office", "office", season=CODE))
    desk = f"/office/{CODE}/certificates/"
    assert "下一步：为7个奖项生成证书" in text(client.get(desk))
    assert "7张证书均可印制" in text(client.get(f"{desk}inspect/"))
    assert client.get(f"{desk}all.pdf").status_code == 422
    client.post(f"{desk}issue/")
    listed = text(client.get(desk))
    assert (SCHOLAR in listed, "有效证书共7张" in listed) == (True, True)
    whole = client.get(f"{desk}all.pdf")
    assert "%E8%AF%81%E4%B9%A6.pdf" in whole["Content-Disposition"]  # 证书.pdf
    assert fetched(whole) == (200, b"%PDF-")
    assert fetched(client.get(f"{desk}award/star/all.pdf")) == (200, b"%PDF-")
    assert client.get(f"{desk}award/none/all.pdf").status_code == 404
    assert client.post(f"{desk}revoke/", {"serial": SCHOLAR, "reason": ""}).status_code == 422
    asked = client.post(f"{desk}revoke/", {"serial": SCHOLAR.lower(), "reason": "姓名有误"})
    page = text(client.get(asked["Location"]))
    assert asked["Location"].startswith("/acts/")
    assert (f"作废证书{SCHOLAR}" in page, "等待另一名人员批准" in page) == (True, True)
    assert client.post(f"{asked['Location']}approve/").status_code == 422
    client.force_login(make.account("leader", "leader", season=CODE))
    page = client.get(asked["Location"]).content.decode()
    seen = re.search(r'name="seen" value="(\w{64})"', page).group(1)
    client.post(f"{asked['Location']}approve/", {"seen": seen})
    assert Certificate.objects.get(serial=SCHOLAR).revoked_reason == "姓名有误"


def test_county_office_revokes_on_its_own(client):
    season = small.at_final()
    small.held(season, "final")
    Unit.objects.filter(pk=season.host.pk).update(level="county")
    client.force_login(make.account("office", "office", season=CODE))
    desk = f"/office/{CODE}/certificates/"
    client.post(f"{desk}issue/")
    assert "须两人办理" not in text(client.get(desk))
    asked = client.post(f"{desk}revoke/", {"serial": SCHOLAR, "reason": "姓名有误"})
    assert asked["Location"] == desk
    assert Certificate.objects.get(serial=SCHOLAR).revoked_reason == "姓名有误"


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
