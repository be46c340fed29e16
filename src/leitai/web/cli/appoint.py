"""`leitai appoint NAME ROLE UNIT`: the first administrators and offices, before anybody may."""

from __future__ import annotations

import argparse

from leitai.web.cli import house


def appoint(arguments: argparse.Namespace) -> int:
    """NAME is a login name or a person's code; with --new an account is made for it."""
    house.open_house()
    house.migrate()
    from django.utils import timezone  # after django.setup()

    from leitai.base.actor import system
    from leitai.people import services
    from leitai.units import selectors as units

    at, actor = timezone.now(), system("command-line")
    unit = units.get_unit(arguments.unit)
    account = services.account_for_appointing(
        actor=actor, name=arguments.name, display_name=arguments.new, at=at
    )
    services.appoint(
        actor=actor,
        account=account,
        role=arguments.role,
        unit=unit,
        season=arguments.season,
        since=at,
        at=at,
    )
    house.say(f"已任命{account.display_name or account.username}（登录名{account.username}）。")
    return 0
