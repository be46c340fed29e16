"""Drafts of rules: saved at once, undone and done again, told when another one saved, adopted."""

import json

import pytest

from leitai.base import events
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.rulebook import editing, load, packaged
from leitai.seasons import selectors, services
from leitai.seasons.editor.reading import GONE
from leitai.seasons.events import RulesChanged
from leitai.seasons.models import (
    AssumptionConfirmation,
    RulesRevision,
    Season,
    SeasonRules,
    Stage,
)
from leitai.seasons.selectors.rule_drafts import steps
from tests.factories import people
from tests.factories import rules as drafts
from tests.factories import seasons as make
from tests.factories.rules import AT, OFFICE, SECOND, adopted, begun, changed, fresh
from tests.factories.units import HOUSE

pytestmark = pytest.mark.django_db
QUOTA = "stages.selection.quota"


def refused(code, call, **arguments):
    with pytest.raises(DomainError) as caught:
        call(at=AT, **arguments)
    assert caught.value.code == code
    return text_of(caught.value)


def law_of(draft):
    return load(fresh(draft).text)


# Drafts ----------------------------------------------------------------------------------------


def test_a_season_begins_with_version_one():
    season = make.draft()
    (one,) = SeasonRules.objects.filter(season=season)
    assert (one.number, one.rulebook_id, one.adopted_name) == (1, season.rulebook_id, HOUSE.name)


def test_a_draft_begins_with_the_rules_in_force_word_for_word():
    season = make.draft()
    draft = begun(season)
    assert (draft.number, draft.revision, draft.text) == (1, 1, packaged(make.CODE))
    assert begun(season).number == 2


def test_every_change_is_a_revision_and_touches_its_place_only():
    draft = begun(make.draft())
    changed(draft, QUOTA, count=30)
    changed(draft, "awards.star", title="练兵之星")
    law = law_of(draft)
    assert (law.stages["selection"].quota.count, law.award("star").title) == (30, "练兵之星")
    rows = list(RulesRevision.objects.filter(draft=draft).values_list("act", "title"))
    assert rows == [
        ("begun", ""),
        ("changed", "市（州）选拔赛·名额·名额"),
        ("changed", "岗位练兵明星·名称"),
    ]
    before, after = packaged(make.CODE).splitlines(), fresh(draft).text.splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 2


def test_saving_the_same_is_no_revision():
    draft = begun(make.draft())
    changed(draft, QUOTA, count=40)
    assert fresh(draft).revision == 1


def test_a_value_that_the_check_refuses_is_kept():
    draft = changed(begun(make.draft()), QUOTA, count="三十")
    assert "count: 三十" in fresh(draft).text
    (problem,) = selectors.check(fresh(draft).text).problems
    assert problem.place.endswith(": stages.selection.quota.count")
    assert RulesRevision.objects.get(draft=draft, number=2).problems == 1


def test_undo_and_redo_go_along_the_changes_and_lose_no_revision():
    draft = begun(make.draft())
    for count in (35, 30):
        changed(draft, QUOTA, count=count)

    def step(call):
        now = fresh(draft)
        call(actor=OFFICE, draft=now, revision=now.revision, at=AT)
        return law_of(draft).stages["selection"].quota.count

    assert [step(services.undo_draft) for _ in range(2)] == [35, 40]
    assert [step(services.redo_draft) for _ in range(2)] == [35, 30]
    now = fresh(draft)
    refused("draft_no_step", services.redo_draft, actor=OFFICE, draft=now, revision=now.revision)
    assert step(services.undo_draft) == 35
    changed(draft, QUOTA, count=33)  # what was undone is forgotten, but stands in the record
    now = fresh(draft)
    refused("draft_no_step", services.redo_draft, actor=OFFICE, draft=now, revision=now.revision)
    assert RulesRevision.objects.filter(draft=draft).count() == 9


def test_steps_of_bare_rows():
    rows = [
        (1, "begun"),
        (2, "changed"),
        (3, "changed"),
        (4, "undone"),
        (5, "undone"),
        (6, "redone"),
    ]
    assert (steps(rows).back, steps(rows).forth) == (1, 3)


