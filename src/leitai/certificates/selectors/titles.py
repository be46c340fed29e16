"""Certificates of titles of practice: who holds a title and has none yet, and whose title is lost.

The title stands in practice and follows from the learner's acts; the office decides for which title
and period there are certificates. Learners of the public have no name here, and so no certificate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from leitai.base.actor import Actor
from leitai.certificates import designs, wording
from leitai.certificates.enums import BatchState
from leitai.certificates.models import Batch, TitleCertificate
from leitai.certificates.rules import can_issue
from leitai.certificates.selectors.reads import PAGE, REVOKE, papers_path
from leitai.kernel.errors import DomainError
from leitai.ledger import selectors as ledger
from leitai.practice.models import Learner, Title
from leitai.practice.selectors.titling import Paper
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model.practice import Practice
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

REVOKE_LOST = "certificate.titles_lost"  # a deed of two officers
_UNDER_WAY = (BatchState.NUMBERING, BatchState.SETTING)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period of one title: who holds it, how many certificates of it hold or have to fall."""

    period: str
    words: str
    held: int
    nameless: int
    holding: int
    new: int
    fallen: int


def practice_of(season: Season) -> tuple[Rulebook, Practice]:
    """Raises DomainError("certificate_no_titles") where the rules know no titles of practice."""
    rulebook = seasons.rulebook_of(season)
    if rulebook.practice is None or not rulebook.practice.titles:
        raise DomainError("certificate_no_titles")
    return rulebook, rulebook.practice


def title_words(season: Season, name: str) -> str:
    """How the rules call a title; raises DomainError("not_found")."""
    _rulebook, practice = practice_of(season)
    if name not in practice.titles:
        raise DomainError("not_found")
    return practice.titles[name].title


def titles_due(season: Season, name: str, period: str) -> list[Title]:
    """The titles that are held and have no certificate, of each person one."""
    title_words(season, name)
    held = _held(season, name).filter(period=period)
    people: dict[int, Title] = {}
    for row in _without(season, held).select_related("learner__person", "learner__unit"):
        people.setdefault(row.learner.person_id or 0, row)
    return sorted(people.values(), key=lambda row: (row.reached_on, row.learner_id))


def record_of(season: Season, row: Title, by: Actor) -> TitleCertificate:
    """What a certificate of this title is of; neither numbered nor signed."""
    learner = row.learner
    if learner.person is None:
        raise DomainError("not_found")
    return TitleCertificate(
        season=season,
        person=learner.person,
        name=row.title,
        title=title_words(season, row.title),
        period=row.period,
        unit=learner.unit.name if learner.unit else "",
        reason=row.reason,
        issued_by=by.account,
    )


def fallen_titles(season: Season) -> QuerySet[TitleCertificate]:
    """Certificates that hold although the title is lost."""
    held = Title.objects.filter(
        learner__season=season.code,
        learner__person=OuterRef("person"),
        title=OuterRef("name"),
        period=OuterRef("period"),
        lost_on=None,
    )
    holding = TitleCertificate.objects.filter(season=season, revoked_at=None)
    return holding.filter(~Exists(held)).select_related("season").order_by("serial")


def titles_page(season: Season, *, viewer: Actor, name: str, page: int) -> dict[str, object]:
    """The office's desk: a title's periods, the newest first; the register below."""
    _rulebook, practice = practice_of(season)
    shown = name if name in practice.titles else next(iter(practice.titles))
    rows = _rows(season, shown)
    issued = TitleCertificate.objects.filter(season=season, name=shown).select_related("person")
    issued = issued.select_related("superseded_by").order_by("-issued_at", "serial")
    return {
        "season": season,
        "titles": [(code, one.title) for code, one in practice.titles.items()],
        "name": shown,
        "title": practice.titles[shown].title,
        "rows": rows,
        "fallen": fallen_titles(season).count(),
        "certificates": Paginator(issued, PAGE).get_page(page),
        "batch": Batch.objects.filter(season=season, state__in=_UNDER_WAY).first(),
        "may_run": can_issue(viewer, season.code, seasons.host_path(season)),
        "officers": ledger.officers_for(REVOKE, seasons.host_level(season)),
        "design": designs.title_code(shown),
    }


def papers_name(name: str, period: str) -> str:
    """What the one file of a title and period is called, as `papers_path` takes it."""
    return f"title-{name}-{period.replace('/', '_')}"


def title_papers_of(season: str, name: str, period: str) -> Path:
    """Where that file lies; raises DomainError("certificates_none")."""
    known = TitleCertificate.objects.filter(season__code=season, name=name, period=period)
    path = papers_path(season, papers_name(name, period))
    if not known.exists() or not path.is_file():
        raise DomainError("certificates_none")
    return path


def own_papers(learner: Learner) -> Mapping[tuple[str, str], Paper]:
    """What practice shows beside a learner's titles."""
    if learner.person_id is None:
        return {}
    held = TitleCertificate.objects.filter(
        season__code=learner.season, person=learner.person_id
    ).order_by("issued_at", "pk")
    return {
        (one.name, one.period): Paper(
            one.serial,
            reverse("certificates:verify", args=[one.serial]),
            reverse("certificates:pdf", args=[one.serial])
            if one.pdf and not one.revoked_at
            else "",
            revoked=one.revoked_at is not None,
        )
        for one in held
    }


def title_holders(season: Season, name: str, count: int) -> list[Title]:
    """Some who hold it, to look at a design with."""
    held = _held(season, name).exclude(learner__person=None)
    rows = held.select_related("learner__person", "learner__unit").order_by("-reached_on", "pk")
    return list(rows[:count])


def _held(season: Season, name: str) -> QuerySet[Title]:
    return Title.objects.filter(learner__season=season.code, title=name, lost_on=None)


def _without(season: Season, held: QuerySet[Title]) -> QuerySet[Title]:
    """Of persons who have no certificate of it, and to whom it was not refused for good."""
    has = TitleCertificate.objects.filter(
        Q(revoked_at=None) | Q(withheld=True, superseded_by=None),
        season=season,
        person=OuterRef("learner__person"),
        name=OuterRef("title"),
        period=OuterRef("period"),
    )
    return held.exclude(learner__person=None).filter(~Exists(has))


def _rows(season: Season, name: str) -> list[PeriodRow]:
    held = _held(season, name)
    counts = _by_period(held, "learner")
    nameless = _by_period(held.filter(learner__person=None), "learner")
    new = _by_period(_without(season, held), "learner__person")
    issued = TitleCertificate.objects.filter(season=season, name=name, revoked_at=None)
    holding = Counter(issued.order_by().values_list("period", flat=True))
    fallen = Counter(
        fallen_titles(season).filter(name=name).order_by().values_list("period", flat=True)
    )
    return [
        PeriodRow(
            period,
            wording.period_words(period),
            counts.get(period, 0),
            nameless.get(period, 0),
            holding[period],
            new.get(period, 0),
            fallen[period],
        )
        for period in sorted({*counts, *holding}, reverse=True)
    ]


def _by_period(held: QuerySet[Title], what: str) -> dict[str, int]:
    return dict(held.order_by().values_list("period").annotate(count=Count(what, distinct=True)))
