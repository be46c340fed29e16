"""What a manager fills in. The services decide; forms only read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.units.enums import BodyKind, Level, UnitKind
from leitai.units.models import Unit
from leitai.units.naming import CODE_LIMIT, NAME_LIMIT
from leitai.units.selectors import level_below
from leitai.units.services import NewUnit
from leitai.units.services.writing import REASON_LIMIT

_KINDS = [("", _("（未填）")), *BodyKind.choices]


def _date() -> forms.DateField:
    return forms.DateField(
        label=_("设立日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _reason(*, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=_("原因"),
        required=required,
        max_length=REASON_LIMIT,
        help_text=_("写明依据，例如文号。会记入单位沿革和操作留痕。"),
    )


class CreateForm(forms.Form):
    """A body has a kind and may go without a code; a place has a code and a level."""

    kind = forms.ChoiceField(label=_("类别"), choices=UnitKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("名称"), max_length=NAME_LIMIT)
    code = forms.CharField(
        label=_("代码"),
        max_length=CODE_LIMIT,
        required=False,
        help_text=_("地区填行政区划代码；机构可以不填，由系统在上级代码后编号。"),
    )
    level = forms.ChoiceField(
        label=_("层级"),
        choices=[("", _("按上级确定")), *Level.choices],
        required=False,
    )
    body_kind = forms.ChoiceField(
        label=_("机构类型"), choices=_KINDS, required=False, help_text=_("只有机构填写。")
    )
    window = forms.BooleanField(label=_("窗口单位"), required=False)
    opened_on = _date()
    reason = _reason(required=False)

    def __init__(self, parent: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parent.kind == UnitKind.BODY or parent.level == Level.VILLAGE:
            self.fields["kind"].choices = [(UnitKind.BODY.value, UnitKind.BODY.label)]  # type: ignore[attr-defined]  # a choice field's
            self.initial.setdefault("kind", UnitKind.BODY)
        usual = Level(level_below(parent.level)).label
        self.fields["level"].help_text = _("不选时，机构与上级同级，地区为%(usual)s。") % {
            "usual": usual
        }

    def wanted(self) -> NewUnit:
        given = {k: v for k, v in self.cleaned_data.items() if k != "reason"}
        return NewUnit(**given)


class EditForm(forms.Form):
    body_kind = forms.ChoiceField(label=_("机构类型"), choices=_KINDS, required=False)
    window = forms.BooleanField(label=_("窗口单位"), required=False)
    opened_on = _date()
    reason = _reason(required=False)

    def __init__(self, unit: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {one: getattr(unit, one) for one in ("body_kind", "window", "opened_on")}
        if unit.kind == UnitKind.PLACE:
            del self.fields["body_kind"]

    def wanted(self) -> dict[str, Any]:
        return {"body_kind": "", **self.cleaned_data}


class RenameForm(forms.Form):
    name = forms.CharField(label=_("新名称"), max_length=NAME_LIMIT)
    reason = _reason()


class ReasonForm(forms.Form):
    reason = _reason()


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("文件"),
        help_text=_("xlsx或CSV，不超过64 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class DelegationForm(forms.Form):
    unit = forms.CharField(label=_("单位代码"), max_length=CODE_LIMIT)
    name = forms.CharField(
        label=_("代表队名称"),
        max_length=NAME_LIMIT,
        required=False,
        help_text=_("不填时用单位的名称。"),
    )
    guest = forms.BooleanField(label=_("计成绩不占晋级名额"), required=False)
    carve = forms.BooleanField(
        label=_("与其他代表队重叠的部分，划归范围较小的一支"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "new_%s"  # two forms stand on that page


class PartForm(forms.Form):
    delegation = forms.CharField(label=_("代表队"), max_length=CODE_LIMIT)
    unit = forms.CharField(label=_("单位代码"), max_length=CODE_LIMIT)
    carved_out = forms.ChoiceField(
        label=_("办理"),
        choices=[("", _("增加到代表队")), ("1", _("从代表队划出"))],
        required=False,
    )
    carve = forms.BooleanField(
        label=_("与其他代表队重叠的部分，划归范围较小的一支"), required=False
    )

    def __init__(self, teams: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "part_%s"
        self.fields["delegation"] = forms.ChoiceField(label=_("代表队"), choices=teams)
        self.order_fields(["delegation", "carved_out", "unit", "carve"])
