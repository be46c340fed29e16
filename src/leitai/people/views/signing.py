"""From a slip to the own password; the notice; the own account."""

from __future__ import annotations

import time
from typing import Any, Final

from allauth.account.internal.flows import login as flow
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.people import privacy, selectors, services
from leitai.people.forms.signing import (
    CodeForm,
    ConsentForm,
    OwnPasswordForm,
    PasswordForm,
    WhoForm,
)
from leitai.people.middleware import AGREED
from leitai.people.models import Account
from leitai.people.selectors.slips import Found
from leitai.people.throttling import peer_of

UNDER_WAY: Final = "activating"
PATIENCE: Final = 20 * 60  # seconds that a code that was typed in stays good
REFUSED, TOO_MANY = 422, 429
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@page_or_form
@never_cache
@sensitive_post_parameters("code")
def activate(request: HttpRequest) -> HttpResponse:
    """Step one: the code of a slip. Its QR brings it in the address's fragment."""
    form = CodeForm(_posted(request))
    if not form.is_valid():
        return _ask(request, "people/activate.html", form)
    try:
        found = services.open_slip(
            code=form.cleaned_data["code"], peer=peer_of(request), at=timezone.now()
        )
    except DomainError as refused:
        return _refuse(request, "people/activate.html", form, refused)
    return _go_on(request, found)


@page_or_form
@never_cache
@sensitive_post_parameters("tail")
def who(request: HttpRequest) -> HttpResponse:
    """With a unit's slip: who of the unit one is."""
    found = _under_way(request)
    if found is None:
        return _start_again(request)
    form = WhoForm(_posted(request))
    if not form.is_valid():
        return _ask(request, "people/who.html", form, found=found)
    try:
        return _go_on(request, _named(request, found, form))
    except DomainError as refused:
        return _refuse(request, "people/who.html", form, refused, found=found)


@page_or_form
@never_cache
@sensitive_post_parameters("password", "again")
def choose(request: HttpRequest) -> HttpResponse:
    """Step two: the own password, and the notice; then one is signed in."""
    found = _under_way(request)
    if found is None or found.person is None:
        return _start_again(request)
    form = PasswordForm(_posted(request), renewing=found.reset, agreed=found.agreed)
    if not form.is_valid():
        return _ask(request, "people/choose.html", form, found=found)
    try:
        account = _use(found, form)
    except DomainError as refused:
        return _refuse(request, "people/choose.html", form, refused, found=found)
    request.session.pop(UNDER_WAY, None)
    return _sign_in(request, account)


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, and how long."""
    return render(request, "people/privacy.html", {"version": privacy.VERSION})


@page_or_form
@login_required
@never_cache
def consent(request: HttpRequest) -> HttpResponse:
    """To those who never agreed to the notice in force, before any other page."""
    form = ConsentForm(_posted(request), initial={"version": privacy.VERSION})
    if not form.is_valid():
        back = request.POST.get("next") or request.GET.get("next", "")
        return _ask(request, "people/consent.html", form, next=back)
    services.agree(
        actor=_actor(request),
        account=_account(request),
        version=form.cleaned_data["version"],
        at=timezone.now(),
    )
    request.session[AGREED] = privacy.VERSION
    return redirect(_back(request))


@require_safe
@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """The own account: how one signs in, the password, what one agreed to, other devices."""
    own = selectors.own_account(_account(request))
    return render(request, "people/account.html", {"own": own, "form": OwnPasswordForm()})


@require_POST
@login_required
@never_cache
@sensitive_post_parameters("password")
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Every other session ends: the sessions' digest is of the password's own salt."""
    held, form = _account(request), OwnPasswordForm(request.POST)
    try:
        services.end_other_sessions(
            account=held,
            password=request.POST.get("password", ""),
            peer=peer_of(request),
            at=timezone.now(),
        )
    except DomainError as refused:
        own = selectors.own_account(held)
        return _refuse(request, "people/account.html", form, refused, own=own)
    update_session_auth_hash(request, held)
    messages.success(request, _("已退出其他设备上的登录。"))
    return redirect("people:account")


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _ask(request: HttpRequest, page: str, form: forms.Form, **more: object) -> HttpResponse:
    status = REFUSED if form.is_bound else 200
    context = {"form": form, "version": privacy.VERSION, **more}
    return render(request, page, context, status=status)


def _refuse(
    request: HttpRequest, page: str, form: forms.Form, refused: DomainError, **more: object
) -> HttpResponse:
    """The same page with the sentence, keeping what was typed."""
    form.add_error(None, text_of(refused))
    response = _ask(request, page, form, **more)
    response.status_code = TOO_MANY if refused.code == "too_many_tries" else REFUSED
    return response


def _go_on(request: HttpRequest, found: Found) -> HttpResponse:
    request.session[UNDER_WAY] = [found.slip, found.person, int(time.time())]
    return redirect("people:choose" if found.person else "people:who")


def _under_way(request: HttpRequest) -> Found | None:
    """The slip whose code this browser has shown; None after too long, or if it ended."""
    slip, person, since = request.session.get(UNDER_WAY, (None, None, 0))
    if slip is None or time.time() - since > PATIENCE:
        return None
    try:
        return selectors.get_slip(slip, person, at=timezone.now())
    except DomainError:
        return None


def _start_again(request: HttpRequest) -> HttpResponse:
    if request.session.pop(UNDER_WAY, None):
        messages.warning(request, text_of(DomainError("slip_lost")))
    return redirect("people:activate")


def _named(request: HttpRequest, found: Found, form: WhoForm) -> Found:
    given, peer = form.cleaned_data, peer_of(request)
    return services.name_oneself(
        slip=found.slip, name=given["name"], tail=given["tail"], peer=peer, at=timezone.now()
    )


def _use(found: Found, form: PasswordForm) -> Account:
    given = form.cleaned_data
    agreed = privacy.VERSION if given.get("agree") else ""
    choice = services.Choice(given["password"], given.get("username", ""), agreed)
    person = found.person or 0
    return services.activate(slip=found.slip, person=person, choice=choice, at=timezone.now())


def _sign_in(request: HttpRequest, account: Account) -> HttpResponse:
    """Through the same stages as with a password typed at the door."""
    response: HttpResponse = flow.perform_password_login(
        request,
        {"username": account.username},
        Login(user=account, redirect_url=resolve_url(settings.LOGIN_REDIRECT_URL)),
    )
    return response


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if asked and ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def _account(request: HttpRequest) -> Account:
    held: Account = request.user  # type: ignore[assignment]  # pages behind the door
    return held


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
