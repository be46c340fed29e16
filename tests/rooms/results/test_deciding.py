"""What bodies decide: a list in strict mode, a tie by vote, an award nobody ranks; and the end."""

import hashlib

import pytest

from leitai.base import events
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.results import selectors, services
from leitai.results.events import ResultFinalising
from leitai.results.models import StageResult
from leitai.rulebook import editing
from leitai.seasons.models import Entry, Resolution, Season
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, HEAT, OFFICE, entry

pytestmark = pytest.mark.django_db
LEADER = make.actor("leader", season=CODE, account="8")
TIED = {**HEAT, "5103-3": HEAT["5103-2"]}
BODY = "竞赛组委会"


@pytest.fixture
def rules(monkeypatch):
    """Change the rules before the season is made of them."""

    def change(path, value):
        monkeypatch.setattr(small, "TEXT", editing.set_value(small.TEXT, path, value))

    return change


def compute(season, stage="heat"):
    return services.compute_stage(actor=OFFICE, season=season, stage=stage, at=AT)


def decide(result, **more):
    told = {"actor": LEADER, "result": result, "index": 0, "note": "7月18日会议", "at": AT}
    return services.resolve_by_decision(**{**told, **more})


def test_a_list_waits_for_the_body_that_the_rules_name(rules):
    rules("stages.heat.advance[1].confirm", BODY)
    result = compute(small.at_heat())
    assert [(row["needs"], row["entries"]) for row in result.blocked] == [
        ("confirmation", [entry("51-province-1"), entry("51-province-2")])
    ]
    with pytest.raises(DomainError, match="result_blocked"):
        services.confirm_result(actor=OFFICE, result=result, at=AT)
    confirmed = decide(result)
    assert (confirmed.version, confirmed.blocked) == (2, [])
    assert Resolution.objects.get().how == "confirmation"
    services.confirm_result(actor=OFFICE, result=confirmed, at=AT)
    assert Entry.objects.filter(stage__code="final").count() == 6


def test_a_confirmation_holds_for_the_list_that_was_confirmed(rules):
    rules("stages.heat.advance[1].confirm", BODY)
    season = small.at_heat()
    decide(compute(season))
    small.score(season, "heat", {"5104-1": (9300, 3400, 3000)})  # now second of all
    again = compute(season)
    assert [row["entries"] for row in again.blocked] == [[entry("51-province-1"), entry("5104-1")]]


def test_the_lead_confirms_and_a_supervisor_does_not(rules):
    rules("stages.heat.advance[1].confirm", BODY)
    result = compute(small.at_heat())
    with pytest.raises(DomainError, match="forbidden"):
        decide(result, actor=make.actor("supervisor", season=CODE))


def test_a_tie_at_the_cut_is_resolved_by_vote_with_witnesses(rules):
    rules("stages.heat.ranking.unbroken", "vote")
    result = compute(small.at_heat(TIED))
    assert [(row["needs"], row["entries"]) for row in result.blocked] == [
        ("vote", [entry("5103-2"), entry("5103-3")])
    ]
    order = [entry("5103-3"), entry("5103-2")]
    with pytest.raises(DomainError, match="result_witnesses"):
        decide(result, order=order)
    with pytest.raises(DomainError, match="result_order"):
        decide(result, order=order[:1], witnesses=["岑雪桥"])
    resolved = decide(result, order=order, witnesses=["岑雪桥", "万里晴"])
    assert resolved.blocked == []
    advanced = set(resolved.advancements.values_list("entry__code", flat=True))
    assert (entry("5103-3") in advanced, entry("5103-2") in advanced) == (True, False)
    inside = resolved.standings.filter(board="team:5103").order_by("position")
    assert [row.entry.code[5:] for row in inside] == ["5103-1", "5103-3", "5103-2"]
    assert Resolution.objects.get().note == "7月18日会议；见证人：岑雪桥、万里晴"
    reason = inside[1].decided_by
    assert (reason["code"], reason["data"]["how"]) == ("resolved", "vote")


def test_a_tie_that_lots_decide_is_not_decided_by_a_form():
    result = compute(small.at_heat(TIED))
    with pytest.raises(DomainError, match="result_needs_draw"):
        decide(result, order=[entry("5103-3"), entry("5103-2")], witnesses=["岑雪桥"])


