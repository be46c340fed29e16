"""On random rulebooks and data the engine and the plainest way to decide come to the same.

``LEITAI_EXAMPLES=3000`` tries more of them. When one fails, ``strategies_reducing.py`` finds a small
season that does.
"""

import os

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from leitai.rulebook import decide
from leitai.rulebook.data import EntryIn, FactIn, ResolutionIn, ScoreIn
from tests.rulebook.engine.oracle import Oracle, Season
from tests.rulebook.engine.strategies import seasons

EXAMPLES = int(os.environ.get("LEITAI_EXAMPLES", "120"))
MANY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # strategies_reducing.py does it better
)


def engine(rules, season, shuffled=list):
    """Hand a plain season to the engine."""
    entries = [
        EntryIn(name, stage, track, name, code, f"p-{name}", as_)
        for stage, track, name, code, as_ in season.entries
    ]
    scores = [
        ScoreIn(stage, track, event, name, int(value * 10), 1, status, keys_in(keys))
        for (stage, track, event), rows in season.scores.items()
        for name, (status, value, keys) in rows.items()
    ]
    facts = [
        FactIn(f"p-{name}", kind, text, text)
        for name, known in season.facts.items()
        for kind, text in known.items()
    ]
    answers = [
        ResolutionIn(stage, track, board, line, tuple(order), how)
        for stage, track, board, line, order, how in season.answers
    ]
    return decide(
        rules,
        entries=shuffled(entries),
        scores=shuffled(scores),
        resolutions=shuffled(answers),
        delegations=shuffled(season.delegations),
        facts=shuffled(facts),
        strict=season.strict,
    )


def keys_in(keys):
    """Figures of keys are integers by their decimals: 多选题得分 has one."""
    return {name: int(value * (10 if name == "multiple" else 1)) for name, value in keys.items()}


def compare(law, outcome, oracle):
    """Hold everything that the engine says against the oracle."""
    boards = {}
    for row in outcome.standings:
        at = (row.stage, row.track, row.board)
        boards.setdefault(at, []).append((row.rank, row.entry, row.tied_with, row.total))
    assert boards == {
        at: [(rank, name, tied, board.totals[name]) for rank, name, tied in board.rows()]
        for at, board in oracle.boards.items()
        if at[2] != "teams" and board.groups
    }
    compare_teams(law, outcome, oracle)
    gone = {
        (r.to_stage, r.track, r.entry): (r.stage, r.delegation, r.as_) for r in outcome.advancement
    }
    assert gone == {
        (to, track, name): came
        for (to, track), some in oracle.came.items()
        for name, came in some.items()
    }
    reserves = {(r.stage, r.to_stage, r.track, r.order, r.entry) for r in outcome.reserves}
    assert reserves == oracle.reserves
    won = sorted((r.award, r.basis.split("/")[1], r.holder) for r in outcome.awards)
    assert won == sorted(
        (award, track, name)
        for (award, track), names in oracle.awards.items()
        for name in names or ()
    )
    blocked = {(r.stage, r.track, r.board, r.entries): (r.line, r.needs) for r in outcome.blocked}
    assert set(blocked) == set(oracle.asked)
    assert all(said in oracle.asked[at] for at, said in blocked.items())


def compare_teams(law, outcome, oracle):
    found = {}
    for row in outcome.teams:
        found.setdefault((row.stage, row.track, "teams"), []).append(
            (row.rank, row.delegation, row.tied_with, row.total)
        )
        assert row.guest == (row.delegation in oracle.guests)
        assert row.advanced == (row.delegation in oracle.teams_gone[row.stage, row.track])
        _, counted, _ = oracle.teams[row.stage, row.track][row.delegation]
        assert len(row.counted) == len(counted)
    assert found == {
        at: [(rank, name, tied, board.totals[name]) for rank, name, tied in board.rows()]
        for at, board in oracle.boards.items()
        if at[2] == "teams" and board.groups
    }


def agreed(law, rules, season):
    oracle = Oracle(law, season)
    outcome = engine(rules, season)
    compare(law, outcome, oracle)
    return oracle


def answered(law, rules, season, random):
    """Answer every open question at random, and compare each time."""
    for _ in range(60):
        oracle = agreed(law, rules, season)
        if not oracle.asked:
            return oracle
        given_ = {(*one[:4], frozenset(one[4])) for one in season.answers}
        for (stage, track, board, names), lines in oracle.asked.items():
            line, how = lines[0]
            assert (stage, track, board, line, frozenset(names)) not in given_, "asked again"
            order = random.sample(names, len(names))
            season.answers.append((stage, track, board, line, order, how))
    raise AssertionError(oracle.asked)


def played(law, rules, people, strict, random, steps=None):
    """Play stage after stage; the scores of a stage are there once it is known who is in it."""
    entries, scores, facts = people
    season = Season(list("abcg"), entries, {}, facts, strict=strict)
    for stage in [name for name in ("pick", "one", "two") if name in law["stages"]]:
        oracle = agreed(law, rules, season)
        for (at, track, event), rows in scores.items():
            if at != stage:
                continue
            roll = oracle.roll(stage, track)
            some = rows if event == "daily" else {name: rows[name] for name in roll}
            if roll and some:
                season.scores[at, track, event] = some
        answered(law, rules, season, random)
        if steps is not None:
            steps.append(engine(rules, season))
    return season


@given(seasons(), st.randoms(use_true_random=False))
@MANY
def test_engine_and_oracle_agree(found, random):
    played(*found, random)
