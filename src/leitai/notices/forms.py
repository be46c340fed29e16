"""What people fill in: a notice, an objection, its code, and what handlers decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.base.errors import text_of
from leitai.design.moments import SHANGHAI
from leitai.kernel.errors import DomainError, Problems
from leitai.notices import effects
from leitai.notices.enums import EffectKind, NoticeKind, Outcome, Party
from leitai.notices.models import Notice
from leitai.notices.services import Claim, Decision, Draft
from leitai.notices.services.drafting import MOST_DAYS, REASON_LIMIT, TEXT_LIMIT
from leitai.notices.services.filing import TEXT_LIMIT as CLAIM_LIMIT
from leitai.notices.services.ruling import REASON_LIMIT as RULING_LIMIT
from leitai.seasons.models import Entry, Season

Choices = Sequence[tuple[str, str]]
_NONE = [("", _("不选"))]
_ASKED = (("name", "real-name"), ("phone", "phone"), ("id_number", "id-number"))


class SpokenForm(forms.Form):
    """A form that can say what a service refused, and keeps what was typed."""

    places: Mapping[str, str] = {}

    def refuse(self, error: DomainError) -> None:
        problems: Sequence[DomainError] = (
            [DomainError(one.code, **one.data) for one in error.problems]
            if isinstance(error, Problems)
            else [error]
        )
        for one in problems:
            place = self.places.get(one.code)
            self.add_error(place if place in self.fields else None, text_of(one))


class NoticeForm(SpokenForm):
    kind = forms.ChoiceField(
        label=_("类别"),
        choices=NoticeKind.choices,
        help_text=_("公示有期限和名单，期满自动撤下名单；公告没有期限。"),
    )
    basis = forms.ChoiceField(
        label=_("依据"),
        required=False,
        help_text=_("竞赛规则中的公示。规则写明期限的，按规则计算。"),
    )
    subject = forms.ChoiceField(
        label=_("名单"), required=False, help_text=_("姓名、单位和名次，不含身份证号码和电话。")
    )
    title = forms.CharField(label=_("标题"), max_length=120)
    text = forms.CharField(
        label=_("正文"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 8})
    )
    within = forms.IntegerField(
        label=_("公示天数"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("依据的规则已写明期限时留空。"),
    )
    unit = forms.ChoiceField(
        label=_("按什么日计算"), choices=[("days", _("自然日")), ("working-days", _("工作日"))]
    )
    first_day = forms.ChoiceField(
        label=_("发布当日"), choices=[("counts", _("计入")), ("skipped", _("不计入"))]
    )
    by = forms.CharField(
        label=_("发布单位"),
        required=False,
        max_length=120,
        help_text=_("留空用竞赛规则中的主办单位。"),
    )
    channel = forms.CharField(label=_("公示渠道"), required=False, max_length=200)
    contact = forms.CharField(
        label=_("受理异议的方式"),
        required=False,
        max_length=200,
        help_text=_("如受理部门、办公电话、地址。留空用竞赛规则中的内容。"),
    )
    places = {  # read only
        "notice_title_empty": "title",
        "notice_text_empty": "text",
        "notice_text_long": "text",
        "notice_term_missing": "within",
        "notice_term_rules": "within",
        "notice_term_range": "within",
        "notice_basis_unknown": "basis",
        "notice_list_missing": "subject",
        "notice_list_numbers": "subject",
        "notice_text_numbers": "text",
        "notice_list_empty": "subject",
        "notice_list_hidden": "subject",
        "notice_not_published": "subject",
        "notice_subject_unknown": "subject",
    }

    def __init__(self, *given: Any, basis: Choices, subjects: Choices, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["basis"].choices = [*_NONE, *basis]  # type: ignore[attr-defined]  # a choice
        self.fields["subject"].choices = [*_NONE, *subjects]  # type: ignore[attr-defined]  # same

    @staticmethod
    def told_of(notice: Notice) -> dict[str, Any]:
        """A kept draft, as the form shows it again."""
        names = ("kind", "basis", "subject", "title", "text", "by", "channel", "contact")
        term = notice.term or {}
        return {name: getattr(notice, name) for name in names} | {
            key: term[key] for key in ("within", "unit", "first_day") if key in term
        }

    def draft(self) -> Draft:
        return Draft(**self.cleaned_data)


class PublishForm(SpokenForm):
    opens_at = forms.DateTimeField(
        label=_("开始时间"),
        required=False,
        help_text=_("北京时间。留空即现在发布。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    places = {"notice_starts_past": "opens_at", "notice_year_unknown": "opens_at"}

    @property
    def start(self) -> datetime | None:
        given = self.cleaned_data["opens_at"]
        return given.astimezone(SHANGHAI) if given else None


class DownForm(SpokenForm):
    reason = forms.CharField(
        label=_("撤下的原因"), max_length=REASON_LIMIT, help_text=_("公开页面会显示。")
    )


class ObjectionForm(SpokenForm):
    party = forms.ChoiceField(
        label=_("以谁的名义"), choices=Party.choices, widget=forms.RadioSelect
    )
    entry = forms.CharField(
        label=_("所涉参赛编号"),
        required=False,
        max_length=32,
        help_text=_("针对某一名选手的，填其参赛编号；不清楚可不填，在正文写明姓名。"),
    )
    text = forms.CharField(
        label=_("异议事项、事实和理由"),
        max_length=CLAIM_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("写明对哪一项有异议、依据是什么、希望怎样处理。正文中不必写自己的姓名。"),
    )
    unit = forms.CharField(
        label=_("单位全称"), required=False, max_length=120, help_text=_("以单位名义提出时填写。")
    )
    name = forms.CharField(
        label=_("姓名"),
        required=False,
        max_length=50,
        help_text=_(
            "须为真实姓名；以单位名义提出的，填联系人。加密保存，只有办理人因办理需要可以查看。"
        ),
    )
    phone = forms.CharField(
        label=_("手机号码"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    id_number = forms.CharField(
        label=_("身份证号码"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    received_at = forms.DateTimeField(
        label=_("收到的时间"),
        required=False,
        help_text=_("北京时间。书面来件填收件时间，留空即现在。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    remedy = forms.CharField(max_length=64, widget=forms.HiddenInput)
    occasion = forms.CharField(max_length=80, widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(  # a trap: people do not see it, programs fill everything in
        label=_("此栏请留空"), required=False, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )
    places = {  # read only
        "objection_name_needed": "name",
        "objection_phone_needed": "phone",
        "phone_form": "phone",
        "objection_id_needed": "id_number",
        "id_number_form": "id_number",
        "id_number_birth": "id_number",
        "id_number_check": "id_number",
        "objection_unit_needed": "unit",
        "objection_received_later": "received_at",
        "objection_text_empty": "text",
        "objection_text_long": "text",
        "entry_unknown": "entry",
    }

    def __init__(self, *given: Any, known: bool, clerk: bool, **named: Any) -> None:
        """Whoever is signed in is not asked again who they are; a handler registers letters."""
        super().__init__(*given, **named)
        for name in ("name", "phone", "id_number") if known and not clerk else ():
            del self.fields[name]
        if not clerk:
            del self.fields["received_at"]

    @classmethod
    def fresh(cls, remedy: str, occasion: str, *, known: bool, clerk: bool) -> ObjectionForm:
        told = {"nonce": uuid4(), "remedy": remedy, "occasion": occasion, "party": Party.PERSON}
        return cls(initial=told, known=known, clerk=clerk)

    def ask(self, needs: Collection[str]) -> None:
        """Do not call a box free to be left out that the rules ask of a person or of a unit."""
        for name, need in (*_ASKED, ("unit", "")):
            if name in self.fields and (not need or need in needs):
                self.fields[name].asked = True  # type: ignore[attr-defined]  # read by the template

    @override
    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(text_of(DomainError("objection_robot")))
        return self.cleaned_data

    def claim(self, *, evidence: int, seals: int) -> Claim:
        told = {name: value for name, value in self.cleaned_data.items() if name != "website"}
        return Claim(**told, evidence=evidence, seals=seals)


class TrackForm(SpokenForm):
    code = forms.CharField(
        label=_("查询码"),
        max_length=40,
        help_text=_("提交后显示的16位字母和数字，不分大小写，短横可不填。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "data-lt-fragment": ""}
        ),
    )
    places = {"objection_code_wrong": "code"}  # read only


class FurtherForm(SpokenForm):
    """Turn to the next level. `code` is the receipt's, for whoever is not signed in."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("申诉的理由"), max_length=CLAIM_LIMIT, widget=forms.Textarea(attrs={"rows": 6})
    )

    @classmethod
    def fresh(cls, code: str = "") -> FurtherForm:
        return cls(initial={"nonce": uuid4(), "code": code}, prefix="further")


