"""Who may see and fill the banks, and make papers. Roles are named as text, as appointments are."""

from leitai.base.actor import Actor
from leitai.people.rules import OWN_CONTEST, is_own_contest

__all__ = [
    "OWN_CONTEST",
    "can_answer_reports",
    "can_compose_papers",
    "can_import_items",
    "can_publish_banks",
    "can_see_bank",
    "is_house",
    "is_own_contest",
]
_BANK_ROLES = frozenset({"item_writer", "office"})


def is_house(actor: Actor) -> bool:
    """The house itself: a job, or an operator at the command line of the machine."""
    return actor.account.startswith("system:")


def can_see_bank(actor: Actor) -> bool:
    """A bank belongs to no season: an appointment in any season opens it."""
    return is_house(actor) or any(
        held.role in _BANK_ROLES and not is_own_contest(held.season) for held in actor.appointments
    )


def can_import_items(actor: Actor) -> bool:
    return can_see_bank(actor)


def can_answer_reports(actor: Actor) -> bool:
    """Whoever keeps the bank answers those who find a mistake in it."""
    return can_see_bank(actor)


def can_publish_banks(actor: Actor) -> bool:
    """Open a live bank's texts to everybody: an office, never a writer."""
    return is_house(actor) or any(
        held.role == "office" and not is_own_contest(held.season) for held in actor.appointments
    )


def can_compose_papers(actor: Actor, season: str) -> bool:
    """Nobody reads what is composed; over which unit the role must be is the caller's to ask."""
    return is_house(actor) or actor.has("office", "exam_officer", season=season)
