"""Slips as they are printed: eight on a sheet of A4, to be cut along the lines. Never stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from leitai.documents import qr
from leitai.documents.pdf import Compiler
from leitai.kernel.errors import DomainError
from leitai.people.enums import SlipPurpose
from leitai.people.services.slips import Issued


@dataclass(frozen=True, slots=True)
class Drawn:
    """A slip for the page that is printed from the browser."""

    issued: Issued
    heading: str
    steps: tuple[str, ...]
    drawing: SafeString


@cache
def compiler() -> Compiler:
    """One compiler a process: it has read the fonts."""
    further = settings.LEITAI_FONTS
    return Compiler(fonts=Path(further) if further else None)


def address_of(code: str) -> str:
    """What stands after # stays in the browser: no log of any server has the code."""
    return f"{_page()}#{code}"


def address_shown() -> str:
    """As people type it."""
    parts = urlsplit(_page())
    return parts.netloc + parts.path


def pdf(issued: Sequence[Issued]) -> bytes:
    """Raises DomainError("slip_glyphs") for a name that would print as an empty box."""
    missing = compiler().missing_glyphs([text for one in issued for text in (one.person, one.unit)])
    if missing:
        raise DomainError("slip_glyphs", names="、".join({one.text for one in missing}))
    data = {
        "title": _("启用单"),
        "privacy": privacy_line(),
        "until": _("有效期至"),
        "code": _("启用码"),
        "slips": [_printed(one) for one in issued],
    }
    return compiler().compile("slips", data)


def drawn(issued: Sequence[Issued]) -> list[Drawn]:
    return [
        Drawn(one, heading_of(one), steps_of(one), drawing(address_of(one.code))) for one in issued
    ]


def heading_of(one: Issued) -> str:
    if one.purpose == SlipPurpose.RESET:
        return _("重设密码单")
    return _("账号启用单") if one.person else _("单位启用单")


def steps_of(one: Issued) -> tuple[str, ...]:
    first = _("扫码，或打开%(address)s输入启用码。") % {"address": address_shown()}
    if one.purpose == SlipPurpose.RESET:
        return (first, _("设一个新密码。"), _("以后用新密码登录。"))
    second = _("核对姓名和单位。") if one.person else _("填姓名和身份证号码后六位。")
    return (first, second, _("设自己的密码，以后用手机号码、身份证号码或工号登录。"))


def privacy_line() -> str:
    return _("启用码只给本人，用过即作废；请勿拍照转发。系统不发短信，不会向您索要密码。")


def until_of(one: Issued) -> str:
    at = timezone.localtime(one.expires_at, timezone.get_default_timezone())
    return _("%(year)s年%(month)s月%(day)s日%(time)s") % {
        "year": at.year,
        "month": at.month,
        "day": at.day,
        "time": f"{at:%H:%M}",
    }


def _page() -> str:
    return settings.LEITAI_PUBLIC_URL.rstrip("/") + reverse("people:activate")


def _printed(one: Issued) -> dict[str, object]:
    code = qr.draw(address_of(one.code))
    return {
        "heading": heading_of(one),
        "name": one.person or one.unit,
        "unit": one.unit if one.person else _("本单位人员共用，每人启用一次"),
        "code": one.shown,
        "until": until_of(one),
        "steps": list(steps_of(one)),
        "qr": code.svg,
        "modules": code.modules,
    }


def drawing(text: str) -> SafeString:
    return mark_safe(qr.inline(text))  # noqa: S308  # drawn by us from a code
