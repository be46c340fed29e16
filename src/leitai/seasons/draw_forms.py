"""What people fill in for draws: the plan, a secret, public numbers, a hand draw's calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.base.words import remarked
from leitai.kernel.draw import Constraint
from leitai.kernel.draw_manifest import Group, Public
from leitai.seasons.enums import AbsentRule, DrawSource
from leitai.seasons.errors import TEXTS
from leitai.seasons.models import Draw
from leitai.seasons.services import DrawPlan, Witness

MOST_ROWS = 2000
_GAP = re.compile(r"[\s,，、;；]+")
_WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
_WHEN_WRONG = {"invalid": _("请按“2022-07-15 09:30”的形式填写日期和时间。")}


def _when(label: Any, help_text: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, widget=_WHEN, error_messages=_WHEN_WRONG, help_text=help_text
    )


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def roster_of(text: str) -> list[tuple[str, str]]:
    """Each line an id and, after white space or a comma, its name."""
    rows = []
    for line in text.splitlines():
        code, _sign, name = re.sub(r"[\t,，]", " ", line.strip()).partition(" ")
        if code:
            rows.append((code, name.strip()))
    return rows


def roster_text(roster: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"{code} {name}" for code, name in roster)


class RosterForm(forms.Form):
    """The list: also the last mending of names before it is frozen."""

    roster = forms.CharField(
        label=_("抽签名单"),
        widget=_lines(8),
        help_text=_("每行一个：编号，空一格，名称。编号在抽签中代替姓名，公布后不能增减。"),
    )

    def clean_roster(self) -> list[tuple[str, str]]:
        rows = roster_of(self.cleaned_data["roster"])
        if not 1 < len(rows) <= MOST_ROWS:
            raise forms.ValidationError(_("名单应有2至2000行。请更正。"))
        return rows


class _NewForm(RosterForm):
    purpose = forms.CharField(
        label=_("抽签事项"), max_length=200, help_text=_("例如：总决赛现场比试出场次序。")
    )
    replaces = forms.ChoiceField(
        label=_("接替"),
        required=False,
        help_text=_("同一事项曾有抽签终止的，在此选定它。"),
    )
    field_order = ("purpose", "roster")

    def __init__(self, aborted: Sequence[Draw], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._aborted = {str(draw.number): draw for draw in aborted}
        field = self.fields["replaces"]
        if isinstance(field, forms.ChoiceField):
            named = [
                (key, remarked(_("第%(number)s号") % {"number": key}, draw.purpose))
                for key, draw in self._aborted.items()
            ]
            field.choices = [("", _("不接替")), *named]

    def clean_replaces(self) -> Draw | None:
        return self._aborted.get(self.cleaned_data["replaces"])


class HandForm(_NewForm):
    absent_rule = forms.ChoiceField(
        label=_("缺席的处理办法"),
        choices=AbsentRule.choices,
        help_text=_("开抽前宣布，开抽后不能更改。"),
    )


class PlanForm(_NewForm):
    """The manifest of a draw-1, in the words of an office."""

    reveal_by = _when(_("公开秘密数的截止时间"))
    source_kind = forms.ChoiceField(label=_("公开数字的来源"), choices=DrawSource.choices)
    source_identity = forms.CharField(
        label=_("来源的确切说明"),
        max_length=300,
        help_text=_("谁、在哪里、用什么产生，或哪一种彩票的哪一期，不留两种读法。"),
    )
    source_at = _when(_("公开数字产生的时间"), _("须晚于公开秘密数的截止时间。"))
    groups = forms.CharField(
        label=_("公开数字的个数和范围"),
        widget=_lines(2),
        required=False,
        help_text=_("每组一行：个数、最小值、最大值，例如六枚骰子写“6 1 6”。drand不填。"),
    )
    fallback = forms.CharField(
        label=_("备用办法"), max_length=300, help_text=_("来源未能按时产生时怎么办。")
    )
    apart = forms.CharField(
        label=_("互不相邻的组"),
        widget=_lines(3),
        required=False,
        help_text=_("每行一组编号，以空格分开；同一组的不前后相连。"),
    )
    not_first = forms.CharField(
        label=_("不排在第一的编号"), max_length=2000, required=False, help_text=_("以空格分开。")
    )
    relax = forms.ChoiceField(
        label=_("无法满足时先放宽"),
        choices=[("apart", _("互不相邻")), ("not_first", _("不排在第一"))],
        required=False,
        help_text=_("连续10000次尝试都不满足时，才依次放宽。"),
    )
    third = forms.CharField(
        label=_("选手代表"),
        max_length=120,
        required=False,
        help_text=_("填写后，选手代表也须提交秘密数。例如：各代表队领队推举的代表。"),
    )
    third_account = forms.CharField(
        label=_("选手代表的登录名"),
        max_length=150,
        required=False,
        help_text=_("不填时，任一领队都可代表选手。"),
    )

    def clean_groups(self) -> list[Group]:
        found = []
        for line in self.cleaned_data["groups"].splitlines():
            parts = [part for part in _GAP.split(line.strip()) if part]
            if not parts:
                continue
            if len(parts) != 3 or not all(re.fullmatch(r"[0-9]{1,9}", one) for one in parts):
                raise forms.ValidationError(_("每组写三个整数：个数、最小值、最大值。"))
            found.append(Group(*map(int, parts)))
        return found

    def clean_apart(self) -> list[tuple[str, ...]]:
        lines = self.cleaned_data["apart"].splitlines()
        groups = [tuple(one for one in _GAP.split(line) if one) for line in lines]
        return [group for group in groups if group]

    def clean_not_first(self) -> tuple[str, ...]:
        return tuple(one for one in _GAP.split(self.cleaned_data["not_first"]) if one)

    def plan(self) -> DrawPlan:
        """The service's words for it; call when valid."""
        data = self.cleaned_data
        kinds = [name for name in ("apart", "not_first") if data[name]]
        found = {
            "apart": Constraint("apart", tuple(data["apart"])),
            "not_first": Constraint("not_first", (data["not_first"],)),
        }
        first = data["relax"] or "apart"
        relax = sorted(range(len(kinds)), key=lambda at: kinds[at] != first)
        return DrawPlan(
            purpose=data["purpose"],
            roster=data["roster"],
            source_kind=data["source_kind"],
            source_identity=data["source_identity"],
            source_at=data["source_at"],
            groups=data["groups"],
            reveal_by=data["reveal_by"],
            fallback=data["fallback"],
            constraints=[found[name] for name in kinds],
            relax=relax,
            third=data["third"],
            third_account=data["third_account"],
        )


