"""A table of units: upload, look at what it would do, confirm exactly that, see what it did."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.units import rules, selectors, services
from leitai.units.forms import UploadForm
from leitai.units.models import UnitImport
from leitai.units.views.tree import PER_PAGE, actor_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    if not rules.can_upload_units(actor_of(request)):
        raise DomainError("forbidden")
    form = UploadForm(request.POST or None, request.FILES or None)
    draft = _started(request, form) if form.is_valid() else None
    if draft is not None:
        return redirect("units:preview", draft.pk)
    drafts = selectors.list_imports(actor_of(request), at=timezone.now())
    status = 422 if form.errors else 200
    return render(request, "units/import.html", {"form": form, "drafts": drafts}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def preview(request: HttpRequest, draft: int) -> HttpResponse:
    """What the file would do, how far it is, or what it did.

    Posted with the digest of what was shown, the import itself.
    """
    actor, at = actor_of(request), timezone.now()
    held = selectors.get_import_for(actor, draft, at=at)
    if request.method != "POST":
        return _answer(request, held)
    digest = request.POST.get("digest", "")
    try:
        services.confirm_import(actor=actor, draft=held, digest=digest, at=at)
    except DomainError as error:
        return _answer(request, held, text_of(error))
    return redirect("units:preview", held.pk)


def _answer(request: HttpRequest, held: UnitImport, refusal: str = "") -> HttpResponse:
    shown = selectors.import_page(held, request.GET.get("kind", ""))
    page = Paginator(shown.lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {"draft": held, "shown": shown, "page": page, "refusal": refusal}
    return render(request, "units/preview.html", context, status=422 if refusal else 200)


def _started(request: HttpRequest, form: UploadForm) -> UnitImport | None:
    file = form.cleaned_data["file"]
    try:
        return services.start_import(
            actor=actor_of(request), source=file, name=file.name or "", at=timezone.now()
        )
    except Problems as error:
        form.add_error("file", [text_of(problem) for problem in error.problems])
        return None
