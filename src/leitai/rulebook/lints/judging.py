"""Checks of judged events and ballots: sums against maxima, holes, what has no effect."""

from collections.abc import Iterable
from fractions import Fraction

from leitai.rulebook import numbers
from leitai.rulebook.judging.combining import trim_from
from leitai.rulebook.judging.keys import endless_lines, line_keys
from leitai.rulebook.judging.panels import RESERVED, Panel, extra, least, most, panels, reach
from leitai.rulebook.lints.lint import Lint
from leitai.rulebook.model import Event, Round
from leitai.rulebook.model.judging import (
    Ballot,
    Band,
    Combine,
    Grade,
    Judging,
    Line,
    TimeRule,
    TimeStep,
)
from leitai.rulebook.schema import Path


def check_judging(lint: Lint) -> None:
    """Run the checks of this file."""
    for name, event in lint.rules.events.items():
        at: Path = ("events", name)
        if event.judging is not None and event.kind == "judged":
            _Judged(lint, at, event, event.judging).check()
        if event.ballot is not None and event.kind == "ballot":
            _Voted(lint, at, event, event.ballot).check()
    _check_ranked_lines(lint)


class _Checked:
    def __init__(self, lint: Lint, at: Path, event: Event, key: str) -> None:
        self.lint = lint
        self.event = event
        self.above = at
        self.at: Path = (*at, key)

    def wrong(
        self, code: str, *path: str | int, reads: Iterable[Path] = (), **data: object
    ) -> None:
        """Note a problem at a key below the event's rules."""
        self.lint.report((*self.at, *path), code, reads=reads, **data)

    def check_round(self, rule: Round | None, *path: str) -> None:
        if rule is not None and rule.decimals > self.event.decimals:
            data = {"decimals": rule.decimals, "most": self.event.decimals}
            reads = [(*self.above, "decimals")]
            self.lint.report((*self.at, *path, "decimals"), "round_beyond", reads=reads, **data)

    def check_points(self, value: Fraction | None, *path: str | int) -> None:
        """Points that are taken off or added have no more places than the score."""
        if value is None:
            return
        if value <= 0 or not numbers.fits(value, self.event.decimals):
            where = (*self.at, *path)
            reads = [(*self.above, "decimals")]
            self.lint.report(where, "points_decimals", reads=reads, decimals=self.event.decimals)

    def check_keys(self) -> None:
        for name in line_keys(self.event):
            if name in self.event.keys:
                self.lint.report((*self.above, "keys", name), "key_follows", name=name)


