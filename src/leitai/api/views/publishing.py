"""Notices, draws and certificates, for everybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from leitai.api import selectors
from leitai.api.schemas import CertificateOut, DrawOut, NoticeDetail, NoticeOut, Paged
from leitai.api.views.parts import Number, PageNumber, Serial, Slug, Word, public

router = Router(tags=["publishing"])
_SEASON = "seasons/{slug:season}"


@router.get(f"{_SEASON}/notices", response=public(Paged[NoticeOut]), url_name="notices")
def list_notices(request: HttpRequest, season: Slug, page: PageNumber = 1) -> Paged[NoticeOut]:
    """What is or was published, the newest first."""
    return selectors.page_of_notices(season, page, at=timezone.now())


@router.get(f"{_SEASON}/notices/{{int:number}}", response=public(NoticeDetail), url_name="notice")
def get_notice(request: HttpRequest, season: Slug, number: Number) -> NoticeDetail:
    """One notice; text and list only while they are public."""
    return selectors.notice_detail(season, number, at=timezone.now())


@router.get(f"{_SEASON}/draws", response=public(Paged[DrawOut]), url_name="draws")
def list_draws(request: HttpRequest, season: Slug, page: PageNumber = 1) -> Paged[DrawOut]:
    """Draws from their publication on, the newest first."""
    return selectors.page_of_draws(season, page)


@router.get(f"{_SEASON}/draws/{{int:number}}", response=public(dict[str, Any]), url_name="draw")
def get_draw(request: HttpRequest, season: Slug, number: Number) -> dict[str, Any]:
    """The record from which anybody recomputes the order (docs/formats/draw.md)."""
    return dict(selectors.draw_record(season, number))


@router.get("certificates/{serial}", response=public(CertificateOut), url_name="certificate")
def check_certificate(request: HttpRequest, serial: Serial, s: Word = "") -> CertificateOut:
    """What can be said of a number as of now; `s` is the short check that a QR code brings."""
    return selectors.certificate(serial, short=s, at=timezone.now())
