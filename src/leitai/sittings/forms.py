"""What the officer fills in: minutes and a reason, and the knowledge of what closing does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitai.bank.models import Bank
from leitai.sittings.selectors import LOOKS, Seating, Slot, TeamSeats
from leitai.sittings.services import EXTENSION_MINUTES, MOST_PAPERS

REASON_LENGTH = 200
SITE_LENGTH = 80
LONGEST = 600  # minutes
LOCAL = "%Y-%m-%dT%H:%M"


class ExtendForm(forms.Form):
    minutes = forms.IntegerField(
        label=_("延长分钟数"), min_value=1, max_value=EXTENSION_MINUTES, initial=5
    )
    reason = forms.CharField(
        label=_("原因"),
        max_length=REASON_LENGTH,
        help_text=_("会记入操作留痕，例如：停电6分钟，已核实。"),
    )


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("原因"),
        max_length=REASON_LENGTH,
        help_text=_("会记入操作留痕，例如：选手本人申请提前离场。"),
    )
    known = forms.BooleanField(label=_("我知道收卷后不能恢复作答"))


class OpenEarlyForm(forms.Form):
    reason = forms.CharField(
        label=_("原因"),
        max_length=REASON_LENGTH,
        help_text=_("会记入操作留痕，例如：赛点断网，须提前印制纸质试卷。"),
    )


class ComposeForm(forms.Form):
    """Of which questions, and how many papers."""

    banks = forms.MultipleChoiceField(
        label=_("题库"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个题库。")},
    )
    count = forms.IntegerField(
        label=_("份数"),
        min_value=1,
        max_value=MOST_PAPERS,
        help_text=_("正卷一份，备用卷另计；各份之间没有相同的试题。"),
    )
    reason = forms.CharField(
        label=_("依据"),
        max_length=REASON_LENGTH,
        help_text=_("会记入操作留痕，例如：竞赛方案第四条，总决赛组卷。"),
    )

    def __init__(self, banks: Iterable[Bank], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        _choose(self.fields["banks"], ((one.code, _bank_words(one)) for one in banks))


class TimesForm(forms.Form):
    """When; how long is asked only where the rules do not say it."""

    opens_at = forms.DateTimeField(
        label=_("开考时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={"invalid": _("请按“2022-07-15 09:30”的形式填写日期和时间。")},
    )
    minutes = forms.IntegerField(
        label=_("答题时间（分钟）"), min_value=1, max_value=LONGEST, initial=90
    )

    def __init__(self, minutes: int | None, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        self.fixed = minutes
        if minutes is not None:
            del self.fields["minutes"]

    def times(self) -> dict[str, datetime]:
        opens = self.cleaned_data["opens_at"]
        minutes = self.fixed or self.cleaned_data["minutes"]
        return {"opens_at": opens, "closes_at": opens + timedelta(minutes=minutes)}


class ExamForm(TimesForm):
    paper = forms.ChoiceField(
        label=_("试卷"), help_text=_("这里只列结构合乎竞赛规则、没有启封也没有用过的试卷。")
    )

    def __init__(self, slot: Slot, *args: object, **kwargs: object) -> None:
        super().__init__(slot.event.minutes, *args, **kwargs)
        _choose(self.fields["paper"], ((row.paper.code, row.paper.title) for row in slot.papers))
        self.order_fields(["paper", "opens_at", "minutes"])


class MoveForm(TimesForm):
    reason = forms.CharField(
        label=_("原因"),
        max_length=REASON_LENGTH,
        help_text=_("会记入操作留痕，并通知每一名已编排的选手。"),
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("原因"),
        max_length=REASON_LENGTH,
        help_text=_("会记入操作留痕，并通知每一名已编排的选手。"),
    )
    known = forms.BooleanField(label=_("我知道取消后不能恢复，须另行安排考试"))


class SeatingForm(forms.Form):
    """At which site each delegation sits; those of one name sit together."""

    def __init__(self, seating: Seating, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        for team in seating.open_teams:
            self.fields[f"site-{team.code}"] = forms.CharField(
                label=_("%(team)s的赛点") % {"team": team.name},
                max_length=SITE_LENGTH,
                required=False,
                initial=team.site,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    def sites(self) -> dict[str, str]:
        return {name[5:]: value for name, value in self.cleaned_data.items()}

    def rows(self, seating: Seating) -> list[tuple[TeamSeats, forms.BoundField | None]]:
        """Each delegation with the box of its site, where that can still be chosen."""
        boxes = {team.code: self[f"site-{team.code}"] for team in seating.open_teams}
        return [(team, boxes.get(team.code)) for team in seating.teams]


def _choose(field: forms.Field, choices: Iterable[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def _bank_words(bank: Bank) -> str:
    kind = gettext("竞赛题库") if bank.live else gettext("练习题库，试题已公开")
    told = {"title": bank.title, "kind": kind, "items": bank.item_count}  # type: ignore[attr-defined]  # by the selector
    return gettext("%(title)s（%(kind)s，%(items)s题）") % told


@dataclass(frozen=True, slots=True)
class ConsoleQuery:
    """What the console's address asks for; whatever is not understood asks for nothing."""

    site: str = ""
    state: str = ""
    page: int = 1
    seat: int | None = None

    @classmethod
    def read(cls, data: QueryDict) -> ConsoleQuery:
        return cls(
            site=data.get("site", ""),
            state=data.get("state", "") if data.get("state") in LOOKS else "",
            page=_number(data.get("page")) or 1,
            seat=_number(data.get("seat")),
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What was asked for, for an address or for hidden fields."""
        page = str(self.page) if self.page > 1 else ""
        asked = {"site": self.site, "state": self.state, "page": page, "seat": self.seat or ""}
        return [(name, str(value)) for name, value in asked.items() if value]

    @property
    def chosen(self) -> str:
        return str(self.seat or "")

    @property
    def full(self) -> str:
        return urlencode(self.pairs)

    @property
    def filters(self) -> str:
        """Without the chosen seat, ready to be followed by more."""
        return urlencode([pair for pair in self.pairs if pair[0] != "seat"])

    @property
    def unpaged(self) -> str:
        return urlencode([pair for pair in self.pairs if pair[0] in {"site", "state"}])


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
