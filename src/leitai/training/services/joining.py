"""Who trains: chosen from the upper level's answer, from an entry list, or by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people import selectors as people_room
from leitai.training.models import Group, Member
from leitai.training.services.common import append, locked_by_office

MOST = 500
REASON_LIMIT = 200


@transaction.atomic
def add_members(
    *, actor: Actor, group: Group, people: Collection[str], source: str, at: datetime
) -> int:
    """Add these by code; who is in already stays as they are, who had left comes back.

    Gives how many are new. `source` says in words whence they were chosen.
    """
    held = locked_by_office(actor, group)
    found = people_room.people_by_code(people)
    if not found:
        raise DomainError("training_nobody")
    standing = {one.person_id: one for one in held.members.all()}
    staying = sum(one.left_at is None for one in standing.values())
    new = [one for one in found.values() if one.pk not in standing]
    back = [
        standing[one.pk]
        for one in found.values()
        if one.pk in standing and standing[one.pk].left_at is not None
    ]
    count = len(new) + len(back)
    if staying + count > MOST:
        raise DomainError("training_many", limit=MOST, count=count)
    for member in back:
        member.left_at, member.left_reason, member.source = None, "", source[:260]
        member.joined_at = at
        member.save(update_fields=["left_at", "left_reason", "source", "joined_at"])
    Member.objects.bulk_create(
        Member(
            group=held,
            person=person,
            unit_name=person.unit.name[:80],
            source=source[:260],
            joined_at=at,
        )
        for person in sorted(new, key=lambda one: (one.unit.path, one.code))
    )
    if count:
        append(actor, held, "training.joined", {"count": count, "source": source[:260]}, at)
    return count


@transaction.atomic
def remove_member(*, actor: Actor, group: Group, member: int, reason: str, at: datetime) -> None:
    """What was marked of them stays; the lists show them no more."""
    held = locked_by_office(actor, group)
    why = reason.strip()
    if not why or len(why) > REASON_LIMIT:
        raise DomainError("training_reason", limit=REASON_LIMIT)
    found = held.members.filter(pk=member, left_at=None).first()
    if found is None:
        raise DomainError("not_found")
    found.left_at, found.left_reason = at, why
    found.save(update_fields=["left_at", "left_reason"])
    append(actor, held, "training.left", {"member": found.pk, "reason": why}, at)
