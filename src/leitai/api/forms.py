"""What the office fills in for a token."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

_DAYS = [(30, _("30天")), (90, _("90天")), (180, _("180天")), (366, _("一年"))]


class TokenForm(forms.Form):
    label = forms.CharField(
        label=_("用途"),
        max_length=80,
        help_text=_("哪个单位的哪个系统用它读取什么，如“省平台读取报送名单”。"),
    )
    days = forms.TypedChoiceField(label=_("有效期"), choices=_DAYS, coerce=int, initial=90)
