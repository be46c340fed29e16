"""What the office, leaders and trainees fill in; what was typed stays when something is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.training.models import Group, Session
from leitai.training.services import Frame, Part


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class ClockField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, **kwargs)


class GroupForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=80)
    starts = DayField(label=_("开始日期"))
    ends = DayField(label=_("结束日期"))
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    note = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    board = forms.BooleanField(
        label=_("班内公布模拟成绩排名"),
        required=False,
        help_text=_("不勾选的，学员只看到自己的成绩。勾选后也只有本班的人能看到。"),
    )

    def frame(self) -> Frame:
        return Frame(**self.cleaned_data)

    @staticmethod
    def told(group: Group) -> dict[str, object]:
        return {name: getattr(group, name) for name in GroupForm.base_fields}


class SessionForm(forms.Form):
    day = DayField(label=_("日期"))
    begins = ClockField(label=_("开始"))
    ends = ClockField(label=_("结束"))
    topic = forms.CharField(label=_("内容"), max_length=120)
    place = forms.CharField(
        label=_("地点"), max_length=120, required=False, help_text=_("与集训班相同的不用填。")
    )
    teacher = forms.CharField(label=_("授课人"), max_length=80, required=False)
    links = forms.CharField(
        label=_("材料"),
        max_length=8000,
        required=False,
        help_text=_("每行一份：名称、空格、网址。本站的视频讲座、练习可填“/”开头的地址。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def part(self) -> Part:
        return Part(**self.cleaned_data)

    @staticmethod
    def told(session: Session) -> dict[str, object]:
        names = ("day", "begins", "ends", "topic", "place", "teacher")
        links = "\n".join(f"{title} {address}" for title, address in session.links)
        return {**{name: getattr(session, name) for name in names}, "links": links}


class LeaveForm(forms.Form):
    first = DayField(label=_("从"))
    last = DayField(label=_("到"))
    reason = forms.CharField(
        label=_("事由"),
        max_length=300,
        help_text=_("只有带班负责人和办公室看得到。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PracticeForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=120)
    day = DayField(label=_("哪一天的练习"))


class LeaderForm(forms.Form):
    name = forms.CharField(
        label=_("姓名或人员代码"), max_length=50, help_text=_("有同名的，请填人员代码。")
    )


def read_codes(data: Mapping[str, list[str]]) -> list[str]:
    """The people ticked on a page of candidates."""
    return [code for code in data.get("person", []) if code][:500]
