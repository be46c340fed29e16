"""A ruling: proposed with its effect, approved by another who decided nothing, carried out."""

import json

import pytest

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.models import LedgerEntry, Proposal
from leitai.ledger.selectors import proposal_page
from leitai.notices import effects, selectors, services
from leitai.notices.models import Objection, Ruling
from leitai.results.models import StageResult
from leitai.results.selectors import standing_result
from leitai.results.selectors.ties import notes_of
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Score, Season
from leitai.seasons.services import NewScore
from leitai.seasons.services.restoring import restore_entry
from tests.factories import people as make
from tests.factories.results import AT, CODE, OFFICE
from tests.rooms.notices.conftest import (
    LEADER,
    OBJECTOR,
    PHONE,
    SUPERVISOR,
    accepted,
    decision,
    draft,
    filed,
)

WRONG = "2022-5104-1"  # keyed as 90.00, rank 7; the paper says 96.00, rank 1


def correction(season, value="96.00", entry=WRONG, **keys):
    held = effects.find_entry(season, "heat", entry)
    return effects.score_effect(season, held, "exam", value, keys)


def proposed(notice, *changes, actor=SUPERVISOR, **named):
    return services.propose_ruling(
        actor=actor, objection=accepted(notice), decision=decision(*changes, **named), at=AT
    )


def ranks(version):
    result = StageResult.objects.get(stage__code="heat", version=version)
    rows = result.standings.filter(board="main").order_by("position")
    return [(row.rank, row.entry.code.removeprefix("2022-")) for row in rows][:8]


def code_of(call, *arguments, **named):
    with pytest.raises(DomainError) as caught:
        call(*arguments, **named)
    return caught.value.code


def test_preview_names_the_mark_and_who_rises_and_falls(notice):
    held = proposed(notice, correction(notice.season))
    assert held.state == "open"
    assert held.preview[:2] == [
        "第1号成立。",
        "晋级赛2022-5104-1选手1的“统一在线比试”：90.00→96.00。",
    ]
    said = "\n".join(held.preview[2:])
    # Of the best three those outside the two teams go on: 攀枝花1 comes in, 省本级2 falls out.
    assert "攀枝花市" in said
    assert "省本级" in said


def test_one_wrong_mark_becomes_right_by_two_officers_and_results_follow(notice):
    season = notice.season
    before = standing_result(CODE, "heat").version
    held = proposed(notice, correction(season))
    assert Score.objects.get(entry__code=WRONG, entry__stage__code="heat").value == 9000
    ledger.approve(actor=LEADER, proposal=held, at=AT)
    current = Score.objects.exclude(state="superseded").get(
        entry__code=WRONG, entry__stage__code="heat"
    )
    assert (current.value, current.keys, current.source) == (
        9600,
        {"multiple": 3400, "seconds": 3100},
        "objection:1",
    )
    ruling = Ruling.objects.get()
    assert (ruling.outcome, ruling.decided_by) == ("upheld", LEADER.account)
    # The results were computed anew in the same transaction, with no further step.
    assert (ruling.before, ruling.after) == ({"heat": before}, {"heat": before + 1})
    assert ranks(before + 1) == [
        (1, "5104-1"),
        (2, "5101-1"),
        (3, "51-province-1"),
        (4, "51-province-2"),
        (5, "5103-1"),
        (6, "5103-2"),
        (7, "5101-2"),
        (8, "5104-2"),
    ]
    final = set(
        Entry.objects.filter(stage__code="final")
        .exclude(state="withdrawn")
        .values_list("code", flat=True)
    )
    assert WRONG in final
    assert "2022-51-province-2" not in final


def test_page_of_the_ruling_says_what_changed(notice):
    held = proposed(notice, correction(notice.season))
    ledger.approve(actor=LEADER, proposal=held, at=AT)
    [change] = selectors.opened_for(SUPERVISOR, Objection.objects.get(), at=AT).changes
    assert [
        (one.delegation, one.rank_before, one.rank_after, one.total_before, one.total_after)
        for one in change.moves
    ][:2] == [
        ("攀枝花市", "7", "1", "90.00", "96.00"),
        ("成都市", "1", "2", "95.00", "95.00"),
    ]
    assert len(change.moves) == 7


