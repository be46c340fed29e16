"""`leitai practice rebuild`: points, titles, cards and days once more from journal and acts."""

from __future__ import annotations

import argparse
import sys

from leitai.web.cli import house


def rebuild(arguments: argparse.Namespace) -> int:
    """Work a season's practice out anew; what stands rightly stays, what does not is mended."""
    house.open_house()
    from django.utils import timezone  # after django.setup()
    from django.utils.translation import ngettext

    from leitai.practice.services import rebuilding

    count = rebuilding.rebuild(season=arguments.season, at=timezone.now())
    said = ngettext("已重新计算%(count)s名学员。", "已重新计算%(count)s名学员。", count)
    sys.stdout.write(said % {"count": count} + "\n")
    return 0
