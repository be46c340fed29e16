"""The screens of a match, as shells for their islands, and the recorders' page of paddles."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leitai.base.actor import NOBODY
from leitai.kernel.errors import DomainError
from leitai.live import services
from leitai.live.enums import Screen
from leitai.live.forms import CardForm, PaddlesForm
from leitai.live.selectors import matches, paddles, shells
from leitai.live.views.common import actor_of, attempt, match_to_see, of, posted

SEAT_COOKIE = "lt-seat"
SEATS_COOKIE = "lt-seats"


@require_safe
@login_required
@never_cache
def host(request: HttpRequest, season: str, match: str) -> HttpResponse:
    found = match_to_see(request, season, match)
    if not matches.may(actor_of(request), found).host:
        raise DomainError("forbidden")
    shell = shells.shell_for(found, Screen.HOST, actor_of(request), at=timezone.now())
    return render(request, "live/host.html", of(request, found) | {"shell": shell})


@require_safe
@login_required
@never_cache
def hall(request: HttpRequest, season: str, match: str) -> HttpResponse:
    found = match_to_see(request, season, match)
    shell = shells.shell_for(found, Screen.HALL, actor_of(request), at=timezone.now())
    return render(request, "live/hall.html", of(request, found) | {"shell": shell})


@require_safe
@never_cache
def watch(request: HttpRequest, season: str, match: str) -> HttpResponse:
    """For everybody: what the hall shows, without a sign-in."""
    found = matches.get_open_match(season, match)
    shell = shells.shell_for(found, Screen.WATCH, NOBODY, at=timezone.now())
    return render(request, "live/watch.html", of(request, found) | {"shell": shell})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def seat(request: HttpRequest) -> HttpResponse:
    """A seat's device: with its card it comes in, and comes back by its cookie."""
    form = CardForm(posted(request))
    if form.is_valid():
        device = attempt(form, services.enter_seat, code=form.cleaned_data["code"])
        if device is not None:
            return _seated(redirect("live:seat"), SEAT_COOKIE, f"{device.pk}:{device.epoch}")
    known = request.get_signed_cookie(SEAT_COOKIE, "", salt=SEAT_COOKIE) or ""
    device = shells.get_seated(known) if request.method != "POST" else None
    shell = shells.seat_shell(device, at=timezone.now()) if device else None
    context = {"form": form, "shell": shell, "lost": bool(known) and device is None}
    return render(request, "live/seat.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def together(request: HttpRequest) -> HttpResponse:
    """Several seats at one computer: a card after the other, each seat with a key of its own."""
    if "leave" in request.POST:
        return _seated(redirect("live:together"), SEATS_COOKIE, "")
    known = request.get_signed_cookie(SEATS_COOKIE, "", salt=SEATS_COOKIE) or ""
    here, form = shells.list_seated(known), CardForm(posted(request))
    if form.is_valid():
        told = {"code": form.cleaned_data["code"], "beside": here[0].match if here else None}
        device = attempt(form, services.enter_together, **told)
        if device is not None:
            held = shells.seated_text([*here, device])
            return _seated(redirect("live:together"), SEATS_COOKIE, held)
    found = shells.together_shells(here, at=timezone.now())
    context = {"form": form, "shells": found, "first": found[0] if found else None}
    return render(request, "live/together.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def paddle(request: HttpRequest, season: str, match: str) -> HttpResponse:
    """One recorder's order; where two differ, both are shown to whoever is neither of them."""
    found = match_to_see(request, season, match)
    if not matches.may(actor_of(request), found).record:
        raise DomainError("forbidden")
    page = paddles.page_of(found, actor_of(request))
    form = PaddlesForm(posted(request), initial={"after": page.after})
    if form.is_valid():
        told = {"order": form.seats(), "after": form.cleaned_data["after"]}
        if attempt(form, services.key_paddles, actor=actor_of(request), match=found, **told):
            messages.success(request, _("已记录。"))
            return redirect("live:paddles", season, match)
    again = not page.differ and ("again" in request.GET or bool(form.errors))
    context = of(request, found) | {"form": form, "page": page, "again": again}
    return render(request, "live/paddles.html", context, status=422 if form.errors else 200)


def _seated(answer: HttpResponse, cookie: str, value: str) -> HttpResponse:
    answer.set_signed_cookie(
        cookie,
        value,
        salt=cookie,
        max_age=timedelta(hours=shells.HOURS),
        httponly=True,
        samesite="Lax",
    )
    return answer
