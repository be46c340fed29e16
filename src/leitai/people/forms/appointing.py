"""What people fill in to set up committees and give roles."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitai.people.enums import ADMINISTRATORS, CommitteeKind, Position, Role, UnitPart
from leitai.units.models import Unit


def end_of(day: date | None) -> datetime | None:
    """The end of a day in the house's own time."""
    if day is None:
        return None
    return timezone.make_aware(
        datetime.combine(day, time(23, 59, 59)), timezone.get_default_timezone()
    )


class CommitteeForm(forms.Form):
    kind = forms.ChoiceField(label=_("机构类别"), choices=CommitteeKind.choices)
    title = forms.CharField(label=_("名称"), max_length=80)
    unit = forms.ChoiceField(label=_("所属地区"))

    def __init__(self, *args: Any, places: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type alone
        field.choices = [(one.code, one.name) for one in places]


class NameUnitForm(forms.Form):
    name = forms.CharField(
        label=_("单位"), max_length=80, help_text=_("填单位代码，未列入系统的单位直接填名称。")
    )
    part = forms.ChoiceField(label=_("参与方式"), choices=UnitPart.choices)


class MemberForm(forms.Form):
    person = forms.CharField(
        label=_("姓名或人员代码"),
        max_length=50,
        help_text=_("姓名须与花名册一致；重名时填人员代码。"),
    )
    position = forms.ChoiceField(label=_("职务"), choices=Position.choices)
    role = forms.ChoiceField(
        label=_("职责"),
        required=False,
        choices=[("", _("按机构类别")), (Role.ITEM_REVIEWER.value, Role.ITEM_REVIEWER.label)],
    )
    third_party = forms.CharField(
        label=_("第三方机构"), max_length=80, required=False, help_text=_("受委托机构的人员填写。")
    )
    until = forms.DateField(
        label=_("任期至"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("第三方机构的人员必填。"),
    )

    def term_end(self) -> datetime | None:
        return end_of(self.cleaned_data["until"])


class EndForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=200)


class DutyForm(forms.Form):
    person = forms.CharField(
        label=_("姓名或人员代码"), max_length=50, help_text=_("须已在花名册；重名时填人员代码。")
    )
    role = forms.ChoiceField(label=_("职责"))
    unit = forms.CharField(
        label=_("管理范围"), max_length=32, help_text=_("填地区或机构代码，含其下级。")
    )
    season = forms.ChoiceField(label=_("赛季"), required=False)
    until = forms.DateField(
        label=_("任期至"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("不填即长期。"),
    )

    def __init__(self, *args: Any, roles: list[Role], seasons: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, code or _("全部赛季")) for code in seasons]
        for name, choices in (
            ("role", [(one.value, one.label) for one in roles]),
            ("season", named),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # ChoiceFields


class ResetStepForm(forms.Form):
    account = forms.CharField(label=_("登录名"), max_length=64)
    reason = forms.CharField(label=_("重置原因"), max_length=200)


class AdministratorForm(forms.Form):
    account = forms.CharField(label=_("登录名"), max_length=64)
    role = forms.ChoiceField(
        label=_("职责"), choices=[(role.value, role.label) for role in ADMINISTRATORS]
    )
    reason = forms.CharField(label=_("任命依据"), max_length=200)
