"""What people fill in to check a certificate, and the office to design, replace and revoke."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.certificates.designs import LIMITS
from leitai.certificates.enums import DayWords, Template


class LookupForm(forms.Form):
    serial = forms.CharField(
        label=_("证书编号"), max_length=60, help_text=_("印在证书左下角，二维码旁。")
    )


class RevokeForm(forms.Form):
    serial = forms.CharField(label=_("证书编号"), max_length=60)
    reason = forms.CharField(label=_("作废或换发的原因"), max_length=200)


class DesignForm(forms.Form):
    template = forms.ChoiceField(label=_("版式"), choices=Template.choices)
    heading = forms.CharField(label=_("标题"), max_length=LIMITS["heading"])
    holder = forms.CharField(
        label=_("获奖单位"),
        max_length=LIMITS["holder"],
        help_text=_("{获奖者}是代表队全称，{代表队}是地区或单位名，后面可以接机构名称。"),
    )
    salutation = forms.CharField(label=_("称谓"), max_length=LIMITS["salutation"], required=False)
    body = forms.CharField(
        label=_("正文"),
        max_length=LIMITS["body"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    award_line = forms.CharField(
        label=_("奖项一行"), max_length=LIMITS["award_line"], required=False
    )
    closing = forms.CharField(
        label=_("结语"),
        max_length=LIMITS["closing"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    signers = forms.CharField(
        label=_("落款单位"),
        max_length=LIMITS["signers"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("每行一个单位或签署人。"),
    )
    day_words = forms.ChoiceField(label=_("日期写法"), choices=DayWords.choices)
    day = forms.CharField(
        label=_("落款日期"),
        max_length=LIMITS["day"],
        required=False,
        help_text=_("不填则为生成证书当日。"),
    )

    def __init__(self, *given: Any, team: bool, **more: Any) -> None:
        """`team` awards say how the unit is called; a person's name stands as it is."""
        super().__init__(*given, **more)
        if not team:
            del self.fields["holder"]
