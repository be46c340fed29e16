"""What lists of the past say of somebody who is registered only now."""

from __future__ import annotations

from leitai.people.models import Person, Personal
from leitai.registration.enums import LineState
from leitai.registration.models import HistoryLine
from leitai.registration.services.telling_facts import keep_fact
from leitai.seasons.models import Season


def look_up_history(season: Season, person: Person) -> None:
    """Lines that knew nobody of this name, when they came in, may mean this person."""
    lines = HistoryLine.objects.filter(
        list__season=season, state=LineState.UNKNOWN, name=person.name, list__done_at__isnull=False
    ).select_related("list")
    digest = Personal.objects.filter(person=person).values_list("id_digest", flat=True).first()
    for line in lines:
        if (
            digest is not None
            and line.id_digest is not None
            and bytes(digest) == bytes(line.id_digest)
        ):
            line.state, line.person = LineState.MATCHED, person
            keep_fact(line, by=line.list.by, at=line.list.done_at or line.list.at)
        else:
            line.state, line.near = LineState.DOUBTFUL, person
            line.why = "number" if line.number else "unit"
        line.save(update_fields=["state", "person", "near", "why"])
