"""What an officer fills in to set an exam of practice."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.bank.enums import ItemType
from leitai.rulebook import numbers
from leitai.web.practice_exams.reading import Desk
from leitai.web.practice_exams.steps import Wanted

TYPES: Final = (ItemType.SINGLE, ItemType.MULTIPLE, ItemType.TRUEFALSE, ItemType.BLANK)
USUAL: Final = {
    "single": (20, "2"),
    "multiple": (10, "3"),
    "truefalse": (20, "1"),
    "blank": (5, "2"),
}
MOST_ITEMS: Final = 300
MOST_MINUTES: Final = 300
MOST_POINTS: Final = 100


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("请按“2022-07-15 09:30”的形式填写日期和时间。")},
    )


class ClosingForm(forms.Form):
    """Another closing time; without one nobody begins any more from now on."""

    closes_at = _moment(_("新的截止时间"))
    reason = forms.CharField(label=_("原因"), max_length=200)

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].required = False
        self.fields["closes_at"].help_text = _("不填即刻截止。已经开始作答的，按各自的时间交卷。")


class ExamForm(forms.Form):
    title = forms.CharField(label=_("考试名称"), max_length=60)
    act = forms.ChoiceField(
        label=_("计入"), required=False, help_text=_("模拟考试只记成绩，不计积分。")
    )
    group = forms.ChoiceField(label=_("谁可以参加"), required=False)
    opens_at = _moment(_("开放时间"))
    closes_at = _moment(_("截止时间"))
    minutes = forms.IntegerField(
        label=_("答题时间（分钟）"),
        min_value=1,
        max_value=MOST_MINUTES,
        initial=60,
        help_text=_("从本人点击参加时算起。计入积分的，以竞赛规则为准。"),
    )
    passing = forms.IntegerField(
        label=_("合格分"),
        min_value=1,
        max_value=MOST_POINTS,
        required=False,
        initial=60,
        help_text=_("可不填。计入积分的，以竞赛规则为准。"),
    )

    @override
    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = [(name, act.title) for name, act in desk.acts.items()]
        groups = [(str(one.pk), one.title) for one in desk.groups]
        everybody = [("", _("参加练兵的全体人员"))] if desk.office else []
        self.fields["act"].choices = [*acts, ("", _("模拟考试"))]  # type: ignore[attr-defined]
        self.fields["group"].choices = [*everybody, *groups]  # type: ignore[attr-defined]
        for kind in TYPES:
            count, points = USUAL[kind]
            self.fields[f"count-{kind}"] = forms.IntegerField(
                label=_("%(label)s题数") % {"label": kind.label},
                min_value=0,
                max_value=MOST_ITEMS,
                initial=count,
            )
            self.fields[f"points-{kind}"] = forms.CharField(
                label=_("%(label)s每题分值") % {"label": kind.label}, max_length=8, initial=points
            )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for kind in TYPES:
            text = str(data.get(f"points-{kind}", ""))
            if not numbers.is_decimal(text) or not 0 < numbers.parse(text) <= MOST_POINTS:
                self.add_error(f"points-{kind}", _("分值请写成2或1.5这样的正数。"))
        return data

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(
            title=data["title"].strip(),
            act=data["act"],
            group=int(data["group"]) if data["group"] else None,
            opens_at=data["opens_at"],
            closes_at=data["closes_at"],
            parts=[
                {"type": kind.value, "count": count, "points": data[f"points-{kind}"]}
                for kind in TYPES
                if (count := data[f"count-{kind}"])
            ],
            minutes=data["minutes"],
            passing=str(data["passing"] or ""),
        )
