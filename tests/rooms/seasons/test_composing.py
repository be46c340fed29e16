"""Rules of a contest of one's own: templates, prizes, papers, and what is borrowed from others."""

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook import load, packaged
from leitai.seasons.services import composing
from leitai.units.models import Unit

UNIT = Unit(code="510302", name="自流井区", path="51/5103/510302/")


def compose(template="written", **more):
    told = {"code": "local-1", "title": "练兵赛", "unit": UNIT, "year": 2022, "prizes": (1, 2, 0)}
    return load(composing.compose(template, **told | more))


def test_every_template_gives_rules_that_load():
    kinds = {one.code: one.kind for one in composing.templates()}
    assert kinds["written"] == kinds["teams"] == kinds["sichuan-2022"] == "exam"
    assert kinds["reported"] == "reported"
    for code, kind in kinds.items():
        law = compose(code)
        assert (law.title, law.host.unit) == ("练兵赛", "510302")
        assert composing.event_of(law)[1].kind == kind


def test_prizes_follow_one_another_and_none_is_left_out():
    awards = compose(prizes=(1, 0, 3)).awards
    assert [(one.title, one.ranks) for one in awards] == [("一等奖", (1, 1)), ("三等奖", (2, 4))]
    with pytest.raises(DomainError, match="contest_prizes"):
        compose(prizes=(-1, 0, 0))


def test_a_paper_makes_the_points_that_can_be_had():
    text = compose().text
    parts = [
        {"type": "single", "count": 20, "points": "1.5"},
        {"type": "multiple", "count": 7, "points": "2"},
    ]
    _code, event = composing.event_of(load(composing.with_paper(text, parts, 45)))
    # 20 × 1.5 + 7 × 2 = 44
    assert (event.max, event.minutes) == (44, 45)


def test_the_seasons_own_way_is_borrowed_with_its_tie_rules():
    base = load(packaged("sichuan-2022"))
    law = compose(composing.ABOVE, base=base)
    code, event = composing.event_of(law)
    assert (code, event.max, event.minutes) == ("exam", 100, 90)
    assert law.stages["contest"].ranking.keys == ("total", "exam.multiple", "exam.seconds")
    assert law.assumptions == {}
    with pytest.raises(DomainError, match="contest_template"):
        compose(composing.ABOVE)


def test_titles_and_templates_are_checked():
    with pytest.raises(DomainError, match="contest_title"):
        compose(title="  ")
    with pytest.raises(DomainError, match="contest_template"):
        compose("picnic")
    with pytest.raises(DomainError, match="contest_rules"):
        composing.event_of(load(packaged("pitch-2020")))
