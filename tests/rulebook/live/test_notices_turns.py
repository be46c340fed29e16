"""Rounds in turn, risk, rings, duels, arena and conduct of real notices, said and played by hand."""

import pytest

from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook import live
from leitai.rulebook.plain import season
from leitai.rulebook.plain.words import Words
from tests.rulebook.live.fragments import match_of, rulebook_of
from tests.rulebook.live.tables import play, scores


def refused(match, text):
    with pytest.raises(DomainError) as caught:
        play(match, text)
    return caught.value.code


def turns(match, count):
    """Play so many right answers; give whose they were, as ``seat.member``."""
    found = []
    for _ in range(count):
        match = play(match, "question")
        question = match.question
        found.append(f"{question.turn[0]}.{question.member}")
        match = play(match, "verdict - right")
    assert live.complete(match)
    return " ".join(found)


# ---- must


@pytest.mark.parametrize(
    ("must", "expected"),
    [
        # 各队1号队员先答，再轮2号
        ("{by: member}", "1.1 2.1 3.1 1.2 2.2 3.2"),
        # 一队答完再轮下一队
        ("{by: member, sequence: seat-major}", "1.1 1.2 2.1 2.2 3.1 3.2"),
        # 每队2题，由全队作答，轮流
        ("{by: team, each: 2}", "1.0 2.0 3.0 1.0 2.0 3.0"),
    ],
)
def test_whose_turn_it_is(must, expected):
    rules = f"""
members: 2
segments:
  - id: must
    title: 必答题
    must: {must}
    points: {{right: 10}}
"""
    assert turns(play(match_of(rules), "open - must"), 6) == expected


def test_base_hundred_and_must_questions_that_cost_points_too():
    """基础分100分，必答题答对加10分，答错或超时扣10分."""
    rules = """
base: 100
segments:
  - id: must
    title: 必答题
    must: {each: 1}
    points: {right: 10, wrong: -10}
    clock: {finish: 20}
"""
    match = play(match_of(rules), "open - must\nquestion\nread\nverdict - right")
    match = play(match, "question\nverdict - wrong\nquestion\nread\n+20 timeout")
    assert scores(match) == {"1": 110, "2": 90, "3": 90}


def test_sets_are_drawn_before_the_match_and_none_twice():
    """赛前由领队抽取题组."""
    rules = """
segments:
  - id: must
    title: 必答题
    must: {each: 3, sequence: seat-major, sets: {count: 4, by: drawn}}
    points: {right: 10}
"""
    match = play(match_of(rules), "open - must\nchoose 1 3\nchoose 2 1")
    assert refused(match, "choose 3 3") == "live_set_taken"
    match = play(match, "choose 3 4")
    assert turns(match, 9) == "1.0 1.0 1.0 2.0 2.0 2.0 3.0 3.0 3.0"


@pytest.mark.parametrize(("begin", "finish"), [(15, 60), (30, 120), (10, 30)])
@pytest.mark.parametrize("since", ["question", "begin"])
def test_two_clocks(begin, finish, since):
    """读题后15秒内开始作答，60秒内答完；另一种说法：自开始作答起60秒内答完."""
    rules = f"""
segments:
  - id: must
    title: 必答题
    must: {{each: 1}}
    points: {{right: 10}}
    clock: {{begin: {begin}, finish: {finish}, finish_from: {since}}}
"""
    match = play(match_of(rules), "open - must\nquestion\nread")
    assert refused(match, f"+{begin + 1} begin 1") == "live_too_late"
    match = play(match, f"+{begin} begin 1")
    left = finish - begin if since == "question" else finish
    assert refused(match, f"+{left + 1} done 1") == "live_too_late"
    assert scores(play(match, f"+{left} done 1\nverdict 1 right"))["1"] == 10


