"""Kinds of messages, ways they travel, and the states of deliveries and complaints."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    TASK = "task", _("待办")
    NOTICE = "notice", _("通知")
    EXAM = "exam", _("考试")
    RESULT = "result", _("成绩")
    APPROVAL = "approval", _("两人办理")
    COMPLAINT = "complaint", _("投诉建议")
    ACCOUNT = "account", _("账号")
    URGENT = "urgent", _("紧急")


# What a group may be told too. The others concern one person, or a case.
SHARED_KINDS = (Kind.TASK, Kind.NOTICE, Kind.EXAM, Kind.RESULT)


class ChannelName(TextChoices):
    INBOX = "inbox", _("站内收件箱")
    MAIL = "mail", _("电子邮件")
    SMS = "sms", _("短信")
    WECHAT = "wechat", _("微信")


class DeliveryState(TextChoices):
    WAITING = "waiting", _("待发")
    SENT = "sent", _("已发")
    FAILED = "failed", _("未发出")
    VOID = "void", _("没有地址")


class Category(TextChoices):
    SCORE = "score", _("成绩")
    CONDUCT = "conduct", _("纪律")
    ELIGIBILITY = "eligibility", _("报名资格")
    EXAM = "exam", _("考试组织")
    SYSTEM = "system", _("系统问题")
    ADVICE = "advice", _("建议")
    OTHER = "other", _("其他")


class ComplaintState(TextChoices):
    RECEIVED = "received", _("待受理")
    ACCEPTED = "accepted", _("办理中")
    ANSWERED = "answered", _("已答复")
    TRANSFERRED = "transferred", _("已转办")
    CLOSED = "closed", _("已办结")


OPEN_STATES = (ComplaintState.RECEIVED, ComplaintState.ACCEPTED)


class StepKind(TextChoices):
    FILED = "filed", _("提交")
    ACCEPTED = "accepted", _("受理")
    ANSWERED = "answered", _("答复")
    TRANSFERRED = "transferred", _("转办")
    FOLLOWED = "followed", _("补充")
    CLOSED = "closed", _("办结")
