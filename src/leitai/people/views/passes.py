"""One-day passes: the office issues and prints cards, their bearers come in with them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.people import cards, services
from leitai.people.forms.passes import CardForm, PassForm
from leitai.people.models import Pass
from leitai.people.selectors import committees, passes
from leitai.people.selectors.actors import PASS, PASS_DEVICE
from leitai.people.throttling import CODE_PEER, peer_of
from leitai.units import selectors as units
from leitai.units.models import Unit

COOKIE: Final = "leitai_device"
COOKIE_DAYS: Final = 30
REFUSED, TOO_MANY = 422, 429


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("code")
def enter(request: HttpRequest) -> HttpResponse:
    """The bearer shows the card: its QR brings the code in the address's fragment."""
    form = CardForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "people/pass_enter.html", {"form": form}, status=_status(form))
    device = request.COOKIES.get(COOKIE) or services.new_device()
    try:
        held = _shown(request, form.cleaned_data["code"], device)
    except DomainError as refused:
        form.add_error(None, text_of(refused))
        status = TOO_MANY if refused.code == "too_many_tries" else REFUSED
        return render(request, "people/pass_enter.html", {"form": form}, status=status)
    return _let_in(request, held, device)


@require_safe
@login_required
@never_cache
def office(request: HttpRequest, season: str) -> HttpResponse:
    return _list(request, season)


@require_POST
@login_required
@never_cache
def issue(request: HttpRequest, season: str) -> HttpResponse:
    """The card is printed from the answer: its code is shown this once."""
    actor, now = _actor(request), timezone.now()
    form = PassForm(request.POST, places=_places(request, season))
    if not form.is_valid():
        return _list(request, season, form=form, status=REFUSED)
    asked = form.cleaned_data | {"unit": units.get_unit(form.cleaned_data["unit"])}
    person = committees.the_person(actor, season, asked.pop("person"))
    card = services.issue_pass(actor=actor, person=person, season=season, at=now, **asked)
    return render(request, "people/pass_card.html", _drawn(card, season))


@require_POST
@login_required
def release(request: HttpRequest, season: str, card: int) -> HttpResponse:
    held = passes.get_pass_for(_actor(request), season, card)
    services.release_device(actor=_actor(request), held=held, at=timezone.now())
    messages.success(request, _("已解除绑定，可在另一台设备上启用一次。"))
    return redirect("people:passes", season)


@require_POST
@login_required
def withdraw(request: HttpRequest, season: str, card: int) -> HttpResponse:
    held = passes.get_pass_for(_actor(request), season, card)
    services.withdraw_pass(actor=_actor(request), held=held, at=timezone.now())
    messages.success(request, _("通行证已收回，正在使用的设备即刻退出。"))
    return redirect("people:passes", season)


def _shown(request: HttpRequest, code: str, device: str) -> Pass:
    """Wrong codes use up the address's tries, outside the transaction of the right one."""
    now, peer = timezone.now(), peer_of(request)
    CODE_PEER.check(peer, at=now)
    try:
        return services.use_pass(code=code, device=device, at=now)
    except DomainError:
        CODE_PEER.knock(peer, at=now)
        raise


def _let_in(request: HttpRequest, held: Pass, device: str) -> HttpResponse:
    """Signed in until midnight, with the card's duty alone."""
    request.session.flush()
    login(request, held.person.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[PASS], request.session[PASS_DEVICE] = held.pk, device
    request.session.set_expiry(_midnight() - timezone.now())
    response = redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    response.set_cookie(
        COOKIE,
        device,
        max_age=timedelta(days=COOKIE_DAYS),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _midnight() -> datetime:
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time()))


def _list(
    request: HttpRequest, season: str, *, form: PassForm | None = None, status: int = 200
) -> HttpResponse:
    page = passes.page_of_passes(
        _actor(request), season, number=request.GET.get("page"), at=timezone.now()
    )
    today = {"day": timezone.localdate()}
    context = {
        "season_code": season,
        "page": page,
        "form": form or PassForm(places=_places(request, season), initial=today),
    }
    return render(request, "people/passes.html", context, status=status)


def _places(request: HttpRequest, season: str) -> list[Unit]:
    places = list(passes.places_of(_actor(request), season))
    if not places:
        raise DomainError("forbidden")
    return places


def _drawn(card: services.Card, season: str) -> dict[str, object]:
    return {"card": card, "drawing": cards.drawing_of(card), "season_code": season}


def _status(form: CardForm) -> int:
    return REFUSED if form.is_bound else 200


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
