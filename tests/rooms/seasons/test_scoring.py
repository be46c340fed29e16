import pytest

from leitai.base import events
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.rulebook.data import AdvanceRow, EntryIn, Reason, ResolutionIn, ScoreIn
from leitai.seasons import selectors, services
from leitai.seasons.events import EntriesAdvanced, ScoreChanged
from leitai.seasons.models import Entry, Score
from leitai.seasons.services import NewScore
from tests.factories import seasons as make
from tests.factories.units import HOUSE

pytestmark = pytest.mark.django_db
KEYS = {"multiple": 3200, "seconds": 2710}


@pytest.fixture
def season():
    """Three entries of Chengdu and one of the province, entered for the contest."""
    season = make.opened()
    make.nominated(season, "5101", 3)
    make.nominated(season, "51-province", 1)
    services.confirm_entries(actor=make.OFFICE, season=season, stage="selection", at=make.AT)
    advance(season, "selection", "advancement", selection_codes())
    return season


@pytest.fixture
def heard():
    told = []
    for kind in (ScoreChanged, EntriesAdvanced):
        events.in_transaction(kind, told.append)
    yield told
    for kind in (ScoreChanged, EntriesAdvanced):
        events._inside[kind].remove(told.append)


def selection_codes():
    entries = Entry.objects.filter(stage__code="selection").order_by("delegation__position", "code")
    return list(entries.values_list("code", flat=True))


def advance(season, stage, to_stage, codes, as_="individual"):
    rows = [
        AdvanceRow(
            stage=stage,
            to_stage=to_stage,
            track="individual",
            entry=code,
            delegation=code.removeprefix("2022-").rpartition("-")[0],
            as_=as_,
            reason=Reason("advance_everyone", {"stage": "市（州）选拔赛"}),
        )
        for code in codes
    ]
    return services.enter_advanced(
        actor=HOUSE, season=season, to_stage=to_stage, rows=rows, at=make.AT
    )


def record(season, *scores, stage="advancement", **options):
    return services.record_scores(
        actor=HOUSE, season=season, stage=stage, event="exam", scores=scores, at=make.AT, **options
    )


def score(number, value, **options):
    options = {"keys": KEYS, "decimals": 2, "source": f"sitting:{number}", **options}
    return NewScore(entry=f"2022-5101-0{number}", value=value, **options)


def test_enter_advanced_keeps_code_person_and_delegation(season):
    entry = Entry.objects.get(stage__code="advancement", code="2022-51-province-01")
    assert (entry.person.code, entry.delegation.unit.code) == ("p-51-province-1", "51-province")
    assert (entry.as_kind, entry.state) == ("individual", "confirmed")
    assert entry.reason == {"code": "advance_everyone", "data": {"stage": "市（州）选拔赛"}}


def test_enter_advanced_again_changes_nothing(season, heard):
    advance(season, "selection", "advancement", selection_codes())
    assert heard == []
    assert LedgerEntry.objects.filter(act="entries.advanced").count() == 1


def test_enter_advanced_follows_a_revised_advancement(season, heard):
    codes = selection_codes()
    entries = advance(season, "selection", "advancement", codes[1:])
    assert [entry.code for entry in entries] == codes[1:]
    assert Entry.objects.get(stage__code="advancement", code="2022-5101-01").state == "withdrawn"
    advance(season, "selection", "advancement", codes)
    assert Entry.objects.get(stage__code="advancement", code="2022-5101-01").state == "confirmed"
    assert heard == [
        EntriesAdvanced(season.code, "advancement", (), ("2022-5101-01",)),
        EntriesAdvanced(season.code, "advancement", ("2022-5101-01",), ()),
    ]


def test_enter_advanced_changes_how_somebody_comes_in(season):
    advance(season, "selection", "advancement", selection_codes(), as_="team")
    kinds = Entry.objects.filter(stage__code="advancement").values_list("as_kind", flat=True)
    assert set(kinds) == {"team"}


def test_enter_advanced_does_not_drop_who_has_a_score(season):
    record(season, score(1, 8650))
    with pytest.raises(DomainError, match="entries_scored"):
        advance(season, "selection", "advancement", selection_codes()[1:])


def test_enter_advanced_knows_only_entries_of_the_stage_before(season):
    with pytest.raises(DomainError, match="entry_unknown"):
        advance(season, "advancement", "final", ["2022-5101-99"])


def test_record_scores_tells_who_changed(season, heard):
    made = record(season, score(2, 8650), score(1, 9000))
    assert [(one.entry.code, one.value, one.state) for one in made] == [
        ("2022-5101-02", 8650, "provisional"),
        ("2022-5101-01", 9000, "provisional"),
    ]
    codes = ("2022-5101-01", "2022-5101-02")
    assert heard == [ScoreChanged(season.code, "advancement", "individual", "exam", codes)]


def test_record_scores_supersedes_and_never_overwrites(season, heard):
    record(season, score(1, 9000), score(2, 8650))
    record(season, score(1, 9000), score(2, 8700))
    rows = Score.objects.order_by("pk").values_list("entry__code", "value", "state")
    assert list(rows) == [
        ("2022-5101-01", 9000, "provisional"),
        ("2022-5101-02", 8650, "superseded"),
        ("2022-5101-02", 8700, "provisional"),
    ]
    assert heard[1].entries == ("2022-5101-02",)


def test_record_scores_again_tells_nobody(season, heard):
    first = record(season, score(1, 9000))
    assert record(season, score(1, 9000)) == first
    assert len(heard) == 1


