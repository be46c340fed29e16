"""What is filled in for orders: the notice, its things, whom it is for, a supplement, a return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitai.orders.columns import TYPES
from leitai.orders.enums import ThingKind
from leitai.orders.models import Order, Recipient, Thing
from leitai.orders.services import Head, Moves, NewThing, Words
from leitai.rulebook.model import Rulebook
from leitai.units.enums import BodyKind, Level, UnitKind

MORE = 2  # empty things under those that are there
_WHEN_WRONG = {"invalid": _("请按“2022-07-15 18:00”的形式填写日期和时间。")}


def _when(label: Any, hint: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        help_text=hint,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages=_WHEN_WRONG,
    )


def _local(at: datetime | None) -> datetime | None:
    return timezone.localtime(at) if at else None


class HeadForm(forms.Form):
    number = forms.CharField(
        label=_("文号"), max_length=60, required=False, help_text=_("没有文号的可以不填。")
    )
    title = forms.CharField(label=_("标题"), max_length=120)
    text = forms.CharField(
        label=_("正文"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    sign_by = _when(_("签收期限"), _("不填则不限期；到期未签收的单位记为逾期。"))

    @classmethod
    def of(cls, order: Order) -> HeadForm:
        told = {name: getattr(order, name) for name in ("number", "title", "text")}
        return cls(initial={**told, "sign_by": _local(order.sign_by)})

    def wanted(self) -> Head:
        return Head(**self.cleaned_data)


class ThingForm(forms.Form):
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("名称"), max_length=80)
    kind = forms.ChoiceField(label=_("类型"), choices=ThingKind.choices, initial=ThingKind.FILE)
    form = forms.ChoiceField(
        label=_("表格"), required=False, help_text=_("类型为“竞赛规则中的表格”时选择。")
    )
    columns = forms.CharField(
        label=_("栏目"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    hint = forms.CharField(label=_("说明"), max_length=300, required=False)
    due_at = _when(_("报送期限"))
    required = forms.BooleanField(label=_("必须报送"), required=False, initial=True)
    record = forms.BooleanField(
        label=_("存档材料，不含个人信息"),
        required=False,
        help_text=_("如实施方案、活动总结：上传的文件长期保留。没有勾选的，保存期满清除。"),
    )

    def __init__(self, *args: Any, law: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(key, form.title) for key, form in law.forms.items()]
        self.fields["form"].choices = [("", _("（不用）")), *own]  # type: ignore[attr-defined]  # a choice field's
        self.fields["columns"].help_text = _(
            "类型为“填报项”或“名单或清单”时填写，每行一栏，如“姓名*”“手机*：手机”"
            "“住宿*：单间、标准间”。星号为必填；类型可写%(types)s，或用顿号列出选项。"
        ) % {"types": "、".join(TYPES)}

    def wanted(self) -> NewThing:
        return NewThing(
            **{name: self.cleaned_data[name] for name in self.fields if name != "DELETE"}
        )


class _Things(forms.BaseFormSet):  # type: ignore[type-arg]  # Django's own is no generic at run time
    def wanted(self) -> list[NewThing]:
        """Those that say something and are not taken away, in the page's order."""
        return [
            one.wanted()
            for one in self.forms
            if one.has_changed() or one.initial.get("pk")
            if not one.cleaned_data.get("DELETE") and one.cleaned_data
        ]


def things_form(order: Order, law: Rulebook, data: Mapping[str, Any] | None = None) -> _Things:
    """The order's things and room for some more."""
    made = forms.formset_factory(
        ThingForm, formset=_Things, extra=MORE, can_delete=True, max_num=30, absolute_max=40
    )
    found: _Things = made(  # type: ignore[assignment]  # of the formset that it was made with
        data, initial=[_told(one) for one in order.things.all()], form_kwargs={"law": law}
    )
    return found


def _told(thing: Thing) -> dict[str, object]:
    names = ("pk", "title", "kind", "form", "columns", "hint", "required", "record")
    return {**{name: getattr(thing, name) for name in names}, "due_at": _local(thing.due_at)}


class LevelForm(forms.Form):
    """A whole level below the issuer."""

    level = forms.ChoiceField(label=_("层级"), choices=Level.choices)
    kind = forms.ChoiceField(
        label=_("发给"),
        choices=[(UnitKind.PLACE.value, UnitKind.PLACE.label), *BodyKind.choices],
    )


class SupplementForm(forms.Form):
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    title = forms.CharField(label=_("标题"), max_length=120)
    text = forms.CharField(
        label=_("正文"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    sign_by = _when(_("签收期限改为"))
    units = forms.MultipleChoiceField(
        label=_("只适用于"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一个都不选，即适用于全部接收单位。"),
    )

    def __init__(
        self, things: Sequence[Thing], recipients: Iterable[Recipient], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._things = {f"due_{one.pk}": one.pk for one in things}
        for one in things:
            label = _("“%(title)s”的期限改为") % {"title": one.title}
            self.fields[f"due_{one.pk}"] = _when(label)
        named = [(str(one.pk), one.name) for one in recipients]
        self.fields["units"].choices = named  # type: ignore[attr-defined]  # a choice field's
        self.order_fields(["number", "title", "text", "sign_by", *self._things, "units"])

    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in ("title", "text", "number")})

    def moves(self) -> Moves:
        given = self.cleaned_data
        return Moves(
            things={pk: given[name] for name, pk in self._things.items() if given.get(name)},
            sign_by=given.get("sign_by"),
            recipients=tuple(int(one) for one in given["units"]),
        )


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("退回原因"),
        max_length=500,
        help_text=_("写明要改什么。报送单位看得到，并记入操作留痕；不要写个人信息。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mend_by = _when(_("重新报送期限"), _("不填则仍按原期限。"))
