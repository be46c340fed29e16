"""What the public and the handlers see on pages, from the notice to the ruling."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from leitai.files.models import StoredFile
from leitai.ledger import services as ledger
from leitai.ledger.models import LedgerEntry, Proposal
from leitai.notices import services
from leitai.notices.models import Notice, Objection
from leitai.notices.services import Draft
from leitai.people.selectors import actor_of
from leitai.seasons.models import Score
from tests.world import HOME, NAMES

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WHO, PHONE = "苏观复", "19900000321"
AT_OFFICE, PUBLIC = f"/office/{HOME}", f"/s/{HOME}"


@pytest.fixture
def notice(world):
    """The heat's ranking for five days, published by the office that decided it."""
    draft = Draft(
        "period",
        "晋级赛成绩公示",
        "现将晋级赛成绩予以公示。",
        subject="stage-result:heat",
        within=5,
    )
    made = services.draft_notice(
        actor=world.home.office, season=world.home.season, draft=draft, at=world.now
    )
    return services.publish_notice(actor=world.home.office, notice=made, at=world.now)


def form(notice, **more):
    told = {
        "remedy": "~objection",
        "occasion": f"notice:{notice.number}",
        "party": "person",
        "entry": "2022-5104-1",
        "text": "登分有误，请复核。",
        "name": WHO,
        "phone": PHONE,
        "nonce": str(uuid4()),
    }
    return told | more


def send(notice, client=None, **more):
    return (client or Client()).post(f"{PUBLIC}/objections/file/", form(notice, **more))


def page(response):
    return response.content.decode()


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", page(response)).split())


