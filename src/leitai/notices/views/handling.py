"""What handlers do with a case, and the list of all of them for supervisors."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.kernel.errors import DomainError
from leitai.ledger.enums import ProposalState
from leitai.notices import selectors, services
from leitai.notices.forms import (
    MergeForm,
    NoteForm,
    ReasonForm,
    RevealForm,
    RulingForm,
    SpokenForm,
)
from leitai.notices.models import Objection
from leitai.notices.views.public import actor_of
from leitai.seasons.selectors import get_season

_FORMS: Mapping[str, type[SpokenForm]] = {
    "refuse": ReasonForm,
    "note": NoteForm,
    "merge": MergeForm,
    "reveal": RevealForm,
}


@require_safe
@login_required
@never_cache
def listed(request: HttpRequest, season: str) -> HttpResponse:
    held, now = get_season(season), timezone.now()
    asked = request.GET.get("view", "")
    view = asked if asked in selectors.VIEWS else "open"
    page = selectors.page_of(actor_of(request), held, view=view, number=request.GET.get("page"))
    context = {
        "season": held,
        "page": page,
        "rows": selectors.lines_of(held, page.object_list, at=now),
        "view": view,
        "told": selectors.statistics_of(held, at=now),
    }
    return render(request, "notices/objections.html", context)


@require_safe
@login_required
@never_cache
def one(request: HttpRequest, season: str, objection: int) -> HttpResponse:
    return _page(request, _found(request, season, objection))


@require_POST
@login_required
def accept(request: HttpRequest, season: str, objection: int) -> HttpResponse:
    found = _found(request, season, objection)
    services.accept_objection(actor=actor_of(request), objection=found, at=timezone.now())
    messages.success(request, _("已受理，请在答复期限前作出处理决定。"))
    return redirect("notices:objection", season, objection)


@require_POST
@login_required
def refuse(request: HttpRequest, season: str, objection: int) -> HttpResponse:
    form = ReasonForm(request.POST, prefix="refuse")
    found = _found(request, season, objection)

    def act() -> None:
        services.refuse_objection(
            actor=actor_of(request),
            objection=found,
            reason=form.cleaned_data["text"],
            at=timezone.now(),
        )

    return _done(request, found, form, act, _("已告知不予受理及理由。"))


@require_POST
@login_required
def note(request: HttpRequest, season: str, objection: int) -> HttpResponse:
    form = NoteForm(request.POST, prefix="note")
    found = _found(request, season, objection)

    def act() -> None:
        services.note_handling(
            actor=actor_of(request),
            objection=found,
            text=form.cleaned_data["text"],
            at=timezone.now(),
        )

    return _done(request, found, form, act, _("办理情况已登记。"))


@require_POST
@login_required
def merge(request: HttpRequest, season: str, objection: int) -> HttpResponse:
    form = MergeForm(request.POST, prefix="merge")
    found = _found(request, season, objection)

    def act() -> None:
        services.merge_objection(
            actor=actor_of(request),
            objection=found,
            into=form.cleaned_data["into"],
            at=timezone.now(),
        )

    return _done(request, found, form, act, _("已合并处理，处理决定一并告知。"))


@require_POST
@login_required
@never_cache
def reveal(request: HttpRequest, season: str, objection: int) -> HttpResponse:
    """Shown on this one answer and nowhere else; the look is on the record."""
    found, form = _found(request, season, objection), RevealForm(request.POST, prefix="reveal")
    if not form.is_valid():
        return _page(request, found, filled=form)
    try:
        identity = services.reveal_objector(
            actor=actor_of(request), objection=found, at=timezone.now(), **form.cleaned_data
        )
    except DomainError as error:
        form.refuse(error)
        return _page(request, found, filled=form)
    return _page(request, found, identity=identity)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def rule(request: HttpRequest, season: str, objection: int) -> HttpResponse:
    """Propose the ruling, beside the marks of the entry that it is about."""
    found = _found(request, season, objection)
    selectors.demand_handler(actor_of(request), found, at=timezone.now())
    if request.method != "POST":
        return _ruling(request, found, RulingForm())
    form = RulingForm(request.POST)
    if form.is_valid():
        try:
            return _proposed(request, found, form)
        except DomainError as error:
            form.refuse(error)
    return _ruling(request, found, form, status=422)


def _proposed(request: HttpRequest, found: Objection, form: RulingForm) -> HttpResponse:
    asked = selectors.desk_of(found, request.POST)
    made = services.propose_ruling(
        actor=actor_of(request),
        objection=found,
        decision=form.decision(found.season, [seat.entry for seat in asked.seats]),
        at=timezone.now(),
    )
    if made.state == ProposalState.OPEN:
        messages.success(request, _("处理决定已提出，等待另一名人员批准。"))
        return redirect("ledger:act", made.pk)
    messages.success(request, _("处理决定已作出。"))
    return redirect("notices:objection", found.season.code, found.number)


def _ruling(
    request: HttpRequest, found: Objection, form: RulingForm, *, status: int = 200
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    context = {
        "season": found.season,
        "opened": selectors.opened_for(actor_of(request), found, at=timezone.now()),
        "desk": selectors.desk_of(found, asked),
        "form": form,
    }
    return render(request, "notices/rule.html", context, status=status)


def _done(
    request: HttpRequest,
    found: Objection,
    form: SpokenForm,
    act: Callable[[], None],
    sentence: str,
) -> HttpResponse:
    """Do it and go back to the case; refused, the form says why and keeps what was typed."""
    if not form.is_valid():
        return _page(request, found, filled=form)
    try:
        act()
    except DomainError as error:
        if error.code in ("not_found", "forbidden"):
            raise
        form.refuse(error)
        return _page(request, found, filled=form)
    messages.success(request, sentence)
    return redirect("notices:objection", found.season.code, found.number)


def _found(request: HttpRequest, season: str, objection: int) -> Objection:
    return selectors.get_objection_for(actor_of(request), get_season(season), objection)


def _page(
    request: HttpRequest,
    found: Objection,
    *,
    identity: dict[str, str] | None = None,
    filled: SpokenForm | None = None,
) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    context = {
        "season": found.season,
        "opened": selectors.opened_for(actor, found, at=now),
        "files": selectors.files_of(actor, found),
        "identity": identity,
        **{name: form(prefix=name) for name, form in _FORMS.items()},
        **({str(filled.prefix): filled} if filled else {}),
    }
    status = 422 if filled else 200
    return render(request, "notices/objection.html", context, status=status)
