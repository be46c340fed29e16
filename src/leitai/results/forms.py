"""What the office fills in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.results.errors import TEXTS
from leitai.results.selectors import Tie

MOST_NUMBERS = 40
_NUMBERS = re.compile(r"\d{1,9}([\s,，、;；]+\d{1,9})*", re.ASCII)


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
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        if len(numbers) > MOST_NUMBERS:
            raise forms.ValidationError(TEXTS["result_draw_numbers"])
        return numbers


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
