"""A unit's pages: its list with places, one registration, the form on paper."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.registration import forms, selectors, services
from leitai.registration.enums import Kind
from leitai.registration.models import Registration
from leitai.registration.views.common import actor_of, who
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.units.models import Delegation

both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def mine(request: HttpRequest, season: str) -> HttpResponse:
    actor, held = actor_of(request), seasons.get_season(season)
    if selectors.is_below(actor, held):
        return render(request, "registration/below.html", {"season": held})
    held, sender = _side(request, season)
    context = {
        "season": held,
        "sender": sender,
        "senders": selectors.delegations_for(actor, held),
        "stages": selectors.unit_page(held, sender, at=timezone.now()),
    }
    return render(request, "registration/unit.html", context)


@both
@login_required
def begin(request: HttpRequest, season: str) -> HttpResponse:
    """`stage`, `track` and `delegation` in the address; `q` looks for the person."""
    held, sender = _side(request, season)
    form = _begin_form(request, held)
    if request.method != "POST" or not form.is_valid():
        return _begin(request, held, sender, form)
    try:
        begun = services.begin_registration(
            season=held, wanted=_wanted(request, sender, form), **who(request)
        )
    except DomainError as error:
        return _begin(request, held, sender, form, refusal=_spoken(error))
    if begun.registration is None:
        return _begin(request, held, sender, form, begun=begun)
    return redirect("registration:one", season, begun.registration.pk)


@both
@login_required
def one(request: HttpRequest, season: str, number: int) -> HttpResponse:
    """`check=1` shows under each box what is still wrong."""
    held = _one(request, season, number)
    if request.method != "POST":
        return _page(request, held, show_problems="check" in request.GET)
    try:
        _save(request, held)
    except DomainError as error:
        return _page(request, held, refusal=_spoken(error))
    messages.success(request, _("已保存。"))
    return redirect(request.get_full_path_info().partition("?")[0] + "?check=1")


@require_POST
@login_required
def submit(request: HttpRequest, season: str, number: int) -> HttpResponse:
    """What stands in the boxes is saved first, so that nothing typed is lost by a refusal."""
    held = _one(request, season, number)
    try:
        if "f-saved" in request.POST:
            _save(request, held)
        services.submit_registration(registration=held, **who(request))
    except DomainError as error:
        return _page(
            request, _one(request, season, number), refusal=_spoken(error), show_problems=True
        )
    messages.success(request, _("报名表已提交，等待组委会办公室审核。"))
    return redirect("registration:one", season, number)


@require_POST
@login_required
def recall(request: HttpRequest, season: str, number: int) -> HttpResponse:
    services.recall_registration(registration=_one(request, season, number), **who(request))
    messages.success(request, _("已撤回，可以修改。改好后请重新提交审核。"))
    return redirect("registration:one", season, number)


@require_POST
@login_required
def unseal(request: HttpRequest, season: str, number: int, file: int) -> HttpResponse:
    """Take a sealed paper out again; what stands in the boxes is kept."""
    held = _one(request, season, number)
    if "f-saved" in request.POST:
        _save(request, held)
    services.remove_scan(registration=held, file=file, **who(request))
    messages.success(request, _("盖章件已撤下。请上传正确的盖章件。"))
    return redirect("registration:one", season, number)


@require_POST
@login_required
def open_scans(request: HttpRequest, season: str, number: int) -> HttpResponse:
    """For those who watch: the sealed papers, once they say why."""
    reason = request.POST.get("reason", "")
    services.open_scans(registration=_one(request, season, number), reason=reason, **who(request))
    messages.success(request, _("一小时内可以查看盖章件，已记入操作留痕。"))
    return redirect("registration:one", season, number)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, number: int) -> HttpResponse:
    held = _one(request, season, number)
    services.drop_registration(registration=held, **who(request))
    messages.success(request, _("草稿已删去，名额已退回。"))
    return redirect("registration:unit", season)


@require_safe
@login_required
def paper(request: HttpRequest, season: str, number: int) -> HttpResponse:
    held = _one(request, season, number)
    data = services.print_form(registration=held, **who(request))
    name = {"Content-Disposition": f'inline; filename="form-{held.pk}.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=name)


@require_safe
@login_required
def own(request: HttpRequest, number: int) -> HttpResponse:
    """The contestant's own page of it."""
    page = selectors.own_page(actor_of(request), number)
    return render(request, "registration/own.html", {"page": page, "one": page.registration})


def _side(request: HttpRequest, season: str) -> tuple[Season, Delegation]:
    held = seasons.get_season(season)
    asked = request.POST.get("delegation") or request.GET.get("delegation", "")
    return held, selectors.get_delegation_for(actor_of(request), held, asked)


def _one(request: HttpRequest, season: str, number: int) -> Registration:
    held = seasons.get_season(season)
    return selectors.get_registration_for(actor_of(request), held, number)


def _save(request: HttpRequest, held: Registration) -> None:
    services.save_registration(
        registration=held,
        post=request.POST,  # type: ignore[arg-type]  # what Django posts is what it asks for
        posted=request.FILES,  # type: ignore[arg-type]
        **who(request),
    )


def _wanted(request: HttpRequest, sender: Delegation, form: forms.BeginForm) -> services.Wanted:
    return services.Wanted(
        stage=request.POST.get("stage", ""),
        track=request.POST.get("track", ""),
        delegation=sender.unit.code,
        person=form.cleaned_data["person"],
        kind=form.cleaned_data["kind"],
        route=form.cleaned_data["route"],
        slot=form.cleaned_data["slot"],
    )


def _begin_form(request: HttpRequest, held: Season) -> forms.BeginForm:
    asked = {**request.GET.dict(), **request.POST.dict()}
    kinds, slots = selectors.choices_for(held, asked.get("stage", ""))
    return forms.BeginForm(kinds, slots, request.POST or None, initial=request.GET.dict())


def _begin(
    request: HttpRequest,
    held: Season,
    sender: Delegation,
    form: forms.BeginForm,
    **more: object,
) -> HttpResponse:
    asked = {**request.GET.dict(), **request.POST.dict()}
    words = asked.get("q", "")[:50]
    context = {
        "season": held,
        "sender": sender,
        "stage": seasons.get_stage(held, asked.get("stage", "")),
        "track": seasons.rulebook_of(held).tracks.get(asked.get("track", "")),
        "asked": asked,
        "words": words,
        "found": selectors.find_people(sender, held, words),
        "form": form,
        "leader": asked.get("kind") == Kind.LEADER,
    }
    refused = form.errors or more
    return render(request, "registration/new.html", context | more, status=422 if refused else 200)


def _page(
    request: HttpRequest,
    held: Registration,
    *,
    refusal: str = "",
    show_problems: bool = False,
) -> HttpResponse:
    page = selectors.one_page(
        actor_of(request), held, at=timezone.now(), show_problems=show_problems or bool(refusal)
    )
    context = {"page": page, "one": held, "season": held.season, "refusal": refusal}
    return render(request, "registration/one.html", context, status=422 if refusal else 200)


def _spoken(error: DomainError) -> str:
    """A sentence for the page; without the right to be here there is no page."""
    if error.code in {"forbidden", "not_found"} and not isinstance(error, Problems):
        raise error
    return text_of(error)
