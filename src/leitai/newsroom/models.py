"""What units hand in, the desk's edited copies, bulletins, and a season's face to the public."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitai.newsroom.enums import (
    ArticleKind,
    ArticleState,
    BulletinState,
    ConsentHow,
    ItemKind,
    ItemState,
    MediaKind,
    Shown,
)
from leitai.seasons.models import Season
from leitai.units.models import Unit


class Consent(models.Model):
    """Who is shown and how they consented. Names stand here alone: in no list and no ledger."""

    shown = models.CharField(
        _("出镜人员"), max_length=8, choices=Shown.choices, default=Shown.UNSAID, blank=True
    )
    shown_names = models.CharField(_("出镜人员姓名"), max_length=500, blank=True)
    consent_how = models.CharField(
        _("征得同意的方式"), max_length=8, choices=ConsentHow.choices, blank=True
    )
    consent_on = models.DateField(_("征得同意的日期"), null=True, blank=True)
    consent_note = models.CharField(_("说明"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def consented(self) -> bool:
        """Whether everybody shown is named and agreed, and nobody has taken it back."""
        if self.withdrawn_at is not None:
            return False
        if self.shown == Shown.NOBODY:
            return True
        told = self.shown_names.strip() and self.consent_how and self.consent_on
        return self.shown == Shown.PEOPLE and bool(told)


class Item(models.Model):
    """One piece of a unit. Its words are in its versions; the newest is the one that counts.

    The three moments are each the first of its kind: the monthly figures count them once. `thing`
    is the id of what an order asks for, where the piece came in as its answer.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="news_items")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(_("单位"), max_length=80)
    kind = models.CharField(_("类别"), max_length=8, choices=ItemKind.choices)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.DRAFT)
    made_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_name = models.CharField(max_length=80, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_name = models.CharField(max_length=80, blank=True)
    declined_reason = models.CharField(_("不采用的原因"), max_length=500, blank=True)
    thing = models.PositiveBigIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("报送信息")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["season", "state"], name="news_item_of_season")]


class Version(Consent):
    """What a unit said, once; never changed after it was handed in but by its consent."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("正文"), blank=True)
    author = models.CharField(_("作者"), max_length=80, blank=True)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=80)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_name = models.CharField(max_length=80, blank=True)
    reason = models.CharField(_("退回原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("报送信息的版本")
        ordering = ["item", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="news_version_number"),
        ]


class Asset(models.Model):
    """A picture or video that came in; its file belongs to "news-asset:<id>" alone.

    So that of one piece the desk can publish one picture and keep the others back.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=MediaKind.choices)
    file = models.PositiveBigIntegerField(default=0)  # in the files' room
    name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("图片和视频")


class Media(models.Model):
    """An asset in its place: what it shows in words, the line under it, a video's poster."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")
    poster = models.ForeignKey(
        Asset, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(_("画面说明"), max_length=200, blank=True)
    caption = models.CharField(_("图注"), max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class VersionMedia(Media):
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="media")

    class Meta(Media.Meta):
        verbose_name = _("报送的图片和视频")


class Article(Consent):
    """What is published: the office's own, or the edited copy of an adopted version.

    Of a copy, the version's consent covers what came with it; its own covers what was added.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="articles")
    version = models.OneToOneField(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="article"
    )
    kind = models.CharField(_("类别"), max_length=12, choices=ArticleKind.choices)
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("正文"), blank=True)
    source = models.CharField(_("来源"), max_length=80, blank=True)
    author = models.CharField(_("作者"), max_length=80, blank=True)
    pinned = models.BooleanField(_("置顶"), default=False)
    state = models.CharField(
        max_length=10, choices=ArticleState.choices, default=ArticleState.DRAFT
    )
    made_at = models.DateTimeField()
    made_name = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True, blank=True)
    published_name = models.CharField(max_length=80, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_reason = models.CharField(_("撤下原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("新闻")
        ordering = ["-pinned", "-published_at", "-pk"]
        indexes = [models.Index(fields=["season", "state"], name="article_of_season")]

    @property
    def is_public(self) -> bool:
        return self.state == ArticleState.PUBLISHED


class ArticleMedia(Media):
    """`own` marks what the desk added itself."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="media")
    own = models.BooleanField(default=False)

    class Meta(Media.Meta):
        verbose_name = _("新闻的图片和视频")


class Bulletin(models.Model):
    """简报. `number` counts within the season, `total` over all of the issuing body's."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="bulletins")
    heading = models.CharField(_("报头"), max_length=60)
    number = models.PositiveIntegerField(_("期数"))
    total = models.PositiveIntegerField(_("总期数"))
    day = models.DateField(_("印发日期"))
    body = models.CharField(_("编发单位"), max_length=80)
    to = models.CharField(_("主送"), max_length=300, blank=True)
    copies = models.CharField(_("抄送"), max_length=500, blank=True)
    state = models.CharField(
        max_length=10, choices=BulletinState.choices, default=BulletinState.DRAFT
    )
    made_at = models.DateTimeField()
    made_name = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True, blank=True)
    published_name = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("简报")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["season", "number"], name="bulletin_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1, total__gte=1), name="bulletin_from_1"
            ),
        ]


class BulletinEntry(models.Model):
    """A piece in a bulletin, in the words that this issue prints."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="entries")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("正文"), blank=True)
    source = models.CharField(_("来源"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("简报条目")
        ordering = ["bulletin", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "article"], name="bulletin_article_once"),
        ]


class EntryMedia(Media):
    """A picture as this issue prints it."""

    entry = models.ForeignKey(BulletinEntry, on_delete=models.CASCADE, related_name="media")

    class Meta(Media.Meta):
        verbose_name = _("简报的图片")


class SeasonFace(models.Model):
    """How a season shows itself to the public: the home page's banner, the foot of its pages."""

    season = models.OneToOneField(Season, on_delete=models.CASCADE, related_name="face")
    host_words = models.CharField(_("主办、承办单位"), max_length=300, blank=True)
    welcome = models.CharField(_("首页导语"), max_length=300, blank=True)
    record_number = models.CharField(_("备案号"), max_length=60, blank=True)
    police_number = models.CharField(_("公安备案号"), max_length=60, blank=True)
    telephone = models.CharField(_("咨询电话"), max_length=60, blank=True)
    hours = models.CharField(_("受理时间"), max_length=60, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    banner = models.ForeignKey(
        Asset, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    banner_alt = models.CharField(_("横幅画面说明"), max_length=200, blank=True)
    changed_at = models.DateTimeField()
    changed_name = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("对外展示")
