"""Pages of results: the published list, why, and the committee's office."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitai.base.actor import Actor
from leitai.results import selectors, services
from leitai.results.forms import DrawForm, draws_of, form_id
from leitai.seasons.selectors import get_season


@require_safe
def public(request: HttpRequest, season: str, stage: str) -> HttpResponse:
    """The published list with its tabs; before publication, when it may be expected."""
    page = selectors.public_page(actor_of(request), season, stage, request.GET)
    if page is None:
        waiting = selectors.waiting_page(actor_of(request), season, stage)
        return render(request, "results/waiting.html", {"page": waiting}, status=404)
    return render(request, "results/public.html", {"page": page})


@require_safe
def why(request: HttpRequest, season: str, stage: str, version: int) -> HttpResponse:
    """The panel alone, for two rows of a board that the viewer may see."""
    result = selectors.get_result_for(actor_of(request), season, stage, version)
    asked = {name: request.GET.get(name, "") for name in ("track", "board", "upper", "lower")}
    return render(request, "results/_why.html", {"why": selectors.why(result, **asked)})


@require_safe
@login_required
def office(request: HttpRequest, season: str, stage: str) -> HttpResponse:
    page = selectors.office_page(actor_of(request), season, stage, request.GET)
    return render(request, "results/office.html", {"page": page, "draws": draws_of(page.ties)})


@require_POST
@login_required
def compute(request: HttpRequest, season: str, stage: str) -> HttpResponse:
    result = services.compute_stage(
        actor=actor_of(request), season=get_season(season), stage=stage, at=timezone.now()
    )
    messages.success(request, _("已计算，这是第%(version)s版。") % {"version": result.version})
    return redirect("results:office", season, stage)


@require_POST
@login_required
def resolve(
    request: HttpRequest, season: str, stage: str, version: int, index: int
) -> HttpResponse:
    result = selectors.get_version(actor_of(request), season, stage, version)
    form = DrawForm(request.POST, auto_id=form_id(index))
    if not form.is_valid():
        page = selectors.office_page(actor_of(request), season, stage, request.GET)
        context = {"page": page, "draws": draws_of(page.ties, form, index)}
        return render(request, "results/office.html", context, status=422)
    services.resolve_by_draw(
        actor=actor_of(request), result=result, index=index, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("抽签结果已登记，成绩已重新计算。"))
    return redirect("results:office", season, stage)


@require_POST
@login_required
def resolve_held(
    request: HttpRequest, season: str, stage: str, version: int, index: int
) -> HttpResponse:
    """Answer a tie with the draw that the season held of exactly these."""
    result = selectors.get_version(actor_of(request), season, stage, version)
    services.resolve_by_held_draw(
        actor=actor_of(request), result=result, index=index, at=timezone.now()
    )
    messages.success(request, _("抽签结果已登记，成绩已重新计算。"))
    return redirect("results:office", season, stage)


@require_POST
@login_required
def confirm(request: HttpRequest, season: str, stage: str, version: int) -> HttpResponse:
    result = selectors.get_version(actor_of(request), season, stage, version)
    services.confirm_result(actor=actor_of(request), result=result, at=timezone.now())
    messages.success(request, _("成绩已确认。"))
    return redirect("results:office", season, stage)


@require_POST
@login_required
def publish(request: HttpRequest, season: str, stage: str, version: int) -> HttpResponse:
    result = selectors.get_version(actor_of(request), season, stage, version)
    services.publish_result(actor=actor_of(request), result=result, at=timezone.now())
    messages.success(request, _("成绩已公布。"))
    return redirect("results:office", season, stage)


@require_POST
@login_required
def finalise(request: HttpRequest, season: str, stage: str, version: int) -> HttpResponse:
    """Nothing is open any more: the published result is final."""
    result = selectors.get_version(actor_of(request), season, stage, version)
    services.finalise_result(actor=actor_of(request), result=result, at=timezone.now())
    messages.success(request, _("成绩已定稿。"))
    return redirect("results:office", season, stage)


@require_safe
def standings(request: HttpRequest, season: str, stage: str, version: int) -> HttpResponse:
    """The version's outcome as the very bytes that its fingerprint is of."""
    data = selectors.frozen_for(actor_of(request), season, stage, version)
    response = HttpResponse(data, content_type="application/json")
    name = f"{season}-{stage}-{version}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@login_required
def bundle(request: HttpRequest, season: str) -> HttpResponse | FileResponse:
    """Write the signed bundle of what holds now, and hand it over."""
    path = services.write_bundle(
        actor=actor_of(request), season=get_season(season), at=timezone.now()
    )
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