def test_all_members_write_and_must_agree_in_three_seconds():
    rules = """
members: 3
segments:
  - id: must
    title: 必答题
    must: {each: 1}
    points: {right: 10}
    clock: {begin: 3}
    manner: [全体队员一致亮牌方为有效]
"""
    match = play(match_of(rules), "open - must\nquestion\nread")
    assert refused(match, "+4 begin 1") == "live_too_late"
    assert scores(play(match, "+3 timeout"))["1"] == 0


def test_all_teams_write_on_boards():
    """题板题2轮，每题20分，各队同时作答；简答题可判基本正确."""
    rules = """
segments:
  - id: boards
    title: 题板题
    joint: {questions: 2}
    points: {right: 20, partly: 10}
"""
    match = play(match_of(rules), "open - boards\nquestion\nverdict 2 right\nverdict 1 partly")
    match = play(match, "verdict 3 wrong\nquestion\nverdict 1 right\nverdict 2 right")
    match = play(match, "verdict 3 timeout")
    assert scores(match) == {"1": 30, "2": 40, "3": 0}


def test_questions_for_the_audience_alone_are_a_segment_that_gives_nothing():
    """穿插观众互动题，不计分."""
    rules = """
segments:
  - id: must
    title: 必答题
    must: {each: 1}
    points: {right: 10}
  - id: hall
    title: 观众题
    joint: {questions: 5}
    points: {right: 0}
    optional: true
"""
    text = "open - must" + "\nquestion\nverdict - right" * 3 + "\nopen - hall"
    match = play(match_of(rules), text + "\nquestion\naudience\nquestion\naudience\nend - early")
    assert scores(match) == {"1": 10, "2": 10, "3": 10}
    assert all(len(seat.lines) == 1 for seat in match.play.seats.values())
    assert play(match, "close").closed


# ---- risk

RISK = """
base: 100
seats: [2, 3]
segments:
  - id: must
    title: 必答题
    must: {{each: 1}}
    points: {{right: 10, wrong: -10}}
  - id: risk
    title: 风险题
    risk: {risk}
    order: {order}
"""
STAKES = "stakes: [{points: 10}, {points: 20}, {points: 30}]"


def risking(risk=f"{{{STAKES}}}", order="{}", first=("right", "wrong", "right")):
    answers = "".join(f"\nquestion\nverdict - {one}" for one in first)
    match = match_of(RISK.format(risk=risk, order=order))
    return play(match, f"open - must{answers}\nopen - risk")


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("{by: score}", ["2", "1", "3"]),  # 得分低的先选，相同的台号小的先选
        ("{by: score, direction: descending}", ["1", "3", "2"]),
        ("{by: seat}", ["1", "2", "3"]),
        ("{by: seat, direction: descending}", ["3", "2", "1"]),  # 按台号逆序
    ],
)
def test_whose_turn_it_is_to_choose(order, expected):
    match, found = risking(order=order), []
    for _ in range(3):
        found.append(live.next_seat(match))
        match = play(match, "choose - decline")
    assert found == expected


def test_level_teams_draw_who_chooses_first():
    rules = RISK.format(risk=f"{{{STAKES}}}", order="{by: score, level: draw}")
    text = "open - must" + "\nquestion\nverdict - right" * 3
    match = play(match_of(rules), text)
    assert refused(match, "open - risk") == "live_order_needed"
    assert live.next_seat(play(match, "open - risk=3>1>2")) == "3"


def test_what_is_chosen_is_won_or_lost_and_may_be_declined():
    match = risking()
    match = play(match, "choose 1 30\nquestion\nverdict - wrong\nchoose 2 20\nquestion\n")
    match = play(match, "verdict - right\nchoose 3 decline")
    assert scores(match) == {"1": 80, "2": 110, "3": 110}


