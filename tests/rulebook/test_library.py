"""The packaged Sichuan season: what the notice says stands in it, and the engine can run it."""

from collections import Counter
from fractions import Fraction

import pytest

from leitai.rulebook import decide, load, packaged
from leitai.rulebook.data import EntryIn, ScoreIn
from tests.rulebook.builders import resolve_all

SICHUAN = load(packaged("sichuan-2022"), name="sichuan-2022.yaml")
CITIES = tuple(f"51{number:02d}" for number in range(1, 22))
DELEGATIONS = (*CITIES, "51-province")


def test_it_has_the_stages_the_event_and_the_track_of_the_notice():
    assert SICHUAN.stage_order == ("selection", "advancement", "final")
    assert list(SICHUAN.tracks) == ["individual"]
    exam = SICHUAN.events["exam"]
    assert (exam.max, exam.decimals) == (100, 2)
    assert [(part.type, part.count, part.points) for part in exam.paper] == [
        ("single", 40, Fraction(3, 2)),
        ("multiple", 20, 2),
    ]
    assert SICHUAN.stages["selection"].quota.count == 40
    assert SICHUAN.guests == {"51-province", "省本级"}  # by code, and by name in CSV


def test_its_awards_have_the_titles_and_places_of_the_notice():
    assert [(award.title, award.ranks, award.top) for award in SICHUAN.awards] == [
        ("特等奖", (1, 1), None),
        ("一等奖", (2, 3), None),
        ("二等奖", (4, 6), None),
        ("三等奖", (7, 10), None),
        ("人社知识通", (1, 15), None),
        ("岗位练兵明星", None, 3),
        ("优秀组织奖", None, None),  # the committee decides how many
    ]
    assert SICHUAN.award("star").unless == ("scholar",)
    with pytest.raises(KeyError):
        SICHUAN.award("nobel")


def test_what_the_notice_leaves_open_stands_under_assumptions():
    assert set(SICHUAN.assumptions) >= {
        "title-or-points",
        "individual-ties",
        "team-ties",
        "selection-ties",
        "short-team",
        "guest-individuals",
        "succession-exhausted",
    }
    for assumption in SICHUAN.assumptions.values():
        assert assumption.question.endswith("？")
        assert assumption.confirm == "committee"


def test_every_rule_that_decides_quotes_its_sentence():
    for stage in ("selection", "advancement"):
        for bar in SICHUAN.stages[stage].bars:
            assert bar.source
    assert all(award.source for award in SICHUAN.awards)
    assert all(rule.source for rule in SICHUAN.stages["advancement"].advance)


def season():
    """40 people of 22 delegations; the i-th of delegation d has 90 - i - d/4 points or so.

    Delegation 0 is the province's own (the guest), then the cities in order, each a quarter point
    worse than the one before, so that every rank can be told in advance.
    """
    order = ("51-province", *CITIES)
    table = {
        f"{code}-{number:02d}": 10000 - 100 * number - 4 * place
        for place, code in enumerate(order)
        for number in range(40)
    }
    entries = [
        EntryIn(name, "selection", "individual", f"选手{name}", name[:-3], f"p-{name}")
        for name in table
    ]
    return table, entries


def scores(table, stage, names):
    keys = {"multiple": 3000, "seconds": 3600}
    return [ScoreIn(stage, "individual", "exam", name, table[name], 2, keys=keys) for name in names]


@pytest.fixture(scope="module")
def outcome():
    table, entries = season()

    def play(rows, answers=()):
        return decide(
            SICHUAN, entries=entries, scores=rows, resolutions=answers, delegations=DELEGATIONS
        )

    first = scores(table, "advancement", table)
    middle = play(first)
    going = [row.entry for row in middle.advancement if row.to_stage == "final"]
    return play(first + scores(table, "final", going))


def test_ten_cities_go_on_and_the_province_is_skipped(outcome):
    """The guest is the best team; the cities 1 to 10 follow it."""
    teams = [row for row in outcome.teams if row.stage == "advancement"]
    assert [row.delegation for row in teams] == ["51-province", *CITIES]
    assert [row.delegation for row in teams if row.advanced] == list(CITIES[:10])
    # 100.00 down to 81.00 is 1810 for the province; each place is 20 × 0.04 less.
    assert [row.total for row in teams[:2]] == [Fraction(1810), Fraction(18092, 10)]


def test_200_team_members_and_the_rest_of_the_first_hundred_go_on(outcome):
    """By points the order of all is number first, then delegation: 22 to a number.

    100 = 4 × 22 + 12: the numbers 0 to 3 of all 22, and number 4 of the first 12 (the province and
    the cities 1 to 11). Of these the cities 1 to 10 are in already with 20 each.
    """
    going = Counter(row.as_ for row in outcome.advancement if row.to_stage == "final")
    # Province 5; city 11 has 5; the cities 12 to 21 have 4 each.
    assert going == {"team": 200, "individual": 5 + 5 + 10 * 4}
    everyone = [row for row in outcome.advancement if row.to_stage == "advancement"]
    assert len(everyone) == 880


def test_the_final_ranks_ten_teams_and_gives_every_award(outcome):
    given = {}
    for row in outcome.awards:
        given.setdefault(row.title, []).append(row.holder)
    assert {title: len(holders) for title, holders in given.items()} == {
        "特等奖": 1, "一等奖": 2, "二等奖": 3, "三等奖": 4, "人社知识通": 15, "岗位练兵明星": 66,
    }  # fmt: skip
    assert given["特等奖"] + given["一等奖"] + given["二等奖"] + given["三等奖"] == list(
        CITIES[:10]
    )
    # The final has the same points: number 0 of the province and the cities 1 to 14.
    assert given["人社知识通"] == ["51-province-00", *(f"{code}-00" for code in CITIES[:14])]


def test_stars_follow_on_where_the_first_is_a_scholar(outcome):
    stars = {}
    for row in outcome.awards:
        if row.award == "star":
            stars.setdefault(row.delegation, []).append(row.holder[-2:])
    assert stars["51-province"] == stars[CITIES[0]] == stars[CITIES[13]] == ["01", "02", "03"]
    assert stars[CITIES[14]] == ["00", "01", "02"]
    assert outcome.blocked == ()


def test_every_tie_that_the_issue_names_asks_for_a_draw():
    """Everyone with the same points: ties at every line, in both stages."""
    table, entries = season()
    same = dict.fromkeys(table, 8000)

    def play(rows):
        return lambda answers: decide(
            SICHUAN, entries=entries, scores=rows, resolutions=answers, delegations=DELEGATIONS
        )

    first = scores(same, "advancement", same)
    blocked = play(first)(()).blocked
    assert [(row.board, row.line, len(row.entries), row.needs) for row in blocked] == [
        ("teams", "advance:final", 22, "draw")
    ]
    middle, answers = resolve_all(play(first))
    boards = Counter(answer.board.partition(":")[0] for answer in answers)
    assert boards == {"teams": 1, "team": 10, "main": 1}
    going = [row.entry for row in middle.advancement if row.to_stage == "final"]
    rows = first + scores(same, "final", going)
    outcome, more = resolve_all(lambda extra: play(rows)(answers + extra))
    assert Counter((a.stage, a.board.partition(":")[0], a.line) for a in more) == {
        ("final", "teams", "award:special"): 1,
        ("final", "main", "award:scholar"): 1,
        ("advancement", "team", "award:star"): 12,
    }
    assert Counter(row.award for row in outcome.awards) == {
        "special": 1, "first": 2, "second": 3, "third": 4, "scholar": 15, "star": 66,
    }  # fmt: skip
