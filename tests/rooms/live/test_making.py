"""A match from its plan to its first lines: who sits, what is asked, by which rules."""

import hashlib

import pytest

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.live import services
from leitai.live.models import Device, Line, Match
from leitai.live.selectors import frozen, keys
from leitai.live.services import SeatPlan
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry
from tests.factories import live as quiz
from tests.factories import people as make
from tests.factories.results import AT, OFFICE, entry


def test_a_match_takes_the_next_number_and_stands_in_the_ledger(season):
    first, second = quiz.planned(season), quiz.planned(season, "第二场")
    assert (first.code, second.code) == ("m1", "m2")
    last = LedgerEntry.objects.filter(act="match.planned").latest("seq")
    assert last.subject == "match:m2"
    assert canonical.decode(bytes(last.payload))["data"]["event"] == "quiz"


@pytest.mark.parametrize(
    ("stage", "track", "event", "code"),
    [
        ("heat", "individual", "exam", "match_event"),
        ("final", "individual", "quiz", "match_event"),
        ("heat", "teams", "quiz", "match_track"),
    ],
)
def test_a_match_is_of_an_event_that_the_rules_have_there(season, stage, track, event, code):
    with pytest.raises(DomainError, match=code):
        services.plan_match(
            actor=OFFICE, season=season, stage=stage, track=track, event=event, title="场",
            starts_at=None, at=AT,
        )  # fmt: skip
    assert not Match.objects.exists()


@pytest.mark.parametrize(
    ("seats", "code"),
    [
        ([SeatPlan("1", "2022-5101-1")], "match_seat_count"),
        ([SeatPlan("1", "2022-5101-1"), SeatPlan("2", "nobody")], "match_seat_entry"),
        ([SeatPlan("1", "2022-5101-1"), SeatPlan("2", "2022-5101-1")], "match_seat_twice"),
        (
            [
                SeatPlan("1", "2022-5101-1", members=("甲", "乙", "丙")),
                SeatPlan("2", "2022-5101-2"),
            ],
            "match_seat_member",
        ),
    ],
)
def test_seats_are_for_entries_of_the_stage_each_once(season, seats, code):
    match = quiz.planned(season)
    with pytest.raises(DomainError, match=code):
        services.seat_match(actor=OFFICE, match=match, seats=seats, at=AT)
    match.refresh_from_db()
    assert match.seats == {}


def test_nobody_sits_in_two_matches_of_an_event(season):
    quiz.seated(season, quiz.entries(season)[:2])
    other = quiz.planned(season, "第二场")
    with pytest.raises(DomainError, match="match_seat_taken"):
        services.seat_match(
            actor=OFFICE, match=other, seats=quiz.seats(quiz.entries(season)[1:3]), at=AT
        )


def test_a_draw_of_entry_codes_gives_the_seats(season):
    codes = [entry("5101-1"), entry("5103-1"), entry("5104-1")]
    draw = seasons.record_draw(
        actor=OFFICE, season=season, purpose="抢答席位", pool=codes, key="1 2 3", at=AT
    )
    match = quiz.planned(season)
    plans = services.seats_from_draw(match, draw.number)
    assert [one.entry for one in plans] == draw.outcome
    assert [one.seat for one in plans] == ["1", "2", "3"]


def test_questions_are_sealed_each_once_and_no_paper_shows_them(season):
    match = quiz.ready(season)
    key = keys.key_of(match)
    asked = [keys.open_question(match, key, one) for one in match.questions.order_by("number")]
    assert [one.name for one in match.questions.order_by("number")] == [
        "buzzer-1", "buzzer-2", "spare-1",
    ]  # fmt: skip
    assert len({one["stem"] for one in asked}) == 3
    assert {one["answer"] for one in asked} == {"B"}
    assert "抢答题的题干".encode() not in b"".join(
        bytes(one.sealed) for one in match.questions.all()
    )


