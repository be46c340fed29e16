"""Many at once: a unit's whole list, and the office's review of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.registration import forms, selectors, services
from leitai.registration.views.common import actor_of, season_of_desk, who
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.units.models import Delegation


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def many(request: HttpRequest, season: str) -> HttpResponse:
    """`stage`, `track` and `delegation` in the address."""
    held = seasons.get_season(season)
    asked = request.GET.get("delegation", "")
    sender = selectors.get_delegation_for(actor_of(request), held, asked)
    form = forms.ListForm(request.POST or None)
    done = _listed(request, held, sender, form) if form.is_valid() else None
    if done is None or done.refused:
        return _many(request, held, sender, form, done)
    words = ngettext("已报名%(count)s人。", "已报名%(count)s人。", len(done.accepted))
    messages.success(request, words % {"count": len(done.accepted)})
    return redirect("registration:unit", season)


@require_POST
@login_required
def accept_many(request: HttpRequest, season: str) -> HttpResponse:
    """Everybody of one delegation in a track who waits and has no form to be looked at."""
    held = season_of_desk(request, season)
    query = selectors.DeskQuery.of(request.POST.dict())
    rows = selectors.list_formless(held, query.delegation, query.track)
    ticked = {int(text) for text in request.POST.getlist("check") if text.isdecimal()}
    done = services.pass_many(season=held, registrations=rows, ticked=ticked, **who(request))
    words = ngettext("已通过%(count)s人。", "已通过%(count)s人。", done.count)
    messages.success(request, words % {"count": done.count})
    for one, why in done.left:
        messages.warning(
            request, _("%(name)s没有通过：%(why)s") % {"name": one.person.name, "why": why}
        )
    return redirect("registration:desk", season)


def _listed(
    request: HttpRequest, held: Season, sender: Delegation, form: forms.ListForm
) -> services.Listed | None:
    """None with the refusals in the form."""
    wanted = services.WantedMany(
        stage=request.GET.get("stage", ""),
        track=request.GET.get("track", ""),
        delegation=sender.unit.code,
        route=form.cleaned_data["route"],
        lines=tuple(form.cleaned_data["lines"].splitlines()),
    )
    try:
        return services.register_list(season=held, wanted=wanted, **who(request))
    except DomainError as error:
        if error.code in {"forbidden", "not_found"} and not isinstance(error, Problems):
            raise
        form.add_error("lines", text_of(error).split("\n"))
        return None


def _many(
    request: HttpRequest,
    held: Season,
    sender: Delegation,
    form: forms.ListForm,
    done: services.Listed | None,
) -> HttpResponse:
    context = {
        "season": held,
        "sender": sender,
        "stage": seasons.get_stage(held, request.GET.get("stage", "")),
        "track": seasons.rulebook_of(held).tracks.get(request.GET.get("track", "")),
        "form": form,
        "done": done,
    }
    status = 422 if form.errors else 200
    return render(request, "registration/many.html", context, status=status)
