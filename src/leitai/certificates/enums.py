from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """What the public check can answer."""

    VALID = "valid", _("有效")
    REVOKED = "revoked", _("已作废")
    SUPERSEDED = "superseded", _("已换发")
    UNKNOWN = "unknown", _("查无此号")
    FOREIGN = "foreign", _("二维码与登记不符")
    BROKEN = "broken", _("登记内容与签名不符")
    UNCHECKED = "unchecked", _("登记在册，签名暂无法核验")


class Template(TextChoices):
    """The packaged designs, by the names that `documents.sheets` knows them by."""

    CLASSIC = "classic", _("横式证书（A4，文武线边框）")
    FOLIO = "folio", _("竖式证书（A4）")
    PLAQUE = "plaque", _("奖牌、牌匾（600×400毫米）")
    OVERPRINT = "overprint", _("套打（印在已有版框的空白证书上）")


class DayWords(TextChoices):
    ARABIC = "arabic", _("2022年8月20日")
    CHINESE = "chinese", _("二〇二二年八月二十日")
    MONTH = "month", _("二〇二二年八月")


class BatchState(TextChoices):
    NUMBERING = "numbering", _("正在检查、编号、签名")
    SETTING = "setting", _("正在排版")
    DONE = "done", _("已完成")
    REFUSED = "refused", _("未能完成")
