"""The office's way through the pages, the seats' and the screens' shells, and who is let in."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from leitai.base import sealing
from leitai.lane import tickets
from leitai.live import services
from leitai.live.models import Match
from leitai.live.selectors import cards
from leitai.people import privacy
from leitai.people import services as people
from leitai.units import selectors as units
from tests.factories import live as quiz
from tests.factories import people as make
from tests.factories.results import AT, CODE, OFFICE
from tests.factories.units import HOUSE

DESK = f"/office/{CODE}/live/"


def _client(role: str) -> Client:
    account = people.create_account(
        actor=HOUSE, username=role, password=make.PASSWORD, display_name="言如玉",
        consent=privacy.VERSION, at=make.SINCE,
    )  # fmt: skip
    people.appoint(
        actor=HOUSE, account=account, role=role, unit=units.get_unit("51"), season=CODE,
        since=make.SINCE, at=make.SINCE,
    )  # fmt: skip
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def office(season):
    return _client("office")


def test_the_office_makes_a_match_from_page_to_page(season, office):
    quiz.bank()
    answer = office.post(
        f"{DESK}new/",
        {"slot": "heat|individual|quiz", "title": "第一场", "starts_at": "2022-08-18T09:30"},
    )
    assert answer["Location"] == f"{DESK}m1/"
    codes = quiz.entries(season)[:3]
    told = {f"entry-{at}": code for at, code in enumerate(codes, start=1)}
    office.post(f"{DESK}m1/seats/", told | {"name-1": "01号选手", "members-1": "甲\n乙"})
    office.post(
        f"{DESK}m1/questions/",
        {"banks": [quiz.BANK], "types": ["single"], "count-buzzer": "2", "spares": "1"},
    )
    office.post(f"{DESK}m1/do/ready/")
    match = Match.objects.get(code="m1")
    assert (match.state, match.names["1"]) == ("ready", "01号选手")
    assert match.members == {"1": {"1": "甲", "2": "乙"}}
    page = office.get(f"{DESK}m1/").content.decode()
    assert "主持台" in page
    assert match.rules_hash[:16] in page
    assert "None" not in page
    assert "第一场" in office.get(DESK).content.decode()


def test_a_refused_seat_keeps_what_was_typed(season, office):
    quiz.planned(season)
    code = quiz.entries(season)[0]
    answer = office.post(f"{DESK}m1/seats/", {"entry-1": code, "entry-2": code, "name-1": "甲号"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"参赛编号“{code}”排了两个席位" in page
    assert 'value="甲号"' in page


def test_what_a_step_refuses_is_said_on_the_matchs_page(season, office):
    quiz.seated(season)
    answer = office.post(f"{DESK}m1/do/ready/", follow=True)
    assert "还没有封存试题" in answer.content.decode()
    assert office.post(f"{DESK}m1/do/nothing/").status_code == 404


def test_cards_show_code_and_qr_and_the_seat_comes_in_with_it(season, office):
    match = quiz.ready(season, quiz.entries(season)[:3])
    page = office.get(f"{DESK}m1/cards/").content.decode()
    card = cards.cards_of(match)[1]
    assert card.shown in page
    assert page.count('class="qr"') == 3
    seat = Client()
    assert seat.post("/live/seat/", {"code": card.shown}).status_code == 302
    shell = seat.get("/live/seat/").content.decode()
    ticket = re.search(r'data-ticket="([^"]+)"', shell)
    assert ticket is not None
    claim = tickets.verify_stage(
        sealing.keyring(), ticket[1], now_ms=int(timezone.now().timestamp() * 1000)
    )
    assert (claim.match, claim.role, claim.seat, claim.epoch) == (match.pk, "seat", "2", 1)
    other = Client()
    other.post("/live/seat/", {"code": card.code})
    assert "data-ticket" in other.get("/live/seat/").content.decode()
    lost = seat.get("/live/seat/").content.decode()
    assert "data-ticket" not in lost
    assert "本席已在另一台设备上入席" in lost


def test_a_wrong_card_is_refused_in_words(db):
    answer = Client().post("/live/seat/", {"code": "ABCD"})
    assert answer.status_code == 422
    assert "席位码不正确" in answer.content.decode()


def test_the_hosts_shell_passes_a_ticket_and_nothing_secret(season):
    match = quiz.ready(season, quiz.entries(season)[:3])
    page = _client("host").get(f"/live/{CODE}/m1/host/").content.decode()
    ticket = re.search(r'data-ticket="([^"]+)"', page)
    assert ticket is not None
    now = int(timezone.now().timestamp() * 1000)
    assert tickets.verify_stage(sealing.keyring(), ticket[1], now_ms=now).role == "host"
    assert "题干" not in page
    assert "还没有确定抢答方式" in page
    assert match.names["1"] in page


def test_spectators_see_played_matches_and_no_rehearsal(season):
    match = quiz.ready(season, quiz.entries(season)[:4])
    made = services.rehearse(actor=OFFICE, match=match, at=AT)
    quiz.play(match, quiz.GAME)
    anybody = Client()
    page = anybody.get(f"/live/{CODE}/m1/watch/").content.decode()
    assert re.search(r'<td class="r num">1</td><td>[^<]+</td><td class="r num">10</td>', page)
    assert "已结束" in page
    assert anybody.get(f"/live/{CODE}/{made.code}/watch/").status_code == 404
    assert anybody.get(f"/live/{CODE}/m9/watch/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [f"{DESK}rm1/", f"{DESK}rm1/cards/", f"/live/{CODE}/rm1/hall/", f"/live/{CODE}/rm1/host/"],
)
def test_a_rehearsal_says_so_on_every_screen(season, office, address):
    services.rehearse(actor=OFFICE, match=quiz.seated(season), at=AT)
    assert "彩排：姓名和试题都是虚构的" in office.get(address).content.decode()


def test_a_rehearsed_seat_says_so_too(season):
    made = services.rehearse(actor=OFFICE, match=quiz.seated(season), at=AT)
    seat = Client()
    seat.post("/live/seat/", {"code": cards.cards_of(made)[0].code})
    assert "彩排" in seat.get("/live/seat/").content.decode()


def test_two_recorders_key_apart_and_a_third_sees_both(season):
    match = quiz.ready(season, quiz.entries(season)[:3])
    services.choose_manual(actor=OFFICE, match=match, reason="设备故障", at=AT)
    match.refresh_from_db()
    quiz.play(match, [("open", "", "buzzer"), ("question", "", "buzzer-1"), ("go", "", "")])
    address = f"{DESK}m1/paddles/"
    services.key_paddles(actor=quiz.HOST, match=match, order=["3", "1"], after=5, at=AT)
    timer = _client("timekeeper")
    before = timer.get(address).content.decode()
    assert "3 > 1" not in before  # nobody sees the other's order before keying an own one
    assert timer.post(address, {"order": "1＞3", "after": "5"}).status_code == 302
    page = timer.get(address).content.decode()
    assert "两名记录员的顺序不一致" in page
    assert "请由第三人裁定" in page
    third = _client("office")
    page = third.get(address).content.decode()
    assert "3 > 1" in page
    assert "1 > 3" in page
    third.post(address, {"order": "3>1", "after": "5"})
    assert match.paddles.get(decides=True).order == ["3", "1"]


def test_supervisors_look_and_take_the_record_and_change_nothing(season):
    quiz.ready(season)
    supervisor = _client("supervisor")
    page = supervisor.get(f"{DESK}m1/").content.decode()
    assert "打印记录（PDF）" in page
    assert '<form method="post" action="/office/' not in page
    assert supervisor.get(f"{DESK}m1/tables.zip").status_code == 200
    for address in ("seats/", "questions/", "cards/"):
        assert supervisor.get(f"{DESK}m1/{address}").status_code == 403
    assert supervisor.post(f"{DESK}m1/do/ready/").status_code == 403
    assert supervisor.get(f"/live/{CODE}/m1/host/").status_code == 403


def test_the_page_of_a_closed_match_says_what_a_reader_should_know(season, office):
    match = quiz.ready(season, quiz.entries(season)[:4])
    quiz.play(match, quiz.GAME)
    quiz.play(match, [("adjust", "3", "5 题目有误")], begin=60_000_000)
    services.score_match(match=match.pk, at=AT)
    page = office.get(f"{DESK}m1/").content.decode()
    assert "3号台得分调整5分，理由：题目有误" in page
    assert "成绩已按记录计算入库" in page


def test_seats_ask_who_is_there_where_a_segment_demands_it(season, office):
    text = quiz.TEXT.replace("- id: buzzer\n", "- id: buzzer\n          present: 领队\n")
    version = season.rulebook
    version.pk, version.hash, version.text = None, "1" * 64, text
    version.save()
    type(season).objects.filter(pk=season.pk).update(rulebook=version)
    quiz.planned(season)
    codes = quiz.entries(season)[:2]
    told = {"entry-1": codes[0], "entry-2": codes[1], "present-2": ["领队"]}
    assert office.post(f"{DESK}m1/seats/", told).status_code == 302
    match = Match.objects.get(code="m1")
    assert match.present == {"2": ["领队"]}
    assert office.get(f"{DESK}m1/seats/").content.decode().count('value="领队"') == 12


def _tickets(page: str) -> list[tuple[str, int]]:
    """Seat and epoch of each ticket of a page with several seats."""
    now = int(timezone.now().timestamp() * 1000)
    found = re.findall(r'data-ticket="([^"]+)"', page)
    claims = [tickets.verify_stage(sealing.keyring(), one, now_ms=now) for one in found]
    return [(claim.seat, claim.epoch) for claim in claims]


def test_several_seats_come_in_at_one_computer(season):
    match = quiz.ready(season, quiz.entries(season)[:3])
    codes = {card.seat: card.code for card in cards.cards_of(match)}
    computer, phone = Client(), Client()
    assert "一机多席" in computer.get("/live/seats/").content.decode()
    for seat in ("3", "1"):
        answer = computer.post("/live/seats/", {"code": f"https://a.cn/live/seat/#{codes[seat]}"})
        assert answer["Location"] == "/live/seats/"
    assert _tickets(computer.get("/live/seats/").content.decode()) == [("1", 1), ("3", 1)]
    computer.post("/live/seats/", {"code": codes["1"]})  # typed twice: still one seat
    assert _tickets(computer.get("/live/seats/").content.decode()) == [("1", 2), ("3", 1)]
    phone.post("/live/seat/", {"code": codes["3"]})
    assert _tickets(computer.get("/live/seats/").content.decode()) == [("1", 2)]
    computer.post("/live/seats/", {"leave": "1"})
    assert _tickets(computer.get("/live/seats/").content.decode()) == []


def test_a_computer_holds_seats_of_one_match_only(season):
    codes = quiz.entries(season)
    first = quiz.ready(season, codes[:2])
    second = services.plan_match(
        actor=OFFICE, season=season, stage="heat", track="individual", event="quiz",
        title="第二场", starts_at=quiz.START, at=AT,
    )  # fmt: skip
    second = services.seat_match(actor=OFFICE, match=second, seats=quiz.seats(codes[2:4]), at=AT)
    services.choose_questions(
        actor=OFFICE, match=second, bank_codes=[quiz.BANK], counts={"buzzer": 2}, spares=1,
        seed="2", at=AT,
    )  # fmt: skip
    second = services.make_ready(actor=OFFICE, match=second, at=AT)
    computer = Client()
    computer.post("/live/seats/", {"code": cards.cards_of(first)[0].code})
    answer = computer.post("/live/seats/", {"code": cards.cards_of(second)[0].code})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "本机已坐着另一场次“第一场”的席位" in page
    assert _tickets(page) == [("1", 1)]
    assert second.devices.get(seat="1").bound_at is None
