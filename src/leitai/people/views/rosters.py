"""Confirming who served where on a day."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leitai.people import rules, selectors, services
from leitai.people.forms.answers import attempt
from leitai.people.forms.roster import DayForm, RosterForm, day_of
from leitai.people.views.roster import actor_of
from leitai.units import selectors as units


@require_safe
@login_required
def rosters(request: HttpRequest) -> HttpResponse:
    """My units with their last confirmed day and how many serve there now."""
    rows = selectors.list_roster_units(actor_of(request))
    page = selectors.pages_of(rows).get_page(request.GET.get("page"))
    lines = selectors.roster_lines(list(page.object_list), timezone.localdate())
    return render(request, "people/roster_rosters.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def roster(request: HttpRequest, unit: str) -> HttpResponse:
    """The list of a day beside the last confirmed one; posted, it is confirmed."""
    actor, home = actor_of(request), units.get_unit(unit)
    form = RosterForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        order = {"actor": actor, "unit": home, "at": timezone.now(), **form.cleaned_data}
        if attempt(form, lambda: services.confirm_roster(**order)):
            messages.success(request, _("花名册已确认。"))
            return redirect("people:rosters")
    day = form.cleaned_data.get("day") if form and form.is_bound else None
    shown = selectors.preview_of(actor, home, day or day_of(request.GET.get("day")))
    keeper = rules.can_keep_roster(actor, home.path)
    past, pick = selectors.list_rosters(home), DayForm(initial={"day": shown.day})
    context = {"shown": shown, "form": form, "keeper": keeper, "past": past, "pick": pick}
    return render(request, "people/roster_roster.html", context, status=422 if form else 200)
