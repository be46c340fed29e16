"""What people fill in to look through the record, and to turn a proposal down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from typing_extensions import override

_DAY = {"type": "date"}


class FilterForm(forms.Form):
    """`groups` are the acts to choose from, under their rooms."""

    act = forms.ChoiceField(label=pgettext_lazy("act", "事项"), required=False)
    by = forms.CharField(label=_("经办人"), max_length=50, required=False)
    first = forms.DateField(label=_("起始日期"), required=False, widget=forms.DateInput(_DAY))
    last = forms.DateField(label=_("截止日期"), required=False, widget=forms.DateInput(_DAY))
    subject = forms.CharField(label=_("对象"), max_length=128, required=False)

    def __init__(self, groups: list[tuple[str, list[tuple[str, str]]]], data: Any) -> None:
        super().__init__(data)
        chosen: list[Any] = [("", _("全部事项")), *groups]
        self.fields["act"].choices = chosen  # type: ignore[attr-defined]  # a ChoiceField's
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name == "act" else "form-control"

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and first > last:
            self.add_error("last", _("截止日期早于起始日期，请更正。"))
        return said


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("不批准的理由"), max_length=300, widget=forms.Textarea({"rows": 3})
    )
