"""People brought in from a file: looked at first, then taken, the rest given back."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.people import selectors, services, workbook
from leitai.people.forms.answers import attempt
from leitai.people.forms.roster import UploadForm
from leitai.people.models import ImportDraft
from leitai.people.services import importing as drafts
from leitai.people.services import parts
from leitai.people.services.preview import preview_of
from leitai.people.views.roster import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take_in(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    selectors.demand_keeper(actor)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file, at = form.cleaned_data["file"], timezone.now()
        order = {"actor": actor, "source": file, "name": file.name, "at": at}
        if draft := attempt(form, lambda: services.start_import(**order)):
            return redirect("people:draft", draft.code)
    context = {"form": form, "drafts": selectors.list_drafts(actor, at=timezone.now())}
    return render(request, "people/roster_import.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def template(request: HttpRequest) -> HttpResponse:
    selectors.demand_keeper(actor_of(request))
    return _book(workbook.template(), _("人员导入模板.xlsx"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def draft(request: HttpRequest, draft: str) -> HttpResponse:
    """What the file would do, how far it is, or what it did; posted, it is taken in."""
    held = _held(request, draft)
    if request.method == "POST":
        said = {
            int(name.removeprefix("row-")): str(value)
            for name, value in request.POST.dict().items()
            if name.removeprefix("row-").isdigit() and value
        }
        at = timezone.now()
        services.confirm_import(actor=actor_of(request), draft=held, said=said, at=at)
        return redirect("people:draft", draft)
    context = {"draft": held, "shown": preview_of(held, request.GET.get("kind", ""))}
    return render(request, "people/roster_draft.html", context)


@require_safe
@login_required
@never_cache
def rows_back(request: HttpRequest, draft: str) -> HttpResponseBase:
    """The rows that were not taken, as they were typed, the reason beside each."""
    held = _held(request, draft)
    rows = parts.rows_back(held)
    if parts.count_back(held) <= workbook.MOST:
        return _book(workbook.rows_back(rows), _("未导入的人员.xlsx"))
    lines = StreamingHttpResponse(workbook.lines_back(rows), content_type=workbook.CSV)
    lines.headers["Content-Disposition"] = _attached(_("未导入的人员.csv"))
    return lines


@require_POST
@login_required
def drop(request: HttpRequest, draft: str) -> HttpResponse:
    services.drop_import(actor=actor_of(request), draft=_held(request, draft))
    messages.success(request, _("已删除这份导入。"))
    return redirect("people:import")


def _held(request: HttpRequest, draft: str) -> ImportDraft:
    return drafts.get_draft_for(actor_of(request), draft, at=timezone.now())


def _book(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=workbook.TYPE)
    response.headers["Content-Disposition"] = _attached(name)
    return response


def _attached(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"
