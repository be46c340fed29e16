"""The public check, the holder's paper, and the office's desk."""

from __future__ import annotations

import json
from base64 import b64encode
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.certificates import selectors, services
from leitai.certificates.enums import Standing
from leitai.certificates.forms import DesignForm, LookupForm, RevokeForm
from leitai.certificates.uploads import tokens_of
from leitai.kernel.errors import DomainError
from leitai.ledger.enums import ProposalState
from leitai.ledger.models import Proposal
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

_DESK = "certificates/office.html"


@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    form = LookupForm(request.GET or None)
    if form.is_valid():
        serial = selectors.normalise_serial(form.cleaned_data["serial"]).replace("/", "")
        return redirect("certificates:verify", serial or "-")
    return render(request, "certificates/lookup.html", {"form": form})


@require_safe
@never_cache
def verify(request: HttpRequest, serial: str) -> HttpResponse:
    """The answer as of now, never from a cache: a certificate may be revoked any time."""
    check = selectors.check_serial(
        serial[:60], short=request.GET.get("s", "")[:40], at=timezone.now()
    )
    context = {"check": check, "form": LookupForm()}
    status = 404 if check.standing == Standing.UNKNOWN else 200
    return render(request, "certificates/verify.html", context, status=status)


@require_safe
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The page that a certificate's QR code opens; what it needs stands behind the #."""
    return render(request, "certificates/code.html", {"form": LookupForm()})


@require_safe
@never_cache
def data(request: HttpRequest) -> HttpResponse:
    script = selectors.data_script(at=timezone.now())
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    return _plain(selectors.keys_file(at=timezone.now()))


@require_safe
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    return _plain(selectors.status_file(at=timezone.now()))


@require_safe
@never_cache
def fingerprints(request: HttpRequest) -> HttpResponse:
    return render(request, "certificates/keys.html", {"keys": selectors.list_public_keys()})


@require_safe
@never_cache
def offline(request: HttpRequest) -> HttpResponse:
    """The page that checks without this house, with keys and status list as of now."""
    response = HttpResponse(
        selectors.offline_zip(at=timezone.now()), content_type="application/zip"
    )
    response["Content-Disposition"] = 'attachment; filename="leitai-certificate-check.zip"'
    return response


@require_safe
@login_required
def unit(request: HttpRequest, season: str) -> HttpResponse:
    context = selectors.unit_page(_actor(request), season, page=_page(request))
    return render(request, "certificates/unit.html", context)


@require_safe
@login_required
def pdf(request: HttpRequest, serial: str) -> FileResponse:
    certificate = selectors.get_paper_for(_actor(request), serial)
    path = selectors.paper_of(certificate)
    return FileResponse(path.open("rb"), filename=path.name, content_type="application/pdf")


