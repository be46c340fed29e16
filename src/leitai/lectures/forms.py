"""What the office fills in; what was typed stays when something is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.lectures import texts
from leitai.lectures.enums import DoneBy
from leitai.lectures.models import Lecture
from leitai.lectures.services import Report, Words
from leitai.lectures.watched import MOST


class LectureForm(forms.Form):
    title = forms.CharField(label=_("标题"), max_length=120)
    kind = forms.CharField(
        label=_("类别"),
        max_length=40,
        help_text=_("可选已有的类别，也可以写新的。"),
        widget=forms.TextInput(attrs={"list": "lecture-kinds", "autocomplete": "off"}),
    )
    module = forms.CharField(label=_("模块"), max_length=40, required=False)
    speaker = forms.CharField(label=_("主讲人"), max_length=80, required=False)
    summary = forms.CharField(
        label=_("简介"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    chapters = forms.CharField(
        label=_("章节"),
        max_length=10_000,
        required=False,
        help_text=_("每行一个，先写时间再写标题，如“03:20 申请条件”。"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    transcript = forms.CharField(
        label=_("文字稿"),
        max_length=600_000,
        required=False,
        help_text=_(
            "网络不好或听不清的学员可以只读文字。带时间的（WebVTT、SRT，或每行以“[03:20]”开头）"
            "同时作为字幕。"
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    captions = forms.FileField(
        label=_("或上传字幕文件"),
        required=False,
        help_text=_("vtt、srt或txt，不超过1 MB；上传后替换上面的文字稿。"),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,.txt"}),
    )
    done_by = forms.ChoiceField(label=_("怎样算学完"), choices=DoneBy.choices)
    share = forms.IntegerField(label=_("须看满的比例（%）"), min_value=1, max_value=100, initial=90)
    act = forms.ChoiceField(
        label=_("计入"),
        required=False,
        help_text=_("学完后计入竞赛规则里的哪项活动，积分按规则计算。选“不计分”的没有积分。"),
    )

    def __init__(self, acts: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("不计分")), *acts.items()]
        self.fields["act"].choices = choices  # type: ignore[attr-defined]  # a choice field's

    @override
    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        file = told.pop("captions", None)
        if file is not None:
            try:
                told["transcript"] = texts.decode(file.read(texts.FILE_BYTES + 1))
            except DomainError as error:
                self.add_error("captions", text_of(error))
        return told

    def words(self) -> Words:
        return Words(**self.cleaned_data)

    @staticmethod
    def told(lecture: Lecture) -> dict[str, object]:
        names = ("title", "kind", "module", "speaker", "summary", "done_by", "share", "act")
        return {
            **{name: getattr(lecture, name) for name in names},
            "chapters": texts.show_chapters(lecture.chapters),
            "transcript": texts.show_transcript(lecture.transcript),
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("撤下的原因"), max_length=200)


def read_report(data: Mapping[str, str]) -> Report:
    """«position=95&ranges=0-30,80-95»; raises DomainError("lecture_report_wrong")."""
    try:
        position = int(data.get("position", "0"))
        ranges = [_range(part) for part in data.get("ranges", "").split(",") if part]
    except ValueError:
        raise DomainError("lecture_report_wrong") from None
    if len(ranges) > MOST:
        raise DomainError("lecture_report_wrong")
    return Report(position, ranges)


def _range(text: str) -> tuple[int, int]:
    start, stop = text.split("-")
    return int(start), int(stop)


def read_answer(type_: str, values: Iterable[str]) -> str | list[str]:
    """Letters for choices, one text a blank."""
    given = [value.strip()[:200] for value in values]
    return given if type_ == "blank" else "".join(sorted(given))[:26]