class ReasonForm(SpokenForm):
    text = forms.CharField(
        label=_("理由"), max_length=CLAIM_LIMIT, widget=forms.Textarea(attrs={"rows": 4})
    )


class NoteForm(SpokenForm):
    text = forms.CharField(
        label=_("办理情况"),
        max_length=CLAIM_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("调阅了什么、核对结果如何。只有办理人看得到。"),
    )


class MergeForm(SpokenForm):
    into = forms.IntegerField(label=_("并入第几号"), min_value=1)
    places = {"objection_merge_same": "into", "objection_merge_other": "into"}


class RevealForm(SpokenForm):
    reason = forms.CharField(
        label=_("查看的原因"), max_length=200, help_text=_("记入操作留痕，监督人员可以看到。")
    )
    places = {  # read only
        "objection_reveal_reason": "reason",
        "objection_names_objector": "reason",
    }


class RulingForm(SpokenForm):
    """The decision; marks of the entries that are looked at stand beside it as plain inputs."""

    outcome = forms.ChoiceField(label=_("结论"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("查明的事实、依据和理由"),
        max_length=RULING_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("提出人会读到全文。不要写出异议人的姓名、单位和号码。"),
    )
    nothing = forms.BooleanField(label=_("成立，但成绩和名单不作变动"), required=False)
    places = {  # read only
        "ruling_reason_empty": "reason",
        "ruling_reason_long": "reason",
        "objection_names_objector": "reason",
        "ruling_effect_unwanted": "outcome",
        "ruling_note_only": "outcome",
        "ruling_effect_needed": "nothing",
    }

    @staticmethod
    def changes() -> list[tuple[str, Any]]:
        """What a ruling may do to an entry besides its marks."""
        return [*_NONE, *((one.value, one.label) for one in EffectKind if one != EffectKind.SCORE)]

    def decision(self, season: Season, entries: Sequence[Entry]) -> Decision:
        """Raises DomainError for a mark that cannot be one, and for an entry that is not there."""
        told = self.cleaned_data
        found = [
            one
            for place, entry in enumerate(entries)
            for one in _effects(season, place, entry, self.data)
        ]
        return Decision(
            outcome=told["outcome"],
            reason=told["reason"],
            effects=found,
            nothing=told["nothing"],
        )


def _effects(
    season: Season, place: int, entry: Entry, data: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Each mark that differs from the one that stands is a correction."""

    def given(name: str, held: str) -> str:
        return str(data.get(effects.box(place, name), held)).strip()

    found = []
    for mark in effects.marks_of(season, entry):
        value = given(f"value-{mark.event}", mark.value)
        held = {name: value for name, _title, value in mark.keys}
        keys = {name: given(f"key-{mark.event}-{name}", was) for name, was in held.items()}
        if value != mark.value or keys != held:
            found.append(effects.score_effect(season, entry, mark.event, value, keys))
    change = given("change", "")
    if change:
        found.append(effects.entry_effect(change, entry))
    return found
