"""What people fill in: a window of the calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.base.words import remarked
from leitai.rulebook.model import Rulebook
from leitai.seasons.enums import LocalHow
from leitai.seasons.models import CalendarWindow, LocalStage
from leitai.seasons.rule_forms import text_in
from leitai.units.models import Delegation

LOCAL = "%Y-%m-%dT%H:%M"


class WindowForm(forms.Form):
    """Times are the committee's own; `reason` is asked for where the notice's days are left."""

    name = forms.ChoiceField(label=_("日程"))
    opens_at = forms.DateTimeField(
        label=_("开始时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={"invalid": _("请按“2022-07-15 09:30”的形式填写日期和时间。")},
    )
    closes_at = forms.DateTimeField(
        label=_("结束时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={"invalid": _("请按“2022-07-15 11:00”的形式填写日期和时间。")},
    )
    reason = forms.CharField(
        label=_("调整原因"),
        max_length=200,
        required=False,
        help_text=_(
            "与竞赛规则的日期不符、改动已公布的时间或单独安排一队时必须填写，记入操作留痕并公布。"
        ),
    )
    notice = forms.CharField(
        label=_("补充通知"),
        max_length=120,
        required=False,
        help_text=_("标题或文号，可不填。原来的时间保留备查。"),
    )
    delegation = forms.ChoiceField(
        label=_("适用范围"),
        required=False,
        help_text=_("只给一支代表队另定时间时选它，其他队不变。"),
    )

    def __init__(
        self, law: Rulebook, delegations: Sequence[Delegation], *args: object, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        whose = self.fields["delegation"]
        if isinstance(whose, forms.ChoiceField):
            whose.choices = [
                ("", _("全体")),
                *((one.unit.code, one.name) for one in delegations),
            ]
        field = self.fields["name"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (name, remarked(window.title, window.words))
                for name, window in law.calendar.items()
            ]


def initial(windows: Mapping[str, CalendarWindow], name: str) -> dict[str, object]:
    """What the form shows for a chosen name: its present window."""
    window = windows.get(name)
    if window is None:
        return {"name": name}
    return {
        "name": name,
        "opens_at": timezone.localtime(window.opens_at),
        "closes_at": timezone.localtime(window.closes_at),
    }


class RemindForm(forms.Form):
    days = forms.IntegerField(
        label=_("提前几天"), min_value=0, max_value=30, help_text=_("填0就不提醒。")
    )
    loud = forms.BooleanField(
        label=_("也发短信、邮件和微信"),
        required=False,
        help_text=_("不选时只进站内收件箱，一件事只提醒一次。"),
    )


class BeginSeasonForm(forms.Form):
    """A season to be: which rules, whose, under which code."""

    rulebook = forms.ChoiceField(
        label=_("竞赛规则"), required=False, help_text=_("选一份，或在下面上传规则文件。")
    )
    file = forms.FileField(
        label=_("或上传规则文件"),
        required=False,
        help_text=_("UTF-8编码的YAML文本；上传了文件，上面就不用选。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )
    code = forms.CharField(
        label=_("赛季代码"),
        max_length=64,
        required=False,
        help_text=_("小写字母、数字和短横线，用在网址中，建立后不能更改；不填就用规则的代码。"),
    )
    host = forms.ChoiceField(label=_("主办单位"))

    def __init__(
        self,
        rulebooks: Sequence[tuple[str, str]],
        hosts: Sequence[tuple[str, str]],
        *args: object,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        for name, choices in (("rulebook", rulebooks), ("host", hosts)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("rulebook") and not data.get("file"):
            self.add_error("rulebook", _("请选择一份竞赛规则，或上传文件。"))
        return data

    def wanted(self) -> dict[str, Any]:
        """Rulebook and code for the service; raises DomainError("rules_file") for no text."""
        data = self.cleaned_data
        file = data.get("file")
        return {"rulebook": text_in(file) if file else data["rulebook"], "code": data["code"]}


class LocalForm(forms.Form):
    """How a delegation holds its own stage."""

    how = forms.ChoiceField(label=_("选拔方式"), choices=LocalHow.choices, widget=forms.RadioSelect)
    opens_at = forms.DateTimeField(
        label=_("开始时间"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={"invalid": _("请按“2022-07-15 09:30”的形式填写日期和时间。")},
    )
    closes_at = forms.DateTimeField(
        label=_("结束时间"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={"invalid": _("请按“2022-07-15 11:00”的形式填写日期和时间。")},
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    note = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不办赛而直接推荐的，写明原因和推荐办法。"),
    )

    def __init__(self, *args: object, free: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        field = self.fields["how"]
        if isinstance(field, forms.ChoiceField) and not free:
            field.choices = [one for one in LocalHow.choices if one[0] != LocalHow.RECOMMENDED]


class ResultsForm(forms.Form):
    file = forms.FileField(
        label=_("成绩表"),
        help_text=_(
            "Excel（.xlsx）或CSV，表头：名次、姓名、单位、成绩。不要带身份证号码和手机号码。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


def local_initial(held: LocalStage | None) -> dict[str, object]:
    """What the form shows of a plan that stands."""
    if held is None:
        return {}
    times = {"opens_at": held.opens_at, "closes_at": held.closes_at}
    shown = {name: timezone.localtime(at) for name, at in times.items() if at is not None}
    return {"how": held.how, "place": held.place, "note": held.note, **shown}


class ClosingForm(forms.Form):
    reason = forms.CharField(
        label=_("未办结事项的说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("还有未办结事项而仍要结束的，必须填写；会记入操作留痕。"),
    )


class ReopeningForm(forms.Form):
    reason = forms.CharField(
        label=_("原因"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("会记入操作留痕，例如：申诉成立，须更正总决赛成绩。"),
    )


class FirstOfficeForm(forms.Form):
    name = forms.CharField(
        label=_("登录名或人员代码"),
        max_length=150,
        help_text=_("花名册中的人员填人员代码；已有账号的填登录名。"),
    )
    display_name = forms.CharField(
        label=_("姓名"),
        max_length=150,
        required=False,
        help_text=_("只在新建账号时填写。"),
    )
    reason = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("会记入操作留痕，例如：任命文件的文号。")
    )
