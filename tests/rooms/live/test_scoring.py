"""A closed match becomes scores by the fold of `leitai rulebook decide`, and leaves as its tables."""

import csv
import io

import pytest

from leitai import rulebook
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.live import services, tasks
from leitai.live.models import Line, Match
from leitai.live.selectors.exports import tables_of
from leitai.results import services as results
from leitai.rulebook.tables.deciding import decide
from leitai.seasons.models import Score, Season
from tests.factories import live as quiz
from tests.factories import results as contest
from tests.factories.results import AT, OFFICE


@pytest.fixture
def match(season):
    made = quiz.ready(season)
    quiz.play(made, quiz.GAME)
    return made


def _scores():
    rows = Score.objects.filter(event="quiz").exclude(state="superseded")
    return {row.entry.code: (row.value, row.keys, row.source) for row in rows}


def test_what_the_log_comes_to_is_recorded_once(season, match):
    assert services.score_match(match=match.pk, at=AT) == 11
    codes, found = quiz.entries(season), _scores()
    # Seat 1 right +10; seat 2 pressed before the word −10; seat 3 wrong −10; the rest nought.
    assert [found[code][0] for code in codes] == [10, -10, -10, *[0] * 8]
    assert found[codes[0]][1] == {"right": 1, "wrong": 0, "fouls": 0, "buzzer": 10}
    assert found[codes[1]][1] == {"right": 0, "wrong": 0, "fouls": 1, "buzzer": -10}
    assert found[codes[2]][1] == {"right": 0, "wrong": 1, "fouls": 0, "buzzer": -10}
    assert {source for _, _, source in found.values()} == {"match:m1"}
    match.refresh_from_db()
    assert (match.state, match.closed_at, match.scored_seq) == ("closed", AT, 23)
    services.score_match(match=match.pk, at=AT)
    assert Score.objects.filter(event="quiz").count() == 11
    assert LedgerEntry.objects.filter(act="scores.recorded").latest("seq")


def test_a_match_that_runs_has_no_scores_yet(season):
    made = quiz.ready(season)
    quiz.play(made, quiz.GAME[:-1])
    with pytest.raises(DomainError, match="match_open_lines"):
        services.score_match(match=made.pk, at=AT)
    assert not Score.objects.filter(event="quiz").exists()


def test_a_correction_after_the_close_is_scored_by_the_minutes_round(season, match):
    services.score_match(match=match.pk, at=AT)
    quiz.play(match, [("adjust", "3", "5 题目有误")], begin=60_000_000)
    assert services.score_left(at=AT) == 1
    assert _scores()[quiz.entries(season)[2]][0] == -5  # −10 and 5 given back
    assert services.score_left(at=AT) == 0


def test_the_stage_finds_its_job_by_name(match):
    tasks.score(match=match.pk)
    match.refresh_from_db()
    assert match.state == "closed"
    assert tasks.app.tasks["live.score"].name == "live.score"


def test_the_match_is_scored_by_the_rules_that_it_was_played_by(season, match):
    """A right answer is worth ten in the frozen event, whatever the season's rules say later."""
    text = quiz.TEXT.replace('right: "10"', 'right: "8"')
    version = season.rulebook
    version.pk, version.hash, version.text = None, "0" * 64, text
    version.save()
    Season.objects.filter(pk=season.pk).update(rulebook=version)
    services.score_match(match=match.pk, at=AT)
    assert _scores()[quiz.entries(season)[0]][0] == 10


def test_exported_tables_decide_the_same_standing_as_results(season, match):
    services.score_match(match=match.pk, at=AT)
    contest.score(season, "heat", contest.HEAT)
    result = results.compute_stage(actor=OFFICE, season=season, stage="heat", at=AT)
    files = tables_of(Match.objects.get(pk=match.pk))
    assert files["rulebook.yaml"] == quiz.TEXT
    law = rulebook.load(files.pop("rulebook.yaml"))
    again = decide(law, files).files["standings.csv"]
    rows = [row for row in csv.DictReader(io.StringIO(again)) if row["board"] == "main"]
    held = result.standings.filter(board="main").order_by("position")
    assert [row["entry"] for row in rows] == list(held.values_list("entry__code", flat=True))
    # Seats go by code: 51-province-1 has 92 + 10, -2 has 91 − 10, 5101-1 has 95 − 10.
    totals = {row["entry"]: row["total"] for row in rows}
    assert totals[contest.entry("51-province-1")] == "102"
    assert totals[contest.entry("51-province-2")] == "81"
    assert totals[contest.entry("5101-1")] == "85"
    assert totals[contest.entry("5101-2")] == "90"
    assert len(rows) == 11


def test_a_rehearsals_log_is_in_no_export(season):
    match = quiz.seated(season)
    quiz.bank()
    made = services.rehearse(actor=OFFICE, match=match, at=AT)
    quiz.play(made, quiz.GAME)
    assert tables_of(match)["log.csv"].count("\n") == 1
    assert Line.objects.filter(match_id=made.pk).count() == 23
