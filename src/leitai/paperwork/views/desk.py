"""The desk: one-click documents, templates, what was made, who bears which cost."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.paperwork import selectors, services
from leitai.paperwork.forms import CostForm, heading_of
from leitai.paperwork.views.answers import actor_of


@require_safe
@login_required
def desk(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(actor_of(request), season)
    page = selectors.desk_for(actor_of(request), held)
    costs = CostForm(initial={"text": page.costs.text if page.costs else ""})
    return render(request, "paperwork/desk.html", {"page": page, "costs": costs})


@require_POST
@login_required
def make(request: HttpRequest, season: str) -> HttpResponse:
    told = {name: request.POST.get(name, "") for name in ("pack", "stage", "format")}
    export = services.start_pack(
        actor=actor_of(request),
        season=selectors.get_season_for(actor_of(request), season),
        pack=told["pack"],
        stage=told["stage"],
        ending=told["format"],
        at=timezone.now(),
        heading=heading_of(request.POST),
    )
    return redirect("paperwork:export", season, export.pk)


@require_POST
@login_required
def costs(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_to_keep(actor_of(request), season)
    form = CostForm(request.POST)
    if not form.is_valid():
        page = selectors.desk_for(actor_of(request), held)
        return render(request, "paperwork/desk.html", {"page": page, "costs": form}, status=422)
    text = form.cleaned_data["text"]
    services.set_costs(actor=actor_of(request), season=held, text=text, at=timezone.now())
    messages.success(request, _("经费承担已保存。"))
    return redirect("paperwork:desk", season)
