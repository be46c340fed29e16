"""Figures that no decimal can write are recorded, compared and shown as they are."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from leitai.kernel.errors import Problems
from leitai.results import digests
from leitai.results.evidence import Evidence
from leitai.results.wording import shown_mark
from leitai.seasons import selectors, services
from leitai.seasons.models import Score
from leitai.seasons.services import NewScore
from tests.factories import results as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    held = make.open_season()
    make.held(held, "selection", publish=True)
    return held


def record(season, *scores):
    return services.record_scores(
        actor=make.OFFICE, season=season, stage="heat", event="exam", scores=scores, at=make.AT
    )


def test_a_mean_of_three_is_kept_exactly(season):
    code = make.entry("5101-1")
    # 90, 91 and 91.5 have the mean 272.5 / 3.
    (made,) = record(season, NewScore(code, 545, 0, "test:1", over=6))
    assert made.exact == Fraction(545, 6)
    read = [one for one in selectors.decision_inputs(season).scores if one.entry == code]
    assert [(one.value, one.decimals, one.over) for one in read] == [(545, 0, 6)]
    assert shown_mark(made.value, made.decimals, made.status, made.over) == "545/6分"


def test_the_same_figure_written_otherwise_is_no_other_score(season):
    code = make.entry("5101-1")
    (first,) = record(season, NewScore(code, 9050, 2, "test:1"))
    (again,) = record(season, NewScore(code, 181, 0, "test:2", over=2))
    assert again.pk == first.pk
    assert Score.objects.filter(entry__code=code).count() == 1


def test_its_bounds_and_places_are_the_events(season):
    code = make.entry("5101-1")
    for score, wrong in (
        (NewScore(code, 301, 0, "test:1", over=3), "score_out_of_range"),
        (NewScore(code, 200, 2, "test:1", over=3), "score_places"),
        (NewScore(code, 80, 0, "test:1"), "score_places"),
    ):
        with pytest.raises(Problems) as caught:
            record(season, score)
        assert [one.code for one in caught.value.problems] == [wrong]


def test_a_results_digest_knows_the_figure(season):
    code = make.entry("5101-1")
    digests_of = []
    for score in (
        NewScore(code, 8000, 2, "test:1"),
        NewScore(code, 241, 0, "test:2", over=3),
        NewScore(code, 241, 0, "test:3", over=6),
    ):
        record(season, score)
        found = selectors.decision_inputs(season)
        columns = {one.name: getattr(found, one.name) for one in dataclasses.fields(Evidence)}
        digests_of.append(digests.input_digest(Evidence(**columns)))
    assert len(set(digests_of)) == 3
