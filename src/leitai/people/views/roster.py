"""The unit manager's people: the list, one person, and what is done about them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.people import doors, rules, selectors, services
from leitai.people.forms.answers import attempt
from leitai.people.forms.roster import DayForm, EditForm, PersonForm, RevealForm, TransferForm
from leitai.people.models import Person
from leitai.people.selectors import PeopleFilter
from leitai.people.services import NewPerson


@require_safe
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """The people of my subtrees, fifty a page."""
    actor, asked = actor_of(request), PeopleFilter.read(request.GET.dict())
    pages = selectors.pages_of(selectors.list_people_for(actor, asked))
    page = pages.get_page(request.GET.get("page"))
    context = selectors.choices_of_list() | {
        "page": page,
        "more": pages.more,
        "asked": asked,
        "requests": selectors.count_requests(actor),
        "keeper": bool(rules.keeper_paths(actor)),
    }
    return render(request, "people/roster_people.html", context)


@require_POST
@login_required
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """A name goes into the address, a number never: it leads to the person, or nowhere."""
    words = request.POST.get("q", "").strip()
    if not selectors.is_number(words):
        asked = PeopleFilter.read(request.POST.dict())
        address = reverse("people:people")
        return redirect(f"{address}?{urlencode(asked.pairs)}" if asked.pairs else address)
    doors.looking_up(actor_of(request), at=timezone.now())
    found = selectors.find_by_number(actor_of(request), words)
    if len(found) == 1:
        return redirect("people:person", found[0].code)
    return render(request, "people/roster_found.html", {"found": found})


@require_safe
@login_required
@never_cache
def person(request: HttpRequest, person: str) -> HttpResponse:
    held = selectors.get_person_for(actor_of(request), person)
    return render(request, "people/roster_person.html", _told(request, held))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Register somebody; whoever is known elsewhere is asked for there."""
    actor = actor_of(request)
    selectors.demand_keeper(actor)
    form = PersonForm(request.POST or None, initial={"unit": request.GET.get("unit", "")})
    units = selectors.units_to_choose(actor, "")
    if form.is_valid() and (made := attempt(form, lambda: _register(actor, form))):
        messages.success(request, _("已登记%(name)s。") % {"name": made.name})
        return redirect("people:person", made.code)
    status = 422 if form.is_bound else 200
    context = {"form": form, "units": units}
    return render(request, "people/roster_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, person: str) -> HttpResponse:
    actor = actor_of(request)
    held = selectors.get_kept_person(actor, person)
    form = EditForm(request.POST or None, initial=selectors.details_of(held))
    if form.is_valid() and (kept := attempt(form, lambda: _change(actor, held, form))):
        messages.success(request, _("已保存%(name)s的信息。") % {"name": kept.name})
        return redirect("people:person", person)
    status = 422 if form.is_bound else 200
    context = {"form": form, "person": held, "masked": selectors.masked(held)}
    return render(request, "people/roster_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def transfer(request: HttpRequest, person: str) -> HttpResponse:
    """To another unit that the actor keeps as well."""
    actor = actor_of(request)
    held = selectors.get_kept_person(actor, person)
    first = selectors.details_of(held) | {"since": timezone.localdate()}
    form = TransferForm(request.POST or None, initial=first)
    if form.is_valid() and (moved := attempt(form, lambda: _transfer(actor, held, form))):
        told = {"name": moved.name, "unit": moved.unit.name}
        messages.success(request, _("%(name)s已调入%(unit)s。") % told)
        return redirect("people:person", person)
    context = {"form": form, "person": held, "units": selectors.units_to_choose(actor, "")}
    status = 422 if form.is_bound else 200
    return render(request, "people/roster_transfer.html", context, status=status)


@require_POST
@login_required
def leave(request: HttpRequest, person: str) -> HttpResponse:
    """Off the roster from a day on."""
    return _on_day(request, person, services.leave)


@require_POST
@login_required
def come_back(request: HttpRequest, person: str) -> HttpResponse:
    return _on_day(request, person, services.come_back)


@require_POST
@login_required
@never_cache
def reveal(request: HttpRequest, person: str) -> HttpResponse:
    """One number, shown this once, on the record."""
    actor = actor_of(request)
    held = selectors.get_kept_person(actor, person)
    form = RevealForm(request.POST)
    number = None
    if form.is_valid():
        wanted = form.cleaned_data
        number = attempt(
            form, lambda: services.reveal(actor=actor, person=held, **wanted, at=timezone.now())
        )
    more = {"reveal": form, "number": number, "field": request.POST.get("field")}
    context = _told(request, held) | more
    return render(request, "people/roster_person.html", context, status=200 if number else 422)


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor


def _told(request: HttpRequest, held: Person) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "person": held,
        "masked": selectors.masked(held),
        "postings": selectors.list_postings(held),
        "keeper": rules.can_keep_roster(actor, held.unit.path),
        "reveal": RevealForm(),
        "day": DayForm(initial={"day": timezone.localdate()}),
    }


def _register(actor: Actor, form: PersonForm) -> Person:
    doors.looking_up(actor, at=timezone.now())
    unit = selectors.unit_named(actor, form.cleaned_data["unit"])
    given: dict[str, Any] = dict(form.given)
    bank = {name: given.pop(name, "") for name in ("bank_account", "bank_name")}
    one = NewPerson(code=services.new_code(), unit=unit.code, **form.details, **given)
    return services.register(actor=actor, person=one, **bank, at=timezone.now())


def _change(actor: Actor, held: Person, form: EditForm) -> Person:
    if form.given:
        doors.looking_up(actor, at=timezone.now())
    return services.change_person(
        actor=actor,
        person=held,
        details=form.details,
        given=form.given,
        changed_on=form.cleaned_data["changed_on"],
        at=timezone.now(),
    )


def _transfer(actor: Actor, held: Person, form: TransferForm) -> Person:
    return services.transfer_person(
        actor=actor,
        person=held,
        unit=selectors.unit_named(actor, form.cleaned_data["unit"]),
        since=form.cleaned_data["since"],
        details=form.service,
        at=timezone.now(),
    )


def _on_day(request: HttpRequest, person: str, act: Any) -> HttpResponse:
    actor = actor_of(request)
    held = selectors.get_kept_person(actor, person)
    form = DayForm(request.POST)
    day = form.cleaned_data["day"] if form.is_valid() else None
    if day and attempt(form, lambda: act(actor=actor, person=held, day=day, at=timezone.now())):
        messages.success(request, _("已保存。"))
        return redirect("people:person", person)
    context = _told(request, held) | {"day": form}
    return render(request, "people/roster_person.html", context, status=422)
