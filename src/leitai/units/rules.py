"""Who may change the organisation tree. Roles are named as text: they live above this room.

Units belong to no season: an appointment of any season manages the units below it.
"""

from __future__ import annotations

from leitai.base.actor import Actor

MANAGERS = ("unit_manager", "local_office", "office")


def is_house(actor: Actor) -> bool:
    """The house itself: a job, or an operator at the command line of the machine."""
    return actor.account.startswith("system:")


def can_import_units(actor: Actor) -> bool:
    """The whole tree, also its roots."""
    return is_house(actor) or actor.has("operator")


def managed_paths(actor: Actor) -> tuple[str, ...]:
    """The subtrees whose inside the actor keeps; ("",) is everything."""
    if is_house(actor) or any(held.role == "operator" for held in actor.appointments):
        return ("",)
    return tuple(held.unit_path for held in actor.appointments if held.role in MANAGERS)


def can_upload_units(actor: Actor) -> bool:
    """Bring a file; each of its rows is then judged by `can_change_unit`."""
    return bool(managed_paths(actor))


def can_add_under(actor: Actor, parent_path: str) -> bool:
    """`parent_path` "" is a new root."""
    return any(parent_path.startswith(path) for path in managed_paths(actor))


def can_edit_details(actor: Actor, path: str) -> bool:
    """Kind, window or not, since when: also of the own unit."""
    return any(path.startswith(held) for held in managed_paths(actor))


def can_change_unit(actor: Actor, path: str) -> bool:
    """Rename, move, merge, close: what lies below one's own unit, never that unit itself."""
    return any(path.startswith(held) and path != held for held in managed_paths(actor))


def readable_paths(actor: Actor) -> tuple[str, ...]:
    """The subtrees that the actor may read, the outermost only."""
    held = {"" if is_house(actor) else "-", *(one.unit_path for one in actor.appointments)} - {"-"}
    return tuple(sorted(p for p in held if not any(p != q and p.startswith(q) for q in held)))


def can_read_unit(actor: Actor, path: str) -> bool:
    return any(path.startswith(held) for held in readable_paths(actor))


def browses_units(actor: Actor) -> bool:
    """Whose daily work it is; others come by a link."""
    browsing = (*MANAGERS, "operator", "leader", "supervisor", "security_admin", "audit_admin")
    return any(held.role in browsing for held in actor.appointments)


def can_make_delegations(actor: Actor, season: str) -> bool:
    return is_house(actor) or actor.has("office", season=season)


def can_change_delegations(actor: Actor, season: str, *paths: str) -> bool:
    """The season's office, over every unit that the change touches."""
    return is_house(actor) or (
        actor.has("office", season=season)
        and all(actor.has("office", season=season, unit_path=path) for path in paths)
    )


def can_see_delegations(actor: Actor, season: str) -> bool:
    return is_house(actor) or actor.has("office", "leader", "supervisor", season=season)
