"""One wrong mark: previewed, approved by another officer, and followed to its end by itself.

Worked out from the small contest: in the heat 自贡 has 90.00 (36.00), 90.00 (34.00) and 70.00, and
two of them go on; in the final 自贡's first has 94.00, 省本级's first 90.00.
"""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from leitai.base import events
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger import services as ledger
from leitai.ledger.models import LedgerEntry
from leitai.messages.models import Delivery
from leitai.results import services
from leitai.results.events import AwardRevised, StandingRevised
from leitai.results.models import Award, StageResult
from leitai.results.services import Correction, MarkChange, Withdrawal
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Score
from leitai.seasons.services import NewScore
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE, entry

pytestmark = pytest.mark.django_db
LEADER = make.actor("leader", season=CODE, account="8")
KEYS = {"multiple": 2000, "seconds": 3000}


@pytest.fixture
def heard(monkeypatch):
    found = []
    for kind in (AwardRevised, StandingRevised):
        monkeypatch.setitem(events._inside, kind, [found.append])
    return found


def mark(short, value, stage="heat", **more):
    return Correction(stage, "individual", "exam", entry(short), value, keys=KEYS, **more)


def propose(season, correction, reason="第3题得分漏登"):
    return services.propose_correction(
        actor=OFFICE, season=season, correction=correction, reason=reason, at=AT
    )


def newest(stage):
    return StageResult.objects.filter(stage__code=stage).latest("version")


def in_final():
    rows = Entry.objects.filter(stage__code="final", state="confirmed").order_by("code")
    return [row.code.removeprefix("2022-") for row in rows]


def jobs(name):
    return [one.args for one in ProcrastinateJob.objects.filter(task_name=name)]


SWAP = [
    "选手3（自贡市）晋级赛统一在线比试由70.00分更正为90.50分。",
    "选手2（自贡市）不再进入总决赛。",
    "选手3（自贡市）进入总决赛。",
    "自贡市晋级赛总分由180.00分改为180.50分，名次仍为第3名。",
    "选手3（自贡市）晋级赛总分由70.00分改为90.50分，名次由第9名变为第4名。",
    "选手1（自贡市）晋级赛名次由第4名变为第5名。",
    "选手2（自贡市）晋级赛名次由第5名变为第6名。",
    "选手2（成都市）晋级赛名次由第6名变为第7名。",
    "选手1（攀枝花市）晋级赛名次由第7名变为第8名。",
    "选手2（攀枝花市）晋级赛名次由第8名变为第9名。",
]


def test_a_preview_names_who_swaps_at_the_cut_and_writes_nothing():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    before = (Score.objects.count(), StageResult.objects.count(), LedgerEntry.objects.count())
    effect = services.preview_change(
        season=season,
        stage="heat",
        changes=[MarkChange("individual", "exam", entry("5103-3"), 9050, 2)],
    )
    assert effect.lines() == SWAP[1:]
    assert [(one.key, one.gained) for one in effect.turns] == [
        (entry("5103-2"), False),
        (entry("5103-3"), True),
    ]
    assert (
        Score.objects.count(), StageResult.objects.count(), LedgerEntry.objects.count(),
    ) == before  # fmt: skip


def test_a_preview_of_nothing_says_so():
    season = small.at_heat()
    small.held(season, "heat")
    effect = services.preview_change(
        season=season,
        stage="heat",
        changes=[MarkChange("individual", "exam", entry("5104-3"), 5000, 2)],
    )
    assert (effect.nothing, effect.lines()) == (True, ["名次、晋级和奖项均不变。"])


def test_a_preview_shows_the_tie_that_a_correction_would_make():
    season = small.at_heat()
    small.held(season, "heat")
    change = MarkChange(
        "individual", "exam", entry("5103-3"), 9000, 2, keys={"multiple": 3400, "seconds": 2800}
    )
    effect = services.preview_change(season=season, stage="heat", changes=[change])
    assert "第2至3名共2名选手并列" in effect.open[0]


def test_a_correction_swaps_two_at_the_cut_with_no_step_but_the_approval(heard):
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    asked = propose(season, mark("5103-3", 9050))
    assert asked.state == "open"
    assert asked.preview == SWAP
    assert in_final() == ["51-province-1", "51-province-2", "5101-1", "5101-2", "5103-1", "5103-2"]
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    assert in_final() == ["51-province-1", "51-province-2", "5101-1", "5101-2", "5103-1", "5103-3"]
    new = newest("heat")
    assert (new.version, new.state, new.stale_at) == (2, "published", None)
    assert StageResult.objects.get(stage__code="heat", version=1).state == "superseded"
    assert heard == [StandingRevised(CODE, "heat", before=1, after=2, changed=True, held=True)]
    old, score = Score.objects.filter(
        entry__code=entry("5103-3"), entry__stage__code="heat"
    ).order_by("pk")
    assert (old.value, old.state) == (7000, "superseded")
    assert (score.value, score.source) == (9050, f"correction:{asked.pk}")
    acts = LedgerEntry.objects.filter(chain=CODE, act="score.corrected")
    assert acts.count() == 1


