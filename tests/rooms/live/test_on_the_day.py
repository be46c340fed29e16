"""Cards and take-overs, the mode that the network allows, paddles, and what a rehearsal leaves."""

from collections.abc import Mapping

import pytest
from django.db import connection

from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.live import services
from leitai.live.models import Device, Line, Match
from leitai.live.selectors import cards, keys
from tests.factories import live as quiz
from tests.factories import people as make
from tests.factories.results import AT, CODE, OFFICE


@pytest.fixture
def match(season):
    return quiz.ready(season, quiz.entries(season)[:3])


def _code(match: Match, seat: str) -> str:
    return next(one.code for one in cards.cards_of(match) if one.seat == seat)


def _measure(match: Match, figures: Mapping[str, tuple[int, int, int]]) -> None:
    for seat, (least, doubt, p99) in figures.items():
        services.enter_seat(code=_code(match, seat), at=AT)
        match.devices.filter(seat=seat).update(
            measured={"count": 99, "least_us": least, "doubt_us": doubt, "p99_us": p99}
        )


def test_a_second_device_with_the_same_card_takes_the_seat_over(match):
    code = _code(match, "2")
    before = match.version
    first = services.enter_seat(code=code, at=AT)
    again = services.enter_seat(code=f" {code[:4].lower()}-{code[4:]} ", at=AT)
    assert (first.seat, first.epoch, again.epoch) == ("2", 1, 2)
    match.refresh_from_db()
    assert match.version == before + 2  # the stage reads again, and the older device is out


def test_a_replaced_card_is_no_good_and_the_new_one_is_above_it(match):
    old = _code(match, "2")
    services.enter_seat(code=old, at=AT)
    services.replace_card(actor=OFFICE, match=match, seat="2", reason="遗失", at=AT)
    with pytest.raises(DomainError, match="match_card_replaced"):
        services.enter_seat(code=old, at=AT)
    entered = services.enter_seat(code=_code(match, "2"), at=AT)
    assert entered.epoch == 2
    assert LedgerEntry.objects.filter(act="match.cards").count() == 1


def test_unknown_codes_and_closed_matches_are_refused(match):
    code = _code(match, "1")
    with pytest.raises(DomainError, match="match_card"):
        services.enter_seat(code="ABCD", at=AT)
    services.cancel_match(actor=OFFICE, match=match, reason="停办", at=AT)
    with pytest.raises(DomainError, match="match_over"):
        services.enter_seat(code=code, at=AT)


def test_codes_stand_sealed_and_as_digests_only(match):
    code = _code(match, "1")
    kept = Device.objects.get(match=match, seat="1")
    assert len(code) == 16
    assert code not in kept.sealed_code
    assert code.encode() not in bytes(kept.code_digest)


def test_arrival_where_every_seat_is_quick(match):
    """Level is what the two worst cannot tell: half of 5000 − 400, and half of 4998 − 300."""
    _measure(match, {"1": (400, 250, 5000), "2": (300, 200, 900), "3": (300, 200, 4998)})
    held = services.choose_mode(actor=OFFICE, match=match, at=AT)
    assert (held.mode, held.cap_ms, held.band_us) == ("arrival", 0, 2300 + 2349)
    assert held.network["p99_us"] == {"1": 5000, "2": 900, "3": 4998}
    assert LedgerEntry.objects.get(act="match.mode").by == OFFICE.name


def test_one_slow_seat_and_all_are_compensated_with_one_cap(match):
    """35.2 ms becomes a cap of 36; level is what the clocks of the two worst leave open."""
    _measure(
        match, {"1": (400, 300, 1000), "2": (20_000, 10_100, 35_200), "3": (8000, 4100, 20_000)}
    )
    held = services.choose_mode(actor=OFFICE, match=match, at=AT)
    assert (held.mode, held.cap_ms, held.band_us) == ("compensated", 36, 14_200)


def test_a_wired_room_still_has_a_band(match):
    _measure(match, dict.fromkeys("123", (300, 200, 500)))
    assert services.choose_mode(actor=OFFICE, match=match, at=AT).band_us == 1000


def test_no_cap_is_above_120_ms(match):
    slow = (40_000, 20_000, 400_000)
    _measure(match, {"1": slow, "2": slow, "3": slow})
    assert services.choose_mode(actor=OFFICE, match=match, at=AT).cap_ms == 120


def test_without_every_seats_figures_no_mode_is_chosen(match):
    _measure(match, {"1": (400, 300, 1000)})
    with pytest.raises(DomainError) as refused:
        services.choose_mode(actor=OFFICE, match=match, at=AT)
    assert (refused.value.code, refused.value.data["seats"]) == ("match_network_missing", "2、3")


def test_nobody_waits_for_the_device_of_a_seat_that_is_absent(match):
    _measure(match, {"1": (400, 300, 1000), "2": (400, 300, 1000)})
    quiz.play(match, [("out", "3", "absent")])
    held = services.choose_mode(actor=OFFICE, match=match, at=AT)
    assert (held.mode, held.network["p99_us"]) == ("arrival", {"1": 1000, "2": 1000})


