"""Which accounts look after a unit: who is told of its orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from leitai.orders import rules
from leitai.orders.models import Order, Recipient
from leitai.people.models import Appointment


def _above_or_self(path: str) -> list[str]:
    """The paths down to the unit itself, the nearest first."""
    steps = path.rstrip("/").split("/")
    return ["/".join(steps[:depth]) + "/" for depth in range(len(steps), 0, -1)]


def managers_of(
    recipients: Sequence[Recipient], order: Order, *, at: datetime
) -> dict[int, set[int]]:
    """By recipient the accounts that act for its unit: its own, else the nearest ones above.

    Never the issuer's own or those over it: they would be told of what they sent themselves.
    """
    ways = {one.pk: _below(one.unit.path, order.issuer.path) for one in recipients}
    paths = {path for way in ways.values() for path in way}
    held = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=at),
        role__in=rules.LOCAL,
        scope__in=["", order.season.code],
        since__lte=at,
        account__is_active=True,
        unit__path__in=paths,
    )
    found: dict[str, set[int]] = defaultdict(set)
    for path, account in held.values_list("unit__path", "account_id"):
        found[path].add(account)
    return {
        pk: next((found[path] for path in way if path in found), set()) for pk, way in ways.items()
    }


def _below(path: str, issuer: str) -> list[str]:
    return [one for one in _above_or_self(path) if len(one) > len(issuer)]


def everybody(managers: dict[int, set[int]], recipients: Iterable[int]) -> set[int]:
    """The accounts of these recipients, each once."""
    return {account for pk in recipients for account in managers.get(pk, set())}


def list_unattended(order: Order, recipients: Sequence[Recipient]) -> list[Recipient]:
    """Those whose unit nobody looks after: no message reaches them."""
    managers = managers_of(recipients, order, at=timezone.now())
    return [one for one in recipients if not managers[one.pk]]
