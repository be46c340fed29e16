"""What the office fills in for a match, and what a recorder keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitai.bank.models import Bank
from leitai.live.models import Match
from leitai.live.selectors.matches import Slot
from leitai.live.services import SeatPlan
from leitai.rulebook.model.live import Live
from leitai.seasons.models import Draw, Entry

LOCAL = "%Y-%m-%dT%H:%M"
TYPES = (
    ("single", _("单项选择题")),
    ("multiple", _("多项选择题")),
    ("truefalse", _("判断题")),
    ("blank", _("填空题")),
)


class PlanForm(forms.Form):
    slot = forms.ChoiceField(label=_("科目"))
    title = forms.CharField(
        label=_("场次名称"), max_length=80, help_text=_("大屏和席位卡上显示，例如：决赛第一场。")
    )
    starts_at = forms.DateTimeField(
        label=_("开始时间"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={"invalid": _("请按“2022-07-15 09:30”的形式填写日期和时间。")},
    )

    def __init__(self, slots: Iterable[Slot], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.slots = {one.code: one for one in slots}
        field = self.fields["slot"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.code, one.title) for one in self.slots.values()]

    def chosen(self) -> Slot:
        return self.slots[self.cleaned_data["slot"]]


class SeatsForm(forms.Form):
    """A line a seat: the entry, and what the rules ask beside it. Empty lines are left out."""

    def __init__(
        self,
        match: Match,
        live: Live,
        entries: Iterable[Entry],
        data: QueryDict | None = None,
        plans: Sequence[SeatPlan] = (),
    ) -> None:
        super().__init__(data)
        self.live = live
        self.roles = sorted({one.present for one in live.segments if one.present})
        self.count = max(live.seats[1] if live.seats else 8, len(match.seats), len(plans))
        said = {one.seat: one for one in plans or _plans(match)}
        choices = [("", "—")] + [
            (one.code, f"{one.code} {one.name}（{one.delegation.name}）") for one in entries
        ]
        for at in range(1, self.count + 1):
            self._seat(str(at), said.get(str(at)), choices)

    def _seat(self, seat: str, said: SeatPlan | None, choices: list[tuple[str, str]]) -> None:
        of = {"seat": seat}
        self.fields[f"entry-{seat}"] = forms.ChoiceField(
            label=gettext("第%(seat)s席参赛对象") % of,
            choices=choices,
            required=False,
            initial=said.entry if said else "",
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.fields[f"name-{seat}"] = _text(
            gettext("第%(seat)s席大屏名称") % of, 40, said.name if said else ""
        )
        if self.live.carried:
            self.fields[f"figure-{seat}"] = _text(
                gettext("第%(seat)s席带入分") % of, 12, said.figure if said else ""
            )
        if self.live.members > 1:
            self.fields[f"members-{seat}"] = forms.CharField(
                label=gettext("第%(seat)s席队员") % of,
                required=False,
                initial="\n".join(said.members) if said else "",
                widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
            )

        if self.roles:
            self.fields[f"present-{seat}"] = forms.MultipleChoiceField(
                label=gettext("第%(seat)s席到场") % of,
                choices=[(role, role) for role in self.roles],
                required=False,
                initial=list(said.present) if said else [],
                widget=forms.CheckboxSelectMultiple,
            )

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The boxes of each seat, in the order in which the page shows them."""
        kinds = ("entry", "name", "figure", "members", "present")
        return [
            (str(at), [self[f"{kind}-{at}"] for kind in kinds if f"{kind}-{at}" in self.fields])
            for at in range(1, self.count + 1)
        ]

    def plans(self) -> list[SeatPlan]:
        given = self.cleaned_data
        return [
            SeatPlan(
                str(at),
                given[f"entry-{at}"],
                given.get(f"figure-{at}", ""),
                given.get(f"name-{at}", ""),
                tuple(
                    line.strip()
                    for line in given.get(f"members-{at}", "").splitlines()
                    if line.strip()
                ),
                tuple(given.get(f"present-{at}", ())),
            )
            for at in range(1, self.count + 1)
            if given.get(f"entry-{at}")
        ]


class DrawForm(forms.Form):
    """A draw whose lots are entry codes fills the seats, for the office to look at and save."""

    draw = forms.ChoiceField(label=_("用抽签结果"), required=False)

    def __init__(self, draws: Iterable[Draw], data: QueryDict | None = None) -> None:
        super().__init__(data)
        field = self.fields["draw"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (one.number, gettext("第%(number)s号 %(purpose)s") % vars(one)) for one in draws
            ]


class QuestionsForm(forms.Form):
    """Of which banks, and how many for each segment; nobody reads what is drawn."""

    banks = forms.MultipleChoiceField(
        label=_("题库"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个题库。")},
    )
    types = forms.MultipleChoiceField(
        label=_("题型"),
        choices=TYPES,
        initial=[code for code, _title in TYPES],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        banks: Iterable[Bank],
        segments: Iterable[tuple[str, str, int | None]],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        field = self.fields["banks"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(one.code, one.title) for one in banks]
        self.segments = [name for name, _title, _count in segments]
        for name, title, count in segments:
            self.fields[f"count-{name}"] = forms.IntegerField(
                label=gettext("%(segment)s题数") % {"segment": title},
                min_value=0,
                max_value=500,
                initial=count or 10,
            )
        self.fields["spares"] = forms.IntegerField(
            label=gettext("备用题数"),
            min_value=0,
            max_value=100,
            initial=5,
            help_text=gettext("题目作废、难分先后需换题时使用。"),
        )

    def counts(self) -> dict[str, int]:
        return {name: self.cleaned_data[f"count-{name}"] for name in self.segments}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)
    seat = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


class CardForm(forms.Form):
    code = forms.CharField(
        label=_("席位码"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "data-lt-fragment": ""}
        ),
        help_text=_("席位卡上的16位字母和数字，横线可以不输。"),
    )

    def clean_code(self) -> str:
        """A scanner that types like a keyboard sends the card's whole address."""
        return str(self.cleaned_data["code"]).rpartition("#")[2]


class PaddlesForm(forms.Form):
    order = forms.CharField(
        label=_("举牌先后"),
        max_length=200,
        help_text=_(
            "按先后填写席位号，用“>”、逗号或者空格隔开，例如“3>1>2”。只看清第一名的，只填第一名。"
        ),
    )
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def seats(self) -> list[str]:
        return [one for one in re.split(r"[>＞》,，、.。\s]+", self.cleaned_data["order"]) if one]


def _text(label: str, most: int, initial: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        initial=initial,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


def _plans(match: Match) -> list[SeatPlan]:
    """The seats as they were saved."""
    return [
        SeatPlan(
            seat,
            value.partition("=")[0],
            value.partition("=")[2],
            match.names.get(seat, ""),
            tuple(match.members.get(seat, {}).values()),
            tuple(match.present.get(seat, ())),
        )
        for seat, value in match.seats.items()
    ]
