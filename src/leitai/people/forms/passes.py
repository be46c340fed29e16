"""What people fill in for one-day passes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.people.enums import DAY_ROLES
from leitai.units.models import Unit


class CardForm(forms.Form):
    code = forms.CharField(
        label=_("通行码"),
        max_length=40,
        help_text=_("卡上的16位代码，大小写和横线不限。"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-lt-fragment": "",
            }
        ),
    )


class PassForm(forms.Form):
    person = forms.CharField(
        label=_("姓名或人员代码"), max_length=50, help_text=_("重名时填人员代码。")
    )
    role = forms.ChoiceField(
        label=_("职责"), choices=[(role.value, role.label) for role in DAY_ROLES]
    )
    unit = forms.ChoiceField(label=_("地区"))
    event = forms.CharField(
        label=_("场次"), max_length=120, help_text=_("如“决赛上午场·第二考场”。")
    )
    day = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, places: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (one.code, one.name) for one in places
        ]
