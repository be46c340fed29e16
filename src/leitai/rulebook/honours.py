"""Honours: money, outside honours and other benefits that follow from awards, ranks or titles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from leitai.rulebook import numbers
from leitai.rulebook.data import (
    MAIN,
    TEAMS,
    AwardRow,
    BlockedRow,
    FactIn,
    HonourRow,
    Reason,
    TitleRow,
    honour_line,
)
from leitai.rulebook.eligibility import Facts, holds
from leitai.rulebook.model import Honour
from leitai.rulebook.state import State

AWARD = "award"  # the kind of fact that an award of this season is


@dataclass(frozen=True, slots=True)
class _Holder:
    holder: str
    person: str
    delegation: str
    kind: str
    basis: str
    reason: Reason


def honour_all(
    state: State, awards: Sequence[AwardRow], titles: Sequence[TitleRow]
) -> tuple[HonourRow, ...]:
    """Give every honour to those who qualify for it."""
    if not state.rules.honours:
        return ()
    won = _won(state, awards)
    rows: list[HonourRow] = []
    for honour in state.rules.honours:
        holders = list(_holders(state, honour, awards, titles))
        if honour.where is not None:
            holders = [one for one in holders if _meets(state, honour, one, won)]
        chosen = _drawn(state, honour, holders) if honour.lottery else holders
        rows += [_row(honour, one) for one in chosen]
    return tuple(rows)


def _won(state: State, awards: Sequence[AwardRow]) -> Mapping[str, list[FactIn]]:
    """Write this season's awards as facts of their holders."""
    won: dict[str, list[FactIn]] = {}
    for row in awards:
        person = _person(state, row)
        won.setdefault(person, []).append(FactIn(person, AWARD, row.title, row.title))
    return won


def _person(state: State, row: AwardRow) -> str:
    stage, track, *_ = row.basis.split("/")
    roll = state.rolls.get((stage, track))
    if row.holder_kind == "team" or roll is None or row.holder not in roll:
        return row.holder
    return roll.persons[roll.index[row.holder]]


def _holders(
    state: State, honour: Honour, awards: Sequence[AwardRow], titles: Sequence[TitleRow]
) -> Iterator[_Holder]:
    if honour.awards is not None:
        for row in awards:
            here = not honour.tracks or row.basis.split("/")[1] in honour.tracks
            if row.award in honour.awards and here:
                reason = Reason("honour_award", {"title": row.title})
                yield _Holder(
                    row.holder,
                    _person(state, row),
                    row.delegation,
                    row.holder_kind,
                    row.basis,
                    reason,
                )
    elif honour.titles is not None:
        for title in titles:
            if title.title in honour.titles:
                reason = Reason("honour_title", {"title": title.name, "period": title.period})
                yield _Holder(title.person, title.person, "", "person", title.period, reason)
    else:
        yield from _placed(state, honour)


def _placed(state: State, honour: Honour) -> Iterator[_Holder]:
    first, last = honour.ranks or (1, 0)
    stage = honour.stage or ""
    name = TEAMS if honour.to == "team" else MAIN
    for board in sorted(state.boards):
        limited = honour.tracks and board[1] not in honour.tracks
        if board[0] != stage or board[2] != name or limited:
            continue
        order = state.boards[board]
        for tie in order.ties():
            if tie.rank > last:
                break
            if tie.rank < first:
                continue
            for row in sorted(tie.members):
                ids = order.sheet.ids[row]
                roll = state.rolls.get(board[:2])
                person = roll.persons[row] if roll is not None and name == MAIN else ids
                title = state.rules.stages[stage].title
                reason = Reason("honour_rank", {"stage": title, "rank": tie.rank})
                yield _Holder(
                    ids,
                    person,
                    order.sheet.delegations[row],
                    honour.to,
                    "/".join((*board, str(tie.rank))),
                    reason,
                )


def _meets(state: State, honour: Honour, one: _Holder, won: Mapping[str, list[FactIn]]) -> bool:
    if honour.where is None:
        return True
    facts = (*state.facts(one.person), *won.get(one.person, ()))
    known = state.given.known
    if known is not None:
        known |= {pair for fact in facts for pair in ((fact.kind, fact.key), (fact.kind, ""))}
        known |= {(AWARD, ""), *((AWARD, award.title) for award in state.rules.awards)}
    return holds(honour.where, Facts(facts, known)) is not False


def _drawn(state: State, honour: Honour, holders: list[_Holder]) -> list[_Holder]:
    """Choose by lot among those who qualify; the draw itself is an answer that was given."""
    line = honour_line(honour.id)
    names = {one.holder for one in holders}
    for arena, answers in sorted(state.given.resolutions.items()):
        for answer in answers:
            if answer.line == line and set(answer.order) <= names:
                state.use((*arena, answer.board), answer)
                chosen = answer.order[: honour.lottery]
                return [
                    replace(one, reason=Reason("honour_drawn", {"note": answer.note}))
                    for one in holders
                    if one.holder in chosen
                ]
    if len(holders) > honour.lottery:
        detail = Reason("draw_due", {"title": honour.title, "count": len(holders),
                                     "places": honour.lottery})  # fmt: skip
        stage = honour.stage or next(iter(state.rules.stage_order))
        track = next(iter(sorted(state.rules.tracks)))
        entries = tuple(sorted(names))
        state.blocked.append(BlockedRow(stage, track, MAIN, line, entries, "draw", detail))
        return []
    return holders


def _row(honour: Honour, one: _Holder) -> HonourRow:
    data = dict(one.reason.data)
    if honour.amount is not None:
        data["amount"] = numbers.show(honour.amount)
    return HonourRow(
        honour=honour.id,
        title=honour.title,
        kind=honour.kind,
        holder_kind="team" if one.kind == "team" else "person",
        holder=one.holder,
        delegation=one.delegation,
        amount=honour.amount,
        basis=one.basis,
        reason=Reason(one.reason.code, data),
    )
