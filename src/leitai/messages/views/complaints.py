"""The supervisors' list of complaints, and what they do with one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from leitai.files.selectors import list_files
from leitai.messages import services
from leitai.messages.forms import ReplyForm
from leitai.messages.selectors import complaints
from leitai.messages.views.inbox import actor_of


@require_safe
@login_required
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    now, asked = timezone.now(), request.GET.get("view", "")
    view = asked if asked in complaints.VIEWS else "open"
    page = complaints.page_of(actor_of(request), view=view, number=request.GET.get("page"))
    rows = complaints.rows_of(page.object_list, at=now)
    return render(request, "messages/complaints.html", {"page": page, "rows": rows, "view": view})


@require_safe
@login_required
@never_cache
def one(request: HttpRequest, complaint: int) -> HttpResponse:
    return _page(request, complaint)


@require_POST
@login_required
def accept(request: HttpRequest, complaint: int) -> HttpResponse:
    services.accept(actor=actor_of(request), complaint=complaint, at=timezone.now())
    messages.success(request, _("已受理，请在答复期限前答复。"))
    return redirect("messages:complaint", complaint)


@require_POST
@login_required
def answer(request: HttpRequest, complaint: int) -> HttpResponse:
    form = ReplyForm(request.POST, prefix="answer")
    if not form.is_valid():
        return _page(request, complaint, answer=form)
    services.answer(
        actor=actor_of(request), complaint=complaint, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("答复已发出，反映人凭查询码可以看到。"))
    return redirect("messages:complaint", complaint)


@require_POST
@login_required
def transfer(request: HttpRequest, complaint: int) -> HttpResponse:
    form = ReplyForm(request.POST, prefix="transfer")
    if not form.is_valid():
        return _page(request, complaint, transfer=form)
    services.transfer(
        actor=actor_of(request), complaint=complaint, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("已转办，反映人凭查询码可以看到。"))
    return redirect("messages:complaint", complaint)


@require_POST
@login_required
def close(request: HttpRequest, complaint: int) -> HttpResponse:
    services.close(actor=actor_of(request), complaint=complaint, at=timezone.now())
    messages.success(request, _("已办结。"))
    return redirect("messages:complaint", complaint)


def _page(request: HttpRequest, complaint: int, **filled: ReplyForm) -> HttpResponse:
    opened = complaints.get_complaint_for(actor_of(request), complaint, at=timezone.now())
    context = {
        "opened": opened,
        "files": list_files(f"complaint:{complaint}"),
        "answer": filled.get("answer") or ReplyForm(prefix="answer"),
        "transfer": filled.get("transfer") or ReplyForm(prefix="transfer"),
    }
    return render(request, "messages/complaint.html", context, status=422 if filled else 200)
