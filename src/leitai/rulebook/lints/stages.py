"""Checks of stages: what each method needs, who advances, the order of dates."""

from collections.abc import Iterator

from leitai.rulebook.lints.lint import Lint
from leitai.rulebook.model import Advance, Stage
from leitai.rulebook.order import stage_order
from leitai.rulebook.schema import Path

_CONTEST_ONLY = ("total", "ranking", "team", "boards", "figures", "qualify")


def check_stages(lint: Lint) -> None:
    """Run the checks of this file."""
    rules = lint.rules
    order = stage_order(rules.stages)
    for name, stage in rules.stages.items():
        at: Path = ("stages", name)
        if name not in order:
            lint.report((*at, "advance"), "stage_cycle", name=name)
        _check_method(lint, at, stage)
        earlier: list[Advance] = []
        for index, rule in enumerate(stage.advance):
            _check_advance(lint, (*at, "advance", index), stage, rule)
            _check_except(lint, (*at, "advance", index), rule, earlier)
            earlier.append(rule)
    _check_reached(lint)
    _check_teams_fed(lint)
    _check_dates(lint)


def _check_method(lint: Lint, at: Path, stage: Stage) -> None:
    if stage.method == "contest":
        if not stage.events and not (stage.total and stage.total.carry):
            lint.report((*at, "events"), "contest_needs", reads=[(*at, "method")], key="events")
        if stage.trial and (stage.advance or any(a.stage == at[1] for a in lint.rules.awards)):
            lint.report((*at, "trial"), "trial_decides", name=str(at[1]))
        _check_holes(lint, at, stage)
        return
    for key in _CONTEST_ONLY:
        if getattr(stage, key):
            lint.report((*at, key), "nomination_has_no", reads=[(*at, "method")], key=key)


def _check_holes(lint: Lint, at: Path, stage: Stage) -> None:
    """A line through a tie needs a declared answer: of the ranking, or of the rule itself."""
    said = lint.says((*at, "ranking", "unbroken"))
    said_of_teams = lint.says((*at, "team", "unbroken"))
    for index, rule in enumerate(stage.advance):
        people = rule.top or rule.share or rule.up_to or rule.members
        if people and rule.unbroken is None and not said:
            lint.report((*at, "advance", index), "tie_unanswered", key="ranking.unbroken")
        if rule.teams and rule.unbroken is None and not said_of_teams and stage.team:
            lint.report((*at, "advance", index), "tie_unanswered", key="team.unbroken")
    for index, award in enumerate(lint.rules.awards):
        lined = award.ranks or award.top or award.share
        if award.stage != at[1] or not lined or award.unbroken is not None:
            continue
        if award.to == "team" and stage.team is None:
            continue
        board = stage.boards.get(award.board or "")
        if board is not None and board.unbroken is not None:
            continue
        if not (said_of_teams if award.to == "team" else said):
            key = "team.unbroken" if award.to == "team" else "ranking.unbroken"
            lint.report(("awards", index), "tie_unanswered", reads=[("stages",)], key=key)


def _check_advance(lint: Lint, at: Path, stage: Stage, rule: Advance) -> None:
    if stage.method == "nomination" and rule.take is None:
        lint.report(at, "nomination_takes_everyone")
        return
    if rule.teams is not None:
        if stage.team is None:
            lint.report((*at, "teams"), "needs_team")
        if rule.members is None and rule.to in lint.rules.stages:
            lint.report(at, "members_unsaid")
        if stage.team is not None and stage.team.tracks == "together":
            lint.report((*at, "teams"), "teams_together")
        if rule.reserves:
            lint.report((*at, "reserves"), "reserves_of_teams")
    elif rule.members is not None:
        lint.report((*at, "members"), "members_without_teams")
    limited = rule.take is None and rule.least is None
    if rule.guests is None and limited and lint.rules.guests:
        lint.report(at, "guests_unsaid", reads=[("delegations",)])


def _check_except(lint: Lint, at: Path, rule: Advance, earlier: list[Advance]) -> None:
    """Say openly what happens to those whom an earlier rule took already."""
    same = any(other.to == rule.to and not _apart(other, rule) for other in earlier)
    if same and rule.except_ is None and rule.up_to is None and rule.take is None:
        lint.report(at, "except_unsaid", to=rule.to)
    if not same and rule.except_ is not None:
        lint.report((*at, "except"), "except_nothing", reads=lint.routes, to=rule.to)


def _apart(one: Advance, other: Advance) -> bool:
    """Say whether two rules can never take the same entry: other tracks, or another number."""
    if one.tracks and other.tracks and not set(one.tracks) & set(other.tracks):
        return True
    if one.when is None or other.when is None:
        return False
    low, high = sorted((one.when, other.when), key=lambda when: when.least)
    return low.most is not None and low.most < high.least


def _check_reached(lint: Lint) -> None:
    """A stage that none feeds must be where the season begins: a nomination, or with a quota."""
    fed = {rule.to for _, rule in _rules(lint)}
    if not fed:
        return  # contests beside each other, each open to whoever is entered
    roots = [name for name in lint.rules.stages if name not in fed]
    for name in roots:
        stage = lint.rules.stages[name]
        alone = not stage.advance and stage.quota is None
        if len(roots) > 1 and stage.method == "contest" and alone:
            lint.report(("stages", name), "stage_unreached", reads=lint.routes, name=name)


def _check_teams_fed(lint: Lint) -> None:
    for name, stage in lint.rules.stages.items():
        if stage.team is None or stage.team.of != "advanced":
            continue
        if not any(rule.to == name and rule.teams for _, rule in _rules(lint)):
            path = ("stages", name, "team", "of")
            lint.report(path, "no_team_advances", reads=lint.routes, name=name)


def _check_dates(lint: Lint) -> None:
    calendar = lint.rules.calendar
    for name, window in calendar.items():
        if window.earliest and window.latest and window.earliest > window.latest:
            lint.report(
                ("calendar", name, "latest"),
                "dates_out_of_order",
                reads=[("calendar", name, "earliest")],
                first=window.earliest.isoformat(),
                then=window.latest.isoformat(),
            )
    for name, rule in _rules(lint):
        before = calendar.get(lint.rules.stages[name].window or "")
        target = lint.rules.stages.get(rule.to)
        after = calendar.get(target.window or "") if target else None
        if before and after and before.latest and after.latest and after.latest < before.latest:
            lint.report(
                ("calendar", target.window or "" if target else "", "latest"),
                "dates_out_of_order",
                reads=[("calendar",)],
                first=before.latest.isoformat(),
                then=after.latest.isoformat(),
            )


def _rules(lint: Lint) -> Iterator[tuple[str, Advance]]:
    for name, stage in lint.rules.stages.items():
        for rule in stage.advance:
            yield name, rule
