"""How a league chooses, registers and is reviewed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect

from leitai.people import services as people
from leitai.people.models import Person
from leitai.people.numbers import check_digit
from leitai.seasons import selectors
from leitai.seasons.models import Entry
from tests.e2e import journey_states as states
from tests.e2e.journey_desks import OFFICE, UNIT, Desk, file, local
from tests.e2e.journey_states import CODE, GRASSROOTS, GUIDANCE, entry
from tests.e2e.states import upon

_TAIL = "00000019900307001"
ID_NUMBER = _TAIL + check_digit(_TAIL)


@upon(states.open_season)
def registering(at: datetime) -> None:
    """The other leagues have sent their people; 呼和浩特's adviser is still to be registered."""
    season = states.supplement(selectors.get_season(CODE), at)
    sent = (states.person("1501", GUIDANCE), states.person("1501", GRASSROOTS))
    states.nominate(season, at, but=sent)
    held = Person.objects.get(code=sent[0])
    people.set_personal(held, id_number=ID_NUMBER)


def hold_selection(hohhot: Desk, folder: Path) -> None:
    """The league chose by a contest of its own, and reports what it gave."""
    now = datetime.now(UTC)
    hohhot.go(f"{OFFICE}local/league/1501/")
    hohhot.page.get_by_role("radio", name="自行办赛，报送成绩").check()
    times = {"id_opens_at": local(now - timedelta(days=2)), "id_place": "市就业服务中心"}
    hohhot.fill({**times, "id_closes_at": local(now - timedelta(days=1))})
    hohhot.press("保存安排")
    hohhot.reads("安排已保存")
    rows = [["名次", "姓名", "单位", "成绩"], ["1", "乌兰", "新城区", "93.5"]]
    hohhot.page.set_input_files("#id_file", file(folder, "选拔赛.xlsx", states.book(rows)))
    hohhot.press("报送成绩")
    hohhot.reads("成绩已报送")


def look_for(hohhot: Desk, name: str) -> None:
    hohhot.go(f"{UNIT}registration/")
    hohhot.page.get_by_role("link", name="报名 职业指导人员竞赛", exact=True).click()
    hohhot.fill({"q": name})
    hohhot.press("查找")
    expect(hohhot.page.get_by_role("radio", name=name)).to_be_checked()


def fill_in(hohhot: Desk, portrait: Path) -> None:
    expect(hohhot.page.locator("[id='id_f-name']")).to_have_value("乌兰")
    hohhot.answer(
        {
            "league": "呼和浩特市",
            "filled-on": "2022-03-18",
            "track": "职业指导人员竞赛",
            "sex": "女",
            "born": "1990-03-07",
            "ethnic": "蒙古族",
            "id-number": ID_NUMBER,
            "politics": "群众",
            "unit": "新城区就业服务中心",
            "post": "科员",
            "mobile": "19900000001",
            "opinion": "同意推荐。",
        }
    )
    hohhot.page.set_input_files("[id='id_f-photo']", portrait)
    expect(hohhot.page.locator("canvas.lt-portrait-canvas")).to_be_visible()


def confirm_list(office: Desk) -> None:
    """The reviewed list holds, and everybody on it goes on to the semifinal."""
    office.go(f"{OFFICE}registration/")
    office.reads("资格审核均已完成")
    office.press("确认名单", agree=True)
    office.reads("名单已确认，共16人")
    office.go(f"{OFFICE}results/league/")
    office.press("计算")
    office.reads("已计算，这是第1版")
    office.press("确认", agree=True)
    office.reads("成绩已确认")
    there = Entry.objects.filter(stage__code="semifinal", state="confirmed")
    assert there.count() == 16
    assert there.get(person__name="乌兰").code == entry("1501")
