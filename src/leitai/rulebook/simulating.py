"""A synthetic season through the real engine: where it is narrow, empty or level.

The figures are drawn from a seed by arithmetic alone, so that a season can be had again. Nobody
should read more into them than: with so many entrants, these rules leave these places empty and
these lines torn.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, get_args

from leitai.rulebook import numbers
from leitai.rulebook.data import (
    MAIN,
    BlockedRow,
    EntryIn,
    Outcome,
    ResolutionHow,
    ResolutionIn,
    ScoreIn,
)
from leitai.rulebook.engine import decide
from leitai.rulebook.inventing import Invented, invent
from leitai.rulebook.keys import event_keys
from leitai.rulebook.model import Advance, Rulebook, Stage
from leitai.rulebook.plain.words import Words

MOST: Final = 100_000  # entrants of all tracks
ROUNDS: Final = 50  # answers to ties that are tried, all open ones at once
# What kinds of facts are called that rules need not declare.
_TITLES: Final = {"slot": ("席位", "slot"), "group": ("小组", "group"), "unit": ("单位", "unit")}
_MASK: Final = (1 << 64) - 1
Arena = tuple[str, str]


class Chance:
    """Numbers from a seed (splitmix64): the same everywhere, and no chance at all."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def below(self, bound: int) -> int:
        """Give a number from 0 to ``bound - 1``."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return (mixed ^ (mixed >> 31)) % max(bound, 1)

    def peaked(self, low: int, high: int) -> int:
        """Give a number from ``low`` to ``high``, mostly in the upper middle, as scores are."""
        span = high - low
        return low + max(self.below(span + 1), self.below(span + 1), self.below(span + 1))


@dataclass(frozen=True, slots=True)
class StageReport:
    """What became of one stage of one track."""

    stage: str
    track: str
    title: str
    entrants: int
    delegations: int
    ranked: int
    level: int  # groups of one total on the main board
    ties: int  # of these, groups that every key leaves equal
    torn: tuple[str, ...]  # lines at which something had to be decided
    places: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    taken: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Simulated:
    """A synthetic season: its stages in order, awards given by title, and the last outcome."""

    rules: Rulebook
    entrants: int
    admitted: int
    seed: int
    stages: tuple[StageReport, ...]
    awards: Mapping[str, int]
    open: tuple[BlockedRow, ...]
    outcome: Outcome
    invented: Invented


def simulate(rules: Rulebook, *, entrants: int, seed: int) -> Simulated:
    """Invent entries and scores and decide the season, drawing lots wherever the rules ask."""
    chance = Chance(seed)
    count = min(max(entrants, 1), MOST)
    invented = invent(rules, count, chance)
    entries = invented.entries
    scores: list[ScoreIn] = []
    answers: list[ResolutionIn] = []
    torn: dict[Arena, list[str]] = {}
    in_stage: dict[Arena, list[EntryIn]] = {}
    outcome = Outcome()
    for stage in rules.stage_order:
        for track in _tracks(rules, stage):
            found = _came(entries, outcome, (stage, track))
            in_stage[stage, track] = found
            if rules.stages[stage].method == "contest":
                scores += _scores(rules, stage, found, chance)
        outcome = _settled(rules, invented, scores, answers, torn)
    reports = tuple(
        _report(rules, outcome, arena, in_stage[arena], torn.get(arena, [])) for arena in in_stage
    )
    awards = Counter(row.title for row in outcome.awards)
    return Simulated(
        rules, count, len(entries), seed, reports, awards, outcome.blocked, outcome, invented
    )


def _tracks(rules: Rulebook, stage: str) -> tuple[str, ...]:
    return rules.stages[stage].tracks or tuple(rules.tracks)


def _came(entries: list[EntryIn], outcome: Outcome, arena: Arena) -> list[EntryIn]:
    """Name who is in a stage: those invented for it, and those who went on to it."""
    found = [entry for entry in entries if (entry.stage, entry.track) == arena]
    known = {entry.id: entry for entry in entries}
    found += [
        replace(known[row.entry], stage=arena[0], as_=row.as_)
        for row in outcome.advancement
        if (row.to_stage, row.track) == arena
    ]
    return found


def _scores(
    rules: Rulebook, stage: str, entries: list[EntryIn], chance: Chance
) -> Iterator[ScoreIn]:
    rule = rules.stages[stage]
    for event_name in rule.events:
        event = rules.events[event_name]
        scale = 10**event.decimals
        grain = max(scale // 2, 1)  # marks come in halves more often than not
        most = int((event.max if event.max is not None else 100) * scale)
        least = int(event.min * scale)
        for entry in entries:
            value = chance.peaked(least // grain, most // grain) * grain
            keys = {
                name: chance.below(100 if key.decimals else 3600)
                for name, key in event_keys(event).items()
            }
            yield ScoreIn(
                stage,
                entry.track,
                event_name,
                entry.id,
                min(max(value, least), most),
                event.decimals,
                keys=MappingProxyType(keys),
            )
    yield from _team_scores(rules, stage, entries, chance)


def _team_scores(
    rules: Rulebook, stage: str, entries: list[EntryIn], chance: Chance
) -> Iterator[ScoreIn]:
    """Give every delegation its own scores where a team's score adds some."""
    team = rules.stages[stage].team
    for event_name in team.plus if team is not None else ():
        event = rules.events[event_name]
        most = int(event.max if event.max is not None else 100)
        pairs = sorted({(entry.track, entry.delegation) for entry in entries})
        for track, delegation in pairs:
            value = chance.peaked(int(event.min), most) * 10**event.decimals
            yield ScoreIn(stage, track, event_name, delegation, value, event.decimals)


