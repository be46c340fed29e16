"""Ties answered by a draw that the season held: what may be used, and that nobody chooses."""

import pytest

from leitai.kernel.errors import DomainError
from leitai.results import services
from leitai.seasons import services as seasons
from leitai.seasons.models import Resolution
from tests.factories import draws as make
from tests.factories import results as small
from tests.factories.results import AT, HEAT, OFFICE, entry

pytestmark = pytest.mark.django_db
# 5103-2 and 5103-3 tie in every key at the second of two places in their team
TIED = {**HEAT, "5103-3": HEAT["5103-2"]}
PAIR = [(entry("5103-2"), "选手2"), (entry("5103-3"), "选手3")]


@pytest.fixture
def result():
    season = small.at_heat(TIED)
    return services.compute_stage(actor=OFFICE, season=season, stage="heat", at=AT)


def held(result):
    return services.resolve_by_held_draw(actor=OFFICE, result=result, index=0, at=AT)


def refused(code):
    return pytest.raises(DomainError, match=f"^{code}( |$)")


def test_a_committed_draw_of_the_tied_answers_the_tie(result):
    draw = make.drawn(result.stage.season, roster=PAIR)
    resolved = held(result)
    assert (resolved.version, resolved.blocked) == (2, [])
    resolution = Resolution.objects.get()
    assert (resolution.draw_id, resolution.order, resolution.how) == (
        draw.pk, draw.outcome, "draw",
    )  # fmt: skip
    advanced = set(resolved.advancements.values_list("entry__code", flat=True))
    assert [code in advanced for code in draw.outcome] == [True, False]


def test_a_hand_draw_answers_once_it_is_closed(result):
    season = result.stage.season
    draw = make.by_hand(season, roster=PAIR)
    with refused("result_draw_unfinished"):
        held(result)
    for number, (code, _name) in enumerate(reversed(PAIR), start=1):
        seasons.key_call(actor=OFFICE, draw=draw, member=code, number=number, at=AT)
    seasons.close_hand_draw(actor=OFFICE, draw=draw, witnesses=make.WITNESSES, at=AT)
    held(result)
    assert Resolution.objects.get().order == [entry("5103-3"), entry("5103-2")]


def test_whoever_holds_a_draw_cannot_throw_dice_beside_it(result):
    make.by_hand(result.stage.season, roster=PAIR)
    with refused("result_draw_waits"):
        services.resolve_by_draw(actor=OFFICE, result=result, index=0, numbers=[1], at=AT)


def test_a_draw_of_others_or_none_does_not_answer(result):
    with refused("result_draw_none"):
        held(result)
    make.drawn(result.stage.season, roster=[*PAIR, (entry("5101-1"), "选手1")])
    with refused("result_draw_none"):
        held(result)
    assert Resolution.objects.count() == 0


def test_an_aborted_draw_leaves_the_way_open(result):
    season = result.stage.season
    draw = make.by_hand(season, roster=PAIR)
    seasons.ask_abort(actor=OFFICE, draw=draw, reason="号球缺一", at=AT)
    seasons.answer_abort(actor=make.supervisor(season), draw=draw, agree=True, at=AT)
    resolved = services.resolve_by_draw(actor=OFFICE, result=result, index=0, numbers=[4], at=AT)
    assert resolved.blocked == []