class _Judged(_Checked):
    """Checks one judged event."""

    def __init__(self, lint: Lint, at: Path, event: Event, judging: Judging) -> None:
        super().__init__(lint, at, event, "judging")
        self.judging = judging
        self.panels = panels(judging)

    def check(self) -> None:
        for name, line in self.judging.lines.items():
            self._check_line(name, line)
        self._check_band()
        self._check_grades(self.judging.grades, "grades")
        self._check_judges()
        self._check_sum()
        self.check_round(self.judging.round.result, "round", "result")
        self._check_time(self.judging.time)
        self._check_taken()
        self._check_gap()
        self.check_keys()

    # ---- the rubric

    def _check_line(self, name: str, line: Line) -> None:
        if name in RESERVED:
            self.lint.report((*self.at, "lines", name), "line_reserved", name=name)
        self._check_grades(line.grades, "lines", name, "grades")
        if line.max is not None:
            self._check_bounds(line.min, line.max, line.decimals, line.grain, ("lines", name))
            _Levels(self, line, line.max, ("lines", name, "levels")).check()
        elif line.grain is not None or line.min or line.levels:
            self.wrong("line_bounds_unused", "lines", name)
        if line.steps and most(line) <= 0:
            self.wrong("steps_earn_nothing", "lines", name, "steps")
        if line.weight <= 0:
            self.wrong("weight_nought", "lines", name, "weight")

    def _check_band(self) -> None:
        band = self.judging.band
        if band is not None:
            self._check_bounds(band.min, band.max, band.decimals, band.grain, ("band",))
            _Levels(self, band, band.max, ("band", "levels")).check()

    def _check_bounds(
        self, low: Fraction, high: Fraction, decimals: int, grain: Fraction | None, path: Path
    ) -> None:
        if low >= high:
            low_text, high_text = numbers.show(low), numbers.show(high)
            self.wrong("bounds_order", *path, "max", min=low_text, max=high_text)
        for key, value in (("min", low), ("max", high)):
            if not numbers.fits(value, decimals):
                self.wrong("bounds_decimals", *path, key, decimals=decimals)
        if grain is not None and (grain <= 0 or high % grain or low % grain):
            self.wrong("grain_odd", *path, "grain", grain=numbers.show(grain))

    def _check_grades(self, grades: Iterable[Grade], *path: str) -> None:
        self.lint.unique((*self.at, *path), [grade.grade for grade in grades], "grade")

    # ---- the judges

    def _check_judges(self) -> None:
        judging = self.judging
        if not judging.kinds:
            self._check_panel(self.panels[""], judging.judges, judging.least, judging.combine, ())
        else:
            for key in ("judges", "least"):
                if getattr(judging, key) is not None:
                    self.wrong("judges_in_kinds", key, key=key)
        marked = {name for panel in self.panels.values() for name in panel.lines}
        for name in judging.lines:
            if name not in marked:
                self.lint.report((*self.at, "lines", name), "line_unmarked", name=name)
        for name, kind in judging.kinds.items():
            path = ("kinds", name)
            for index, line in enumerate(kind.lines):
                if line not in judging.lines:
                    self.wrong("no_such_line", *path, "lines", index, name=line)
            if kind.weight <= 0:
                self.wrong("weight_nought", *path, "weight")
            rule = kind.combine or judging.combine
            self._check_panel(self.panels[name], kind.judges, kind.least, rule, path)

    def _check_panel(
        self, panel: Panel, judges: int | None, few: int | None, rule: Combine, path: Path
    ) -> None:
        if judges is not None and few is not None and few > judges:
            self.wrong("least_above", *path, "least", least=few, judges=judges)
        own = (*path, "combine")
        dropped = rule.high + rule.low
        if rule.by == "trimmed":
            if not dropped:
                self.wrong("trim_nothing", *own)
            begins = trim_from(rule)
            if rule.fewer is None and (few or judges or 1) < begins:
                self.wrong("trim_unsaid", *own, dropped=dropped, begins=begins)
            if judges is not None and judges < begins:
                self.wrong("trim_never", *own, judges=judges, begins=begins)
        elif dropped or rule.from_ is not None or rule.fewer is not None:
            self.wrong("trim_unused", *own)
        if rule.by == "sum" and (judges is None or panel.least != judges):
            self.wrong("sum_needs_judges", *own)
        if self.judging.recuse is not None and judges is not None and panel.least >= judges:
            self.wrong("recuse_least", *path, judges=judges)

    def _check_sum(self) -> None:
        """Compare the event's maximum with what the rubric can give, and its least."""
        judging, whole = self.judging, self.event.max
        if whole is None:
            self.wrong("judging_max_unsaid", sum=numbers.show(reach(judging, Fraction(0))))
            return
        given = reach(judging, whole - extra(judging))
        if given != whole:
            sums = {"sum": numbers.show(given), "max": numbers.show(whole)}
            self.lint.report(self.at, "judging_sum", reads=[(*self.above, "max")], **sums)

    # ---- time, and what is taken off

    def _check_time(self, rule: TimeRule | None) -> None:
        if rule is None:
            return
        if rule.min is not None and rule.max is not None and rule.min > rule.max:
            self.wrong("bounds_order", "time", "max", min=rule.min, max=rule.max)
        for key, limit in (("over", rule.max), ("under", rule.min), ("early", rule.max)):
            if getattr(rule, key) and limit is None:
                needs = "min" if key == "under" else "max"
                self.wrong("time_needs", "time", key, needs=needs)
        if rule.stop is not None and rule.max is not None and rule.stop < rule.max:
            self.wrong("bounds_order", "time", "stop", min=rule.max, max=rule.stop)
        end = rule.stop or rule.max
        for index, signal in enumerate(rule.signals):
            if end is not None and signal > end:
                self.wrong("signal_after", "time", "signals", index, signal=signal, end=end)
        self._check_steps("over", rule.over)
        self._check_steps("under", rule.under)
        if rule.early is not None:
            self.check_points(rule.early.add, "time", "early", "add")
            self.check_points(rule.early.most, "time", "early", "most")

    def _check_steps(self, key: str, steps: tuple[TimeStep, ...]) -> None:
        before = 0
        for index, step in enumerate(steps):
            path = ("time", key, index)
            if step.within is None and index + 1 < len(steps):
                self.wrong("step_swallows", *path)
            elif step.within is not None and step.within <= before:
                self.wrong("step_order", *path, "within", within=step.within, before=before)
            before = step.within or before
            if step.deduct is None and (step.every is not None or step.most is not None):
                self.wrong("step_points_unused", *path)
            self.check_points(step.deduct, *path, "deduct")
            self.check_points(step.most, *path, "most")

    def _check_taken(self) -> None:
        late = self.judging.late
        if late is not None:
            if (late.then == "deduct") != (late.deduct is not None):
                self.wrong("late_deduct", "late")
            self.check_points(late.deduct, "late", "deduct")
        for name, rule in self.judging.penalties.items():
            if rule.each == 0 and rule.void_at is None:
                self.wrong("penalty_nothing", "penalties", name)
            self.check_points(rule.each or None, "penalties", name, "each")
            self.check_points(rule.most, "penalties", name, "most")
        for name, bonus in self.judging.bonuses.items():
            self.check_points(bonus.each, "bonuses", name, "each")
            self.check_points(bonus.most, "bonuses", name, "most")

    def _check_gap(self) -> None:
        gap = self.judging.gap
        if gap is None:
            return
        if gap.above <= 0:
            self.wrong("gap_nought", "gap", "above")
        for index, kind in enumerate(gap.kinds):
            if kind not in self.judging.kinds:
                self.wrong("no_such_kind", "gap", "kinds", index, name=kind)
        if gap.take == "nearest" and not gap.by:
            self.wrong("gap_take", "gap", "take")
        those = [panel for name, panel in self.panels.items() if name in gap.kinds or not gap.kinds]
        if gap.by and any(panel.combine.by == "sum" for panel in those):
            self.wrong("gap_sum", "gap", "by")
        if all(panel.judges == 1 for panel in those):
            self.wrong("gap_alone", "gap")
        widest = max((_span(panel) for panel in those), default=Fraction(0))
        if those and gap.above >= widest:
            self.wrong("gap_never", "gap", "above", widest=numbers.show(widest))


