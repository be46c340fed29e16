"""What a change would do: decided twice, once as things are and once with the change, on copies.

Nothing is written. The same engine decides that decides the results themselves, over every stage
that has been scored, so that what a change in one stage does to later ones and to awards shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from leitai.kernel.errors import DomainError
from leitai.results import evidence as evidences
from leitai.results.evidence import Evidence
from leitai.results.models import StageResult
from leitai.results.wording import place_title, text_of
from leitai.rulebook import numbers
from leitai.rulebook.chain import total_decimals
from leitai.rulebook.data import (
    MAIN,
    AdvanceRow,
    FactIn,
    Outcome,
    ScoreIn,
    ScoreStatus,
    StandingRow,
    TeamRow,
)
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season, Stage
from leitai.units import selectors as units

MOST_LINES = 12  # of those who only move by the change; who gains or loses is always named


@dataclass(frozen=True, slots=True)
class MarkChange:
    """Another mark in one event: `value` scaled by 10**decimals; `keys` None keeps the tie keys."""

    track: str
    event: str
    entry: str
    value: int
    decimals: int
    status: ScoreStatus = "ok"
    keys: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Somebody gives up a place in a stage that they came into (or in everything: "season")."""

    track: str
    entry: str
    from_stage: str


@dataclass(frozen=True, slots=True)
class Voiding:
    """An entry's marks of the stage are not ranked any more."""

    track: str
    entry: str


Change = MarkChange | Withdrawal | Voiding


@dataclass(frozen=True, slots=True)
class Place:
    rank: int
    total: str


@dataclass(frozen=True, slots=True)
class Moved:
    """One place of a ranking that is not what it was; None: not ranked."""

    stage: str
    team: bool
    key: str
    name: str
    delegation: str
    before: Place | None
    after: Place | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A place in the next stage, or an award, that somebody gains or loses."""

    kind: str  # advance or award
    stage: str  # the next stage's code; "" for an award
    title: str
    key: str
    name: str
    delegation: str
    gained: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything that a change does. `open` are ties and lists that would then wait for a body."""

    moved: tuple[Moved, ...]
    turns: tuple[Turn, ...]
    open: tuple[str, ...]
    titles: Mapping[str, str]  # of the stages

    @property
    def nothing(self) -> bool:
        return not (self.moved or self.turns or self.open)

    @property
    def gained(self) -> tuple[Turn, ...]:
        return tuple(one for one in self.turns if one.gained)

    @property
    def lost(self) -> tuple[Turn, ...]:
        return tuple(one for one in self.turns if not one.gained)

    def lines(self) -> list[str]:
        """One sentence a change, who gains and loses first: for a deed that is approved."""
        found = [_turn_words(one) for one in (*self.lost, *self.gained)]
        teams = [one for one in self.moved if one.team]
        people = [one for one in self.moved if not one.team]
        found += [_moved_words(one, self.titles) for one in [*teams, *people][:MOST_LINES]]
        rest = len(self.moved) - MOST_LINES
        if rest > 0:
            found.append(gettext("另有%(count)s个名次随之变动。") % {"count": rest})
        found += [gettext("更正后须另行处理：%(what)s。") % {"what": one} for one in self.open]
        return found or [gettext("名次、晋级和奖项均不变。")]


def preview_change(*, season: Season, stage: str, changes: Sequence[Change]) -> Effect:
    """Who would rise and fall, and who would gain or lose a place or an award, in every stage.

    Pure: nothing is written. Raises DomainError("effect_no_score") for a mark that does not stand.
    """
    evidence = evidences.gather(season, _reach(season, stage))
    changed = evidence
    for change in changes:
        changed = _with(changed, stage, change)
    return _compare(season, evidence, changed)


def preview_renewal(result: StageResult) -> Effect:
    """What computing a held stage anew would change: somebody gave up a place since then.

    Pure, as `preview_change` is. Raises DomainError("result_stale") where scores changed as well.
    """
    season = result.stage.season
    now = evidences.gather(season, result.stage.code)
    return _compare(season, evidences.evidence_of(result), now)


