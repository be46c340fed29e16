"""Notices, draws and certificates as strangers may have them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from leitai.api.schemas import CertificateOut, DrawOut, NoticeDetail, NoticeOut, Paged
from leitai.api.selectors.paging import checked, place_of
from leitai.api.selectors.seasons import public_season
from leitai.certificates import selectors as certificates
from leitai.certificates.enums import Standing
from leitai.certificates.selectors import Check
from leitai.kernel.errors import DomainError
from leitai.notices import selectors as notices
from leitai.notices.enums import Phase
from leitai.notices.selectors import Shown
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Draw

LONGEST_SERIAL: Final = 60
LONGEST_CHECK: Final = 40
_DOUBTED: Final = (Standing.FOREIGN, Standing.BROKEN)


def page_of_notices(code: str, number: int, *, at: datetime) -> Paged[NoticeOut]:
    """Everything that is or was public, the newest first."""
    page, rows = notices.public_page(public_season(code), str(number), at=at)
    checked(page, number)
    return Paged[NoticeOut](items=[_notice(one) for one in rows], **place_of(page))


def notice_detail(code: str, number: int, *, at: datetime) -> NoticeDetail:
    """After the period the list is gone, also for machines."""
    shown = notices.get_public_notice(public_season(code), number, at=at)
    one, open_, down = shown.notice, shown.list_open, shown.phase == Phase.DOWN
    return NoticeDetail(
        **_notice(shown).model_dump(),
        public=open_,
        by=one.by,
        text=one.text if open_ else "",
        columns=_texts(one.columns) if open_ else [],
        rows=[_texts(row) for row in one.rows] if open_ else [],
        channel=one.channel if open_ else "",
        contact=one.contact if open_ else "",
        reckoning=one.reckoning,
        down_at=one.down_at if down else None,
        down_reason=one.down_reason if down else "",
    )


def page_of_draws(code: str, number: int) -> Paged[DrawOut]:
    page = seasons.page_of_draws(public_season(code), str(number), public=True)
    checked(page, number)
    return Paged[DrawOut](items=[_draw(one) for one in page], **place_of(page))


def draw_record(code: str, number: int) -> Mapping[str, Any]:
    """The record that anybody recomputes; docs/formats/draw.md has every field."""
    return seasons.draw_record(seasons.get_public_draw(public_season(code), number))


def certificate(serial: str, *, short: str, at: datetime) -> CertificateOut:
    """Raises DomainError("api_certificate_unknown") for a number that was never given."""
    check = certificates.check_serial(serial[:LONGEST_SERIAL], short=short[:LONGEST_CHECK], at=at)
    if check.certificate is None:
        raise DomainError("api_certificate_unknown", serial=check.serial)
    return _certificate(check)


def _notice(shown: Shown) -> NoticeOut:
    one = shown.notice
    return NoticeOut(
        number=one.number,
        kind=one.kind,
        title=one.title,
        phase=shown.phase.value,
        opens_at=one.opens_at,
        closes_at=one.closes_at,
    )


def _texts(cells: list[Any]) -> list[str]:
    return [str(cell) for cell in cells]


def _draw(draw: Draw) -> DrawOut:
    return DrawOut(
        number=draw.number,
        kind=draw.kind,
        state=draw.state,
        purpose=draw.purpose,
        at=draw.at,
        replaces=draw.replaces.number if draw.replaces else None,
    )


def _certificate(check: Check) -> CertificateOut:
    says = {} if check.standing in _DOUBTED else check.says
    held = check.certificate
    heir = held.superseded_by if held else None
    return CertificateOut(
        serial=check.serial,
        standing=check.standing.value,
        words=str(check.standing.label),
        at=check.at,
        holder=says.get("holder", ""),
        delegation=says.get("delegation", ""),
        award=says.get("award", ""),
        title=says.get("title", ""),
        basis=says.get("basis", ""),
        issuer=says.get("issuer", ""),
        key=says.get("key", ""),
        issued_at=check.issued if says else None,
        revoked_at=held.revoked_at if held else None,
        revoked_reason=held.revoked_reason if held else "",
        superseded_by=heir.serial if heir else "",
    )