class _Levels:
    """Checks the levels of a line: together they hold each possible mark, and hold it once."""

    def __init__(self, judged: _Judged, line: Line | Band, most: Fraction, at: Path) -> None:
        self.judged, self.levels, self.at = judged, line.levels, at
        self.least, self.most, self.decimals, self.grain = line.min, most, line.decimals, line.grain

    def check(self) -> None:
        titles = [level.title for level in self.levels]
        self.judged.lint.unique((*self.judged.at, *self.at), titles, "title")
        sound = [self._sound(at) for at in range(len(self.levels))]
        if not sound or not all(sound):
            return
        order = sorted(range(len(self.levels)), key=lambda at: self.levels[at].from_)
        begins, step = self.least, self.grain or Fraction(1, 10**self.decimals)
        for at in order:
            level = self.levels[at]
            if level.from_ != begins:
                code = "level_gap" if level.from_ > begins else "level_overlap"
                self.judged.wrong(code, *self.at, at, "from", begins=numbers.show(begins))
                return
            begins = level.to + step
        if begins <= self.most:
            self.judged.wrong("level_short", *self.at, order[-1], "to", max=numbers.show(self.most))

    def _sound(self, at: int) -> bool:
        """Both ends are marks that can be given, in order, within the line's own bounds."""
        level = self.levels[at]
        for key, value in (("from", level.from_), ("to", level.to)):
            if not self.least <= value <= self.most:
                low, high = numbers.show(self.least), numbers.show(self.most)
                self.judged.wrong("level_outside", *self.at, at, key, min=low, max=high)
                return False
            if not numbers.fits(value, self.decimals) or (self.grain and value % self.grain):
                self.judged.wrong("level_no_mark", *self.at, at, key, mark=numbers.show(value))
                return False
        if level.from_ > level.to:
            begins, ends = numbers.show(level.from_), numbers.show(level.to)
            self.judged.wrong("level_order", *self.at, at, "to", from_=begins, to=ends)
            return False
        return True


def _span(panel: Panel) -> Fraction:
    """Give how far two sheets can lie apart."""
    parts = (line.weight * (most(line) - least(line)) for line in panel.lines.values())
    return sum(parts, start=Fraction(0))


