"""Templates that ask for personal numbers, filled with them: handed over once, kept nowhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.documents.markers import Values
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.paperwork import rules
from leitai.paperwork.enums import Subject
from leitai.paperwork.filling import fill, scope_of
from leitai.paperwork.material import subjects
from leitai.paperwork.material.subjects import PERSONAL, Filling
from leitai.paperwork.models import Template
from leitai.paperwork.packs import Made
from leitai.paperwork.packs.rendering import file_name
from leitai.people import services as people
from leitai.seasons import filling
from leitai.seasons import selectors as seasons

MANY: Final = 200


@transaction.atomic
def fill_with_numbers(
    *, actor: Actor, template: Template, row: str, reason: str, at: datetime
) -> Made:
    """One filling, or (`row` empty) a zip of all; the reason is asked once and recorded.

    A filled form prints the numbers that were written into it: what is signed and sealed.
    """
    season = template.season
    if not rules.can_pay(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    fillings = subjects.fillings_of(season, scope_of(template), at=at, key=row, revealed_to=actor)
    if not fillings:
        raise DomainError("paperwork_no_rows", title=template.title)
    if len(fillings) > MANY:
        raise DomainError("paperwork_many", limit=MANY)
    persons = {one.person.pk: one.person for one in fillings if one.person is not None}
    numbers = people.reveal_many(
        actor=actor,
        people=list(persons.values()),
        fields=_asked(template),
        reason=reason,
        subject=f"template:{template.number}",
        chain=season.code,
        at=at,
    )
    files = {
        file_name(f"{at_:03d}", one.title, ending=template.kind): fill(
            template, one.values if template.subject == Subject.FORM else _opened(one, numbers)
        ).data
        for at_, one in enumerate(fillings, start=1)
    }
    ledger.append(
        chain=season.code,
        actor=actor,
        act="paperwork.numbers_printed",
        subject=f"template:{template.number}",
        data={"title": template.title, "count": len(files), "reason": reason.strip()},
        at=at,
    )
    return _made(template, files, at)


def _asked(template: Template) -> list[str]:
    """The kinds of numbers that the template prints, for the record."""
    if template.subject == Subject.FORM:
        return sorted(set(filling.PERSONAL.values()))
    return [PERSONAL[name] for group, name, _ in template.fields if not group and name in PERSONAL]


def _opened(one: Filling, numbers: Mapping[int, Mapping[str, str]]) -> Values:
    if one.person is None:
        return one.values
    held = numbers[one.person.pk]
    return {
        **one.values,
        **{name: held[column] for name, column in PERSONAL.items() if column in held},
    }


def _made(template: Template, files: Mapping[str, bytes], at: datetime) -> Made:
    if len(files) == 1:
        return Made(*next(iter(files.items())))
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=at.timetuple()[:6]), data)
    return Made(file_name(template.title, ending="zip"), zipped.getvalue())
