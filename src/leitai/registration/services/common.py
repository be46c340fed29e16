"""What every write of a registration does: look again under a lock, keep the step, tell."""

from __future__ import annotations

from datetime import datetime

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.registration.enums import State, Step
from leitai.registration.models import Registration, RegistrationStep


def locked(registration: Registration) -> Registration:
    """As it stands now; until the transaction ends nobody else writes in it."""
    return (
        Registration.objects.select_for_update(of=("self",))
        .select_related("season__host", "stage", "delegation__unit", "person__unit", "entry__stage")
        .get(pk=registration.pk)
    )


def demand_state(registration: Registration, states: tuple[State, ...], act: str) -> None:
    if registration.state not in states:
        state = State(registration.state).label
        raise DomainError("registration_state", state=state, act=act)


def move(
    registration: Registration,
    state: State,
    step: Step,
    *,
    actor: Actor,
    at: datetime,
    note: str = "",
    checks: list[dict[str, object]] | None = None,
) -> None:
    registration.state, registration.since, registration.note = state, at, note
    registration.save()
    keep_step(registration, step, actor=actor, at=at, note=note, checks=checks)


def keep_step(
    registration: Registration,
    step: Step,
    *,
    actor: Actor,
    at: datetime,
    note: str = "",
    checks: list[dict[str, object]] | None = None,
) -> None:
    RegistrationStep.objects.create(
        registration=registration,
        step=step,
        note=note,
        checks=checks or [],
        by=actor.account,
        by_name=actor.name[:120],
        at=at,
    )


def record(
    actor: Actor, registration: Registration, act: str, at: datetime, **more: object
) -> None:
    """The ledger's line: codes and words, no number of anybody."""
    ledger.append(
        chain=registration.season.code,
        actor=actor,
        act=act,
        subject=f"registration:{registration.pk}",
        data={
            "delegation": registration.delegation.name,
            "kind": registration.kind,
            "stage": registration.stage.code,
            "track": registration.track,
            "person": registration.person.code,
            **more,
        },
        at=at,
    )