def _compare(season: Season, evidence: Evidence, changed: Evidence) -> Effect:
    before, after = evidences.decide(evidence), evidences.decide(changed)
    names = _Names(evidence, season)
    waits = _waiting(before, after)
    turns = [*_advance_turns(_listed(evidence, before), _listed(changed, after), names)]
    if evidence.last:
        turns += _award_turns(before, after, names)
    return Effect(
        moved=(
            *(one for one in _moved_teams(before, after, names) if one.stage not in waits),
            *(one for one in _moved_people(before, after, names) if one.stage not in waits),
        ),
        turns=tuple(turns),
        open=(
            *_newly_open(evidence.rulebook, before, after),
            *(names.waiting(stage) for stage in waits),
        ),
        titles={code: one.title for code, one in evidence.rulebook.stages.items()},
    )


def _reach(season: Season, stage: str) -> str:
    """The last stage that a change in `stage` can be seen in: one that has been computed."""
    computed = Stage.objects.filter(season=season, results__isnull=False)
    order = seasons.rulebook_of(season).stage_order
    return max([stage, *computed.values_list("code", flat=True).distinct()], key=order.index)


def _with(evidence: Evidence, stage: str, change: Change) -> Evidence:
    if isinstance(change, Withdrawal):
        return _without(evidence, change)
    touched = [
        (one.stage, one.track, one.entry) == (stage, change.track, change.entry)
        and (isinstance(change, Voiding) or one.event == change.event)
        for one in evidence.scores
    ]
    if not any(touched):
        raise DomainError("effect_no_score", entry=change.entry)
    scores = tuple(
        _changed(one, change) if touch else one
        for one, touch in zip(evidence.scores, touched, strict=True)
    )
    return replace(evidence, scores=scores)


def _changed(score: ScoreIn, change: MarkChange | Voiding) -> ScoreIn:
    if isinstance(change, Voiding):
        return replace(score, status="void")
    keys = score.keys if change.keys is None else change.keys
    return replace(
        score,
        value=change.value,
        decimals=change.decimals,
        over=1,
        status=change.status,
        keys=keys,
    )


def _without(evidence: Evidence, change: Withdrawal) -> Evidence:
    """The engine reads a withdrawal as a fact of the person, and the entry leaves the stage."""
    found = [e for e in evidence.entries if (e.track, e.id) == (change.track, change.entry)]
    if not found:
        raise DomainError("entry_unknown", entry=change.entry)
    gone = FactIn(found[0].person, seasons.GONE, "", change.from_stage)
    facts = (*(evidence.facts or ()), gone)
    entries = tuple(
        one for one in evidence.entries if one not in found or one.stage != change.from_stage
    )
    return replace(evidence, facts=facts, entries=entries)


class _Names:
    """Who is meant by an entry's code or a delegation's, and how a stage writes its totals."""

    def __init__(self, evidence: Evidence, season: Season) -> None:
        self._law = evidence.rulebook
        self._entries = {(one.track, one.id): one for one in evidence.entries}
        self._delegations = {one.unit.code: one.name for one in units.list_delegations(season.code)}

    def person(self, track: str, code: str) -> tuple[str, str]:
        """The name and the delegation's name."""
        found = self._entries.get((track, code))
        return (found.name, self.delegation(found.delegation)) if found else (code, "")

    def delegation(self, code: str) -> str:
        return self._delegations.get(code, code)

    def stage(self, code: str) -> str:
        return place_title(self._law, code)

    def place(self, row: StandingRow | TeamRow | None) -> Place | None:
        if row is None:
            return None
        places = total_decimals(self._law, self._law.stages[row.stage])
        return Place(row.rank, numbers.show(row.total, places))

    def waiting(self, stage: str) -> str:
        return gettext("%(stage)s须待前一阶段名单确定后重新计算") % {"stage": self.stage(stage)}


def _waiting(before: Outcome, after: Outcome) -> list[str]:
    """Stages that could be ranked and, with the change, wait for what lies before them."""
    now = {row.stage for row in after.standings}
    return [s for s in dict.fromkeys(row.stage for row in before.standings) if s not in now]


def _moved_people(before: Outcome, after: Outcome, names: _Names) -> Iterator[Moved]:
    old = {(r.stage, r.track, r.entry): r for r in before.standings if r.board == MAIN}
    new = {(r.stage, r.track, r.entry): r for r in after.standings if r.board == MAIN}
    for key in dict.fromkeys([*new, *old]):
        places = names.place(old.get(key)), names.place(new.get(key))
        if places[0] != places[1]:
            name, delegation = names.person(key[1], key[2])
            yield Moved(key[0], False, key[2], name, delegation, *places)