ORGANISERS = {
    "id": "organiser", "title": "优秀组织奖", "to": "team", "stage": "final",
    "decided": "committee", "count": 2, "source": "优秀组织奖若干名",
}  # fmt: skip


@pytest.fixture
def organisers(rules, monkeypatch):
    rules("bodies", {"committee": {"title": BODY}})
    monkeypatch.setattr(small, "TEXT", editing.insert(small.TEXT, "awards[4]", ORGANISERS))


@pytest.mark.usefixtures("organisers")
def test_an_award_that_a_body_gives_holds_nobody_up_and_its_newest_word_counts():
    season = small.at_final(publish=True)
    result = small.held(season, "final", publish=True)
    assert (result.awards.filter(award="organiser").count(), result.blocked) == (0, [])
    for holders in (["5104", "5101"], ["5103"]):
        services.decide_award(
            actor=LEADER, season=season, award="organiser", holders=holders, note="会议纪要", at=AT
        )
    newest = StageResult.objects.filter(stage__code="final").latest("version")
    given = newest.awards.filter(award="organiser")
    assert [row.delegation.unit.code for row in given] == ["5103"]
    assert newest.awards.exclude(award="organiser").count() == 7
    with pytest.raises(DomainError, match="award_many"):
        services.decide_award(
            actor=LEADER, season=season, award="organiser",
            holders=["5101", "5103", "5104"], at=AT,
        )  # fmt: skip
    with pytest.raises(DomainError, match="award_not_decided"):
        services.decide_award(actor=LEADER, season=season, award="first", holders=["5101"], at=AT)


# The end ---------------------------------------------------------------------------------------


def test_a_published_result_becomes_final_and_stays_visible():
    result = small.held(small.at_heat(), "heat")
    with pytest.raises(DomainError, match="result_not_published"):
        services.finalise_result(actor=OFFICE, result=result, at=AT)
    services.publish_result(actor=OFFICE, result=result, at=AT)
    final = services.finalise_result(actor=OFFICE, result=result, at=AT)
    assert (final.state, final.final_at) == ("final", AT)
    assert [one.pk for one in selectors.published_stages(CODE)] == [result.pk]
    assert LedgerEntry.objects.filter(chain=CODE, act="result.finalised").count() == 1


def test_whoever_still_handles_an_objection_keeps_it_open(monkeypatch):
    result = small.held(small.at_heat(), "heat", publish=True)

    def refuse(event):
        raise DomainError("result_stale")

    monkeypatch.setitem(events._inside, ResultFinalising, [refuse])
    with pytest.raises(DomainError, match="result_stale"):
        services.finalise_result(actor=OFFICE, result=result, at=AT)
    result.refresh_from_db()
    assert result.state == "published"


def test_the_file_of_a_version_is_what_its_fingerprint_is_of():
    season = small.at_final(publish=True)
    for stage in ("heat", "final"):
        if stage == "final":
            small.held(season, stage)
        result = StageResult.objects.filter(stage__code=stage).latest("version")
        assert hashlib.sha256(selectors.frozen(result)).hexdigest() == result.outcome_digest


def test_the_file_stays_as_it_was_after_a_score_changed():
    season = small.at_heat(TIED)
    result = compute(season)
    before = selectors.frozen(result)
    small.score(season, "heat", {"5101-3": (9990, 4000, 3000)})
    result.refresh_from_db()
    assert selectors.frozen(result) == before
    assert hashlib.sha256(before).hexdigest() == result.outcome_digest


def test_a_closed_season_computes_and_publishes_nothing_and_its_result_becomes_final():
    season = small.at_final(publish=True)
    result = small.held(season, "final")
    heat = StageResult.objects.get(stage__code="heat")
    Season.objects.update(state="closed")
    with pytest.raises(DomainError, match="season_closed"):
        services.compute_stage(actor=OFFICE, season=season, stage="final", at=AT)
    with pytest.raises(DomainError, match="season_closed"):
        services.publish_result(actor=OFFICE, result=result, at=AT)
    assert services.finalise_result(actor=OFFICE, result=heat, at=AT).state == "final"
