"""Random seasons: from a rulebook and a seed to inputs that the engine can decide completely.

Scores are few and close together, so that ties at every line are common; each one that matters is
answered by a draw, as a committee would. Facts are made for whatever the rules ask of people.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from leitai.kernel.suites import suite
from leitai.rulebook import Rulebook, bundle
from leitai.rulebook.admitting import admit_entries
from leitai.rulebook.bundle.checking import facts_read
from leitai.rulebook.data import (
    EntryIn,
    FactIn,
    Outcome,
    Reason,
    ResolutionIn,
    ScoreIn,
    TitleRow,
    advance_line,
    award_line,
)
from leitai.rulebook.eligibility import tests_of
from leitai.rulebook.engine import decide
from leitai.rulebook.inputs import check
from leitai.rulebook.keys import event_keys
from leitai.rulebook.model import AmountTest, Award, FactTest
from leitai.rulebook.state import State

AT = datetime(2022, 8, 21, 2, 0, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Pen:
    """A signing key from one byte."""

    seed: int = 7

    @property
    def secret(self) -> bytes:
        return suite().generate_signing_key(bytes([self.seed]) * 32)

    @property
    def public(self) -> bytes:
        return suite().public_key(self.secret)

    @property
    def fingerprint(self) -> str:
        return suite().fingerprint(self.public)


@dataclass
class Season:
    rules: Rulebook
    delegations: dict[str, str]
    entries: list[EntryIn] = field(default_factory=list)
    facts: list[FactIn] = field(default_factory=list)
    scores: list[ScoreIn] = field(default_factory=list)
    resolutions: list[ResolutionIn] = field(default_factory=list)
    titles: list[TitleRow] = field(default_factory=list)

    def given(self) -> dict:
        return {
            "entries": self.entries,
            "scores": self.scores,
            "resolutions": self.resolutions,
            "delegations": tuple(self.delegations),
            "facts": self.facts,
        }

    def decide(self) -> Outcome:
        return decide(self.rules, **self.given(), titles=self.titles)

    def bundle(self, pen: Pen | None = None) -> bytes:
        return bundle.write(
            bundle.Head("random", self.rules.title, AT),
            self.rules,
            delegations=self.delegations,
            entries=self.entries,
            facts=self.facts,
            scores=self.scores,
            resolutions=self.resolutions,
            outcome=self.decide(),
            key=pen or Pen(),
        )


def random_season(
    rules: Rulebook, seed: int, *, places: int = 4, people: int = 5, steps: int = 3
) -> Season:
    """Play a season; ``steps`` is how many different scores an event can have (few: many ties)."""
    rng = random.Random(seed)
    codes = [f"51{number:02d}" for number in range(1, places + 1)]
    codes += [also.unit for also in rules.delegations.also]
    season = Season(rules, {code: f"代表队{code}" for code in codes})
    fed = {rule.to for stage in rules.stages.values() for rule in stage.advance}
    for stage in rules.stage_order:
        if stage not in fed:
            _enter(season, rng, stage, people)
    _know(season, rng)
    for stage in rules.stage_order:
        _play(season, rng, stage, steps)
    _word(season, rng)
    return season


def _enter(season: Season, rng: random.Random, stage: str, people: int) -> None:
    """Enter people (or teams of three) where the season begins."""
    tracks = season.rules.stages[stage].tracks or season.rules.tracks
    known = {(entry.track, entry.id) for entry in season.entries}
    for track in tracks:
        kind = season.rules.tracks[track].kind
        for code in season.delegations:
            for number in range(rng.randint(max(1, people - 2), people)):
                name, person = f"{track}-{code}-{number:02d}", f"p{code}-{number:02d}"
                if (track, name) in known and rng.random() < 0.5:
                    continue
                members = tuple(f"m{code}-{number:02d}-{at}" for at in range(3))
                entry = EntryIn(name, stage, track, f"选手{name}", code, person)
                if kind != "person":
                    entry = replace(entry, kind="team", members=members)
                season.entries.append(entry)


def _know(season: Season, rng: random.Random) -> None:
    """Make facts of every kind that the rules read; a few of them about nobody at all."""
    people = {person for entry in season.entries for person in (entry.person, *entry.members)}
    tests = list(_tests(season.rules))
    read = facts_read(season.rules)
    silent = {test for test, _ in tests if rng.random() < 0.15}
    asked = {(test.kind, test.key) for test, _ in tests}
    for person in sorted(people):
        for test, likely in tests:
            if test not in silent and rng.random() < likely:
                season.facts.append(_fact(rng, person, test))
        for kind, key in sorted((kind, key or kind) for kind, key in read.names):
            if (kind, key) in asked or (kind, None) in asked:
                continue
            if kind == "withdrawn":
                if rng.random() < 0.03:
                    value = rng.choice(["season", *season.rules.stages, *season.rules.beyond])
                    season.facts.append(FactIn(person, kind, kind, value))
            elif rng.random() < 0.9:
                season.facts.append(FactIn(person, kind, kind, str(rng.randint(1, 3))))
    stranger = replace(rng.choice(season.facts), person="nobody") if season.facts else None
    season.facts += [stranger] if stranger else []
    for title in {title for honour in season.rules.honours for title in honour.titles or ()}:
        season.titles += [
            TitleRow(title, f"称号{title}", person, "2022", Reason("given"))
            for person in sorted(people)
            if rng.random() < 0.2
        ]


def _tests(rules: Rulebook):
    """Give every test with the likelihood of a fact for it that keeps most people in."""
    for stage in rules.stages.values():
        for bar in stage.bars:
            for condition, likely in ((bar.refuse, 0.1), (bar.require, 0.9)):
                for test in tests_of(condition) if condition else ():
                    lacking = condition.lacks is not None or condition.below is not None
                    lacking |= any(one.lacks or one.below for one in (condition.any or ()))
                    yield test, 0.9 if lacking else likely
        for owner in (*stage.advance, *stage.boards.values()):
            yield from ((test, 0.5) for test in (tests_of(owner.where) if owner.where else ()))
    for owner in (*rules.awards, *rules.honours):
        yield from ((test, 0.5) for test in (tests_of(owner.where) if owner.where else ()))


def _fact(rng: random.Random, person: str, test) -> FactIn:
    year = test.year or test.since or 2022
    since = rng.choice([None, date(year, 5, 1), date(year - 1, 3, 1)])
    key = test.key or test.kind
    if isinstance(test, FactTest):
        return FactIn(person, test.kind, key, key, since, None, "平台")
    if isinstance(test, AmountTest):
        value = test.value + rng.choice([-1, 0, 0, 5])
        return FactIn(person, test.kind, key, str(int(value)), since, None, "平台")
    if test.in_ is not None:
        return FactIn(person, test.kind, key, rng.choice([*test.in_, *test.in_, "别的"]), since)
    if test.from_ or test.to:
        day = test.from_ or test.to
        return FactIn(person, test.kind, key, day.replace(day=rng.randint(1, 28)).isoformat())
    bound = next(b for b in (test.least, test.most, test.above, test.under) if b is not None)
    return FactIn(person, test.kind, key, str(int(bound) + rng.randint(-1, 1)), since)


def _play(season: Season, rng: random.Random, stage: str, steps: int) -> None:
    """Decide the stages before, enter whoever comes in (or leave that unsaid), and give scores."""
    rules = season.rules
    outcome = _answer(season, rng)
    said = rng.random() < 0.6
    known = {(entry.track, entry.id): entry for entry in season.entries}
    for row in outcome.advancement:
        if row.to_stage == stage and said:
            season.entries.append(replace(known[row.track, row.entry], stage=stage, as_=row.as_))
    for track in sorted(rules.stages[stage].tracks or rules.tracks):
        people = _in(season, (stage, track), outcome)
        for event in rules.stages[stage].events if people else ():
            keyless = rng.random() < 0.2
            for name in people:
                if rules.events[event].kind == "ballot" and rng.random() < 0.1:
                    continue  # nobody voted for this one
                score = _score(season, (stage, track, event, name), rng, steps)
                season.scores.append(replace(score, keys={}) if keyless else score)
        team = rules.stages[stage].team
        for event in team.plus if people and team else ():
            for code in season.delegations:
                season.scores.append(_score(season, (stage, track, event, code), rng, steps))


def _in(season: Season, arena: tuple[str, str], outcome: Outcome) -> list[str]:
    given = check(season.rules, **season.given())
    state = State(season.rules, given)
    for row in outcome.advancement:
        state.advanced[row.to_stage, row.track].append(row)
    if arena in given.rolls:
        state.rolls = {one: roll for one, roll in given.rolls.items() if one != arena}
        return list(admit_entries(state, arena).ids)
    return sorted({r.entry for r in outcome.advancement if (r.to_stage, r.track) == arena})


def _score(season: Season, where: tuple[str, ...], rng: random.Random, steps: int) -> ScoreIn:
    event = season.rules.events[where[2]]
    scale = 10**event.decimals
    most = int((event.max if event.max is not None else 100) * scale)
    status = rng.choices(["ok", "absent", "void"], [94, 4, 2])[0]
    if status != "ok":
        return ScoreIn(*where, 0, event.decimals, status)
    keys = {
        name: rng.randrange(3) * 50
        for name in event_keys(event)
        if name in event.keys or rng.random() < 0.8
    }
    value = most - rng.randrange(steps) * max(most // 40, 1)
    if event.kind == "judged" and rng.random() < 0.5:  # an unrounded mean of three
        return ScoreIn(*where, 3 * value - rng.randrange(3), event.decimals, "ok", keys, 3)
    return ScoreIn(*where, value, event.decimals, "ok", keys)


def _word(season: Season, rng: random.Random) -> None:
    """Name the holders of awards that a body decides, and draw what is still to be drawn."""
    outcome = _answer(season, rng)
    for award in season.rules.awards:
        for track in _tracks(season.rules, award) if award.decided else ():
            rows = outcome.standings if award.to == "person" else outcome.teams
            here = [row for row in rows if (row.stage, row.track) == (award.stage, track)]
            names = sorted({r.entry if award.to == "person" else r.delegation for r in here})
            if names and rng.random() < 0.8:
                order = tuple(rng.sample(names, min(2, len(names))))
                where = (award.stage, track, rng.choice(["main", ""]), award_line(award.id))
                season.resolutions.append(ResolutionIn(*where, order, "jury", "评委会评定"))
    outcome = _answer(season, rng)
    lists = {(row.stage, row.to_stage, row.track) for row in outcome.advancement}
    for stage, to, track in sorted(lists):
        names = {r.entry for r in outcome.advancement
                 if (r.stage, r.to_stage, r.track) == (stage, to, track)}  # fmt: skip
        confirmed = any(
            rule.confirm and rule.to == to for rule in season.rules.stages[stage].advance
        )
        answered = any(set(one.order) == names for one in season.resolutions)
        if confirmed and not answered and rng.random() < 0.8:
            order = tuple(sorted(names, reverse=True))
            where = (stage, track, "main", advance_line(to))
            season.resolutions.append(ResolutionIn(*where, order, "confirmation", "组委会确认"))
    _answer(season, rng)


def _tracks(rules: Rulebook, award: Award) -> tuple[str, ...]:
    team = rules.stages[award.stage].team
    if award.to == "team" and team is not None and team.tracks == "together":
        return ("all",)
    return award.tracks or tuple(rules.tracks)


def _answer(season: Season, rng: random.Random) -> Outcome:
    """Draw wherever the engine asks, until it asks no more."""
    while True:
        outcome = season.decide()
        if not outcome.blocked:
            return outcome
        for row in outcome.blocked:
            order = list(row.entries)
            rng.shuffle(order)
            where = (row.stage, row.track, row.board, row.line)
            how = "confirmation" if row.needs == "confirmation" else "draw"
            season.resolutions.append(ResolutionIn(*where, tuple(order), how, "当众抽签"))