def _moved_teams(before: Outcome, after: Outcome, names: _Names) -> Iterator[Moved]:
    old = {(r.stage, r.track, r.delegation): r for r in before.teams}
    new = {(r.stage, r.track, r.delegation): r for r in after.teams}
    for key in dict.fromkeys([*new, *old]):
        places = names.place(old.get(key)), names.place(new.get(key))
        if places[0] != places[1]:
            yield Moved(key[0], True, key[2], names.delegation(key[2]), "", *places)


def _listed(evidence: Evidence, outcome: Outcome) -> tuple[AdvanceRow, ...]:
    """Who goes on, on lists too that a body has yet to confirm: who would stand in them."""
    stages = evidence.rulebook.stages.values()
    if any(rule.confirm for stage in stages for rule in stage.advance):
        return evidences.decide(evidence, strict=False).advancement
    return outcome.advancement


def _advance_turns(
    before: Sequence[AdvanceRow], after: Sequence[AdvanceRow], names: _Names
) -> Iterator[Turn]:
    old = {(row.to_stage, row.track, row.entry) for row in before}
    new = {(row.to_stage, row.track, row.entry) for row in after}
    for to_stage, track, entry in sorted(old ^ new):
        gained = (to_stage, track, entry) in new
        yield Turn(
            "advance", to_stage, names.stage(to_stage), entry, *names.person(track, entry), gained
        )


def _award_turns(before: Outcome, after: Outcome, names: _Names) -> Iterator[Turn]:
    old = {(row.award, row.holder): row for row in before.awards}
    new = {(row.award, row.holder): row for row in after.awards}
    for key in [*(k for k in old if k not in new), *(k for k in new if k not in old)]:
        row = new.get(key) or old[key]
        track = row.basis.split("/")[1]
        who = (
            names.person(track, row.holder)
            if row.holder_kind == "person"
            else (names.delegation(row.holder), "")
        )
        yield Turn("award", "", row.title, row.holder, *who, key in new)


def _newly_open(law: Rulebook, before: Outcome, after: Outcome) -> list[str]:
    known = {(row.stage, row.track, row.board, row.line, row.entries) for row in before.blocked}
    kinds = {name: track.kind for name, track in law.tracks.items()}
    return [
        text_of(row.detail.plain(), of=kinds.get(row.track, "person"))
        for row in after.blocked
        if (row.stage, row.track, row.board, row.line, row.entries) not in known
    ]


def _turn_words(one: Turn) -> str:
    who = gettext("%(name)s（%(delegation)s）") % {"name": one.name, "delegation": one.delegation}
    told = {"who": who if one.delegation else one.name, "title": one.title}
    if one.kind == "award":
        return (gettext("%(who)s获得“%(title)s”。") if one.gained else
                gettext("%(who)s不再获得“%(title)s”。")) % told  # fmt: skip
    return (gettext("%(who)s进入%(title)s。") if one.gained else
            gettext("%(who)s不再进入%(title)s。")) % told  # fmt: skip


def _moved_words(one: Moved, titles: Mapping[str, str]) -> str:
    who = gettext("%(name)s（%(delegation)s）") % {"name": one.name, "delegation": one.delegation}
    told: dict[str, object] = {"who": who if one.delegation else one.name}
    told["stage"] = titles[one.stage]
    if one.after is None:
        return gettext("%(who)s不再列入%(stage)s名次。") % told
    told |= {"rank": one.after.rank, "total": one.after.total}
    if one.before is None:
        return gettext("%(who)s列入%(stage)s名次，第%(rank)s名，总分%(total)s分。") % told
    told |= {"old_rank": one.before.rank, "old_total": one.before.total}
    if one.before.rank == one.after.rank:
        words = gettext(
            "%(who)s%(stage)s总分由%(old_total)s分改为%(total)s分，名次仍为第%(rank)s名。"
        )
    elif one.before.total == one.after.total:
        words = gettext("%(who)s%(stage)s名次由第%(old_rank)s名变为第%(rank)s名。")
    else:
        words = gettext(
            "%(who)s%(stage)s总分由%(old_total)s分改为%(total)s分，"
            "名次由第%(old_rank)s名变为第%(rank)s名。"
        )
    return words % told
