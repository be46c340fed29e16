"""What people fill in: their choices, a complaint, its code, and the supervisors' replies."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.messages.enums import Category, ChannelName
from leitai.messages.services.complaining import TEXT_LIMIT
from leitai.people import numbers

NAME_LIMIT = 50


class SpokenForm(forms.Form):
    """A form that can say what a service refused, and keeps what was typed."""

    def refuse(self, error: DomainError, places: dict[str, str] | None = None) -> None:
        problems: Sequence[DomainError] = (
            [DomainError(one.code, **one.data) for one in error.problems]
            if isinstance(error, Problems)
            else [error]
        )
        for one in problems:
            self.add_error((places or {}).get(one.code), text_of(one))


class PreferenceForm(SpokenForm):
    mail = forms.BooleanField(label=_("电子邮件"), required=False)
    sms = forms.BooleanField(label=_("短信"), required=False)
    wechat = forms.BooleanField(label=_("微信"), required=False)
    quiet_from = forms.TimeField(
        label=_("免打扰开始"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        label=_("免打扰结束"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *arguments: object, opened: Sequence[ChannelName], **named: object) -> None:
        """Only the channels that the house has switched on are asked about."""
        super().__init__(*arguments, **named)  # type: ignore[arg-type]  # Django's own
        for one in (ChannelName.MAIL, ChannelName.SMS, ChannelName.WECHAT):
            if one not in opened:
                del self.fields[one.value]


class ComplaintForm(SpokenForm):
    category = forms.ChoiceField(label=_("类别"), choices=Category.choices)
    text = forms.CharField(
        label=_("情况或建议"),
        max_length=TEXT_LIMIT,
        help_text=_("最多2000字。写明时间、地点和经过，便于核实。"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    name = forms.CharField(
        label=_("姓名"),
        required=False,
        max_length=NAME_LIMIT,
        help_text=_("不填即为匿名。填写的姓名和电话加密保存，只有办理人看得到。"),
    )
    phone = forms.CharField(
        label=_("手机号码"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    receive = forms.BooleanField(
        label=_("有答复时在我的收件箱提醒（办理人看不到是哪个账号）"), required=False
    )
    season = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(  # a trap: people do not see it, programs fill everything in
        label=_("此栏请留空"), required=False, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )

    @classmethod
    def fresh(cls, season: str) -> ComplaintForm:
        return cls(initial={"nonce": uuid4(), "season": season})

    def clean_phone(self) -> str:
        text: str = self.cleaned_data["phone"]
        try:
            return numbers.parse_phone(text) if text.strip() else ""
        except DomainError as error:
            raise forms.ValidationError(text_of(error)) from None

    @override
    def clean(self) -> dict[str, object]:
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(text_of(DomainError("complaint_robot")))
        return self.cleaned_data


class TrackForm(SpokenForm):
    code = forms.CharField(
        label=_("查询码"),
        max_length=40,
        help_text=_("提交后显示的16位字母和数字，不分大小写，短横可不填。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "data-lt-fragment": ""}
        ),
    )


class FollowForm(SpokenForm):
    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("补充情况"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 5})
    )


class ReplyForm(SpokenForm):
    text = forms.CharField(
        label=_("告知反映人的内容"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
