"""What units hand in and how it stands, what is published, and how those shown consented."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ItemKind(TextChoices):
    TEXT = "text", _("信息")
    PICTURES = "pictures", pgettext_lazy("news", "图片")
    VIDEO = "video", _("视频")


class ItemState(TextChoices):
    DRAFT = "draft", _("草稿")
    HANDED_IN = "handed-in", _("待处理")
    RETURNED = "returned", _("退回修改")
    ADOPTED = "adopted", pgettext_lazy("news", "已采用")
    DECLINED = "declined", _("不采用")


class ArticleKind(TextChoices):
    NEWS = "news", _("新闻")
    ANNOUNCEMENT = "announcement", _("公告")


class ArticleState(TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", pgettext_lazy("news", "已发布")
    TAKEN_DOWN = "taken-down", _("已撤下")


class BulletinState(TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", pgettext_lazy("news", "已发布")


class MediaKind(TextChoices):
    PICTURE = "picture", _("图片")
    VIDEO = "video", _("视频")


class Shown(TextChoices):
    """Whether anybody can be recognised in the pictures, the video or the text."""

    UNSAID = "", _("尚未说明")
    NOBODY = "nobody", _("没有可辨认的人")
    PEOPLE = "people", _("有可辨认的人，均已征得同意")


class ConsentHow(TextChoices):
    WRITTEN = "written", _("书面同意书")
    MESSAGE = "message", _("短信或微信回复同意")
    SPOKEN = "spoken", _("当面口头同意")
    GUARDIAN = "guardian", _("监护人书面同意")
