"""Who may not do what, by person and case: a rule over appointments and the ledger's acts.

Rooms ask before they let somebody in: `bar_for` for one, `bars_for` for a list. The rules are data
(`people/data/separation.toml`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db.models import Q

from leitai.ledger.models import LedgerEntry
from leitai.people.enums import Role
from leitai.people.models import Appointment, Pass, Person

FILE = Path(__file__).resolve().parents[1] / "data" / "separation.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """Bars from `deed` whoever held one of `roles` or did one of `acts` in the season."""

    deed: str
    why: str
    roles: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    same_subject: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """Why somebody is kept out: the sentence's code, and the role or act that does it."""

    code: str
    cause: str


@cache
def rules() -> tuple[Rule, ...]:
    """The file's rules; a role or key that does not exist is a fault of the file."""
    found = []
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["rule"]:
        roles, acts = row.pop("roles", []), row.pop("acts", [])
        rule = Rule(**row, roles=frozenset(map(Role, roles)), acts=frozenset(acts))
        found.append(rule)
    return tuple(found)


def barring_roles(deed: str) -> frozenset[str]:
    """The roles that bar from a deed."""
    return frozenset().union(*(rule.roles for rule in rules() if rule.deed == deed))


def bar_for(
    *, account: str = "", person: str = "", deed: str, season: str, subject: str = "", at: datetime
) -> Bar | None:
    """Whether an account (its id) or a person (by code) is barred from a deed in a season.

    `subject` is the case, as the ledger names it ("result:7"), for rules about the same case.
    """
    accounts = {account} - {""}
    if person:
        known = Person.objects.filter(code=person).values_list("account_id", flat=True)
        accounts |= {str(one) for one in known if one}
    found = _bars(accounts, deed=deed, season=season, subject=subject, at=at)
    return min(found.values(), key=lambda bar: bar.code, default=None)


def bars_for(people: Collection[str], *, deed: str, season: str, at: datetime) -> dict[str, Bar]:
    """The barred among these people (by code), in four queries however many they are."""
    codes = {
        str(account): code
        for code, account in Person.objects.filter(
            code__in=people, account__isnull=False
        ).values_list("code", "account_id")
    }
    found = _bars(codes, deed=deed, season=season, subject="", at=at)
    return {codes[account]: bar for account, bar in found.items()}


def _bars(
    accounts: Iterable[str], *, deed: str, season: str, subject: str, at: datetime
) -> dict[str, Bar]:
    wanted: set[str] = set(accounts)
    bars: dict[str, Bar] = {}
    applied = [rule for rule in rules() if rule.deed == deed]
    if not wanted or not applied:
        return {}
    for account, role in _held(wanted, season, at):
        for rule in applied:
            if role in rule.roles:
                bars.setdefault(account, Bar(rule.why, role))
    for account, act, about in _done(
        wanted, {act for rule in applied for act in rule.acts}, season
    ):
        for rule in applied:
            if act in rule.acts and (not rule.same_subject or about == subject):
                bars.setdefault(account, Bar(rule.why, act))
    return bars


def _held(accounts: set[str], season: str, at: datetime) -> Iterable[tuple[str, str]]:
    """Roles and passes of the season, ended or not; of all seasons, the roles in force."""
    in_force = Q(scope="") & (Q(until=None) | Q(until__gt=at))
    rows = (
        Appointment.objects.filter(account__in=map(int, accounts), since__lte=at)
        .filter(Q(scope=season) | in_force)
        .order_by("pk")
    )
    passes = Pass.objects.filter(person__account__in=map(int, accounts), season=season)
    shown = passes.exclude(used_at=None, withdrawn_at__isnull=False)  # a card nobody used is none
    held = [*rows.values_list("account_id", "role")]
    held += shown.order_by("pk").values_list("person__account_id", "role")
    return [(str(account), role) for account, role in held]


def _done(accounts: set[str], acts: set[str], season: str) -> Iterable[tuple[str, str, str]]:
    rows = LedgerEntry.objects.filter(chain=season, act__in=acts, actor__in=accounts)
    return rows.order_by("seq").values_list("actor", "act", "subject")
