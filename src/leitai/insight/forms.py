"""What the office writes of a report, and points by hand.

What was typed stays when something is refused.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.base.errors import text_of
from leitai.insight.models import Report
from leitai.insight.services import Draft
from leitai.kernel.errors import DomainError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_PLACES = {
    "insight_days_order": "last",
    "insight_number_taken": "number",
    "insight_number_missing": "number",
    "insight_field_unknown": "wording",
}
_WORDING = 20_000


def _day(label: StrOrPromise) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class ReportForm(forms.Form):
    first = _day(_("统计时段自"))
    last = _day(_("统计时段至"))
    each = forms.BooleanField(
        label=_("同时为每个下级地区各出一份"),
        required=False,
        help_text=_("各份正文相同，数据换成该地区及其下级单位的。"),
    )
    title = forms.CharField(label=_("标题"), max_length=120)
    number = forms.CharField(
        label=_("文号"),
        max_length=60,
        required=False,
    )
    to = forms.CharField(label=_("主送"), max_length=200, required=False)
    signer = forms.CharField(label=_("落款单位"), max_length=120)
    dated = _day(_("成文日期"))
    wording = forms.CharField(
        label=_("正文"),
        max_length=_WORDING,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("双花括号里的字段在预览和印发时换成数据；“一、”开头的短行排成小标题。"),
    )

    def draft(self) -> Draft:
        return Draft(**self.cleaned_data)

    def refuse(self, error: DomainError) -> None:
        place = _PLACES.get(error.code)
        self.add_error(place, text_of(error))

    @staticmethod
    def told(report: Report) -> dict[str, object]:
        return {one.name: getattr(report, one.name) for one in fields(Draft)}


class PointsForm(forms.Form):
    """Points by hand of one line; `lines` are names and titles of those that are given so."""

    line = forms.ChoiceField(label=_("评分项目"))
    points = forms.DecimalField(label=_("得分"), max_digits=18, decimal_places=9)
    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明依据。得分、理由和评分人一并留存，以最近一次为准。"),
    )

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = lines

    def refuse(self, error: DomainError) -> None:
        place = {"insight_points_range": "points", "insight_points_reason": "reason"}
        self.add_error(place.get(error.code), text_of(error))
