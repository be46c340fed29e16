from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SeasonState(TextChoices):
    DRAFT = "draft", _("筹备中")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已结束")


class LocalHow(TextChoices):
    """How a delegation chooses whom it sends."""

    EXAM = "exam", _("在本系统办赛")
    REPORTED = "reported", _("自行办赛，报送成绩")
    RECOMMENDED = "recommended", _("不办赛，直接推荐")


class LocalState(TextChoices):
    """How far a delegation's own contest is."""

    UNSET = "unset", _("未安排")
    DATED = "dated", _("已定时间")
    RUNNING = "running", _("正在举办")
    HELD = "held", _("已举办，待报成绩")
    REPORTED = "reported", _("已报成绩")
    RECOMMENDS = "recommends", _("不办赛，推荐")


class EntryState(TextChoices):
    NOMINATED = "nominated", _("已报送")
    CONFIRMED = "confirmed", _("已确认")
    DONE = "done", _("已完赛")
    WITHDRAWN = "withdrawn", _("退赛")
    REPLACED = "replaced", _("已替换")
    REFUSED = "refused", _("不通过")
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


REPLAYED = "replay:"  # how the source of a void mark begins that waits for another contest


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


class DrawKind(TextChoices):
    """How a draw decides, and so what a stranger can check."""

    COMMITTED = "draw-1", _("承诺公开抽签")
    SIMPLE = "simple", _("公开数字抽签")
    HAND = "hand", _("人工抽签")


class DrawState(TextChoices):
    DRAFT = "draft", _("准备中")
    COMMITTED = "committed", _("已发布")
    FROZEN = "frozen", _("名单已冻结")
    REVEALED = "revealed", _("秘密数已公开")
    SOURCED = "sourced", _("公开数字已登记")
    OPEN = "open", _("抽签进行中")
    DRAWN = "drawn", _("已完成")
    ABORTED = "aborted", _("已终止")


class DrawRole(TextChoices):
    """The parties of a draw; the first two always commit."""

    ORGANISER = "organiser", _("组委会办公室")
    SUPERVISOR = "supervisor", _("监督仲裁组")
    CONTESTANTS = "contestants", _("选手代表")


class DrawSource(TextChoices):
    DICE = "dice", _("当众掷骰")
    BALLS = "balls", _("当众摇出号球")
    LOTTERY = "lottery", _("国家彩票开奖号码")
    DRAND = "drand", _("drand公开随机值")
    NUMBERS = "numbers", _("其他公开数字")


class AbsentRule(TextChoices):
    """What a hand draw declares beforehand for whoever is not there."""

    LEADER = "leader", _("由领队代抽")
    SUPERVISOR = "supervisor", _("由监督仲裁组代抽")
    REMAINING = "remaining", _("取剩余的号")
    LAST = "last", _("排在最后")
    FORFEIT = "forfeit", _("按弃权处理，排在最后")


class RulesDraftState(TextChoices):
    OPEN = "open", _("编写中")
    ADOPTED = "adopted", _("已采用")
    DROPPED = "dropped", _("已放弃")


class RevisionAct(TextChoices):
    """What made a revision of a draft."""

    BEGUN = "begun", _("建立草稿")
    UPLOADED = "uploaded", _("上传文件")
    WRITTEN = "written", _("改写全文")
    EXPANDED = "expanded", _("展开为全文")
    CHANGED = "changed", _("修改")
    ADDED = "added", _("新增")
    REMOVED = "removed", _("删去")
    MOVED = "moved", _("调整次序")
    REBASED = "rebased", _("并入新版本")
    RESTORED = "restored", _("恢复到")
    UNDONE = "undone", _("撤销")
    REDONE = "redone", _("重做")
