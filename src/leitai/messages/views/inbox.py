"""One's own inbox and choices."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.messages import channels, services
from leitai.messages.enums import SHARED_KINDS, Kind
from leitai.messages.forms import PreferenceForm
from leitai.messages.selectors import inbox
from leitai.messages.services.recipients import house_quiets

QUIET_PLACES = {"message_quiet_half": "quiet_until", "message_quiet_always": "quiet_until"}


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    return actor


@require_safe
@login_required
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    page = inbox.page_of(actor_of(request), kind=kind, number=request.GET.get("page"))
    context = {"page": page, "kind": kind, "kinds": Kind.choices}
    return render(request, "messages/inbox.html", context)


@require_safe
@login_required
@never_cache
def detail(request: HttpRequest, message: int) -> HttpResponse:
    """To open a message is to have read it."""
    actor = actor_of(request)
    delivery = inbox.get_delivery(actor, message)
    services.mark_read(actor=actor, message=message, at=timezone.now())
    told = delivery.message
    shared = bool(told.link) and told.kind in SHARED_KINDS
    return render(request, "messages/message.html", {"message": told, "shared": shared})


@require_POST
@login_required
def read_one(request: HttpRequest, message: int) -> HttpResponse:
    services.mark_read(actor=actor_of(request), message=message, at=timezone.now())
    return redirect("messages:inbox")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    services.mark_all_read(
        actor=actor_of(request), kind=request.POST.get("kind", ""), at=timezone.now()
    )
    return redirect("messages:inbox")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def choices(request: HttpRequest) -> HttpResponse:
    """By which channels, and when not."""
    actor, opened = actor_of(request), channels.open_channels()
    wish = inbox.preference_of(actor)
    fields = ("mail", "sms", "wechat", "quiet_from", "quiet_until")
    kept = {name: getattr(wish, name) for name in fields}
    form = PreferenceForm(request.POST or None, initial=kept, opened=opened)
    if form.is_valid() and _keep(actor, form, kept):
        messages.success(request, _("接收设置已保存。"))
        return redirect("messages:choices")
    context = {"form": form, "quiets": house_quiets()}
    return render(request, "messages/choices.html", context, status=422 if form.errors else 200)


def _keep(actor: Actor, form: PreferenceForm, kept: dict[str, object]) -> bool:
    """What was not asked, since the house lacks the channel, stays as it was."""
    try:
        services.set_preference(actor=actor, **(kept | form.cleaned_data))  # type: ignore[arg-type]
    except DomainError as error:
        form.refuse(error, QUIET_PLACES)
        return False
    return True
