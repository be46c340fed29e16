"""What was made: the list, one with its progress, its file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leitai.paperwork import selectors
from leitai.paperwork.views.answers import actor_of


@require_safe
@login_required
def exports(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(actor_of(request), season)
    page = selectors.exports_page(held, request.GET.get("page", "1"))
    return render(request, "paperwork/exports.html", {"season": held, "page": page})


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, season: str, export: int) -> HttpResponse:
    held = selectors.get_season_for(actor_of(request), season)
    page = selectors.export_page(selectors.get_export(held, export))
    return render(request, "paperwork/export.html", {"season": held, "page": page})


@require_safe
@login_required
@never_cache
def download(request: HttpRequest, season: str, export: int) -> FileResponse:
    held = selectors.get_season_for(actor_of(request), season)
    made = selectors.get_export(held, export)
    path = selectors.file_of(made)
    return FileResponse(path.open("rb"), as_attachment=True, filename=made.name)