def test_four_questions_of_each_stake_are_in_stock_and_a_taken_one_is_gone():
    stakes = "stakes: [{points: 10, stock: 1}, {points: 20, stock: 5}]"
    match = risking(f"{{{stakes}, rounds: 2, compulsory: true}}")
    match = play(match, "choose 1 10\nquestion\nverdict - right")
    assert refused(match, "choose 2 10") == "live_stake_gone"
    assert refused(match, "choose 2 decline") == "live_compulsory"
    text = "".join(f"\nchoose {seat} 20\nquestion\nverdict - right" for seat in "231")
    match = play(match, text)
    assert scores(match) == {"1": 140, "2": 110, "3": 130}


def test_a_part_of_an_answer_is_wrong_unless_the_rules_give_it_a_share():
    match = play(risking(), "choose 1 20\nquestion")
    assert refused(match, "verdict - partly") == "live_no_partly"
    match = play(risking(f"{{{STAKES}, partly: 50%}}"), "choose 1 20\nquestion\nverdict - partly")
    assert scores(match)["1"] == 120


@pytest.mark.parametrize(
    ("give", "right", "wrong"),
    [
        # 转给他队：对方答对对方得分，答错对方扣分
        ("{}", (110, 120), (110, 60)),
        # 对方答错，转题队得分，对方不扣分
        ("{wrong: giver, loses: none}", (110, 120), (140, 90)),
        # 对方答对，转题队扣不了分，但也不得分；答错扣转题队
        ("{loses: giver}", (110, 120), (80, 90)),
    ],
)
def test_a_question_is_given_to_another_team(give, right, wrong):
    for verdict, expected in (("right", right), ("wrong", wrong)):
        match = risking(f"{{stakes: [{{points: 30}}], give: {give}}}")
        match = play(match, f"choose 1 30\nquestion\ngive 1 2\nverdict - {verdict}")
        assert (scores(match)["1"], scores(match)["2"]) == expected


# ---- rings, duels, the arena


def test_each_table_sets_the_question_of_the_next_and_the_last_that_of_the_first():
    """第k桌给第k+1桌指定队员出题，第8桌给第1桌；10、20、30分各5题，每队一次."""
    rules = """
members: 2
segments:
  - id: ring
    title: 指定题
    designation:
      stakes: [{points: 10, stock: 5}, {points: 20, stock: 5}, {points: 30, stock: 5}]
      member: chosen
"""
    match, found = play(match_of(rules), "open - ring"), []
    for _ in range(3):
        match = play(match, "choose - 20@2\nquestion")
        found.append((match.question.owner, match.question.turn, match.question.member))
        match = play(match, "verdict - right")
    assert found == [("1", ("2",), 2), ("2", ("3",), 2), ("3", ("1",), 2)]
    assert live.complete(match)


def test_the_first_meets_the_second_and_a_lifeline_restarts_the_clock():
    """按当时名次第1与第2、第3与第4对决；每队一次求助，重新计时."""
    rules = """
segments:
  - id: must
    title: 必答题
    must: {each: 1}
    points: {right: 10, wrong: -10}
  - id: duel
    title: 对决
    duel: {questions: 2, lifelines: 1}
    points: {right: 20}
    clock: {finish: 30}
"""
    answers = "".join(
        f"\nquestion\nverdict - {one}" for one in ("wrong", "right", "wrong", "right")
    )
    match = play(match_of(rules, "1234"), f"open - must{answers}\nopen - duel\nquestion 2\nread")
    match = play(match, "+20 lifeline 2")
    assert refused(match, "lifeline 2") == "live_used_up"
    assert refused(match, "+29 timeout") == "live_too_early"
    match = play(match, "+30 timeout\nquestion 4\nverdict - right")
    match = play(match, "question 1\nverdict - right\nquestion 3\nverdict - wrong")
    assert scores(match) == {"1": 10, "2": 10, "3": -10, "4": 30}


