"""The season's delegations: who counts what, and the office's three acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.units import forms, rules, selectors, services
from leitai.units.views.tree import actor_of


@require_safe
@login_required
def page(request: HttpRequest, season: str) -> HttpResponse:
    """`q` looks for units to put into a form; `unit` is the code chosen."""
    teams = selectors.list_delegations_for(actor_of(request), season)
    chosen = {"unit": request.GET.get("unit", "")[:32]}
    form, part = forms.DelegationForm(initial=chosen), forms.PartForm(_teams(teams), initial=chosen)
    return _page(request, season, form, part)


@require_POST
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    teams = selectors.list_delegations_for(actor_of(request), season)
    _demand(request, season)
    form = forms.DelegationForm(request.POST)
    if form.is_valid() and _add(request, form, season):
        return _done(request, season, _("代表队已增加。"))
    return _page(request, season, form, forms.PartForm(_teams(teams)))


@require_POST
@login_required
def part(request: HttpRequest, season: str) -> HttpResponse:
    teams = selectors.list_delegations_for(actor_of(request), season)
    _demand(request, season)
    form = forms.PartForm(_teams(teams), request.POST)
    if form.is_valid() and _add_part(request, form, season):
        return _done(request, season, _("范围已更改。"))
    return _page(request, season, forms.DelegationForm(), form)


@require_POST
@login_required
def remove(request: HttpRequest, season: str) -> HttpResponse:
    """A part by its number, or a whole delegation by its unit's code."""
    selectors.list_delegations_for(actor_of(request), season)
    _demand(request, season)
    who: dict[str, Any] = {"actor": actor_of(request), "at": timezone.now()}
    if "delegation" in request.POST:
        held = selectors.get_delegation(season, request.POST["delegation"][:32])
        services.remove_delegation(delegation=held, **who)
        return _done(request, season, _("代表队已删去。"))
    found = selectors.get_part(season, request.POST.get("part", ""))
    services.remove_part(part=found, **who)
    return _done(request, season, _("范围已更改。"))


def _demand(request: HttpRequest, season: str) -> None:
    """Before any form is read; each service then judges the units that it touches."""
    if not rules.can_change_delegations(actor_of(request), season):
        raise DomainError("forbidden")


def _add(request: HttpRequest, form: forms.DelegationForm, season: str) -> bool:
    given = dict(form.cleaned_data)
    try:
        unit = selectors.get_unit(given.pop("unit").strip())
        services.add_delegation(
            actor=actor_of(request), season_code=season, unit=unit, at=timezone.now(), **given
        )
    except DomainError as error:
        return _refuse(form, error)
    return True


def _add_part(request: HttpRequest, form: forms.PartForm, season: str) -> bool:
    given = dict(form.cleaned_data)
    try:
        given["carved_out"] = given["carved_out"] == "1"
        held = selectors.get_delegation(season, given.pop("delegation"))
        unit = selectors.get_unit(given.pop("unit").strip())
        services.add_part(
            actor=actor_of(request), delegation=held, unit=unit, at=timezone.now(), **given
        )
    except DomainError as error:
        return _refuse(form, error)
    return True


def _refuse(form: Form, error: DomainError) -> bool:
    if error.code == "forbidden":
        raise error
    form.add_error(None, text_of(error))
    return False


def _teams(teams: list[Any]) -> list[tuple[str, str]]:
    return [(one.unit.code, one.name) for one in teams]


def _page(
    request: HttpRequest, season: str, form: forms.DelegationForm, part: forms.PartForm
) -> HttpResponse:
    actor, words = actor_of(request), request.GET.get("q", "")
    editable = rules.can_change_delegations(actor, season)
    found = selectors.find_for_delegation(actor, season, words) if editable and words else []
    context = {"season": season, "coverage": selectors.coverage(season), "found": found}
    more = {"form": form, "part": part, "asked": words, "editable": editable}
    status = 422 if form.errors or part.errors else 200
    return render(request, "units/delegations.html", {**context, **more}, status=status)


def _done(request: HttpRequest, season: str, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("units:delegations", season)
