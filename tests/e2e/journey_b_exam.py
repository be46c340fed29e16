"""The online exam: one sits it in a browser, the others on the same wire without one."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from playwright.sync_api import expect

from leitai.bank import selectors as bank
from leitai.bank import services as composing
from leitai.bank.models import Paper
from leitai.seasons import selectors
from leitai.seasons import services as seasons
from leitai.seasons.models import Score
from leitai.sittings import services as sittings
from leitai.sittings.models import Exam
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.crowd import Seated, sit_all
from tests.e2e import journey_b_states as states
from tests.e2e import journey_states
from tests.e2e.journey_b_states import CODE
from tests.e2e.journey_desks import OFFICE, Desk, approve, local
from tests.e2e.journey_states import actor
from tests.e2e.states import upon
from tests.factories.units import HOUSE

SENT = ("5101", "5103", "51-province")
MINE = 3  # questions that the contestant in the browser answers, rightly: 1.5 points each
SITTING = timedelta(minutes=90)
BANK, SITE = "人社服务题库", "成都赛点第一机房"
ABSENT = states.entry("51-province", 2)
SECONDS = 4  # in which the others answer


@upon(states.open_season)
def before_papers(at: datetime) -> None:
    """Three delegations of two stand in the stage."""
    season = selectors.get_season(CODE)
    states.sent(season, at, *SENT)
    seasons.confirm_entries(actor=actor("office", at), season=season, stage="selection", at=at)
    journey_states.decide(season, "selection", at)


@upon(before_papers)
def at_exam(at: datetime) -> None:
    """The same, with a sealed paper."""
    season = selectors.get_season(CODE)
    file = composing.data_path("bank-rsfw.csv")
    composing.import_items(
        actor=HOUSE, bank_code="own", title=BANK, source=file, name=file.name, at=at
    )
    composing.compose_papers(
        actor=HOUSE,
        season_code=CODE,
        event=selectors.rulebook_of(season).events["exam"],
        bank_codes=["own"],
        codes=["advancement-paper"],
        titles=["晋级赛试卷"],
        seed="journey",
        at=at,
    )


def fill_bank(writer: Desk) -> None:
    writer.go("/bank/import/")
    writer.fill({"id_code": "own", "id_title": BANK})
    writer.page.set_input_files("#id_file", composing.data_path("bank-rsfw.csv"))
    writer.press("预览")
    writer.press("确认导入")
    writer.page.wait_for_url("**/bank/own/")


def compose(officer: Desk, second: Desk) -> None:
    """One asks for a paper, another agrees; neither sees a question."""
    officer.go(f"{OFFICE}exams/papers/")
    officer.page.get_by_role("link", name=re.compile("组卷.*全省晋级赛")).click()
    officer.page.get_by_role("checkbox", name=re.compile(BANK)).check()
    officer.page.get_by_label("份数").fill("1")
    officer.page.get_by_label("依据").fill("方案第六条：试题命制组、赛事考务组。")
    officer.press("预览")
    officer.reads("将会办理")
    officer.press("提出组卷并封存")
    officer.reads("等待另一名人员批准")
    approve(second, officer.page.url)
    paper = Paper.objects.get()
    assert paper.item_count == 60
    officer.go(f"{OFFICE}exams/papers/")
    officer.row(paper.title, "可用，封存中")


def arrange(officer: Desk) -> Exam:
    """Tomorrow; how long it takes the rules say. Each delegation sits at its own site."""
    officer.go(f"{OFFICE}exams/")
    officer.follow("安排考试")
    opens = datetime.now(UTC) + timedelta(days=1)
    officer.fill({"id_opens_at": local(opens), "id_paper": Paper.objects.get().code})
    officer.press("预览")
    officer.reads("将会办理", "6人，3支代表队")
    officer.press("确认安排")
    officer.reads("请接着编排座位")
    officer.page.get_by_label("成都市的赛点").fill(SITE)
    officer.press("编排座位")
    officer.reads("已编排6个座位")
    return Exam.objects.get()


def print_tickets(officer: Desk, exam: Exam) -> None:
    officer.go(f"{OFFICE}exams/{exam.code}/tickets/")
    officer.page.get_by_role("link", name=re.compile(SITE)).click()
    officer.reads("申时雨", "白露晴", "入场码")


def seat(wait: int) -> tuple[Exam, list[sittings.Admission]]:
    """The exam of the stage, which opens in so many seconds."""
    at = datetime.now(UTC)
    officer, season = actor("exam", at), selectors.get_season(CODE)
    opens = at + timedelta(seconds=wait)
    exam = sittings.create_exam(
        actor=officer,
        stage=selectors.get_stage(season, "advancement"),
        event="exam",
        paper=Paper.objects.get(),
        opens_at=opens,
        closes_at=opens + SITTING,
        at=at,
    )
    return exam, sittings.seat_entries(actor=officer, exam=exam, at=at)


def right_answers() -> dict[str, object]:
    return {item.stem: item.key for item in bank.items_of(Paper.objects.get())}


def let_others_sit(
    lane: str, admissions: Sequence[sittings.Admission], keys: dict[str, object]
) -> threading.Thread:
    """In a thread: this one belongs to the browser."""
    others = [one for one in admissions if one.entry not in {ABSENT, states.entry("5101", 1)}]
    at = urlsplit(lane)
    crowd = threading.Thread(
        target=sit_all,
        args=(
            (str(at.hostname), int(at.port or 0)),
            [Seated(o.entry, o.code, 900) for o in others],
        ),
        kwargs={"items": 60, "seconds": SECONDS, "keys": keys, "chance": Chance("journey-b")},
    )
    crowd.start()
    return crowd


def answer(contestant: Desk, keys: dict[str, object]) -> None:
    """The first questions are single choices; their right letters are typed."""
    page = contestant.page
    contestant.go("/me/")
    page.locator("main").get_by_role("link", name="进入考室").first.click()
    expect(page.locator(".stem")).to_be_visible(timeout=30_000)
    for number in range(1, MINE + 1):
        expect(page.locator(".num").filter(has_text=str(number)).first).to_be_visible()
        stem = "\n".join(page.locator(".stem p").all_inner_texts())
        page.keyboard.press(str(keys[stem]).lower())
        expect(page.locator(".saved")).to_contain_text("已送达")
        page.keyboard.press("ArrowRight")


def close(officer: Desk, exam: Exam) -> None:
    """Whoever did not come is absent, and whoever did not hand in has what has arrived."""
    officer.go(f"{OFFICE}exams/{exam.code}/")
    officer.reads("申时雨", "已交卷")
    officer.page.get_by_role("link", name="全场收卷").click()
    officer.page.get_by_label("原因").fill("应到人员都已交卷，一人没有到场。")
    officer.page.get_by_label("我知道收卷后不能恢复作答").check()
    officer.press("确认全场收卷")
    officer.reads("已收卷")


def await_marks(count: int) -> None:
    """Closing is the lane's, marking the worker's."""
    until = time.monotonic() + 40
    while Score.objects.filter(event="exam").count() < count:
        assert time.monotonic() < until, "not everything is marked"
        time.sleep(0.3)


def hand_in(contestant: Desk) -> None:
    contestant.press("交卷")
    contestant.press("确认交卷")
    expect(contestant.page.get_by_role("heading", name="已交卷")).to_be_visible(timeout=20_000)
    contestant.reads("与本机计算一致")
