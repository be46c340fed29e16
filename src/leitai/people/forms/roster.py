"""What a unit manager fills in about people."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.people.enums import Guest, Staffing, Window
from leitai.people.models import Personal
from leitai.people.numbers import NAME_LIMIT
from leitai.people.services.personal import FIELDS, REASON_LIMIT
from leitai.people.services.registering import TEXT_LIMIT
from leitai.people.services.serving import DETAILS

UNITS = {"list": "roster-units", "autocomplete": "off"}
MAX_BYTES = 32 * 1024 * 1024
_PAGE = re.compile(r"[1-9]\d{0,5}", re.ASCII)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DayInput, help_text=help_text)


class ServiceForm(forms.Form):
    """What somebody does at a unit."""

    window = forms.ChoiceField(
        label=_("岗位类别"), choices=[("", _("未填")), *Window.choices], required=False
    )
    staffing = forms.ChoiceField(
        label=_("编制"), choices=[("", _("未填")), *Staffing.choices], required=False
    )
    line = forms.CharField(label=_("条线"), max_length=TEXT_LIMIT, required=False)
    post = forms.CharField(label=_("岗位"), max_length=TEXT_LIMIT, required=False)

    @property
    def service(self) -> dict[str, str]:
        names = ("window", "staffing", "line", "post")
        return {name: self.cleaned_data[name] for name in names}


class PersonForm(ServiceForm):
    """Somebody new, or what is known of somebody. Numbers already kept are not shown again."""

    name = forms.CharField(label=_("姓名"), max_length=NAME_LIMIT * 2)
    unit = forms.CharField(
        label=_("单位代码或全称"),
        max_length=80,
        help_text=_("须是您管理范围内的单位。"),
        widget=forms.TextInput(attrs=UNITS),
    )
    guest = forms.ChoiceField(
        label=_("人员类别"),
        choices=[("", _("本单位工作人员")), *Guest.choices],
        required=False,
    )
    since = day_field(_("到岗日期"), required=False)
    id_number = forms.CharField(label=Personal.LABELS["id_number"], max_length=40, required=False)
    phone = forms.CharField(label=Personal.LABELS["phone"], max_length=40, required=False)
    staff_number = forms.CharField(
        label=Personal.LABELS["staff_number"], max_length=64, required=False
    )
    bank_account = forms.CharField(
        label=Personal.LABELS["bank_account"], max_length=60, required=False
    )
    bank_name = forms.CharField(
        label=Personal.LABELS["bank_name"],
        max_length=60,
        required=False,
        help_text=_("发放奖金、劳务费时用，写到支行。"),
    )
    field_order = (
        "name", "unit", "guest", "window", "staffing", "line", "post", "since",
        "id_number", "phone", "staff_number", "bank_account", "bank_name",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:  # a browser shall not offer one person's number for another
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DETAILS}

    @property
    def given(self) -> dict[str, str]:
        """Only numbers that were typed: an empty field leaves what is kept."""
        return {name: self.cleaned_data[name] for name in FIELDS if self.cleaned_data[name]}


class EditForm(PersonForm):
    changed_on = day_field(
        _("变动日期"),
        required=False,
        help_text=_("岗位类别、编制、条线或岗位自某日起变动的，填变动日期；更正录错的，留空。"),
    )
    erase = forms.MultipleChoiceField(
        label=_("删去已登记的号码"),
        choices=list(Personal.LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["unit"]  # another unit is a transfer

    @property
    @override
    def given(self) -> dict[str, str]:
        return dict.fromkeys(self.cleaned_data["erase"], "") | super().given


class TransferForm(ServiceForm):
    unit = forms.CharField(
        label=_("调入单位代码或全称"), max_length=80, widget=forms.TextInput(attrs=UNITS)
    )
    since = day_field(_("调动日期"), help_text=_("从这一天起计入调入单位。"))
    field_order = ("unit", "since", "window", "staffing", "line", "post")


class RequestForm(ServiceForm):
    """A receiving manager names somebody by name and number."""

    name = forms.CharField(label=_("姓名"), max_length=NAME_LIMIT * 2)
    number = forms.CharField(
        label=_("身份证号码、手机号码或工号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    unit = forms.CharField(
        label=_("调入单位代码或全称"), max_length=80, widget=forms.TextInput(attrs=UNITS)
    )
    since = day_field(_("调动日期"), help_text=_("从这一天起计入调入单位。"))
    reason = forms.CharField(
        label=_("调入原因"), max_length=200, help_text=_("调出单位会看到，例如：调令文号。")
    )
    field_order = (
        "name", "number", "unit", "since", "reason", "window", "staffing", "line", "post",
    )  # fmt: skip


class NoteForm(forms.Form):
    note = forms.CharField(label=_("退回原因"), max_length=200)


class RevealForm(forms.Form):
    field = forms.ChoiceField(
        label=_("查看哪一项"),  # a bank's name is no secret: the page shows it
        choices=[one for one in Personal.LABELS.items() if one[0] != "bank_name"],
    )
    reason = forms.CharField(
        label=_("查看原因"),
        max_length=REASON_LIMIT,
        help_text=_("会连同您的姓名记入操作留痕，例如：核对准考证信息。"),
    )


class DayForm(forms.Form):
    """A day that is today unless said otherwise."""

    day = day_field(_("日期"))


class RosterForm(DayForm):
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("人员表格"),
        help_text=_("Excel（.xlsx）或CSV，不超过32 MB；第一行是表头，至少有姓名和单位。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("文件超过32 MB。请拆分后分次导入。"))
        return file


class MergeForm(forms.Form):
    kept = forms.CharField(max_length=32)
    gone = forms.CharField(max_length=32)


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=Personal.LABELS["phone"],
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


def day_of(text: str | None) -> date:
    """The day that an address names; today for none or nonsense."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return timezone.localdate()


def page_of(text: str | None) -> int:
    """The page that an address names; the first for none or nonsense."""
    return int(text) if text and _PAGE.fullmatch(text) else 1
