"""Forms that change one unit: each says what it will do, then does it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.units import choosing, forms, selectors, services
from leitai.units.models import Unit
from leitai.units.views.tree import actor_of

both = require_http_methods(["GET", "HEAD", "POST"])


@both
@login_required
def create(request: HttpRequest, unit: str) -> HttpResponse:
    parent = selectors.get_unit_to("add", actor_of(request), unit)
    form = forms.CreateForm(parent, request.POST or None, initial={"kind": "body"})
    made = _try(
        request,
        form,
        lambda: services.create_unit(
            parent=parent, new=form.wanted(), reason=form.cleaned_data["reason"], **_who(request)
        ),
    )
    if made is None:
        return _page(request, "units/create.html", parent, form)
    words = {"name": made.name, "code": made.code}
    messages.success(request, _("已新增%(name)s，代码%(code)s。") % words)
    return redirect("units:unit", made.code)


@both
@login_required
def edit(request: HttpRequest, unit: str) -> HttpResponse:
    held = selectors.get_unit_to("edit", actor_of(request), unit)
    form = forms.EditForm(held, request.POST or None)
    done = _try(
        request, form, lambda: services.edit_unit(unit=held, **form.wanted(), **_who(request))
    )
    if done is None:
        return _page(request, "units/edit.html", held, form)
    return _go(request, held, _("信息已保存。"))


@both
@login_required
def rename(request: HttpRequest, unit: str) -> HttpResponse:
    held = selectors.get_unit_to("change", actor_of(request), unit)
    form = forms.RenameForm(request.POST or None, initial={"name": held.name})
    done = _try(
        request,
        form,
        lambda: services.rename_unit(unit=held, **form.cleaned_data, **_who(request)),
    )
    if done is None:
        return _page(request, "units/rename.html", held, form)
    return _go(request, held, _("名称已更改，原名称记入沿革。"))


@both
@login_required
def move(request: HttpRequest, unit: str) -> HttpResponse:
    held = selectors.get_unit_to("change", actor_of(request), unit)
    choice = choosing.choose_parent(actor_of(request), held, _asked(request))
    form = forms.ReasonForm(request.POST or None)
    done = _try(
        request,
        form,
        lambda: services.move_unit(
            unit=held, to=choice.demand(), **form.cleaned_data, **_who(request)
        ),
    )
    if done is None:
        return _page(request, "units/move.html", held, form, choice=choice)
    return _go(request, held, _("已调整到新的上级之下，共%(count)s个单位。") % {"count": done})


@both
@login_required
def merge(request: HttpRequest, unit: str) -> HttpResponse:
    held = selectors.get_unit_to("change", actor_of(request), unit)
    choice = choosing.choose_heir(actor_of(request), held, _asked(request))
    form = forms.ReasonForm(request.POST or None)
    done = _try(
        request,
        form,
        lambda: services.merge_unit(
            unit=held, into=choice.demand(), **form.cleaned_data, **_who(request)
        ),
    )
    if done is None:
        return _page(request, "units/merge.html", held, form, choice=choice)
    return _go(request, choice.demand(), _("合并已完成，%(count)s个下级随同。") % {"count": done})


@both
@login_required
def close(request: HttpRequest, unit: str) -> HttpResponse:
    held = selectors.get_unit_to("change", actor_of(request), unit)
    form = forms.ReasonForm(request.POST or None)
    done = _try(
        request,
        form,
        lambda: services.close_unit(unit=held, **form.cleaned_data, **_who(request)),
    )
    if done is None:
        below = selectors.count_below(held)
        return _page(request, "units/close.html", held, form, below=below)
    return _go(request, held, _("单位已撤销。"))


@both
@login_required
def reopen(request: HttpRequest, unit: str) -> HttpResponse:
    held = selectors.get_unit_to("reopen", actor_of(request), unit)
    form = forms.ReasonForm(request.POST or None)
    done = _try(
        request,
        form,
        lambda: services.reopen_unit(unit=held, **form.cleaned_data, **_who(request)),
    )
    if done is None:
        return _page(request, "units/reopen.html", held, form)
    return _go(request, held, _("单位已恢复。"))


def _try(request: HttpRequest, form: Form, act: Any) -> Any:
    """What the service gave, or None: nothing posted yet, or the form now says what is wrong."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.add_error(None, text_of(error))
        return None


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": actor_of(request), "at": timezone.now()}


def _asked(request: HttpRequest) -> dict[str, str]:
    return (request.POST if request.method == "POST" else request.GET).dict()


def _page(
    request: HttpRequest, template: str, unit: Unit, form: Form, **more: object
) -> HttpResponse:
    crumbs = selectors.crumbs(actor_of(request), unit)
    context = {"unit": unit, "form": form, "crumbs": crumbs, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def _go(request: HttpRequest, unit: Unit, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("units:unit", unit.code)
