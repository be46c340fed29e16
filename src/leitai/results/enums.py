from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ResultState(TextChoices):
    PREVIEW = "preview", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    PUBLISHED = "published", _("已公布")
    FINAL = "final", _("已定稿")
    SUPERSEDED = "superseded", _("已更正")


HELD = (ResultState.CONFIRMED, ResultState.PUBLISHED, ResultState.FINAL)
SHOWN = (ResultState.PUBLISHED, ResultState.FINAL)


class ScoreListState(TextChoices):
    """A signed list of marks from outside."""

    WAITING = "waiting", _("待核对")
    RECORDED = "recorded", _("已入库")
    DROPPED = "dropped", _("已作废")


class UpwardKind(TextChoices):
    """How somebody comes onto the list for the level above."""

    SELECTED = "selected", _("选派")
    RECOMMENDED = "recommended", _("推荐")
    OWN = "own", _("自主确定")


class UpwardState(TextChoices):
    DRAFT = "draft", _("编制中")
    FROZEN = "frozen", _("已定稿")
    SENT = "sent", pgettext_lazy("list", "已报送")


class AnswerState(TextChoices):
    """A row of the upper level's answer."""

    MATCHED = "matched", _("已对应")
    DOUBTFUL = "doubtful", _("待辨认")
    FOREIGN = "foreign", _("不在名单")
    RECORDED = "recorded", _("已登记")
    DROPPED = "dropped", _("不登记")
