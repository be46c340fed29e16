"""One registration as its page shows it: the form, what is wrong, the checklist, what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from leitai.base.actor import Actor
from leitai.files import selectors as files
from leitai.files.models import StoredFile
from leitai.kernel.errors import DomainError
from leitai.registration import checklist, prefilling, rules
from leitai.registration.attaching import KIND, SCAN, owner_of
from leitai.registration.enums import APART, OPEN_TO_UNIT, ChangeState, LineState, State
from leitai.registration.models import Change, HistoryLine, Registration, RegistrationStep
from leitai.registration.selectors import shape
from leitai.rulebook.model import Form
from leitai.seasons import filling, selectors
from leitai.seasons.models import Season


@dataclass(frozen=True, slots=True)
class OnePage:
    """`boxes` are there for who may write now, `lines` for who reads."""

    registration: Registration
    form: Form | None
    track: str
    boxes: list[filling.Box]
    lines: list[filling.Line]
    scans: list[StoredFile]
    seal: str
    steps: list[RegistrationStep]
    may_write: bool
    may_recall: bool
    may_leave: bool
    scans_open: bool
    leaving: Change | None
    may_review: bool
    reviewing: bool
    checks: list[str]
    bars: list[checklist.Barring]
    doubts: int
    owner: str
    kind: str = KIND
    scan_kind: str = SCAN


def get_registration_for(actor: Actor, season: Season, number: int) -> Registration:
    found = (
        Registration.objects.filter(season=season, pk=number)
        .select_related("season__host", "stage", "delegation__unit", "person__unit", "entry__stage")
        .first()
    )
    if found is None:
        raise DomainError("not_found" if actor.known else "forbidden")
    if not rules.can_see(actor, found):
        raise DomainError("forbidden")
    return found


def one_page(
    actor: Actor,
    held: Registration,
    *,
    at: datetime,
    answers: Mapping[str, object] | None = None,
    show_problems: bool = False,
) -> OnePage:
    """`answers` are what was typed just now; `show_problems` puts sentences under the boxes."""
    form = shape.form_of(held)
    given = shape.answers_of(held) if answers is None else answers
    host = selectors.host_path(held.season)
    sender = rules.can_write(actor, held)
    may_write = sender and held.state in OPEN_TO_UNIT
    leaving = held.change_requests.filter(state=ChangeState.ASKED).first()
    may_review = rules.can_see_review(actor, held.season.code, host)
    reviewing = held.state == State.SUBMITTED and rules.can_review(actor, held.season.code, host)
    wrong = filling.problems(form, given) if form and show_problems else {}
    return OnePage(
        registration=held,
        form=form,
        track=shape.track_title(held),
        boxes=filling.fields(form, given, wrong) if form and may_write else [],
        lines=filling.lines(form, given, masked=not reviewing) if form and not may_write else [],
        scans=files.list_files(owner_of(held), SCAN),
        seal=prefilling.sealer_of(form) if form else "",
        steps=list(held.steps.all()),
        may_write=may_write,
        may_recall=sender and held.state == State.SUBMITTED,
        may_leave=sender and held.state == State.PASSED and held.entry is None and not leaving,
        scans_open=rules.reads_numbers(actor, held, at),
        leaving=leaving,
        may_review=may_review,
        reviewing=reviewing,
        checks=checklist.lines_for(held.kind, form),
        bars=_bars(held, at),
        doubts=_doubts(held),
        owner=owner_of(held),
    )


def _bars(held: Registration, at: datetime) -> list[checklist.Barring]:
    if held.kind in APART:
        return []
    code = held.stage.code
    found = selectors.bars_for(held.season, code, held.track, [held.person], at=at)
    law = selectors.rulebook_of(held.season)
    return checklist.barrings(law, code, held.track, found.get(held.person.code, ()))


def _doubts(held: Registration) -> int:
    return HistoryLine.objects.filter(
        list__season=held.season, state=LineState.DOUBTFUL, name=held.person.name
    ).count()
