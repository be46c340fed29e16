"""The bank's pages for item writers and the office."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from leitai.bank import selectors, services
from leitai.bank.enums import ItemType, ReportState
from leitai.bank.forms import AnswerForm, ImportForm
from leitai.bank.models import Report
from leitai.bank.preview import Preview, preview_of
from leitai.bank.selectors import ItemFilter
from leitai.base.actor import Actor

PER_PAGE = 50
LONGEST = 80  # characters of a search


@require_safe
@login_required
def banks(request: HttpRequest) -> HttpResponse:
    return render(request, "bank/banks.html", {"banks": selectors.list_banks_for(_actor(request))})


@require_safe
@login_required
def items(request: HttpRequest, code: str) -> HttpResponse:
    """The items of a bank, fifty a page; `q` is a part of the stem."""
    bank = selectors.get_bank_for(_actor(request), code)
    wanted = ItemFilter(
        *(request.GET.get(name, "").strip()[:LONGEST] for name in ("q", "module", "type"))
    )
    rows = selectors.list_items_for(_actor(request), bank, wanted)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    filters = {"types": ItemType.choices, "modules": selectors.list_modules(bank), "wanted": wanted}
    context = {"bank": bank, "page": page, "cut": rows.cut, **filters}
    return render(request, "bank/items.html", context)


@require_safe
@login_required
def repairs(request: HttpRequest, code: str) -> HttpResponse:
    bank = selectors.get_bank_for(_actor(request), code)
    rows = selectors.list_repairs_for(_actor(request), bank)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "bank/repairs.html", {"bank": bank, "page": page})


@require_safe
@login_required
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """What readers say is wrong, question by question; those that wait for an answer first."""
    return _reports(request, code, AnswerForm(), 0)


@require_POST
@login_required
def answer(request: HttpRequest, code: str, report: int) -> HttpResponse:
    held, form = selectors.get_report_for(_actor(request), code, report), AnswerForm(request.POST)
    if not form.is_valid():
        return _reports(request, code, form, report)
    words, taken = form.cleaned_data["answer"], form.cleaned_data["taken"] == "yes"
    services.answer_report(
        actor=_actor(request), report=held, taken=taken, answer=words, at=timezone.now()
    )
    messages.success(request, _("已答复，学员会在收件箱看到。"))
    return redirect("bank:reports", code)


def _reports(request: HttpRequest, code: str, form: AnswerForm, asked: int) -> HttpResponse:
    viewer, state = _actor(request), request.GET.get("state", ReportState.OPEN)
    bank = selectors.get_bank_for(viewer, code)
    rows = selectors.list_reported_for(viewer, bank, state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    said: dict[int, list[Report]] = {}
    for one in selectors.list_reports_for(viewer, [row.item_id for row in page], state=state):
        said.setdefault(one.item_id, []).append(one)
    told = [(row, said.get(row.item_id, [])) for row in page]
    context = {"bank": bank, "page": page, "told": told, "state": state, "form": form}
    states = {"states": ReportState.choices, "asked": asked, "fresh": AnswerForm()}
    status = 422 if form.errors else 200
    return render(request, "bank/reports.html", context | states, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take_in(request: HttpRequest) -> HttpResponse:
    """The form; posted, its preview; posted with the preview's digest, the import."""
    selectors.list_banks_for(_actor(request))  # whoever may not see the banks may not fill them
    form = ImportForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    if not form.is_valid():
        return _answer(request, form)
    report = services.import_items(actor=_actor(request), **form.wanted(), at=timezone.now())
    if report.dry_run:
        return _answer(request, form, preview_of(report))
    messages.success(request, str(report).splitlines()[-1])
    return _go(request, reverse("bank:items", args=[form.cleaned_data["code"]]))


def _answer(request: HttpRequest, form: ImportForm, preview: Preview | None = None) -> HttpResponse:
    """Htmx swaps the preview alone: the form beside it keeps the chosen file."""
    partial = bool(request.htmx) and request.method == "POST"  # type: ignore[attr-defined]  # django-htmx's
    template = "bank/_preview.html" if partial else "bank/import.html"
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, template, {"form": form, "preview": preview}, status=status)


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx's
        return HttpResponseClientRedirect(url)
    return redirect(url)


def _actor(request: HttpRequest) -> Actor:
    return cast("Actor", request.actor)  # type: ignore[attr-defined]  # the door's