def _settled(
    rules: Rulebook,
    invented: Invented,
    scores: list[ScoreIn],
    answers: list[ResolutionIn],
    torn: dict[Arena, list[str]],
) -> Outcome:
    """Decide, answering what is torn until nothing is, or until the rounds are used up."""
    outcome = _decide(rules, invented, scores, answers)
    for _ in range(ROUNDS):
        asked = [row for row in outcome.blocked if row.entries]
        if not asked:
            break
        before = len(answers)
        seen = {(one.stage, one.track, one.board, one.line, one.order) for one in answers}
        for row in asked:
            answer = ResolutionIn(
                row.stage, row.track, row.board, row.line, row.entries, _how(row.needs)
            )
            where = (answer.stage, answer.track, answer.board, answer.line, answer.order)
            if where not in seen:
                seen.add(where)
                answers.append(answer)
                torn.setdefault((row.stage, row.track), []).append(row.line)
        if len(answers) == before:
            break
        outcome = _decide(rules, invented, scores, answers)
    return outcome


def _how(needs: str) -> ResolutionHow:
    return next((how for how in get_args(ResolutionHow) if how == needs), "draw")


def _decide(
    rules: Rulebook, invented: Invented, scores: list[ScoreIn], answers: list[ResolutionIn]
) -> Outcome:
    return decide(
        rules,
        entries=invented.entries,
        scores=scores,
        resolutions=answers,
        facts=invented.facts,
    )


def _report(
    rules: Rulebook, outcome: Outcome, arena: Arena, entries: list[EntryIn], torn: list[str]
) -> StageReport:
    stage = rules.stages[arena[0]]
    rows = [
        row for row in outcome.standings if (row.stage, row.track) == arena and row.board == MAIN
    ]
    ranks = Counter(row.rank for row in rows)
    totals = Counter(row.total for row in rows)
    taken = Counter(row.to_stage for row in outcome.advancement if (row.stage, row.track) == arena)
    return StageReport(
        arena[0],
        arena[1],
        stage.title,
        len(entries),
        len({entry.delegation for entry in entries}),
        len(rows),
        sum(count > 1 for count in totals.values()),
        sum(count > 1 for count in ranks.values()),
        tuple(torn),
        MappingProxyType(_places(stage, len(entries))),
        MappingProxyType(dict(taken)),
    )


def _places(stage: Stage, entrants: int) -> dict[str, int]:
    """Say how many places each next stage has for this one, where the rules name a number."""
    found: dict[str, int] = {}
    for rule in stage.advance:
        places = _places_of(rule, entrants)
        if places is None:
            found.pop(rule.to, None)
            return {}
        found[rule.to] = (
            max(found.get(rule.to, 0), places) if rule.up_to else (found.get(rule.to, 0) + places)
        )
    return found


