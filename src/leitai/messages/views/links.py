"""Short addresses and their posters. Visits are not counted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leitai.messages import selectors
from leitai.messages.selectors.links import picture_of
from leitai.messages.services import address_of


@require_safe
def go(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponseRedirect(selectors.get_link(code).path)


@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet to print, or to keep on a phone."""
    link = selectors.get_link(code)
    context = {"link": link, "address": address_of(link.code), "picture": picture_of(link)}
    return render(request, "messages/poster.html", context)
