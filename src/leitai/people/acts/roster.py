"""Names of the acts in the record: rosters, personal numbers, transfers."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from leitai.base.words import listed
from leitai.ledger.acts import Act
from leitai.people.models import Personal


def _fields(codes: Iterable[str]) -> str:
    return listed(Personal.LABELS[code] for code in codes)


ACTS: dict[str, Act] = {
    "people.registered": Act(_("登记人员"), _("%(codes)s人"), words={"codes": len}),
    "person.changed": Act(_("更正人员信息"), _("%(unit)s：%(fields)s")),
    "person.left": Act(_("标记离岗"), _("%(unit)s，自%(day)s起")),
    "person.returned": Act(_("重新到岗"), _("%(unit)s，自%(day)s起")),
    "person.transferred": Act(_("人员调动"), _("%(giving)s → %(receiving)s，自%(day)s起")),
    "transfer.filed": Act(_("申请调入"), _("%(giving)s → %(receiving)s，自%(day)s起")),
    "transfer.refused": Act(_("退回调入申请"), _("%(giving)s → %(receiving)s：%(note)s")),
    "transfer.withdrawn": Act(_("撤回调入申请"), _("%(giving)s → %(receiving)s")),
    "personal.revealed": Act(_("查看个人号码"), _("%(unit)s：%(reason)s")),
    "personal.revealed_many": Act(
        _("批量调取个人号码"),
        _("%(fields)s，%(count)s人，原因：%(reason)s"),
        words={"fields": _fields},
    ),
    "personal.erased": Act(_("到期删除个人信息"), _("%(count)s人")),
    "roster.confirmed": Act(_("确认花名册"), _("%(unit)s，%(day)s，%(count)s人")),
    "people.imported": Act(
        _("导入人员"),
        _("新增%(new)s，变更%(changed)s，调动%(transfer)s，申请调入%(request)s"),
    ),
    "people.import_previewed": Act(
        _("预览人员导入"),
        _("新增%(new)s，变更%(changed)s，调动%(transfer)s，申请调入%(request)s，须更正%(wrong)s"),
    ),
    "people.merged": Act(_("合并重复人员"), _("%(gone)s并入%(kept)s")),
    "people.moved": Act(_("随单位合并转移人员"), _("%(count)s人")),
}