def test_record_scores_refuses_what_the_event_does_not_allow(season):
    with pytest.raises(Problems) as caught:
        record(
            season,
            score(1, 10001),
            score(1, 9000),
            score(2, 865, decimals=1),
            score(3, 0, status="ill", keys={"luck": 1}),
        )
    assert [(problem.place, problem.code) for problem in caught.value.problems] == [
        ("2022-5101-01", "score_out_of_range"),
        ("2022-5101-01", "score_repeated"),
        ("2022-5101-02", "score_places"),
        ("2022-5101-03", "score_status"),
        ("2022-5101-03", "score_keys"),
    ]
    assert caught.value.problems[0].data == {
        "entry": "2022-5101-01",
        "value": "100.01",
        "min": "0",
        "max": "100",
    }
    assert Score.objects.count() == 0


def test_record_scores_refuses_strangers(season):
    with pytest.raises(DomainError, match="entry_unknown"):
        record(season, score(9, 100))
    with pytest.raises(DomainError, match="event_unknown"):
        record(season, stage="selection")


def test_confirm_scores_confirms_what_is_provisional(season):
    record(season, score(1, 9000), score(2, 8650))
    confirm = {"actor": make.OFFICE, "season": season, "stage": "advancement", "at": make.AT}
    assert [services.confirm_scores(**confirm) for _ in range(2)] == [2, 0]
    assert set(Score.objects.values_list("state", flat=True)) == {"confirmed"}


def test_record_draw_can_be_recomputed(season):
    # The order was worked out apart, with hashlib alone, as draw-1 says.
    draw = services.record_draw(
        actor=make.OFFICE,
        season=season,
        purpose="第3名同分",
        pool=["c", "a", "b"],
        key=" 福彩3D第2022188期 935 ",
        at=make.AT,
    )
    assert (draw.pool, draw.key) == (["a", "b", "c"], "福彩3D第2022188期 935")
    assert draw.outcome == by_hand(draw.pool, draw.key)
    assert selectors.draw_holds(draw)
    draw.outcome = draw.outcome[::-1]
    assert not selectors.draw_holds(draw)


def by_hand(pool, key):
    from hashlib import sha256

    left, drawn = list(pool), []
    for step in range(len(pool)):
        edge = bytes([0, step])
        number = int(sha256(edge + key.encode() + edge).hexdigest(), 16)
        drawn.append(left.pop(number % len(left)))
    return drawn


@pytest.mark.parametrize(
    ("pool", "key", "code"), [(["a", "a"], "k", "draw_pool"), (["a"], " ", "draw_key")]
)
def test_record_draw_refuses(season, pool, key, code):
    with pytest.raises(DomainError, match=code):
        services.record_draw(
            actor=make.OFFICE, season=season, purpose="x", pool=pool, key=key, at=make.AT
        )


def resolve(season, order, **options):
    options = {"how": "vote", "note": "", **options}
    return services.record_resolution(
        actor=make.OFFICE,
        season=season,
        stage="advancement",
        board="main",
        line="advance:final",
        order=order,
        at=make.AT,
        **options,
    )


def test_record_resolution_by_draw_says_what_was_drawn(season):
    draw = services.record_draw(
        actor=make.OFFICE, season=season, purpose="x", pool=["a", "b"], key="k", at=make.AT
    )
    made = resolve(season, draw.outcome, how="draw", draw=draw)
    assert (made.draw, made.order, made.track) == (draw, draw.outcome, "individual")
    for options, code in (
        ({"how": "draw"}, "resolution_draw"),
        ({"how": "draw", "draw": draw, "order": draw.outcome[::-1]}, "draw_differs"),
        ({"how": "coin"}, "resolution_how"),
        ({"order": ["a", "a"]}, "resolution_twice"),
    ):
        with pytest.raises(DomainError, match=code):
            resolve(season, **{"order": draw.outcome, **options})


def test_decision_inputs_are_what_the_engine_reads(season):
    record(season, score(1, 9000), score(2, 0, status="absent", keys={}))
    resolve(season, ["x", "y"])
    resolve(season, ["y", "x"], note="复议")
    inputs = selectors.decision_inputs(season, "advancement")
    assert inputs.stages == ("selection", "advancement")
    assert len(inputs.entries) == 8
    assert inputs.entries[-1] == EntryIn(
        id="2022-5101-03",
        stage="advancement",
        track="individual",
        name="选手3",
        delegation="5101",
        person="p-5101-3",
        as_="individual",
    )
    assert inputs.scores == (
        ScoreIn("advancement", "individual", "exam", "2022-5101-01", 9000, 2, "ok", KEYS),
        ScoreIn("advancement", "individual", "exam", "2022-5101-02", 0, 2, "absent", {}),
    )
    assert inputs.resolutions == (
        ResolutionIn(
            "advancement", "individual", "main", "advance:final", ("y", "x"), "vote", "复议"
        ),
    )
    assert inputs.delegations[0] == "5101"
    assert inputs.delegations[-1] == "51-province"
    assert selectors.decision_inputs(season, "selection").scores == ()


def test_decision_inputs_void_a_voided_contestants_score(season):
    record(season, score(1, 9000))
    Entry.objects.filter(stage__code="advancement", code="2022-5101-01").update(state="void")
    assert selectors.decision_inputs(season).scores[0].status == "void"


def test_decision_inputs_leave_out_the_withdrawn_and_unconfirmed(season):
    Entry.objects.filter(stage__code="advancement").exclude(code="2022-5101-01").update(
        state="withdrawn"
    )
    later = [
        one.id for one in selectors.decision_inputs(season).entries if one.stage != "selection"
    ]
    assert later == ["2022-5101-01"]


def test_decision_inputs_take_few_queries(season, django_assert_num_queries):
    record(season, score(1, 9000), score(2, 8000))
    with django_assert_num_queries(6):  # entries, teams, scores, resolutions, facts, delegations
        selectors.decision_inputs(season)
