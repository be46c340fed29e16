"""Compute, confirm, publish and correct: the whole small season, worked out by hand."""

import pytest

from leitai.base import events
from leitai.base.actor import NOBODY
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.results import selectors, services
from leitai.results.events import ResultConfirmed, ResultPublished, StandingRevised
from leitai.results.models import StageResult
from leitai.seasons.models import Entry, Resolution
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, HEAT, OFFICE, entry
from tests.factories.units import HOUSE

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """Everything that results announce, in order."""
    found = []
    for kind in (ResultConfirmed, ResultPublished, StandingRevised):
        monkeypatch.setitem(events._inside, kind, [found.append])
    return found


def compute(season, stage):
    return services.compute_stage(actor=OFFICE, season=season, stage=stage, at=AT)


def board(result, name="main"):
    rows = result.standings.filter(board=name).order_by("position")
    return [(row.rank, row.entry.code.removeprefix("2022-"), row.total) for row in rows]


def teams(result):
    rows = result.teams.select_related("delegation__unit")
    return [(row.rank, row.delegation.unit.code, row.total, row.advanced) for row in rows]


def awards(result):
    return [
        (row.award, row.entry.code.removeprefix("2022-") if row.entry else row.delegation.unit.code)
        for row in result.awards.select_related("entry", "delegation__unit")
    ]


def test_heat_is_ranked_by_total_then_multiple_then_seconds():
    result = compute(small.at_heat(), "heat")
    assert board(result) == [
        (1, "5101-1", "95"),
        (2, "51-province-1", "92"),
        (3, "51-province-2", "91"),
        (4, "5103-1", "90"),
        (5, "5103-2", "90"),
        (6, "5101-2", "90"),
        (7, "5104-1", "90"),
        (8, "5104-2", "80"),
        (9, "5103-3", "70"),
        (10, "5101-3", "60"),
        (11, "5104-3", "50"),
    ]
    assert board(result, "team:5103") == [
        (1, "5103-1", "90"), (2, "5103-2", "90"), (3, "5103-3", "70"),
    ]  # fmt: skip
    assert teams(result) == [
        (1, "5101", "185", True),
        (2, "51-province", "183", False),
        (3, "5103", "180", True),
        (4, "5104", "170", False),
    ]
    assert (result.version, result.state, result.blocked) == (1, "preview", [])


def test_confirming_enters_teams_and_best_individuals_into_the_next_stage(heard):
    season = small.at_heat()
    heard.clear()
    small.held(season, "heat")
    final = Entry.objects.filter(stage__code="final").order_by("code")
    assert [(row.code.removeprefix("2022-"), row.as_kind, row.state) for row in final] == [
        ("51-province-1", "individual", "confirmed"),
        ("51-province-2", "individual", "confirmed"),
        ("5101-1", "team", "confirmed"),
        ("5101-2", "team", "confirmed"),
        ("5103-1", "team", "confirmed"),
        ("5103-2", "team", "confirmed"),
    ]
    assert heard == [ResultConfirmed(season=CODE, stage="heat", version=1, last=False)]


def test_last_stage_gives_the_awards_with_succession():
    result = small.held(small.at_final(), "final")
    assert teams(result) == [(1, "5103", "179", False), (2, "5101", "174", False)]
    assert sorted(awards(result)) == [
        ("first", "5103"),
        ("scholar", "5103-1"),
        ("second", "5101"),
        ("star", "51-province-1"),
        ("star", "5101-1"),
        ("star", "5103-2"),  # 5103-1 is scholar: the next one follows
        ("star", "5104-1"),
    ]
    assert {row.basis for row in result.awards.filter(award="star")} == {
        "heat/individual/team:5101/1",
        "heat/individual/team:5103/2",
        "heat/individual/team:5104/1",
        "heat/individual/team:51-province/1",
    }


