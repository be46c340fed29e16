"""The first office of a season: given by an administrator, approved by another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base.actor import Actor, system
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.models import Account, Person
from leitai.seasons import rules, selectors
from leitai.seasons.models import Season
from leitai.seasons.services.reminding import holders_of
from leitai.units.models import Unit

FIRST = "season.office"
NAME_LIMIT = 150
_HOUSE = system("seasons")


def propose_first_office(
    *, actor: Actor, season: Season, name: str, display_name: str = "", reason: str, at: datetime
) -> Proposal:
    """Ask that somebody (by login name or code) becomes the office of a season that has none.

    A `display_name` makes an account where there is none. Raises forbidden, office_unknown,
    office_stands, office_self, season_host_missing.
    """
    if not rules.can_give_first_office(actor):
        raise DomainError("forbidden")
    host = _host(season)
    name, display_name = name.strip()[:NAME_LIMIT], display_name.strip()[:NAME_LIMIT]
    account, _shown = _whom(name, display_name)
    if account is not None and str(account.pk) == actor.account:
        raise DomainError("office_self")
    return ledger.propose(
        actor=actor,
        deed=FIRST,
        chain=season.code,
        subject=f"season:{season.code}",
        data={"season": season.code, "name": name, "display_name": display_name},
        reason=reason,
        level=host.level,
        at=at,
    )


def offices_of(season: Season, *, at: datetime) -> list[str]:
    """The names of those who hold its office now."""
    held = holders_of(season.code, (Role.OFFICE.value,), selectors.host_path(season), at=at)
    found = Account.objects.filter(pk__in=held).order_by("pk")
    return [one.display_name or one.username for one in found]


def _preview(data: Mapping[str, Any]) -> list[str]:
    season = selectors.get_season(str(data["season"]))
    if names := offices_of(season, at=timezone.now()):
        raise DomainError("office_stands", names=listed(names))
    account, shown = _whom(str(data["name"]), str(data["display_name"]))
    law = selectors.rulebook_of(season)
    told = {"name": shown, "login": data["name"], "season": law.short_title or law.title}
    lines = [
        _("任命%(name)s（%(login)s）为“%(season)s”的组委会办公室，管理范围是%(unit)s。")
        % (told | {"unit": _host(season).name})
    ]
    if account is None:
        lines.append(_("%(name)s还没有账号，任命时建立；首次登录须另发启用单或密码。") % told)
    lines.append(_("其余机构和人员由办公室在“组织机构”中任命。"))
    return lines


def _carry_out(*, actor: Actor, data: Mapping[str, Any], at: datetime, **_deed: object) -> None:
    season = selectors.get_season(str(data["season"]))
    account = people.account_for_appointing(
        actor=_HOUSE, name=str(data["name"]), display_name=str(data["display_name"]), at=at
    )
    people.appoint(
        actor=actor,
        account=account,
        role=Role.OFFICE,
        unit=_host(season),
        season=season.code,
        since=at,
        at=at,
        by_two=True,
    )


def _host(season: Season) -> Unit:
    if season.host is None:
        raise DomainError("season_host_missing", season=season.code)
    return season.host


def _whom(name: str, display_name: str) -> tuple[Account | None, str]:
    """The account, if there is one, and the name by which people know who is meant."""
    account = Account.objects.filter(username=name).first()
    if account is not None:
        return account, account.display_name or account.username
    person = Person.objects.filter(code=name).select_related("account").first()
    if person is not None:
        return person.account, person.name
    if not name or not display_name:
        raise DomainError("office_unknown", name=name)
    return None, display_name


DEED = Deed(
    code=FIRST,
    title=gettext_lazy("任命赛季的首个办公室"),
    can_propose=lambda actor, _chain, _data: rules.can_give_first_office(actor),
    can_approve=lambda actor, _chain, _data: rules.can_approve_first_office(actor),
    preview=_preview,
    carry_out=_carry_out,
)
