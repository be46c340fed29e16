from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已提交")
    RETURNED = "returned", _("退回修改")
    PASSED = "passed", _("审核通过")
    REFUSED = "refused", _("不通过")
    REPLACED = "replaced", _("已替换")
    WITHDRAWN = "withdrawn", _("退赛")


LIVE = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.PASSED)
OPEN_TO_UNIT = (State.DRAFT, State.RETURNED)  # the unit may write in it


class Kind(TextChoices):
    """As what somebody is registered."""

    CONTESTANT = "contestant", _("参赛选手")
    SUBSTITUTE = "substitute", _("替补选手")
    LEADER = "leader", _("领队")
    COACH = "coach", _("教练")


APART = (Kind.LEADER, Kind.COACH)  # they go along and do not compete: no bar is asked of them


class Route(TextChoices):
    """How the unit came to send somebody."""

    OWN = "own", _("自主确定")
    RECOMMENDED = "recommended", _("推荐")


class Step(TextChoices):
    """What happened to a registration."""

    BEGUN = "begun", _("开始填报")
    SUBMITTED = "submitted", _("提交")
    RETURNED = "returned", _("退回修改")
    PASSED = "passed", _("审核通过")
    REFUSED = "refused", _("审核不通过")
    RECALLED = "recalled", _("撤回修改")
    UNSEALED = "unsealed", _("撤下盖章件")
    OPENED = "opened", _("查看盖章件")
    DROPPED = "dropped", _("删去草稿")
    WITHDRAWN = "withdrawn", _("退赛")
    REPLACED = "replaced", _("更换")


class ChangeKind(TextChoices):
    """What a unit asks for once its people are entered."""

    WITHDRAW = "withdraw", _("退赛")
    REPLACE = "replace", _("更换人员")


class ChangeState(TextChoices):
    ASKED = "asked", _("待审批")
    APPROVED = "approved", _("已同意")
    DECLINED = "declined", _("未同意")


class LineState(TextChoices):
    """What became of a line of a history list."""

    MATCHED = "matched", _("已对上")
    DOUBTFUL = "doubtful", _("待核对")
    UNKNOWN = "unknown", _("花名册无此人")
    SAME = "same", _("核定为本人")
    OTHER = "other", _("核定为他人")


SETTLED = (LineState.MATCHED, LineState.SAME, LineState.OTHER)
