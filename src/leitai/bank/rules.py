"""Who may see and fill the banks, and make papers. Roles are named as text, as appointments are."""

from leitai.base.actor import Actor

_BANK_ROLES = frozenset({"item_writer", "office"})


def is_house(actor: Actor) -> bool:
    """The house itself: a job, or an operator at the command line of the machine."""
    return actor.account.startswith("system:")


def can_see_bank(actor: Actor) -> bool:
    """A bank belongs to no season: an appointment in any season opens it."""
    return is_house(actor) or any(held.role in _BANK_ROLES for held in actor.appointments)


def can_import_items(actor: Actor) -> bool:
    return can_see_bank(actor)


def can_publish_banks(actor: Actor) -> bool:
    """Open a live bank's texts to everybody: an office, never a writer."""
    return is_house(actor) or any(held.role == "office" for held in actor.appointments)


def can_compose_papers(actor: Actor, season: str) -> bool:
    return is_house(actor) or actor.has("office", season=season)
