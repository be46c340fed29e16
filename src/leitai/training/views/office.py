"""The office's pages: groups, who is in them, who leads, the plan, mock papers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.forms import refuse
from leitai.kernel.errors import DomainError
from leitai.training import selectors, services
from leitai.training.forms import GroupForm, LeaderForm, PracticeForm
from leitai.training.models import Group
from leitai.training.views.common import actor_of

_PAGES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def listed(request: HttpRequest, season: str) -> HttpResponse:
    desk = selectors.desk_of(actor_of(request), season, request.GET.get("page"))
    return render(request, "training/desk.html", {"desk": desk, "season": desk.season})


@_PAGES
@login_required
def new(request: HttpRequest, season: str) -> HttpResponse:
    held = selectors.get_season_of_desk(actor_of(request), season)
    form = GroupForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = services.create_group(
                actor=actor_of(request), season=held, frame=form.frame(), at=timezone.now()
            )
        except DomainError as error:
            refuse(form, error)
        else:
            return redirect("training:manage", season, made.pk)
    told = {"season": held, "form": form}
    return render(request, "training/edit.html", told, status=422 if form.is_bound else 200)


@_PAGES
@login_required
def edit(request: HttpRequest, season: str, group: int) -> HttpResponse:
    held = selectors.get_group_of_desk(actor_of(request), season, group)
    data = request.POST if request.method == "POST" else None
    form = GroupForm(data, initial=GroupForm.told(held))
    if form.is_valid():
        try:
            services.edit_group(
                actor=actor_of(request), group=held, frame=form.frame(), at=timezone.now()
            )
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("已保存。"))
            return redirect("training:manage", season, group)
    told = {"season": held.season, "form": form, "group": held}
    return render(request, "training/edit.html", told, status=422 if form.is_bound else 200)


@require_safe
@login_required
def manage(request: HttpRequest, season: str, group: int) -> HttpResponse:
    held = selectors.get_group_of_desk(actor_of(request), season, group)
    return _page(request, held, {})


@require_POST
@login_required
def open_(request: HttpRequest, season: str, drafted: int) -> HttpResponse:
    held = selectors.get_group_of_desk(actor_of(request), season, drafted)
    services.open_group(actor=actor_of(request), group=held, at=timezone.now())
    messages.success(request, _("已开班，学员收到了通知。"))
    return redirect("training:manage", season, drafted)


@require_POST
@login_required
def close(request: HttpRequest, season: str, group: int) -> HttpResponse:
    held = selectors.get_group_of_desk(actor_of(request), season, group)
    services.close_group(actor=actor_of(request), group=held, at=timezone.now())
    messages.success(request, _("集训已结束，考勤和成绩不再改动。"))
    return redirect("training:manage", season, group)


@require_POST
@login_required
def leaders(request: HttpRequest, season: str, group: int) -> HttpResponse:
    """Add one by name or code, or take one away."""
    held = selectors.get_group_of_desk(actor_of(request), season, group)
    gone = request.POST.get("remove", "")
    if gone.isdigit():
        services.remove_leader(actor=actor_of(request), group=held, leader=int(gone))
        return redirect("training:manage", season, group)
    form = LeaderForm(request.POST)
    if form.is_valid():
        try:
            services.add_leader(actor=actor_of(request), group=held, name=form.cleaned_data["name"])
        except DomainError as error:
            refuse(form, error)
        else:
            return redirect("training:manage", season, group)
    return _page(request, held, {"leader_form": form}, status=422)


@_PAGES
@login_required
def roster(request: HttpRequest, season: str, group: int) -> HttpResponse:
    held = selectors.get_group_of_desk(actor_of(request), season, group)
    if request.method != "POST":
        page = selectors.roster_page(held, request.GET.dict())
        return render(request, "training/roster.html", {"season": held.season, "page": page})
    source = selectors.source_words(held, request.POST.get("from", ""))
    codes = request.POST.getlist("person")
    count = services.add_members(
        actor=actor_of(request), group=held, people=codes, source=source, at=timezone.now()
    )
    told = ngettext("已增加%(count)s人。", "已增加%(count)s人。", count) % {"count": count}
    messages.success(request, told)
    return redirect("training:manage", season, group)


@require_POST
@login_required
def remove(request: HttpRequest, season: str, group: int, member: int) -> HttpResponse:
    held = selectors.get_group_of_desk(actor_of(request), season, group)
    services.remove_member(
        actor=actor_of(request),
        group=held,
        member=member,
        reason=request.POST.get("reason", ""),
        at=timezone.now(),
    )
    messages.success(request, _("已登记退出。"))
    return redirect("training:manage", season, group)


@require_POST
@login_required
def mocks(request: HttpRequest, season: str, group: int) -> HttpResponse:
    """Add a day of practice, or take a mock paper away."""
    held = selectors.get_group_of_desk(actor_of(request), season, group)
    actor, gone = actor_of(request), request.POST.get("remove", "")
    form = PracticeForm(request.POST)
    if gone.isdigit():
        services.remove_mock(actor=actor, group=held, mock=int(gone))
    elif not form.is_valid() or not _added(request, held, form):
        return _page(request, held, {"practice_form": form}, status=422)
    return redirect("training:manage", season, group)


def _added(request: HttpRequest, group: Group, form: PracticeForm) -> bool:
    try:
        services.add_practice(actor=actor_of(request), group=group, **form.cleaned_data)
    except DomainError as error:
        refuse(form, error)
        return False
    return True


def _page(
    request: HttpRequest, group: Group, told: dict[str, object], *, status: int = 200
) -> HttpResponse:
    context = {
        "season": group.season,
        "page": selectors.group_page(group, request.GET.get("page")),
        "leader_form": LeaderForm(),
        "practice_form": PracticeForm(),
        **told,
    }
    return render(request, "training/manage.html", context, status=status)
