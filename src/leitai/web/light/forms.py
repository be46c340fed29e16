"""What one person fills in to hold a contest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.rulebook import numbers
from leitai.seasons.services.composing import ISSUER_LIMIT, MOST_PRIZES, TITLE_LIMIT
from leitai.web.light.reading import Part, Stock
from leitai.web.light.rosters import Left
from leitai.web.light.steps import Soon

LOCAL = "%Y-%m-%dT%H:%M"
MOST_ITEMS = 300
MOST_MINUTES = 600
MOST_LEAD = 60
SHOWN_LEFT = 20


class FoundForm(forms.Form):
    title = forms.CharField(label=_("比赛名称"), max_length=TITLE_LIMIT)
    template = forms.ChoiceField(label=_("怎么比"))
    unit = forms.ChoiceField(label=_("主办单位"))
    issuer = forms.CharField(
        label=_("发证单位"),
        max_length=ISSUER_LIMIT,
        required=False,
        help_text=_("证书上的落款，请写单位全称；不填的用主办单位的名称。"),
    )
    first = forms.IntegerField(
        label=_("一等奖（名）"), min_value=0, max_value=MOST_PRIZES, initial=1
    )
    second = forms.IntegerField(
        label=_("二等奖（名）"), min_value=0, max_value=MOST_PRIZES, initial=2
    )
    third = forms.IntegerField(
        label=_("三等奖（名）"), min_value=0, max_value=MOST_PRIZES, initial=3
    )

    def __init__(
        self,
        templates: Sequence[tuple[str, str]],
        units: Sequence[tuple[str, str]],
        *args: object,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        for name, choices in (("template", templates), ("unit", units)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)

    @property
    def prizes(self) -> tuple[int, int, int]:
        data = self.cleaned_data
        return data["first"], data["second"], data["third"]


class RosterForm(forms.Form):
    """`left` are the rows of the last file that were not taken."""

    left: Sequence[Left] = ()
    roster = forms.FileField(
        label=_("参赛名单"),
        help_text=_(
            "Excel（.xlsx）或CSV，表头至少有“姓名”；还可有手机号码、单位名称等。"
            "单位名称须是下面列出的单位，空着的算主办单位的人。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    @property
    def shown(self) -> Sequence[Left]:
        return self.left[:SHOWN_LEFT]

    @property
    def more(self) -> int:
        """How many of them the page does not show."""
        return len(self.left) - len(self.shown)


class QuestionsForm(forms.Form):
    questions = forms.FileField(
        label=_("试题文件"),
        help_text=_(
            "Excel（.xlsx）或CSV，表头：题型、题干、选项A、选项B、选项C、选项D……、答案。"
            "题型写单选、多选、判断或填空；判断题不用填选项，答案写对或错。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class BankForm(forms.Form):
    """A practice bank of the house."""

    bank = forms.ChoiceField(label=_("练习题库"), widget=forms.RadioSelect)

    def __init__(self, banks: Sequence[Stock], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        field = self.fields["bank"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.code, one.words) for one in banks]
        if len(banks) == 1:
            self.initial.setdefault("bank", banks[0].code)


class MoreQuestionsForm(QuestionsForm):
    """Some are there already."""

    afresh = forms.BooleanField(
        label=_("不要以前导入的，只用这一份"),
        required=False,
        help_text=_("导错了文件时勾选。不勾选的，与以前导入的合在一起。"),
    )


class ScoresForm(forms.Form):
    scores = forms.FileField(
        label=_("成绩表"),
        help_text=_("Excel（.xlsx）或CSV，表头：姓名、成绩；有重名的再加一列参赛编号。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class PaperForm(forms.Form):
    """For each type of the bank how many, at how many points."""

    def __init__(self, parts: Sequence[Part], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        self.parts = parts
        for part in parts:
            self.fields[f"count-{part.type}"] = forms.IntegerField(
                label=_("%(label)s（共%(have)s题）") % {"label": part.label, "have": part.have},
                min_value=0,
                max_value=MOST_ITEMS,
                initial=part.count,
            )
            self.fields[f"points-{part.type}"] = forms.CharField(
                label=_("%(label)s每题分值") % {"label": part.label},
                max_length=8,
                initial=part.points,
            )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for part in self.parts:
            text = str(data.get(f"points-{part.type}", ""))
            if not numbers.is_decimal(text) or not 0 < numbers.parse(text) <= MOST_ITEMS:
                self.add_error(f"points-{part.type}", _("分值请写成2或1.5这样的正数。"))
        return data

    def wanted(self) -> list[Mapping[str, Any]]:
        data = self.cleaned_data
        return [
            {
                "type": part.type,
                "count": data[f"count-{part.type}"],
                "points": data[f"points-{part.type}"],
            }
            for part in self.parts
            if data[f"count-{part.type}"]
        ]


class TimeForm(forms.Form):
    opens_at = forms.DateTimeField(
        label=_("开始时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={"invalid": _("请按“2022-07-15 09:30”的形式填写日期和时间。")},
        help_text=_("至少在1分钟以后；想马上开始的不用填，到“下一步”点“现在开始”。"),
    )
    minutes = forms.IntegerField(label=_("时长（分钟）"), min_value=1, max_value=MOST_MINUTES)

    def __init__(self, *args: object, by_paper: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        if by_paper:
            self.fields["minutes"].label = _("答题时间（分钟）")
            self.fields["minutes"].help_text = _("从开始时间算起，到时间统一收卷。")

    def wanted(self) -> dict[str, Any]:
        opens = self.cleaned_data["opens_at"]
        return {
            "opens_at": opens,
            "closes_at": opens + timedelta(minutes=self.cleaned_data["minutes"]),
        }


class GoForm(forms.Form):
    """Open at the time that was set, or (`now`) a few minutes from here."""

    now = forms.BooleanField(required=False, widget=forms.HiddenInput)
    lead = forms.IntegerField(
        label=_("几分钟后开考"), min_value=1, max_value=MOST_LEAD, initial=5, required=False
    )
    minutes = forms.IntegerField(
        label=_("时长（分钟）"), min_value=1, max_value=MOST_MINUTES, initial=60, required=False
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        for name in ("lead", "minutes"):  # of one of the two ways to open they are asked
            self.fields[name].asked = True  # type: ignore[attr-defined]  # our field tag's

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("now"):
            for name in ("lead", "minutes"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("请填写分钟数。"))
        return data

    @property
    def soon(self) -> Soon | None:
        data = self.cleaned_data
        if not data["now"]:
            return None
        return Soon(timedelta(minutes=data["lead"]), timedelta(minutes=data["minutes"]))
