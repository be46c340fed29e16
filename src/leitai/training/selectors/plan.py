"""The plan by days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from leitai.training.models import Group, Session


@dataclass(frozen=True, slots=True)
class PlanDay:
    day: date
    sessions: tuple[Session, ...]

    @property
    def weekday(self) -> int:
        """0 is Monday."""
        return self.day.weekday()


def plan_of(group: Group) -> tuple[PlanDay, ...]:
    return by_days(group.sessions.order_by("day", "begins", "pk"))


def by_days(sessions: Iterable[Session]) -> tuple[PlanDay, ...]:
    grouped = groupby(sessions, key=lambda one: one.day)
    return tuple(PlanDay(day, tuple(rows)) for day, rows in grouped)
