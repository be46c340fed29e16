"""Templates: upload, fields, preview, filling; each shows its refusal where it can be mended."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.kernel.errors import DomainError
from leitai.paperwork import selectors, services
from leitai.paperwork.forms import ReasonForm, ReplaceForm, UploadForm
from leitai.paperwork.models import Template
from leitai.paperwork.packs import Made
from leitai.paperwork.services import NewTemplate
from leitai.paperwork.views.answers import actor_of, handed_over
from leitai.seasons.models import Season
from leitai.seasons.selectors import rulebook_of

_PLACES = {
    "paperwork_title_empty": "title",
    "paperwork_stage_needed": "stage",
    "paperwork_form_needed": "form",
    "reveal_reason": "reason",
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_to_keep(actor_of(request), season)
    form = UploadForm(rulebook_of(held), request.POST or None, request.FILES or None)
    made = _added(request, held, form) if form.is_valid() else None
    if made is not None:
        messages.success(request, _("模板已添加，请核对字段。"))
        return redirect("paperwork:template", season, made.number)
    status = 422 if form.errors else 200
    return render(request, "paperwork/add.html", {"season": held, "form": form}, status=status)


def _added(request: HttpRequest, season: Season, form: UploadForm) -> Template | None:
    told = {name: value for name, value in form.cleaned_data.items() if name != "file"}
    file = form.cleaned_data["file"]
    new = NewTemplate(**told, name=file.name or "", data=file.read(services.MAX_BYTES + 1))
    actor = actor_of(request)
    try:
        return services.add_template(actor=actor, season=season, new=new, at=timezone.now())
    except DomainError as error:
        form.refuse(error, {**dict.fromkeys([error.code], "file"), **_PLACES})
        return None


@require_POST
@login_required
def packaged(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_to_keep(actor_of(request), season)
    made = services.install_packaged(actor=actor_of(request), season=held, at=timezone.now())
    words = ngettext("已添加%(count)s份附表模板。", "已添加%(count)s份附表模板。", len(made))
    messages.success(request, words % {"count": len(made)})
    return redirect("paperwork:desk", season)


@require_safe
@login_required
def template(request: HttpRequest, season: str, number: int) -> HttpResponse:
    return _page(request, _held(request, season, number))


@require_POST
@login_required
def replace(request: HttpRequest, season: str, number: int) -> HttpResponse:
    selectors.get_season_to_keep(actor_of(request), season)
    held = _held(request, season, number)
    form = ReplaceForm(request.POST, request.FILES)
    if form.is_valid() and _replaced(request, held, form):
        messages.success(request, _("模板已更换，请核对字段。"))
        return redirect("paperwork:template", season, number)
    return _page(request, held, replacing=form)


def _replaced(request: HttpRequest, held: Template, form: ReplaceForm) -> bool:
    file = form.cleaned_data["file"]
    try:
        services.replace_template(
            actor=actor_of(request),
            template=held,
            name=file.name or "",
            data=file.read(services.MAX_BYTES + 1),
            at=timezone.now(),
        )
    except DomainError as error:
        form.refuse(error, {error.code: "file"})
        return False
    return True


@require_POST
@login_required
def remove(request: HttpRequest, season: str, number: int) -> HttpResponse:
    selectors.get_season_to_keep(actor_of(request), season)
    held = _held(request, season, number)
    services.remove_template(actor=actor_of(request), template=held, at=timezone.now())
    messages.success(request, _("模板已停用。"))
    return redirect("paperwork:desk", season)


@require_safe
@login_required
def source(request: HttpRequest, season: str, number: int) -> HttpResponse:
    held = _held(request, season, number)
    return handed_over(Made(held.name, bytes(held.content)))


@require_safe
@login_required
def preview(request: HttpRequest, season: str, number: int) -> HttpResponse:
    held = _held(request, season, number)
    shown = selectors.preview_of(held, request.GET.get("row", ""), at=timezone.now())
    page = selectors.template_page(actor_of(request), held)
    return render(request, "paperwork/preview.html", {"page": page, "shown": shown})


@require_safe
@login_required
@never_cache
def preview_pdf(request: HttpRequest, season: str, number: int) -> HttpResponse:
    held = _held(request, season, number)
    shown = selectors.preview_of(held, request.GET.get("row", ""), at=timezone.now())
    return handed_over(Made(f"{held.title}.pdf", shown.pdf), shown=True)


@require_POST
@login_required
def fill(request: HttpRequest, season: str, number: int) -> HttpResponse:
    export = services.start_filling(
        actor=actor_of(request),
        template=_held(request, season, number),
        row=request.POST.get("row", ""),
        whole=request.POST.get("whole", "") == "1",
        at=timezone.now(),
    )
    return redirect("paperwork:export", season, export.pk)


@require_POST
@login_required
def numbers(request: HttpRequest, season: str, number: int) -> HttpResponse:
    """Filled with personal numbers, for one row or all: handed over at once."""
    selectors.get_season_to_pay(actor_of(request), season)
    held = _held(request, season, number)
    form = ReasonForm(request.POST)
    made = _numbered(request, held, form) if form.is_valid() else None
    return handed_over(made) if made is not None else _page(request, held, asking=form)


def _numbered(request: HttpRequest, held: Template, form: ReasonForm) -> Made | None:
    try:
        return services.fill_with_numbers(
            actor=actor_of(request),
            template=held,
            row=request.POST.get("row", ""),
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.refuse(error, _PLACES)
        return None


def _held(request: HttpRequest, season: str, number: int) -> Template:
    held = selectors.get_season_for(actor_of(request), season)
    return selectors.get_template(held, number)


def _page(
    request: HttpRequest,
    held: Template,
    *,
    replacing: ReplaceForm | None = None,
    asking: ReasonForm | None = None,
) -> HttpResponse:
    page = selectors.template_page(actor_of(request), held)
    context = {
        "page": page,
        "replacing": replacing or ReplaceForm(),
        "asking": asking or ReasonForm(),
    }
    status = 422 if replacing or asking else 200
    return render(request, "paperwork/template.html", context, status=status)
