"""What units handed in repeats people's numbers: they go when the season's data go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from leitai.base.actor import system
from leitai.files.services import remove_files
from leitai.ledger import services as ledger
from leitai.orders import columns
from leitai.orders.models import Draft, HandIn, Thing
from leitai.orders.owners import HAND_IN_KIND, filled_owner
from leitai.orders.sealed import answers_of, keep_answers
from leitai.rulebook.model import FormField, Rulebook
from leitai.seasons.events import SeasonsForgotten
from leitai.seasons.selectors import get_season, rulebook_of

NUMBERS: Final = frozenset({"id-number", "mobile", "phone", "landline", "email"})
Answers = dict[str, object]


def forget_seasons(event: SeasonsForgotten) -> None:
    """Numbers and addresses of every version, and its files but those of a record.

    Who handed in what and when stays.
    """
    for code in event.seasons:
        law = rulebook_of(get_season(code))
        rows = HandIn.objects.filter(thing__order__season__code=code, erased_at=None)
        held = list(rows.select_related("thing", "recipient"))
        _drop_drafts(code)
        for one in held:
            fields = _fields(one.thing, law)
            kept = one.thing.record and all(field.kind != "photo" for field in fields)
            if not kept:
                remove_files(owner=filled_owner(one.recipient, one.thing), kind=HAND_IN_KIND)
            keep_answers(one, _without_numbers(fields, answers_of(one), files=kept))
            one.erased_at = event.at
            one.save(update_fields=["content", "erased_at"])
        if held:
            ledger.append(
                chain=code,
                actor=system("retention"),
                act="orders.forgotten",
                subject=f"season:{code}",
                data={"count": len(held)},
                at=event.at,
            )


def _drop_drafts(code: str) -> None:
    """With the files of what never was handed in."""
    for one in Draft.objects.filter(thing__order__season__code=code).select_related(
        "thing", "recipient"
    ):
        if not HandIn.objects.filter(thing=one.thing, recipient=one.recipient).exists():
            remove_files(owner=filled_owner(one.recipient, one.thing), kind=HAND_IN_KIND)
        one.delete()


def _fields(thing: Thing, law: Rulebook) -> Sequence[FormField]:
    """Of a form that the rules no longer have nothing is known to be harmless."""
    if thing.form and thing.form not in law.forms:
        return ()
    return columns.form_of(thing, law).fields


def _without_numbers(
    fields: Sequence[FormField], answers: Mapping[str, object], *, files: bool
) -> Answers:
    """The plain boxes alone: no number, no face, and tables without such columns."""
    kept: Answers = {}
    for field in fields:
        given = answers.get(field.id)
        if given is None or field.kind in NUMBERS or field.kind == "photo":
            continue
        if field.kind in {"file", "files"} and not files:
            continue
        if field.kind == "table" and isinstance(given, list):
            rows = [one for one in given if isinstance(one, Mapping)]
            kept[field.id] = [_without_numbers(field.columns, one, files=files) for one in rows]
        else:
            kept[field.id] = given
    return kept
