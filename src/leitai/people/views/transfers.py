"""Asking for somebody of another unit, answering such requests, and people registered twice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leitai.base.actor import Actor
from leitai.people import doors, selectors, services
from leitai.people.forms.answers import attempt
from leitai.people.forms.roster import MergeForm, NoteForm, PhoneForm, RequestForm, page_of
from leitai.people.models import Person, TransferRequest
from leitai.people.views.roster import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def requests(request: HttpRequest) -> HttpResponse:
    """Requests that wait for me or that I filed; posted, a new one."""
    actor = actor_of(request)
    selectors.demand_keeper(actor)
    first = {"since": timezone.localdate(), "name": request.GET.get("name", "")}
    form = RequestForm(request.POST or None, initial=first)
    if form.is_valid() and (filed := attempt(form, lambda: _file(actor, form))):
        told = {"name": filed.person.name, "unit": filed.giving.name}
        messages.success(request, _("已申请调入%(name)s，等%(unit)s的管理员确认。") % told)
        return redirect("people:requests")
    context = {"form": form, "rows": selectors.requests_for(actor, at=timezone.now())}
    context["units"] = selectors.units_to_choose(actor, "")
    status = 422 if form.is_bound else 200
    return render(request, "people/roster_requests.html", context, status=status)


@require_POST
@login_required
def decide(request: HttpRequest, transfer: int) -> HttpResponse:
    """`act` is approve, refuse (with a note) or withdraw."""
    actor, at = actor_of(request), timezone.now()
    held = selectors.get_request_for(actor, transfer)
    order: dict[str, Any] = {"actor": actor, "request": held, "at": at}
    act = request.POST.get("act")
    if act == "approve":
        services.approve_transfer(**order)
    elif act == "withdraw":
        services.withdraw_transfer(**order)
    else:
        form = NoteForm(request.POST)
        note = form.cleaned_data["note"] if form.is_valid() else ""
        services.refuse_transfer(**order, note=note)
    messages.success(request, _("已办理。"))
    return redirect("people:requests")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def duplicates(request: HttpRequest) -> HttpResponse:
    """People who may be registered twice; posted, two records become one."""
    actor = actor_of(request)
    selectors.demand_keeper(actor)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (kept := attempt(form, lambda: _merge(actor, form))):
        messages.success(request, _("已合并为%(name)s一人。") % {"name": kept.name})
        return redirect(request.get_full_path())
    found = selectors.list_duplicates(actor, page_of(request.GET.get("page")))
    if found.page > 1 and not found.groups:
        return redirect("people:duplicates")
    context = {"found": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "people/roster_duplicates.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def myself(request: HttpRequest) -> HttpResponse:
    """What the house keeps of the reader, masked; the phone is theirs to put right."""
    actor = actor_of(request)
    held = selectors.get_own_person(actor)
    form = PhoneForm(request.POST or None)
    if form.is_valid():
        phone, at = form.cleaned_data["phone"], timezone.now()
        order = {"actor": actor, "person": held, "phone": phone, "at": at}
        if attempt(form, lambda: services.change_own_phone(**order)):
            messages.success(request, _("手机号码已更正。"))
            return redirect("people:myself")
    context = {"person": held, "masked": selectors.masked(held), "form": form}
    context["postings"] = selectors.list_postings(held)
    return render(request, "people/roster_me.html", context, status=422 if form.is_bound else 200)


def _file(actor: Actor, form: RequestForm) -> TransferRequest:
    asked, at = form.cleaned_data, timezone.now()
    doors.looking_up(actor, at=at)
    return services.file_transfer(
        actor=actor,
        person=selectors.find_to_transfer(actor, asked["name"], asked["number"]),
        unit=selectors.unit_named(actor, asked["unit"]),
        since=asked["since"],
        details=form.service,
        reason=asked["reason"],
        at=at,
    )


def _merge(actor: Actor, form: MergeForm) -> Person:
    kept, gone = (
        selectors.get_kept_person(actor, form.cleaned_data[name]) for name in ("kept", "gone")
    )
    return services.merge_people(actor=actor, kept=kept, gone=gone, at=timezone.now())
