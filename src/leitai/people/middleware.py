"""The door: who acts, how long a quiet session stays open, and the notice that all agree to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.people import privacy, selectors
from leitai.people.models import Account
from leitai.people.selectors.actors import PASS

SEEN: Final = "seen_at"  # seconds since 1970; written at most once a minute
SINCE: Final = "since"
IDLE: Final = "idle"  # minutes
AGREED: Final = "agreed"
MINUTE: Final = 60
LONGEST: Final = 12 * 60  # minutes that any session lasts
_READS: Final = frozenset({"GET", "HEAD"})
# What a person who has not agreed yet must still reach.
_OPEN: Final = frozenset(
    {"people:consent", "people:privacy", "account_logout", "set_language", "web:health"}
    | {"messages:complain", "messages:track", "messages:follow", "messages:go", "messages:poster"}
)
# The account's own pages, closed to a session that a one-day card has opened.
_OWN: Final = (
    "account_",
    "mfa_",
    "people:account",
    "people:elsewhere",
    "people:myself",
    "messages:inbox",
    "messages:message",
    "messages:choices",
)
View = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Puts `request.actor`, looked up once and only when a page asks for it."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def look() -> Actor:
            session = getattr(request, "session", {})
            return selectors.actor_of_session(request.user, session, at=timezone.now())

        request.actor = cast("Actor", SimpleLazyObject(look))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)


def begin_session(*, request: HttpRequest, user: Account, **_signal: object) -> None:
    """Of `user_logged_in`: what the two doors below need to know, without asking again."""
    now = timezone.now()
    request.session[SINCE] = request.session[SEEN] = int(now.timestamp())
    request.session[IDLE] = idle_minutes(user, now)
    request.session[AGREED] = user.consent


def idle_minutes(account: Account, at: datetime) -> int:
    """Whoever holds an office is logged out sooner."""
    return settings.LEITAI_IDLE if selectors.holds_office(account, at=at) else LONGEST


class IdleMiddleware:
    """Ends a session nobody works in. The page asked for is answered as to a stranger.

    Where that leads to the sign-in page, it says why, and the way back is kept.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_sessionless(request) or SESSION_KEY not in request.session:
            return self.get_response(request)
        session = request.session
        now = timezone.now()
        quiet = _over(session, int(now.timestamp())) or _ended_pass(request)
        if not quiet:
            _note(request, now)
            return self.get_response(request)
        session.flush()
        request.user = AnonymousUser()
        response = self.get_response(request)
        return _led_back(request, response, quiet) if _to_sign_in(response) else response


def is_sessionless(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.LEITAI_SESSIONLESS)


def _over(session: SessionBase, now: int) -> str:
    """Why the session is over, "" while it is not."""
    idle = session.get(IDLE, LONGEST)
    if now - session.get(SEEN, now) >= idle * MINUTE:
        return _(
            "您有%(minutes)s分钟没有操作，为了安全已自动退出。请重新登录，会回到刚才的页面。"
        ) % {"minutes": idle}
    if now - session.get(SINCE, now) >= LONGEST * MINUTE:
        return _("登录已满12小时，为了安全已自动退出。请重新登录，会回到刚才的页面。")
    return ""


def _ended_pass(request: HttpRequest) -> str:
    """A session that a card has opened ends with the card."""
    if PASS not in request.session or request.actor.known:  # type: ignore[attr-defined]  # ours
        return ""
    return _("通行证已到期或已收回，已自动退出。")


def _note(request: HttpRequest, now: datetime) -> None:
    """Not on every page: a write a minute is enough, and duties may have changed since."""
    second = int(now.timestamp())
    if second - request.session.get(SEEN, 0) < MINUTE or not request.user.is_authenticated:
        return
    request.session.setdefault(SINCE, second)
    request.session[SEEN] = second
    request.session[IDLE] = idle_minutes(request.user, now)


def _to_sign_in(response: HttpResponse) -> bool:
    location = response.headers.get("Location", "")
    return urlsplit(location).path == reverse(settings.LOGIN_URL)


def _led_back(request: HttpRequest, response: HttpResponse, why: str) -> HttpResponse:
    """A form cannot be sent again by an address: the way back is the page it stood on."""
    messages.info(request, why)
    if request.method in _READS:
        return response
    came = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        came, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    back = (
        urlsplit(came)._replace(scheme="", netloc="").geturl()
        if ours
        else resolve_url(settings.LOGIN_REDIRECT_URL)
    )
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}")


class PassMiddleware:
    """Whoever came with a card does the card's duty: the account behind it is not theirs today."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_sessionless(request) and PASS in request.session:
            name = _name_of(request)
            if name.startswith(_OWN) and name not in _OPEN:
                messages.warning(request, text_of(DomainError("pass_only_duty")))
                return redirect(settings.LOGIN_REDIRECT_URL)
        return self.get_response(request)


class ConsentMiddleware:
    """Whoever has not agreed to the notice in force is asked before anything else."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_sessionless(request):
            return self.get_response(request)
        session: Any = request.session
        if SESSION_KEY in session and session.get(AGREED) != privacy.VERSION:
            return self._ask(request) or self.get_response(request)
        return self.get_response(request)

    def _ask(self, request: HttpRequest) -> HttpResponse | None:
        account = request.user
        if not isinstance(account, Account):  # ended meanwhile, or no account of ours
            return None
        if account.consent == privacy.VERSION:
            request.session[AGREED] = privacy.VERSION
            return None
        if _name_of(request) in _OPEN:
            return None
        back = (
            request.get_full_path()
            if request.method in _READS
            else resolve_url(settings.LOGIN_REDIRECT_URL)
        )
        return redirect(f"{reverse('people:consent')}?{urlencode({'next': back})}")


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