def test_seats_at_one_computer_are_level_within_a_keyboards_report(match):
    """A keyboard says every 8 ms which keys are down; before the test and after it."""
    wired = {"count": 99, "least_us": 300, "doubt_us": 200, "p99_us": 500}
    services.enter_seat(code=_code(match, "3"), at=AT)
    services.enter_together(code=_code(match, "1"), beside=None, at=AT)
    match.refresh_from_db()
    assert match.band_us == 0  # one seat at a computer is like any other
    services.enter_together(code=_code(match, "2"), beside=match, at=AT)
    match.refresh_from_db()
    assert match.band_us == 8000
    with pytest.raises(DomainError, match="match_network_missing"):
        services.choose_mode(actor=OFFICE, match=match, at=AT)
    for device in match.devices.all():
        device.measured |= wired
        device.save(update_fields=["measured"])
    held = services.choose_mode(actor=OFFICE, match=match, at=AT)
    assert (held.mode, held.band_us) == ("arrival", 8000)
    services.enter_seat(code=_code(match, "2"), at=AT)  # seat 2 gets a device of its own
    match.devices.filter(seat="2").update(measured=wired)
    assert services.choose_mode(actor=OFFICE, match=match, at=AT).band_us == 1000


# ---- paddles


@pytest.fixture
def raised(match):
    """A match of paddles; the second line of its play has opened question one."""
    services.choose_manual(actor=OFFICE, match=match, reason="设备故障", at=AT)
    match.refresh_from_db()
    quiz.play(match, [("open", "", "buzzer"), ("question", "", "buzzer-1"), ("go", "", "")])
    return match


def _key(match, actor, order):
    return services.key_paddles(actor=actor, match=match, order=order, after=5, at=AT)


def test_two_recorders_who_agree_wake_the_stage(raised):
    with connection.cursor() as cursor:
        cursor.execute("LISTEN live")
    _key(raised, quiz.HOST, ["3", "1"])
    _key(raised, quiz.TIMER, ["3", "1"])
    assert [one.order for one in raised.paddles.order_by("pk")] == [["3", "1"], ["3", "1"]]
    assert not raised.paddles.filter(decides=True).exists()


def test_where_two_differ_a_third_decides_and_the_ledger_says_so(raised):
    third = make.actor("timekeeper", season=CODE, unit="51/", account="23")
    _key(raised, quiz.HOST, ["3", "1"])
    _key(raised, quiz.TIMER, ["1", "3"])
    with pytest.raises(DomainError, match="match_paddles_third"):
        _key(raised, quiz.TIMER, ["3", "1"])
    assert _key(raised, third, ["1", "3"]).decides
    assert LedgerEntry.objects.filter(act="match.paddles").count() == 1


def test_one_recorder_may_mend_what_nobody_has_answered_yet(raised):
    _key(raised, quiz.HOST, ["3"])
    _key(raised, quiz.HOST, ["1"])
    assert raised.paddles.get().order == ["1"]


@pytest.mark.parametrize("order", [[], ["1", "1"], ["9"]])
def test_an_order_names_seats_that_may_press_each_once(raised, order):
    with pytest.raises(DomainError, match="match_paddles_order"):
        _key(raised, quiz.HOST, order)


def test_paddles_are_for_their_mode_and_their_question(match, raised):
    with pytest.raises(DomainError, match="match_paddles_none"):
        services.key_paddles(actor=quiz.HOST, match=raised, order=["1"], after=4, at=AT)
    Match.objects.filter(pk=raised.pk).update(mode="arrival")
    with pytest.raises(DomainError, match="match_not_manual"):
        _key(raised, quiz.HOST, ["1"])
    supervisor = make.actor("supervisor", season=CODE, unit="51/", account="24")
    with pytest.raises(DomainError, match="forbidden"):
        _key(raised, supervisor, ["1"])


# ---- rehearsal


def _rows() -> dict[str, int]:
    """How many rows every table has."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  # names of our tables
            found[table] = cursor.fetchone()[0]
    return found


def test_a_rehearsal_leaves_no_row_in_any_table(match):
    before = _rows()
    made = services.rehearse(actor=OFFICE, match=match, at=AT)
    services.enter_seat(code=_code(made, "1"), at=AT)
    services.choose_manual(actor=OFFICE, match=made, reason="演练", at=AT)
    made.refresh_from_db()
    quiz.play(made, quiz.GAME[:3])
    rest = [move for move in quiz.GAME[3:] if move[1] != "4"]  # there are three seats
    quiz.play(made, rest, begin=10_000_000)
    services.score_match(match=made.pk, at=AT)
    assert _rows() != before
    services.drop_rehearsal(actor=OFFICE, match=made)
    assert _rows() == before


def test_a_rehearsal_shows_no_name_and_no_question_of_the_match(match):
    made = services.rehearse(actor=OFFICE, match=match, at=AT)
    assert (made.rehearsal, made.state, made.code) == (True, "ready", "rm1")
    assert made.title == "彩排：第一场"
    assert set(made.names.values()) & set(match.names.values()) == set()
    assert set(made.seats.values()) & set(match.seats.values()) == set()
    assert made.questions.count() == 3
    asked = keys.open_question(made, keys.key_of(made), made.questions.get(number=1))
    assert asked["stem"] == "彩排第1题：请选B。"
    assert set(made.questions.values_list("version", flat=True)) == {None}


def test_a_second_rehearsal_takes_the_place_of_the_first(match):
    first = services.rehearse(actor=OFFICE, match=match, at=AT)
    second = services.rehearse(actor=OFFICE, match=match, at=AT)
    assert Match.objects.filter(rehearsal=True).get() == second
    assert not Line.objects.filter(match_id=first.pk).exists()


def test_a_real_match_cannot_be_dropped_as_a_rehearsal(match):
    with pytest.raises(DomainError, match="match_not_rehearsal"):
        services.drop_rehearsal(actor=OFFICE, match=match)
