"""Invented content of the gallery: no rule, no person."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from leitai.design import plan as plans
from leitai.design.icons import ICONS


class SpecimenForm(forms.Form):
    """One field of each kind; bound to bad input, so that errors show."""

    unit = forms.ChoiceField(
        label=_("单位"),
        choices=[
            ("510700", "绵阳市人力资源和社会保障局"),
            ("510500", "泸州市人力资源和社会保障局"),
        ],
        help_text=_("按行政区划逐级选择"),
    )
    name = forms.CharField(label=_("姓名"))
    count = forms.IntegerField(label=_("报送人数"), max_value=40)
    reason = forms.CharField(
        label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    how = forms.ChoiceField(
        label=_("办法"),
        choices=[("draw", _("抽签")), ("vote", _("表决"))],
        widget=forms.RadioSelect,
        required=False,
    )
    agree = forms.BooleanField(label=_("我已核对名单"), required=False)


def steps() -> list[dict[str, str]]:
    return [
        {"label": "选拔赛", "state": "done", "note": "22 / 22"},
        {"label": "全省晋级赛", "state": "now", "note": "还有 11 天"},
        {"label": "全省总决赛", "state": "todo", "note": "8月18日"},
        {"label": "颁奖", "state": "todo"},
    ]


def ramps() -> list[dict[str, object]]:
    """The six ramps with the steps that tokens.css has."""
    wide = ("50", "100", "200", "300", "400", "500", "600", "700")
    return [
        {
            "key": "ink",
            "name": "墨 ink",
            "use": _("文字、线、面"),
            "steps": ("0", "25", *wide, "800", "900", "950"),
        },
        {
            "key": "zhu",
            "name": "朱 vermilion",
            "use": _("门面与组委会的手，一屏一处"),
            "steps": (*wide, "800", "900"),
        },
        {
            "key": "dai",
            "name": "黛 ink-blue",
            "use": _("凡可操作者"),
            "steps": (*wide, "800", "900"),
        },
        {"key": "yu", "name": "玉 jade", "use": _("已存、已成、答对"), "steps": (*wide, "900")},
        {"key": "xing", "name": "杏 apricot", "use": _("请留意"), "steps": (*wide, "900")},
        {
            "key": "yan",
            "name": "胭 carmine",
            "use": _("错误、终止、不可回"),
            "steps": (*wide, "900"),
        },
    ]


def plan() -> plans.Plan:
    """A season like the one in the drawings, seen on 4 July."""
    year = date(2022, 1, 1).replace

    def bar(label: str, note: str, start: date, end: date, state: plans.State) -> plans.Mark:
        return plans.Mark("bar", label, note, start, end, state)

    def stone(label: str, note: str, day: date, state: plans.State) -> plans.Mark:
        return plans.Mark("stone", label, note, day, day, state)

    def tiny(label: str, start: date, end: date, state: plans.State) -> plans.Mark:
        return plans.Mark("tiny", label, f"{start.month}月", start, end, state)

    practice = bar(
        "日日学 · 周周练 · 月月比", "4月1日起", year(month=4), year(month=10, day=31), "live"
    )
    selection = bar(
        "市（州）选拔赛", "6月10日前", year(month=4, day=10), year(month=6, day=10), "past"
    )
    contest = (
        selection,
        stone("全省晋级赛", "7月15日", year(month=7, day=15), "next"),
        stone("全省总决赛", "8月18日", year(month=8, day=18), "todo"),
        stone("全国比试", "9月底", year(month=9, day=27), "todo"),
    )
    public = (
        tiny("选手名单", year(month=6, day=13), year(month=6, day=17), "past"),
        tiny("晋级名单", year(month=7, day=19), year(month=7, day=25), "todo"),
        tiny("获奖名单", year(month=8, day=22), year(month=8, day=26), "todo"),
    )
    lanes = (
        plans.Lane("岗位练兵", (practice,)),
        plans.Lane("竞赛比武", contest),
        plans.Lane("公示", public),
    )
    return plans.draw(lanes, today=date(2022, 7, 4))


def gallery() -> dict[str, object]:
    """Everything that the gallery's templates show."""
    return {
        "form": SpecimenForm({"unit": "510700", "name": "", "count": "41"}),
        "icons": tuple(ICONS),
        "page": Paginator(range(880), 40).page(3),
        "plan": plan(),
        "ramps": ramps(),
        "steps": steps(),
        "themes": (("light", _("亮色")), ("dark", _("暗色")), ("stage", _("舞台"))),
    }
