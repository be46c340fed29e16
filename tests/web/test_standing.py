"""The standing on a hall's screen: what everybody may read, as soon as it is published."""

import re

import pytest
from django.test import Client

from leitai.results import services
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE

pytestmark = pytest.mark.django_db
RULE = "    total: {sum: [exam]}\n    ranking: {keys: [total, "
CARRY = """    total: {sum: [exam], carry: [{from: heat, share: 40%, source: 晋级赛成绩的40%计入}]}
    figures: {own: {title: 总决赛现场成绩, sum: [exam], decimals: 2}}
    ranking: {keys: [total, own, """
HALL = f"/s/{CODE}/results/heat/hall/"


def _rows(page: str) -> list[list[str]]:
    """Rank, name, and total of each row."""
    found = re.findall(r'<li class="rank">(.*?)</li>', page, re.DOTALL)
    cut = [re.split(r"<[^>]+>", row) for row in found]
    return [[text.strip() for text in row if text.strip()] for row in cut]


def test_before_publication_nobody_sees_a_standing_on_the_hall(client):
    """Not even where an officer has signed in, who sees the preview in the office."""
    season = small.at_heat()
    small.held(season, "heat")
    client.force_login(make.account("office", "office", season=CODE))
    page = client.get(HALL).content.decode()
    assert "成绩尚未公布" in page
    assert "选手" not in page
    assert 'data-lt-theme="stage"' in page


def test_the_published_standing_comes_by_itself_in_the_order_of_its_ranks(client):
    """Of the heat's marks: 95.00 is first, then 92.00, 91.00; of three with 90.00 and equal
    figures of the multiple, 36 comes before 34."""
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    page = client.get(f"{HALL}?board=people").content.decode()
    rows = _rows(page)
    assert [(row[0], row[-1]) for row in rows[:4]] == [
        ("1", "95.00"), ("2", "92.00"), ("3", "91.00"), ("4", "90.00"),
    ]  # fmt: skip
    assert len(rows) == 11
    assert f'hx-get="{HALL}?board=people"' in page
    assert "rows-2" in page


def test_teams_stand_on_the_hall_where_they_are_asked_for(client):
    """Sums of the best two: 185.00, 183.00, 180.00, 170.00."""
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    rows = _rows(client.get(f"{HALL}?board=teams").content.decode())
    assert [row[-1] for row in rows] == ["185.00", "183.00", "180.00", "170.00"]


def _without_a_ranking(monkeypatch, boards: str) -> None:
    """The final ranks neither all its people nor teams; `boards` is what it has."""
    before, _, final = small.TEXT.rpartition(RULE)
    rest = final[final.index("visibility:") :]
    monkeypatch.setattr(small, "TEXT", f"{before}    total: {{sum: [exam]}}\n{boards}{rest}")


def test_a_stage_without_a_ranking_of_all_shows_the_boards_that_it_has(client, monkeypatch):
    """The final's marks are 94, 90, 88, 86, 85, 70; nobody above 90 in the multiple's board: its
    figures 36, 34, 32 and 32 (level by it, as both took as long), 30, 20."""
    boards = """    boards:
      multiple: {title: 多选题单项, keys: [exam.multiple], source: 设多选题单项名次}
      totals: {title: 总分榜, keys: [total], source: 设总分榜}
"""
    _without_a_ranking(monkeypatch, boards)
    small.held(small.at_final(publish=True), "final", publish=True)
    address = f"/s/{CODE}/results/final/hall/"
    page = client.get(address).content.decode()
    assert [row[0] for row in _rows(page)] == ["1", "2", "3", "3", "5", "6"]
    assert " · 多选题单项</h1>" in page
    totals = client.get(f"{address}?board=totals").content.decode()
    assert [row[-1] for row in _rows(totals)] == [f"{n}.00" for n in (94, 90, 88, 86, 85, 70)]
    links = re.findall(r'board=(\w+)"( aria-current="page")?>([^<]+)</a>', totals)
    assert [(key, title, bool(now)) for key, now, title in links] == [
        ("multiple", "多选题单项", False), ("totals", "总分榜", True),
    ]  # fmt: skip


def test_a_stage_that_ranks_nobody_says_so(client, monkeypatch):
    _without_a_ranking(monkeypatch, "")
    small.held(small.at_final(publish=True), "final", publish=True)
    page = client.get(f"/s/{CODE}/results/final/hall/").content.decode()
    assert "本阶段不排名次" in page
    assert _rows(page) == []


def test_an_unknown_stage_is_not_found():
    small.at_heat()
    assert Client().get(f"/s/{CODE}/results/nowhere/hall/").status_code == 404


def test_a_recomputed_standing_is_not_shown_before_it_is_published(client):
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    before = _rows(client.get(f"{HALL}?board=people").content.decode())
    services.compute_stage(actor=OFFICE, season=season, stage="heat", at=AT)
    assert _rows(client.get(f"{HALL}?board=people").content.decode()) == before


def test_what_is_carried_in_is_said_beside_the_total(client, monkeypatch):
    """Each total is the final's mark and 40 % of the heat's: 94 + 36, 90 + 36.8, 88 + 38 …"""
    before, _, after = small.TEXT.rpartition(RULE)
    monkeypatch.setattr(small, "TEXT", f"{before}{CARRY}{after}")
    small.held(small.at_final(publish=True), "final", publish=True)
    page = client.get(f"/s/{CODE}/results/final/hall/?board=people").content.decode()
    rows = _rows(page)
    assert [row[-1] for row in rows] == ["130.00", "126.80", "126.00", "122.00", "121.00", "106.40"]
    own = [next(text for text in row if text.startswith("总决赛现场成绩")) for row in rows]
    assert own == [f"总决赛现场成绩 {mark}.00" for mark in (94, 90, 88, 86, 85, 70)]
    assert "总分含晋级赛成绩的40%" in page
    assert "rows-1" in page
