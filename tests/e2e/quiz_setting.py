"""A quiz of four teams: the season by a packaged rulebook, its people, the office's way to a match."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from playwright.sync_api import Page, expect

from leitai import rulebook
from leitai.base.actor import Actor
from leitai.people import services as people
from leitai.people.services import NewPerson
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Season
from leitai.units import services as units
from tests.e2e.conftest import PASSWORD
from tests.factories import live as quiz
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged

CODE: Final = "team-quiz-2026"
TEXT: Final = """\
rulebook: 1
extends: team-quiz
id: team-quiz-2026
add:
  host: {unit: "51", name: 竞赛组委会}
  delegations.also:
    - {unit: "5101", name: 成都市}
    - {unit: "5103", name: 自贡市}
    - {unit: "5104", name: 攀枝花市}
    - {unit: "5105", name: 泸州市}
"""
OFFICE: Final[Actor] = make.actor("office", season=CODE, unit="51/", account="7")
TEAMS: Final = {  # delegation: team, its people from the captain on
    "5101": ("芙蓉队", ("钟鼓楼", "易水寒", "闻一多多")),
    "5103": ("盐都队", ("申时雨", "井研生", "汲泉")),
    "5104": ("攀登队", ("木棉", "金沙", "格里坪")),
    "5105": ("江阳队", ("龙眼", "赤水河", "方山")),
}
DRAWN: Final = "四队台号2026"


def open_season(at: datetime) -> Season:
    """Open, with twelve people on the roster and a bank; nobody has entered a team."""
    load_packaged()
    season = seasons.create_season(actor=HOUSE, rulebook=TEXT, at=at)
    law = rulebook.load(TEXT)
    units.make_delegations(actor=OFFICE, season_code=CODE, rulebook=law, at=at)
    for key in law.assumptions:
        seasons.confirm_assumption(actor=OFFICE, season=season, key=key, at=at)
    for name in law.calendar:
        seasons.set_window(
            actor=OFFICE, season=season, name=name, opens_at=at, closes_at=at + timedelta(days=2),
            at=at,
        )  # fmt: skip
    people.create_people(
        actor=HOUSE,
        people=[
            NewPerson(f"q-{unit}-{number}", name, unit)
            for unit, (_team, names) in TEAMS.items()
            for number, name in enumerate(names, start=1)
        ],
        at=at,
    )
    for name, role in (("zuweihui", "office"), ("zhuchi", "host")):
        account = make.account(name, role, season=CODE)
        account.set_password(PASSWORD)
        account.save()
    quiz.bank(40)
    return seasons.open_season(actor=OFFICE, season=season, at=at)


def enter_teams(office: Page, web: str) -> None:
    """The office keys a name and three people for each, the last one first with one too few."""
    office.goto(f"{web}/unit/{CODE}/teams/")
    expect(office.get_by_text("还没有登记队伍")).to_be_visible()
    _key(office, "5105", "江阳队", TEAMS["5105"][1][:2])
    expect(office.get_by_text("每队应有3至3人，现填写2人")).to_be_visible()
    for unit, (team, names) in TEAMS.items():
        _key(office, unit, team, names)
        expect(office.get_by_role("cell", name=team, exact=True)).to_be_visible()
    office.get_by_role("button", name="确认名单").click()
    office.click("[data-lt-agree]")
    expect(office.get_by_text("名单已确认，共4个参赛对象")).to_be_visible()


def _key(office: Page, unit: str, team: str, names: tuple[str, ...]) -> None:
    office.select_option("[name=delegation]", unit)
    office.fill("[name=name]", team)
    office.fill("[name=lines]", "\n".join(names))
    office.get_by_role("button", name="保存队伍").click()


def draw_seats(season: Season, at: datetime) -> int:
    """By a public number; the first lot sits at 1."""
    pool = list(Entry.objects.filter(stage__season=season).values_list("code", flat=True))
    draw = seasons.record_draw(
        actor=OFFICE, season=season, purpose="台号", pool=pool, key=DRAWN, at=at
    )
    return draw.number


def prepare(office: Page, web: str, draw: int) -> None:
    """Plan the match, seat the draw, seal the questions, freeze the rules."""
    desk = f"{web}/office/{CODE}/live/"
    office.goto(f"{desk}new/")
    office.fill("[name=title]", "四队现场赛")
    office.get_by_role("button", name="安排场次").click()
    office.wait_for_url("**/live/m1/")
    office.goto(f"{desk}m1/seats/")
    office.select_option("[name=draw]", str(draw))
    office.get_by_role("button", name="按签号填入").click()
    office.get_by_role("button", name="保存席位").click()
    expect(office.get_by_text(f"席位来自第{draw}号抽签")).to_be_visible()
    office.goto(f"{desk}m1/questions/")
    office.check(f"[name=banks][value={quiz.BANK}]")
    office.get_by_role("button", name="抽题并封存").click()
    expect(office.get_by_text("试题已抽取并封存")).to_be_visible()
    office.get_by_role("button", name="准备就绪").click()
    expect(office.get_by_text("规则已冻结")).to_be_visible()
