"""Checks of numbers: papers against their maximum, quotas, places and awards."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from leitai.rulebook import numbers
from leitai.rulebook.chain import summed
from leitai.rulebook.lints.lint import Lint
from leitai.rulebook.model import Award, Event, Portion, Rulebook, Stage
from leitai.rulebook.schema import Path


def check_sums(lint: Lint) -> None:
    """Run the checks of this file."""
    for name, event in lint.rules.events.items():
        _check_event(lint, ("events", name), event)
    for name, stage in lint.rules.stages.items():
        _check_weights(lint, ("stages", name), stage)
        _check_quota(lint, name, stage)
    for index, award in enumerate(lint.rules.awards):
        if award.stage in lint.rules.stages:
            _check_award(lint, ("awards", index), award, lint.rules.stages[award.stage])
    _check_overlaps(lint)
    _check_shares(lint)


# Which parts of an event belong to which kind.
_SECTIONS: Final = {
    "paper": ("exam",),
    "sitting": ("exam",),
    "judging": ("judged",),
    "live": ("live",),
    "ballot": ("ballot",),
}
_NEEDED: Final = ("judging", "live", "ballot")


def _check_weights(lint: Lint, at: Path, stage: Stage) -> None:
    """Shares of a whole add up to it; the greatest total that can be had is the one declared."""
    total = stage.total
    if total is None:
        return
    shares = [*total.weights.values(), *(carry.share for carry in total.carry)]
    whole = set(summed(stage)) <= set(total.weights)
    if total.weights and whole and len(shares) > 1 and sum(shares) != 1 and total.max is None:
        added = numbers.show(sum(shares, start=Fraction(0)) * 100)
        lint.report((*at, "total", "weights"), "weights_sum", sum=added)
    if total.max is not None:
        most = greatest(lint.rules, stage)
        if most is not None and most != total.max:
            lint.report(
                (*at, "total", "max"),
                "total_max",
                reads=[("events",)],
                sum=numbers.show(most),
                max=numbers.show(total.max),
            )


def greatest(rules: Rulebook, stage: Stage, depth: int = 0) -> Fraction | None:
    """Give the greatest total that a stage can give; None where an event has no bound."""
    total = stage.total
    most = total.base if total else Fraction(0)
    for name in summed(stage):
        event = rules.events.get(name)
        if event is None or event.max is None:
            return None
        most += event.max * (total.weights.get(name, 1) if total else 1)
    for carry in total.carry if total else ():
        earlier = rules.stages.get(carry.from_)
        if earlier is None or carry.of != "total" or depth > len(rules.stages):
            return None
        carried = greatest(rules, earlier, depth + 1)
        if carried is None:
            return None
        most += carried * carry.share
    return most


def _check_event(lint: Lint, at: Path, event: Event) -> None:
    if event.kind == "exam" and event.max is None:
        lint.report(at, "missing_key", key="max")
    if event.max is not None and (
        not numbers.fits(event.max, event.decimals) or event.max <= event.min
    ):
        lint.report((*at, "max"), "points_decimals", decimals=event.decimals)
    for key, kinds in _SECTIONS.items():
        if getattr(event, key) and event.kind not in kinds:
            lint.report((*at, key), "section_of_other_kind", key=key, kind=event.kind)
        if not getattr(event, key) and event.kind in kinds and key in _NEEDED:
            lint.report(at, "section_missing", key=key, kind=event.kind)
    for index, part in enumerate(event.paper):
        if not numbers.fits(part.points, event.decimals) or part.points <= 0:
            where = (*at, "paper", index, "points")
            lint.report(where, "points_decimals", decimals=event.decimals)
        if part.partial != "none" and part.type in ("single", "truefalse"):
            lint.report((*at, "paper", index, "partial"), "partial_useless", type=part.type)
    added = sum((part.count * part.points for part in event.paper), start=Fraction(0))
    if event.paper and event.max is not None and added != event.max:
        lint.report(
            (*at, "paper"),
            "paper_sum",
            reads=[(*at, "max")],
            sum=numbers.show(added),
            max=numbers.show(event.max),
        )


def _check_quota(lint: Lint, name: str, stage: Stage) -> None:
    at: Path = ("stages", name)
    limit = people_of_one_delegation(lint, name)
    team = stage.team
    if limit is not None and team is not None and team.top is not None and team.top > limit:
        _more(lint, (*at, "team", "top"), team.top, limit)
    for index, rule in enumerate(stage.advance):
        path = (*at, "advance", index)
        if rule.teams is None or rule.members is None:
            continue
        if limit is not None and rule.members > limit:
            _more(lint, (*path, "members"), rule.members, limit)
        target = lint.rules.stages.get(rule.to)
        quota = target.quota if target else None
        if quota is not None:
            sent = rule.members if quota.per == "delegation" else rule.members * rule.teams
            if sent > quota.count:
                _more(lint, (*path, "members"), sent, quota.count)


def _more(lint: Lint, path: Path, count: int, quota: int) -> None:
    lint.report(path, "more_than_quota", reads=[("stages",)], count=count, quota=quota)


def people_of_one_delegation(lint: Lint, name: str) -> int | None:
    """Give how many people of one delegation can be in a stage at most, where the rules say so."""
    limit = 0
    for feeder in lint.rules.stages.values():
        for rule in feeder.advance:
            if rule.to != name:
                continue
            if rule.members is not None:
                limit += rule.members
            elif rule.take and feeder.quota and feeder.quota.per == "delegation":
                limit += feeder.quota.count
            else:
                return None
    return limit or None


def places_in(lint: Lint, name: str) -> int | None:
    """Give how many entries can come into a stage at most, where the rules say so."""
    places = 0
    for feeder in lint.rules.stages.values():
        for rule in feeder.advance:
            if rule.to != name:
                continue
            if rule.teams is not None and rule.members is not None:
                places += rule.teams * rule.members
            elif rule.top is not None and rule.per is None:
                places += rule.top
            else:
                return None
    return places or None


def teams_in(lint: Lint, name: str) -> int | None:
    """Give how many teams come into a stage in which only advanced teams count."""
    stage = lint.rules.stages[name]
    if stage.team is None or stage.team.of != "advanced":
        return None
    rules = [rule for feeder in lint.rules.stages.values() for rule in feeder.advance]
    return sum(rule.teams or 0 for rule in rules if rule.to == name) or None


def _check_award(lint: Lint, at: Path, award: Award, stage: Stage) -> None:
    if stage.method != "contest":
        lint.report((*at, "stage"), "award_needs_contest", name=award.stage)
        return
    if award.to == "team" and stage.team is None and award.decided is None:
        lint.report((*at, "to"), "needs_team", reads=[("stages", award.stage)])
    if award.per is not None and (award.to == "team" or not (award.top or award.share)):
        lint.report((*at, "per"), "per_needs_top")
    if award.ranks is not None and award.ranks[0] > award.ranks[1]:
        lint.report((*at, "ranks"), "ranks_order", first=award.ranks[0], last=award.ranks[1])
    last = award.top or (award.ranks[1] if award.ranks else 0)
    if award.per is not None:
        limit = people_of_one_delegation(lint, award.stage)
    elif award.to == "team":
        limit = teams_in(lint, award.stage)
    else:
        limit = places_in(lint, award.stage)
    if limit is not None and last > limit:
        path = (*at, "top") if award.top else (*at, "ranks")
        lint.report(path, "award_beyond", reads=[("stages",)], last=last, places=limit)


def _check_overlaps(lint: Lint) -> None:
    """Two awards of one board that can fall on the same entry must say how they go together."""
    awards = [
        (index, award)
        for index, award in enumerate(lint.rules.awards)
        if award.per is None and award.decided is None and award.where is None
    ]
    for at, (index, award) in enumerate(awards):
        for _, other in awards[:at]:
            if _may_coincide(award, other):
                key = next((key for key in _PLACES if getattr(award, key) is not None), "stage")
                path = ("awards", index, key)
                lint.report(path, "award_overlap", reads=[("awards",)], other=other.id)
                break


_PLACES: Final = ("ranks", "top", "share", "least", "rest")


def _may_coincide(one: Award, other: Award) -> bool:
    if (one.stage, one.to, one.board) != (other.stage, other.to, other.board):
        return False
    if one.tracks and other.tracks and not set(one.tracks) & set(other.tracks):
        return False
    if one.id in other.unless or other.id in one.unless or one.stacks or other.stacks:
        return False
    first, last = _places_of(one)
    begin, end = _places_of(other)
    return first <= end and begin <= last


def _places_of(award: Award) -> tuple[int, int]:
    """Give the first and the last place that an award can reach; a share can reach any."""
    if award.ranks is not None:
        return award.ranks
    return (1, award.top or _ANY)


_ANY: Final = 1_000_000_000


def _check_shares(lint: Lint) -> None:
    """A share of places is more than none and at most all of them."""
    for path, portion in _portions(lint.rules):
        if not 0 < portion.share <= 1:
            shown = numbers.show(portion.share * 100)
            lint.report((*path, "share"), "share_beyond", share=shown)


def _portions(rules: Rulebook) -> Iterator[tuple[Path, Portion]]:
    for name, stage in rules.stages.items():
        for index, rule in enumerate(stage.advance):
            if rule.share is not None:
                yield ("stages", name, "advance", index, "share"), rule.share
    for index, award in enumerate(rules.awards):
        if award.share is not None:
            yield ("awards", index, "share"), award.share
        if award.within is not None:
            yield ("awards", index, "within"), award.within
