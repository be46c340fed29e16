"""tus 1.0 over plain views. A body is read from the wire in blocks and never held whole."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leitai.base.errors import text_of
from leitai.files import doors, kinds, selectors, services, tus
from leitai.files.models import Upload
from leitai.files.views.holders import actor_of, holder_of
from leitai.kernel.errors import DomainError

# Whoever uploads over a slow line holds a thread of ours. Half of granian's four stay for pages;
# behind nginx, which collects a body before it passes it on, no upload is slow.
_SLOTS = threading.BoundedSemaphore(2)
_WAIT_SECONDS = 1
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _speaks_tus(view: View[P]) -> View[P]:
    """The protocol's headers, and refusals as status and sentence instead of a page."""

    @wraps(view)
    def spoken(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        foreign = request.method in {"POST", "PATCH", "DELETE"} and (
            request.headers.get("Tus-Resumable") != tus.VERSION
        )
        try:
            response = _version_unknown() if foreign else view(request, *args, **kwargs)
        except DomainError as refused:
            response = _refusal(request, refused)
        response["Tus-Resumable"] = tus.VERSION
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return spoken


def _version_unknown() -> HttpResponse:
    return HttpResponse(status=412, headers={"Tus-Version": tus.VERSION})


def _refusal(request: HttpRequest, refused: DomainError) -> HttpResponse:
    """A stranger who is refused was perhaps signed out: then signing in again is the mend."""
    if refused.code in {"forbidden", "not_found"} and not actor_of(request).known:
        refused = DomainError("files_signed_out")
    said = {"code": refused.code, "sentence": text_of(refused)}
    response = JsonResponse(said, status=tus.STATUS.get(refused.code, 422))
    if refused.code == "files_crowded":
        response["Retry-After"] = "2"
    return response


@require_http_methods(["OPTIONS", "POST"])
@never_cache
@_speaks_tus
def uploads(request: HttpRequest) -> HttpResponse:
    return _greet() if request.method == "OPTIONS" else _create(request)


@require_http_methods(["OPTIONS", "HEAD", "GET", "PATCH", "DELETE"])
@never_cache
@_speaks_tus
def upload(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "PATCH":
        return _append(request, token)
    if request.method == "DELETE":
        services.cancel_upload(holder=holder_of(request), token=token, at=timezone.now())
        return HttpResponse(status=204)
    if request.method == "OPTIONS":
        return _greet()
    held = selectors.get_upload_for(holder_of(request), token, at=timezone.now())
    if request.method == "GET":
        return JsonResponse(asdict(selectors.progress_of(held)))
    return _told(held, 200, {"Upload-Length": str(held.length)})


def _greet() -> HttpResponse:
    greeting = {
        "Tus-Version": tus.VERSION,
        "Tus-Extension": tus.EXTENSIONS,
        "Tus-Max-Size": str(kinds.largest()),
        "Tus-Checksum-Algorithm": ",".join(services.DIGESTS),
    }
    return HttpResponse(status=204, headers=greeting)


def _create(request: HttpRequest) -> HttpResponse:
    said = tus.read_metadata(request.headers.get("Upload-Metadata", ""))
    length = tus.read_number(request.headers.get("Upload-Length"), missing="files_length_missing")
    new = services.NewUpload(said.kind, said.owner, said.name, length)
    actor, at = actor_of(request), timezone.now()
    if not actor.known:
        doors.reserving(request, length, at=at)
    holder = holder_of(request, make=True)
    made = services.create_upload(actor=actor, holder=holder, new=new, at=at)
    if request.content_type == tus.BODY:
        made = _receive(request, made.token, 0)
    return _told(made, 201, {"Location": reverse("files:upload", args=[made.token])})


def _append(request: HttpRequest, token: str) -> HttpResponse:
    if request.content_type != tus.BODY:
        return HttpResponse(status=415)
    offset = tus.read_number(request.headers.get("Upload-Offset"))
    return _told(_receive(request, token, offset), 204, {})


def _receive(request: HttpRequest, token: str, offset: int) -> Upload:
    checksum = tus.read_checksum(request.headers.get("Upload-Checksum"))
    if not _SLOTS.acquire(timeout=_WAIT_SECONDS):
        raise DomainError("files_crowded")
    try:
        return services.receive(
            holder=holder_of(request), token=token, offset=offset,
            read=_reader(request), checksum=checksum, at=timezone.now(),
        )  # fmt: skip
    finally:
        _SLOTS.release()


def _reader(request: HttpRequest) -> Callable[[int], bytes]:
    def read(count: int) -> bytes:
        try:
            return request.read(count)
        except UnreadablePostError:
            return b""  # the line broke: what came before counts

    return read


def _told(held: Upload, status: int, more: dict[str, str]) -> HttpResponse:
    expires = http_date(held.expires_at.timestamp())
    headers = {"Upload-Offset": str(held.offset), "Upload-Expires": expires}
    return HttpResponse(status=status, headers=headers | more)
