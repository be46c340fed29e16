"""What the level above answered: read from its file, matched with the list, kept as facts.

Nobody is guessed: a name that could be two people, or that the list does not have, waits for
somebody who says who is meant. Only then do titles and contests become facts of a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.base.sheets import read_sheet
from leitai.base.tables import Row, Table
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.people.models import Person
from leitai.results.attachments import keep
from leitai.results.enums import AnswerState, UpwardState
from leitai.results.models import AnswerRow, UpwardAnswer, UpwardList
from leitai.results.rules import can_decide
from leitai.seasons import selectors as seasons
from leitai.seasons import services as season_services
from leitai.seasons.enums import FactKind
from leitai.seasons.models import Entry
from leitai.seasons.services import NewFact

NAME: Final = "姓名"
UNIT: Final = "单位"
CHOSEN: Final = "是否入选"
RANK: Final = "名次"
SCORE: Final = "成绩"
TITLE: Final = "称号"
HEADINGS: Final = (NAME, UNIT, CHOSEN, RANK, SCORE, TITLE)
_YES: Final = {"是", "入选", "√", "1", "Y", "YES"}
_NO: Final = {"否", "未入选", "", "×", "0", "N", "NO"}
_LIMITS: Final = {NAME: 120, UNIT: 200, RANK: 32, SCORE: 32, TITLE: 64}
_OPEN: Final = (AnswerState.DOUBTFUL, AnswerState.FOREIGN)


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """The paper that the answer came by, what taking part is called, and of which day it is."""

    source: str
    contest: str
    day: date
    uploads: tuple[str, ...] = ()


@transaction.atomic
def take_answer(
    *,
    actor: Actor,
    upward: UpwardList,
    file: BinaryIO | bytes,
    name: str,
    told: AnswerSource,
    at: datetime,
) -> UpwardAnswer:
    """Read the answer and match it. Raises Problems with every bad row; then nothing is kept."""
    upward = UpwardList.objects.select_related("season__rulebook", "season__host").get(pk=upward.pk)
    _demand(actor, upward)
    if upward.state == UpwardState.DRAFT:
        raise DomainError("upper_early", title=upward.title)
    table = read_sheet(
        file,
        name=name,
        columns=(NAME, CHOSEN),
        optional=(UNIT, RANK, SCORE, TITLE, "序号", "赛项", "备注"),
        also={"入选": CHOSEN, "所在单位": UNIT, "得分": SCORE, "总分": SCORE, "获得称号": TITLE},
    )
    problems = [*table.problems, *_problems(table)]
    if problems:
        raise Problems(problems)
    if not table.rows:
        raise DomainError("upper_empty")
    made = UpwardAnswer.objects.create(
        list=upward,
        file=name[:200],
        source=told.source.strip()[:200],
        contest=told.contest.strip()[:64],
        day=told.day,
        imported_by=actor.account,
        imported_name=actor.name[:120],
        imported_at=at,
    )
    keep(actor=actor, uploads=told.uploads, owner=f"answer:{made.pk}", at=at)
    matcher = _Matcher(upward)
    AnswerRow.objects.bulk_create(matcher.row(made, row) for row in table.rows)
    _record(made, "answer.taken", actor, at, count=len(table.rows))
    return made


@transaction.atomic
def settle_row(*, actor: Actor, row: AnswerRow, person: Person | None, at: datetime) -> AnswerRow:
    """Say who a doubtful row means, or (None) that it is nobody of ours."""
    answer = _locked(actor, row.answer)
    held = answer.rows.select_for_update().get(pk=row.pk)
    if held.state not in (*_OPEN, AnswerState.DROPPED):
        raise DomainError("upper_settled", name=held.name)
    if person is not None and person.name != held.name:
        raise DomainError("upper_other_name", name=held.name, other=person.name)
    held.person = person
    held.state = AnswerState.MATCHED if person else AnswerState.DROPPED
    held.settled_by = actor.account
    held.save(update_fields=["person", "state", "settled_by"])
    _record(answer, "answer.settled", actor, at, line=held.line, meant=bool(person))
    return held


@transaction.atomic
def record_answer(*, actor: Actor, answer: UpwardAnswer, at: datetime) -> int:
    """Make facts of what is matched; refused while a row still waits for a person."""
    held = _locked(actor, answer)
    waiting = held.rows.filter(state__in=_OPEN).count()
    if waiting:
        raise DomainError("upper_open", count=waiting)
    rows = list(held.rows.filter(state=AnswerState.MATCHED).select_related("person"))
    facts = [fact for row in rows for fact in _facts(held, row)]
    count = season_services.record_facts(
        actor=actor, facts=facts, source=held.source, at=at, chain=held.list.season.code
    )
    held.rows.filter(state=AnswerState.MATCHED).update(state=AnswerState.RECORDED)
    held.recorded_at = at
    held.save(update_fields=["recorded_at"])
    _record(held, "answer.recorded", actor, at, count=count)
    return count


def _facts(answer: UpwardAnswer, row: AnswerRow) -> Iterator[NewFact]:
    """Who was chosen took part, with the place or the mark; the title stands by itself."""
    if row.person is None:
        return
    if row.chosen and answer.contest:
        figure = row.rank or row.score
        yield NewFact(row.person.code, FactKind.CONTEST, answer.contest, figure, answer.day)
    if row.title:
        yield NewFact(row.person.code, FactKind.TITLE, row.title, "", answer.day)


def _problems(table: Table) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        cells = row.cells
        place = table.place(row.number)
        if not cells[NAME]:
            yield Problem(place, "upper_nameless", {})
            continue
        if cells[CHOSEN].upper() not in _YES | _NO:
            yield Problem(place, "upper_yes_no", {"value": cells[CHOSEN]})
        for column, limit in _LIMITS.items():
            if len(cells.get(column, "")) > limit:
                yield Problem(place, "upper_long", {"column": column, "limit": limit})
        who = (cells[NAME], cells.get(UNIT, ""))
        if who in seen:
            yield Problem(place, "upper_twice", {"name": cells[NAME], "first": seen[who]})
        seen.setdefault(who, row.number)


class _Matcher:
    """Matches names with the list first, then with whoever competed in the season."""

    def __init__(self, upward: UpwardList) -> None:
        self._listed: defaultdict[str, list[Entry]] = defaultdict(list)
        for row in upward.rows.select_related("entry__person__unit", "entry__delegation"):
            self._listed[row.entry.name].append(row.entry)
        self._others: defaultdict[str, dict[int, Entry]] = defaultdict(dict)
        entries = Entry.objects.filter(stage__season=upward.season).exclude(state__in=seasons.LEFT)
        for entry in entries.select_related("person"):
            self._others[entry.name][entry.person_id] = entry

    def row(self, answer: UpwardAnswer, row: Row) -> AnswerRow:
        cells = row.cells
        person, state = self._who(cells[NAME], cells.get(UNIT, ""))
        return AnswerRow(
            answer=answer,
            line=row.number,
            name=cells[NAME],
            unit=cells.get(UNIT, ""),
            chosen=cells[CHOSEN].upper() in _YES,
            rank=cells.get(RANK, ""),
            score=cells.get(SCORE, ""),
            title=cells.get(TITLE, ""),
            state=state,
            person=person,
        )

    def _who(self, name: str, unit: str) -> tuple[Person | None, AnswerState]:
        """Listed once under that name, and nothing said of the unit contradicts it."""
        listed = self._listed.get(name, [])
        people = {entry.person_id: entry for entry in listed}
        if len(people) == 1:
            entry = next(iter(people.values()))
            if not unit or _same_unit(unit, entry):
                return entry.person, AnswerState.MATCHED
            return None, AnswerState.DOUBTFUL
        if people or name in self._others:
            return None, AnswerState.DOUBTFUL
        return None, AnswerState.FOREIGN


def _same_unit(said: str, entry: Entry) -> bool:
    """The unit's own name or the delegation's, one within the other: 成都市人社局 and 成都市."""
    known = (entry.person.unit.name, entry.delegation.name)
    return any(said in name or name in said for name in known if name)


def _locked(actor: Actor, answer: UpwardAnswer) -> UpwardAnswer:
    held = (
        UpwardAnswer.objects.select_for_update(of=("self",))
        .select_related("list__season__rulebook", "list__season__host")
        .get(pk=answer.pk)
    )
    _demand(actor, held.list)
    if held.recorded_at is not None:
        raise DomainError("upper_recorded")
    return held


def _demand(actor: Actor, upward: UpwardList) -> None:
    season = upward.season
    if not can_decide(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")


def _record(answer: UpwardAnswer, act: str, actor: Actor, at: datetime, **more: object) -> None:
    ledger.append(
        chain=answer.list.season.code,
        actor=actor,
        act=act,
        subject=f"upward:{answer.list.number}",
        data={"by": actor.name, "title": answer.list.title, "source": answer.source} | more,
        at=at,
    )
