"""What people fill in for rules: a file or a text, a reason, the year to come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.seasons.errors import TEXTS

MOST_BYTES = 1_000_000


class BeginForm(forms.Form):
    """How a draft begins: with the rules in force, next year's, or a file."""

    how = forms.ChoiceField(
        choices=[
            ("version", _("修改本赛季规则")),
            ("next", _("编制下一年度规则")),
            ("file", _("上传规则文件")),
        ],
        widget=forms.HiddenInput,
    )
    code = forms.CharField(
        label=_("新赛季代码"),
        max_length=64,
        required=False,
        help_text=_("小写字母、数字和短横线，如sichuan-2023；用在网址中，建立后不能更改。"),
    )
    year = forms.IntegerField(label=_("新年度"), min_value=1900, max_value=9999, required=False)
    file = forms.FileField(
        label=_("规则文件"),
        required=False,
        help_text=_("UTF-8编码的YAML文本。有错误也会保存为草稿，再逐处更正。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        how = data.get("how")
        if how == "next" and not data.get("code"):
            self.add_error("code", _("请填写新赛季代码。"))
        if how == "next" and not data.get("year"):
            self.add_error("year", _("请填写新年度。"))
        if how == "file" and not data.get("file"):
            self.add_error("file", _("请选择规则文件。"))
        return data

    def wanted(self) -> dict[str, Any]:
        """The arguments of the service; raises DomainError("rules_file") for what is no text."""
        data = self.cleaned_data
        if data["how"] == "next":
            return {"next_code": data["code"], "year": data["year"]}
        return {"text": text_in(data["file"])} if data["how"] == "file" else {}


class TextForm(forms.Form):
    """The whole text, typed or as a file; a file goes before what is typed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("规则全文"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "wrap": "off"}),
    )
    file = forms.FileField(
        label=_("或上传文件"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["uploaded"] = data.get("file") is not None
        if data["uploaded"]:
            try:
                data["text"] = text_in(data["file"])
            except DomainError as error:
                raise ValidationError(text_of(error)) from None
        return data


class AdoptForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("修改原因"),
        max_length=200,
        help_text=_("如补充通知的文号；记入操作留痕，对外公开。"),
        error_messages={"required": TEXTS["rules_reason"]},
    )
    effective = forms.CharField(
        label=_("施行说明"),
        max_length=200,
        required=False,
        help_text=_("如“自2022年6月1日起施行”，可不填。"),
    )


def text_in(file: Any) -> str:
    """What a file says; raises DomainError("rules_file")."""
    limit = {"limit": MOST_BYTES // 1000}
    if file.size > MOST_BYTES:
        raise DomainError("rules_file", **limit)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DomainError("rules_file", **limit) from None
    return str(text)
