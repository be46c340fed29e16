"""异议、成绩复核、申诉 for everybody: what is open, file one, and follow it by its code."""

from __future__ import annotations

import base64

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.documents import qr
from leitai.kernel.errors import DomainError
from leitai.kernel.ids import show_code
from leitai.notices import doors, selectors, services
from leitai.notices.evidence import Brought
from leitai.notices.forms import FurtherForm, ObjectionForm, TrackForm
from leitai.notices.models import Objection
from leitai.notices.services import Filed
from leitai.notices.views.public import actor_of
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season_for


@require_safe
@never_cache
def remedies(request: HttpRequest, season: str) -> HttpResponse:
    """Which ways are open, to whom and until when; and the reader's own cases."""
    held, actor = get_season_for(actor_of(request), season), actor_of(request)
    context = {
        "season": held,
        "ways": selectors.ways_of(actor, held, at=timezone.now()),
        "own": selectors.own_lines(actor, held, at=timezone.now()),
    }
    return render(request, "notices/remedies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def file(request: HttpRequest, season: str) -> HttpResponse:
    """The form; sent, the page with the code, which is shown this once."""
    held = get_season_for(actor_of(request), season)
    who = selectors.filer_of(actor_of(request), held)
    form = ObjectionForm(request.POST, **who) if request.method == "POST" else None
    filed = _file(request, held, form) if form and form.is_valid() else None
    if filed:
        return render(request, "notices/filed.html", _receipt(held, filed))
    asked = request.POST if form else request.GET
    remedy, occasion = asked.get("remedy", ""), asked.get("occasion", "")
    way = selectors.way_of(actor_of(request), held, remedy, occasion, at=timezone.now())
    shown = form or ObjectionForm.fresh(remedy, occasion, **who)
    shown.ask(way.needs)
    context = {"season": held, "form": shown, "way": way}
    return render(request, "notices/file.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def track(request: HttpRequest, season: str) -> HttpResponse:
    """The code is typed or stands behind the #: it is in no address that a server sees."""
    held = get_season_for(actor_of(request), season)
    form = TrackForm(request.POST) if request.method == "POST" else TrackForm()
    if form.is_valid():
        doors.tracking(request, at=timezone.now())
        try:
            return _followed(request, held, form.cleaned_data["code"])
        except DomainError as error:
            form.refuse(error)
    context = {"season": held, "form": form}
    return render(request, "notices/track.html", context, status=422 if form.errors else 200)


@require_POST
@never_cache
def further_by_code(request: HttpRequest, season: str) -> HttpResponse:
    """Turn to the next level, for whoever holds the code."""
    held, form = (
        get_season_for(actor_of(request), season),
        FurtherForm(request.POST, prefix="further"),
    )
    doors.tracking(request, at=timezone.now())
    code = str(form.data.get("further-code", ""))
    found = selectors.get_by_code(held, code)
    filed = _appeal(request, found, form) if form.is_valid() else None
    if filed:
        return render(request, "notices/filed.html", _receipt(held, filed))
    return _followed(request, held, code, form)


@require_safe
@login_required
@never_cache
def own(request: HttpRequest, season: str, objection: int) -> HttpResponse:
    held = get_season_for(actor_of(request), season)
    return _shown(request, held, selectors.get_own(actor_of(request), held, objection))


@require_POST
@login_required
@never_cache
def further(request: HttpRequest, season: str, objection: int) -> HttpResponse:
    held, form = (
        get_season_for(actor_of(request), season),
        FurtherForm(request.POST, prefix="further"),
    )
    found = selectors.get_own(actor_of(request), held, objection)
    filed = _appeal(request, found, form) if form.is_valid() else None
    if filed:
        return render(request, "notices/filed.html", _receipt(held, filed))
    return _shown(request, held, found, form)


def _file(request: HttpRequest, season: Season, form: ObjectionForm) -> Filed | None:
    """None where something was refused: the form says so and keeps what was typed."""
    now = timezone.now()
    try:
        doors.filing(request, at=now)
        brought = Brought(request, at=now)
        claim = form.claim(evidence=len(brought.evidence), seals=len(brought.seals))
        return services.file_objection(
            actor=actor_of(request), season=season, claim=claim, attach=brought.attach, at=now
        )
    except DomainError as error:
        form.refuse(error)
        return None


def _appeal(request: HttpRequest, found: Objection, form: FurtherForm) -> Filed | None:
    now = timezone.now()
    try:
        doors.filing(request, at=now)
        return services.file_appeal(
            actor=actor_of(request),
            previous=found,
            text=form.cleaned_data["text"],
            nonce=form.cleaned_data["nonce"],
            attach=Brought(request, at=now).attach,
            at=now,
        )
    except DomainError as error:
        form.refuse(error)
        return None


def _followed(
    request: HttpRequest, season: Season, code: str, form: FurtherForm | None = None
) -> HttpResponse:
    found = selectors.get_by_code(season, code)
    return _shown(request, season, found, form, code=code)


def _shown(
    request: HttpRequest,
    season: Season,
    found: Objection,
    form: FurtherForm | None = None,
    *,
    code: str = "",
) -> HttpResponse:
    name = "notices:further-by-code" if code else "notices:further"
    arguments = (season.code,) if code else (season.code, found.number)
    context = {
        "season": season,
        "opened": selectors.opened_of_filer(found, at=timezone.now()),
        "form": form or FurtherForm.fresh(code),
        "action": reverse(name, args=arguments),
    }
    return render(request, "notices/followed.html", context, status=422 if form else 200)


def _receipt(season: Season, filed: Filed) -> dict[str, object]:
    public = settings.LEITAI_PUBLIC_URL.rstrip("/")
    address = f"{public}{reverse('notices:track', args=(season.code,))}"
    drawn = qr.picture(f"{address}#{filed.code}")
    return {
        "season": season,
        "objection": filed.objection,
        "shown": show_code(filed.code),
        "address": address,
        "picture": f"data:image/png;base64,{base64.b64encode(drawn).decode()}",
    }
