"""Which columns of people are sealed, so that the installation's keys can be changed."""

from __future__ import annotations

from django.db import transaction

from leitai.base import sealing
from leitai.base.sealing import Derived, Digested, SealedColumn
from leitai.people.enums import LoginKind
from leitai.people.models import LoginName, Personal
from leitai.people.numbers import birth_text, tail_of

_DIGESTS = {
    "id_number": (
        Digested("id_digest", "id_number"),
        Digested("id_tail", "id_tail", tail_of),
        Digested("birth_digest", "birth", birth_text),
    ),
    "phone": (Digested("phone_digest", "phone"),),
    "staff_number": (Digested("staff_digest", "staff_number"),),
    "bank_account": (),
    "bank_name": (),
}


def register() -> None:
    """What is sealed is the normalised number: its digest needs no second look."""
    sealing.register(
        *(
            SealedColumn(
                model="people.Personal",
                column=column,
                place=f"person:{{row.person_id}}:{column}",
                digests=digests,
            )
            for column, digests in _DIGESTS.items()
        ),
        *(
            SealedColumn(model="people.ImportDraft", column=column, place="draft:{row.code}")
            for column in ("content", "shown")
        ),
        *(
            SealedColumn(
                model="people.ImportPart",
                column=column,
                place="draft-part:{row.draft_id}:{row.number}",
            )
            for column in ("content", "back")
        ),
        Derived("people.LoginName", ("people.LoginName",), rebuild_login_names),
    )


@transaction.atomic
def rebuild_login_names() -> int:
    """Login names are digests of the person's numbers; each is made anew from the number."""
    changed = 0
    names = LoginName.objects.select_related("account__person__personal").order_by("pk")
    for name in names.iterator(chunk_size=1000):
        person = getattr(name.account, "person", None)
        personal = getattr(person, "personal", None) if person else None
        digest = _digest(personal, name.kind) if personal else None
        if digest is not None and bytes(name.digest) != digest:
            LoginName.objects.filter(pk=name.pk).update(digest=digest)
            changed += 1
    return changed


def _digest(personal: Personal, kind: str) -> bytes | None:
    """None for a number that the person no longer has."""
    column = LoginKind(kind).value
    text = sealing.open_sealed(
        getattr(personal, column), place=f"person:{personal.person_id}:{column}"
    )
    return sealing.digest(column, text) if text else None
