"""Who may run exams, watch them, and sit in them. `host` is the path of the season's host unit."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role
from leitai.sittings.models import Sitting
from leitai.units.rules import is_house


def can_run_exams(actor: Actor, season: str, host: str) -> bool:
    return is_house(actor) or actor.has(
        Role.OFFICE, Role.EXAM_OFFICER, season=season, unit_path=host
    )


def can_open_early(actor: Actor, season: str, host: str) -> bool:
    """Propose or approve that a paper is opened before T0: the host's own officers alone."""
    return actor.has(
        Role.OFFICE, Role.EXAM_OFFICER, Role.CHIEF_INVIGILATOR, season=season, unit_path=host
    )


def can_watch_exams(actor: Actor, season: str, host: str) -> bool:
    return can_run_exams(actor, season, host) or actor.has(
        Role.SUPERVISOR, season=season, unit_path=host
    )


def can_sit(actor: Actor, sitting: Sitting) -> bool:
    return actor.person != "" and actor.person == sitting.entry.person.code
