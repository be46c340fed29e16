"""A lecture from the office's draft to points that follow from what was really watched."""

from datetime import timedelta

import pytest

from leitai.kernel.errors import DomainError, Problems
from leitai.lectures import selectors, services
from leitai.lectures.models import Lecture, Viewing
from leitai.lectures.services import Words
from leitai.ledger.models import LedgerEntry
from leitai.practice.models import Act, Credit
from tests.factories import people as make
from tests.rooms.files.content import film
from tests.rooms.lectures.hall import (
    AT,
    CODE,
    OFFICE,
    WORDS,
    drafted,
    film_of,
    learner,
    open_season,
    published,
    stocked,
    uploaded,
    watch,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    return open_season()


def words(**more):
    return Words(**{**{name: getattr(WORDS, name) for name in WORDS.__slots__}, **more})


def credits_of(viewing):
    rows = Credit.objects.filter(learner=viewing.learner_id).order_by("line")
    return [(row.ledger, row.points) for row in rows]


def test_a_draft_knows_its_length_and_reads_its_chapters(season):
    lecture = drafted(season)
    assert (lecture.seconds, lecture.state, lecture.position) == (300, "draft", 1)
    assert lecture.chapters == [[0, "开场"], [200, "申领条件"]]
    assert lecture.transcript == [(0, 200000, "今天讲申领。"), (200000, 204000, "先看条件。")]


def test_problems_of_a_draft_are_told_together(season):
    told = words(chapters="9:00 太晚", transcript="[1:00] 甲\n[0:30] 乙")
    with pytest.raises(Problems) as error:
        drafted(season, told)
    found = [(one.place, one.code) for one in error.value.problems]
    assert found == [
        ("chapters", "lecture_chapter_late"),
        ("transcript", "lecture_cue_order"),
    ]
    assert not Lecture.objects.exists()


def test_a_film_that_hides_its_length_is_refused(season):
    with pytest.raises(DomainError, match="lecture_length_unknown"):
        services.create_lecture(
            actor=OFFICE, season=season, words=WORDS, videos=[uploaded(film())], at=AT
        )


def test_only_the_office_writes(season):
    lecture = drafted(season)
    other = make.actor("office", season=CODE, unit="51/5101/", account="900021")
    for actor in (other, make.actor("leader", season=CODE, account="900022")):
        with pytest.raises(DomainError, match="forbidden"):
            services.publish_lecture(actor=actor, lecture=lecture, at=AT)


def test_without_a_video_or_the_demanded_questions_nothing_is_published(season):
    bare = services.create_lecture(actor=OFFICE, season=season, words=WORDS, at=AT)
    with pytest.raises(DomainError, match="lecture_video_missing"):
        services.publish_lecture(actor=OFFICE, lecture=bare, at=AT)
    unasked = drafted(season, words(done_by="both"))
    with pytest.raises(DomainError, match="lecture_check_missing"):
        services.publish_lecture(actor=OFFICE, lecture=unasked, at=AT)


def test_what_is_published_does_not_change_and_withdrawing_says_why(season):
    lecture = published(season)
    with pytest.raises(DomainError, match="lecture_published"):
        services.edit_lecture(actor=OFFICE, lecture=lecture, words=WORDS, at=AT)
    with pytest.raises(DomainError, match="lecture_reason_empty"):
        services.withdraw_lecture(actor=OFFICE, lecture=lecture, reason=" ", at=AT)
    services.withdraw_lecture(actor=OFFICE, lecture=lecture, reason="政策有变", at=AT)
    lecture.refresh_from_db()
    assert (lecture.state, lecture.withdrawn_reason) == ("withdrawn", "政策有变")
    acts = LedgerEntry.objects.filter(chain=CODE).order_by("seq").values_list("act", flat=True)
    assert list(acts)[-2:] == ["lecture.published", "lecture.withdrawn"]


def test_only_acts_that_ask_for_minutes_or_nothing_can_be_chosen(season):
    assert selectors.get_season_of_desk(OFFICE, CODE) == season
    with pytest.raises(Problems) as error:
        drafted(season, words(act="quiz"))
    assert [one.code for one in error.value.problems] == ["lecture_act_unknown"]
    assert drafted(season, words(act="video-time")).act == "video-time"


def test_who_watches_it_through_gets_the_minutes_once(season):
    lecture = published(season, words(act="video-time"))
    _account, actor = learner()
    watch(actor, lecture)
    for at in range(15, 271, 15):
        viewing = watch(actor, lecture, (at - 15, at), after=at)
    # 90 percent of 300 seconds are 270: four full minutes, a point for every two
    assert (viewing.watched, viewing.credited) == (270, True)
    act = Act.objects.get(learner=viewing.learner_id)
    assert (act.act, act.source) == ("video-time", f"lecture:{viewing.pk}")
    assert act.value == f"minutes=4;subject=lecture-{lecture.pk}"
    assert credits_of(viewing) == [("points", "2")]
    watch(actor, lecture, (270, 300), after=300)
    assert Act.objects.filter(learner=viewing.learner_id).count() == 1


def test_two_learners_of_one_day_are_both_credited(season):
    lecture = published(season, words(act="video", share=10))
    for name in ("linyuan", "subai"):
        _account, actor = learner(name)
        watch(actor, lecture)
        viewing = watch(actor, lecture, (0, 30), after=30)
        assert credits_of(viewing) == [("points", "1")]
    assert Viewing.objects.filter(credited=True).count() == 2


def test_a_lecture_without_an_act_brings_no_points(season):
    lecture = published(season, words(share=10))
    _account, actor = learner()
    watch(actor, lecture)
    viewing = watch(actor, lecture, (0, 30), after=30)
    assert (viewing.completed_at, viewing.credited) == (AT + timedelta(seconds=30), False)
    assert not Act.objects.exists()


def test_nobody_is_credited_more_than_the_clock_allows(season):
    lecture = published(season)
    _account, actor = learner()
    assert watch(actor, lecture, (0, 300)).watched == 30  # all at once, with the first report
    assert watch(actor, lecture, (30, 300), after=15).watched == 70  # 2 × 15 + 10 more
    viewing = watch(actor, lecture, (299, 300), after=16)
    assert (viewing.watched, viewing.played) == (71, [(0, 70), (299, 300)])


def test_where_one_stopped_is_known_on_another_device(season):
    lecture = published(season)
    _account, actor = learner()
    watch(actor, lecture)
    watch(actor, lecture, (0, 95), after=95)
    page = selectors.lecture_page(actor, lecture)
    assert (page.row.viewing.position, page.row.stopped, page.row.share) == (95, "1:35", 31)


def test_a_new_film_begins_anew_for_those_who_had_not_finished(season):
    lecture = published(season, words(share=20))
    _account, done = learner("linyuan")
    _account, begun = learner("subai")
    for actor in (done, begun):
        watch(actor, lecture)
    watch(done, lecture, (0, 60), after=60)
    watch(begun, lecture, (0, 30), after=30)
    services.withdraw_lecture(actor=OFFICE, lecture=lecture, reason="更正", at=AT)
    services.edit_lecture(
        actor=OFFICE, lecture=lecture, words=WORDS, videos=[uploaded(film_of(600))], at=AT
    )
    seen = dict(Viewing.objects.values_list("learner__account", "watched"))
    assert seen == {done.account: 60, begun.account: 0}


def test_check_questions_come_after_the_video_and_may_be_tried_again(season):
    items = stocked()
    lecture = published(season, words(done_by="both", share=10, act="video"), items)
    _account, actor = learner()
    choice, judged = lecture.questions.order_by("position")

    def answer(question, given, after):
        at = AT + timedelta(seconds=after)
        return services.answer_question(
            actor=actor, lecture=lecture, question=question, answer=given, at=at
        )

    watch(actor, lecture)
    with pytest.raises(DomainError, match="lecture_question_early"):
        answer(choice, "A", 5)
    watch(actor, lecture, (0, 30), after=30)
    assert answer(choice, "B", 40) is False
    assert answer(choice, "A", 50) is True
    viewing = Viewing.objects.get()
    assert (viewing.completed_at, viewing.answers[str(items[0].pk)]["tries"]) == (None, 2)
    assert answer(judged, "T", 60) is True
    viewing.refresh_from_db()
    assert viewing.completed_at == AT + timedelta(seconds=60)
    assert credits_of(viewing) == [("points", "1")]


def test_who_reads_instead_of_watching_may_answer_where_answers_decide(season):
    lecture = published(season, words(done_by="check"), stocked())
    _account, actor = learner()
    page = selectors.lecture_page(actor, lecture)
    assert (page.open_questions, page.left) == (True, 2)
    for question, given in zip(lecture.questions.order_by("position"), ("A", "T"), strict=True):
        services.answer_question(
            actor=actor, lecture=lecture, question=question, answer=given, at=AT
        )
    viewing = Viewing.objects.get()
    assert (viewing.watched, viewing.completed_at) == (0, AT)


def test_only_items_of_the_seasons_practice_banks_are_asked(season):
    items = stocked()
    lecture = drafted(season)
    services.add_question(actor=OFFICE, lecture=lecture, item=items[0].pk)
    with pytest.raises(DomainError, match="lecture_item_twice"):
        services.add_question(actor=OFFICE, lecture=lecture, item=items[0].pk)
    with pytest.raises(DomainError, match="lecture_item_foreign"):
        services.add_question(actor=OFFICE, lecture=lecture, item=items[1].pk + 1000)


def test_lectures_change_places_and_a_watched_one_is_not_dropped(season):
    first, second, third = (drafted(season) for _nth in range(3))
    services.move_lecture(actor=OFFICE, lecture=third, up=True)
    services.move_lecture(actor=OFFICE, lecture=first, up=True)
    order = season.lectures.order_by("position").values_list("pk", flat=True)
    assert list(order) == [first.pk, third.pk, second.pk]
    services.drop_lecture(actor=OFFICE, lecture=second)
    services.publish_lecture(actor=OFFICE, lecture=first, at=AT)
    watch(learner()[1], first)
    services.withdraw_lecture(actor=OFFICE, lecture=first, reason="更正", at=AT)
    with pytest.raises(DomainError, match="lecture_begun"):
        services.drop_lecture(actor=OFFICE, lecture=first)
