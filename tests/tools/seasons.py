"""Random seasons: from a rulebook and a seed to inputs that the engine can decide completely.

Scores are few and close together, so that ties at every line are common; each one that matters is
answered by a draw, as a committee would.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from leitai.kernel.suites import suite
from leitai.rulebook import Rulebook, bundle
from leitai.rulebook.data import EntryIn, FactIn, Outcome, ResolutionIn, ScoreIn
from leitai.rulebook.engine import decide

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

    def decide(self) -> Outcome:
        return decide(
            self.rules,
            entries=self.entries,
            scores=self.scores,
            resolutions=self.resolutions,
            delegations=tuple(self.delegations),
        )

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
    _nominate(season, rng, people)
    for stage in rules.stage_order:
        if stage != rules.stage_order[0]:
            _follow(season, stage, rng)
        for entry in season.entries:
            if entry.stage == stage:
                for event in rules.stages[stage].events:
                    season.scores.append(_score(rules, entry, event, rng, steps))
    _answer(season, rng)
    return season


def _nominate(season: Season, rng: random.Random, people: int) -> None:
    rules = season.rules
    first = rules.stage_order[0]
    for track in rules.tracks:
        for code in season.delegations:
            for number in range(rng.randint(max(1, people - 2), people)):
                name = f"{track[0]}{code}-{number:02d}"
                person = f"p{code}-{number:02d}"
                season.entries.append(EntryIn(name, first, track, f"选手{name}", code, person))
    for person in sorted({entry.person for entry in season.entries}):
        if "selection" in rules.stages:
            season.facts += [
                FactIn(person, "title", "日日学之星", "", date(2022, 5, 1), None, "平台"),
                FactIn(person, "points", "周周练", "1000", date(2022, 5, 1), None, "平台"),
            ]
        if "check" in rules.stages:
            points = str(rng.choice(["9.5", "12"]))
            season.facts.append(FactIn(person, "points", "积分", points, None, date(2022, 1, 1)))


def _follow(season: Season, stage: str, rng: random.Random) -> None:
    """Enter everyone who comes into the stage; the stages before are decided first."""
    known = {(entry.track, entry.id): entry for entry in season.entries}
    for row in _answer(season, rng).advancement:
        if row.to_stage == stage:
            before = known[row.track, row.entry]
            season.entries.append(replace(before, stage=stage, as_=row.as_))


def _score(rules: Rulebook, entry: EntryIn, event: str, rng: random.Random, steps: int) -> ScoreIn:
    there = rules.events[event]
    most = int(there.max * 10**there.decimals)
    status = rng.choices(["ok", "absent", "void"], [94, 4, 2])[0]
    keys = {name: rng.randrange(2) * 50 for name in there.keys}
    value = most - rng.randrange(steps) * (most // 40)
    return ScoreIn(
        entry.stage,
        entry.track,
        event,
        entry.id,
        value if status == "ok" else 0,
        there.decimals,
        status,
        keys if status == "ok" else {},
    )


def _answer(season: Season, rng: random.Random) -> Outcome:
    """Draw wherever the engine asks, until it asks no more."""
    while True:
        outcome = season.decide()
        if not outcome.blocked:
            return outcome
        for row in outcome.blocked:
            order = list(row.entries)
            rng.shuffle(order)
            season.resolutions.append(
                ResolutionIn(
                    row.stage, row.track, row.board, row.line, tuple(order), "draw", "当众抽签"
                )
            )