class _Voted(_Checked):
    """Checks one ballot."""

    def __init__(self, lint: Lint, at: Path, event: Event, ballot: Ballot) -> None:
        super().__init__(lint, at, event, "ballot")
        self.ballot = ballot

    def check(self) -> None:
        self._check_values()
        self._check_kinds()
        self._check_counts()
        self._check_threshold()
        self.check_round(self.ballot.round, "round")
        self.check_keys()

    def _check_values(self) -> None:
        ballot = self.ballot
        for key, by, value in (
            ("points", "points", ballot.points),
            ("points_for", "places", ballot.points_for),
        ):
            if bool(value) != (ballot.by == by):
                code = "ballot_unused" if value else "ballot_needs"
                self.wrong(code, key, reads=[(*self.at, "by")], key=key, by=by)
        if ballot.points is not None and ballot.points.least >= ballot.points.most:
            low, high = numbers.show(ballot.points.least), numbers.show(ballot.points.most)
            self.wrong("bounds_order", "points", "most", min=low, max=high)
        if any(a < b for a, b in zip(ballot.points_for, ballot.points_for[1:], strict=False)):
            self.wrong("points_for_order", "points_for")
        if ballot.threshold is not None and ballot.by != "approve":
            self.wrong("ballot_unused", "threshold", key="threshold", by="approve")

    def _check_kinds(self) -> None:
        ballot = self.ballot
        for name, kind in ballot.kinds.items():
            if kind.weight <= 0:
                self.wrong("weight_nought", "kinds", name, "weight")
            if kind.tally and ballot.by != "approve":
                self.wrong("tally_approve", "kinds", name, "tally")
        if ballot.normalise == "none":
            return
        weights = sum((kind.weight for kind in ballot.kinds.values()), start=Fraction(0))
        if ballot.kinds and weights != 1:
            self.wrong("kind_weights", "kinds", sum=numbers.show(weights * 100))
        if self.event.max is not None and self.event.max != ballot.scale:
            sums = {"sum": numbers.show(ballot.scale), "max": numbers.show(self.event.max)}
            self.lint.report(self.at, "judging_sum", reads=[(*self.above, "max")], **sums)

    def _check_counts(self) -> None:
        ballot = self.ballot
        if ballot.votes is not None and ballot.least_votes > ballot.votes:
            fewest, greatest = ballot.least_votes, ballot.votes
            self.wrong("bounds_order", "least_votes", min=fewest, max=greatest)
        if ballot.quorum is not None and not self._voters(None):
            self.wrong("voters_unsaid", "quorum")
        if ballot.quorum is not None and not 0 < ballot.quorum <= 1:
            self.wrong("share_range", "quorum")
        if ballot.vacancy == "again" and (ballot.seats is None or ballot.threshold is None):
            self.wrong("again_needs", "vacancy")

    def _check_threshold(self) -> None:
        rule = self.ballot.threshold
        if rule is None:
            return
        key = "least" if rule.least is not None else "above"
        share = rule.least if rule.least is not None else rule.above
        if share is not None and not (0 <= share < 1 if key == "above" else 0 < share <= 1):
            self.wrong("share_range", "threshold", key)
        if rule.kind is not None and rule.kind not in self.ballot.kinds:
            self.wrong("no_such_kind", "threshold", "kind", name=rule.kind)
        elif rule.kind is not None and self.ballot.kinds[rule.kind].tally:
            self.wrong("threshold_tally", "threshold", "kind", name=rule.kind)
        elif rule.of == "members" and not self._voters(rule.kind):
            self.wrong("voters_unsaid", "threshold", "of")

    def _voters(self, kind: str | None) -> int:
        kinds = self.ballot.kinds
        if kind is not None:
            return kinds[kind].voters or 0
        if self.ballot.voters is not None:
            return self.ballot.voters
        each = [one.voters for one in kinds.values() if not one.tally]
        return sum(number or 0 for number in each) if all(each) else 0


def _check_ranked_lines(lint: Lint) -> None:
    """A line that ranks must have an end: 86.333… cannot be a figure of a chain."""
    for stage_name, stage in lint.rules.stages.items():
        if stage.ranking is None:
            continue
        for index, key in enumerate(stage.ranking.keys):
            name, _, line = key.partition(".")
            event = lint.rules.events.get(name)
            if event is not None and line in endless_lines(event):
                path = ("stages", stage_name, "ranking", "keys", index)
                lint.report(path, "line_endless", reads=[("events", name)], name=key, event=name)