def test_any_revision_can_stand_again():
    draft = begun(make.draft())
    changed(draft, QUOTA, count=30)
    now = fresh(draft)
    services.restore_draft(actor=OFFICE, draft=now, revision=2, number=1, at=AT)
    assert fresh(draft).text == packaged(make.CODE)
    assert fresh(draft).revision == 3


def test_who_saves_second_is_told_and_nothing_is_written():
    draft = begun(make.draft())
    seen = fresh(draft)
    changed(draft, QUOTA, count=30)
    said = refused(
        "draft_moved",
        services.save_sheet,
        actor=SECOND,
        draft=seen,
        revision=seen.revision,
        path=QUOTA,
        changes={"count": 35},
    )
    assert said.startswith(OFFICE.name)
    assert law_of(draft).stages["selection"].quota.count == 30
    assert fresh(draft).revision == 2


@pytest.mark.parametrize("role", ["supervisor", "leader", "unit_manager", "exam_officer"])
def test_only_the_office_writes(role):
    season = make.draft()
    actor = people.actor(role, season=season.code)
    refused("forbidden", services.begin_draft, actor=actor, season=season)
    draft = begun(season)
    refused("forbidden", services.drop_draft, actor=actor, draft=draft, revision=1)


def test_items_are_added_moved_and_taken_away():
    draft = begun(make.draft())
    told = {"actor": OFFICE, "at": AT}

    def now():
        held = fresh(draft)
        return {"draft": held, "revision": held.revision} | told

    services.add_item(
        path="awards",
        changes={"title": "新秀奖", "to": "person", "stage": "final", "ranks": [16, 20]},
        **now(),
    )
    award = law_of(draft).awards[-1]
    assert (award.id, award.title, award.ranks) == ("award-8", "新秀奖", (16, 20))
    services.move_item(path="awards.award-8", by=-1, **now())
    assert law_of(draft).awards[-2].title == "新秀奖"
    services.add_item(
        path="calendar", changes={"": "training", "title": "集训", "words": "9月"}, **now()
    )
    assert law_of(draft).calendar["training"].title == "集训"
    services.add_item(path="calendar", changes={"title": "复训", "words": "10月"}, **now())
    assert list(law_of(draft).calendar)[-1].startswith("window-")
    refused(
        "edit_name",
        services.add_item,
        path="calendar",
        changes={"": "A b"},
        **{k: v for k, v in now().items() if k != "at"},
    )
    services.remove_item(path="calendar.training", **now())
    assert "training" not in law_of(draft).calendar


def test_a_window_is_left_open_in_one_go():
    draft = begun(make.draft())
    services.tell_later(actor=OFFICE, draft=draft, revision=1, path="calendar.final", at=AT)
    window = law_of(draft).calendar["final"]
    assert (window.later, window.latest, window.words) == (True, None, "时间另行通知")


def test_keys_are_taken_away():
    draft = changed(begun(make.draft()), "stages.selection.advance[0]", source=GONE)
    assert law_of(draft).stages["selection"].advance[0].source == ""


def test_an_uploaded_text_with_errors_is_kept():
    draft = begun(make.draft(), text="rulebook: 1\r\ntitle: [\n")
    assert fresh(draft).text == "rulebook: 1\ntitle: [\n"
    assert selectors.check(draft.text).law is None


def test_an_uploaded_text_that_extends_another_is_written_in_full():
    text = "rulebook: 1\nid: own\ntitle: 本市练兵\nextends: sichuan-2022\nchange: {stages.selection.quota.count: 30}\n"
    draft = begun(make.draft(), text=text)
    assert [one.act for one in draft.revisions.all()] == ["uploaded", "expanded"]
    assert load(draft.text).hash == load(text).hash
    assert list(editing.read(draft.text))[:3] == ["rulebook", "id", "title"]
    changed(draft, QUOTA, count=20)
    assert law_of(draft).stages["selection"].quota.count == 20


@pytest.mark.parametrize(
    ("text", "code"), [("a\x00", "text_nul"), ("#" * 500_000, "edit_too_long")]
)
def test_what_no_draft_can_hold_is_refused(text, code):
    refused(code, services.begin_draft, actor=OFFICE, season=make.draft(), text=text)


