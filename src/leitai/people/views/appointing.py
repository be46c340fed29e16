"""Committees, their members, and who administers the house."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people import selectors, services
from leitai.people.enums import Role
from leitai.people.forms.appointing import (
    AdministratorForm,
    CommitteeForm,
    DutyForm,
    EndForm,
    MemberForm,
    NameUnitForm,
    ResetStepForm,
    end_of,
)
from leitai.people.selectors import committees as reads
from leitai.people.selectors import duties as reads_duties
from leitai.units import selectors as units


@require_safe
@login_required
def committees(request: HttpRequest, season: str) -> HttpResponse:
    return _list(request, season)


@require_POST
@login_required
def create(request: HttpRequest, season: str) -> HttpResponse:
    places = reads.committee_units(_actor(request), season)
    form = CommitteeForm(request.POST, places=places)
    if not places:
        raise DomainError("forbidden")
    if not form.is_valid():
        return _list(request, season, form=form, status=422)
    asked = form.cleaned_data | {"unit": units.get_unit(form.cleaned_data["unit"])}
    made = services.create_committee(
        actor=_actor(request), season=season, at=timezone.now(), **asked
    )
    messages.success(request, _("已设立%(title)s。请列入组成单位和成员。") % {"title": made.title})
    return redirect("people:committee", season, made.pk)


@require_safe
@login_required
def committee(request: HttpRequest, season: str, committee: int) -> HttpResponse:
    return _body(request, season, committee)


@require_POST
@login_required
def member(request: HttpRequest, season: str, committee: int) -> HttpResponse:
    body = reads.get_body_for(_actor(request), season, committee, at=timezone.now())
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _body(request, season, committee, form=form, status=422)
    asked = form.cleaned_data | {"until": form.term_end()}
    person = reads.the_person(_actor(request), season, asked.pop("person"))
    services.appoint_member(
        actor=_actor(request), committee=body.committee, person=person, at=timezone.now(), **asked
    )
    messages.success(request, _("已任命%(name)s。") % {"name": person.name})
    return redirect("people:committee", season, committee)


@require_POST
@login_required
def name_unit(request: HttpRequest, season: str, committee: int) -> HttpResponse:
    body = reads.get_body_for(_actor(request), season, committee, at=timezone.now())
    form = NameUnitForm(request.POST)
    if not form.is_valid():
        return _body(request, season, committee, unit_form=form, status=422)
    services.name_unit(
        actor=_actor(request), committee=body.committee, at=timezone.now(), **form.cleaned_data
    )
    return redirect("people:committee", season, committee)


@require_POST
@login_required
def remove_unit(request: HttpRequest, season: str, committee: int) -> HttpResponse:
    body = reads.get_body_for(_actor(request), season, committee, at=timezone.now())
    name = request.POST.get("name", "")
    services.remove_unit(
        actor=_actor(request), committee=body.committee, name=name, at=timezone.now()
    )
    return redirect("people:committee", season, committee)


@require_POST
@login_required
def close(request: HttpRequest, season: str, committee: int) -> HttpResponse:
    body = reads.get_body_for(_actor(request), season, committee, at=timezone.now())
    services.close_committee(actor=_actor(request), committee=body.committee, at=timezone.now())
    messages.success(request, _("已撤销%(title)s。") % {"title": body.committee.title})
    return redirect("people:committees", season)


@login_required
def end(request: HttpRequest, season: str, appointment: int) -> HttpResponse:
    """Ask for the reason, then end the role."""
    held = reads.get_appointment_for(_actor(request), season, appointment)
    form = EndForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "held": held, "season_code": season}
        return render(request, "people/end_role.html", context, status=_status(form))
    services.end_appointment(
        actor=_actor(request), appointment=held, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("已免去职责，留痕可查。"))
    return redirect("people:committees", season)


@login_required
def duties(request: HttpRequest) -> HttpResponse:
    """Managers of units, team leaders: who they are, and a new one."""
    actor = _actor(request)
    roles, seasons = reads_duties.roles_to_give(actor), reads_duties.seasons_to_give(actor)
    form = DutyForm(request.POST or None, roles=roles, seasons=seasons)
    page = reads_duties.page_of_duties(actor, number=request.GET.get("page"), at=timezone.now())
    if not form.is_valid():
        context = {"page": page, "duties": reads_duties.duties_of(actor, page), "form": form}
        return render(request, "people/duties.html", context, status=_status(form))
    name = _give(actor, form.cleaned_data)
    messages.success(request, _("已任命%(name)s。") % {"name": name})
    return redirect("people:duties")


@login_required
def end_duty(request: HttpRequest, appointment: int) -> HttpResponse:
    """Ask for the reason, then end a local duty."""
    held = reads_duties.get_duty_for(_actor(request), appointment)
    form = EndForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "held": held}
        return render(request, "people/end_role.html", context, status=_status(form))
    services.end_appointment(
        actor=_actor(request), appointment=held, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("已免去职责，留痕可查。"))
    return redirect("people:duties")


def _give(actor: Actor, asked: dict[str, Any]) -> str:
    person, at = reads_duties.find_duty_person(actor, asked["person"]), timezone.now()
    services.appoint_person(
        actor=actor,
        person=person,
        role=asked["role"],
        unit=units.get_unit(asked["unit"].strip()),
        season=asked["season"],
        until=end_of(asked["until"]),
        at=at,
    )
    return person.name


@require_POST
@login_required
def reset_step(request: HttpRequest) -> HttpResponse:
    """A lost phone: proposed here, approved by another officer."""
    form = ResetStepForm(request.POST, auto_id="reset_%s")
    if not form.is_valid():
        return _all(request, reset_form=form, status=422)
    asked = form.cleaned_data
    proposal = services.propose_reset(
        actor=_actor(request),
        username=asked["account"],
        reason=asked["reason"],
        at=timezone.now(),
    )
    return redirect("ledger:act", proposal.pk)


@require_safe
@login_required
def appointments(request: HttpRequest) -> HttpResponse:
    return _all(request)


@require_POST
@login_required
def administrator(request: HttpRequest) -> HttpResponse:
    form = AdministratorForm(request.POST, auto_id="admin_%s")
    if not form.is_valid():
        return _all(request, form=form, status=422)
    asked = form.cleaned_data
    proposal = services.propose_administrator(
        actor=_actor(request),
        username=asked["account"],
        role=asked["role"],
        reason=asked["reason"],
        at=timezone.now(),
    )
    return redirect("ledger:act", proposal.pk)


def _list(
    request: HttpRequest, season: str, *, form: CommitteeForm | None = None, status: int = 200
) -> HttpResponse:
    places = reads.committee_units(_actor(request), season)
    context = {
        "season_code": season,
        "bodies": selectors.list_bodies_for(_actor(request), season, at=timezone.now()),
        "form": (form or CommitteeForm(places=places)) if places else None,
    }
    return render(request, "people/committees.html", context, status=status)


def _body(
    request: HttpRequest,
    season: str,
    committee: int,
    *,
    form: MemberForm | None = None,
    unit_form: NameUnitForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "season_code": season,
        "body": reads.get_body_for(_actor(request), season, committee, at=timezone.now()),
        "form": form or MemberForm(),
        "unit_form": unit_form or NameUnitForm(),
    }
    return render(request, "people/committee.html", context, status=status)


def _all(
    request: HttpRequest,
    *,
    form: AdministratorForm | None = None,
    reset_form: ResetStepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    words, role = request.GET.get("q", ""), request.GET.get("role", "")
    page = selectors.page_of_appointments(
        _actor(request), words=words, role=role, number=request.GET.get("page"), at=timezone.now()
    )
    context = {
        "page": page,
        "words": words,
        "role": role,
        "roles": Role.choices,
        "form": form or AdministratorForm(auto_id="admin_%s"),
        "reset_form": reset_form or ResetStepForm(auto_id="reset_%s"),
    }
    return render(request, "people/appointments.html", context, status=status)


def _status(form: forms.Form) -> int:
    return 422 if form.is_bound else 200


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
