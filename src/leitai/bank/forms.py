"""The import's form. One file travels twice, for the preview and for the import itself."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.bank.errors import TEXTS
from leitai.bank.services import BANK_CODE
from leitai.interchange.tables import KINDS, MAX_BYTES


class ImportForm(forms.Form):
    code = forms.CharField(
        label=_("题库代码"),
        max_length=64,
        validators=[RegexValidator(BANK_CODE, _("不能含空格、斜杠、问号、井号和百分号。"))],
        help_text=_("字母、数字和短横线，如rsfw-2022。已有的题库会增补，新的会建立。"),
    )
    title = forms.CharField(label=_("题库名称"), max_length=120)
    kind = forms.ChoiceField(
        label=_("题库类别"),
        required=False,
        choices=[
            ("live", _("竞赛题库：试题加密保存，用于组卷")),
            ("practice", _("练习题库：试题公开，用于日常学习")),
        ],
        initial="live",
        help_text=_("新题库的类别由此确定，导入后不能在这里更改。"),
    )
    file = forms.FileField(
        label=_("试题文件"),
        help_text=_("Excel（.xlsx）或CSV，不超过20 MB；表头至少有题型、题干、答案和选项。"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(KINDS)}),
    )
    # The digest of the previewed file: what is taken is what was looked at.
    confirm = forms.CharField(required=False, widget=forms.HiddenInput)

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file is None:
            return data
        if file.size > MAX_BYTES:
            raise ValidationError(TEXTS["file_too_large"] % {"limit": MAX_BYTES >> 20})
        self.digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        if self.confirmed and data["confirm"] != self.digest:
            raise ValidationError(TEXTS["file_changed"])
        return data

    @property
    def confirmed(self) -> bool:
        return bool(self.cleaned_data.get("confirm"))

    def wanted(self) -> dict[str, Any]:
        """The arguments of the service."""
        data = self.cleaned_data
        file = data["file"]
        return {
            "bank_code": data["code"],
            "title": data["title"],
            "source": file,
            "name": file.name,
            "dry_run": not self.confirmed,
            "live": None if not data["kind"] else data["kind"] == "live",
        }


class AnswerForm(forms.Form):
    """The office's word on what a reader said of a question."""

    taken = forms.ChoiceField(
        label=_("处理"),
        choices=[("yes", _("采纳，将修订试题")), ("no", _("不采纳"))],
    )
    answer = forms.CharField(
        label=_("答复"),
        max_length=500,
        help_text=_("学员会在收件箱看到。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
