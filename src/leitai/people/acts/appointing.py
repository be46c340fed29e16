"""Names of the acts in the record: committees and roles."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.ledger.acts import Act
from leitai.people.enums import Role

_ROLES = dict(Role.choices)

ACTS: dict[str, Act] = {
    "role.appointed": Act(
        pgettext_lazy("done", "任命"), "%(role)s %(unit)s", words={"role": _ROLES.get}
    ),
    "role.ended": Act(_("免去职责"), _("%(role)s，原因：%(reason)s"), words={"role": _ROLES.get}),
    "committee.created": Act(_("设立工作机构"), "%(title)s"),
    "committee.unit_named": Act(_("列入组成单位"), _("%(title)s：%(name)s")),
    "committee.unit_changed": Act(_("更改组成单位"), _("%(title)s：%(name)s")),
    "committee.unit_removed": Act(_("移出组成单位"), _("%(title)s：%(name)s")),
    "committee.closed": Act(_("撤销工作机构"), "%(title)s"),
}
