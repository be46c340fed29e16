"""Whoever only watches reads no number in full without a reason; the person sees the own form."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leitai.files.models import StoredFile
from leitai.ledger.models import LedgerEntry
from leitai.people.models import Person
from leitai.registration import printing, services
from leitai.registration.enums import Step
from leitai.registration.models import RegistrationStep
from leitai.registration.selectors import shape
from tests.factories import people
from tests.factories import registrations as make
from tests.planting import once

pytestmark = pytest.mark.django_db

NUMBER = make.PEOPLE["county"][2]


planted = once(make.opened)


@pytest.fixture
def made(planted):
    return make.submitted(deepcopy(planted))


def text(response):
    body = re.sub(r"(?s)<(script|style|head).*?</\1>", " ", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def where(name, *more):
    return reverse(f"registration:{name}", args=[make.CODE, *more])


def acts(act):
    return LedgerEntry.objects.filter(act=act).count()


def printed(monkeypatch):
    """Whether each form that was printed was masked."""
    told = []

    def form_pdf(_held, *, masked):
        told.append(masked)
        return b"%PDF-"

    monkeypatch.setattr(printing, "form_pdf", form_pdf)
    return told


def test_a_printed_form_is_masked_for_those_who_watch(made):
    form = shape.form_of(made)
    for masked in (True, False):
        shown = [cell.get("shown") for cell in printing.page_of(made, form, masked=masked)["cells"]]
        assert (NUMBER in shown) is not masked


def test_printing_in_full_is_on_the_record(client, made, monkeypatch):
    told = printed(monkeypatch)
    client.force_login(people.account("watch", "supervisor", unit="15", season=make.CODE))
    assert client.get(where("paper", made.pk)).status_code == 200
    assert (told, acts("registration.printed")) == ([True], 0)
    client.force_login(people.account("unit", "unit_manager", unit="1501", season=make.CODE))
    client.get(where("paper", made.pk))
    assert (told, acts("registration.printed")) == ([True, False], 1)


@pytest.mark.parametrize("role", ["supervisor", "leader"])
def test_a_sealed_paper_opens_for_an_hour_to_who_says_why(client, made, role):
    client.force_login(people.account("watch", role, unit="15", season=make.CODE))
    scan = StoredFile.objects.get(kind="registration-scan")
    address = reverse("files:download", args=[scan.pk, scan.name])
    assert client.get(address).status_code == 404  # the room of files tells nobody what it holds
    page = client.get(where("one", made.pk))
    assert address not in page.content.decode()
    assert "查看盖章件" in text(page)
    assert client.post(where("open", made.pk), {"reason": " "}).status_code == 422
    assert (acts("registration.opened"), client.get(address).status_code) == (0, 404)
    client.post(where("open", made.pk), {"reason": "核对印章"})
    assert (acts("registration.opened"), client.get(address).status_code) == (1, 200)
    assert "核对印章" in text(client.get(where("one", made.pk)))
    RegistrationStep.objects.filter(step=Step.OPENED).update(
        at=timezone.now() - timedelta(minutes=61)
    )
    assert client.get(address).status_code == 404  # the room of files tells nobody what it holds


def test_the_unit_opens_its_own_sealed_paper(client, made):
    client.force_login(people.account("unit", "unit_manager", unit="1501", season=make.CODE))
    scan = StoredFile.objects.get(kind="registration-scan")
    assert client.get(reverse("files:download", args=[scan.pk, scan.name])).status_code == 200


def test_the_person_sees_the_own_form_and_state(client, made):
    account = people.account("person")
    Person.objects.filter(pk=made.person_id).update(account=account)
    client.force_login(account)
    address = reverse("registration:own", args=[made.pk])
    assert address in client.get("/me/").content.decode()
    page = client.get(address)
    assert "已提交" in text(page)
    assert "2022-1501-1" in text(page)
    assert "群众" in text(page)
    assert NUMBER not in page.content.decode()
    photo = StoredFile.objects.get(kind="registration")
    shown = reverse("files:download", args=[photo.pk, photo.name])
    assert shown in page.content.decode()
    assert client.get(shown).status_code == 200
    scan = StoredFile.objects.get(kind="registration-scan")
    assert client.get(reverse("files:download", args=[scan.pk, scan.name])).status_code == 404
    services.return_registration(
        actor=make.OFFICE, registration=made, reason="照片不清", at=make.AT
    )
    assert "照片不清" in text(client.get(address))


def test_nobody_else_sees_it(client, made):
    client.force_login(people.account("other"))
    assert client.get(reverse("registration:own", args=[made.pk])).status_code == 403
