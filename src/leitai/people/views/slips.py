"""The unit manager's desk: slips to print, passwords to reset."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leitai.base.actor import Actor
from leitai.people import printing, selectors, services
from leitai.people.selectors.desk import DeskQuery, desk_of, people_to_print
from leitai.people.services import Issued


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def slips(request: HttpRequest) -> HttpResponse:
    """Who cannot sign in yet, or who can; a form answers with the sheet itself."""
    desk = desk_of(_actor(request), DeskQuery.read(request.GET))
    if request.method != "POST":
        return render(request, "people/slips.html", {"desk": desk})
    at, actor, make = timezone.now(), _actor(request), request.POST.get("make", "")
    if make == "unit":
        issued = [services.issue_unit_slip(actor=actor, unit=desk.unit, at=at)]
    else:
        people = people_to_print(desk.unit, request.POST.getlist("people"), everybody=make == "all")
        issued = services.issue_slips(actor=actor, people=people, at=at)
    return _sheet(request, issued)


@require_POST
@login_required
@never_cache
def reset(request: HttpRequest, person: str) -> HttpResponse:
    """The old password ends; the code for a new one is shown this once."""
    found = selectors.get_person(person)
    issued = services.reset_password(actor=_actor(request), person=found, at=timezone.now())
    drawn = printing.drawn([issued])
    context = {"slips": drawn, "person": found, "address": printing.address_shown()}
    return render(request, "people/reset.html", context)


def _sheet(request: HttpRequest, issued: list[Issued]) -> HttpResponse:
    """Never stored: it goes to the browser and is gone."""
    if request.POST.get("how") == "page":
        context = {"slips": printing.drawn(issued), "address": printing.address_shown()}
        return render(request, "people/sheet.html", context)
    response = HttpResponse(printing.pdf(issued), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="slips.pdf"'
    return response


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
