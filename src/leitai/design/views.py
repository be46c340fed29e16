"""The gallery of components, the tab's icon, and the service workers of exam room and practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from leitai.design import assets, specimens
from leitai.design.icons import MARK_LINES

if TYPE_CHECKING:
    from django.http import HttpRequest

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="6" fill="#b7341e"/>'
    f'<g fill="none" stroke="#fff" stroke-width="2.6">{MARK_LINES}</g></svg>'
)
_EXAM_ENTRIES = (
    "frontend/src/theme.ts",
    "frontend/src/site.ts",
    "frontend/src/islands/exam/main.ts",
)
_PRACTICE_ENTRIES = (
    "frontend/src/theme.ts",
    "frontend/src/site.ts",
    "frontend/styles/public.css",
    "frontend/styles/practice.css",
    "frontend/src/islands/practice/main.ts",
)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, in the light, dark and stage themes."""
    return render(request, "design/gallery.html", specimens.gallery())


@require_safe
@cache_control(max_age=86400, public=True)
def icon(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_ICON, content_type="image/svg+xml")


@require_safe
@cache_control(no_cache=True)
def exam_worker(_request: HttpRequest) -> HttpResponse:
    """The service worker under the exam's own path: a worker rules only over its folder."""
    return _worker(assets.shell_for("exam", *_EXAM_ENTRIES, every=True))


@require_safe
@cache_control(no_cache=True)
def practice_worker(_request: HttpRequest) -> HttpResponse:
    """The same for practice; of its pages only «今天» and the player's are kept."""
    return _worker(assets.shell_for("practice", *_PRACTICE_ENTRIES, every=False))


def _worker(shell: str) -> HttpResponse:
    path = assets.built_file("frontend/src/worker.ts")
    if path is None:
        raise Http404
    body = shell + path.read_text(encoding="utf-8")
    return HttpResponse(body, content_type="text/javascript; charset=utf-8")
