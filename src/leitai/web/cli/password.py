"""`leitai password NAME`: for administrators, who have no manager above them on the web."""

from __future__ import annotations

import argparse
import getpass
import sys

from leitai.web.cli import house


def give(arguments: argparse.Namespace) -> int:
    """Read the new password from the terminal, or one line of standard input; never an argument."""
    house.open_house()
    from django.utils import timezone  # after django.setup()

    from leitai.base.actor import system
    from leitai.people import selectors, services

    account = selectors.get_account(arguments.username)
    typed = getpass.getpass("新密码：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    services.set_password(
        actor=system("command-line"), account=account, password=typed, at=timezone.now()
    )
    house.say(f"已为{account.username}设新密码，原来的登录已全部退出。")
    return 0