def test_stage_without_scores_cannot_be_confirmed():
    season = small.at_heat()
    small.held(season, "heat")
    result = compute(season, "final")
    assert (result.standings.count(), result.awards.count()) == (0, 0)
    with pytest.raises(DomainError, match="result_empty"):
        services.confirm_result(actor=OFFICE, result=result, at=AT)


def test_final_cannot_be_confirmed_while_the_heat_is_stale():
    season = small.at_final()
    small.score(season, "heat", {"5104-3": (5100, 2000, 3000)})
    result = compute(season, "final")
    with pytest.raises(DomainError) as refused:
        services.confirm_result(actor=OFFICE, result=result, at=AT)
    assert (refused.value.code, refused.value.data) == ("result_stage_before", {"before": "晋级赛"})
    small.held(season, "heat")
    services.confirm_result(actor=OFFICE, result=result, at=AT)


def test_same_inputs_give_the_same_digests_and_a_new_version():
    season = small.at_heat()
    first, second = compute(season, "heat"), compute(season, "heat")
    assert (first.version, second.version) == (1, 2)
    assert first.input_digest == second.input_digest
    assert first.outcome_digest == second.outcome_digest
    assert first.rulebook_hash == season.rulebook.hash
    states = StageResult.objects.filter(stage__code="heat").order_by("version")
    assert [row.state for row in states] == ["superseded", "preview"]


def test_later_scores_leave_the_digest_of_an_earlier_stage_alone():
    season = small.at_heat()
    first = small.held(season, "heat")
    small.score(season, "final", small.FINAL)
    assert compute(season, "heat").input_digest == first.input_digest


def test_only_the_office_may_compute_and_decide():
    season = small.at_heat()
    with pytest.raises(DomainError, match="forbidden"):
        services.compute_stage(actor=NOBODY, season=season, stage="heat", at=AT)
    result = services.compute_stage(actor=HOUSE, season=season, stage="heat", at=AT)
    stranger = make.actor("office", season=CODE, unit="51/5101/")
    for actor in (NOBODY, HOUSE, stranger):
        with pytest.raises(DomainError, match="forbidden"):
            services.confirm_result(actor=actor, result=result, at=AT)
    result.refresh_from_db()
    assert result.state == "preview"


def test_publishing_needs_confirmation_first():
    result = compute(small.at_heat(), "heat")
    with pytest.raises(DomainError, match="result_not_confirmed"):
        services.publish_result(actor=OFFICE, result=result, at=AT)
    result = services.confirm_result(actor=OFFICE, result=result, at=AT)
    with pytest.raises(DomainError, match="result_not_preview"):
        services.confirm_result(actor=OFFICE, result=result, at=AT)
    assert services.publish_result(actor=OFFICE, result=result, at=AT).state == "published"


def test_older_version_cannot_be_confirmed():
    season = small.at_heat()
    old = compute(season, "heat")
    compute(season, "heat")
    with pytest.raises(DomainError) as refused:
        services.confirm_result(actor=OFFICE, result=old, at=AT)
    assert refused.value.code == "result_superseded"
    assert refused.value.data == {"version": 1, "latest": 2}


def test_corrected_score_marks_the_result_stale_and_a_new_version_replaces_it(heard):
    season = small.at_heat()
    old = small.held(season, "heat", publish=True)
    heard.clear()
    small.score(season, "heat", {"5101-3": (9990, 4000, 3000)})
    old.refresh_from_db()
    assert (old.state, old.stale_at is not None) == ("published", True)
    new = compute(season, "heat")
    assert heard == [StandingRevised(CODE, "heat", before=1, after=2, changed=True)]
    services.confirm_result(actor=OFFICE, result=new, at=AT)
    assert [row[1] for row in board(new)[:2]] == ["5101-3", "5101-1"]
    old.refresh_from_db()
    assert old.state == "published"  # until the newer one is
    services.publish_result(actor=OFFICE, result=new, at=AT)
    old.refresh_from_db()
    assert old.state == "superseded"
    assert set(
        Entry.objects.filter(stage__code="final", state="confirmed").values_list("code", flat=True)
    ) == {entry(one) for one in ("5101-3", "5101-1", "5103-1", "5103-2", "51-province-1")}


