"""投诉建议 on every page, and the words for a group wherever a task or a notice is shown."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from tests.web import routes
from tests.web.test_matrix import ROUTES, finished, serial  # noqa: F401  # fixtures
from tests.web.test_pages import NO_PAGE, PART, pages, readers  # noqa: F401  # a fixture
from tests.world import HOME

COMPLAIN = re.compile(r'href="(/complain/[^"]*)"')
SHARED = re.compile(r'<div class="lt-share[^>]*data-share>.*?<pre[^>]*>(.*?)</pre>', re.DOTALL)


@pytest.fixture
def page_of(world, come, serial):  # noqa: F811  # the fixture
    def opened(pattern: str, role: str) -> str:
        route = ROUTES[pattern]
        given = routes.values(world, route, "own", serial)
        return routes.ask(come(role), route, "GET", given).content.decode()

    return opened


PAGES = routes.rooms(ROUTES[one] for one in sorted(ROUTES.keys() - NO_PAGE - PART) if readers(one))


@pytest.mark.parametrize("room", sorted(PAGES))
def test_every_page_leads_to_the_complaints(pages, room):  # noqa: F811  # the fixture
    missing = []
    for pattern, role, response in pages(PAGES[room]):
        found = COMPLAIN.findall(response.content.decode())
        leads = bool(found)
        if pattern.startswith("/contests/<slug:season>/"):  # a contest of one's own is a season too
            leads = any(one.startswith("/complain/?season=local-") for one in found)
        elif "<slug:season>" in pattern:
            leads = f"/complain/?season={HOME}" in found
        if not leads:
            missing.append(f"{pattern} {role}")
    assert missing == []


@pytest.mark.parametrize("status", ["nothing-here", "/me/", "s/no-such-season/"])
def test_pages_that_refuse_lead_there_too(world, status):
    response = Client().get(f"/{status.strip('/')}/", follow=True)
    assert COMPLAIN.findall(response.content.decode())


def test_the_page_of_an_accident_leads_there_without_any_context():
    page = server_error(RequestFactory().get("/me/")).content.decode()
    assert COMPLAIN.findall(page) == ["/complain/"]


# Pages that show a task or a notice, and one of those who see it there.
SHARING = {
    "/s/<slug:season>/": "anonymous",
    "/s/<slug:season>/results/<slug:stage>/": "anonymous",
    "/me/": "contestant",
    "/office/<slug:season>/exams/<slug:exam>/": "exam_officer",
    "/office/<slug:season>/calendar/": "office",
    "/inbox/<int:message>/": "supervisor",
    "/complain/": "anonymous",
}


@pytest.mark.parametrize(("pattern", "role"), list(SHARING.items()))
def test_what_is_shown_can_be_passed_on_in_two_hundred_characters(page_of, pattern, role):
    page = page_of(pattern, role)
    texts = [unescape(text) for text in SHARED.findall(page)]
    assert texts
    for text in texts:
        assert len(text) <= 200
        assert re.fullmatch(
            r"【.+】.*\n(时间：.+前\n)?http://127\.0\.0\.1:8000/g/[0-9A-Z]{7}", text
        )
    assert page.count("复制到群") == page.count("海报</a>") == len(texts)


def test_the_calendar_has_a_text_for_each_date_that_is_set(page_of):
    page = page_of("/office/<slug:season>/calendar/", "office")
    texts = [unescape(text) for text in SHARED.findall(page)]
    assert len(texts) > 1
    assert all("时间：" in text for text in texts)


def test_no_admission_code_is_ever_passed_on(page_of):
    for pattern in ("/me/", "/office/<slug:season>/exams/<slug:exam>/"):
        for text in SHARED.findall(page_of(pattern, SHARING[pattern])):
            assert not re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}|#", text)