def test_neither_the_decider_nor_the_proposer_approves(notice):
    held = proposed(notice, correction(notice.season))
    assert code_of(ledger.approve, actor=SUPERVISOR, proposal=held, at=AT) == "proposal_own"
    assert code_of(ledger.approve, actor=OFFICE, proposal=held, at=AT) == "separation_decided"
    assert not Ruling.objects.exists()


def test_the_page_says_who_is_barred_before_anything_is_pressed(notice):
    held = proposed(notice, correction(notice.season))
    bars = {one.account: proposal_page(one, held, at=AT).bar for one in (OFFICE, LEADER)}
    told = "参与过该事项的决定，按回避规定不能办理对它的异议。"
    assert bars == {OFFICE.account: told, LEADER.account: ""}


def test_whoever_is_barred_turns_nothing_down_either(notice):
    held = proposed(notice, correction(notice.season))
    code = code_of(ledger.reject, actor=OFFICE, proposal=held, reason="不同意", at=AT)
    assert code == "separation_decided"
    assert Proposal.objects.get().state == "open"


def test_record_has_the_ruling_and_never_the_objector(notice):
    services.reveal_objector(actor=SUPERVISOR, objection=accepted(notice), reason="核实", at=AT)
    ledger.approve(actor=LEADER, proposal=proposed_again(notice), at=AT)
    entry = LedgerEntry.objects.get(act="objection.ruled")
    assert entry.subject == "objection:1"
    assert canonical.decode(bytes(entry.payload))["data"] == {
        "by": LEADER.name,
        "changes": 1,
        "kind": "objection",
        "outcome": "upheld",
        "proposer": SUPERVISOR.name,
    }
    everything = "".join(
        bytes(one.payload).decode() for one in LedgerEntry.objects.all()
    ) + json.dumps([[one.data, one.preview] for one in Proposal.objects.all()])
    assert OBJECTOR not in everything
    assert PHONE not in everything


def proposed_again(notice):
    """A ruling on the case that is under way already."""
    return services.propose_ruling(
        actor=SUPERVISOR,
        objection=Objection.objects.get(),
        decision=decision(correction(notice.season)),
        at=AT,
    )


def test_ruling_that_names_the_objector_is_refused(notice):
    code = code_of(proposed, notice, reason=f"{OBJECTOR}所提属实。", nothing=True)
    assert code == "objection_names_objector"


@pytest.mark.parametrize(
    ("outcome", "changed", "nothing", "code"),
    [
        ("rejected", True, False, "ruling_effect_unwanted"),
        ("upheld", False, False, "ruling_effect_needed"),
        ("partly", False, False, "ruling_effect_needed"),
    ],
)
def test_outcome_and_change_must_agree(notice, outcome, changed, nothing, code):
    changes = [correction(notice.season)] if changed else []
    assert code_of(proposed, notice, *changes, outcome=outcome, nothing=nothing) == code


def test_rejected_objection_changes_nothing_and_is_told(notice):
    before = Score.objects.count()
    held = proposed(notice, outcome="rejected", reason="经复核，登分无误。")
    assert held.preview == ["第1号不成立。", "成绩和名单不作变动。"]
    ledger.approve(actor=LEADER, proposal=held, at=AT)
    assert Score.objects.count() == before
    shown = selectors.opened_of_filer(Objection.objects.get(), at=AT)
    assert (shown.ruling.reason, shown.due.words) == ("经复核，登分无误。", "已处理")


def test_tie_keys_are_corrected_as_well_as_marks(notice):
    change = correction(notice.season, value="90.00", multiple="36.00")
    assert change["after"] == [9000, {"multiple": 3600, "seconds": 3100}]
    held = proposed(notice, change)
    assert "多项选择题得分34.00→36.00" in held.preview[1]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("90.00", "ruling_score_same"),
        ("九十", "ruling_score_form"),
        ("90.005", "ruling_score_form"),
    ],
)
def test_mark_that_cannot_be_one_is_refused(notice, value, code):
    assert code_of(correction, notice.season, value) == code


