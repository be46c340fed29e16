"""投诉建议 for anybody: file, and see by the code what became of it."""

from __future__ import annotations

import base64

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leitai.documents import qr
from leitai.kernel.errors import DomainError
from leitai.kernel.ids import show_code
from leitai.messages import doors, services
from leitai.messages.attaching import take_and_attach
from leitai.messages.forms import ComplaintForm, FollowForm, TrackForm
from leitai.messages.selectors import complaints
from leitai.messages.services import Filed

PLACES = {"complaint_text_empty": "text", "complaint_text_long": "text", "phone_form": "phone"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def complain(request: HttpRequest) -> HttpResponse:
    """The form; sent, the page with the code, which is shown this once."""
    form = ComplaintForm(request.POST) if request.method == "POST" else None
    filed = _file(request, form) if form and form.is_valid() else None
    if filed:
        return render(request, "messages/complained.html", _receipt(filed))
    asked = request.POST if form else request.GET
    face = services.face_of(asked.get("season", ""))
    fresh = form or ComplaintForm.fresh(face.code if face else "")
    context = {"form": fresh, "face": face, "path": _path(face.code if face else "")}
    return render(request, "messages/complain.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """The code is typed or stands behind the #: it is in no address that a server sees."""
    form = TrackForm(request.POST) if request.method == "POST" else TrackForm()
    if form.is_valid():
        doors.tracking(request, at=timezone.now())
        try:
            return _tracked(request, form.cleaned_data["code"])
        except DomainError as error:
            form.refuse(error, {"complaint_code_wrong": "code"})
    status = 422 if form.errors else 200
    return render(request, "messages/track.html", {"form": form}, status=status)


@require_POST
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    form = FollowForm(request.POST)
    doors.tracking(request, at=timezone.now())
    code = str(form.data.get("code", ""))
    if form.is_valid():
        services.follow_up(code=code, text=form.cleaned_data["text"], at=timezone.now())
        form = FollowForm()
    return _tracked(request, code, form)


def _tracked(request: HttpRequest, code: str, form: FollowForm | None = None) -> HttpResponse:
    opened = complaints.get_by_code(code, at=timezone.now())
    if form is None or not form.is_bound:
        form = FollowForm(initial={"code": code})
    context = {"opened": opened, "form": form}
    return render(request, "messages/tracked.html", context, status=422 if form.errors else 200)


def _file(request: HttpRequest, form: ComplaintForm) -> Filed | None:
    """None where something was refused: the form says so and keeps what was typed."""
    told = {name: value for name, value in form.cleaned_data.items() if name != "website"}
    try:
        doors.complaining(request, at=timezone.now())
        return take_and_attach(request, told, at=timezone.now())
    except DomainError as error:
        form.refuse(error, PLACES)
        return None


def _receipt(filed: Filed) -> dict[str, object]:
    address = f"{settings.LEITAI_PUBLIC_URL.rstrip('/')}{reverse('messages:track')}"
    drawn = qr.picture(f"{address}#{filed.code}")
    return {
        "complaint": filed.complaint,
        "shown": show_code(filed.code),
        "address": address,
        "picture": f"data:image/png;base64,{base64.b64encode(drawn).decode()}",
    }


def _path(season: str) -> str:
    return reverse("messages:complain") + (f"?season={season}" if season else "")
