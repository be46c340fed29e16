"""Teams: a unit enters its own, the office any."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.registration import forms, selectors, services
from leitai.registration.views.common import actor_of, may_review, who
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Entry, Season
from leitai.seasons.services import confirm_entries

both = require_http_methods(["GET", "HEAD", "POST"])


@both
@login_required
def teams(request: HttpRequest, season: str) -> HttpResponse:
    """The list, and the form for one more."""
    return _team(request, seasons.get_season(season), None)


@both
@login_required
def team(request: HttpRequest, season: str, entry: int) -> HttpResponse:
    held = seasons.get_season(season)
    return _team(request, held, selectors.get_team_for(actor_of(request), held, entry))


@require_POST
@login_required
def confirm(request: HttpRequest, season: str, stage: str) -> HttpResponse:
    """The list of a stage is settled: from then on no team is added or changed."""
    held = seasons.get_season(season)
    codes = confirm_entries(season=held, stage=stage, **who(request))
    messages.success(request, _("名单已确认，共%(count)s个参赛对象。") % {"count": len(codes)})
    return redirect("registration:teams", season)


def _team(request: HttpRequest, held: Season, own: Entry | None) -> HttpResponse:
    page = selectors.teams_page(actor_of(request), held)
    if request.method == "POST" and not page.senders:
        raise DomainError("forbidden")
    form = _form(request, page, own)
    if form.is_valid() and _saved(request, held, form, own):
        messages.success(request, _("队伍已保存。"))
        return redirect("registration:teams", held.code)
    context = {"season": held, "page": page, "form": form, "own": own}
    context["may_confirm"] = may_review(request, held)
    return render(request, "registration/teams.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, page: selectors.TeamsPage, own: Entry | None) -> forms.TeamForm:
    initial = {}
    if own is not None:
        initial = {
            "place": f"{own.stage.code}|{own.track}",
            "delegation": own.delegation.unit.code,
            "name": own.team,
            "lines": "\n".join(one.person.code for one in own.members.all()),
        }
    data = request.POST if request.method == "POST" else None
    places = [one for one in page.places if own is None or one[0] == initial["place"]]
    senders = [one for one in page.senders if own is None or one[0] == initial["delegation"]]
    return forms.TeamForm(places, senders, data, initial=initial)


def _saved(request: HttpRequest, held: Season, form: forms.TeamForm, own: Entry | None) -> bool:
    """What is refused stands in the form."""
    given = form.cleaned_data
    stage, _bar, track = given["place"].partition("|")
    lines = tuple(given["lines"].splitlines())
    wanted = services.TeamLines(stage, track, given["delegation"], given["name"], lines)
    try:
        services.save_team(season=held, team=wanted, entry=own, **who(request))
    except DomainError as error:
        if error.code in {"forbidden", "not_found"} and not isinstance(error, Problems):
            raise
        form.add_error("lines", text_of(error).split("\n"))
        return False
    return True