def test_questions_of_one_match_are_not_asked_in_another(season):
    quiz.bank(count=5)
    first, second = quiz.planned(season), quiz.planned(season, "第二场")
    for match, count in ((first, 3), (second, 2)):
        services.choose_questions(
            actor=OFFICE, match=match, bank_codes=[quiz.BANK], counts={"buzzer": count}, spares=0,
            seed="1", at=AT,
        )  # fmt: skip
    versions = [set(one.questions.values_list("version", flat=True)) for one in (first, second)]
    assert versions[0] & versions[1] == set()
    third = quiz.planned(season, "第三场")
    with pytest.raises(DomainError, match="match_items_short"):
        services.choose_questions(
            actor=OFFICE, match=third, bank_codes=[quiz.BANK], counts={"buzzer": 1}, spares=0,
            seed="1", at=AT,
        )  # fmt: skip


def test_a_ready_match_holds_its_rules_and_the_log_says_who_plays(season):
    match = quiz.ready(season)
    assert match.rules["live"]["segments"][0]["id"] == "buzzer"
    assert match.rules_hash == hashlib.sha256(canonical.encode(match.rules)).hexdigest()
    lines = list(Line.objects.filter(match_id=match.pk).order_by("seq"))
    assert [(one.seq, one.kind, one.seat) for one in lines[:2]] == [
        (1, "seat", "1"),
        (2, "seat", "2"),
    ]
    assert len(lines) == 11
    assert lines[0].value == quiz.entries(season)[0]
    state = frozen.state_of(match, lines)
    assert len(state.play.seats) == 11
    assert state.live == frozen.law_of(match).events["quiz"].live


def test_what_is_missing_is_said_before_a_match_is_ready(season):
    match = quiz.planned(season)
    with pytest.raises(DomainError, match="match_no_seats"):
        services.make_ready(actor=OFFICE, match=match, at=AT)
    services.seat_match(actor=OFFICE, match=match, seats=quiz.seats(quiz.entries(season)), at=AT)
    with pytest.raises(DomainError, match="match_no_questions"):
        services.make_ready(actor=OFFICE, match=match, at=AT)


def test_back_to_planning_the_first_lines_go_and_cards_stay(season):
    match = quiz.ready(season)
    cards = set(Device.objects.values_list("code_digest", flat=True))
    match = services.make_unready(actor=OFFICE, match=match, reason="换席", at=AT)
    assert (match.state, match.rules, Line.objects.count()) == ("planned", {}, 0)
    services.seat_match(actor=OFFICE, match=match, seats=quiz.seats(quiz.entries(season)), at=AT)
    services.make_ready(actor=OFFICE, match=match, at=AT)
    assert set(Device.objects.values_list("code_digest", flat=True)) == cards


def test_only_the_office_makes_matches(season):
    with pytest.raises(DomainError, match="forbidden"):
        services.plan_match(
            actor=quiz.HOST, season=season, stage="heat", track="individual", event="quiz",
            title="场", starts_at=None, at=AT,
        )  # fmt: skip
    match = quiz.ready(season)
    with pytest.raises(DomainError, match="forbidden"):
        services.cancel_match(actor=quiz.TIMER, match=match, reason="停电", at=AT)


def test_a_draw_of_others_gives_no_seats(season):
    draw = seasons.record_draw(
        actor=OFFICE, season=season, purpose="别的", pool=["甲", "乙"], key="1 2 3", at=AT
    )
    with pytest.raises(DomainError, match="match_draw"):
        services.seats_from_draw(quiz.planned(season), draw.number)


def test_whoever_replaces_an_entry_has_its_seat_before_the_match(season):
    match = quiz.ready(season, [entry("5104-1"), entry("5104-2")])
    new = make.people("5104", 1, prefix="late")[0]
    old = Entry.objects.get(stage__season=season, stage__code="selection", code=entry("5104-2"))
    made = seasons.replace_entry(
        actor=OFFICE, season=season, stage="selection", entry=old, person=new, reason="生病", at=AT
    )
    match.refresh_from_db()
    assert match.seats["2"] == made.code != old.code
    assert match.names["2"] == new.name
    assert match.state == "ready"
    lines = Line.objects.filter(match_id=match.pk).order_by("seq")
    assert list(lines.values_list("seat", "value")) == [("1", entry("5104-1")), ("2", made.code)]
    assert Device.objects.filter(match=match).count() == 2
