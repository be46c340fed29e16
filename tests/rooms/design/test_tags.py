"""Components as tags: what they draw, and that an unknown name is an error."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from leitai.design import moments, plan
from leitai.design.specimens import SpecimenForm
from leitai.design.templatetags.design import UnknownDrawingError

OPENS = datetime(2022, 7, 15, 1, 30, tzinfo=UTC)
CLOSES = datetime(2022, 7, 15, 3, 0, tzinfo=UTC)


def draw(text: str, **context: object) -> str:
    return Template("{% load design %}" + text).render(Context(context))


def test_a_state_is_a_shape_and_a_word_before_it_is_a_colour():
    assert draw('{% state "half" "存于本机" tone="warn" %}') == (
        '<span class="lt-state k-warn"><svg class="lt-glyph" viewBox="0 0 16 16" '
        'aria-hidden="true" focusable="false"><circle cx="8" cy="8" r="5.8"/>'
        '<path d="M8 2.2a5.8 5.8 0 0 1 0 11.6z" fill="currentColor" stroke="none"/></svg>'
        "存于本机</span>"
    )


@pytest.mark.parametrize("tag", ['{% icon "nothing" %}', '{% glyph "nothing" %}'])
def test_an_unknown_drawing_is_an_error(tag):
    with pytest.raises(UnknownDrawingError):
        draw(tag)


def test_words_from_people_are_escaped_everywhere():
    bad = "<script>"
    page = draw(
        '{% state "ok" w %}{% badge "" w %}{% pip "ok" w %}'
        '{% alert "bad" w %}{{ w }}{% endalert %}{% empty w %}{{ w }}{% endempty %}'
        '{% dialog "d" w %}{{ w }}{% enddialog %}',
        w=bad,
    )
    assert "<script>" not in page


def test_a_bar_is_drawn_without_a_style_attribute():
    page = draw("{% bar 62.5 %}{% bar 140 %}{% bar -3 %}")
    assert page.count("style=") == 0
    assert [part.split('"')[0] for part in page.split('class="part" width="')[1:]] == [
        "62.5",
        "100",
        "0",
    ]


def test_a_spread_places_low_mean_and_high_on_its_scale():
    page = draw("{% spread 88.3 93.58 97.4 82 100 %}")
    assert 'd="M35.0 6H85.6"' in page
    assert 'd="M64.3 0v12"' in page


def test_a_field_ties_its_error_and_hint_to_the_control():
    page = draw('{% field f.count hint="各队40名" %}', f=SpecimenForm({"count": "41"}))
    assert 'aria-describedby="id_count-error id_count-hint"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_count-error"' in page


def test_pages_keep_the_other_parameters_and_plain_numbers():
    request = RequestFactory().get("/", {"q": "绵阳", "page": "2"})
    page = draw(
        "{% pagination page %}", page=Paginator(range(60_000), 40).page(1200), request=request
    )
    assert "?q=%E7%BB%B5%E9%98%B3&amp;page=1201" in page
    assert "page=1,2" not in page


def test_times_are_written_as_the_house_writes_them():
    assert moments.moment_text(OPENS, "full") == "7月15日（星期五）9:30"
    assert moments.span_text(OPENS, CLOSES) == "7月15日（星期五）9:30—11:00"
    with translation.override("en"):
        assert moments.moment_text(OPENS, "full") == "Fri 15 Jul 9:30"
    assert draw("{% moment at 'seconds' %}", at=OPENS) == (
        '<time datetime="2022-07-15T01:30:00+00:00">9:30:00</time>'
    )
    assert draw("{% moment at %}", at=None) == "—"


def test_the_plan_places_marks_in_the_months_that_it_shows():
    year = date(2022, 1, 1).replace
    stone = plan.Mark(
        "stone", "晋级赛", "7月15日", year(month=7, day=15), year(month=7, day=15), "next"
    )
    bar = plan.Mark("bar", "选拔赛", "6月", year(month=6, day=1), year(month=6, day=30), "past")
    drawn = plan.draw((plan.Lane("竞赛", (stone, bar)),), today=year(month=7, day=4))
    # a season of 45 days is drawn by days: from 29 May, 3 days before, to 20 July: 53 days
    assert drawn.ticks[:2] == (("0.00%", "5月29日"), ("9.43%", "6月3日"))
    assert [(one.left, one.width) for one in drawn.lanes[0].marks] == [
        ("88.68%", "1.89%"),
        ("5.66%", "56.60%"),
    ]
    assert (drawn.today, drawn.today_label) == ("67.92%", "今天7月4日")
    assert [mark.label for mark in drawn.marks] == ["选拔赛", "晋级赛"]


def test_a_long_plan_is_drawn_by_months_and_thins_its_labels():
    def spanning(end: date) -> plan.Plan:
        mark = plan.Mark("bar", "练兵", "", date(2022, 4, 1), end, "live")
        return plan.draw((plan.Lane("练兵", (mark,)),), today=date(2022, 7, 4))

    assert [label for _, label in spanning(date(2022, 10, 31)).ticks] == [
        f"{month}月" for month in range(4, 11)
    ]
    long = [label for _, label in spanning(date(2026, 3, 31)).ticks]
    assert (long[:2], len(long)) == (["2022.4", "2022.8"], 12)


def test_a_plan_without_marks_is_empty():
    assert plan.draw((), today=date(2022, 7, 4)).lanes == ()
