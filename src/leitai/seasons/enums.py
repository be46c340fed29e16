from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SeasonState(TextChoices):
    DRAFT = "draft", _("筹备中")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已结束")


class EntryState(TextChoices):
    NOMINATED = "nominated", _("已报送")
    CONFIRMED = "confirmed", _("已确认")
    DONE = "done", _("已完赛")
    WITHDRAWN = "withdrawn", _("退赛")
    VOID = "void", _("取消成绩")


class EntryAs(TextChoices):
    INDIVIDUAL = "individual", _("个人")
    TEAM = "team", _("代表队选手")


class FactKind(TextChoices):
    TITLE = "title", _("称号")
    POINTS = "points", _("积分")
    CONTEST = "contest", _("参赛经历")


class ScoreStatus(TextChoices):
    OK = "ok", _("有效")
    ABSENT = "absent", _("缺考")
    VOID = "void", _("取消成绩")


class ScoreState(TextChoices):
    PROVISIONAL = "provisional", _("暂定")
    CONFIRMED = "confirmed", _("已确认")
    SUPERSEDED = "superseded", _("已更正")


class ResolutionHow(TextChoices):
    DRAW = "draw", _("抽签")
    VOTE = "vote", _("表决")
    PLAYOFF = "playoff", _("加赛")
    JURY = "jury", _("评议")
    CONFIRMATION = "confirmation", pgettext_lazy("how", "确认")
