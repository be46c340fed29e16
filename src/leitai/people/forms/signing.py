"""What people type at the door: name and password, a slip's code, who they are, a new password."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.people.services.accounts import PASSWORD_LEAST, USERNAME_LIMIT

_CODE = {"autocapitalize": "characters", "autocomplete": "one-time-code", "spellcheck": "false"}
_NEW = {"autocomplete": "new-password"}


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("登录名")
        login.help_text = _("手机号码、身份证号码或工号，也可以用自己设的登录名。")
        password.label = _("密码")
        password.help_text = ""
        for shown in (login, password):
            shown.widget.attrs.pop("placeholder", None)
        login.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}

    @override
    def user_credentials(self) -> dict[str, Any]:
        """Once it is known whose name was typed, the account's own: the session keeps what stands
        here, and a phone or ID number must not lie there.
        """
        typed: dict[str, Any] = super().user_credentials()
        return typed | {"username": self.user.username} if self.user else typed

    @property
    def locked(self) -> bool:
        """Whether the tries are used up: then nothing is wrong with what was typed."""
        return bool(self.has_error(NON_FIELD_ERRORS, code="too_many_tries"))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("启用码"),
        max_length=60,
        help_text=_("纸条上的16位字母和数字，不分大小写，空格和短横可不输。"),
        widget=forms.TextInput(attrs=_CODE | {"data-lt-fragment": ""}),
    )


class WhoForm(forms.Form):
    name = forms.CharField(
        label=_("姓名"), max_length=50, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    tail = forms.CharField(
        label=_("身份证号码后六位"),
        min_length=6,
        max_length=6,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class PasswordForm(forms.Form):
    """`agree` is left out where its person has agreed to the notice in force."""

    password = forms.CharField(
        label=_("设一个密码"),
        min_length=PASSWORD_LEAST,
        max_length=128,
        strip=False,
        help_text=_("至少8位；不能用姓名、手机号码、身份证号码，也不能太常见。"),
        widget=forms.PasswordInput(attrs=_NEW),
    )
    again = forms.CharField(
        label=_("再输入一遍密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs=_NEW),
    )
    username = forms.CharField(
        label=_("自己的登录名"),
        required=False,
        max_length=USERNAME_LIMIT,
        help_text=_("不填也可以：用手机号码、身份证号码或工号登录。"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    agree = forms.BooleanField(label=_("我已阅读并同意下面的个人信息保护告知"))

    def __init__(self, *args: Any, renewing: bool, agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if renewing:
            del self.fields["username"]
        if agreed:
            del self.fields["agree"]

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned and cleaned.get("again") != cleaned["password"]:
            self.add_error("again", _("两次输入的密码不一样。请重新输入。"))
        return cleaned


class ConsentForm(forms.Form):
    agree = forms.BooleanField(label=_("我已阅读并同意上面的个人信息保护告知"))
    version = forms.CharField(max_length=16, widget=forms.HiddenInput())


class OwnPasswordForm(forms.Form):
    """The own password again, before other devices are signed out."""

    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