def test_mark_that_moved_since_is_not_overwritten(notice):
    held = proposed(notice, correction(notice.season))
    score = seasons.NewScore(WRONG, 9100, 2, "test:again", {"multiple": 3400, "seconds": 3100})
    seasons.record_scores(
        actor=OFFICE, season=notice.season, stage="heat", event="exam", scores=[score], at=AT
    )
    code = code_of(ledger.approve, actor=LEADER, proposal=held, at=AT)
    assert code == "ruling_score_moved"


def test_voided_entry_is_ranked_no_more(notice):
    season = notice.season
    held_entry = effects.find_entry(season, "heat", "2022-5101-1")
    held = proposed(notice, effects.entry_effect("void", held_entry))
    ledger.approve(actor=LEADER, proposal=held, at=AT)
    version = standing_result(CODE, "heat").version
    assert "5101-1" not in [code for _rank, code in ranks(version)]


def test_what_is_played_again_is_void_until_the_new_mark_comes(notice):
    """The list says what it waits for; 97.00 played again is better than 95.00 of the first."""
    season = notice.season
    held_entry = effects.find_entry(season, "heat", WRONG)
    asked = proposed(notice, effects.entry_effect("replay", held_entry))
    assert asked.preview[1] == "晋级赛2022-5104-1选手1：重赛，原成绩作废。"
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    result = standing_result(CODE, "heat")
    assert "5104-1" not in [code for _rank, code in ranks(result.version)]
    assert notes_of(result) == ["选手1：按处理决定重赛，原成绩作废，等待重赛成绩"]
    mark = NewScore(WRONG, 9700, 2, "score-list:1", {"multiple": 3600, "seconds": 3000})
    seasons.record_reported(
        actor=OFFICE, season=season, stage="heat", event="exam", scores=[mark], at=AT
    )
    result = standing_result(CODE, "heat")
    assert ranks(result.version)[0] == (1, "5104-1")
    assert notes_of(result) == []
    assert code_of(effects.entry_effect, "replay", unscored()) == "ruling_replay_none"


def unscored():
    return Entry.objects.get(code=WRONG, stage__code="selection")


def test_name_is_put_back_that_was_withdrawn_wrongly(season):
    entry = Entry.objects.get(code="2022-5104-3", stage__code="selection")
    Entry.objects.filter(code="2022-5104-3").update(state="withdrawn")
    restore_entry(
        actor=OFFICE, season=season, stage="selection", entry=entry, reason="异议成立", at=AT
    )
    states = Entry.objects.filter(code="2022-5104-3").values_list("state", flat=True)
    assert set(states) == {"confirmed"}
    with pytest.raises(DomainError, match="entry_unknown"):
        restore_entry(
            actor=OFFICE, season=season, stage="selection", entry=entry, reason="再", at=AT
        )


def test_merged_cases_end_with_the_ruling(notice):
    main, other = accepted(notice), filed(notice).objection
    services.merge_objection(actor=SUPERVISOR, objection=other, into=main.number, at=AT)
    held = services.propose_ruling(
        actor=SUPERVISOR,
        objection=main,
        decision=decision(outcome="rejected", reason="登分无误。"),
        at=AT,
    )
    ledger.approve(actor=LEADER, proposal=held, at=AT)
    other.refresh_from_db()
    shown = selectors.opened_of_filer(other, at=AT)
    assert (other.state, other.ended_at, shown.ruling.reason) == ("merged", AT, "登分无误。")


def test_whoever_was_signed_in_is_told_and_finds_it(notice):
    from leitai.base.actor import Actor
    from leitai.messages.models import Message

    account = make.account("shu")
    actor = Actor(str(account.pk), "舒望")
    mine = filed(notice, actor=actor, name="", phone="").objection
    services.accept_objection(actor=SUPERVISOR, objection=mine, at=AT)
    held = services.propose_ruling(
        actor=SUPERVISOR,
        objection=mine,
        decision=decision(outcome="rejected", reason="登分无误。"),
        at=AT,
    )
    ledger.approve(actor=LEADER, proposal=held, at=AT)
    message = Message.objects.get(key=f"objection-ruled:{mine.pk}")
    assert message.title == "您提出的异议有了处理决定：不成立"
    assert selectors.get_own(actor, notice.season, mine.number).pk == mine.pk


