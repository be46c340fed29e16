"""The office's work on rules: drafts, the guided editor, and adoption."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.seasons import selectors, services
from leitai.seasons.models import RulesDraft, Season
from leitai.seasons.rule_forms import AdoptForm, BeginForm, TextForm
from leitai.seasons.selectors import rule_editor

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def desk(request: HttpRequest, season: str) -> HttpResponse:
    """Versions and drafts, and the three ways to begin a draft."""
    held = selectors.get_season_of_office(_actor(request), season)
    form = BeginForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        begun = _begin(request, held, form)
        if begun is not None:
            return _to(begun)
    context = {"page": selectors.desk_page(held), "form": form, "may_run": _may(request, held)}
    return render(request, "seasons/rules_desk.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def draft(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    """A draft clause by clause; `q` looks for words in it."""
    held = _draft(request, season, draft)
    page = rule_editor.draft_page(held, request.GET.get("q", "").strip()[:60])
    context = {"page": page, "may_run": _may(request, held.season)}
    return render(request, "seasons/rules_draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    """The form of one place; what is typed is saved at once, or comes back as it was typed."""
    held = _draft(request, season, draft)
    asked = request.POST if request.method == "POST" else request.GET
    path, adding = asked.get("path", "")[:200], asked.get("add") == "1"
    if request.method != "POST":
        page = rule_editor.edit_page(held, path, adding=adding)
        return _form(request, page)
    return _save(request, held, path, adding=adding)


@require_POST
@login_required
def item(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    """Take a thing away, move it, or leave a window's days open."""
    held = _draft(request, season, draft)
    path, act = request.POST.get("path", "")[:200], request.POST.get("act", "")
    told = _told(request, held) | {"path": path}
    if act == "later":
        services.tell_later(**told, at=timezone.now())
        return _saved(request, held, path)
    if act == "remove":
        services.remove_item(**told, at=timezone.now())
    elif act in {"up", "down"}:
        services.move_item(**told, by=-1 if act == "up" else 1, at=timezone.now())
    return _saved(request, held, request.POST.get("back", "")[:200])


