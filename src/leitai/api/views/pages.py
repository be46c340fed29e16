"""The way in, and the office's page for the tokens of its season."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.api import selectors, services
from leitai.api.forms import TokenForm
from leitai.base.actor import Actor

REFUSED = 422


@require_safe
def root(request: HttpRequest) -> JsonResponse:
    """Where the description is."""
    return JsonResponse({"version": "1", "openapi": reverse("api:api-1:openapi-json")})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def tokens(request: HttpRequest, season: str) -> HttpResponse:
    """The list and the form; a new token's secret stands in the answer to the form alone."""
    if request.method != "POST":
        return _shown(request, season, TokenForm())
    held = selectors.get_season_to_keep(_actor(request), season)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _shown(request, season, form, status=REFUSED)
    asked, now = form.cleaned_data, timezone.now()
    made = services.make_token(actor=_actor(request), season=held, at=now, **asked)
    return _shown(request, season, TokenForm(), made=made)


@require_POST
@login_required
def revoke(request: HttpRequest, season: str, token: int) -> HttpResponse:
    held = selectors.get_token_to_keep(_actor(request), season, token)
    services.revoke_token(actor=_actor(request), token=held, at=timezone.now())
    messages.success(request, _("令牌“%(label)s”已停用。") % {"label": held.label})
    return redirect("api:tokens", season)


def _shown(
    request: HttpRequest,
    season: str,
    form: TokenForm,
    *,
    made: services.Made | None = None,
    status: int = 200,
) -> HttpResponse:
    number = request.GET.get("page")
    page = selectors.tokens_page(_actor(request), season, number, at=timezone.now())
    context = {"page": page, "form": form, "made": made}
    return render(request, "api/tokens.html", context, status=status)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
