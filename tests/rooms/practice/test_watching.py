"""Hints for an officer: what is found and what is not, and that nothing follows by itself."""

from datetime import date, timedelta

import pytest

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.practice.models import Credit, Suspicion
from leitai.practice.selectors import suspicions
from leitai.practice.services import appealing, clearing, upholding, watching
from leitai.practice.services.folding import fold_journal
from tests.factories import people, seasons
from tests.factories import practice as make
from tests.factories.practice import Taken, at

pytestmark = pytest.mark.django_db
NOW = at("2022-04-05 03:00")
DAY = date(2022, 4, 4)
NOON = at("2022-04-04 12:00")
OTHER = people.actor("office", season=seasons.CODE, account="10")


@pytest.fixture
def versions():
    seasons.draft()
    return make.questions(10)


@pytest.fixture
def pair(versions):
    return [make.learner(person) for person in people.people("5101", 2)]


def take(versions, *sets):
    make.take(versions, sets)
    fold_journal(at=NOW)


def look():
    return watching.watch_day(season=seasons.CODE, day=DAY, at=NOW)


def found():
    return {(one.learner_id, one.kind): one.evidence for one in Suspicion.objects.all()}


def uneven(nth):
    return [2100 + 997 * ((nth * 7 + place * 3) % 11) + nth * 13 + place for place in range(5)]


def sets_of(learner, count, *, marks="11111", ms=uneven, apart=timedelta(minutes=20)):
    return [
        Taken(learner.pk, "daily", NOON + apart * nth, marks, ms(nth), name=f"{learner.pk}/{nth}")
        for nth in range(count)
    ]


def test_honest_practice_is_left_alone(versions, pair):
    one, other = pair
    take(versions, *sets_of(one, 11), *sets_of(other, 3, marks="10101"))
    Suspicion.objects.all().delete()
    one_more = [Taken(other.pk, "daily", NOON, "11110", [4000, 6500, 3100, 9000, 5200], name="x")]
    take(versions, *one_more)
    assert [kind for _, kind in found()] == []


def test_answers_faster_than_the_pace(versions, pair):
    one, other = pair
    # Two sets of five answers in 1.9 seconds each are ten; nine are not yet many.
    quick = lambda nth: [1900 - nth * 5 - place * 41 for place in range(5)]  # noqa: E731
    take(versions, *sets_of(one, 2, ms=quick))
    nine = lambda nth: [1700 - nth * 3 - place * 37 for place in range(5 - nth)] + [8000] * nth  # noqa: E731
    take(versions, *sets_of(other, 2, ms=nine))
    assert look() == 1
    assert found() == {(one.pk, "fast"): {"fast": 10, "answers": 10, "least": "2"}}
    assert look() == 0


def test_times_like_a_clock(versions, pair):
    one, _ = pair
    # Six sets of five answers of 5.000 to 5.029 seconds: 30 answers.
    clock = lambda nth: [5000 + nth * 5 + place for place in range(5)]  # noqa: E731
    take(versions, *sets_of(one, 6, ms=clock))
    look()
    # The mean of 5000 … 5029 is 5014.5, the mean distance from it 7.5.
    assert found() == {(one.pk, "steady"): {"answers": 30, "mean_ms": 5014, "away_ms": 7}}


def test_a_flood_of_sets(versions, pair):
    one, _ = pair
    take(versions, *sets_of(one, 12, apart=timedelta(seconds=50)))
    look()
    assert found() == {(one.pk, "flood"): {"sets": 12, "minutes": 10, "day": 12}}


def test_the_same_mistakes_as_a_colleague_in_three_sets(versions, pair):
    one, other = pair
    marks = ["00111", "10011", "11001"]
    for learner, start in ((one, 0), (other, 50)):
        for nth, each in enumerate(marks):
            set_ = Taken(learner.pk, "daily", NOON + timedelta(minutes=nth), each,
                         uneven(nth + start), name=f"{learner.pk}/{nth}")  # fmt: skip
            take(versions, set_)
    assert look() == 2
    assert found() == {
        (one.pk, "same"): {"sets": 3, "others": [other.pk], "times": 0},
        (other.pk, "same"): {"sets": 3, "others": [one.pk], "times": 0},
    }


