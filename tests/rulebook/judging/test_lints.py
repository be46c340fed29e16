"""What the checks find in the rules of judged events and ballots, and where they point."""

import pytest

from leitai.kernel.errors import Problems
from tests.rulebook.judging.builders import WHOLE, judged, voted

TWO = 'lines: {talk: {title: 讲解, max: "60"}, tone: {title: 语气, max: "40"}}'
KINDS = WHOLE + "\nkinds: {expert: {title: 专家, weight: 60%}, hall: {title: 现场, weight: 40%}}"


def found(make, *args, **options):
    """Give {code: path} of all problems."""
    try:
        make(*args, **options)
    except Problems as error:
        return {problem.code: problem.place.split(": ")[1] for problem in error.problems}
    return {}


LEVELS = 'band: {{min: 0, max: 100, decimals: 1, grain: "0.5", levels: [{}]}}'  # half points
GOOD_LEVELS = LEVELS.format('{title: 好, from: "80", to: "100"}, {title: 差, from: 0, to: "79.5"}')


@pytest.mark.parametrize("body", [WHOLE, TWO, KINDS, GOOD_LEVELS])
def test_good_rules_are_good(body):
    assert found(judged, body) == {}


@pytest.mark.parametrize(
    ("body", "code", "path"),
    [
        ('lines: {time: {title: 用时, max: "100"}}', "line_reserved", "lines.time"),
        ('lines: {talk: {title: 讲解, max: "90"}}', "judging_sum", ""),
        (KINDS.replace("40%", "30%"), "judging_sum", ""),
        ('band: {min: "100", max: "100"}', "bounds_order", "band.max"),
        ('band: {min: "0.5", max: "100", decimals: 0}', "bounds_decimals", "band.min"),
        ('band: {min: "0", max: "100", grain: "0.3"}', "grain_odd", "band.grain"),
        (LEVELS.format("{title: 甲, from: 0, to: 100}, {title: 甲, from: 0, to: 9}"), "duplicate", "band.levels[1].title"),
        (LEVELS.format("{title: 甲, from: 0, to: 101}"), "level_outside", "band.levels[0].to"),
        (LEVELS.format('{title: 甲, from: 0, to: "99.7"}'), "level_no_mark", "band.levels[0].to"),
        (LEVELS.format("{title: 甲, from: 9, to: 8}"), "level_order", "band.levels[0].to"),
        (
            LEVELS.format("{title: 甲, from: 90, to: 100}, {title: 乙, from: 0, to: 89}"),
            "level_gap", "band.levels[0].from",
        ),
        (
            LEVELS.format("{title: 甲, from: 0, to: 90}, {title: 乙, from: 90, to: 100}"),
            "level_overlap", "band.levels[1].from",
        ),
        (LEVELS.format("{title: 甲, from: 0, to: 99}"), "level_short", "band.levels[0].to"),
        (
            'lines: {a: {title: 甲, levels: [{title: 好, from: 0, to: 100}], grades: [{grade: A, points: "100"}]}}',
            "line_bounds_unused", "lines.a",
        ),
        (
            'lines: {a: {title: 甲, min: "1", grades: [{grade: A, points: "100"}]}}',
            "line_bounds_unused", "lines.a",
        ),
        (
            'grades: [{grade: A, points: "100"}, {grade: A, points: "90"}]',
            "duplicate", "grades[1].grade",
        ),
        (
            TWO + "\nkinds: {expert: {title: 专家, lines: [talk]}}",
            "line_unmarked", "lines.tone",
        ),
        (
            TWO + "\nkinds: {expert: {title: 专家, lines: [talk, tone, look]}}",
            "no_such_line", "kinds.expert.lines[2]",
        ),
        (KINDS + "\njudges: 5", "judges_in_kinds", "judges"),
        (WHOLE + "\njudges: 3\nleast: 5", "least_above", "least"),
        (WHOLE + "\ncombine: {by: trimmed}", "trim_nothing", "combine"),
        (WHOLE + "\ncombine: {by: trimmed, high: 1, low: 1}", "trim_unsaid", "combine"),
        (
            WHOLE + "\njudges: 2\ncombine: {by: trimmed, high: 1, low: 1, fewer: mean}",
            "trim_never", "combine",
        ),
        (WHOLE + "\ncombine: {by: mean, high: 1}", "trim_unused", "combine"),
        (WHOLE + "\ncombine: {by: sum}", "sum_needs_judges", "combine"),
        (WHOLE + "\njudges: 5\nrecuse: {same: [unit]}", "recuse_least", ""),
        (WHOLE + "\nround: {result: {decimals: 3}}", "round_beyond", "round.result.decimals"),
        (WHOLE + '\ntime: {over: [{deduct: "1"}]}', "time_needs", "time.over"),
        (WHOLE + '\ntime: {max: 60, under: [{deduct: "1"}]}', "time_needs", "time.under"),
        (WHOLE + "\ntime: {min: 90, max: 60}", "bounds_order", "time.max"),
        (WHOLE + "\ntime: {max: 60, stop: 50}", "bounds_order", "time.stop"),
        (WHOLE + "\ntime: {max: 60, signals: [50, 70]}", "signal_after", "time.signals[1]"),
        (
            WHOLE + '\ntime: {max: 60, over: [{deduct: "1"}, {then: void}]}',
            "step_swallows", "time.over[0]",
        ),
        (
            WHOLE + '\ntime: {max: 60, over: [{within: 9, deduct: "1"}, {within: 5, deduct: "2"}]}',
            "step_order", "time.over[1].within",
        ),
        (WHOLE + "\ntime: {max: 60, over: [{then: void, every: 5}]}", "step_points_unused", "time.over[0]"),
        (WHOLE + '\ntime: {max: 60, over: [{deduct: "0.001"}]}', "points_decimals", "time.over[0].deduct"),
        (WHOLE + "\nlate: {minutes: 1, then: deduct}", "late_deduct", "late"),
        (WHOLE + '\nlate: {minutes: 1, deduct: "3"}', "late_deduct", "late"),
        (WHOLE + "\npenalties: {noise: {title: 喧哗}}", "penalty_nothing", "penalties.noise"),
        (WHOLE + '\ngap: {above: "0"}', "gap_nought", "gap.above"),
        (WHOLE + '\ngap: {above: "100"}', "gap_never", "gap.above"),
        (WHOLE + '\ngap: {above: "9", kinds: [expert]}', "no_such_kind", "gap.kinds[0]"),
        (WHOLE + '\ngap: {above: "9", take: nearest}', "gap_take", "gap.take"),
        (WHOLE + '\njudges: 1\ngap: {above: "9"}', "gap_alone", "gap"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_judging(body, code, path):
    problems = found(judged, body)
    assert problems.get(code) == f"events.show.judging{'.' if path else ''}{path}", problems


def test_a_maximum_must_be_said():
    text = judged(WHOLE).text.replace('max: "100"\n    decimals', "decimals")
    from leitai.rulebook.loading import load

    assert found(load, text, name="small.yaml")["judging_max_unsaid"] == "events.show.judging"


def test_a_key_that_follows_is_not_declared():
    more = "\n    keys: {score: {title: 分, better: higher}}"
    assert found(judged, WHOLE, more=more) == {"key_follows": "events.show.keys.score"}


@pytest.mark.parametrize(
    ("body", "endless"),
    [
        (TWO + "\njudges: 3", True),
        (TWO + "\njudges: 5\nleast: 4", False),
        (TWO + "\njudges: 5\nleast: 3", True),
        (TWO + "\njudges: 7\ncombine: {by: trimmed, high: 1, low: 1}", False),
        (TWO + "\njudges: 5\ncombine: {by: trimmed, high: 1, low: 1}", True),
        (TWO + "\ncombine: {by: median}", False),
        (TWO, True),
        (TWO + "\nround: {line: {decimals: 2}}", False),
    ],
)
def test_a_line_that_ranks_must_end(body, endless):
    problems = found(judged, body, keys="[total, show.talk]")
    assert problems == ({"line_endless": "stages.final.ranking.keys[1]"} if endless else {})


@pytest.mark.parametrize(
    ("body", "code", "path"),
    [
        ("by: points", "ballot_needs", "points"),
        ("by: places", "ballot_needs", "points_for"),
        ('points_for: ["1"]', "ballot_unused", "points_for"),
        ('by: points\npoints: {least: "5", most: "5"}', "bounds_order", "points.most"),
        ('by: places\npoints_for: ["1", "2"]', "points_for_order", "points_for"),
        ('by: places\npoints_for: ["1"]\nthreshold: {least: 1/2}', "ballot_unused", "threshold"),
        (
            'by: places\npoints_for: ["1"]\nkinds: {net: {title: 网络, tally: true}}',
            "tally_approve", "kinds.net.tally",
        ),
        (
            "normalise: best\nkinds: {a: {title: 甲, weight: 50%}, b: {title: 乙, weight: 30%}}",
            "kind_weights", "kinds",
        ),
        ("votes: 2\nleast_votes: 3", "bounds_order", "least_votes"),
        ("quorum: 2/3", "voters_unsaid", "quorum"),
        ("voters: 9\nquorum: 3/2", "share_range", "quorum"),
        ("vacancy: again\nthreshold: {least: 1/2}", "again_needs", "vacancy"),
        ("threshold: {above: 100%}", "share_range", "threshold.above"),
        ("threshold: {least: 1/2, of: members}", "voters_unsaid", "threshold.of"),
        ("threshold: {least: 1/2, kind: jury}", "no_such_kind", "threshold.kind"),
        (
            "kinds: {net: {title: 网络, tally: true}}\nthreshold: {least: 1/2, kind: net}",
            "threshold_tally", "threshold.kind",
        ),
        ("rounds: 10", "too_great", "rounds"),
        ("round: {decimals: 3}", "round_beyond", "round.decimals"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_ballot(body, code, path):
    assert found(voted, body).get(code) == f"events.show.ballot.{path}"


def test_the_whole_of_a_ballot_is_its_maximum():
    assert found(voted, "normalise: best", maximum="50") == {"judging_sum": "events.show.ballot"}
    assert found(voted, 'normalise: best\nscale: "50"', maximum="50") == {}
