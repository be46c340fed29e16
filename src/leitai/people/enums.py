"""Roles, and what a roster knows of a person. The values stand in the database and in files."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody is appointed to; DESIGN §7: permission = role, unit subtree, season."""

    OFFICE = "office", _("组委会办公室")
    LEADER = "leader", _("组委会领导")
    EXAM_OFFICER = "exam_officer", _("考务")
    ITEM_WRITER = "item_writer", _("命题人")
    ITEM_REVIEWER = "item_reviewer", _("审题人")
    PUBLICITY = "publicity", _("宣传报道")
    SUPERVISOR = "supervisor", _("监督仲裁组")
    EXPERT = "expert", _("评审专家")
    LOCAL_OFFICE = "local_office", _("市级组委会")
    UNIT_MANAGER = "unit_manager", _("单位管理员")
    TEAM_LEADER = "team_leader", _("领队")
    JUDGE = "judge", _("评委")
    CHIEF_INVIGILATOR = "chief_invigilator", _("主考")
    INVIGILATOR = "invigilator", _("监考员")
    PATROL = "patrol", _("巡考员")
    HOST = "host", _("主持人")
    TIMEKEEPER = "timekeeper", _("计时员")
    VISITOR = "visitor", _("模拟来访者")
    TALLY_CLERK = "tally_clerk", _("统分员")
    OPERATOR = "operator", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")


# Nobody holds two of these: who runs the machine, who says who may, who reads what was done.
ADMINISTRATORS = (Role.OPERATOR, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
# Hold items, keys, results or personal data in bulk: a password alone does not let them in.
BULK_HOLDERS = (
    Role.OFFICE,
    Role.LEADER,
    Role.EXAM_OFFICER,
    Role.ITEM_WRITER,
    Role.ITEM_REVIEWER,
    Role.SUPERVISOR,
    *ADMINISTRATORS,
)
# Given for one day with a pass: a card bound to person, event and device.
DAY_ROLES = (
    Role.JUDGE,
    Role.CHIEF_INVIGILATOR,
    Role.INVIGILATOR,
    Role.PATROL,
    Role.HOST,
    Role.TIMEKEEPER,
    Role.VISITOR,
    Role.TALLY_CLERK,
)


# What a city's own committee gives within its city.
LOCAL_ROLES = (Role.LOCAL_OFFICE, Role.UNIT_MANAGER, Role.TEAM_LEADER, *DAY_ROLES)
# Held for the whole season: only over the season's host.
SEASON_ROLES = (
    Role.OFFICE,
    Role.LEADER,
    Role.EXAM_OFFICER,
    Role.ITEM_WRITER,
    Role.ITEM_REVIEWER,
    Role.PUBLICITY,
    Role.SUPERVISOR,
    Role.EXPERT,
)


class Window(TextChoices):
    FRONT = "front", _("前台")
    BACK = "back", _("后台")
    NONE = "none", _("非窗口")


class Staffing(TextChoices):
    PERMANENT = "permanent", _("编内")
    CONTRACT = "contract", _("编外")


class Guest(TextChoices):
    """Learners and contestants who are no staff; empty for staff."""

    ENTERPRISE = "enterprise", _("企事业单位")
    AGENCY = "agency", _("人力资源服务机构")
    PUBLIC = "public", _("社会公众")


class LoginKind(TextChoices):
    PHONE = "phone", _("手机号码")
    ID_NUMBER = "id_number", _("身份证号码")
    STAFF_NUMBER = "staff_number", _("工号")


class SlipPurpose(TextChoices):
    ACTIVATE = "activate", _("启用账号")
    RESET = "reset", _("重设密码")


class CommitteeKind(TextChoices):
    """The bodies of both seeds' committees."""

    COMMITTEE = "committee", _("组织委员会")
    LEADING_GROUP = "leading_group", _("领导小组")
    OFFICE = "office", _("办公室")
    COORDINATION = "coordination", _("统筹协调组")
    ITEMS = "items", _("试题命制组")
    EXAMS = "exams", _("赛事考务组")
    PUBLICITY = "publicity", _("宣传报道组")
    SUPERVISION = "supervision", _("监督仲裁组")
    EXPERTS = "experts", _("专家小组")
    LOCAL = "local", _("市级组委会")


class Position(TextChoices):
    DIRECTOR = "director", _("主任（组长）")
    DEPUTY = "deputy", _("副主任（副组长）")
    MEMBER = "member", _("成员")


class UnitPart(TextChoices):
    LEAD = "lead", _("牵头单位")
    JOINT = "joint", _("参与单位")


class TransferState(TextChoices):
    OPEN = "open", _("待调出单位确认")
    DONE = "done", _("已调入")
    REFUSED = "refused", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤回")
    EXPIRED = "expired", _("已过期")


class DraftState(TextChoices):
    """How far an import has come."""

    READING = "reading", _("正在核对")
    READY = "ready", _("待确认")
    RUNNING = "running", _("正在导入")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未能办理")
