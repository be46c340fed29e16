"""Two meet, answer the same questions and get what the rules say; or somebody stands in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from leitai.duels import selectors, services
from leitai.duels.enums import DuelState
from leitai.duels.models import Duel, Side
from leitai.kernel.errors import DomainError
from leitai.practice.models import Act, Credit
from tests.rooms.duels.hall import meet, play, season_with, stems
from tests.rooms.lectures.hall import AT, CODE, learner

pytestmark = pytest.mark.django_db


def points_of(side: Side) -> list[str]:
    lines = Credit.objects.filter(learner=side.learner_id).order_by("line")
    return [line.points for line in lines]


def test_two_colleagues_meet_and_each_gets_the_points_of_the_word():
    season_with()
    _, one = learner("linyuan")
    _, two = learner("suhe", "5103")
    first, second = meet(one), meet(two, after=4)
    assert first.duel_id == second.duel_id
    play(one, first, "AAB", after=5)  # two right
    ended = play(two, second, "ABB", after=5)  # one right
    first.refresh_from_db()
    assert (first.result, ended.result) == ("won", "lost")
    assert ended.duel.state == DuelState.OVER
    assert (points_of(first), points_of(second)) == (["3"], ["1"])
    act = Act.objects.get(learner=first.learner_id)
    assert act.value == "won;answers=110;seconds=5.000,5.000,5.000;subject=duel:" + str(first.pk)


def test_the_table_says_what_was_earned_once_it_is_over():
    season_with()
    _, one = learner("linyuan")
    _, two = learner("suhe", "5103")
    first, second = meet(one), meet(two)
    play(one, first, "AAB")
    later = AT + timedelta(minutes=1)
    assert selectors.table_for(one, CODE, first.pk, at=later).earned == ()
    play(two, second, "ABB")
    (won,) = selectors.table_for(one, CODE, first.pk, at=later).earned
    assert (won.ledger, won.points, won.unit) == ("月月比", "3", "分")
    (lost,) = selectors.table_for(two, CODE, second.pk, at=later).earned
    assert lost.points == "1"


def test_as_many_right_answers_are_a_draw_for_both():
    season_with()
    _, one = learner("linyuan")
    _, two = learner("suhe", "5103")
    first, second = meet(one), meet(two)
    play(one, first, "AAB", each=15)
    play(two, second, "BAA", each=2)
    assert points_of(first) == points_of(second) == ["2"]


def test_who_waits_in_vain_plays_against_what_a_colleague_answered_before():
    season_with()
    _, one = learner("linyuan")
    _, two = learner("suhe", "5103")
    _, three = learner("heqing", "5104")
    first, second = meet(one), meet(two)
    play(one, first, "AAA")
    play(two, second, "BBB")
    waiting = meet(three, after=60, seed="other")
    early = AT + timedelta(seconds=69)
    assert not services.stand_in(actor=three, side=waiting, at=early)  # nine seconds: still waits
    late = AT + timedelta(seconds=70)
    assert services.stand_in(actor=three, side=waiting, at=late)
    waiting = Side.objects.select_related("duel").get(pk=waiting.pk)
    assert stems(waiting) == stems(first)
    ended = play(three, waiting, "AAB", after=70)  # two right against three of the oldest recording
    other = ended.duel.sides.get(recorded__isnull=False)
    assert (ended.result, other.result) == ("lost", "won")
    assert points_of(ended) == ["1"]
    assert points_of(first) == ["3"]  # the recording earns nothing more


def test_without_anybody_the_answers_wait_for_a_later_opponent():
    season_with()
    _, one = learner("linyuan")
    _, two = learner("suhe", "5103")
    first = meet(one)
    assert not services.stand_in(actor=one, side=first, at=AT + timedelta(minutes=1))
    play(one, first, "AAA", after=60)
    assert Side.objects.get(pk=first.pk).result == ""
    late = AT + timedelta(hours=2)
    waiting = selectors.table_for(one, CODE, first.pk, at=late)
    assert (waiting.done, waiting.rows) == (True, ())  # nobody can be told the answers yet
    second = meet(two, after=3600)
    assert second.duel_id == first.duel_id
    play(two, second, "AAB", after=3600)
    first.refresh_from_db()
    assert first.result == "won"
    over = selectors.table_for(one, CODE, first.pk, at=late)
    assert [row.other for row in over.rows] == [True, True, False]


def test_an_answer_after_its_seconds_counts_as_none():
    season_with()
    _, one = learner("linyuan")
    side = meet(one)
    ended = play(one, side, "AA", each=23)  # twenty seconds and three for the line
    assert [right for _given, _ms, right in ended.answers] == [True, True]
    ended = play(one, side, "A", after=60, each=24)
    assert ended.answers[2] == ["", 24000, False]


def test_two_a_day_and_not_a_third():
    season_with()
    _, one = learner("linyuan")
    _, two = learner("suhe", "5103")
    for turn in range(2):
        first, second = meet(one, after=turn * 100), meet(two, after=turn * 100)
        play(one, first, "AAA", after=turn * 100)
        play(two, second, "AAA", after=turn * 100)
    with pytest.raises(DomainError) as refused:
        meet(one, after=300)
    assert (refused.value.code, refused.value.data) == ("duel_limit", {"limit": 2})
    assert meet(one, after=86400).duel.day == AT.date() + timedelta(days=1)


def test_a_duel_that_nobody_joined_is_given_back_after_its_day():
    season_with("person")
    _, one = learner("linyuan")
    side = play(one, meet(one), "AAA")
    assert services.expire_open(at=AT + timedelta(hours=14)) == 0  # 23:00
    assert services.expire_open(at=AT + timedelta(hours=15)) == 1  # midnight
    side.duel.refresh_from_db()
    assert side.duel.state == DuelState.EXPIRED
    assert not Act.objects.exists()
    ground_day = selectors.played_on(side.learner, "monthly", AT.date())
    assert ground_day == 0


def test_who_leaves_in_the_middle_has_answered_nothing_more():
    season_with()
    _, one = learner("linyuan")
    _, two = learner("suhe", "5103")
    first, second = meet(one), meet(two)
    play(one, first, "A")
    play(two, second, "ABB")
    assert services.end_left(at=AT + timedelta(minutes=15)) == 0
    assert services.end_left(at=AT + timedelta(minutes=16)) == 1
    first.refresh_from_db()
    assert (len(first.answers), first.result) == (3, "drawn")


def test_an_invitation_is_taken_up_by_one_colleague_only():
    season_with("person")
    _, one = learner("linyuan")
    _, two = learner("suhe", "5103")
    _, three = learner("heqing", "5104")
    made = services.invite(actor=one, season=CODE, seed="1", code="kq3", at=AT)
    assert meet(three).duel_id != made.duel_id  # an invited duel is nobody else's
    with pytest.raises(DomainError, match="duel_own"):
        services.join_invited(actor=one, season=CODE, code="kq3", at=AT)
    assert services.join_invited(actor=two, season=CODE, code="kq3", at=AT).duel_id == made.duel_id
    with pytest.raises(DomainError, match="duel_gone"):
        services.join_invited(actor=three, season=CODE, code="kq3", at=AT)


def test_an_answer_sent_twice_is_taken_once():
    season_with()
    _, one = learner("linyuan")
    side = meet(one)
    play(one, side, "A")
    with pytest.raises(DomainError, match="duel_question_other"):
        services.answer_question(actor=one, side=side.pk, n=1, answer="B", at=AT)
    assert len(Side.objects.get(pk=side.pk).answers) == 1


def test_the_page_shows_the_right_answer_only_after_the_own_one(client):
    season_with()
    account, _ = learner("linyuan")
    client.force_login(account)
    client.post(reverse("duels:meet", args=[CODE]))
    side = Side.objects.get()
    page = reverse("duels:table", args=[CODE, side.pk])
    assert "正在找对手" in client.get(page).content.decode()
    client.post(reverse("duels:ask", args=[CODE, side.pk]))
    asked = client.get(page).content.decode()
    assert "第1题，共3题" in asked
    assert "选甲。" not in asked
    answered = client.post(
        reverse("duels:answer", args=[CODE, side.pk]),
        {"n": "1", "type": "single", "answer": "B"},
        follow=True,
    )
    text = answered.content.decode()
    assert "答错" in text
    assert "选甲。" in text
    assert "已答1/3题" in text


def test_somebody_elses_table_does_not_exist(client):
    season_with()
    _, one = learner("linyuan")
    account, _ = learner("suhe", "5103")
    side = meet(one)
    client.force_login(account)
    assert client.get(reverse("duels:table", args=[CODE, side.pk])).status_code == 404
    assert Duel.objects.count() == 1
