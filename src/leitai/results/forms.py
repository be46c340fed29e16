"""What the office fills in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from typing_extensions import override

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.results.enums import UpwardKind
from leitai.results.errors import TEXTS
from leitai.results.selectors import Tie
from leitai.results.selectors.correcting import MarkPage
from leitai.results.selectors.deciding import AwardPage, TiePage
from leitai.results.services import Correction
from leitai.rulebook import numbers
from leitai.seasons.enums import ScoreStatus

MOST_NUMBERS = 40
_NUMBERS = re.compile(r"\d{1,9}([\s,，、;；]+\d{1,9})*", re.ASCII)
_GAP = re.compile(r"[\s,，、;；]+")
_NOT_THE_FORMS = frozenset({"forbidden", "not_found"})


class DrawForm(forms.Form):
    """The public numbers that decide a draw, and who saw them."""

    numbers = forms.CharField(
        label=_("公开数字"),
        max_length=400,
        help_text=_("当众掷出的骰子点数，或事先约定的公开开奖号码，以逗号或空格分开。"),
    )
    note = forms.CharField(
        label=_("见证人"), max_length=200, help_text=_("在场见证人的姓名和职务。")
    )

    def clean_numbers(self) -> list[int]:
        text = self.cleaned_data["numbers"].strip()
        if not _NUMBERS.fullmatch(text):
            raise forms.ValidationError(TEXTS["result_draw_numbers"])
        found = [int(number) for number in re.findall(r"\d+", text)]
        if len(found) > MOST_NUMBERS:
            raise forms.ValidationError(TEXTS["result_draw_numbers"])
        return found


def form_id(index: int) -> str:
    """Each tie's form stands on the same page: their fields need ids of their own."""
    return f"tie-{index}-%s"


def draws_of(
    ties: Sequence[Tie], filled: DrawForm | None = None, at: int = -1
) -> list[tuple[Tie, DrawForm]]:
    """Pair each tie with a form: the one that was filled in, or an empty one."""
    return [
        (tie, filled if filled and tie.index == at else DrawForm(auto_id=form_id(tie.index)))
        for tie in ties
    ]