def test_public_notice_shows_its_list_is_not_indexed_and_goes_after_the_period(notice):
    address = f"{PUBLIC}/notices/{notice.number}/"
    response = Client().get(address)
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in page(response)
    assert NAMES["contestant"] in page(response)
    assert notice.reckoning in page(response)
    Notice.objects.filter(pk=notice.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    later = Client().get(address)
    assert (later.status_code, later.headers["X-Robots-Tag"]) == (
        410,
        "noindex, nofollow, noarchive",
    )
    assert NAMES["contestant"] not in page(later)
    assert "公示期已满，名单不再公开" in page(later)
    assert "晋级赛成绩公示" in page(Client().get(f"{PUBLIC}/notices/"))


def test_draft_is_found_by_nobody_outside_the_office(world, sign_in):
    draft = Draft("plain", "关于赛点的公告", "赛点调整。")
    made = services.draft_notice(
        actor=world.home.office, season=world.home.season, draft=draft, at=world.now
    )
    assert Client().get(f"{PUBLIC}/notices/{made.number}/").status_code == 404
    assert "关于赛点的公告" not in page(Client().get(f"{PUBLIC}/notices/"))
    assert sign_in("office").get(f"{AT_OFFICE}/notices/{made.number}/").status_code == 200


def test_office_drafts_publishes_prints_and_takes_down(world, sign_in):
    client = sign_in("office")
    told = {
        "kind": "period",
        "title": "晋级名单公示",
        "text": "现予公示。",
        "subject": "advancement:heat",
        "within": "3",
        "unit": "days",
        "first_day": "counts",
    }
    wrong = client.post(f"{AT_OFFICE}/notices/new/", told | {"within": ""})
    assert wrong.status_code == 422
    assert "请填写公示多少天" in page(wrong)
    assert 'value="晋级名单公示"' in page(wrong)
    made = client.post(f"{AT_OFFICE}/notices/new/", told)
    address = made.headers["Location"]
    assert "现在发布的话" in page(client.get(address))
    assert client.post(f"{address}edit/", told | {"title": "晋级选手公示"}).status_code == 302
    assert client.post(f"{address}publish/", {"opens_at": ""}).status_code == 302
    printed = client.get(f"{address}print/")
    assert (printed.headers["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.post(f"{address}down/", {"reason": "名单有误"}).status_code == 302
    shown = page(Client().get(f"{PUBLIC}/notices/1/"))
    assert "名单有误" in shown
    assert NAMES["contestant"] not in shown


def test_working_days_of_a_year_without_holidays_are_refused_on_the_page(world, sign_in):
    client = sign_in("office")
    told = {
        "kind": "period",
        "title": "晋级名单公示",
        "text": "现予公示。",
        "subject": "advancement:heat",
        "within": "3",
        "unit": "working-days",
        "first_day": "skipped",
    }
    address = client.post(f"{AT_OFFICE}/notices/new/", told).headers["Location"]
    assert "现在还不能发布" in page(client.get(address))
    refused = client.post(f"{address}publish/", {"opens_at": ""})
    assert refused.status_code == 422
    assert f"{world.now.year}年" in page(refused)
    assert "补充该年的安排" in page(refused)


def test_stranger_files_with_evidence_and_follows_by_the_code(notice):
    client = Client()
    shown = page(client.get(f"{PUBLIC}/objections/"))
    assert "对公示内容的异议" in shown
    asked = client.get(
        f"{PUBLIC}/objections/file/",
        {"remedy": "~objection", "occasion": f"notice:{notice.number}"},
    )
    assert 'name="phone"' in page(asked)
    free = re.findall(r'for="id_(\w+)">[^<]*<span class="faint">', page(asked))
    assert free == [
        "entry",
        "website",
    ]  # the trap; the rules ask for a name and a telephone, or a unit's seal
    file = BytesIO(PDF)
    file.name = "答卷.pdf"
    response = send(notice, client, uploads_file=file)
    code = re.search(r'id="track-code">([0-9A-Z-]{19})<', page(response))[1]
    held = Objection.objects.get()
    stored = StoredFile.objects.get()
    assert (stored.owner, stored.kind, stored.by_name) == (f"objection:{held.pk}", "objection", "")
    followed = client.post(f"{PUBLIC}/objections/track/", {"code": code.lower()})
    assert "登分有误，请复核。" in page(followed)
    for words in ("受理截止", "答复截止", "提出截止"):
        assert words in page(followed)
    assert WHO not in page(followed)
    wrong = client.post(f"{PUBLIC}/objections/track/", {"code": "0000-0000-0000-0000"})
    assert wrong.status_code == 422


def test_what_is_missing_is_said_and_what_was_typed_is_kept(notice):
    response = send(notice, name="", phone="123")
    assert response.status_code == 422
    assert 'value="123"' in page(response)
    assert "登分有误，请复核。" in page(response)
    assert not Objection.objects.exists()
    unit = send(notice, party="unit", unit="望江街道服务中心")
    assert "请上传加盖公章的书面材料" in page(unit)


def test_program_that_fills_everything_in_is_refused(notice):
    assert send(notice, website="http://spam.test").status_code == 422
    assert not Objection.objects.exists()


def test_objectors_name_is_on_no_page_of_others(notice, sign_in):
    send(notice)
    addresses = [
        f"{PUBLIC}/notices/{notice.number}/",
        f"{PUBLIC}/objections/",
        f"{AT_OFFICE}/objections/",
        f"{AT_OFFICE}/objections/1/",
        f"{AT_OFFICE}/notices/{notice.number}/",
        f"/ledger/{HOME}/",
        "/inbox/",
    ]
    for role in ("office", "supervisor", "leader"):
        client = sign_in(role)
        for address in addresses:
            shown = page(client.get(address, follow=True))
            assert WHO not in shown
            assert PHONE not in shown


def test_identity_is_shown_once_to_a_handler_with_a_reason(notice, sign_in):
    send(notice)
    client = sign_in("supervisor")
    case = f"{AT_OFFICE}/objections/1/"
    assert client.post(f"{case}accept/").status_code == 302
    refused = client.post(f"{case}reveal/", {"reveal-reason": ""})
    assert (refused.status_code, WHO in page(refused)) == (422, False)
    shown = page(client.post(f"{case}reveal/", {"reveal-reason": "需当面核实"}))
    assert WHO in shown
    assert PHONE in shown
    assert WHO not in page(client.get(case))
    assert LedgerEntry.objects.filter(act="objection.revealed").count() == 1


def test_unit_seal_opens_only_after_a_reveal(notice, sign_in):
    seal = BytesIO(PDF)
    seal.name = "函.pdf"
    send(notice, party="unit", unit="望江街道服务中心", seals_file=seal)
    stored = StoredFile.objects.get()
    client, address = sign_in("supervisor"), f"/files/{stored.pk}/{stored.name}"
    case = f"{AT_OFFICE}/objections/1/"
    assert client.get(address).status_code == 404
    assert "函.pdf" not in page(client.get(case))
    client.post(f"{case}reveal/", {"reveal-reason": "需当面核实"})
    opened = client.get(address)
    assert b"".join(opened.streaming_content)[:5] == b"%PDF-"


def test_an_officer_who_decided_reads_why_instead_of_a_button(world, notice, sign_in):
    send(notice)
    handler = sign_in("supervisor")
    case = f"{AT_OFFICE}/objections/1/"
    handler.post(f"{case}accept/")
    told = {"outcome": "rejected", "reason": "经调阅原卷，成绩无误。"}
    handler.post(f"{case}rule/", told)
    act = f"/acts/{Proposal.objects.get(deed='objection.rule').pk}/"
    assert "批准并办理" in page(sign_in("office").get(act))
    decider = actor_of(world.accounts["office"], at=world.now)
    ledger.append(
        chain=HOME,
        actor=decider,
        act="scores.recorded",
        subject="stage:heat",
        data={},
        at=world.now,
    )
    barred = page(sign_in("office").get(act))
    assert "参与过该事项的决定，按回避规定不能办理对它的异议。" in barred
    assert "批准并办理" not in barred
    assert f"{act}reject/" not in barred
    assert "批准并办理" in page(sign_in("leader").get(act))


def test_ruling_from_the_wrong_mark_to_the_page_that_says_what_changed(world, notice, sign_in):
    send(notice)
    handler, second = sign_in("supervisor"), sign_in("leader")
    case = f"{AT_OFFICE}/objections/1/"
    handler.post(f"{case}accept/")
    note = handler.post(f"{case}note/", {"note-text": "已调阅原卷，应为96.00分。"})
    assert note.status_code == 302
    desk = page(handler.get(f"{case}rule/"))
    assert 'name="value-exam" value="90.00"' in desk
    told = {
        "stage": "heat",
        "entry": "2022-5104-1",
        "outcome": "upheld",
        "reason": "经调阅原卷，登分有误，应予更正。",
        "value-exam": "96.00",
    }
    wrong = handler.post(f"{case}rule/", told | {"value-exam": "九十六"})
    assert wrong.status_code == 422
    assert 'value="九十六"' in page(wrong)
    asked = handler.post(f"{case}rule/", told)
    held = Proposal.objects.get(deed="objection.rule")
    assert asked.headers["Location"] == f"/acts/{held.pk}/"
    assert "90.00→96.00" in page(second.get(f"/acts/{held.pk}/"))
    assert second.post(f"/acts/{held.pk}/approve/").status_code == 302
    score = Score.objects.exclude(state="superseded").get(
        entry__code="2022-5104-1",
        entry__stage__code="heat",
        entry__stage__season=world.home.season,
    )
    assert score.value == 9600
    assert "改变了什么" in page(handler.get(case))


def test_desk_of_a_ruling_shows_several_entries_each_with_its_own_boxes(world, notice, sign_in):
    send(notice)
    handler = sign_in("supervisor")
    case = f"{AT_OFFICE}/objections/1/"
    handler.post(f"{case}accept/")
    two = "2022-5104-1、2022-5101-2"
    desk = page(handler.get(f"{case}rule/", {"stage": "heat", "entry": two}))
    assert 'name="value-exam" value="90.00"' in desk
    assert 'name="2-value-exam" value="90.00"' in desk
    told = {
        "stage": "heat",
        "entry": two,
        "outcome": "upheld",
        "reason": "两份评分表登记有误，一并更正。",
        "value-exam": "96.00",
        "2-value-exam": "95.50",
    }
    handler.post(f"{case}rule/", told)
    asked = Proposal.objects.get(deed="objection.rule")
    changed = [(one["entry"], one["after"][0]) for one in asked.data["effects"]]
    assert changed == [("2022-5104-1", 9600), ("2022-5101-2", 9550)]


def test_decider_is_told_to_stand_back(notice, world, sign_in):
    """The world's office acted under another account: its case is made the signed-in one's."""
    send(notice)
    office = str(world.accounts["office"].pk)
    client = sign_in("office")
    assert "异议内容" in page(client.get(f"{AT_OFFICE}/objections/1/"))
    LedgerEntry.objects.filter(chain=HOME, act="result.published").update(actor=office)
    shown = page(client.get(f"{AT_OFFICE}/objections/1/"))
    assert "您须回避" in shown
    assert "登分有误" not in shown
    assert client.post(f"{AT_OFFICE}/objections/1/accept/").status_code == 422


def test_contestant_asks_for_a_recheck_without_giving_a_name_again(world, sign_in):
    client = sign_in("contestant")
    asked = client.get(
        f"{PUBLIC}/objections/file/", {"remedy": "~recheck", "occasion": "stage:heat"}
    )
    assert 'name="phone"' not in page(asked)
    told = {
        "remedy": "~recheck",
        "occasion": "stage:heat",
        "party": "person",
        "text": "请复核多项选择题得分。",
        "nonce": str(uuid4()),
    }
    assert "编号第1号" in page(client.post(f"{PUBLIC}/objections/file/", told))
    assert "请复核多项选择题得分。" in page(client.get(f"{PUBLIC}/objections/1/"))
    assert sign_in("office").get(f"{PUBLIC}/objections/1/").status_code == 404


def test_patrol_may_not_ask_for_a_recheck(world, sign_in):
    asked = sign_in("patrol").get(
        f"{PUBLIC}/objections/file/", {"remedy": "~recheck", "occasion": "stage:heat"}
    )
    assert asked.status_code == 422
    assert "只能由参赛选手、领队、所在单位提出" in text(asked)


def test_handler_registers_a_letter_under_the_name_it_bears(notice, sign_in):
    client = sign_in("supervisor")
    asked = page(
        client.get(
            f"{PUBLIC}/objections/file/",
            {"remedy": "~objection", "occasion": f"notice:{notice.number}"},
        )
    )
    assert "登记来件" in asked
    assert 'name="received_at"' in asked
    assert "编号第1号" in page(send(notice, client))
    held = Objection.objects.get()
    assert held.account is None
    assert WHO not in page(client.get(f"{AT_OFFICE}/objections/1/"))