def test_a_dropped_draft_is_closed_and_its_record_stays():
    draft = changed(begun(make.draft()), QUOTA, count=30)
    services.drop_draft(actor=OFFICE, draft=draft, revision=2, at=AT)
    refused("draft_closed", services.undo_draft, actor=OFFICE, draft=fresh(draft), revision=2)
    assert draft.revisions.count() == 2
    assert not selectors.list_drafts(draft.season)


# Adoption --------------------------------------------------------------------------------------


@pytest.fixture
def heard():
    told = []
    events.in_transaction(RulesChanged, told.append)
    yield told
    events._inside[RulesChanged].remove(told.append)


def test_adoption_is_a_new_version_and_the_old_one_stays(heard):
    season = make.opened()
    draft = begun(season)
    changed(draft, QUOTA, count=30)
    version = adopted(draft)
    season = selectors.get_season(season.code)
    assert (version.number, version.reason) == (2, "补充通知第2号")
    assert selectors.rulebook_of(season).stages["selection"].quota.count == 30
    old = selectors.law_of(selectors.get_rule_version(season, 1))
    assert old.stages["selection"].quota.count == 40
    assert heard == [RulesChanged(season.code, 2, version.rulebook.hash)]
    entry = LedgerEntry.objects.filter(chain=season.code).latest("seq")
    told = json.loads(bytes(entry.payload))["data"]
    assert (entry.act, told["reason"], told["hash"]) == (
        "rules.adopted",
        "补充通知第2号",
        version.rulebook.hash,
    )
    assert fresh(draft).state == "adopted"


def test_adoption_needs_a_reason_sound_rules_and_a_difference():
    season = make.draft()
    draft = begun(season)
    told = {"actor": OFFICE, "draft": draft, "revision": 1}
    refused("rules_reason", services.adopt_draft, reason=" ", **told)
    assert "第1版" in refused("rules_same", services.adopt_draft, reason="x", **told)
    changed(draft, QUOTA, count="三十")
    told = {"actor": OFFICE, "draft": fresh(draft), "revision": 2}
    assert "1处错误" in refused("rules_wrong", services.adopt_draft, reason="x", **told)
    assert selectors.get_season(season.code).rulebook_id == season.rulebook_id


def test_only_the_office_adopts():
    draft = changed(begun(make.draft()), QUOTA, count=30)
    actor = people.actor("supervisor", season=make.CODE)
    refused("forbidden", services.adopt_draft, actor=actor, draft=draft, revision=2, reason="x")


def test_two_drafts_one_adopted_meanwhile_are_put_together():
    season = make.draft()
    mine, theirs = begun(season), begun(season)
    changed(mine, QUOTA, count=30)
    changed(theirs, "stages.advancement.team", top=15)
    changed(theirs, QUOTA, count=35)
    adopted(theirs)
    now = fresh(mine)
    said = refused(
        "rules_moved", services.adopt_draft, actor=OFFICE, draft=now, revision=2, reason="x"
    )
    assert "第2版" in said
    effect = selectors.effect_of(now)
    assert effect.moved
    assert {one.path for one in effect.theirs} == {
        "stages.advancement.team.top",
        "stages.selection.quota.count",
    }
    held, clashes = services.rebase_draft(actor=OFFICE, draft=now, revision=2, at=AT)
    assert (held.base.number, clashes) == (2, ("stages.selection.quota.count",))
    law = law_of(mine)
    assert (law.stages["selection"].quota.count, law.stages["advancement"].team.top) == (30, 15)
    assert adopted(mine).number == 3


def test_a_stage_with_entries_cannot_vanish():
    season = make.opened()
    make.nominated(season, "5101", 1)
    text = packaged(make.CODE)
    rubric = next(n for n, one in enumerate(load(text).awards) if one.rubric is not None)
    for path in (f"awards[{rubric}].rubric", "stages.selection", "visibility.selection"):
        text = editing.remove(text, path)
    for key in ("title-or-points", "selection-ties"):
        text = editing.remove(text, f"assumptions.{key}")
    draft = begun(season, text=text)
    assert selectors.check(draft.text).problems == ()
    told = {"actor": OFFICE, "draft": draft, "revision": draft.revision, "reason": "x"}
    said = refused("rules_entries", services.adopt_draft, **told)
    assert said.startswith("市（州）选拔赛已有1条报名")


