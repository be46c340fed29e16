"""What other rooms decided and this one follows: merged people, seasons whose time is over."""

from __future__ import annotations

from leitai.people.events import PeopleMerging
from leitai.seasons.events import SeasonsForgotten
from leitai.training.models import Attendance, Leader, Leave, Member


def follow_merging(event: PeopleMerging) -> None:
    """Two records of one person: groups of the second become the first's, nobody is in twice."""
    twice = Leader.objects.filter(
        person=event.from_id,
        group__in=Leader.objects.filter(person=event.into_id).values("group"),
    )
    twice.delete()
    Leader.objects.filter(person=event.from_id).update(person=event.into_id)
    standing = {one.group_id: one for one in Member.objects.filter(person=event.into_id)}
    for gone in Member.objects.filter(person=event.from_id):
        kept = standing.get(gone.group_id)
        if kept is None:
            gone.person_id = event.into_id
            gone.save(update_fields=["person"])
        else:
            _join(kept, gone)


def forget_seasons(event: SeasonsForgotten) -> None:
    """Why somebody was away concerns nobody after the season's term."""
    for code in event.seasons:
        held = Leave.objects.filter(member__group__season__code=code)
        held.update(reason="", answer="")


def _join(kept: Member, gone: Member) -> None:
    """Where both were marked for one session, the mark of the record that stays holds."""
    marked = kept.attendance.values("session")
    Attendance.objects.filter(member=gone).exclude(session__in=marked).update(member=kept)
    gone.leaves.update(member=kept)
    if kept.left_at is not None and gone.left_at is None:
        kept.left_at, kept.left_reason = None, ""
        kept.save(update_fields=["left_at", "left_reason"])
    gone.delete()
