"""People from the command line: a file brought in, and data that are no longer kept."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from leitai.base.actor import system
from leitai.web.cli import house


def import_people(arguments: argparse.Namespace) -> int:
    """Good rows go in; the others are named on stderr, and the answer is then 1."""
    house.open_house()
    house.migrate()
    from leitai.people import services  # after django.setup()
    from leitai.people.services.preview import TITLES

    file = Path(arguments.file)
    with file.open("rb") as source:
        report = services.import_people(
            actor=system("command-line"),
            source=source,
            name=file.name,
            at=datetime.now(UTC),
            dry_run=arguments.dry_run,
        )
    for line in report.back:
        sys.stderr.write(f"{line}\n")
    counts = [f"{TITLES[kind]} {count}" for kind, count in report.counts.items()]
    sys.stdout.write(" · ".join([*counts, f"{TITLES['back']} {len(report.back)}"]) + "\n")
    return 1 if report.back else 0


def forget(arguments: argparse.Namespace) -> int:
    house.open_house()
    house.migrate()
    from django.utils.translation import gettext as _  # after django.setup()

    from leitai.seasons.services import retaining

    done = retaining.forget(
        actor=system("command-line"), at=datetime.now(UTC), dry_run=arguments.dry_run
    )
    if not done.seasons:
        said = _("没有到期的赛季。")
    elif arguments.dry_run:
        said = _("到期赛季：%(seasons)s。将删除%(people)s人的身份证号码和银行账号。")
    else:
        said = _("到期赛季：%(seasons)s。已删除%(people)s人的身份证号码和银行账号。")
    told = {"seasons": "、".join(done.seasons), "people": done.people}
    sys.stdout.write(said % told + "\n")
    return 0
