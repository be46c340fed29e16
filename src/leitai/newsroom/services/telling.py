"""What units are told of their pieces. Written once, for all readers, in the record's language."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leitai.messages import services as messages
from leitai.messages.enums import Kind
from leitai.newsroom.models import Item, Version
from leitai.newsroom.selectors.managers import accounts_of
from leitai.newsroom.services.common import RECORD


def tell_returned(version: Version, *, at: datetime) -> None:
    with translation.override(RECORD):
        title = _("信息被退回：%(title)s") % {"title": version.title}
        body = _("原因：%(reason)s请修改后重新报送，原来的一版仍可查阅。") % {
            "reason": _ended(version.reason)
        }
    _tell(version, Kind.TASK, title, body, f"news-returned:{version.pk}", at)


def tell_declined(item: Item, version: Version, *, at: datetime) -> None:
    with translation.override(RECORD):
        title = _("信息未采用：%(title)s") % {"title": version.title}
        body = _("原因：%(reason)s稿件仍可查阅，不必修改重报。") % {
            "reason": _ended(item.declined_reason)
        }
    _tell(version, Kind.NOTICE, title, body, f"news-declined:{version.pk}", at)


def tell_adopted(version: Version, *, at: datetime) -> None:
    with translation.override(RECORD):
        title = _("信息已采用：%(title)s") % {"title": version.title}
        body = _("已计入贵单位的采用情况。发布前组委会可能编辑文字，原稿不变。")
        if not version.consented:
            body += _("出镜人员的同意情况还没有登记，登记后才能发布。")
    _tell(version, Kind.NOTICE, title, body, f"news-adopted:{version.pk}", at)


def _tell(version: Version, kind: str, title: str, body: str, key: str, at: datetime) -> None:
    item = version.item
    messages.tell(
        to=accounts_of(item, version, at=at),
        kind=kind,
        title=title,
        body=body,
        link=reverse("newsroom:mine", args=[item.season.code, item.pk]),
        season=item.season.code,
        key=key,
        at=at,
    )


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
