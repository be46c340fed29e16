"""What the office fills in: an event, a judge, a scenario card."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.judging.enums import Mode
from leitai.judging.services import Card, Plan
from leitai.judging.services.planning import REHEARSED
from leitai.rulebook.model import Rulebook
from leitai.seasons.models import Season

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class EventForm(forms.Form):
    """Which event of which stage and track, when, where and how."""

    place_of = forms.ChoiceField(label=_("阶段和科目"))
    track = forms.ChoiceField(label=_("赛项"))
    starts_at = forms.DateTimeField(label=_("开始时间"), widget=MOMENT)
    session = forms.CharField(
        label=_("场次"),
        max_length=40,
        required=False,
        help_text=_("分场次举行的才填，如“上午场”。"),
    )
    entries = forms.CharField(
        label=_("本场选手"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("分场次的填参赛编号，以空格隔开；不填即为全部尚未安排的选手。"),
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    mode = forms.ChoiceField(label=_("方式"), choices=Mode.choices, initial=Mode.ON_SITE)
    link = forms.CharField(label=_("会议链接"), max_length=300, required=False)
    videos_by = forms.DateTimeField(
        label=_("材料报送截止"),
        widget=MOMENT,
        required=False,
        help_text=_("选手自行上传展示材料、录制视频的截止时间；不填的，封存前都可以上传。"),
    )
    anonymous = forms.BooleanField(label=_("评委只看号码，不看姓名"), required=False)
    shown = forms.BooleanField(label=_("评委提交后即可看到其他评委的总分"), required=False)
    rehearsal = forms.BooleanField(label=_("彩排：用虚拟选手，结束后全部删除"), required=False)
    count = forms.IntegerField(label=_("彩排的虚拟选手人数"), min_value=1, required=False)

    def __init__(self, season: Season, law: Rulebook, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = {stage.code: stage for stage in season.stages.all()}
        self._stages = stages
        self.fields["place_of"].choices = [  # type: ignore[attr-defined]  # a choice field
            (f"{code}/{name}", f"{stages[code].title} · {law.events[name].title}")
            for code, stage in law.stages.items()
            if code in stages
            for name in stage.events
            if law.events[name].kind == "judged"
        ]
        self.fields["track"].choices = [  # type: ignore[attr-defined]  # a choice field
            (name, track.title) for name, track in law.tracks.items()
        ]

    @property
    def empty(self) -> bool:
        """The rules have no judged event at all."""
        return not self.fields["place_of"].choices  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        found = self.cleaned_data
        stage, _slash, event = found["place_of"].partition("/")
        plan = Plan(
            track=found["track"],
            event=event,
            starts_at=found["starts_at"],
            session=found["session"],
            place=found["place"],
            mode=found["mode"],
            link=found["link"],
            videos_by=found["videos_by"],
            anonymous=found["anonymous"],
            hidden=not found["shown"],
            rehearsal=found["rehearsal"],
            entries=tuple(found["entries"].split()),
            count=found["count"] or REHEARSED,
        )
        return {"stage": self._stages[stage], "plan": plan}


class SeatForm(forms.Form):
    """A judge by name or code, and as what."""

    person = forms.CharField(
        label=_("评委"), max_length=50, help_text=_("填姓名或人员代码；重名的填人员代码。")
    )
    kind = forms.ChoiceField(label=_("评委类别"), required=False)
    named = forms.ChoiceField(label=_("规则指名的评委"), required=False)
    chief = forms.BooleanField(label=_("评委组长"), required=False)
    reserve = forms.BooleanField(label=_("候补评委"), required=False)

    def __init__(
        self,
        kinds: tuple[tuple[str, str], ...],
        named: tuple[str, ...],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field
        self.fields["named"].choices = [("", "—"), *((one, one) for one in named)]  # type: ignore[attr-defined]
        if not kinds:
            del self.fields["kind"]
        if not named:
            del self.fields["named"]

    @override
    def clean(self) -> dict[str, Any]:
        return {"kind": "", "named": "", **(super().clean() or {})}


class CardForm(forms.Form):
    """A scenario; what may be revealed is one line each: 何时｜内容."""

    code = forms.CharField(label=_("编号"), max_length=16)
    title = forms.CharField(label=_("情景"), max_length=120)
    brief = forms.CharField(
        label=_("情景说明（评委可见）"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    script = forms.CharField(
        label=_("模拟来访者脚本"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    reveals = forms.CharField(
        label=_("可透露的信息"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一条，写作“何时｜内容”，如“问到工资时｜拖欠两个月，共8000元”。"),
    )

    def card(self) -> Card:
        found = self.cleaned_data
        pairs = [line.replace("|", "｜").partition("｜") for line in found["reveals"].splitlines()]
        reveals = tuple(
            (when, what) if bar else ("", when) for when, bar, what in pairs if when.strip()
        )
        return Card(found["code"], found["title"], found["brief"], found["script"], reveals)
