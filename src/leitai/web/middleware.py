"""The door's two duties: the content policy, and coded errors in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError

STATUS = {"forbidden": 403, "not_found": 404}
REFUSED = 422
_READS = frozenset({"GET", "HEAD"})
View = Callable[[HttpRequest], HttpResponse]


class PolicyMiddleware:
    """Nothing at run time comes from outside: no CDN, font, map or clock (DESIGN law 10)."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        self.policy = (
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            f"connect-src 'self' {settings.LEITAI_LANE_URL}; form-action 'self'; "
            "frame-ancestors 'none'"
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class ErrorMiddleware:
    """A refusal is an answer, not an accident: it names place and mend, and loses nothing."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        part = request.headers.get("HX-Request") == "true"
        stranger = error.code == "forbidden" and not request.user.is_authenticated
        if stranger and request.method in _READS and not part:
            return redirect_to_login(request.get_full_path())
        context = {
            "sentences": text_of(error).splitlines(),
            "code": error.code,
            "back": _back(request),
        }
        template = "web/refusal_part.html" if part else "web/refusal.html"
        return render(request, template, context, status=_status(request, error.code))


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
