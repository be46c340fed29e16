"""Answers of the interface: refusals as {code, message, place}, and what may be kept how long."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from ninja.errors import HttpError, ValidationError

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems

ROOT: Final = "/api/"
SAFE: Final = frozenset({"GET", "HEAD"})
_STATUS: Final[dict[str, int]] = {
    "forbidden": HTTPStatus.FORBIDDEN,
    "not_found": HTTPStatus.NOT_FOUND,
    "too_many_tries": HTTPStatus.TOO_MANY_REQUESTS,
    "api_sign_in": HTTPStatus.UNAUTHORIZED,
    "api_token_needed": HTTPStatus.UNAUTHORIZED,
    "api_token_season": HTTPStatus.FORBIDDEN,
    "api_steps": HTTPStatus.FORBIDDEN,
    "api_method": HTTPStatus.METHOD_NOT_ALLOWED,
    "api_request": HTTPStatus.BAD_REQUEST,
    "api_accident": HTTPStatus.INTERNAL_SERVER_ERROR,
}
_CODES: Final[dict[int, str]] = {
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "api_method",
}
_CHALLENGE: Final = {
    "api_sign_in": 'Cookie realm="leitai"',
    "api_token_needed": 'Bearer realm="leitai"',
}


def refused(
    request: HttpRequest, error: DomainError, *, place: str = "", status: int = 0
) -> HttpResponse:
    """One refusal in the reader's language; `place` names the parameter that is meant, if any."""
    with translation.override(translation.get_language_from_request(request)):
        said = {
            "code": error.code,
            "message": text_of(error),
            "place": place or _place_of(request, error),
        }
        spoken = translation.get_language() or ""
    code = status or _status_of(error.code)
    response = JsonResponse(said, status=code, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Language"] = spoken
    response.headers["Cache-Control"] = "no-store"
    if error.code in _CHALLENGE:
        response.headers["WWW-Authenticate"] = _CHALLENGE[error.code]
    if error.code == "too_many_tries":
        response.headers["Retry-After"] = str(60 * int(str(error.data["minutes"])))
    return response


def refused_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters that are not what the interface's description says."""
    names = list(dict.fromkeys(str(one["loc"][-1]) for one in error.errors if one.get("loc")))
    said = DomainError("api_value", names=", ".join(names))
    return refused(request, said, place=names[0] if names else "")


def refused_plainly(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the library itself refuses."""
    return refused(request, _meant(error.status_code), status=error.status_code)


def as_json(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A page of the house that says no, said to a machine."""
    if _speaks_json(response):
        return response
    if HTTPStatus.MULTIPLE_CHOICES <= response.status_code < HTTPStatus.BAD_REQUEST:
        led_away = not response.headers.get("Location", "").startswith(ROOT)
        if response.status_code == HTTPStatus.NOT_MODIFIED or not led_away:
            return response
        return refused(request, DomainError("api_steps"))
    if response.status_code < HTTPStatus.BAD_REQUEST:
        return response
    told = refused(request, _meant(response.status_code), status=response.status_code)
    if "Allow" in response.headers:
        told.headers["Allow"] = response.headers["Allow"]
    return told


def finished(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What was read by right is kept nowhere; the rest is asked after with its ETag."""
    response.headers.setdefault("X-Robots-Tag", "noindex")
    patch_vary_headers(response, ("Accept-Language",))
    if getattr(request, "auth", None) is not None:
        response.headers["Cache-Control"] = "private, no-store"
        return response
    if (
        request.method not in SAFE
        or response.status_code != HTTPStatus.OK
        or not isinstance(response, HttpResponse)
    ):
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers.setdefault("Cache-Control", "no-cache")
    answer: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, response=response
    )
    return answer or response


def _status_of(code: str) -> int:
    missing = code.endswith("_unknown")
    other = HTTPStatus.NOT_FOUND if missing else HTTPStatus.UNPROCESSABLE_ENTITY
    return _STATUS.get(code, other)


def _meant(status: int) -> DomainError:
    other = "api_accident" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "api_request"
    return DomainError(_CODES.get(status, other))


def _place_of(request: HttpRequest, error: DomainError) -> str:
    """The parameter that the error speaks of."""
    if isinstance(error, Problems):
        return error.problems[0].place if error.problems else ""
    match = request.resolver_match
    asked = (*(match.kwargs if match else ()), *request.GET)
    return next((name for name in asked if name in error.data), "")


def _speaks_json(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith("application/json")
