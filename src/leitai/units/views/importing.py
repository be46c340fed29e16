"""A table of units: upload, look at what it would do, confirm exactly that."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.units import rules, services
from leitai.units.forms import UploadForm
from leitai.units.models import UnitImport
from leitai.units.views.tree import actor_of

SHOWN = 200  # of each kind: nobody reads forty thousand rows


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    if not rules.can_upload_units(actor_of(request)):
        raise DomainError("forbidden")
    form = UploadForm(request.POST or None, request.FILES or None)
    draft = _draft(request, form) if form.is_valid() else None
    if draft is not None:
        return redirect("units:preview", draft.pk)
    status = 422 if form.errors else 200
    return render(request, "units/import.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def preview(request: HttpRequest, draft: int) -> HttpResponse:
    """Posted with the digest of what was shown, the import itself."""
    actor, at = actor_of(request), timezone.now()
    held = services.get_draft(actor, draft, at=at)
    refusal = ""
    if request.method == "POST":
        try:
            digest = request.POST.get("digest", "")
            done = services.confirm_import(actor=actor, draft=held, digest=digest, at=at)
        except DomainError as error:
            refusal = text_of(error)
        else:
            messages.success(request, str(done))
            return redirect("units:units")
    return _answer(request, services.preview_import(actor=actor, draft=held), refusal)


def _answer(request: HttpRequest, shown: services.Preview, refusal: str) -> HttpResponse:
    context = {
        "preview": shown,
        "added": shown.added[:SHOWN],
        "changed": shown.changed[:SHOWN],
        "wrong": [text_of(problem) for problem in shown.problems[:SHOWN]],
        "refusal": refusal,
    }
    return render(request, "units/preview.html", context, status=422 if refusal else 200)


def _draft(request: HttpRequest, form: UploadForm) -> UnitImport | None:
    file = form.cleaned_data["file"]
    try:
        return services.draft_import(
            actor=actor_of(request), source=file, name=file.name or "", at=timezone.now()
        )
    except Problems as error:
        form.add_error("file", [text_of(problem) for problem in error.problems])
        return None
