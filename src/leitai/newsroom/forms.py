"""What is filled in at the desk and by units; what was typed stays when something is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.newsroom.enums import ArticleKind, ConsentHow, ItemKind, MediaKind, Shown
from leitai.newsroom.issues import Issue
from leitai.newsroom.models import (
    Article,
    Bulletin,
    BulletinEntry,
    Item,
    Media,
    SeasonFace,
    Version,
)
from leitai.newsroom.selectors import pictures_of
from leitai.newsroom.services import Copy, Face, Placed, Printed, Said, Words
from leitai.units.models import Unit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _line(label: StrOrPromise, most: int, hint: StrOrPromise = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=hint, required=False)


def _long(label: StrOrPromise, rows: int = 12, hint: StrOrPromise = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=30_000,
        required=False,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ConsentForm(forms.Form):
    """Also the last part of longer forms."""

    shown = forms.ChoiceField(
        label=_("有没有可辨认的人"),
        choices=Shown.choices,
        required=False,
        help_text=_("图片、视频和文字都算。没有说明的不能发布，可以先报送、后补登。"),
    )
    names = _line(_("谁出镜"), 500, _("姓名或可指认的称呼，用顿号隔开；不对外显示。"))
    how = forms.ChoiceField(
        label=_("以何种方式征得同意"),
        choices=[("", _("（未选择）")), *ConsentHow.choices],
        required=False,
    )
    on = forms.DateField(
        label=_("何时征得同意"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = _line(_("说明"), 300, _("如未成年人由谁同意、公开活动如何告知。"))

    def said(self) -> Said:
        return Said(**{name: self.cleaned_data[name] for name in ConsentForm.base_fields})


def told_consent(row: Version | Article) -> dict[str, object]:
    return {
        "shown": row.shown,
        "names": row.shown_names,
        "how": row.consent_how,
        "on": row.consent_on,
        "note": row.consent_note,
    }


class ItemForm(ConsentForm):
    unit = forms.ChoiceField(label=_("报送单位"))
    kind = forms.ChoiceField(label=_("类别"), choices=ItemKind.choices, initial=ItemKind.TEXT)
    title = forms.CharField(label=_("标题"), max_length=120)
    text = _long(_("正文"), hint=_("类别为“图片”“视频”的，写清时间、地点、做什么即可。"))
    author = _line(_("作者"), 80, _("文字和图片的作者，如“文/图　某某”。"))

    field_order = ("unit", "kind", "title", "text", "author", *ConsentForm.base_fields)

    def __init__(self, units: Sequence[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(units) > 1:
            choices = [(one.code, one.name) for one in units]
            self.fields["unit"].choices = choices  # type: ignore[attr-defined]  # a choice field's
        else:
            del self.fields["unit"]

    def words(self) -> Words:
        told = self.cleaned_data
        return Words(told["title"], told["text"], told["author"])

    @staticmethod
    def told(item: Item, version: Version) -> dict[str, object]:
        said = {"kind": item.kind, "title": version.title, "text": version.text}
        return {**said, "author": version.author, **told_consent(version)}


class ArticleForm(ConsentForm):
    kind = forms.ChoiceField(label=_("类别"), choices=ArticleKind.choices)
    title = forms.CharField(label=_("标题"), max_length=120)
    text = _long(_("正文"), 16, _("每段一行；空行会自动去掉。"))
    source = _line(_("来源"), 80)
    author = _line(_("作者"), 80)

    field_order = ("kind", "title", "text", "source", "author", *ConsentForm.base_fields)

    def copy(self) -> Copy:
        told = self.cleaned_data
        words = Words(told["title"], told["text"], told["author"])
        return Copy(words, told["kind"], told["source"])

    @staticmethod
    def told(article: Article) -> dict[str, object]:
        names = ("kind", "title", "text", "source", "author")
        said = {name: getattr(article, name) for name in names}
        return {**said, **told_consent(article)}


class NewArticleForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=ArticleKind.choices)
    title = forms.CharField(label=_("标题"), max_length=120)
    source = _line(_("来源"), 80)

    def copy(self) -> Copy:
        told = self.cleaned_data
        return Copy(Words(told["title"]), told["kind"], told["source"])


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class IssueForm(forms.Form):
    heading = forms.CharField(label=_("报头"), max_length=60)
    number = forms.IntegerField(label=_("第几期"), min_value=1, max_value=9999)
    total = forms.IntegerField(label=_("总第几期"), min_value=1, max_value=99_999)
    day = forms.DateField(
        label=_("印发日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    body = forms.CharField(label=_("编发单位"), max_length=80)
    to = _line(_("主送"), 300)
    copies = _line(_("抄送"), 500)

    def issue(self) -> Issue:
        return Issue(**self.cleaned_data)

    @staticmethod
    def told(row: Bulletin | Issue) -> dict[str, object]:
        return {name: getattr(row, name) for name in IssueForm.base_fields}


class FaceForm(forms.Form):
    host_words = _line(
        _("主办、承办单位"), 300, _("写在每页页脚，如“主办：某某厅　承办：某某中心”。")
    )
    welcome = _line(_("首页导语"), 300, _("首页标题下的一两句话；不填则用竞赛规则中的参赛范围。"))
    record_number = _line(_("备案号"), 60, _("如“某ICP备00000000号”。"))
    police_number = _line(_("公安备案号"), 60)
    telephone = _line(_("咨询电话"), 60)
    hours = _line(_("受理时间"), 60, _("如“工作日9:00—17:00”。"))
    address = _line(_("地址"), 120)
    banner_alt = _line(_("横幅画面说明"), 200, _("用了横幅图片的须填写，供看不见画面的人了解。"))
    no_banner = forms.BooleanField(label=_("不用横幅图片"), required=False)

    def face(self) -> Face:
        return Face(**{name: self.cleaned_data[name] for name in _FACE})

    @staticmethod
    def told(face: SeasonFace | None) -> dict[str, object]:
        return {name: getattr(face, name) for name in _FACE} if face else {}


_FACE = (
    "host_words",
    "welcome",
    "record_number",
    "police_number",
    "telephone",
    "hours",
    "address",
    "banner_alt",
)


class MediaForm(forms.Form):
    """What is said of one picture or video; its prefix carries the media's id."""

    alt = _line(_("画面说明"), 200, _("画面上有什么，供看不见的人了解；发布前必填。"))
    caption = _line(_("图注"), 200)
    poster = forms.TypedChoiceField(
        label=_("视频封面"), coerce=int, empty_value=None, required=False
    )
    drop = forms.BooleanField(label=_("删去"), required=False)

    def __init__(
        self, media: Media, pictures: Sequence[Media], data: Mapping[str, Any] | None
    ) -> None:
        told = {"alt": media.alt, "caption": media.caption, "poster": media.poster_id}
        super().__init__(data, prefix=f"m{media.pk}", initial=told)
        self.media_row = media
        if media.asset.kind == MediaKind.VIDEO:
            named = [(one.asset_id, one.alt or one.asset.name) for one in pictures]
            self.fields["poster"].choices = [("", _("（未选择）")), *named]  # type: ignore[attr-defined]  # a choice field's
        else:
            del self.fields["poster"]

    def placed(self) -> Placed:
        told = self.cleaned_data
        return Placed(told["alt"], told["caption"], told.get("poster"), told["drop"])


