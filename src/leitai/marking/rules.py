"""Who may see a sitting's marks."""

from leitai.base.actor import Actor
from leitai.people.enums import Role
from leitai.sittings.models import Sitting


def can_see_all_marks(viewer: Actor, season: str) -> bool:
    """The committee and the supervisors, before and after publication."""
    return viewer.has(Role.OFFICE, Role.SUPERVISOR, season=season)


def can_see_own_marks(viewer: Actor, sitting: Sitting, *, published: bool) -> bool:
    return published and viewer.person != "" and viewer.person == sitting.entry.person.code