def test_a_correction_in_the_last_stage_revises_the_awards(heard):
    season = small.at_final(publish=True)
    small.held(season, "final", publish=True)
    before = {
        (a.award, a.entry.code[5:] if a.entry else a.delegation.unit.code): a.pk
        for a in Award.objects.all()
    }
    asked = propose(season, mark("5103-1", 8400, "final"))
    assert sorted(asked.preview[1:11]) == sorted(
        [
            "自贡市不再获得“一等奖”。",
            "成都市不再获得“二等奖”。",
            "选手1（自贡市）不再获得“人社知识通”。",
            "选手2（自贡市）不再获得“岗位练兵明星”。",
            "选手1（省本级）不再获得“岗位练兵明星”。",
            "成都市获得“一等奖”。",
            "自贡市获得“二等奖”。",
            "选手1（省本级）获得“人社知识通”。",
            "选手1（自贡市）获得“岗位练兵明星”。",
            "选手2（省本级）获得“岗位练兵明星”。",
        ]
    )
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    result = newest("final")
    now = {
        (a.award, a.entry.code[5:] if a.entry else a.delegation.unit.code): a.pk
        for a in result.awards.all()
    }
    assert set(now) == {
        ("first", "5101"), ("second", "5103"), ("scholar", "51-province-1"),
        ("star", "5101-1"), ("star", "5103-1"), ("star", "5104-1"), ("star", "51-province-2"),
    }  # fmt: skip
    revised = {
        one.award_id_before: one.award_id_after for one in heard if hasattr(one, "award_id_after")
    }
    assert revised == {
        before["first", "5103"]: now["second", "5103"],
        before["second", "5101"]: now["first", "5101"],
        before["scholar", "5103-1"]: now["star", "5103-1"],
        before["star", "5103-2"]: None,
        before["star", "51-province-1"]: now["scholar", "51-province-1"],
    }


def test_a_ruling_corrects_through_seasons_and_results_follow(heard):
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    seasons.correct_score(
        actor=make.actor("supervisor", season=CODE, account="12"),
        season=season,
        stage="heat",
        event="exam",
        score=NewScore(entry("5103-3"), 9050, 2, "ruling:1", KEYS),
        reason="异议成立",
        at=AT,
    )
    assert newest("heat").state == "published"
    assert "5103-3" in in_final()


def test_a_correction_that_makes_a_tie_waits_for_the_draw():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    tied = Correction(
        "heat", "individual", "exam", entry("5103-3"), 9000,
        keys={"multiple": 3400, "seconds": 2800},
    )  # fmt: skip
    ledger.approve(actor=LEADER, proposal=propose(season, tied), at=AT)
    new = newest("heat")
    assert (new.state, len(new.blocked)) == ("preview", 1)
    old = StageResult.objects.get(stage__code="heat", version=1)
    assert (old.state, old.stale_at is not None) == ("published", True)


def test_whoever_would_fall_out_of_a_scored_stage_is_left_to_the_supervisors():
    season = small.at_final(publish=True)
    ledger.approve(actor=LEADER, proposal=propose(season, mark("5103-3", 9050)), at=AT)
    assert newest("heat").state == "preview"
    assert "5103-2" in in_final()


def test_a_correction_is_refused_at_the_door():
    season = small.at_heat()
    with pytest.raises(DomainError, match="score_correction_same"):
        propose(season, mark("5103-3", 7000))
    with pytest.raises(Problems) as refused:
        propose(season, mark("5103-3", 10001))
    assert refused.value.problems[0].code == "score_out_of_range"
    with pytest.raises(DomainError, match="forbidden"):
        services.propose_correction(
            actor=make.actor("local_office", season=CODE, unit="51/5103/"),
            season=season, correction=mark("5103-3", 9050), reason="更正", at=AT,
        )  # fmt: skip


def test_a_second_correction_beside_an_open_one_makes_the_first_void():
    season = small.at_heat()
    first = propose(season, mark("5103-3", 9050))
    seasons.correct_score(
        actor=OFFICE, season=season, stage="heat", event="exam", reason="另案",
        score=NewScore(entry("5103-3"), 8000, 2, "ruling:1", KEYS), at=AT,
    )  # fmt: skip
    with pytest.raises(DomainError, match="correction_moved"):
        ledger.approve(actor=LEADER, proposal=first, at=AT)


def test_nobody_approves_what_he_proposed():
    season = small.at_heat()
    asked = propose(season, mark("5103-3", 9050))
    with pytest.raises(DomainError, match="proposal_own"):
        ledger.approve(actor=OFFICE, proposal=asked, at=AT)


def test_a_preview_of_a_withdrawal_shows_who_moves_up():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    effect = services.preview_change(
        season=season,
        stage="heat",
        changes=[Withdrawal("individual", entry("5103-2"), "final")],
    )
    assert [(one.key, one.gained) for one in effect.turns] == [
        (entry("5103-2"), False),
        (entry("5103-3"), True),
    ]


def test_marks_that_change_under_a_result_are_computed_anew_and_the_office_hears_of_it():
    """自贡3's 70.00 becomes 90.50 without a decision: 180.50 for the team, and 自贡2 falls out."""
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    desk = make.account("desk", "office", season=CODE)
    small.score(season, "heat", {"5103-3": (9050, 2000, 3000)})
    assert jobs("results.refresh") == [{"season": CODE, "stage": "heat"}]
    services.refresh_stale(season=CODE, stage="heat", at=AT)
    old, new = StageResult.objects.filter(stage__code="heat").order_by("version")
    assert (old.state, old.stale_at is not None) == ("published", True)
    assert (new.state, new.stale_at, new.version) == ("preview", None, 2)
    assert in_final() == ["51-province-1", "51-province-2", "5101-1", "5101-2", "5103-1", "5103-2"]
    [told] = Delivery.objects.filter(message__title="晋级赛成绩有变动，已重新计算")
    assert told.account_id == desk.pk
    assert services.refresh_stale(season=CODE, stage="heat", at=AT) == ()
    services.publish_result(
        actor=OFFICE, result=services.confirm_result(actor=OFFICE, result=new, at=AT), at=AT
    )
    assert in_final() == ["51-province-1", "51-province-2", "5101-1", "5101-2", "5103-1", "5103-3"]


def test_first_marks_of_a_stage_start_nothing():
    small.at_heat()
    assert jobs("results.refresh") == []