def media_forms(rows: Iterable[Media], data: Mapping[str, Any] | None = None) -> list[MediaForm]:
    held = list(rows)
    pictures = [one for one in held if one.asset.kind == MediaKind.PICTURE]
    return [MediaForm(one, pictures, _posted(data, f"m{one.pk}-alt")) for one in held]


def _posted(data: Mapping[str, Any] | None, field: str) -> Mapping[str, Any] | None:
    """What came for one row; a row that the page did not have yet stays as it is."""
    return data if data is not None and field in data else None


def fit(found: Iterable[forms.Form]) -> bool:
    """Whether everything that came can be read."""
    return all(one.is_valid() for one in found if one.is_bound)


def placed_of(found: Iterable[MediaForm]) -> dict[int, Placed]:
    """Those that came with the form; others stay as they are."""
    return {one.media_row.pk: one.placed() for one in found if one.is_bound and one.is_valid()}


class EntryForm(forms.Form):
    """A piece of a bulletin."""

    position = forms.IntegerField(label=_("次序"), min_value=1, max_value=999)
    title = forms.CharField(label=_("标题"), max_length=120)
    text = _long(_("正文"), 8)
    source = _line(_("供稿"), 80)
    pictures = forms.TypedMultipleChoiceField(label=_("刊登的图片"), coerce=int, required=False)
    drop = forms.BooleanField(label=_("移出本期"), required=False)

    def __init__(self, entry: BulletinEntry, data: Mapping[str, Any] | None) -> None:
        told = {name: getattr(entry, name) for name in ("position", "title", "text", "source")}
        super().__init__(data, prefix=f"e{entry.pk}", initial=told)
        self.entry = entry
        self.offered = pictures_of(entry.article)
        choices = [(one.asset_id, one.alt or one.asset.name) for one in self.offered]
        self.fields["pictures"].choices = choices  # type: ignore[attr-defined]  # a choice field's

    @property
    def boxes(self) -> list[tuple[Media, bool]]:
        """Each picture of the article, and whether this issue prints it."""
        held = {one.asset_id for one in self.entry.media.all()}
        if self.is_bound:
            told = self.data.getlist(self.add_prefix("pictures"))  # type: ignore[attr-defined]  # what a browser posts
            held = {one.asset_id for one in self.offered if str(one.asset_id) in told}
        return [(one, one.asset_id in held) for one in self.offered]

    def printed(self) -> Printed:
        told = self.cleaned_data
        return Printed(**{**told, "pictures": frozenset(told["pictures"])})


def entry_forms(
    entries: Iterable[BulletinEntry], data: Mapping[str, Any] | None = None
) -> list[EntryForm]:
    return [EntryForm(one, _posted(data, f"e{one.pk}-title")) for one in entries]
