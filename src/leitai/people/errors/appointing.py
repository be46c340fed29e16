"""What the giving of roles refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "role_unknown": _("没有“%(role)s”这项职责。"),
    "appointment_backwards": _("任期的终止时间不在起始时间之后。请更正。"),
    "appointment_own": _("不能免去自己的职责。请由另一位有权限的同志办理。"),
    "appointment_reason": _("请填写免去职责的原因。"),
    "appointment_ended": _("这项职责已经终止，不必再办。"),
    "appointment_outside_host": _("“%(role)s”的范围须是承办地区。下级地区请设市级组委会。"),
    "third_party_open_end": _("“%(name)s”是第三方机构，任期必须有终止日期。请填写。"),
    "administrators_exclude": _(
        "系统管理员、安全管理员、审计管理员不得由一人兼任：现任%(held)s，不能再任%(wanted)s。"
    ),
    "committee_kind": _("没有“%(kind)s”这类工作机构。"),
    "committee_title": _("请填写名称，最长%(limit)s个字。"),
    "committee_twice": _("已经有“%(title)s”。请换一个名称。"),
    "committee_part": _("没有“%(part)s”这种参与方式。请选牵头单位或参与单位。"),
    "committee_unit_unknown": _("名单里没有“%(name)s”。"),
    "committee_position": _("没有“%(position)s”这种职务。"),
    "committee_has_members": _("还有%(count)s人在任。请先免去其职责，再撤销机构。"),
    "committee_closed": _("“%(title)s”已撤销，不能再改动。"),
    "committee_unknown": _("没有这个工作机构，或不属于本赛季。"),
    "appointment_unknown": _("没有这项任命，或不在您的管理范围。"),
    "person_not_in_reach": _("您的管理范围内没有“%(words)s”。请核对姓名，或先在花名册登记。"),
    "person_ambiguous": _("“%(words)s”不止一人，请改填人员代码：%(codes)s。"),
    "separation_items": _("参加过命题、审题或组卷，按回避规定不能报名参加本赛季考试。"),
    "separation_runs": _("在本赛季担任评审、监考、考务或监督工作，按回避规定不能参赛。"),
    "separation_leads_team": _("在本赛季担任领队，按回避规定不能担任评委。"),
    "separation_decided": _("参与过该事项的决定，按回避规定不能办理对它的异议。"),
    "separation_involved": _("在本赛季担任命题、审题或评委工作，按回避规定不能办理异议。"),
    "separation_supervises": _("监督与办赛不得由一人兼任：本赛季已任另一方的职责。"),
    "appointment_self": _("不能任命自己。请由另一位有权限的同志办理。"),
    "appointment_root": _("“%(role)s”的范围须是整个组织体系，不能只任命在下级单位。"),
    "separation_entered": _("已报名参加本赛季比赛，按回避规定不能担任“%(role)s”。请先退赛。"),
}
