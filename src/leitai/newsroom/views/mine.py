"""The unit's pages: own pieces and what became of them, writing one, those shown in it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.errors import text_of
from leitai.base.forms import refuse
from leitai.kernel.errors import DomainError
from leitai.newsroom import selectors, services, taking
from leitai.newsroom.forms import ConsentForm, ItemForm, fit, told_consent
from leitai.newsroom.models import Item
from leitai.newsroom.views.common import actor_of
from leitai.seasons.selectors import get_season

_PAGES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def mine_all(request: HttpRequest, season: str) -> HttpResponse:
    page = selectors.mine_for(actor_of(request), season, number=request.GET.get("page"))
    return render(request, "newsroom/mine_all.html", {"mine": page})


@_PAGES
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    held = get_season(season)
    units = selectors.units_of(actor_of(request), held)
    if not units:
        raise DomainError("forbidden")
    form = ItemForm(units, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = taking.take_new(request, held, units, form, timezone.now())
        except DomainError as error:
            refuse(form, error)
        else:
            return _next(request, made)
    context = {"season": held, "form": form, "units": units}
    return render(request, "newsroom/write.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def mine(request: HttpRequest, season: str, item: int) -> HttpResponse:
    held = selectors.get_own_item(actor_of(request), season, item)
    return _read(request, held)


@_PAGES
@login_required
def edit(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    held = selectors.get_own_item(actor_of(request), season, draft)
    opened = selectors.open_item(actor_of(request), held)
    if not opened.editable or opened.newest.handed_in_at is not None:
        return redirect("newsroom:mine", season, draft)
    data = request.POST if request.method == "POST" else None
    form = ItemForm((), data, initial=ItemForm.told(held, opened.newest))
    media = taking.media_of(opened.newest, request)
    if form.is_valid() and fit(media):
        try:
            return _next(request, taking.take_edit(request, held, form, media, timezone.now()))
        except DomainError as error:
            refuse(form, error)
    context = {"season": held.season, "form": form, "media": media, "page": opened}
    return render(request, "newsroom/write.html", context, status=422 if data else 200)


def _next(request: HttpRequest, item: Item) -> HttpResponse:
    """Kept; handed in too, if that was asked. Where something is wrong the draft is still kept."""
    code = item.season.code
    if request.POST.get("act") != "hand-in":
        messages.success(request, _("已保存，尚未报送。请给图片和视频写上画面说明，再点“报送”。"))
        return redirect("newsroom:edit", code, item.pk)
    try:
        services.hand_in_item(actor=actor_of(request), item=item, at=timezone.now())
    except DomainError as error:
        messages.error(request, text_of(error))
        return redirect("newsroom:edit", code, item.pk)
    messages.success(request, _("已报送，等待处理。"))
    return redirect("newsroom:mine", code, item.pk)


@require_POST
@login_required
def again(request: HttpRequest, season: str, returned: int) -> HttpResponse:
    held = selectors.get_own_item(actor_of(request), season, returned)
    services.begin_again(actor=actor_of(request), item=held, at=timezone.now())
    return redirect("newsroom:edit", season, returned)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    held = selectors.get_own_item(actor_of(request), season, draft)
    services.drop_item(actor=actor_of(request), item=held)
    messages.success(request, _("草稿已删去。"))
    return redirect("newsroom:mine-all", season)


@require_POST
@login_required
def consent(request: HttpRequest, season: str, item: int) -> HttpResponse:
    held = selectors.get_own_item(actor_of(request), season, item)
    form = ConsentForm(request.POST)
    if form.is_valid():
        try:
            said, actor = form.said(), actor_of(request)
            services.record_consent(actor=actor, item=held, said=said, at=timezone.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("已登记。"))
            return redirect("newsroom:mine", season, item)
    return _read(request, held, form, status=422)


@require_POST
@login_required
def withdraw(request: HttpRequest, season: str, item: int) -> HttpResponse:
    held = selectors.get_own_item(actor_of(request), season, item)
    services.withdraw_consent(actor=actor_of(request), item=held, at=timezone.now())
    messages.success(request, _("已登记撤回；已经发布的随即撤下。"))
    return redirect("newsroom:mine", season, item)


def _read(
    request: HttpRequest, item: Item, form: ConsentForm | None = None, status: int = 200
) -> HttpResponse:
    opened = selectors.open_item(actor_of(request), item)
    form = form or ConsentForm(initial=told_consent(opened.newest))
    context = {"page": opened, "item": item, "form": form}
    return render(request, "newsroom/mine.html", context, status=status)
