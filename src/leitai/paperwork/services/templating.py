"""Templates of a season: uploaded, replaced, put away; the house's own put in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max

from leitai.base.actor import Actor
from leitai.documents import docx, xlsx
from leitai.documents.markers import Marker
from leitai.documents.packages import LIMIT
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.paperwork import rules
from leitai.paperwork.enums import FileKind, Subject
from leitai.paperwork.models import Template
from leitai.paperwork.selectors import templates as reads
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

MAX_BYTES: Final = LIMIT
_READERS: Final = {FileKind.DOCX: docx.fields, FileKind.XLSX: xlsx.fields}


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """What the form of an upload says."""

    title: str
    subject: str
    stage: str
    form: str
    name: str
    data: bytes
    packaged: str = ""


@transaction.atomic
def add_template(*, actor: Actor, season: Season, new: NewTemplate, at: datetime) -> Template:
    """Keep an uploaded file as a template; raises DomainError for one that cannot be one."""
    _demand(actor, season)
    if not new.title.strip():
        raise DomainError("paperwork_title_empty")
    stage, form = _scope(season, new)
    kind, markers = read_file(new.name, new.data)
    Season.objects.select_for_update().get(pk=season.pk)
    last = Template.objects.filter(season=season).aggregate(Max("number"))["number__max"] or 0
    made = Template.objects.create(
        season=season,
        number=last + 1,
        title=new.title.strip()[:80],
        kind=kind,
        subject=new.subject,
        stage=stage,
        form=form,
        packaged=new.packaged,
        name=new.name[-120:],
        content=new.data,
        sha256=hashlib.sha256(new.data).hexdigest(),
        fields=[[one.group, one.field, one.is_] for one in markers],
        by=actor.account,
        by_name=actor.name[:120],
        at=at,
    )
    _record(made, "paperwork.template_added", actor=actor, at=at)
    return made


@transaction.atomic
def replace_template(
    *, actor: Actor, template: Template, name: str, data: bytes, at: datetime
) -> Template:
    """Put a mended file in the place of the old one; what was exported stays as it is."""
    _demand(actor, template.season)
    kind, markers = read_file(name, data)
    held = Template.objects.select_for_update().get(pk=template.pk)
    held.kind, held.name, held.content = kind, name[-120:], data
    held.sha256 = hashlib.sha256(data).hexdigest()
    held.fields = [[one.group, one.field, one.is_] for one in markers]
    held.version += 1
    held.by, held.by_name, held.at = actor.account, actor.name[:120], at
    held.save()
    _record(held, "paperwork.template_replaced", actor=actor, at=at)
    return held


@transaction.atomic
def remove_template(*, actor: Actor, template: Template, at: datetime) -> None:
    _demand(actor, template.season)
    held = Template.objects.select_for_update().get(pk=template.pk)
    if held.removed_at is not None:
        return
    held.removed_at = at
    held.save(update_fields=["removed_at"])
    _record(held, "paperwork.template_removed", actor=actor, at=at)


def install_packaged(*, actor: Actor, season: Season, at: datetime) -> list[Template]:
    """Add the house's own templates that fit the season's forms and are not there yet."""
    _demand(actor, season)
    return [
        add_template(
            actor=actor,
            season=season,
            new=NewTemplate(
                title=one.title,
                subject=Subject.FORM,
                stage="",
                form=one.form,
                name=one.name,
                data=one.data,
                packaged=one.code,
            ),
            at=at,
        )
        for one in reads.packaged_for(season)
    ]


def read_file(name: str, data: bytes) -> tuple[FileKind, tuple[Marker, ...]]:
    """The kind and the markers of a file; raises DomainError for another kind, or without any."""
    ending = name.rpartition(".")[2].lower()
    if ending in {"docm", "xlsm", "dotm", "xltm"}:
        raise DomainError("template_file_macros")
    if ending not in _READERS:
        raise DomainError("paperwork_file_kind")
    kind = FileKind(ending)
    markers = _READERS[kind](data)
    if not markers:
        raise DomainError("paperwork_no_fields")
    return kind, markers


def _scope(season: Season, new: NewTemplate) -> tuple[str, str]:
    law = seasons.rulebook_of(season)
    if new.subject == Subject.FORM:
        if new.form not in law.forms:
            raise DomainError("paperwork_form_needed")
        return "", new.form
    if new.subject == Subject.AWARD:
        return "", ""
    if new.stage not in law.stages:
        raise DomainError("paperwork_stage_needed")
    return new.stage, ""


def _demand(actor: Actor, season: Season) -> None:
    if not rules.can_keep_templates(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")


def _record(template: Template, act: str, *, actor: Actor, at: datetime) -> None:
    ledger.append(
        chain=template.season.code,
        actor=actor,
        act=act,
        subject=f"template:{template.number}",
        data={
            "title": template.title,
            "name": template.name,
            "version": template.version,
            "sha256": template.sha256,
        },
        at=at,
    )
