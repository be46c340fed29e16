"""The desk's pages for what units hand in: the list, one piece, the figures, the season's face."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.forms import refuse
from leitai.kernel.errors import DomainError
from leitai.newsroom import exporting, selectors, services, taking
from leitai.newsroom.forms import FaceForm, ReasonForm
from leitai.newsroom.models import Item
from leitai.newsroom.views.common import actor_of, keep

DECLINE = "decline"


@require_safe
@login_required
def desk(request: HttpRequest, season: str) -> HttpResponse:
    asked = request.GET.get("view", "")
    page = selectors.desk_for(actor_of(request), season, view=asked, number=request.GET.get("page"))
    return render(request, "newsroom/desk.html", {"desk": page})


@require_safe
@login_required
def item(request: HttpRequest, season: str, item: int) -> HttpResponse:
    selectors.get_season_of_newsroom(actor_of(request), season)
    return _read(request, selectors.get_item_for(actor_of(request), season, item))


@require_POST
@login_required
def send_back(request: HttpRequest, season: str, item: int) -> HttpResponse:
    selectors.get_season_of_desk(actor_of(request), season)
    held = selectors.get_item_for(actor_of(request), season, item)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _read(request, held, form, status=422)
    services.return_item(
        actor=actor_of(request),
        item=held,
        reason=form.cleaned_data["reason"],
        at=timezone.now(),
    )
    messages.success(request, _("已退回，报送单位会收到消息。"))
    return redirect("newsroom:desk", season)


@require_POST
@login_required
def decline(request: HttpRequest, season: str, item: int) -> HttpResponse:
    selectors.get_season_of_desk(actor_of(request), season)
    held = selectors.get_item_for(actor_of(request), season, item)
    form = ReasonForm(request.POST, prefix=DECLINE)
    if not form.is_valid():
        return _read(request, held, declining=form, status=422)
    reason = form.cleaned_data["reason"]
    services.decline_item(actor=actor_of(request), item=held, reason=reason, at=timezone.now())
    messages.success(request, _("已登记为不采用，报送单位会收到消息。"))
    return redirect("newsroom:desk", season)


@require_POST
@login_required
def adopt(request: HttpRequest, season: str, item: int) -> HttpResponse:
    selectors.get_season_of_desk(actor_of(request), season)
    held = selectors.get_item_for(actor_of(request), season, item)
    made = services.adopt_item(actor=actor_of(request), item=held, at=timezone.now())
    messages.success(request, _("已采用。下面是可以编辑的稿件，原稿不变。"))
    return redirect("newsroom:article-edit", season, made.pk)


@require_POST
@login_required
def withdraw(request: HttpRequest, season: str, item: int) -> HttpResponse:
    selectors.get_season_of_desk(actor_of(request), season)
    held = selectors.get_item_for(actor_of(request), season, item)
    services.withdraw_consent(actor=actor_of(request), item=held, at=timezone.now())
    messages.success(request, _("已登记撤回；已经发布的随即撤下。"))
    return redirect("newsroom:item", season, item)


@require_safe
@login_required
def adoption(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_of_newsroom(actor_of(request), season)
    table = selectors.adoption_of(held)
    return render(request, "newsroom/adoption.html", {"season": held, "table": table})


@require_safe
@login_required
def adoption_sheet(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_of_newsroom(actor_of(request), season)
    data = exporting.adoption_sheet(selectors.adoption_of(held))
    return keep(data, exporting.TYPE, _("信息采用情况.xlsx"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def face(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_of_desk(actor_of(request), season)
    shown = selectors.face_of(held)
    data = request.POST if request.method == "POST" else None
    form = FaceForm(data, initial=FaceForm.told(shown))
    if form.is_valid():
        try:
            taking.take_face(request, held, form, timezone.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("已保存，公开页面随即更新。"))
            return redirect("newsroom:face", season)
    context = {"season": held, "form": form, "face": shown}
    return render(request, "newsroom/face.html", context, status=422 if form.errors else 200)


def _read(
    request: HttpRequest,
    item: Item,
    form: ReasonForm | None = None,
    *,
    declining: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "page": selectors.open_item(actor_of(request), item),
        "item": item,
        "form": form or ReasonForm(),
        "declining": declining or ReasonForm(prefix=DECLINE),
        "season": item.season,
    }
    return render(request, "newsroom/item.html", context, status=status)
