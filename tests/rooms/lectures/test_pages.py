"""The pages as browsers ask for them: the office uploads and publishes, learners watch."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leitai.files.models import StoredFile
from leitai.lectures.models import Lecture, Viewing
from tests.factories import people as make
from tests.rooms.lectures.hall import (
    CODE,
    WORDS,
    drafted,
    film_of,
    learner,
    open_season,
    published,
    stocked,
)

pytestmark = pytest.mark.django_db
DESK, SHELF = f"/office/{CODE}/lectures/", f"/practice/{CODE}/lectures/"
FORM = {
    "title": "失业保险金申领",
    "kind": "重点试题精讲",
    "chapters": "0:00 开场",
    "transcript": "今天讲申领。",
    "done_by": "watched",
    "share": "90",
    "act": "video",
}


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def season():
    return open_season()


@pytest.fixture
def office(season):
    return signed_in(make.account("office", "office", season=CODE))


@pytest.fixture
def reader(season):
    return signed_in(learner()[0])


def test_from_the_desk_to_the_learner(season, office, reader):
    assert "还没有讲座" in words(office.get(DESK))
    assert "还没有视频讲座" in words(reader.get(SHELF))
    stocked()
    film = SimpleUploadedFile("讲座.mp4", film_of(300))
    vtt = SimpleUploadedFile("字幕.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\n开场白\n".encode())
    made = office.post(f"{DESK}new/", {**FORM, "video_file": film, "captions": vtt})
    lecture = Lecture.objects.get()
    assert made.url == f"{DESK}{lecture.pk}/"
    assert lecture.transcript == [[1000, 4000, "开场白"]]
    page = words(office.get(made.url))
    assert "时长 5:00" in page
    assert reader.get(f"{SHELF}{lecture.pk}/").status_code == 404

    found = office.get(f"{made.url}questions/?words=网上")
    assert "失业保险金可以网上申领" in words(found)
    item = re.search(r'name="add" value="(\d+)"', found.content.decode())[1]
    office.post(f"{made.url}questions/", {"add": item})
    assert office.post(f"{made.url}publish/").url == made.url
    assert "重点试题精讲" in words(reader.get(SHELF))
    seen = reader.get(f"{SHELF}{lecture.pk}/")
    assert "学完后计入“收看视频”" in words(seen)
    assert 'kind="captions"' in seen.content.decode()
    captions = reader.get(f"{SHELF}{lecture.pk}/captions.vtt")
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert captions.content.decode().endswith("00:00:01.000 --> 00:00:04.000\n开场白\n")

    withdrawn = office.post(f"{made.url}withdraw/", {"reason": "政策有变"})
    assert withdrawn.url == made.url
    assert reader.get(f"{SHELF}{lecture.pk}/").status_code == 404
    assert "政策有变" in words(office.get(f"{DESK}?view=withdrawn"))


def test_what_is_refused_keeps_what_was_typed(season, office):
    answer = office.post(f"{DESK}new/", {**FORM, "chapters": "没有时间"})
    assert answer.status_code == 422
    assert "章节第1行“没有时间”不完整" in words(answer)
    assert 'value="重点试题精讲"' in answer.content.decode()
    lecture = drafted(season)
    told = office.post(f"{DESK}{lecture.pk}/publish/")
    assert told.status_code == 302
    bad = SimpleUploadedFile("字幕.vtt", "讲座".encode("gb18030"))
    office.post(f"{DESK}{lecture.pk}/withdraw/", {"reason": "更正"})
    told = office.post(f"{DESK}{lecture.pk}/", {**FORM, "captions": bad})
    assert (told.status_code, "不是UTF-8编码" in words(told)) == (422, True)


def test_the_film_is_for_those_signed_in_and_comes_by_ranges(season, reader):
    lecture = published(season)
    file = StoredFile.objects.get(pk=lecture.video)
    path = f"/files/{file.pk}/{file.name}"
    assert Client().get(path).status_code in {302, 403}
    part = reader.get(path, headers={"range": "bytes=0-15"})
    assert (part.status_code, part["Content-Length"], part["Content-Type"]) == (
        206,
        "16",
        "video/mp4",
    )
    b"".join(part.streaming_content)


def test_the_player_tells_what_ran_and_is_told_how_far_it_is(season, reader):
    lecture = published(season)
    path = f"{SHELF}{lecture.pk}/progress/"
    reader.post(path, {"position": "0", "ranges": ""})
    told = reader.post(path, {"position": "8", "ranges": "0-8"})
    assert told.json() == {"share": 2, "done": False}  # 8 of 300 seconds
    page = reader.get(f"{SHELF}{lecture.pk}/").content.decode()
    assert 'data-position="8"' in page
    assert "已看2%，看到0:08" in words(reader.get(SHELF))
    for wrong in ({"position": "x"}, {"ranges": "0-"}, {"ranges": "0-1," * 201}):
        answer = reader.post(path, wrong)
        assert (answer.status_code, "没有记录" in answer.json()["error"]) == (422, True)


def test_check_questions_wait_for_the_video(season, reader):
    lecture = published(season, WORDS, stocked())
    page = words(reader.get(f"{SHELF}{lecture.pk}/"))
    assert "看满90%后回答，共2道" in page
    assert "由谁申领" not in page
    reader.post(f"{SHELF}{lecture.pk}/progress/", {"position": "0", "ranges": ""})
    Viewing.objects.update(watched=290, played=[[0, 290]])
    assert "由谁申领" in words(reader.get(f"{SHELF}{lecture.pk}/"))
    question = lecture.questions.order_by("position")[0]
    path = f"{SHELF}{lecture.pk}/questions/{question.pk}/"
    wrong = reader.post(path, {"type": "single", "answer": "B"}, follow=True)
    assert "回答有误" in words(wrong)
    assert "由本人申领" not in words(wrong)  # the explanation would give it away
    assert "由本人申领" in words(reader.post(path, {"type": "single", "answer": "A"}, follow=True))


def test_lists_ask_as_often_for_one_lecture_as_for_many(
    season, office, reader, django_assert_max_num_queries
):
    for _nth in range(8):
        published(season)
    with django_assert_max_num_queries(14):
        office.get(DESK)
    with django_assert_max_num_queries(14):
        reader.get(SHELF)
    with django_assert_max_num_queries(18):
        reader.get(f"{SHELF}{Lecture.objects.first().pk}/")
