"""The record of deciding acts: browse, read one, take it all away, sign its head."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import rules, selectors, services
from leitai.ledger.forms import FilterForm


@require_safe
@login_required
def chain(request: HttpRequest, season: str) -> HttpResponse:
    context = _opened(request, season)
    form = FilterForm(selectors.list_acts(season), request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    verdict = services.verify_since_checkpoint(season)
    page = selectors.page_of(season, request.GET.get("page"), wanted, rows=verdict.rows)
    context |= {
        "form": form,
        "filtered": any(wanted.values()),
        "page": page,
        "lines": selectors.lines(page.object_list),
        "verdict": verdict,
    }
    return render(request, "ledger/chain.html", context)


@require_safe
@login_required
def entry(request: HttpRequest, season: str, seq: int) -> HttpResponse:
    context = _opened(request, season)
    return render(
        request, "ledger/entry.html", {**context, "page": selectors.entry_page(season, seq)}
    )


@require_safe
@login_required
def export(request: HttpRequest, season: str) -> StreamingHttpResponse:
    _opened(request, season)
    name = f"ledger-{season}.jsonl"
    response = StreamingHttpResponse(
        selectors.export_lines(season), content_type="application/jsonl; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def checkpoint(request: HttpRequest, season: str) -> HttpResponse:
    context = _opened(request, season)
    if request.method == "POST":
        if not context["can_sign"]:
            raise DomainError("forbidden")
        made = services.make_checkpoint(chain=season, at=timezone.now())
        messages.success(request, _("检查点已签发，载明%(count)s条。") % {"count": made.count})
        return redirect("ledger:checkpoint", season)
    printed = selectors.printed_checkpoint(season)
    return render(request, "ledger/checkpoint.html", {**context, "printed": printed})


def _opened(request: HttpRequest, chain: str) -> dict[str, object]:
    """What every page of a chain knows; raises DomainError("forbidden")."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    host = selectors.host_of(chain)
    if not rules.can_read_chain(actor, chain, host):
        raise DomainError("forbidden")
    return {
        "chain": chain,
        "house": chain == rules.HOUSE,
        "can_sign": rules.can_make_checkpoint(actor, chain, host),
        "chains": selectors.list_chains() if rules.can_audit(actor) else [],
    }
