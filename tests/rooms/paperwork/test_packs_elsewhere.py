"""Packs of seasons unlike the one that tests/rooms/paperwork/test_packs.py plants."""

from __future__ import annotations

import io
import zipfile

import pytest

from leitai.kernel.errors import DomainError
from leitai.paperwork import printing
from leitai.paperwork.material import answers
from leitai.people.models import Person
from leitai.registration.enums import State
from leitai.registration.models import Registration
from tests.factories import people as make
from tests.factories import registrations, results
from tests.factories.results import at_final, at_heat, held
from tests.rooms.paperwork.test_packs import HOLDERS, archived, made, sheet_rows, start, words_of

pytestmark = pytest.mark.django_db


def test_nothing_is_made_of_what_is_not_confirmed():
    season = at_heat()
    for pack, stage, code in (
        ("score-book", "heat", "paperwork_no_result"),
        ("award-list", "", "paperwork_no_awards"),
        ("honours", "", "paperwork_no_awards"),
        ("staff-cards", "", "paperwork_no_staff"),
    ):
        with pytest.raises(DomainError) as refused:
            made(season, pack, "xlsx" if pack != "staff-cards" else "pdf", stage)
        assert refused.value.code == code


def test_awards_hang_on_the_stage_that_decides_them_not_on_the_last(monkeypatch):
    """Works that are sent up stand behind the final in the order and decide nothing."""
    later = """  upward:
    title: 推荐上报
    method: nomination
    quota: {per: delegation, count: 1, source: 各推荐1名}
awards:"""
    monkeypatch.setattr(results, "TEXT", results.TEXT.replace("awards:", later, 1))
    season = at_final()
    held(season, "final")
    rows = sheet_rows(made(season, "award-list", "xlsx"))
    assert [row[:3] for row in rows[2:] if row[0]] == HOLDERS
    assert "奖项未定" not in words_of(made(season, "summary", "docx"))


def test_a_card_has_the_photograph_that_was_handed_in():
    """Two people of whom one brought a portrait: one picture is on the sheet."""
    season = registrations.opened()
    held_in = registrations.submitted(season)
    assert answers.portraits(season, [held_in.person_id]) == {}  # not before the form has passed
    Registration.objects.filter(pk=held_in.pk).update(state=State.PASSED)
    (photo,) = answers.portraits(season, [held_in.person_id]).values()
    assert photo.data.startswith(b"\xff\xd8")
    cards = [
        {"name": "乌兰", "lines": [["编号", "1"]], "picture": "1.jpeg"},
        {"name": "巴特尔", "lines": [["编号", "2"]], "picture": ""},
    ]
    told = {"title": "证", "season": "赛", "stage": "", "kind": "选手证", "issuer": "某局"}
    sheet = {**told, "photo": "照片", "cards": cards}
    data = printing.badges(sheet, {"1.jpeg": photo.data})
    assert data.count(b"/Subtype/Image") == 1
    office = make.actor("office", season=season.code, unit="15/")
    cards_of = start(season, office, "league")
    assert cards_of.count(b"/Subtype/Image") == 1


def test_the_photograph_of_who_registered_is_on_the_staff_card():
    """Two with a duty of whom one registered: one picture, and a framed blank."""
    season = registrations.opened()
    held_in = registrations.submitted(season)
    Registration.objects.filter(pk=held_in.pk).update(state=State.PASSED)
    leader = make.account("leader-1", "team_leader", season=season.code, unit="15")
    make.account("judge-1", "judge", season=season.code, unit="15")
    office = make.actor("office", season=season.code, unit="15/")
    assert made(season, "staff-cards", "pdf", actor=office).count(b"/Subtype/Image") == 0
    Person.objects.filter(pk=held_in.person_id).update(account=leader)
    assert made(season, "staff-cards", "pdf", actor=office).count(b"/Subtype/Image") == 1


def test_the_summary_of_an_activity_says_that_word_once(monkeypatch):
    """As 2022年度…练兵比武活动 is called."""
    named = results.TEXT.replace("练兵比武\n", "练兵比武活动\n", 1)
    monkeypatch.setattr(results, "TEXT", named)
    season = at_final()
    held(season, "final")
    said = words_of(made(season, "summary", "docx")).replace("\n", "")
    assert said.startswith("2022年度窗口业务练兵比武活动总结（草稿）")


def test_the_archive_says_what_it_lacks_and_why():
    season = at_heat()
    with zipfile.ZipFile(io.BytesIO(archived(season))) as archive:
        about = archive.read("说明.txt").decode()
    assert "未收入的材料：" in about
    assert "总决赛成绩册（pdf）：总决赛的成绩尚未确认，暂不能生成成绩册。请先确认成绩。" in about
