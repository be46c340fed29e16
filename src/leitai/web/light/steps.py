"""Each step of the wizard: the services that it calls, in order. Every step can be taken again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import BinaryIO

from django.db import transaction

from leitai.bank import services as bank
from leitai.base.actor import Actor
from leitai.base.sheets import read_sheet
from leitai.certificates import services as certificates
from leitai.certificates.models import Certificate
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.results import selectors as result_reads
from leitai.results import services as results
from leitai.results.models import StageResult
from leitai.rulebook import numbers
from leitai.rulebook.data import MAIN
from leitai.seasons import selectors as season_reads
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, LightContest
from leitai.seasons.services import NewScore
from leitai.seasons.services.composing import CONTEST, ENTRY, event_of
from leitai.sittings import services as sittings
from leitai.sittings.models import Exam

NAME, NUMBER, SCORE = "姓名", "参赛编号", "成绩"
ALSO = {"选手": NAME, "选手姓名": NAME, "编号": NUMBER, "总分": SCORE, "得分": SCORE, "分数": SCORE}


@dataclass(frozen=True, slots=True)
class Soon:
    """Begin without a date: so long after it opens, and so long."""

    lead: timedelta
    lasts: timedelta


@transaction.atomic
def go(
    *, actor: Actor, contest: LightContest, soon: Soon | None = None, at: datetime
) -> Exam | None:
    """Open it: entries through to the contest, the sealed paper, the exam, and everybody seated."""
    if soon is not None:
        begins = at.replace(microsecond=0) + timedelta(seconds=1) + soon.lead
        ends = begins + soon.lasts
        contest = seasons.set_time(
            actor=actor, contest=contest, opens_at=begins, closes_at=ends, at=at
        )
    law = season_reads.rulebook_of(contest.season)
    code, event = event_of(law)
    if event.kind == "exam" and not contest.bank:
        raise DomainError("contest_questions")
    season = seasons.open_contest(actor=actor, contest=contest, at=at)
    for_all = results.compute_stage(actor=actor, season=season, stage=ENTRY, at=at)
    results.confirm_result(actor=actor, result=for_all, at=at)
    results.publish_result(actor=actor, result=for_all, at=at)
    if event.kind != "exam" or contest.opens_at is None or contest.closes_at is None:
        return None
    (paper,) = bank.compose_papers(
        actor=actor,
        season_code=season.code,
        event=event,
        bank_codes=[contest.bank],
        codes=[f"{season.code}-paper"],
        titles=[law.title],
        seed=secrets.token_hex(16),
        at=at,
    )
    exam = sittings.create_exam(
        actor=actor,
        stage=season_reads.get_stage(season, CONTEST),
        event=code,
        paper=paper,
        opens_at=contest.opens_at,
        closes_at=contest.closes_at,
        at=at,
    )
    sittings.seat_entries(actor=actor, exam=exam, at=at)
    return exam


def take_scores(
    *, actor: Actor, contest: LightContest, source: BinaryIO, name: str, at: datetime
) -> int:
    """Scores of a contest that was held elsewhere, by entry number or by a name that is one's own.

    Raises Problems with every row that cannot be placed; then none is taken.
    """
    season = contest.season
    code, event = event_of(season_reads.rulebook_of(season))
    table = read_sheet(source, name=name, columns=[NAME, SCORE], optional=[NUMBER], also=ALSO)
    entries = list(season_reads.list_entries(season_reads.get_stage(season, CONTEST)))
    problems, scores = list(table.problems), []
    for row in table.rows:
        found = _entry_of(entries, row.cells.get(NUMBER, ""), row.cells.get(NAME, ""))
        text, place = row.cells.get(SCORE, ""), table.place(row.number)
        if isinstance(found, str):
            problems.append(Problem(place, found, {"name": row.cells.get(NAME, "")[:20]}))
        elif not numbers.is_decimal(text) or not numbers.fits(numbers.parse(text), event.decimals):
            problems.append(Problem(place, "contest_score", {"score": text[:20]}))
        else:
            value = numbers.parse(text) * Fraction(10**event.decimals)
            scores.append(NewScore(found.code, int(value), event.decimals, f"sheet:{season.code}"))
    if problems:
        raise Problems(problems)
    seasons.record_scores(
        actor=actor, season=season, stage=CONTEST, event=code, scores=scores, at=at
    )
    return len(scores)


def is_by_paper(contest: LightContest) -> bool:
    """Whether it is held by a paper, and not by marks that come as a list."""
    return event_of(season_reads.rulebook_of(contest.season))[1].kind == "exam"


def _entry_of(entries: Sequence[Entry], code: str, name: str) -> Entry | str:
    """The entry, or the code of what is wrong."""
    if code:
        found = [one for one in entries if one.code == code]
    else:
        found = [one for one in entries if one.person.name == name]
    if len(found) > 1:
        return "contest_score_several"
    return found[0] if found else "contest_score_nobody"


@transaction.atomic
def rank(*, actor: Actor, contest: LightContest, at: datetime) -> StageResult:
    """Compute, confirm and publish: one person answers for all three here.

    Where the contest chooses for a stage above, its list is reported there too.
    """
    season = contest.season
    result = results.compute_stage(actor=actor, season=season, stage=CONTEST, at=at)
    if not result.standings.exists():
        raise DomainError("contest_no_scores")
    results.confirm_result(actor=actor, result=result, at=at)
    result = results.publish_result(actor=actor, result=result, at=at)
    if contest.above is not None:
        above = contest.above
        seasons.report_local(
            actor=actor,
            season=season_reads.get_season(above.stage.season.code),
            stage=above.stage.code,
            delegation=above.delegation.unit.code,
            rows=_rows(result),
            at=at,
        )
    return result


def _rows(result: StageResult) -> list[list[str]]:
    standings = result.standings.filter(board=MAIN).select_related("entry__person__unit")
    return [
        [
            str(row.rank or ""),
            row.entry.name,
            row.entry.person.unit.name,
            numbers.show(Fraction(row.total)),
        ]
        for row in standings.order_by("position")
    ]


def certify(*, actor: Actor, contest: LightContest, at: datetime) -> list[Certificate]:
    """A certificate for every prize, numbered, signed and ready for the printer."""
    return list(certificates.issue_certificates(actor=actor, season=contest.season, at=at))


def published(contest: LightContest) -> StageResult | None:
    return result_reads.standing_result(contest.season.code, CONTEST)
