"""What people fill in: a window of the calendar."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitai.base.words import remarked
from leitai.rulebook.model import Rulebook
from leitai.seasons.models import CalendarWindow

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
        help_text=_("与竞赛规则的日期不符时必须填写，并记入操作留痕。"),
    )

    def __init__(self, law: Rulebook, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
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
