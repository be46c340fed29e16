"""Results stay what the rules of their day decided; other rules ask for another computation."""

import pytest

from leitai.kernel.errors import DomainError
from leitai.results import evidence, selectors, services
from leitai.results.digests import input_digest, outcome_digest
from leitai.results.models import StageResult
from leitai.rulebook import editing
from leitai.seasons import selectors as seasons_read
from leitai.seasons import services as seasons
from tests.factories import people
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE
from tests.factories.units import HOUSE, csv_file

pytestmark = pytest.mark.django_db


def adopt(path, **changes):
    season = seasons_read.get_season(CODE)
    draft = seasons.begin_draft(actor=OFFICE, season=season, at=AT)
    draft = seasons.save_sheet(
        actor=OFFICE, draft=draft, revision=1, path=path, changes=changes, at=AT
    )
    return seasons.adopt_draft(
        actor=OFFICE, draft=draft, revision=draft.revision, reason="补充通知", at=AT
    )


@pytest.fixture
def published():
    season = small.at_heat()
    result = small.held(season, "heat", publish=True)
    adopt("stages.heat.team", top=1)
    return StageResult.objects.get(pk=result.pk)


def test_a_result_remembers_the_rules_that_decided_it(published):
    assert published.rulebook.hash == published.rulebook_hash
    assert published.outdated
    assert evidence.law_of(published).stages["heat"].team.top == 2
    assert seasons_read.rulebook_of(published.stage.season).stages["heat"].team.top == 1


def test_an_old_result_is_decided_again_by_its_own_rules(published):
    evidence._outcomes.clear()
    law = evidence.law_of(published)
    rows = evidence.rows_of_stage(
        evidence.outcome_of(published), evidence.gather(published.stage.season, "heat", law)
    )
    assert outcome_digest(rows) == published.outcome_digest
    assert [str(row.total) for row in rows.teams] == ["185", "183", "180", "170"]


def test_adoption_changes_no_result_and_decides_nothing_new(published):
    assert (published.state, published.stale_at is not None) == ("published", True)
    assert published.teams.count() == 4
    with pytest.raises(DomainError, match="result_stale"):
        services.write_bundle(actor=OFFICE, season=published.stage.season, at=AT)


def test_a_preview_of_older_rules_is_not_confirmed():
    season = small.at_heat()
    result = services.compute_stage(actor=OFFICE, season=season, stage="heat", at=AT)
    adopt("stages.heat.team", top=1)
    with pytest.raises(DomainError, match="result_stale"):
        services.confirm_result(actor=OFFICE, result=result, at=AT)


def test_the_office_computes_anew_by_the_rules_in_force(published):
    season = seasons_read.get_season(CODE)
    new = services.compute_stage(actor=OFFICE, season=season, stage="heat", at=AT)
    assert (new.version, new.outdated) == (2, False)
    assert [row.total for row in new.teams.all()] == ["95", "92", "90", "90"]
    old = StageResult.objects.get(pk=published.pk)
    assert (old.rulebook_hash, old.outcome_digest) == (
        published.rulebook_hash,
        published.outcome_digest,
    )


def test_rules_that_come_back_make_no_result_outdated(published):
    adopt("stages.heat.team", top=2)
    assert not StageResult.objects.get(pk=published.pk).outdated


def test_pages_say_by_which_rules_a_result_was_computed(published, client):
    page = client.get(f"/s/{CODE}/results/heat/").content.decode()
    assert "已公布" in page
    assert "按第 1 版规则计算" in page
    client.force_login(people.account("a-office", "office", season=CODE))
    page = client.get(f"/office/{CODE}/results/heat/").content.decode()
    assert "这一版是按第1版规则计算的，规则已有新版" in page
    assert "下一步：计算" in page


def test_why_is_answered_by_the_rules_of_the_result(published):
    result = selectors.get_version(OFFICE, CODE, "heat", 1)
    why = selectors.why(
        result, track="individual", board="main",
        upper=small.entry("5101-1"), lower=small.entry("51-province-1"),
    )  # fmt: skip
    assert why.steps[0].verdict == "decides"


# Facts -----------------------------------------------------------------------------------------


def starred(*entries):
    rows = ["person,kind,key,value,from,to,source"]
    rows += [f"p-{entry},title,日日学之星,,2022-05-31,,学习平台" for entry in entries]
    seasons.import_facts(actor=HOUSE, source=csv_file("\n".join(rows), "facts.csv"), at=AT)


@pytest.fixture
def with_stars(monkeypatch):
    where = {"has": {"kind": "title", "key": "日日学之星"}}
    text = editing.set_value(small.TEXT, "stages.heat.advance[1].where", where)
    monkeypatch.setattr(small, "TEXT", text)


def test_rules_that_read_no_facts_are_decided_without():
    season = small.at_heat()
    starred("51-province-1")
    gathered = evidence.gather(season, "heat")
    assert gathered.facts is None


def test_facts_that_rules_read_decide_and_stand_in_the_digest(with_stars):
    season = small.at_heat()
    starred("51-province-2")
    result = services.compute_stage(actor=OFFICE, season=season, stage="heat", at=AT)
    alone = result.advancements.filter(as_kind="individual").values_list("entry__code", flat=True)
    assert small.entry("51-province-2") in alone
    assert small.entry("51-province-1") not in alone
    before = input_digest(evidence.gather(season, "heat"))
    assert before == result.input_digest
    starred("51-province-1")
    assert input_digest(evidence.gather(season, "heat")) != before
    with pytest.raises(DomainError, match="result_stale"):
        services.confirm_result(actor=OFFICE, result=result, at=AT)


def test_a_result_by_facts_verifies_in_its_bundle(with_stars):
    season = small.at_heat()
    starred("51-province-2")
    small.held(season, "heat")
    assert services.write_bundle(actor=OFFICE, season=season, at=AT).exists()
