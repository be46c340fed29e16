"""A light contest that reaches beyond itself: held elsewhere, for a stage above, ranking units."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from leitai.results.selectors import standing_result
from leitai.rulebook.data import MAIN
from leitai.seasons.models import LightContest, LocalStage
from leitai.seasons.services import import_facts, set_window
from leitai.sittings.models import Exam
from tests.factories import people
from tests.factories import seasons as make
from tests.factories.units import HOUSE, csv_file
from tests.web.test_light import (
    QUESTIONS,
    Walk,
    keys_of,
    manager,
    moment,
    roster,
    sit,
    types_of,
    xlsx,
)

pytestmark = pytest.mark.django_db
__all__ = ["manager"]


def test_a_contest_held_elsewhere_is_when_the_calendar_says(manager):
    walk = Walk(manager)
    walk.found(template="reported")
    walk.post("roster", {"roster": roster("左清扬", "江未晚")})
    day = timezone.localdate() + timedelta(days=3)
    walk.post("time", {"opens_at": f"{day}T09:00", "minutes": "45"})
    walk.post("go", {})
    held = LightContest.objects.get()
    begins = moment(f"{day + timedelta(days=1)}T09:00")
    set_window(
        actor=people.actor("office", season=walk.code, unit="51/5103/"),
        season=held.season,
        name="contest",
        opens_at=begins,
        closes_at=begins + timedelta(hours=2),
        reason="场地冲突",
        at=datetime.now(UTC),
    )
    held.refresh_from_db()
    assert (held.opens_at, held.closes_at) == (begins, begins + timedelta(hours=2))


def test_scores_of_a_contest_held_elsewhere_come_as_a_list(manager):
    walk = Walk(manager)
    walk.found(template="reported", first="1", second="0")
    walk.post("roster", {"roster": roster("左清扬", "江未晚")})
    soon = datetime.now(UTC) + timedelta(hours=20)
    walk.post("time", {"opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "minutes": "120"})
    walk.post("go", {})
    wrong = xlsx([("姓名", "成绩"), ("左清扬", "91.555"), ("无此人", "88")])
    answer = manager.post(f"/contests/{walk.code}/scores/", {"scores": wrong})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "成绩“91.555”不合格式" in said
    assert "参赛名单中没有“无此人”" in said
    walk.post("scores", {"scores": xlsx([("姓名", "成绩"), ("左清扬", 88.5), ("江未晚", 91)])})
    assert '<td class="r">88.50</td>' in walk.post("rank", {})
    rows = standing_result(walk.code, "contest").standings.filter(board=MAIN)
    assert list(rows.order_by("position").values_list("entry__person__name", "total")) == [
        ("江未晚", "91"),
        ("左清扬", "177/2"),
    ]


def test_a_contest_for_a_stage_above_reports_its_list_there(client):
    season = make.opened()
    office = people.account("zigong", "local_office", unit="5103", season=make.CODE)
    client.force_login(office)
    soon = datetime.now(UTC) - timedelta(days=1)
    plan = {"how": "exam", "opens_at": soon.strftime("%Y-%m-%dT%H:%M")}
    plan["closes_at"] = (soon + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    own = f"/office/{make.CODE}/local/selection/5103/"
    assert client.post(own, plan).status_code == 302
    link = f"?season={make.CODE}&amp;stage=selection&amp;team=5103"
    assert link in client.get(own).content.decode()
    begun = client.get(f"/contests/?season={make.CODE}&stage=selection&team=5103")
    assert "与四川人社窗口单位业务技能练兵比武相同的赛制" in begun.content.decode()
    walk = Walk(client)
    past = people.people("5103", 1)[0]
    past.name = "谷雨生"
    past.save()
    rows = "person,kind,key,value,from,to,source\n"
    rows += f"{past.code},contest,练兵比武全国总决赛,,2019-09-20,,档案\n"
    import_facts(actor=HOUSE, source=csv_file(rows), at=make.AT)
    form = {"title": "自贡市选拔赛", "template": "reported", "unit": "5103"}
    form |= {"first": "0", "second": "0", "third": "0"}
    answer = client.post(f"/contests/?season={make.CODE}&stage=selection&team=5103", form)
    walk.code = answer.headers["Location"].split("/")[2]
    # The season above does not take who was in a national final, and says so with its sentence.
    page = walk.post("roster", {"roster": roster("左清扬", "江未晚", "谷雨生")}, status=200)
    assert "谷雨生不能参加上级比赛" in page
    assert "全国总决赛和全国法治知识竞赛现场比试的" in page
    assert past.code not in LightContest.objects.get().people
    ahead = datetime.now(UTC) + timedelta(hours=20)
    walk.post("time", {"opens_at": ahead.strftime("%Y-%m-%dT%H:%M"), "minutes": "60"})
    walk.post("go", {})
    board = LocalStage.objects.filter(stage__season=season)
    assert board.get().opens_at == ahead.replace(second=0, microsecond=0) - timedelta(hours=8)
    board.update(opens_at=soon, closes_at=soon + timedelta(hours=2))  # as if it were over
    walk.post("scores", {"scores": xlsx([("姓名", "成绩"), ("左清扬", 88.5), ("江未晚", 91)])})
    walk.post("rank", {})
    held = LocalStage.objects.get(stage__season=season)
    assert held.contest == walk.code
    assert held.results == [["1", "江未晚", "自贡市", "91"], ["2", "左清扬", "自贡市", "88.5"]]
    assert "江未晚" in client.get(own).content.decode()


def test_units_are_ranked_by_the_mean_of_their_people(manager):
    walk = Walk(manager)
    walk.found(template="teams")
    rows = [
        ("姓名", "单位代码"),
        ("左清扬", "510302"),
        ("江未晚", "510302"),
        ("谷雨生", "510303"),
    ]
    walk.post("roster", {"roster": xlsx(rows)})
    walk.post("questions", {"questions": xlsx(QUESTIONS, "题库.xlsx")})
    paper = {"count-single": "2", "points-single": "30"}
    walk.post("paper", paper | {"count-truefalse": "2", "points-truefalse": "20"})
    soon = datetime.now(UTC) + timedelta(hours=20)
    walk.post("time", {"opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "minutes": "30"})
    walk.post("go", {})
    exam = Exam.objects.get(stage__season__code=walk.code)
    keys, types = keys_of(exam), types_of(exam)
    singles = {number: key for number, key in keys.items() if types[number] == "single"}
    sit(exam, {"左清扬": keys, "江未晚": {}, "谷雨生": singles})
    walk.post("rank", {})
    teams = standing_result(walk.code, "contest").teams.order_by("position")
    # (100 + 0) / 2 = 50 is less than 60.
    assert list(teams.values_list("delegation__unit__code", "total")) == [
        ("510303", "60"),
        ("510302", "50"),
    ]