@require_POST
@login_required
def step(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    """Undo, do again, or let an earlier revision stand again."""
    held = _draft(request, season, draft)
    told = _told(request, held)
    act, number = request.POST.get("act", ""), request.POST.get("number", "")
    if act == "undo":
        services.undo_draft(**told, at=timezone.now())
    elif act == "redo":
        services.redo_draft(**told, at=timezone.now())
    elif number.isdecimal() and len(number) < 9:
        services.restore_draft(**told, number=int(number), at=timezone.now())
    return _saved(request, held, "")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def text(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    """The whole text, for those who write it themselves or bring a file."""
    held = _draft(request, season, draft)
    start = {"text": held.text, "revision": held.revision}
    form = TextForm(request.POST or None, request.FILES or None, initial=start)
    refused = ""
    if request.method == "POST" and form.is_valid():
        refused = _write(request, held, form)
        if not refused:
            return _to(held)
    context = {"draft": held, "form": form, "problems": selectors.check(held.text).problems}
    context["may_run"] = _may(request, held.season)
    status = CONFLICT if refused == "draft_moved" else 422 if form.errors else 200
    return render(request, "seasons/rules_text.html", context, status=status)


@require_safe
@login_required
def download(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    held = _draft(request, season, draft)
    answer = HttpResponse(held.text, content_type="application/yaml; charset=utf-8")
    name = held.next_code or held.season.code
    answer["Content-Disposition"] = f'attachment; filename="{name}-draft-{held.number}.yaml"'
    return answer


@require_safe
@login_required
def history(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    held = _draft(request, season, draft)
    context = {
        "draft": held,
        "revisions": selectors.list_revisions(held),
        "may_run": _may(request, held.season),
    }
    return render(request, "seasons/rules_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def adopt(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    """What would change, and the act that lets it take effect."""
    held = _draft(request, season, draft)
    form = AdoptForm(request.POST or None, initial={"revision": held.revision})
    status = 200
    if request.method == "POST" and (form.is_valid() or held.next_code):
        try:
            return _adopt(request, held, form)
        except DomainError as error:
            _refuse_or_raise(form, error)
            status = CONFLICT if error.code in {"draft_moved", "rules_moved"} else 422
    context = {"page": rule_editor.adopt_page(held), "form": form}
    context["may_run"] = _may(request, held.season)
    return render(request, "seasons/rules_adopt.html", context, status=status)


@require_POST
@login_required
def rebase(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    """Put the draft's changes onto the version that was adopted meanwhile."""
    held = _draft(request, season, draft)
    now, clashes = services.rebase_draft(**_told(request, held), at=timezone.now())
    if clashes:
        words = _("有%(count)s处两边都改过，现按草稿写法：%(places)s。请逐处核对。")
        told = {"count": len(clashes), "places": listed(selectors.name_places(now, clashes))}
        messages.warning(request, words % told)
    else:
        messages.success(request, _("已并入新版本，没有冲突。"))
    return redirect("seasons:rules-adopt", season, draft)


@require_POST
@login_required
def confirm(request: HttpRequest, season: str, draft: int, key: str) -> HttpResponse:
    """Confirm the answer that a draft gives to a question, before it takes effect."""
    held = _draft(request, season, draft)
    services.confirm_assumption(
        actor=_actor(request),
        season=held.season,
        key=key,
        at=timezone.now(),
        note=request.POST.get("note", "")[:500].strip(),
        law=selectors.check(held.text).law,
    )
    return redirect("seasons:rules-adopt", season, draft)


@require_POST
@login_required
def drop(request: HttpRequest, season: str, draft: int) -> HttpResponse:
    held = _draft(request, season, draft)
    services.drop_draft(**_told(request, held), at=timezone.now())
    messages.success(request, _("草稿已放弃，修改记录仍保留。"))
    return redirect("seasons:rules-office", season)


def _save(request: HttpRequest, held: RulesDraft, path: str, *, adding: bool) -> HttpResponse:
    loaded = _number(request)
    page = rule_editor.edit_page(held, path, adding=adding, data=request.POST, loaded=loaded)
    write = services.add_item if adding else services.save_sheet
    try:
        _demand_there(page)
        place = page.path if adding else path
        write(**_told(request, held), path=place, changes=page.changes, at=timezone.now())
    except DomainError as error:
        if error.code not in {"draft_moved", "edit_name"}:
            raise
        return _form(request, rule_editor.conflicting(page, text_of(error)), status=CONFLICT)
    return _saved(request, held, request.POST.get("back", "")[:200])


def _demand_there(page: rule_editor.EditPage) -> None:
    if page.lost:
        raise DomainError("draft_moved", name=page.draft.editor_name)


def _form(request: HttpRequest, page: rule_editor.EditPage, status: int = 200) -> HttpResponse:
    context = {"page": page, "may_run": _may(request, page.draft.season)}
    return render(request, "seasons/rules_edit.html", context, status=status)


def _saved(request: HttpRequest, held: RulesDraft, back: str) -> HttpResponse:
    """Say what was saved, and whether the check has something against it."""
    now = selectors.get_draft(held.season, held.number)
    count = len(selectors.check(now.text).problems)
    if count:
        words = _("已保存。规则还有%(count)s处错误，更正后才能采用。")
        messages.warning(request, words % {"count": count})
    else:
        messages.success(request, _("已保存。"))
    if back:
        return redirect(f"{_address('rules-edit', held)}?{urlencode({'path': back})}")
    return _to(held)


def _adopt(request: HttpRequest, held: RulesDraft, form: AdoptForm) -> HttpResponse:
    told = _told(request, held)
    now: datetime = timezone.now()
    if held.next_code:
        season = services.found_season(**told, at=now)
        words = _("赛季%(season)s已建立，处于筹备中。请系统管理员任命组委会办公室后继续筹备。")
        messages.success(request, words % {"season": season.code})
        return redirect("seasons:rules-office", held.season.code)
    data = {name: form.cleaned_data[name] for name in ("reason", "effective")}
    version = services.adopt_draft(**told, **data, at=now)
    words = _("第%(number)s版规则已生效。已有的成绩不变；需要按新规则计算的，请重新计算。")
    messages.success(request, words % {"number": version.number})
    return redirect("seasons:rules", held.season.code)


def _begin(request: HttpRequest, season: Season, form: BeginForm) -> RulesDraft | None:
    """The new draft; None where the form now says why there is none."""
    try:
        return services.begin_draft(
            actor=_actor(request), season=season, at=timezone.now(), **form.wanted()
        )
    except DomainError as error:
        _refuse_or_raise(form, error)
        return None


def _write(request: HttpRequest, held: RulesDraft, form: TextForm) -> str:
    """Save the text; gives the code of a refusal, which the form then says."""
    wanted = {name: form.cleaned_data[name] for name in ("revision", "text", "uploaded")}
    try:
        services.write_draft(actor=_actor(request), draft=held, **wanted, at=timezone.now())
    except DomainError as error:
        _refuse_or_raise(form, error)
        form.data = _renewed(request, held)
        return error.code
    messages.success(request, _("已保存。"))
    return ""


def _refuse_or_raise(form: BeginForm | TextForm | AdoptForm, error: DomainError) -> None:
    """What the reader may mend stands in the form; what is not theirs to do is refused."""
    if error.code in {"forbidden", "not_found"}:
        raise error
    form.is_valid()
    form.add_error(None, text_of(error))


def _draft(request: HttpRequest, season: str, draft: int) -> RulesDraft:
    return selectors.get_draft_of_office(_actor(request), season, draft)


def _told(request: HttpRequest, held: RulesDraft) -> dict[str, Any]:
    """Who acts on which revision of the draft."""
    return {"actor": _actor(request), "draft": held, "revision": _number(request)}


def _renewed(request: HttpRequest, held: RulesDraft) -> QueryDict:
    """What was typed, now over the revision that somebody else has saved."""
    data = request.POST.copy()
    data["revision"] = str(held.revision)
    return data


def _number(request: HttpRequest) -> int:
    said = request.POST.get("revision", "")
    if not (said.isdecimal() and len(said) < 9):
        raise Http404
    return int(said)


def _may(request: HttpRequest, season: Season) -> bool:
    return selectors.may_run(_actor(request), season)


def _address(name: str, held: RulesDraft) -> str:
    return reverse(f"seasons:{name}", args=(held.season.code, held.number))


def _to(held: RulesDraft) -> HttpResponse:
    return redirect(_address("rules-draft", held))


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]  # our door's