def test_stale_preview_cannot_be_confirmed():
    season = small.at_heat()
    result = compute(season, "heat")
    small.score(season, "heat", {"5101-3": (6100, 2000, 3000)})
    with pytest.raises(DomainError, match="result_stale"):
        services.confirm_result(actor=OFFICE, result=result, at=AT)


# 5103-2 and 5103-3 tie in every key at the second of two places in their team.
TIED = {**HEAT, "5103-3": HEAT["5103-2"]}


def test_tie_at_a_line_blocks_until_it_is_drawn():
    season = small.at_heat(TIED)
    result = compute(season, "heat")
    assert [
        (row["board"], row["line"], row["entries"], row["needs"]) for row in result.blocked
    ] == [("team:5103", "advance:final", [entry("5103-2"), entry("5103-3")], "draw")]
    with pytest.raises(DomainError, match="result_blocked"):
        services.confirm_result(actor=OFFICE, result=result, at=AT)
    resolved = services.resolve_by_draw(
        actor=OFFICE, result=result, index=0, numbers=[5, 3, 6], note="见证人岑雪桥", at=AT
    )
    assert (resolved.version, resolved.blocked) == (2, [])
    draw = Resolution.objects.get().draw
    manifest = (
        '{"pool":["2022-5103-2","2022-5103-3"],'
        '"purpose":"heat/individual/team:5103/advance:final","season":"small-contest"}'
    )
    import hashlib

    digest = hashlib.sha256(manifest.encode()).hexdigest().upper()
    assert draw.key == f"{digest}/3.5.6./"
    assert draw.purpose == "同分：晋级赛 自贡市 进入总决赛"  # as the public reads it
    first = hashlib.sha256(b"\0\0" + draw.key.encode() + b"\0\0").digest()
    expected = draw.pool if int.from_bytes(first, "big") % 2 == 0 else draw.pool[::-1]
    assert draw.outcome == expected
    advanced = set(resolved.advancements.values_list("entry__code", flat=True))
    assert (expected[0] in advanced, expected[1] in advanced) == (True, False)
    inside = [row[:2] for row in board(resolved, "team:5103")]
    assert inside[1:] == [
        (2, expected[0].removeprefix("2022-")), (3, expected[1].removeprefix("2022-")),
    ]  # fmt: skip
    services.confirm_result(actor=OFFICE, result=resolved, at=AT)


def test_draw_needs_numbers_and_a_tie_that_is_there():
    result = compute(small.at_heat(TIED), "heat")
    for index, numbers, code in ((1, [1], "result_tie_unknown"), (0, [], "result_draw_numbers")):
        with pytest.raises(DomainError, match=code):
            services.resolve_by_draw(
                actor=OFFICE, result=result, index=index, numbers=numbers, at=AT
            )
    assert Resolution.objects.count() == 0


def test_every_deciding_act_is_in_the_ledger():
    small.held(small.at_heat(), "heat", publish=True)
    acts = LedgerEntry.objects.filter(chain=CODE, subject="result:heat:1").order_by("seq")
    assert [row.act for row in acts] == ["result.computed", "result.confirmed", "result.published"]


def test_outcome_of_a_stored_result_can_be_had_again():
    result = small.held(small.at_heat(), "heat", publish=True)
    why = selectors.why(
        result, track="individual", board="main", upper=entry("5103-1"), lower=entry("5103-2")
    )
    assert [(step.upper, step.lower, step.verdict) for step in why.steps] == [
        ("90.00分", "90.00分", "same"),
        ("36.00分", "34.00分", "decides"),
        ("3000秒", "2800秒", "unused"),
    ]
    assert (why.upper.name, why.upper.rank, why.lower.name, why.lower.rank) == (
        "选手1", 4, "选手2", 5,
    )  # fmt: skip
