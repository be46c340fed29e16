"""The gallery, the tab's icon, and the exam room's worker."""

from __future__ import annotations

import re

import pytest

from leitai.design import assets

pytestmark = pytest.mark.django_db


def test_the_gallery_shows_every_component_without_inline_style_or_script(client):
    page = client.get("/design/").content.decode()
    for piece in ("lt-stages", "lt-stats", "empty", "lt-dialog", "lt-pages", "plan-draw", "seat"):
        assert f'class="{piece}' in page
    assert 'data-lt-theme="stage"' in page
    assert not re.search(r"\sstyle=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", page)


def test_the_gallery_speaks_english(client):
    page = client.get("/design/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en"' in page


def test_the_icon_is_the_mark(client):
    answer = client.get("/design/icon.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    )


def test_the_worker_knows_the_exam_rooms_files_and_no_other(client):
    answer = client.get("/exam/worker.js")
    line = answer.content.decode().split("\n", 1)[0]
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    for name in assets.files_of("frontend/src/islands/exam/main.ts"):
        assert f"/static/{name}" in line
    assert "chart-" not in line
    assert line.startswith('self.LEITAI_SHELL = {"name": "exam-')


def test_the_worker_of_practice_keeps_its_own_files_and_only_pages_that_ask(client):
    line = client.get("/practice/worker.js").content.decode().split("\n", 1)[0]
    assert line.startswith('self.LEITAI_SHELL = {"name": "practice-')
    assert line.endswith('"every": false};')
    for name in assets.files_of("frontend/src/islands/practice/main.ts"):
        assert f"/static/{name}" in line
    assert "islands/exam" not in line


def test_the_worker_is_missing_where_nothing_was_built(client, monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "DIST", tmp_path)
    assets.manifest.cache_clear()
    try:
        assert client.get("/exam/worker.js").status_code == 404
    finally:
        assets.manifest.cache_clear()
