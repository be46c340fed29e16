"""Files go out: as a download, by range, and so that no browser takes them for a page of ours."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from leitai.files import selectors, store
from leitai.files.models import StoredFile
from leitai.files.ranges import Slice, UnsatisfiableRangeError, read_range
from leitai.files.views.holders import actor_of


@require_safe
def download(request: HttpRequest, file: int, name: str) -> HttpResponseBase:
    held = selectors.get_file_for(actor_of(request), file, name)
    tag = f'"{held.sha256}"'
    if request.headers.get("If-None-Match") in {tag, "*"}:
        return _dressed(HttpResponse(status=304), held, tag, shown=False)
    shown = selectors.is_image(held) and request.GET.get("show") == "1"
    return _dressed(_content(request, held, tag), held, tag, shown=shown)


def _content(request: HttpRequest, held: StoredFile, tag: str) -> HttpResponseBase:
    if settings.LEITAI_ACCEL:  # nginx has the folder at this internal place, and knows ranges
        inner = f"/files-store/{held.sha256[:2]}/{held.sha256}"
        return HttpResponse(headers={"X-Accel-Redirect": inner})
    whole = Slice(0, held.size)
    try:
        part = _asked(request, held, tag)
    except UnsatisfiableRangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{held.size}"})
    return _sliced(held, part or whole, status=206 if part else 200)


def _asked(request: HttpRequest, held: StoredFile, tag: str) -> Slice | None:
    """A range of an older content is not continued with the new one."""
    if request.headers.get("If-Range", tag) != tag:
        return None
    return read_range(request.headers.get("Range", ""), held.size)


def _sliced(held: StoredFile, part: Slice, *, status: int) -> HttpResponseBase:
    blocks = store.read_slice(held.sha256, part.start, part.stop)
    response = StreamingHttpResponse(blocks, status=status)
    response["Content-Length"] = str(part.stop - part.start)
    if status == 206:
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{held.size}"
    return response


def _dressed(
    response: HttpResponseBase, held: StoredFile, tag: str, *, shown: bool
) -> HttpResponseBase:
    disposition = content_disposition_header(not shown, held.name) or "attachment"
    response["Content-Type"] = selectors.mime_of(held)
    response["Content-Disposition"] = disposition
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    return response
