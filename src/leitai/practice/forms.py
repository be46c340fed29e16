"""The forms of the learner's pages and of the office's shelf."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from leitai.bank import services as bank
from leitai.bank.enums import ReportKind
from leitai.bank.models import ItemVersion
from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.practice.enums import Cause
from leitai.practice.models import Learner, Mark
from leitai.practice.services import marking_up, outside
from leitai.practice.services.learning import MINUTES


class MarkForm(forms.Form):
    """One form a part, all on one page: what is not in the request stays as it is."""

    favourite = forms.BooleanField(required=False)
    cause = forms.ChoiceField(label=_("错因"), choices=Cause.choices, required=False)
    note = forms.CharField(
        label=_("笔记"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @staticmethod
    def told(mark: Mark | None) -> dict[str, Any]:
        return {"cause": mark.cause, "note": mark.note} if mark else {}

    def write(self, *, learner: Learner, item: int, at: datetime) -> None:
        place: dict[str, Any] = {"learner": learner, "item": item, "at": at}
        if "favourite" in self.data:
            wanted = self.data["favourite"] == "1"
            marking_up.set_favourite(**place, favourite=wanted)
        if "cause" in self.data:
            marking_up.set_cause(**place, cause=self.cleaned_data["cause"])
        if "note" in self.data:
            marking_up.set_note(**place, note=self.cleaned_data["note"])


class ReportForm(forms.Form):
    """试题纠错: what is wrong, in which words."""

    kind = forms.ChoiceField(label=_("问题"), choices=ReportKind.choices)
    words = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        help_text=_("写明哪里不对、依据哪一条，办公室好核对。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def file(self, actor: Actor, version: ItemVersion, season: str, page: str) -> bool:
        """Whether it was taken in; otherwise the form says why not."""
        try:
            bank.file_report(
                actor=actor,
                version=version,
                season=season,
                kind=self.cleaned_data["kind"],
                words=self.cleaned_data["words"],
                page=page,
                at=timezone.now(),
            )
        except DomainError as error:
            field = "words" if error.code == "report_words_missing" else None
            self.add_error(field, ValidationError(text_of(error)))
            return False
        return True


class SettingsForm(forms.Form):
    minutes = forms.IntegerField(
        label=_("每天学几分钟"),
        min_value=MINUTES[0],
        max_value=MINUTES[1],
        help_text=_("按此安排每天的复习和新题，随时可改。"),
    )
    hidden = forms.BooleanField(
        label=_("不进入排行榜"), required=False, help_text=_("积分和称号照常计算。")
    )

    @staticmethod
    def told(learner: Learner) -> dict[str, Any]:
        return {"minutes": learner.minutes, "hidden": learner.hidden}


class ShelfForm(forms.Form):
    """Which practice bank a season takes its questions from."""

    bank = forms.ChoiceField(label=_("练习题库"))

    @override
    def __init__(self, *args: Any, banks: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].choices = list(banks.items())  # type: ignore[attr-defined]


class OutsideForm(forms.Form):
    """A platform's file, and from which day its figures are."""

    source = forms.CharField(
        label=_("平台名称"),
        max_length=120,
        help_text=_("如“全国在线学习平台”。学员会在数据旁看到平台和日期。"),
    )
    as_of = forms.DateField(
        label=_("截止日期"),
        help_text=_("表中没有写日期的行按这一天登记。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    file = forms.FileField(label=_("数据文件"), help_text=_("xlsx或CSV，第一行为表头。"))

    def start(self, actor: Actor, season: str) -> str | None:
        """The draft's code; None with the refusal in the form."""
        told, file = self.cleaned_data, self.cleaned_data["file"]
        who: dict[str, Any] = {"actor": actor, "season": season, "at": timezone.now()}
        days = {"source": told["source"], "as_of": told["as_of"]}
        try:
            return outside.start_outside(**who, **days, file=file, name=file.name).code
        except DomainError as error:
            if error.code in {"forbidden", "not_found"}:
                raise
            self.add_error(None, ValidationError(text_of(error)))
            return None


def check_words(told: Mapping[str, str]) -> str:
    """When and where a spot check is and who supervises; raises suspicion_check_bare."""
    place, by = (told.get(name, "").strip()[:100] for name in ("place", "by"))
    try:
        day = date.fromisoformat(told.get("on", ""))
    except ValueError:
        raise DomainError("suspicion_check_bare") from None
    if not place or not by:
        raise DomainError("suspicion_check_bare")
    said = {"on": day.isoformat(), "place": place, "by": by}
    return gettext("%(on)s在%(place)s现场抽查，监督人：%(by)s。") % said
