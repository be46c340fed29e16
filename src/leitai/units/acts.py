"""What the acts of this room are called in the record."""

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

_COUNTS = _("新增%(added)s，变更%(changed)s，未变%(unchanged)s")
ACTS = {
    "units.imported": Act(_("导入单位"), _COUNTS),
    "units.created": Act(_("新增单位"), _("%(name)s（%(code)s），上级%(parent)s")),
    "units.renamed": Act(_("单位更名"), _("%(code)s：%(before)s改为%(name)s")),
    "units.edited": Act(_("修改单位信息"), _("%(name)s（%(code)s）：%(fields)s")),
    "units.moved": Act(
        _("调整单位隶属"), _("%(name)s（%(code)s）由%(before)s改属%(parent)s，下级%(below)s个随同")
    ),
    "units.merged": Act(_("合并单位"), _("%(name)s（%(code)s）并入%(into)s，下级%(below)s个随同")),
    "units.closed": Act(_("撤销单位"), _("%(name)s（%(code)s）：%(reason)s")),
    "units.reopened": Act(_("恢复单位"), _("%(name)s（%(code)s）：%(reason)s")),
    "delegations.made": Act(_("建立代表队"), _("共%(count)s支")),
    "delegations.added": Act(_("增加代表队"), _("%(name)s（%(unit)s）")),
    "delegations.removed": Act(_("删去代表队"), _("%(name)s（%(unit)s）")),
    "delegations.part_added": Act(_("代表队增加范围"), _("%(name)s：增加%(unit)s")),
    "delegations.part_carved": Act(_("代表队划出范围"), _("%(name)s：划出%(unit)s")),
    "delegations.part_removed": Act(_("代表队删去范围条目"), _("%(name)s：删去%(unit)s一项")),
}
