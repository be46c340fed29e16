"""What people fill in beside the rulebook's own forms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.registration.enums import ChangeKind, Kind, Route


class BeginForm(forms.Form):
    """As what somebody is registered; the person comes from the search beside it."""

    kind = forms.ChoiceField(label=_("报名类别"), choices=Kind.choices, initial=Kind.CONTESTANT)
    route = forms.ChoiceField(label=_("产生方式"), choices=Route.choices, initial=Route.OWN)
    person = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(
        self, kinds: Collection[str], slots: Sequence[str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seated = bool(slots)
        numbered = [(str(number), title) for number, title in enumerate(slots, start=1)]
        self.fields["slot"] = forms.ChoiceField(
            label=_("席位"), required=False, choices=[("", _("请选择")), *numbered]
        )
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [one for one in Kind.choices if one[0] in kinds]


class ListForm(forms.Form):
    """A whole list of those who are to compete."""

    route = forms.ChoiceField(label=_("产生方式"), choices=Route.choices, initial=Route.OWN)
    lines = forms.CharField(
        label=_("名单"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("每行一人：姓名，或人员编号；同名的在姓名后写明单位。可以从表格中整列粘贴。"),
    )


class TeamForm(forms.Form):
    """A team: for which list, whose, its name and its people."""

    place = forms.ChoiceField(label=_("阶段和赛项"))
    delegation = forms.ChoiceField(label=_("代表队"))
    name = forms.CharField(
        label=_("队名"), max_length=40, help_text=_("大屏、成绩和证书上都用这个名字。")
    )
    lines = forms.CharField(
        label=_("队员"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "每行一人：姓名，或人员编号；同名的在姓名后写明单位。第一行是队长，即1号队员。"
        ),
    )

    def __init__(
        self,
        places: Sequence[tuple[str, str]],
        senders: Sequence[tuple[str, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for key, choices in (("place", places), ("delegation", senders)):
            field = self.fields[key]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)


class ChangeForm(forms.Form):
    """What a unit asks for."""

    kind = forms.ChoiceField(label=_("申请事项"), choices=ChangeKind.choices)
    reason = forms.CharField(
        label=_("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    person = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)


class HistoryForm(forms.Form):
    """A list of the past and where it comes from."""

    source = forms.CharField(
        label=_("名单来源"),
        max_length=120,
        help_text=_("如“2023年全国总决赛秩序册”。资格不符时，单位会看到这一来源。"),
    )
    file = forms.FileField(
        label=_("名单文件"),
        help_text=_("xlsx或CSV，表头为姓名、单位、身份证号、类别、项目、等次、日期。"),
    )
