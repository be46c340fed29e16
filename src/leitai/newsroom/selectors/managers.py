"""Which accounts hear of a piece: whoever handed it in, and those who act for its unit now."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from leitai.newsroom.models import Item, Version
from leitai.newsroom.rules import LOCAL
from leitai.people.models import Appointment


def accounts_of(item: Item, version: Version, *, at: datetime) -> set[int]:
    held = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=at),
        role__in=LOCAL,
        scope__in=["", item.season.code],
        since__lte=at,
        account__is_active=True,
        unit=item.unit,
    )
    found = set(held.values_list("account_id", flat=True))
    return found | ({int(version.by)} if version.by.isdigit() else set())
