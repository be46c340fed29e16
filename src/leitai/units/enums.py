from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("市（州）级")
    COUNTY = "county", _("县（市、区）级")
    TOWNSHIP = "township", _("乡镇（街道）级")
    VILLAGE = "village", _("村（社区）级")


class UnitKind(TextChoices):
    PLACE = "place", _("地区")
    BODY = "body", _("机构")


class BodyKind(TextChoices):
    """What a body is; a place has none."""

    BUREAU = "bureau", _("人社局")
    EMPLOYMENT = "employment", _("就业中心")
    INSURANCE = "insurance", _("社保中心")
    TALENT = "talent", _("人才中心")
    LABOUR = "labour", _("劳动监察和仲裁机构")
    HALL = "hall", _("政务服务中心")
    STATION = "station", _("基层服务站所")
    PROVINCIAL = "provincial", _("省本级")
    OTHER = "other", _("其他机构")


class UnitState(TextChoices):
    OPEN = "open", _("在册")
    CLOSED = "closed", _("已撤销")


class Change(TextChoices):
    """What was done to a unit, as its history tells it."""

    CREATED = "created", _("新增")
    RENAMED = "renamed", pgettext_lazy("history", "更名")
    EDITED = "edited", pgettext_lazy("history", "修改信息")
    MOVED = "moved", pgettext_lazy("history", "调整隶属")
    MERGED = "merged", pgettext_lazy("history", "并入其他单位")
    CLOSED = "closed", pgettext_lazy("history", "撤销")
    REOPENED = "reopened", pgettext_lazy("history", "恢复")


# What a row of a file may be on its preview, in the order of what needs a person first.
ROW_WRONG = "wrong"
ROW_CHANGES = (Change.MOVED, Change.RENAMED, Change.EDITED, Change.CREATED)


class ImportState(TextChoices):
    """How far a file on its way in has come."""

    READING = "reading", _("正在核对")
    READY = "ready", _("待确认")
    RUNNING = "running", _("正在导入")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未能办理")
