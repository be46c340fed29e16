"""The tree as one reads it: the list of one's own subtrees, and a unit."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leitai.base.actor import Actor
from leitai.units import rules, selectors
from leitai.units.enums import BodyKind, Level, UnitKind

PER_PAGE = 50


@require_safe
@login_required
def units(request: HttpRequest) -> HttpResponse:
    """Fifty a page; `q` is a part of the name or the beginning of the code."""
    actor = actor_of(request)
    asked = {name: request.GET.get(name, "") for name in ("kind", "level", "body_kind", "state")}
    query = selectors.UnitQuery(words=request.GET.get("q", ""), **asked).known()
    page = Paginator(selectors.list_units_for(actor, query), PER_PAGE).get_page(
        request.GET.get("page")
    )
    choices = {"kinds": UnitKind, "levels": Level, "body_kinds": BodyKind}
    context = {"page": page, "query": query, "may_import": rules.can_upload_units(actor)}
    return render(request, "units/units.html", {**choices, **context})


@require_safe
@login_required
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    actor = actor_of(request)
    page = selectors.unit_page(actor, selectors.get_unit_for(actor, unit))
    return render(request, "units/unit.html", {"page": page, "unit": page.unit})


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]  # our door's
