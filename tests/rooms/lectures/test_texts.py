"""Chapters and transcripts, as they are typed and as programs write them."""

import pytest

from leitai.kernel.errors import DomainError, Problems
from leitai.lectures import texts

VTT = """WEBVTT

NOTE made by hand

1
00:00:01.000 --> 00:00:04.500 align:start
今天讲<b>申领</b>。

00:01:00.000 --> 00:01:05.000
先看 A<B & C。
"""
SRT = "1\r\n00:00:01,000 --> 00:00:04,500\r\n今天讲申领。\r\n\r\n2\r\n00:01:00,000 --> 00:01:05,000\r\n再见。\r\n"


def codes(error):
    return [one.code for one in error.value.problems]


def test_chapters_take_either_colon_and_hours():
    told = "0:00 开场\n\n03：20　申领条件：三项\n1:02:05，答疑"
    found = texts.read_chapters(told, length=4000)
    assert found == [[0, "开场"], [200, "申领条件：三项"], [3725, "答疑"]]
    assert texts.show_chapters(found) == "0:00 开场\n3:20 申领条件：三项\n1:02:05 答疑"


def test_every_wrong_chapter_is_named_by_its_line():
    with pytest.raises(Problems) as error:
        texts.read_chapters("开场\n1:00 一\n0:30 二\n0:75 三\n9:00 四", length=300)
    found = [(one.code, one.data["row"]) for one in error.value.problems]
    assert found == [
        ("lecture_chapter_form", 1),
        ("lecture_chapter_order", 3),
        ("lecture_chapter_form", 4),
        ("lecture_chapter_late", 5),
    ]


def test_webvtt_and_srt_are_read_without_their_markup():
    assert texts.read_transcript(VTT) == [
        (1000, 4500, "今天讲申领。"),
        (60000, 65000, "先看 A<B & C。"),
    ]
    assert texts.read_transcript(SRT) == [(1000, 4500, "今天讲申领。"), (60000, 65000, "再见。")]


def test_lines_with_times_end_where_the_next_begins_and_plain_ones_have_none():
    found = texts.read_transcript("前言\n[0:00] 甲\n[0:07] 乙")
    assert found == [(None, None, "前言"), (0, 7000, "甲"), (7000, 11000, "乙")]


def test_what_is_shown_in_the_form_reads_back_as_the_same():
    cues = texts.read_transcript(VTT)
    assert texts.read_transcript(texts.show_transcript(cues)) == cues


def test_captions_are_webvtt_and_never_markup():
    cues = [(None, None, "前言"), (60000, 65000, "A<B & C --> D")]
    told = "WEBVTT\n\n00:01:00.000 --> 00:01:05.000\nA&lt;B &amp; C --&gt; D\n"
    assert texts.write_vtt(cues) == told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("00:00:05.000 --> 00:00:01.000\n倒", ["lecture_cue_form"]),
        ("00:05.000 --> 00:06.000\n后\n\n00:01.000 --> 00:02.000\n前", ["lecture_cue_order"]),
        ("[1:00] 甲\n[0:30] 乙", ["lecture_cue_order"]),
        ("长" * 1001, ["lecture_cue_long"]),
    ],
)
def test_a_wrong_transcript_is_refused_with_its_line(text, found):
    with pytest.raises(Problems) as error:
        texts.read_transcript(text)
    assert codes(error) == found


def test_a_caption_file_must_be_text():
    assert texts.decode("\ufeff甲".encode()) == "甲"
    with pytest.raises(DomainError, match="lecture_text_broken"):
        texts.decode("失业保险".encode("gb18030"))
    with pytest.raises(DomainError, match="lecture_text_large"):
        texts.decode(b"a" * (1024 * 1024 + 1))
