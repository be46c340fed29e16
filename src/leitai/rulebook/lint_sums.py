"""Checks of numbers: papers against their maximum, quotas, places and awards."""

from leitai.rulebook import numbers
from leitai.rulebook.lint import Lint
from leitai.rulebook.model import Award, Event, Stage
from leitai.rulebook.schema import Path


def check_sums(lint: Lint) -> None:
    """Run the checks of this file."""
    for name, event in lint.rules.events.items():
        _check_event(lint, ("events", name), event)
    for name, stage in lint.rules.stages.items():
        _check_quota(lint, name, stage)
    for index, award in enumerate(lint.rules.awards):
        if award.stage in lint.rules.stages:
            _check_award(lint, ("awards", index), award, lint.rules.stages[award.stage])
    _check_overlaps(lint)


def _check_event(lint: Lint, at: Path, event: Event) -> None:
    if not numbers.fits(event.max, event.decimals) or event.max <= 0:
        lint.report((*at, "max"), "points_decimals", decimals=event.decimals)
    for index, part in enumerate(event.paper):
        if not numbers.fits(part.points, event.decimals) or part.points <= 0:
            where = (*at, "paper", index, "points")
            lint.report(where, "points_decimals", decimals=event.decimals)
        if part.partial != "none" and part.type in ("single", "truefalse"):
            lint.report((*at, "paper", index, "partial"), "partial_useless", type=part.type)
    added = sum((part.count * part.points for part in event.paper), start=event.max * 0)
    if event.paper and added != event.max:
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
    if limit is not None and stage.team is not None and stage.team.top > limit:
        _more(lint, (*at, "team", "top"), stage.team.top, limit)
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
            elif rule.top is not None:
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
    if award.to == "team" and stage.team is None:
        lint.report((*at, "to"), "needs_team", reads=[("stages", award.stage)])
    if award.per is not None and (award.to == "team" or award.top is None):
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
    """No rank of a stage's board is given two awards: the language has no stacking yet."""
    taken: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for index, award in enumerate(lint.rules.awards):
        if award.per is not None or award.unless:
            continue
        first, last = award.ranks or (1, award.top or 0)
        others = taken.setdefault((award.stage, award.to), [])
        for begin, end, other in others:
            if first <= end and begin <= last:
                path = ("awards", index, "ranks" if award.ranks else "top")
                lint.report(path, "award_overlap", reads=[("awards",)], other=other)
        others.append((first, last, award.id))