def test_stages_without_entries_come_go_and_change_their_titles():
    season = make.draft()
    text = editing.set_value(packaged(make.CODE), "stages.final.title", "省决赛")
    extra = {
        "title": "集训测试",
        "events": ["exam"],
        "total": {"sum": ["exam"]},
        "ranking": {"keys": ["total"]},
    }
    more = editing.set_value(text, "stages.training", extra)
    more = editing.set_value(more, "stages.final.advance", [{"to": "training", "take": "everyone"}])
    adopted(begun(season, text=more))
    rows = list(Stage.objects.filter(season=season).values_list("code", "title", "position"))
    assert rows[2:] == [("final", "省决赛", 3), ("training", "集训测试", 4)]
    adopted(begun(selectors.get_season(season.code), text=text))
    assert not Stage.objects.filter(season=season, code="training").exists()


def test_another_host_is_the_operators_to_name():
    draft = changed(begun(make.draft()), "host", unit="15")
    now = fresh(draft)
    refused("rules_host", services.adopt_draft, actor=OFFICE, draft=now, revision=2, reason="x")


# Questions -------------------------------------------------------------------------------------


def test_a_confirmation_holds_for_its_answer_alone():
    season = make.opened()
    draft = changed(begun(season), "assumptions.team-ties", chosen="总分相同的一律抽签。")
    law = law_of(draft)
    (asked,) = selectors.asked_by(fresh(draft), law)
    assert asked.key == "team-ties"
    told = {"actor": OFFICE, "draft": fresh(draft), "revision": 2, "reason": "x"}
    assert "代表队总分相同" in refused("rules_questions", services.adopt_draft, **told)
    services.confirm_assumption(actor=OFFICE, season=season, key="team-ties", law=law, at=AT)
    assert AssumptionConfirmation.objects.filter(season=season, key="team-ties").count() == 2
    assert adopted(draft).number == 2
    season = selectors.get_season(season.code)
    assert selectors.open_assumptions(season) == []
    back = changed(
        begun(season),
        "assumptions.team-ties",
        chosen=load(packaged(make.CODE)).assumptions["team-ties"].chosen,
    )
    assert selectors.asked_by(fresh(back), law_of(back)) == []  # that answer was confirmed once


def test_a_season_in_preparation_is_asked_when_it_opens():
    season = make.draft()
    make.confirm_all(season)
    changed(draft := begun(season), "assumptions.team-ties", chosen="一律抽签。")
    adopted(draft)
    season = selectors.get_season(season.code)
    assert [state.key for state in selectors.open_assumptions(season)] == ["team-ties"]


# Next year -------------------------------------------------------------------------------------


def test_next_year_is_a_season_of_its_own():
    season = make.opened()
    draft = begun(season, next_code="sichuan-2023", year=2023)
    changed(draft, QUOTA, count=30)
    now = fresh(draft)
    made = services.found_season(actor=OFFICE, draft=now, revision=now.revision, at=AT)
    law = selectors.rulebook_of(made)
    assert (made.code, made.state, law.id, law.year) == (
        "sichuan-2023",
        "draft",
        "sichuan-2023",
        2023,
    )
    assert law.stages["selection"].quota.count == 30
    assert selectors.rulebook_of(selectors.get_season(season.code)).year == 2022
    assert LedgerEntry.objects.filter(chain=season.code, act="season.followed").exists()
    assert len(selectors.open_assumptions(made)) == len(law.assumptions)


def test_next_year_needs_a_free_code_and_the_same_host():
    season = make.opened()
    refused(
        "season_exists",
        services.begin_draft,
        actor=OFFICE,
        season=season,
        next_code=season.code,
        year=2023,
    )
    draft = changed(begun(season, next_code="other", year=2023), "host", unit="15")
    now = fresh(draft)
    refused("rules_host", services.found_season, actor=OFFICE, draft=now, revision=now.revision)
    assert Season.objects.count() == 1


def test_an_operator_still_makes_any_season():
    with pytest.raises(Problems):
        services.create_season(actor=HOUSE, rulebook="rulebook: 1\nx: 1\n", at=AT)
    assert drafts.OFFICE is make.OFFICE
