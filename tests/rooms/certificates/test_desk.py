"""The office's desk from a confirmed final to numbers that are issued and revoked."""

import re

import pytest

from leitai.certificates.models import Certificate
from leitai.units.models import Unit
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import CODE
from tests.rooms.certificates.test_views import SCHOLAR, fetched, text

pytestmark = pytest.mark.django_db


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
