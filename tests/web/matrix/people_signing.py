"""What the sign-in pages are asked with."""

from __future__ import annotations

from leitai.people import privacy, services
from leitai.people.models import Person
from tests.factories.slips import clerk
from tests.factories.units import HOUSE
from tests.world import PASSWORD, World

FORMS = {
    "people:activate": {"code": "0000-0000-0000-0000"},
    "people:consent": {"version": privacy.VERSION, "agree": "on"},
    "people:elsewhere": {"password": PASSWORD},
    "people:slips": {"make": "unit", "how": "page"},
}


def things(world: World, place: str) -> dict[str, str]:
    """Somebody of the place with an account of their own."""
    code = f"clerk-{place}"
    if not Person.objects.filter(code=code).exists():
        person = clerk(code, "路长歌", unit="5101" if place == "own" else "5103")
        account = services.create_account(
            actor=HOUSE,
            username=code,
            password=PASSWORD,
            display_name=person.name,
            consent=privacy.VERSION,
            at=world.now,
        )
        Person.objects.filter(pk=person.pk).update(account=account)
    return {"person": code}