def test_the_winner_stays_and_awards_go_by_the_order_of_exit():
    """擂主抽签产生并选择对手，负者出局；每队一次免答权，把题交给对手；首题由负责人作答."""
    rules = """
members: 3
segments:
  - id: arena
    title: 擂台赛
    arena: {passes: 1, opener: 1}
    order: {by: given}
"""
    match = play(match_of(rules), "open - arena=2>1>3\nchoose 2 3\nquestion 3")
    assert match.question.member == 1
    match = play(match, "pass 3")
    assert match.answering == ("2",)
    match = play(match, "verdict 2 wrong\nchoose 3 1\nquestion 1\nverdict 1 right\nquestion 3")
    assert refused(match, "pass 3") == "live_used_up"
    match = play(match, "verdict 3 wrong")
    assert dict(match.play.places) == {"1": 1, "3": 2, "2": 3}
    assert live.complete(match)


# ---- conduct, and the members' own scores


def test_conduct_costs_points_and_the_second_time_the_match():
    rules = """
conduct:
  prompting: {title: 提示队友, points: -10}
  looking: {title: 翻阅资料, points: -20}
  noisy: {title: 啦啦队喧哗, points: -20}
  supporters: {title: 啦啦队满10人, points: 10, most: 1}
  helping: {title: 啦啦队提示, points: -50, out_after: 2}
segments:
  - id: must
    title: 必答题
    must: {each: 1}
    points: {right: 10}
"""
    text = "penalty 1 prompting\npenalty 1 looking\npenalty 1 looking\nbonus 2 supporters"
    match = match_of(rules, least="")  # «each time» has no end, so the score has no least
    match = play(match, f"open - must\n{text}\npenalty 3 noisy\npenalty 3 helping")
    assert refused(match, "bonus 2 supporters") == "live_used_up"
    assert scores(match) == {"1": -50, "2": 10, "3": -70}
    match = play(match, "penalty 3 helping")
    assert match.play.seats["3"].out == "void"


def test_what_has_no_end_needs_no_least_and_bears_none():
    """翻阅资料每次扣20分: «each time» is a rule, and the page says that the score may go below 0."""
    text = """
conduct:
  looking: {title: 翻阅资料, points: -20}
segments:
  - id: must
    title: 必答题
    must: {each: 1}
    points: {right: 10}
"""
    rules = rulebook_of(text, least="")
    said = "".join(c.text for section in season.sections(Words(rules)) for c in section.clauses)
    assert "扣分不设下限，得分可为负分" in said
    said = "".join(
        c.text for section in season.sections(Words(rules, lang="en")) for c in section.clauses
    )
    assert "may go below 0, without end" in said
    with pytest.raises(Problems) as caught:
        rulebook_of(text)
    assert [problem.code for problem in caught.value.problems] == ["live_no_least"]
    log = "seat 1 t1\nopen - must\nquestion\nverdict 1 right" + "\npenalty 1 looking" * 60
    match = play(live.start(rules.events["quiz"].live, {}), f"{log}\nclose")
    assert [one.value for one in live.fold(rules, match.log).scores] == [-1190]


def test_members_answers_are_a_ranking_of_their_own():
    rules = """
members: 2
individual: {event: personal}
segments:
  - id: must
    title: 必答题
    must: {by: member}
    points: {right: 10, wrong: -10}
  - id: buzzer
    title: 抢答题
    buzzer: {questions: 1}
    points: {right: 10}
"""
    seats = "".join(
        f"\nmember {seat} {number}=p{seat}{number}" for seat in "12" for number in (1, 2)
    )
    answers = "".join(
        f"\nquestion\nverdict - {one}" for one in ("right", "wrong", "right", "right")
    )
    log = f"{seats}\nopen - must{answers}\nopen - buzzer\nquestion\ngo\npress 2\nbegin 2 1"
    rules = rulebook_of(rules)
    match = live.start(rules.events["quiz"].live, {})
    match = play(match, f"seat 1 t1\nseat 2 t2{log}\nverdict 2 right\nclose")
    found = live.fold(rules, match.log).scores
    assert {one.entry: one.value for one in found} == {
        "t1": 20, "t2": 10, "p11": 10, "p12": 10, "p21": 0, "p22": 10,
    }  # fmt: skip
