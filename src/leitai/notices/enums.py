"""Kinds and states of notices, objections and rulings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NoticeKind(TextChoices):
    PERIOD = "period", _("公示")
    PLAIN = "plain", _("公告")


class NoticeState(TextChoices):
    """What is stored; `selectors.Shown` tells the rest from the clock."""

    DRAFT = "draft", pgettext_lazy("notice", "拟稿")
    OPEN = "open", _("已发布")
    DOWN = "down", _("已撤下")


class Phase(TextChoices):
    """What people see: the stored state, the clock, and whether objections are open."""

    DRAFT = "draft", pgettext_lazy("notice", "拟稿")
    WAITING = "waiting", _("待公示")
    RUNNING = "running", _("公示中")
    OBJECTED = "objected", _("有异议")
    OVER = "over", _("公示期满")
    POSTED = "posted", _("已发布")
    DOWN = "down", _("已撤下")


PHASE_SHAPES = {
    Phase.DRAFT: "todo",
    Phase.WAITING: "todo",
    Phase.RUNNING: "half",
    Phase.OBJECTED: "warn",
    Phase.OVER: "ok",
    Phase.POSTED: "live",
    Phase.DOWN: "ended",
}


class RemedyKind(TextChoices):
    OBJECTION = "objection", _("异议")
    RECHECK = "recheck", _("成绩复核")
    APPEAL = "appeal", _("申诉")
    DISPUTE = "dispute", _("争议仲裁")


class Party(TextChoices):
    PERSON = "person", pgettext_lazy("party", "个人")
    UNIT = "unit", pgettext_lazy("party", "单位")


class ObjectionState(TextChoices):
    FILED = "filed", _("待受理")
    ACCEPTED = "accepted", _("办理中")
    REFUSED = "refused", _("不予受理")
    NOTED = "noted", _("登记备查")
    MERGED = "merged", _("合并处理")
    RULED = "ruled", _("已处理")


OPEN_STATES = (ObjectionState.FILED, ObjectionState.ACCEPTED)


class StepKind(TextChoices):
    FILED = "filed", _("提交")
    NOTED = "noted", _("登记备查")
    ACCEPTED = "accepted", _("受理")
    REFUSED = "refused", _("不予受理")
    HANDLED = "handled", _("办理记录")
    MERGED = "merged", _("合并处理")
    REVEALED = "revealed", _("查看异议人身份")
    PROPOSED = "proposed", _("提出处理决定")
    RULED = "ruled", _("作出处理决定")


# What whoever filed it reads; handling notes and reveals are the handlers'.
TOLD_STEPS = (
    StepKind.FILED,
    StepKind.NOTED,
    StepKind.ACCEPTED,
    StepKind.REFUSED,
    StepKind.MERGED,
    StepKind.RULED,
)


class Outcome(TextChoices):
    UPHELD = "upheld", _("成立")
    PARTLY = "partly", _("部分成立")
    REJECTED = "rejected", _("不成立")


class EffectKind(TextChoices):
    SCORE = "score", _("更正成绩")
    VOID = "void", _("取消成绩")
    REPLAY = "replay", _("重赛，原成绩作废")
    WITHDRAW = "withdraw", _("取消参赛资格")
    RESTORE = "restore", _("恢复名单")


# How the files' room calls what comes with a case, and a letter that bears a unit's seal.
EVIDENCE, SEALED_LETTER = "objection", "objection-seal"
