"""Acts from other rooms: a lecture watched, a duel, a contest; and acts taken out of account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.practice import rows, rules
from leitai.practice.marking import counts_at
from leitai.practice.models import Learner
from leitai.practice.rows import ActRow
from leitai.practice.selectors.acts import acts_of
from leitai.practice.selectors.laws import Law, law_of
from leitai.practice.services import crediting, days, rebuilding
from leitai.practice.services.days import Done, Place
from leitai.practice.services.folding import lock_learners, said_of
from leitai.rulebook.data import ActIn
from leitai.rulebook.practice import Follower
from leitai.seasons import selectors as seasons

SUBJECT: Final = "subject="


@dataclass(frozen=True, slots=True)
class NewAct:
    """Something a learner did. `source` makes it unique in the day; `day` where `at` is late."""

    learner: int
    act: str
    source: str
    at: datetime
    value: str = ""
    day: date | None = None


def record_act(
    *,
    learner: int,
    act: str,
    source: str,
    at: datetime,
    value: str = "",
    day: date | None = None,
) -> bool:
    """Write an act once and credit it; False where it stands already.

    `value` as the rules' act wants it; what it is about is the source, unless it names a subject.
    Raises practice_learner_unknown, practice_act_unknown, practice_act_bad.
    """
    return bool(record_acts(acts=[NewAct(learner, act, source, at, value, day)], at=at))


@transaction.atomic
def record_acts(*, acts: Sequence[NewAct], at: datetime) -> int:
    """Write many acts at once, all or none; gives how many are new."""
    learners = lock_learners({one.learner for one in acts})
    for one in acts:
        if one.learner not in learners:
            raise DomainError("practice_learner_unknown", learner=one.learner)
    by_season: dict[str, list[NewAct]] = defaultdict(list)
    for one in acts:
        by_season[learners[one.learner].season].append(one)
    new = 0
    for season, theirs in sorted(by_season.items()):
        new += _record(law_of(season), learners, theirs, at)
    return new


@transaction.atomic
def void_act(
    *, actor: Actor, learner: int, day: date, source: str, reason: str, at: datetime
) -> None:
    """Take an act out of account: what it brought goes by mending lines, which give the reason.

    Raises practice_record_unknown, practice_reason_missing, forbidden.
    """
    void_acts(actor=actor, learner=learner, acts=[(day, source)], reason=reason, by="office", at=at)


@transaction.atomic
def void_acts(
    *,
    actor: Actor,
    learner: int,
    acts: Collection[tuple[date, str]],
    reason: str,
    by: str,
    at: datetime,
) -> int:
    """Take several acts (day, source) out of account; gives how many counted until now.

    `by` names what decided it ("suspicion:12"), and stands in each act.
    """
    return _set_void(actor, learner, acts, reason, by, at)


@transaction.atomic
def restore_acts(
    *,
    actor: Actor,
    learner: int,
    acts: Collection[tuple[date, str]],
    reason: str,
    at: datetime,
) -> int:
    """Let acts that were taken out count again, as an appeal may decide."""
    return _set_void(actor, learner, acts, reason, "", at)


def _set_void(
    actor: Actor,
    learner: int,
    acts: Collection[tuple[date, str]],
    reason: str,
    by: str,
    at: datetime,
) -> int:
    reason = reason.strip()
    if not reason:
        raise DomainError("practice_reason_missing")
    learners = lock_learners([learner])
    if learner not in learners:
        raise DomainError("practice_learner_unknown", learner=learner)
    one = learners[learner]
    host = seasons.find_host(one.season) or ""
    if not rules.can_run_practice(actor, one.season, host):
        raise DomainError("forbidden")
    law = law_of(one.season)
    standing = {
        (row.day, row.source): row for row in acts_of(law, [learner], {day for day, _ in acts})
    }
    for day, source in acts:
        if (day, source) not in standing:
            raise DomainError("practice_record_unknown", day=day.isoformat())
    changed = [key for key in acts if standing[key].void != by]
    if not changed:
        return 0
    rows.put_voids([standing[key]._replace(void=by) for key in changed])
    points = crediting.credit(law, learners, {}, at=at, again=[learner], why=reason)
    rebuilding.reckon_days(law, learners, {(learner, day) for day, _ in changed}, points, at=at)
    ledger.append(
        chain=one.season,
        actor=actor,
        act="practice.voided" if by else "practice.restored",
        subject=f"learner:{learner}",
        data={
            "acts": sorted(f"{day.isoformat()} {source}" for day, source in changed),
            "reason": reason,
        },
        at=at,
    )
    return len(changed)


def _record(law: Law, learners: dict[int, Learner], acts: Sequence[NewAct], at: datetime) -> int:
    follower = law.follower()
    written = rows.add_acts([_row(law, follower, one) for one in acts])
    fresh: dict[int, list[ActRow]] = defaultdict(list)
    done: dict[Place, Done] = defaultdict(Done)
    for row in (_row(law, follower, one) for one in acts):
        key = rows.key_of(row)
        if key in written:
            written.discard(key)
            fresh[row.learner].append(row)
            done[row.learner, row.day].add_act(row.act)
    if not fresh:
        return 0
    theirs = {pk: learners[pk] for pk in fresh}
    points = crediting.credit(law, theirs, fresh, at=at)
    days.add(law.season, theirs, done, points)
    return sum(len(one) for one in fresh.values())


def _row(law: Law, follower: Follower, one: NewAct) -> ActRow:
    """Raises DomainError for an act that the rules cannot read."""
    if one.act not in law.practice.acts and not any(
        one.act in change.acts for change in law.practice.changes
    ):
        raise DomainError("practice_act_unknown", act=one.act)
    day = one.day or law.day_of(one.at)
    at = counts_at(day, one.at, sha256(one.source.encode()).digest(), law.offset)
    value = _about(law, one)
    problems = follower.check(ActIn(str(one.learner), one.act, at, value))
    if problems:
        raise DomainError("practice_act_bad", act=one.act, said=said_of(problems))
    return ActRow(day, one.source, one.learner, one.act, at, value)


def _about(law: Law, one: NewAct) -> str:
    """Two acts of one moment must not look like the same one given twice."""
    act = law.practice.acts.get(one.act)
    bare = act is not None and not act.figures and one.value != ""  # then it is the subject itself
    if SUBJECT in one.value or bare or (act is not None and act.takes_back is not None):
        return one.value
    return f"{one.value};{SUBJECT}{one.source}" if one.value else f"{SUBJECT}{one.source}"
