"""What the officer fills in: minutes and a reason, and the knowledge of what closing does."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from leitai.sittings.selectors import LOOKS
from leitai.sittings.services import EXTENSION_MINUTES

REASON_LENGTH = 200


class ExtendForm(forms.Form):
    minutes = forms.IntegerField(
        label=_("延长分钟数"), min_value=1, max_value=EXTENSION_MINUTES, initial=5
    )
    reason = forms.CharField(
        label=_("原因"),
        max_length=REASON_LENGTH,
        help_text=_("会记入操作留痕，例如：停电6分钟，已核实。"),
    )


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("原因"),
        max_length=REASON_LENGTH,
        help_text=_("会记入操作留痕，例如：选手本人申请提前离场。"),
    )
    known = forms.BooleanField(label=_("我知道收卷后不能恢复作答"))


class OpenEarlyForm(forms.Form):
    reason = forms.CharField(
        label=_("原因"),
        max_length=REASON_LENGTH,
        help_text=_("会记入操作留痕，例如：赛点断网，须提前印制纸质试卷。"),
    )


@dataclass(frozen=True, slots=True)
class ConsoleQuery:
    """What the console's address asks for; whatever is not understood asks for nothing."""

    site: str = ""
    state: str = ""
    page: int = 1
    seat: int | None = None

    @classmethod
    def read(cls, data: QueryDict) -> ConsoleQuery:
        return cls(
            site=data.get("site", ""),
            state=data.get("state", "") if data.get("state") in LOOKS else "",
            page=_number(data.get("page")) or 1,
            seat=_number(data.get("seat")),
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What was asked for, for an address or for hidden fields."""
        page = str(self.page) if self.page > 1 else ""
        asked = {"site": self.site, "state": self.state, "page": page, "seat": self.seat or ""}
        return [(name, str(value)) for name, value in asked.items() if value]

    @property
    def chosen(self) -> str:
        return str(self.seat or "")

    @property
    def full(self) -> str:
        return urlencode(self.pairs)

    @property
    def filters(self) -> str:
        """Without the chosen seat, ready to be followed by more."""
        return urlencode([pair for pair in self.pairs if pair[0] != "seat"])

    @property
    def unpaged(self) -> str:
        return urlencode([pair for pair in self.pairs if pair[0] in {"site", "state"}])


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