@require_safe
@login_required
def office(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    return render(request, _DESK, _desk(request, held, RevokeForm()))


@require_POST
@login_required
def issue(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    batch = services.start_issuing(actor=_actor(request), season=held, at=timezone.now())
    if batch is not None:
        return redirect("certificates:batch", season, batch.pk)
    count = selectors.list_certificates(season).filter(revoked_at=None).count()
    messages.success(request, _("有效证书共%(count)s张，文件已生成。") % {"count": count})
    return redirect("certificates:office", season)


@require_safe
@login_required
@never_cache
def batch(request: HttpRequest, season: str, batch: int) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    return render(request, "certificates/batch.html", selectors.batch_page(held, batch))


@require_safe
@login_required
def inspect(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    context = selectors.inspection_of(held, at=timezone.now())
    return render(request, "certificates/inspect.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def design(request: HttpRequest, season: str, award: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    page = selectors.design_page(held, award)
    form = DesignForm(request.POST or None, initial=page["values"].shown(), team=page["team"])
    if request.method == "POST" and form.is_valid() and _keep(request, held, award, form):
        messages.success(request, _("版式已保存，此后生成的证书照此排印。"))
        return redirect("certificates:design", season, award)
    refused = 422 if form.is_bound else 200
    context = {**page, "form": form, "row": 1}
    return render(request, "certificates/design.html", context, status=refused)


@require_POST
@login_required
def preview(request: HttpRequest, season: str, award: str) -> HttpResponse:
    """The sheet as it is being typed. A picture inside the page: nobody's name in an address."""
    held = selectors.get_season_for(_actor(request), season)
    row = request.POST.get("row", "1")
    try:
        made = selectors.preview_of(
            held, award, request.POST.dict(), row=int(row[:4]) - 1, at=timezone.now()
        )
    except (DomainError, ValueError) as error:
        refusal = text_of(error) if isinstance(error, DomainError) else ""
        return render(request, "certificates/_preview.html", {"refusal": refusal})
    picture = b64encode(made.png).decode()
    return render(request, "certificates/_preview.html", {"made": made, "picture": picture})


@require_POST
@login_required
def revoke(request: HttpRequest, season: str) -> HttpResponse:
    """One certificate: revoked, or (`anew`) made anew under another number."""
    held = selectors.get_season_for(_actor(request), season)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return render(request, _DESK, _desk(request, held, form), status=422)
    asked = form.cleaned_data
    found = selectors.get_certificate_for(_actor(request), asked["serial"])
    ask = services.propose_reissuing if "anew" in request.POST else services.propose_revoking
    made = ask(actor=_actor(request), certificate=found, reason=asked["reason"], at=timezone.now())
    return _proposed(request, season, made)


@require_POST
@login_required
def replace(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    reason = request.POST.get("reason", "")[:200]
    made = services.propose_replacing(
        actor=_actor(request), season=held, reason=reason, at=timezone.now()
    )
    return _proposed(request, season, made)


@require_safe
@login_required
def papers(request: HttpRequest, season: str, award: str = "") -> FileResponse:
    """The one file for the printer: of the season, or of one award."""
    held = selectors.get_season_for(_actor(request), season)
    path = selectors.papers_for(held, award)
    law = seasons.rulebook_of(held)
    name = _("%(title)s证书") % {"title": law.short_title or law.title}
    name += f"-{award}.pdf" if award else ".pdf"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@require_safe
@login_required
def titles(request: HttpRequest, season: str) -> HttpResponse:
    return _titles(request, selectors.get_season_for(_actor(request), season), RevokeForm())


@require_POST
@login_required
def issue_title(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    name, period = request.POST.get("title", ""), request.POST.get("period", "")
    batch = services.start_titles(
        actor=_actor(request), season=held, name=name, period=period, at=timezone.now()
    )
    if batch is not None:
        return redirect("certificates:batch", season, batch.pk)
    messages.success(request, _("称号证书已生成，学员在“称号”页面下载。"))
    return redirect(_titles_of(season, name))


@require_POST
@login_required
def revoke_title(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return _titles(request, held, form)
    asked = form.cleaned_data
    made = services.propose_revoking(
        actor=_actor(request),
        certificate=selectors.get_paper_for(_actor(request), asked["serial"]),
        reason=asked["reason"],
        anew="anew" in request.POST,
        at=timezone.now(),
    )
    return _proposed(request, season, made)


@require_POST
@login_required
def revoke_lost(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    made = services.propose_revoking_lost(actor=_actor(request), season=held, at=timezone.now())
    return _proposed(request, season, made)


@require_safe
@login_required
def title_papers(request: HttpRequest, season: str) -> FileResponse:
    """The one file of a title and period."""
    selectors.get_season_for(_actor(request), season)
    path = selectors.title_papers_of(
        season, request.GET.get("title", ""), request.GET.get("period", "")
    )
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{season}-{path.name}")


def _titles(request: HttpRequest, season: Season, form: RevokeForm) -> HttpResponse:
    name = request.POST.get("title") or request.GET.get("title", "")
    page = selectors.titles_page(season, viewer=_actor(request), name=name, page=_page(request))
    status = 422 if form.is_bound else 200
    return render(request, "certificates/titles.html", {**page, "form": form}, status=status)


def _titles_of(season: str, name: str) -> str:
    return f"{reverse('certificates:titles', args=[season])}?{urlencode({'title': name})}"


def _keep(request: HttpRequest, season: Season, award: str, form: DesignForm) -> bool:
    try:
        services.set_design(
            actor=_actor(request),
            season=season,
            award=award,
            given=form.cleaned_data,
            uploads=tokens_of(request, season),
            removed=request.POST.getlist("remove"),
            at=timezone.now(),
        )
    except DomainError as error:
        form.add_error(None, text_of(error))
    return not form.errors


def _desk(request: HttpRequest, season: Season, form: RevokeForm) -> dict[str, object]:
    shown = selectors.office_page(season, viewer=_actor(request), page=_page(request))
    return {**shown, "form": form}


def _page(request: HttpRequest) -> int:
    page = request.GET.get("page", "1")
    return int(page) if page.isdecimal() and len(page) < 5 else 1  # 9999 pages


def _proposed(request: HttpRequest, season: str, made: Proposal) -> HttpResponse:
    if made.state == ProposalState.OPEN:
        messages.success(request, _("已提出，等待另一名人员批准。"))
        return redirect("ledger:act", made.pk)
    messages.success(request, _("已办理，公开查验随即更新。"))
    return redirect("certificates:office", season)


def _plain(content: dict[str, str]) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
