"""What happens to people follows here: two records of one person, somebody who serves elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from leitai.kernel.errors import DomainError
from leitai.people.events import PeopleMerging
from leitai.people.models import Person
from leitai.practice.models import Learner, Outside, OutsideDoubt, PracticeExam


def follow_merging(event: PeopleMerging) -> None:
    """What the second practised is the first's; refuse where both practise in one season."""
    held = set(Learner.objects.filter(person=event.into_id).values_list("season", flat=True))
    for learner in Learner.objects.filter(person=event.from_id).select_related("person"):
        if learner.season in held:
            name = learner.person.name if learner.person else ""
            raise DomainError("merge_learners_clash", name=name, season=learner.season)
    Learner.objects.filter(person=event.from_id).update(person=event.into_id)
    _follow_exams(event)
    known = {_figure(row) for row in Outside.objects.filter(person=event.into_id)}
    for row in Outside.objects.filter(person=event.from_id):
        if _figure(row) in known:
            row.delete()
    Outside.objects.filter(person=event.from_id).update(person=event.into_id)
    _move_doubts(event.from_id, event.into_id)


def _follow_exams(event: PeopleMerging) -> None:
    """Exams that were given to the second are the first's to sit."""
    people = Person.objects.in_bulk([event.from_id, event.into_id])
    gone, kept = people[event.from_id].code, people[event.into_id].code
    for exam in PracticeExam.objects.filter(people__contains=[gone]):
        codes = [kept if code == gone else code for code in exam.people or ()]
        exam.people = list(dict.fromkeys(codes))
        exam.save(update_fields=["people"])


def follow_units(learners: Iterable[Learner]) -> None:
    """Learners (with their people) stand in lists under the unit where they serve now."""
    moved = []
    for learner in learners:
        person = learner.person
        unit = None if person is None or person.guest else person.unit_id
        if learner.unit_id != unit:
            learner.unit_id = unit
            moved.append(learner)
    if moved:
        Learner.objects.bulk_update(moved, ["unit"], batch_size=500)


def _move_doubts(giving: int, into: int) -> None:
    """Lines that may be the one's may be the other's now, and were decided for the other."""
    codes = dict(Person.objects.filter(pk__in=[giving, into]).values_list("pk", "code"))
    OutsideDoubt.objects.filter(person=giving).update(person=into)
    for doubt in OutsideDoubt.objects.filter(people__contains=[codes[giving]]):
        swapped = [codes[into] if code == codes[giving] else code for code in doubt.people]
        doubt.people = list(dict.fromkeys(swapped))
        doubt.row["people"] = doubt.people
        doubt.save(update_fields=["people", "row"])


def _figure(row: Outside) -> tuple[object, ...]:
    return row.season, row.kind, row.key, row.source, row.as_of
