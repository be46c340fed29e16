"""From no season to one that can open: the rules, the bodies, the delegations."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.words import listed
from leitai.kernel.errors import DomainError, Problems
from leitai.people.enums import CommitteeKind
from leitai.seasons import forms, rules, selectors, services
from leitai.seasons.models import Season
from leitai.seasons.selectors import preparing
from leitai.units import selectors as units
from leitai.units.models import Unit

SHOWN_PROBLEMS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """Pick a packaged rulebook or bring one; then its office goes on with the steps."""
    actor = _actor(request)
    hosts = preparing.hosts_for(actor)
    if not hosts:
        raise DomainError("forbidden")
    form = _form(request, hosts)
    if request.method == "POST" and form.is_valid():
        season = _begun(request, form)
        if season is not None:
            return _to(request, season)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "orphans": preparing.without_office(actor, at=timezone.now())}
    return render(request, "seasons/begin.html", context, status=status)


@require_safe
@login_required
def prepare(request: HttpRequest, season: str) -> HttpResponse:
    """The steps: what is done, what is missing, and the way there."""
    actor = _actor(request)
    held = selectors.get_season_of_office(actor, season)
    page = preparing.prepare_page(actor, held, at=timezone.now())
    context = {
        "page": page,
        "may_run": selectors.may_run(actor, held),
        "kinds": CommitteeKind.choices,
    }
    return render(request, "seasons/prepare.html", context)


@require_POST
@login_required
def bodies(request: HttpRequest, season: str) -> HttpResponse:
    """Set up what the rulebook names, each as the kind that was chosen for it."""
    held = selectors.get_season_of_office(_actor(request), season)
    asked = {key[5:]: str(value) for key, value in request.POST.items() if key[:5] == "kind-"}
    made = services.make_bodies(actor=_actor(request), season=held, kinds=asked, at=timezone.now())
    said = _("已设立%(names)s。请逐个任命人员。") % {"names": listed(made)}
    messages.success(request, said if made else _("规则中的机构都已设立。"))
    return redirect("seasons:prepare", season)


@require_POST
@login_required
def teams(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_of_office(_actor(request), season)
    count = services.make_teams(actor=_actor(request), season=held, at=timezone.now())
    messages.success(request, _("已按规则建立%(count)s支代表队。") % {"count": count})
    return redirect("seasons:prepare", season)


def _form(request: HttpRequest, hosts: list[Unit]) -> forms.BeginSeasonForm:
    return forms.BeginSeasonForm(
        [("", _("请选择")), *((one.code, one.title) for one in preparing.choices())],
        [(one.code, one.name) for one in hosts],
        request.POST or None,
        request.FILES or None,
    )


def _begun(request: HttpRequest, form: forms.BeginSeasonForm) -> Season | None:
    """None where the rules are no rules: the form then says what is wrong with them."""
    try:
        host = units.get_unit(form.cleaned_data["host"])
        return services.begin_season(
            actor=_actor(request), host=host, at=timezone.now(), **form.wanted()
        )
    except Problems as error:
        for one in error.problems[:SHOWN_PROBLEMS]:
            form.add_error("file", text_of(one))
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.add_error(None, text_of(error))
    return None


def _to(request: HttpRequest, season: Season) -> HttpResponse:
    """The office goes on; an operator, who is none, is told who does."""
    if rules.can_see_office(_actor(request), season.code, selectors.host_path(season)):
        return redirect("seasons:prepare", season.code)
    messages.success(
        request,
        _("赛季%(code)s已建立。请任命组委会办公室，由其继续办理。") % {"code": season.code},
    )
    return redirect("seasons:first-office", season.code)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]  # our door's
