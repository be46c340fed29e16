"""The wizard «办一场本地比赛»: one page with every step, and one form a step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.seasons import services as season_services
from leitai.seasons.enums import LocalHow
from leitai.seasons.models import LightContest, LocalStage
from leitai.seasons.selectors import rulebook_of
from leitai.seasons.selectors.contests import (
    get_contest_for,
    list_contests_for,
    units_to_found,
)
from leitai.seasons.selectors.local import local_row
from leitai.seasons.services.composing import ABOVE, can_follow, templates
from leitai.units import selectors as units
from leitai.units.models import Unit
from leitai.web.light import forms, reading, rosters, samples, steps
from leitai.web.light import questions as questions_of

SHOWN_PROBLEMS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contests(request: HttpRequest) -> HttpResponse:
    """My contests, and the form that begins one."""
    actor = _actor(request)
    places = units_to_found(actor)
    if not places:
        raise DomainError("forbidden")
    form = _found_form(request, places)
    if request.method == "POST" and form.is_valid():
        found = _attempt(form, lambda: _found(request, form))
        if found is not None:
            return redirect("web:contest", found.season.code)
    mine = reading.listed(list_contests_for(actor), now=timezone.now())
    context = {"form": form, "contests": mine, "query": request.GET.urlencode()}
    status = 422 if form.errors else 200
    return render(request, "web/light/contests.html", context, status=status)


@require_safe
@login_required
def sample(request: HttpRequest) -> HttpResponse:
    """A table of questions to fill in: the headings, and one row of every type."""
    if not units_to_found(_actor(request)):
        raise DomainError("forbidden")
    answer = HttpResponse(samples.questions(), content_type=samples.TYPE)
    answer.headers["Content-Disposition"] = samples.attached(_("试题样表.xlsx"))
    return answer


@require_safe
@login_required
def contest(request: HttpRequest, season: str) -> HttpResponse:
    return _page(request, get_contest_for(_actor(request), season))


@require_POST
@login_required
def roster(request: HttpRequest, season: str) -> HttpResponse:
    held = get_contest_for(_actor(request), season)
    form = forms.RosterForm(request.POST, request.FILES)
    report = _taken(request, held, form, "roster", rosters.take_roster)
    if report is None:
        return _page(request, held, roster=form)
    messages.success(request, _("参赛名单共%(count)s人。") % {"count": report.people})
    if not report.left:
        return _back(held, "questions")
    form.left = report.left
    return _page(request, get_contest_for(_actor(request), season), roster=form)


@require_POST
@login_required
def questions(request: HttpRequest, season: str) -> HttpResponse:
    held = get_contest_for(_actor(request), season)
    form = forms.MoreQuestionsForm(request.POST, request.FILES)

    def take(**told: Any) -> Any:
        return questions_of.take_questions(afresh=form.cleaned_data["afresh"], **told)

    report = _taken(request, held, form, "questions", take)
    if report is None:
        return _page(request, held, questions=form)
    messages.success(request, questions_of.words_of(report))
    for sentence in report.sentences()[:SHOWN_PROBLEMS]:
        messages.warning(request, sentence)
    return _back(held, "paper")


@require_POST
@login_required
def bank(request: HttpRequest, season: str) -> HttpResponse:
    """Questions out of a practice bank of the house."""
    held = get_contest_for(_actor(request), season)
    form = forms.BankForm(reading.stocks(), request.POST)
    if form.is_valid() and _done(
        form,
        lambda: questions_of.use_bank(code=form.cleaned_data["bank"], **_told(request, held)),
    ):
        messages.success(request, _("已选定题库。请核对各题型抽几题、每题几分。"))
        return _back(held, "paper")
    return _page(request, held, bank=form)


@require_POST
@login_required
def paper(request: HttpRequest, season: str) -> HttpResponse:
    held = get_contest_for(_actor(request), season)
    form = forms.PaperForm(reading.page_of(held, now=timezone.now()).parts, request.POST)
    if form.is_valid() and _done(
        form, lambda: questions_of.set_paper(parts=form.wanted(), **_told(request, held))
    ):
        messages.success(request, _("试卷已确定。"))
        return _back(held, "time")
    return _page(request, held, paper=form)


@require_POST
@login_required
def time(request: HttpRequest, season: str) -> HttpResponse:
    held = get_contest_for(_actor(request), season)
    form = forms.TimeForm(request.POST, by_paper=steps.is_by_paper(held))
    if form.is_valid() and _done(
        form, lambda: season_services.set_time(**form.wanted(), **_told(request, held))
    ):
        return _back(held, "go")
    return _page(request, held, time=form)


@require_POST
@login_required
def go(request: HttpRequest, season: str) -> HttpResponse:
    held = get_contest_for(_actor(request), season)
    form = forms.GoForm(request.POST)
    if form.is_valid() and _done(form, lambda: steps.go(soon=form.soon, **_told(request, held))):
        messages.success(request, _("比赛已就绪，请打印准考证。到时间自动开考。"))
        return _back(held, "held")
    return _page(request, held, go=form)


@require_POST
@login_required
def scores(request: HttpRequest, season: str) -> HttpResponse:
    held = get_contest_for(_actor(request), season)
    form = forms.ScoresForm(request.POST, request.FILES)
    count = _taken(request, held, form, "scores", steps.take_scores)
    if count is None:
        return _page(request, held, scores=form)
    messages.success(request, _("已登记%(count)s人的成绩。") % {"count": count})
    return _back(held, "rank")


@require_POST
@login_required
def rank(request: HttpRequest, season: str) -> HttpResponse:
    held = get_contest_for(_actor(request), season)
    steps.rank(**_told(request, held))
    messages.success(request, _("名次已排出并公布。"))
    return _back(held, "rank")


@require_POST
@login_required
def certify(request: HttpRequest, season: str) -> HttpResponse:
    held = get_contest_for(_actor(request), season)
    count = len(steps.certify(**_told(request, held)))
    messages.success(request, _("已生成%(count)s张证书，可以打印。") % {"count": count})
    return _back(held, "certificates")


@require_POST
@login_required
def drop(request: HttpRequest, season: str) -> HttpResponse:
    held = get_contest_for(_actor(request), season)
    season_services.drop_contest(**_told(request, held))
    messages.success(request, _("比赛已撤销。"))
    return redirect("web:contests")


def _found_form(request: HttpRequest, places: list[Unit]) -> forms.FoundForm:
    return forms.FoundForm(
        _templates(_above(request)),
        [(one.code, one.name) for one in places],
        request.POST or None,
        initial={"unit": request.GET.get("team", "")},
    )


def _templates(above: LocalStage | None) -> list[tuple[str, str]]:
    """Where it chooses for a stage above, first the way in which that season holds its own."""
    choices = [(one.code, one.title) for one in templates()]
    if above is not None and can_follow(law := rulebook_of(above.stage.season)):
        words = _("与%(title)s相同的赛制") % {"title": law.short_title or law.title}
        return [(ABOVE, words), *choices]
    return choices


def _found(request: HttpRequest, form: forms.FoundForm) -> LightContest:
    data = form.cleaned_data
    return season_services.found_contest(
        actor=_actor(request),
        unit=units.get_unit(data["unit"]),
        template=data["template"],
        title=data["title"],
        prizes=form.prizes,
        issuer=data["issuer"],
        above=_above(request),
        at=timezone.now(),
    )


def _above(request: HttpRequest) -> LocalStage | None:
    """The stage for which this contest chooses, where one came from its page."""
    asked = [request.GET.get(name, "") for name in ("season", "stage", "team")]
    if not all(asked):
        return None
    _board, row = local_row(_actor(request), *asked, at=timezone.now())
    held = row.held
    return held if held is not None and held.how == LocalHow.EXAM else None


def _taken(
    request: HttpRequest,
    held: LightContest,
    form: django_forms.Form,
    name: str,
    take: Callable[..., Any],
) -> Any:
    """What the service made of the file; None where the form says why not."""
    if not form.is_valid():
        return None
    file = form.cleaned_data[name]
    return _attempt(form, lambda: take(source=file, name=file.name, **_told(request, held)), name)


def _attempt(form: django_forms.Form, act: Callable[[], Any], field: str | None = None) -> Any:
    """Do it, or say on the form what is wrong; whoever may not is told so as everywhere."""
    try:
        return act()
    except Problems as error:
        for one in error.problems[:SHOWN_PROBLEMS]:
            form.add_error(field, text_of(one))
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.add_error(field, text_of(error))
        if isinstance(error, rosters.NobodyTaken) and isinstance(form, forms.RosterForm):
            form.left = error.left
    return None


def _done(form: django_forms.Form, act: Callable[[], object]) -> bool:
    _attempt(form, act)
    return not form.errors


def _told(request: HttpRequest, held: LightContest) -> dict[str, Any]:
    return {"actor": _actor(request), "contest": held, "at": timezone.now()}


def _back(held: LightContest, place: str) -> HttpResponse:
    answer = redirect("web:contest", held.season.code)
    answer["Location"] += f"#{place}"
    return answer


def _page(request: HttpRequest, held: LightContest, **bound: django_forms.Form) -> HttpResponse:
    """Every step with its form; `bound` are those that were filled in wrongly."""
    page = reading.page_of(held, now=timezone.now())
    shown = _fresh_forms(held, page) | bound
    context = {"page": page, "season": held.season}
    context |= {f"{name}_form": form for name, form in shown.items()}
    refused = any(form.errors for form in bound.values())
    return render(request, "web/light/contest.html", context, status=422 if refused else 200)


def _fresh_forms(held: LightContest, page: reading.Page) -> dict[str, django_forms.Form]:
    opens, minutes = held.opens_at, page.event.minutes or 60
    if held.closes_at and opens:
        minutes = int((held.closes_at - opens).total_seconds()) // 60
    begins = timezone.localtime(opens) if opens else None
    return {
        "roster": forms.RosterForm(),
        "questions": forms.MoreQuestionsForm() if page.own_bank else forms.QuestionsForm(),
        "bank": forms.BankForm(reading.stocks() if page.choosing else ()),
        "go": forms.GoForm(initial={"minutes": minutes}),
        "scores": forms.ScoresForm(),
        "paper": forms.PaperForm(page.parts),
        "time": forms.TimeForm(
            initial={"opens_at": begins, "minutes": minutes}, by_paper=page.by_paper
        ),
    }


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]  # our door's