def test_the_same_times_to_the_millisecond(versions, pair):
    one, _ = pair
    same = lambda _: [4100, 7300, 2900, 8800, 5050]  # noqa: E731
    take(versions, *sets_of(one, 2, ms=same))
    look()
    assert found() == {(one.pk, "same"): {"sets": 0, "others": [], "times": 2}}


@pytest.fixture
def doubt(versions, pair):
    take(versions, *sets_of(pair[0], 2, ms=lambda _: [4100, 7300, 2900, 8800, 5050]))
    look()
    return Suspicion.objects.get()


def points(learner):
    return [int(line.points) for line in Credit.objects.filter(learner=learner.pk).order_by("line")]


def go(service, actor, doubt, **more):
    return service(actor=actor, suspicion=doubt.pk, at=NOW, **{"words": "现场抽查", **more})


def code_of(service, actor, doubt, **more):
    with pytest.raises(DomainError) as caught:
        go(service, actor, doubt, **more)
    return caught.value.code


def test_nothing_follows_until_an_officer_decides_after_a_check(pair, doubt):
    assert points(pair[0]) == [5, 5]
    # No figure alone decides: first a spot check.
    assert code_of(upholding.uphold_suspicion, seasons.OFFICE, doubt) == "suspicion_state"
    go(clearing.order_check, seasons.OFFICE, doubt)
    go(upholding.uphold_suspicion, seasons.OFFICE, doubt, words="抽查未能独立作答")
    assert points(pair[0]) == [5, 5, -5, -5]
    assert [one.void for one in make.acts()] == [f"suspicion:{doubt.pk}"] * 2
    doubt.refresh_from_db()
    assert [row[0] for row in doubt.history] == ["open", "check", "upheld"]


def test_an_appeal_is_decided_by_another_officer(pair, doubt):
    learner = pair[0]
    me = Actor(account=learner.account, name="学员")
    go(clearing.order_check, seasons.OFFICE, doubt)
    go(upholding.uphold_suspicion, seasons.OFFICE, doubt)
    assert code_of(appealing.appeal, Actor("77", "旁人"), doubt) == "not_found"
    go(appealing.appeal, me, doubt, words="当日由本人作答")
    decide = appealing.decide_appeal
    assert code_of(decide, seasons.OFFICE, doubt, granted=True) == "suspicion_same_officer"
    go(decide, OTHER, doubt, granted=True)
    assert sum(points(learner)) == 10
    doubt.refresh_from_db()
    assert doubt.state == "cleared"
    assert [one.void for one in make.acts()] == ["", ""]


def test_a_refused_appeal_is_the_last_word(pair, doubt):
    me = Actor(account=pair[0].account, name="学员")
    go(clearing.order_check, seasons.OFFICE, doubt)
    go(upholding.uphold_suspicion, seasons.OFFICE, doubt)
    go(appealing.appeal, me, doubt)
    go(appealing.decide_appeal, OTHER, doubt, granted=False)
    assert sum(points(pair[0])) == 0
    assert code_of(appealing.appeal, me, doubt) == "suspicion_appealed"


def test_a_cleared_one_is_found_no_second_time(pair, doubt):
    go(clearing.clear_suspicion, seasons.OFFICE, doubt)
    assert look() == 0
    doubt.refresh_from_db()
    assert doubt.state == "cleared"
    assert points(pair[0]) == [5, 5]


def test_who_may_see_and_decide(pair, doubt):
    manager = people.actor("unit_manager", season=seasons.CODE)
    me = Actor(account=pair[0].account, name="学员")
    with pytest.raises(DomainError):
        suspicions.list_suspicions(manager, seasons.CODE)
    with pytest.raises(DomainError):
        suspicions.get_suspicion(me, doubt.pk)  # nothing was decided yet
    assert code_of(clearing.clear_suspicion, manager, doubt) == "forbidden"
    assert code_of(clearing.clear_suspicion, seasons.OFFICE, doubt, words=" ") == (
        "practice_reason_missing"
    )
    assert list(suspicions.list_suspicions(seasons.OFFICE, seasons.CODE)) == [doubt]
    go(clearing.order_check, seasons.OFFICE, doubt)
    go(upholding.uphold_suspicion, seasons.OFFICE, doubt)
    assert suspicions.get_suspicion(me, doubt.pk) == doubt
    assert list(suspicions.list_own_suspicions(me, seasons.CODE)) == [doubt]
