"""Each step of the wizard: the services that it calls, in order. Every step can be taken again."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, BinaryIO

from django.db import transaction

from leitai.bank import selectors as bank_reads
from leitai.bank import services as bank
from leitai.bank.models import Bank
from leitai.base.actor import Actor, system
from leitai.base.errors import text_of
from leitai.base.sheets import read_sheet
from leitai.certificates import services as certificates
from leitai.certificates.models import Certificate
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.people.selectors import people_by_code
from leitai.people.services import parts, planning, taking
from leitai.people.services.importing import cells_of, read_table
from leitai.people.services.registering import new_code
from leitai.results import selectors as result_reads
from leitai.results import services as results
from leitai.results.models import StageResult
from leitai.rulebook import numbers
from leitai.rulebook.data import MAIN
from leitai.seasons import selectors as season_reads
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, LightContest
from leitai.seasons.selectors.contests import barred_above
from leitai.seasons.services import NewScore
from leitai.seasons.services.composing import CONTEST, ENTRY, event_of
from leitai.sittings import services as sittings
from leitai.sittings.models import Exam
from leitai.units.models import Unit

NAME, NUMBER, SCORE = "姓名", "参赛编号", "成绩"
MINUTES = 60  # for a paper, until a time is set
ALSO = {"选手": NAME, "选手姓名": NAME, "编号": NUMBER, "总分": SCORE, "得分": SCORE, "分数": SCORE}


@dataclass(frozen=True, slots=True)
class RosterReport:
    """How many take part, and the rows that were left out with the reason of each."""

    people: int
    left: tuple[str, ...]


@transaction.atomic
def take_roster(
    *, actor: Actor, contest: LightContest, source: BinaryIO, name: str, at: datetime
) -> RosterReport:
    """The list of those who take part. Who is not registered yet is; a row without a unit is ours.

    Somebody of the same name in the same unit is taken for the same person where only one is.
    """
    host = contest.season.host
    if host is None:
        raise DomainError("season_host_missing", season=contest.season.code)
    rows, unreadable = read_table(source.read(), name)
    cells = [_at_home(cells_of(row), host) for row in rows]
    said = _same_people(actor, cells, at)
    wanted = [one.planned.row for one in planning.Planner(actor, at).plan(cells, said)]
    good = [row for row in wanted if row["kind"] not in {"wrong", "doubt", "request"}]
    for row in good:
        row["said"] = said.get(row["number"], "")
    taking.take(actor, planning.Planner(actor, at), good, draft=new_code(), at=at)
    codes = _codes_of(actor, [(row["number"], row["cells"]) for row in good], at)
    codes, barred = _without_barred(contest, codes, at)
    left = [*unreadable, *(_left(row) for row in wanted if row not in good), *barred]
    if not codes:
        raise DomainError("contest_roster", reasons="".join(left[:5]))
    seasons.set_people(actor=actor, contest=contest, codes=codes, at=at)
    return RosterReport(len(codes), tuple(left))


def _at_home(row: tuple[int, dict[str, str]], host: Unit) -> tuple[int, dict[str, str]]:
    number, cells = row
    if cells.get("unit") or cells.get("unit_name"):
        return row
    return number, cells | {"unit": host.code}


def _same_people(
    actor: Actor, cells: Sequence[tuple[int, Mapping[str, str]]], at: datetime
) -> dict[int, str]:
    """For rows in doubt the one person whom they can mean."""
    planned = [one.planned for one in planning.Planner(actor, at).plan(cells)]
    return {
        one.number: one.choices[0][0]
        for one in planned
        if one.kind == "doubt" and len(one.choices) == 1
    }


def _codes_of(
    actor: Actor, cells: Sequence[tuple[int, Mapping[str, str]]], at: datetime
) -> list[str]:
    """Who the rows are, now that everybody is registered."""
    said = _same_people(actor, cells, at)
    planned = planning.Planner(actor, at).plan(cells, said)
    return [one.planned.person for one in planned if one.planned.person]


def _without_barred(
    contest: LightContest, codes: Sequence[str], at: datetime
) -> tuple[list[str], list[str]]:
    """Those whom a stage above would take, and a sentence for each whom it would not."""
    found = people_by_code(codes)
    bars = barred_above(contest, list(found.values()), at=at)
    told = [
        text_of(DomainError("contest_barred_above", name=found[code].name, bars=bars[code]))
        for code in codes
        if code in bars
    ]
    return [code for code in codes if code not in bars], told


def _left(row: dict[str, Any]) -> str:
    shown = f"[{row['number']}] {row['cells'].get('name', '')}"
    return f"{shown} {''.join(parts.sentences(row))}".strip()


def take_questions(
    *,
    actor: Actor,
    contest: LightContest,
    source: BinaryIO,
    name: str,
    afresh: bool = False,
    at: datetime,
) -> bank.ImportReport:
    """Own questions into a bank of the contest's own, and a paper of as many as there are.

    `afresh` leaves aside what was imported before: it stays sealed, and stands on no paper.
    The house carries it out: the office of such a contest holds none of the house's banks.
    """
    with transaction.atomic():
        law = season_reads.rulebook_of(contest.season)
        _code, event = event_of(law)
        code = _bank_for(contest, afresh=afresh)
        report = bank.import_items(
            actor=system(f"contest:{actor.account}"),
            bank_code=code,
            title=law.title,
            source=source,
            name=name,
            at=at,
            live=True,
        )
        have = stock_of(code)
        wanted = [
            {
                "type": part.type,
                "count": min(part.count, have[part.type]),
                "points": numbers.show(part.points),
            }
            for part in event.paper
            if have[part.type]
        ]
        seasons.set_paper(
            actor=actor,
            contest=contest,
            bank=code,
            parts=wanted,
            minutes=event.minutes or MINUTES,
            at=at,
        )
    return report


def _bank_for(contest: LightContest, *, afresh: bool) -> str:
    """The bank that holds now, or the next one of the contest's own."""
    if contest.bank and not afresh:
        return contest.bank
    begun = contest.season.code
    taken = set(Bank.objects.filter(code__startswith=begun).values_list("code", flat=True))
    numbered = (f"{begun}-{number}" if number else begun for number in range(len(taken) + 1))
    return next(one for one in numbered if one not in taken)


def is_by_paper(contest: LightContest) -> bool:
    """Whether it is held by a paper, and not by marks that come as a list."""
    return event_of(season_reads.rulebook_of(contest.season))[1].kind == "exam"


def stock_of(code: str) -> Counter[str]:
    """How many questions of each type the contest's own bank has."""
    types = bank_reads.latest_versions().filter(item__bank__code=code)
    return Counter(types.values_list("type", flat=True))


def set_paper(
    *,
    actor: Actor,
    contest: LightContest,
    parts: Sequence[Mapping[str, Any]],
    at: datetime,
) -> None:
    """How many of which type at how many points; more than there are is refused at once."""
    have = stock_of(contest.bank)
    _code, event = event_of(season_reads.rulebook_of(contest.season))
    for part in parts:
        if part["count"] > have[part["type"]]:
            told = {"have": have[part["type"]], "count": part["count"]}
            raise DomainError("contest_items_short", **told)
    seasons.set_paper(
        actor=actor,
        contest=contest,
        bank=contest.bank,
        parts=parts,
        minutes=event.minutes or MINUTES,
        at=at,
    )


@transaction.atomic
def go(*, actor: Actor, contest: LightContest, at: datetime) -> Exam | None:
    """Open it: entries through to the contest, the sealed paper, the exam, and everybody seated."""
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
            row.entry.person.name,
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
