"""Every page that anybody can open: its policy, its language, its heading, its labels."""

from __future__ import annotations

import pytest

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


def _opened():
    """(pattern, role) of every page that opens, each for its first reader and for the strangers."""
    for pattern in ROUTES:
        said = MATRIX.get(pattern, {}).get("own", {}).get("GET", "405")
        readers = [role for role, answer in routes.answers(said).items() if answer == "200"]
        if pattern not in NO_PAGE:
            for role in dict.fromkeys(readers[:1] + readers[-1:]):
                yield pytest.param(pattern, role, id=f"{pattern} {role}")


def _ask(client, route, world, serial):  # noqa: F811  # the fixture
    return routes.ask(client, route, "GET", routes.values(world, route, "own", serial))


@pytest.fixture
def open_page(world, come, serial):  # noqa: F811  # the fixture
    def opened(pattern, role, language="zh-hans"):
        client = come(role)
        client.cookies["django_language"] = language
        return _ask(client, ROUTES[pattern], world, serial)

    return opened


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("pattern", "role"), list(_opened()))
def test_page_keeps_the_rules_of_the_house(open_page, pattern, role, language):
    response = open_page(pattern, role, language)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Frame-Options"] == "DENY"
    page = Page(response.content.decode())
    assert page.faults == []
    assert page.whole is (pattern not in PART)
    if page.whole:
        assert page.language == {"zh-hans": "zh-Hans", "en": "en"}[language]
        assert page.title.strip()
        assert len(page.headings) == (0 if pattern == ISLAND else 1)


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
        '<script src="/static/a.js"></script><svg><path d="M0 0"/></svg><p>无</p>'
    )
    assert page.faults == []
