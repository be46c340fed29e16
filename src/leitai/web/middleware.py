"""The door's duties: the content policy, coded errors in the reader's language, and no NUL."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.people.outside_settings import origins

STATUS = {"forbidden": 403, "not_found": 404, "too_many_tries": 429}
REFUSED = 422
_READS = frozenset({"GET", "HEAD"})
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
NUL = "\x00"
View = Callable[[HttpRequest], HttpResponse]


class PolicyMiddleware:
    """Nothing at run time comes from outside: no CDN, font, map or clock (DESIGN law 10)."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        outside = " ".join(["'self'", *origins(settings.SOCIALACCOUNT_PROVIDERS)])
        stage = (settings.LEITAI_STAGE_URL, settings.LEITAI_WATCH_URL)
        # http: in a policy does not stand for ws: in Chromium
        sockets = (url.replace("http", "ws", 1) for url in stage)
        lanes = (settings.LEITAI_LANE_URL, *stage, *sockets)
        self.policy = (
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            f"connect-src 'self' {' '.join(dict.fromkeys(lanes))}; form-action {outside}; "
            "frame-ancestors 'none'"
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class NulMiddleware:
    """No text of ours has a NUL and PostgreSQL takes none: it stops here, not in each view."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Here, not above: the page that says so needs the session and the language."""
        return refused(request, DomainError("text_nul")) if _posts_nul(request) else None


def _posts_nul(request: HttpRequest) -> bool:
    if request.method != "POST" or request.content_type not in _FORMS:
        return False
    try:
        given = request.POST.lists()
    except UnreadablePostError:  # the line broke: the view will see that too
        return False
    return any(NUL in name or any(NUL in text for text in texts) for name, texts in given)


class ErrorMiddleware:
    """A refusal is an answer, not an accident: it names place and mend, and loses nothing."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        stranger = error.code == "forbidden" and not request.user.is_authenticated
        if stranger and request.method in _READS and not _is_part(request):
            return redirect_to_login(request.get_full_path())
        return refused(request, error)


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A page, or a part of one, that says what could not be done."""
    context = {
        "sentences": text_of(error).splitlines(),
        "code": error.code,
        "back": _back(request),
    }
    template = "web/refusal_part.html" if _is_part(request) else "web/refusal.html"
    return render(request, template, context, status=_status(request, error.code))


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _status(request: HttpRequest, code: str) -> int:
    """An address that names something unknown is a missing page; a form that does is refused."""
    if request.method in _READS and code.endswith("_unknown"):
        return STATUS["not_found"]
    return STATUS.get(code, REFUSED)


def _back(request: HttpRequest) -> str:
    """Where the reader came from, if that was a page of ours."""
    came = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        came, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came if came and ours and came != request.build_absolute_uri() else "/"
