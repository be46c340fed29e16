"""What contestants show: handed in by themselves until a day, taken back, drawn page by page."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from leitai.base.actor import Actor
from leitai.files.models import StoredFile
from leitai.judging import picturing, selectors, services
from leitai.judging.models import Material, MaterialPage
from leitai.kernel.errors import DomainError
from leitai.seasons.team_models import TeamMember
from tests.rooms.judging import making
from tests.rooms.judging.making import OFFICE, STAGE
from tests.rooms.judging.test_services import refused
from tests.rooms.judging.test_views import come, opened, place, text

__all__ = ["come"]
pytestmark = pytest.mark.usefixtures("stage")


def slides(*sizes: tuple[float, float]) -> bytes:
    """A PDF of blank pages of these sizes."""
    made = pypdfium2.PdfDocument.new()
    for size in sizes:
        made.new_page(*size)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def contestant(slot) -> Actor:
    return Actor("acc-own", slot.name, slot.entry.person.code)


def hand(client: Client, slot, name: str, data: bytes, kind: str = "application/pdf"):
    file = SimpleUploadedFile(name, data, kind)
    return client.post(reverse("judging:own", args=[slot.pk]), {f"{slot.field}_file": file})


def test_pages_fill_the_box_and_what_cannot_be_read_has_none():
    pages = picturing.pictures_of(slides((960, 540), (595, 842)))
    sizes = [Image.open(io.BytesIO(page)).size for page in pages]
    assert sizes[0] == (1920, 1080)
    assert sizes[1][1] == 1440  # a page upright is as high as the box: 595 / 842 of it wide
    assert abs(sizes[1][0] - 1440 * 595 / 842) <= 1
    assert picturing.pictures_of(b"%PDF-1.7 and no more") == ()
    assert picturing.pictures_of(slides(*[(10, 10)] * 201)) == ()


def test_a_contestant_hands_in_and_takes_back_until_it_is_frozen(come, settings, tmp_path):
    settings.LEITAI_FILES = tmp_path
    day = making.day()
    slot = day.slot(1)
    client = come(contestant(slot))
    address = reverse("judging:own", args=[slot.pk])
    assert address in opened(client, reverse("web:mine"))
    assert "还没有材料" in opened(client, address)
    wrong = hand(client, slot, "亮点.txt", b"plain", "text/plain")
    assert (wrong.status_code, Material.objects.count()) == (422, 0)
    assert hand(client, slot, "亮点.pdf", slides((960, 540), (960, 540))).status_code == 302
    first = Material.objects.get()
    assert "待检查" in opened(client, address)
    assert client.post(address, {"act": "take-back", "material": first.pk}).status_code == 302
    assert not Material.objects.exists()
    assert not StoredFile.objects.filter(owner=slot.owner).exists()
    hand(client, slot, "亮点二.pdf", slides((960, 540), (960, 540)))
    material = Material.objects.get()
    services.check_material(
        actor=STAGE, material=material, sound=False, reason="第二页是空白", at=making.AT
    )
    assert "第二页是空白" in opened(client, address)
    services.check_material(actor=STAGE, material=material, sound=True, reason="", at=making.AT)
    services.freeze_materials(actor=STAGE, event=day.event, at=making.AT)
    shown = opened(client, address)
    assert "材料已经封存" in shown
    assert "take-back" not in shown
    late = client.post(address, {"act": "take-back", "material": material.pk})
    assert (late.status_code, "已经封存" in text(late)) == (422, True)


def test_nobody_comes_to_another_contestants_page(come, settings, tmp_path):
    settings.LEITAI_FILES = tmp_path
    day = making.day()
    first, second = day.slot(1), day.slot(2)
    client = come(contestant(first))
    hand(client, first, "亮点.pdf", slides((960, 540)))
    other = come(contestant(second))
    assert other.get(reverse("judging:own", args=[first.pk])).status_code == 404
    taken = {"act": "take-back", "material": Material.objects.get().pk}
    assert other.post(reverse("judging:own", args=[second.pk]), taken).status_code == 404
    assert Material.objects.exists()
    TeamMember.objects.create(entry=first.entry, number=2, person=second.entry.person)
    assert "亮点.pdf" in opened(other, reverse("judging:own", args=[first.pk]))
    assert come(OFFICE).get(reverse("judging:own", args=[first.pk])).status_code == 404


def test_the_day_that_was_set_holds_for_contestants_alone(come):
    until = making.AT + timedelta(hours=1)
    day = making.day(mode="remote", link="https://meeting.example/7", videos_by=until)
    slot = day.slot(1)
    turn = selectors.get_own_turn(contestant(slot), slot.pk, until)
    assert (turn.open, turn.has_address, turn.link) == (True, True, "https://meeting.example/7")
    later = until + timedelta(seconds=1)
    assert not selectors.get_own_turn(contestant(slot), slot.pk, later).open
    given = {"slot": slot, "uploads": [], "note_text": "", "at": later}
    refused("judging_material_late", services.hand_material, actor=contestant(slot), **given)
    refused("judging_material_none", services.hand_material, actor=STAGE, **given)
    page = opened(come(contestant(slot)), reverse("judging:own", args=[slot.pk]))
    assert "报送的截止时间已过" in page  # the test's clock is far behind ours
    assert 'href="https://meeting.example/7"' in page


def test_a_pdf_is_shown_page_by_page(come, settings, tmp_path):
    settings.LEITAI_FILES = tmp_path
    day = making.day()
    slot = day.slot(1)
    for name in ("亮点.pdf", "补充.pdf"):
        hand(come(contestant(slot)), slot, name, slides((960, 540), (960, 540)))
    first, second = Material.objects.order_by("pk")
    client = come(STAGE)
    address = place("show", day, material=first.pk)
    assert "正在逐页制作画面" in opened(client, address)
    services.make_pages_left()
    services.make_pages(material=first.pk)  # again: nothing more
    assert list(Material.objects.values_list("pages", flat=True)) == [2, 2]
    assert MaterialPage.objects.count() == 4
    for one in (first, second):
        services.check_material(actor=STAGE, material=one, sound=True, reason="", at=making.AT)
    services.freeze_materials(actor=STAGE, event=day.event, at=making.AT)
    page = opened(client, f"{address}?page=2")
    assert 'data-lt-page="2"' in page
    assert place("show", day, material=second.pk) in page
    picture = client.get(place("picture", day, material=first.pk, page=2))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert picture.content[8:12] == b"WEBP"
    assert client.get(place("picture", day, material=first.pk, page=3)).status_code == 404
    assert 'data-lt-page="2"' in opened(client, f"{address}?page=99")
    assert "共2页" in opened(client, place("materials", day))


def test_a_pdf_that_cannot_be_drawn_says_so(come):
    day = making.day()
    slot = day.slot(1)
    stored = StoredFile.objects.create(
        kind="judging-material", owner=slot.owner, name="亮点.pdf", type="pdf", size=9,
        sha256="ab" * 32, holder="1", at=making.AT,
    )  # fmt: skip
    material = Material.objects.create(slot=slot, file=stored, handed_at=making.AT)
    services.make_pages(material=material.pk)
    material.refresh_from_db()
    assert material.pages == 0
    client = come(STAGE)
    assert "这份PDF不能逐页显示" in opened(client, place("show", day, material=material.pk))
    with pytest.raises(DomainError):
        selectors.get_picture(material, 1)


def test_the_number_is_told_when_it_is_drawn_or_called():
    day = making.day()
    slot = day.slot(1)
    person = contestant(slot)
    assert not selectors.get_own_turn(person, slot.pk, making.AT).ordered  # by the codes alone
    services.call_event(actor=STAGE, event=day.event, at=day.at())
    assert selectors.get_own_turn(person, slot.pk, making.AT).ordered
