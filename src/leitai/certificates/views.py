"""The public check, the holder's paper, and the office's list."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from leitai.base.actor import Actor
from leitai.certificates import selectors, services
from leitai.certificates.enums import Standing
from leitai.certificates.forms import LookupForm, RevokeForm
from leitai.ledger.enums import ProposalState


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
@login_required
def pdf(request: HttpRequest, serial: str) -> FileResponse:
    certificate = selectors.get_certificate_for(_actor(request), serial)
    path = selectors.paper_of(certificate)
    return FileResponse(path.open("rb"), filename=path.name, content_type="application/pdf")


@require_safe
@login_required
def office(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    context = {**selectors.office_page(held), "form": RevokeForm()}
    return render(request, "certificates/office.html", context)


@require_POST
@login_required
def issue(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    made = services.issue_certificates(actor=_actor(request), season=held, at=timezone.now())
    messages.success(request, _("有效证书共%(count)s张，文件已生成。") % {"count": len(made)})
    return redirect("certificates:office", season)


@require_POST
@login_required
def revoke(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_for(_actor(request), season)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        context = {**selectors.office_page(held), "form": form}
        return render(request, "certificates/office.html", context, status=422)
    asked = form.cleaned_data
    found = selectors.get_certificate_for(_actor(request), asked["serial"])
    made = services.propose_revoking(
        actor=_actor(request), certificate=found, reason=asked["reason"], at=timezone.now()
    )
    if made.state == ProposalState.OPEN:
        messages.success(request, _("已提出作废，等待另一名人员批准。"))
        return redirect("ledger:act", made.pk)
    messages.success(request, _("证书%(serial)s已作废。") % {"serial": found.serial})
    return redirect("certificates:office", season)


@require_safe
@login_required
def papers(request: HttpRequest, season: str) -> FileResponse:
    path = selectors.papers_of(selectors.get_season_for(_actor(request), season).code)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{season}-{path.name}")


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor
