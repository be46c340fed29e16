"""Checks of stages: what each method needs, who advances, the order of dates."""

from collections.abc import Iterator

from leitai.rulebook.lint import Lint
from leitai.rulebook.model import Advance, Stage
from leitai.rulebook.order import stage_order
from leitai.rulebook.schema import Path

_CONTEST_NEEDS = ("events", "total", "ranking")
_CONTEST_ONLY = (*_CONTEST_NEEDS, "team")


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
        for key in _CONTEST_NEEDS:
            if not getattr(stage, key):
                lint.report((*at, key), "contest_needs", reads=[(*at, "method")], key=key)
        return
    for key in _CONTEST_ONLY:
        if getattr(stage, key):
            lint.report((*at, key), "nomination_has_no", reads=[(*at, "method")], key=key)


def _check_advance(lint: Lint, at: Path, stage: Stage, rule: Advance) -> None:
    if stage.method == "nomination" and rule.take is None:
        lint.report(at, "nomination_takes_everyone")
        return
    if rule.teams is not None:
        if stage.team is None:
            lint.report((*at, "teams"), "needs_team")
        if rule.members is None:
            lint.report(at, "members_unsaid")
    elif rule.members is not None:
        lint.report((*at, "members"), "members_without_teams")
    if rule.guests is None and rule.take is None and lint.rules.guests:
        lint.report(at, "guests_unsaid", reads=[("delegations",)])


def _check_except(lint: Lint, at: Path, rule: Advance, earlier: list[Advance]) -> None:
    """Say openly what happens to those whom an earlier rule took already."""
    same = any(other.to == rule.to for other in earlier)
    if same and rule.except_ is None:
        lint.report(at, "except_unsaid", to=rule.to)
    if not same and rule.except_ is not None:
        lint.report((*at, "except"), "except_nothing", reads=lint.routes, to=rule.to)


def _check_reached(lint: Lint) -> None:
    """A stage that none feeds must be where the season begins: a nomination, or with a quota."""
    fed = {rule.to for _, rule in _rules(lint)}
    roots = [name for name in lint.rules.stages if name not in fed]
    for name in roots:
        stage = lint.rules.stages[name]
        if len(roots) > 1 and stage.method == "contest" and stage.quota is None:
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