def test_ruling_takes_somebody_out_and_another_puts_them_back(notice):
    season, code = notice.season, "2022-51-province-1"

    def state():
        return Entry.objects.get(code=code, stage__code="final").state

    def rule(kind):
        change = effects.entry_effect(kind, effects.find_entry(season, "final", code))
        ledger.approve(actor=LEADER, proposal=proposed(notice, change), at=AT)

    rule("withdraw")
    assert state() == "withdrawn"
    assert Ruling.objects.get().lines == ["总决赛2022-51-province-1选手1：取消参赛资格。"]
    assert code_of(rule, "void") == "entry_unknown"
    rule("restore")
    assert state() == "confirmed"
    assert code_of(rule, "restore") == "ruling_restore_none"


def test_entry_with_marks_is_voided_and_not_taken_out(notice):
    scored = effects.find_entry(notice.season, "heat", WRONG)
    assert code_of(effects.entry_effect, "withdraw", scored) == "ruling_withdraw_scored"


def test_one_ruling_corrects_two_entries_and_results_are_computed_once(notice):
    season = notice.season
    before = standing_result(CODE, "heat").version
    first = correction(season)
    second = correction(season, "95.50", entry="2022-5101-2")
    held = proposed(notice, first, second)
    assert held.preview[1:3] == [
        "晋级赛2022-5104-1选手1的“统一在线比试”：90.00→96.00。",
        "晋级赛2022-5101-2选手2的“统一在线比试”：90.00→95.50。",
    ]
    ledger.approve(actor=LEADER, proposal=held, at=AT)
    assert Ruling.objects.get().after == {"heat": before + 1}
    assert StageResult.objects.filter(stage__code="heat").count() == before + 1
    assert ranks(before + 1)[:3] == [(1, "5104-1"), (2, "5101-2"), (3, "5101-1")]


def test_record_of_every_change_names_who_ruled_and_on_whose_approval(notice):
    held = proposed(notice, correction(notice.season))
    ledger.approve(actor=LEADER, proposal=held, at=AT)
    said = f"{SUPERVISOR.name}提出，{LEADER.name}批准"
    for act in ("scores.recorded", "score.corrected"):
        entry = LedgerEntry.objects.filter(act=act).latest("seq")
        assert (entry.actor, entry.by) == ("system:ruling", said)
    # The approver is not thereby barred from every other case about the stage.
    other = filed(notice).objection
    assert services.accept_objection(actor=LEADER, objection=other, at=AT).state == "accepted"


def test_entry_is_not_voided_and_corrected_by_one_ruling(notice):
    entry = effects.find_entry(notice.season, "heat", WRONG)
    both = (correction(notice.season), effects.entry_effect("void", entry))
    assert code_of(proposed, notice, *both) == "ruling_effect_twice"


def test_entries_of_a_ruling_are_named_in_one_line(season):
    found = effects.find_entries(season, "heat", " 2022-5104-1、2022-5101-2 2022-5104-1")
    assert [one.code for one in found] == ["2022-5104-1", "2022-5101-2"]
    many = "、".join(f"2022-{number}" for number in range(effects.MOST_ENTRIES + 1))
    assert code_of(effects.find_entries, season, "heat", many) == "ruling_entries_many"


def test_after_the_season_a_case_is_still_ruled_but_a_change_wants_it_opened_again(notice):
    """The clock of an objection runs on; the marks are those of a season that is over."""
    begun = accepted(notice)
    Season.objects.update(state="closed")
    late = filed(notice, name="苏观澜", phone="19900000322").objection
    services.accept_objection(actor=SUPERVISOR, objection=late, at=AT)
    told = {"actor": SUPERVISOR, "objection": begun, "at": AT}
    changes = decision(correction(notice.season))
    assert code_of(services.propose_ruling, **told, decision=changes) == "ruling_season_closed"
    asked = services.propose_ruling(**told, decision=decision(outcome="rejected"))
    ledger.approve(actor=LEADER, proposal=asked, at=AT)
    begun.refresh_from_db()
    assert begun.state == "ruled"
    draft_again = {"actor": OFFICE, "season": notice.season, "draft": draft(), "at": AT}
    assert code_of(services.draft_notice, **draft_again) == "season_closed"
    down = services.take_down(actor=OFFICE, notice=notice, reason="公示期满", at=AT)
    assert down.state == "down"