def _places_of(rule: Advance, entrants: int) -> int | None:
    if rule.take is not None:
        return entrants
    if rule.up_to is not None:
        return rule.up_to
    if rule.teams is not None and rule.members is not None:
        return rule.teams * rule.members
    if rule.top is not None and rule.per is None and rule.except_ is None:
        return rule.top
    return None


def text(found: Simulated, lang: str = "zh") -> str:
    """Write a synthetic season as a table for the terminal."""
    words = Words(found.rules, lang)
    t = words.t
    lines = [
        t(
            f"{found.rules.title}：模拟{found.entrants}个报名，名额内接受{found.admitted}个，"
            f"种子{found.seed}",
            f"{found.rules.title}: {found.entrants} invented entrants, {found.admitted} of them "
            f"within the quotas, seed {found.seed}",
        ),
        *_invented_lines(words, found.invented),
        "",
    ]
    for one in found.stages:
        lines += _stage_lines(words, one)
    if found.rules.awards:
        lines.append(t("奖项", "Awards"))
        for award in found.rules.awards:
            given = found.awards.get(award.title, 0)
            empty = t("，无人获得", ", given to nobody") if not given else ""
            lines.append(f"  {award.title}{t('：', ': ')}{given}{empty}")
        lines.append("")
    if found.open:
        lines.append(t("仍未确定", "Still open"))
        lines += [f"  {row.stage}/{row.track}/{row.board} {row.line}" for row in found.open]
    return "\n".join(lines).rstrip() + "\n"


def _invented_lines(words: Words, made: Invented) -> list[str]:
    """Say what was made up besides entrants and their scores."""
    t, lines = words.t, []
    if made.delegations:
        lines.append(
            t(f"虚拟代表队{made.delegations}支", f"{made.delegations} invented delegations")
        )
    for kind, values in made.kinds.items():
        declared = words.rules.facts.get(kind)
        title = declared.title if declared is not None else t(*_TITLES.get(kind, (kind, kind)))
        shown = t("、", ", ").join(values[:8]) + ("…" if len(values) > 8 else "")
        lines.append(
            t(f"“{title}”轮流取：{shown}", f"“{title}” takes these values in turn: {shown}")
        )
    if made.bars:
        titles = t("、", ", ").join(made.bars)
        lines.append(
            t(
                f"假定人人符合参赛条件：{titles}",
                f"everybody is given what these bars ask: {titles}",
            )
        )
    return lines


def _stage_lines(words: Words, one: StageReport) -> list[str]:
    t = words.t
    track = words.rules.tracks[one.track].title
    many = len(words.rules.tracks) > 1
    lines = [one.title + (t(f"（{track}）", f" ({track})") if many else "")]
    lines.append(
        t(
            f"  参赛{one.entrants}，来自{one.delegations}支代表队；有名次{one.ranked}，"
            f"总分相同{one.level}组，其中各项均相同{one.ties}组",
            f"  {one.entrants} entrants of {one.delegations} delegations; {one.ranked} ranked; "
            f"{one.level} groups level on the total, {one.ties} of them on every key",
        )
    )
    for line, count in sorted(Counter(one.torn).items()):
        zh = f"  界线{line}处同分，须另行确定{count}次"
        lines.append(t(zh, f"  a tie at the line {line} had to be broken {count} times"))
    for to, taken in sorted(one.taken.items()):
        title = words.rules.stages[to].title if to in words.rules.stages else to
        if to in words.rules.beyond:
            title = words.rules.beyond[to].title
        places = one.places.get(to)
        free = (
            ""
            if places is None or taken >= places
            else t(f"，空缺{places - taken}", f", {places - taken} places empty")
        )
        share = numbers.show(_percent(taken, one.entrants))
        lines.append(
            t(
                f"  进入{title}：{taken}（{share}%）{free}",
                f"  on to {title}: {taken} ({share} %){free}",
            )
        )
    if one.places and not one.taken:
        lines.append(t("  无人晋级", "  nobody goes on"))
    return [*lines, ""]


def _percent(part: int, whole: int) -> int:
    return (part * 200 + whole) // (2 * whole) if whole else 0