class CommitForm(forms.Form):
    role = forms.CharField(widget=forms.HiddenInput)
    secret = forms.CharField(
        label=_("秘密数"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-lt-secret": ""}),
        help_text=_("至少32位十六进制数，不得告诉他人。请点“生成”，再抄下或打印保存，公开时要用。"),
    )
    commitment = forms.CharField(
        label=_("承诺值"),
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-lt-commitment": ""}),
        help_text=_("秘密数的SHA-256，由本机算出。提交的只是它。"),
    )
    keep = forms.BooleanField(
        label=_("由平台封存秘密数，到时代为公开"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-lt-keep": ""}),
    )


class RevealForm(forms.Form):
    role = forms.CharField(widget=forms.HiddenInput)
    secret = forms.CharField(
        label=_("秘密数"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("由平台封存的不必填写。"),
    )


class WitnessForm(forms.Form):
    """Two people who saw it; neither is the one who keys."""

    name_1 = forms.CharField(label=_("见证人一"), max_length=60)
    post_1 = forms.CharField(label=_("见证人一的单位和职务"), max_length=120)
    account_1 = forms.CharField(label=_("见证人一的登录名"), max_length=150, required=False)
    name_2 = forms.CharField(label=_("见证人二"), max_length=60)
    post_2 = forms.CharField(label=_("见证人二的单位和职务"), max_length=120)
    account_2 = forms.CharField(label=_("见证人二的登录名"), max_length=150, required=False)

    def witnesses(self) -> list[Witness]:
        data = self.cleaned_data
        return [
            Witness(data[f"name_{one}"], data[f"post_{one}"], data[f"account_{one}"])
            for one in (1, 2)
        ]


class SourceForm(WitnessForm):
    """The numbers are typed twice: once entered they are on the ledger."""

    numbers = forms.CharField(
        label=_("公开数字"),
        widget=_lines(2),
        help_text=_("每组一行，以空格分开；drand填公布的随机值原文。"),
    )
    again = forms.CharField(label=_("再填一次公开数字"), widget=_lines(2))
    fallback = forms.BooleanField(label=_("启用了备用办法"), required=False)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)
    field_order = ("numbers", "again", "fallback", "note")

    def clean_again(self) -> str:
        if _parts(self.cleaned_data["again"]) != _parts(self.cleaned_data.get("numbers", "")):
            raise forms.ValidationError(TEXTS["draw_numbers_again"])
        return str(self.cleaned_data["again"])

    def public(self, kind: str) -> Public:
        """Numbers in their groups, or the drand value as it was typed."""
        text = self.cleaned_data["numbers"]
        if kind == DrawSource.DRAND or re.search(r"[a-fA-F]", text):
            return Public(value="".join(text.split()).lower())
        return Public(tuple(tuple(map(int, line)) for line in _parts(text)))

    def clean_numbers(self) -> str:
        text = str(self.cleaned_data["numbers"])
        hexed = re.fullmatch(r"[0-9a-fA-F]{64}", "".join(text.split()))
        if not hexed and not all(
            re.fullmatch(r"[0-9]{1,9}", one) for line in _parts(text) for one in line
        ):
            raise forms.ValidationError(_("公开数字只用数字，以空格分开。请更正。"))
        return text


def _parts(text: str) -> list[list[str]]:
    lines = ([one for one in _GAP.split(line) if one] for line in text.splitlines())
    return [line for line in lines if line]


class CallForm(forms.Form):
    """A member and the number on its ball."""

    member = forms.ChoiceField(label=_("抽签人"))
    number = forms.IntegerField(label=_("抽到的号"), min_value=1, required=False)
    absent = forms.BooleanField(label=_("缺席"), required=False)

    def __init__(self, waiting: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, remarked(name, code)) for code, name in waiting]


class CorrectForm(forms.Form):
    seq = forms.IntegerField(label=_("更正第几条"), min_value=1)
    number = forms.IntegerField(
        label=_("应为几号"),
        min_value=1,
        required=False,
        help_text=_("不填则撤回这一条，重新登记。"),
    )
    reason = forms.CharField(label=_("原因"), max_length=200)


class AbortForm(forms.Form):
    reason = forms.CharField(label=_("终止的原因"), max_length=300)
