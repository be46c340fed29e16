"""Every page that anybody can open: its policy, its language, its heading, its labels."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.web import routes
from tests.web.html import Page
from tests.web.test_matrix import MATRIX, ROUTES, finished, serial  # noqa: F401  # fixtures

NO_PAGE = routes.patterns("NO_PAGE") | {
    "/healthz",
    "/design/icon.svg",
    "/exam/worker.js",
    "/c/<str:serial>/pdf/",
}
ISLAND = "/exam/"  # its heading is drawn by the island
PART = routes.patterns("PART") | {
    "/office/<slug:season>/exams/<slug:exam>/live/",
    "/s/<slug:season>/results/<slug:stage>/<int:version>/why/",
}


def readers(pattern):
    """The first role that a page opens to, and the last: strangers where they may."""
    said = MATRIX.get(pattern, {}).get("own", {}).get("GET", "405")
    found = [role for role, answer in routes.answers(said).items() if answer == "200"]
    return dict.fromkeys(found[:1] + found[-1:])


PAGES = routes.rooms(ROUTES[one] for one in sorted(ROUTES.keys() - NO_PAGE) if readers(one))


@pytest.fixture
def pages(world, come, serial):  # noqa: F811  # the fixture
    """All pages of a room with their readers; what one of them did is undone before the next."""

    def opened(found, language="zh-hans"):
        given = routes.given(world, routes.home(found[0]), "own", serial)
        for route in found:
            for role in readers(route.pattern):
                client = come(role)
                client.cookies["django_language"] = language
                with transaction.atomic():
                    response = routes.ask(client, route, "GET", given)
                    transaction.set_rollback(True)
                yield route.pattern, role, response

    return opened


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("room", sorted(PAGES))
def test_pages_keep_the_rules_of_the_house(pages, room, language):
    faults = {}
    for pattern, role, response in pages(PAGES[room], language):
        if found := list(_faults(pattern, response, language)):
            faults[f"{pattern} {role}"] = found
    assert faults == {}


def _faults(pattern, response, language):
    policy = response.headers["Content-Security-Policy"]
    page = Page(response.content.decode())
    yield from page.faults
    if "default-src 'self'" not in policy or "unsafe" in policy:
        yield f"policy {policy}"
    if response.headers["X-Frame-Options"] != "DENY":
        yield "may be framed"
    if page.whole is not (pattern not in PART):
        yield f"whole: {page.whole}"
    if page.whole:
        if page.language != {"zh-hans": "zh-Hans", "en": "en"}[language]:
            yield f"language {page.language}"
        if not page.title.strip():
            yield "no title"
        if len(page.headings) != (0 if pattern == ISLAND else 1):
            yield f"headings {page.headings}"


def test_the_reader_finds_what_is_wrong():
    page = Page(
        '<!doctype html><html lang="en"><h1>a</h1><h1>b</h1><p style="x" onclick="y">None</p>'
        '<script>1</script><a href="javascript:1"></a><input name="q"><i id="a"></i><b id="a"></b>'
    )
    assert page.headings == ["a", "b"]
    assert page.faults == [
        "style in <p>",
        "onclick in <p>",
        "a script that is not ours",
        "words inside <script>",
        "href=javascript:1",
        "no label: <input name=q>",
        "no words: <a javascript:1>",
        "id twice: a",
        "left over: None",
    ]


def test_the_reader_accepts_what_is_right():
    page = Page(
        '<!doctype html><html lang="zh-Hans"><title>题</title><h1>题</h1><label for="q">名</label>'
        '<input id="q"><label>甲<input type="radio"></label><button aria-label="关"></button>'
        '<script type="application/json">{"a": 1}</script>'
        '<script src="/static/a.js"></script><svg><path d="M0 0"/></svg><p>无</p>'
    )
    assert page.faults == []


def test_only_fields_of_a_template_may_stand_in_the_box_where_it_is_edited():
    head = '<!doctype html><html lang="zh-Hans"><title>题</title><h1>题</h1><label>文'
    assert Page(f"{head}<textarea>{{{{单位}}}}，共十人</textarea></label>").faults == []
    left = Page(f"{head}<textarea>None，{{{{ unit }}}}</textarea></label>").faults
    assert any("None" in one for one in left)
    assert any("{{" in one for one in left)