def refuse(form: forms.Form, error: DomainError) -> None:
    """A service's refusal on the form, so that what was typed stays; never who may at all."""
    if error.code in _NOT_THE_FORMS:
        raise error
    for problem in error.problems if isinstance(error, Problems) else (error,):
        form.add_error(None, text_of(problem))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CorrectionForm(forms.Form):
    """The mark as it should be, and why. The event's further figures have a field each."""

    status = forms.ChoiceField(
        label=_("成绩状态"), choices=ScoreStatus.choices, initial=ScoreStatus.OK
    )
    value = forms.CharField(label=_("更正后的成绩"), max_length=16, required=False)
    reason = forms.CharField(
        label=_("更正的理由"),
        max_length=300,
        widget=_area(3),
        help_text=_("写明错在哪里、依据什么更正，例如：异议处理决定的文号。"),
    )

    def __init__(self, page: MarkPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._page = page
        self.fields["value"].initial = page.figure
        places = page.event.decimals
        self.fields["value"].help_text = _("最多%(decimals)s位小数。") % {"decimals": places}
        for code, title, unit, figure in page.keys:
            label = f"{title}（{unit}）" if unit else title
            self.fields[f"key_{code}"] = forms.CharField(
                label=label, max_length=16, required=False, initial=figure
            )
        self.order_fields(["status", "value", *(f"key_{key[0]}" for key in page.keys), "reason"])

    @property
    def figures(self) -> list[forms.BoundField]:
        return [self[f"key_{key[0]}"] for key in self._page.keys]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        event = self._page.event
        ranked = data.get("status") == ScoreStatus.OK
        data["scaled"] = self._scaled("value", event.decimals) if ranked else 0
        data["keys"] = {}
        for code, key in event.keys.items():
            if ranked and data.get(f"key_{code}"):
                data["keys"][code] = self._scaled(f"key_{code}", key.decimals)
        return data

    def _scaled(self, name: str, decimals: int) -> int:
        text = str(self.cleaned_data.get(name, "")).strip()
        if numbers.is_decimal(text) and numbers.fits(numbers.parse(text), decimals):
            return int(numbers.parse(text) * 10**decimals)
        self.add_error(name, text_of(DomainError("correction_number", decimals=decimals)))
        return 0

    def wanted(self) -> Correction:
        page = self._page
        return Correction(
            stage=page.stage.code,
            track=page.track,
            event=page.code,
            entry=page.entry.code,
            value=self.cleaned_data["scaled"],
            status=self.cleaned_data["status"],
            keys=self.cleaned_data["keys"],
        )


class DecisionForm(forms.Form):
    """What a body decided of a tie: its whole order, who was there, and the meeting."""

    witnesses = forms.CharField(
        label=_("见证人"),
        required=False,
        max_length=600,
        widget=_area(3),
        help_text=_("每行一人，写姓名和职务。"),
    )
    note = forms.CharField(
        label=_("会议和经过"),
        max_length=300,
        widget=_area(3),
        help_text=_("何时何地由谁决定，例如：7月18日组委会会议，到会9人，8票赞成。"),
    )

    def __init__(self, page: TiePage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._codes = () if page.tie.confirms else tuple(row[0] for row in page.rows)
        last = len(self._codes)
        for number, row in enumerate(page.rows if self._codes else (), start=1):
            self.fields[f"place_{number}"] = forms.IntegerField(
                label=_("%(name)s（%(delegation)s）名次") % {"name": row[1], "delegation": row[2]},
                min_value=1,
                max_value=last,
            )
        self.fields["witnesses"].required = bool(self._codes)

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[f"place_{number}"] for number in range(1, len(self._codes) + 1)]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said = {
            data.get(f"place_{number}"): code for number, code in enumerate(self._codes, start=1)
        }
        if not self.errors and len(said) < len(self._codes):
            self.add_error(None, text_of(DomainError("result_order")))
        data["order"] = [said[place] for place in sorted(place for place in said if place)]
        return data

    def wanted(self) -> dict[str, Any]:
        return {
            "order": self.cleaned_data["order"],
            "witnesses": _lines(self.cleaned_data["witnesses"]),
            "note": self.cleaned_data["note"],
        }


class AwardForm(forms.Form):
    """To whom a body gives an award: delegations to tick, or persons by their numbers."""

    track = forms.ChoiceField(label=_("赛项"))
    holders = forms.MultipleChoiceField(
        label=_("获奖的代表队"), widget=forms.CheckboxSelectMultiple, required=False
    )
    codes = forms.CharField(
        label=_("获奖人的参赛编号"),
        required=False,
        max_length=8000,
        widget=_area(6),
        help_text=_("每行一个，按宣布的次序。"),
    )
    witnesses = forms.CharField(label=_("见证人"), required=False, max_length=600, widget=_area(2))
    note = forms.CharField(label=_("会议和依据"), max_length=300, widget=_area(3))

    def __init__(self, page: AwardPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tracks, holders = self.fields["track"], self.fields["holders"]
        if isinstance(tracks, forms.ChoiceField):
            tracks.choices = page.tracks
            tracks.initial = page.tracks[0][0]
        if len(page.tracks) == 1:
            tracks.required = False
            tracks.widget = forms.HiddenInput()
        if page.choices and isinstance(holders, forms.MultipleChoiceField):
            holders.choices = page.choices
            del self.fields["codes"]
        else:
            del self.fields["holders"]
        self._only = page.tracks[0][0]

    def wanted(self) -> dict[str, Any]:
        data = self.cleaned_data
        codes = [one for one in _GAP.split(data.get("codes", "")) if one]
        return {
            "track": data["track"] or self._only,
            "holders": [*data.get("holders", ()), *codes],
            "witnesses": _lines(data["witnesses"]),
            "note": data["note"],
        }


class MovingForm(forms.Form):
    stage = forms.SlugField(widget=forms.HiddenInput())
    reason = forms.CharField(label=_("递补的理由"), max_length=300, widget=_area(2))


class MarksForm(forms.Form):
    """A signed list: of which event, the file, and who stands behind it."""

    of = forms.ChoiceField(label=_("阶段和科目"))
    file = forms.FileField(
        label=_("成绩表"), help_text=_("xlsx或CSV。列：参赛编号（或姓名和代表队）、成绩、备注。")
    )
    by = forms.CharField(label=_("报送单位或人员"), max_length=120)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, choices: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["of"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class UpwardForm(forms.Form):
    """A new list for the level above."""

    goal = forms.ChoiceField(label=_("上级赛事"), required=False)
    title = forms.CharField(label=_("名单名称"), max_length=120)
    to = forms.CharField(label=pgettext_lazy("upper", "报送单位"), max_length=120)

    def __init__(self, goals: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["goal"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("竞赛规则未列，另行填写")), *goals]


class UpwardAddForm(forms.Form):
    """More people for a list, by their numbers or names; others are ticked beside it."""

    codes = forms.CharField(
        label=_("参赛编号或姓名"),
        required=False,
        max_length=8000,
        widget=_area(3),
        help_text=_("可以从表格中整列粘贴，编号、姓名都可以，列在名单末尾。"),
    )
    kind = forms.ChoiceField(label=_("类别"), choices=UpwardKind.choices)

    def clean_codes(self) -> list[str]:
        return [one for one in _GAP.split(self.cleaned_data["codes"]) if one]


class AnswerForm(forms.Form):
    """The answer of the level above, and the paper that it came by."""

    file = forms.FileField(
        label=_("结果表"),
        help_text=_("xlsx或CSV。列：姓名、单位、是否入选、名次、成绩、称号。"),
    )
    source = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("公布结果的文件名称和文号。")
    )
    contest = forms.CharField(
        label=_("赛事名称"),
        required=False,
        max_length=64,
        help_text=_("入选者参加的赛事，记入参赛经历；以后的资格审核按此名称查对。"),
    )
    day = forms.DateField(
        label=_("公布日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
