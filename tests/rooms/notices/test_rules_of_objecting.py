"""What a house may ask of an objection otherwise than the season of the room's other tests."""

import pytest

from leitai.base.actor import NOBODY
from leitai.notices import selectors, services
from tests.factories import results as small
from tests.factories.results import AT
from tests.rooms.notices.conftest import RULES, SUPERVISOR, accepted, filed, opened
from tests.rooms.notices.test_objections import refused


def test_incomplete_objection_is_put_on_file_where_the_rules_say_so(monkeypatch, db):
    text = small.TEXT + RULES.replace("otherwise: refused", "otherwise: noted")
    monkeypatch.setattr(small, "TEXT", text)
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    held = filed(opened(season), phone="").objection
    assert (held.state, held.ended_at) == ("noted", AT)
    assert refused(services.accept_objection, actor=SUPERVISOR, objection=held, at=AT) == (
        "objection_state"
    )


def test_form_that_the_rules_ask_for_is_named_where_one_files(db, monkeypatch):
    asked = RULES.replace("    during: heat\n", "    during: heat\n    form: paper\n")
    form = (
        "forms: {paper: {title: 异议申请表, purpose: appeal, fields: [{id: why, title: 事由}]}}\n"
    )
    monkeypatch.setattr(small, "TEXT", small.TEXT + asked + form)
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    made = opened(season)
    way = selectors.way_of(NOBODY, season, "heat", f"notice:{made.number}", at=AT)
    assert way.form == "异议申请表"


@pytest.mark.parametrize(("effect", "replay"), [("replay", True), ("recompute", False)])
def test_desk_of_a_ruling_says_where_the_rules_have_it_played_again(
    db, monkeypatch, effect, replay
):
    asked = RULES.replace("    during: heat\n", f"    during: heat\n    effect: {effect}\n")
    monkeypatch.setattr(small, "TEXT", small.TEXT + asked)
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    case = accepted(opened(season))
    assert selectors.desk_of(case, {}).replay is replay
