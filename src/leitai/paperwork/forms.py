"""What the office fills in: an upload, costs, the terms of a list of payments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.base.errors import text_of
from leitai.base.words import remarked
from leitai.kernel.errors import DomainError
from leitai.paperwork.enums import Subject
from leitai.paperwork.packs import Heading
from leitai.paperwork.services import LABOUR, PRIZES
from leitai.rulebook.model import Rulebook

HEADING = 120
_FILE = {"accept": ".docx,.xlsx"}


def heading_of(posted: Mapping[str, str]) -> Heading:
    """What the office adds to an official print; a line each, cut to what a line holds."""
    told = {one.name: posted.get(one.name, "").strip()[:HEADING] for one in fields(Heading)}
    return Heading(**told)


class _Refusing(forms.Form):
    def refuse(self, error: DomainError, places: dict[str, str]) -> None:
        """Show a refusal where the person can mend it."""
        place = places.get(error.code)
        self.add_error(place if place in self.fields else None, text_of(error))


class ReplaceForm(_Refusing):
    file = forms.FileField(
        label=_("模板文件"),
        widget=forms.ClearableFileInput(attrs=_FILE),
        help_text=_("docx或xlsx，不超过10 MB，不含宏。"),
    )


class UploadForm(ReplaceForm):
    title = forms.CharField(label=_("模板名称"), max_length=80)
    subject = forms.ChoiceField(label=_("填写对象"), choices=Subject.choices)
    stage = forms.ChoiceField(
        label=_("名单取自"),
        required=False,
        help_text=_("每名选手、每支代表队或整个赛季一份的，请选择阶段。"),
    )
    form = forms.ChoiceField(
        label=_("报送表"), required=False, help_text=_("按报送表填写的，请选择是哪一张。")
    )
    field_order = ("title", "subject", "stage", "form", "file")

    def __init__(self, law: Rulebook, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(code, stage.title) for code, stage in law.stages.items()]
        listed = [(code, remarked(one.title, one.annex) if one.annex else one.title)
                  for code, one in law.forms.items()]  # fmt: skip
        for name, choices in (("stage", stages), ("form", listed)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("（不选）")), *choices]


class CostForm(_Refusing):
    text = forms.CharField(
        label=_("经费承担"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("每行一项，如：选拔赛费用由各代表队派出单位承担。会写入活动总结和发放表。"),
    )


class ReasonForm(_Refusing):
    reason = forms.CharField(
        label=_("调取个人号码的原因"),
        max_length=200,
        help_text=_("会记入操作留痕。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PaymentForm(ReasonForm):
    """`kind` says which list; the amounts stand under names of their own."""

    kind = forms.ChoiceField(choices=[(PRIZES, PRIZES), (LABOUR, LABOUR)], widget=forms.HiddenInput)
    tax = forms.DecimalField(
        label=_("代扣税率（%）"),
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        initial=Decimal(0),
        help_text=_("不由发放单位代扣的填0；税额四舍五入到分。"),
    )
    field_order = ("kind", "tax", "reason")

    def __init__(
        self, sums: list[tuple[str, str, Decimal | None]], kind: str, *args: Any, **kwargs: Any
    ) -> None:
        kwargs.setdefault("prefix", kind)
        kwargs.setdefault("initial", {"kind": kind})
        super().__init__(*args, **kwargs)
        self.names: dict[str, str] = {}
        for number, (what, label, known) in enumerate(sums):
            name = f"sum-{number}"
            self.names[name] = what
            self.fields[name] = forms.DecimalField(
                label=label,
                min_value=Decimal(0),
                max_digits=10,
                decimal_places=2,
                initial=known,
                required=kind == PRIZES,
            )
        self.order_fields(["kind", *self.names, "tax", "reason"])

    @property
    def amounts(self) -> dict[str, Decimal]:
        """By the sum's name what was filled in."""
        return {
            what: self.cleaned_data[name]
            for name, what in self.names.items()
            if self.cleaned_data.get(name) is not None
        }

    @property
    def sums(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]
