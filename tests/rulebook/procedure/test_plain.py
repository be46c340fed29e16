"""The clauses that an organiser proof-reads, and what is never left out of them."""

import re

import pytest

from leitai.rulebook.plain.procedure import sections
from leitai.rulebook.plain.words import Words
from leitai.rulebook.source import read_path
from tests.rulebook.procedure.builders import ANNEXES, DEADLINES


def clauses(rules, lang="zh"):
    return {
        clause.path: clause
        for section in sections(Words(rules, lang))
        for clause in section.clauses
        if clause.path
    }


def test_a_soft_date_says_that_it_does_not_bind():
    found = clauses(ANNEXES)
    assert found["calendar.region"].text == (
        "自治区赛：暂定于2022年4月举办，具体时间、地点另行通知；以后续通知为准；"
        "按通常理解为2022年4月1日至4月30日；确定日期前不作为截止时间。"
    )
    assert (
        found["calendar.contacts"].text == "报送联络人员信息表：3月20日前；2022年3月20日24:00截止。"
    )
    assert "尚无确定日期，不能据此截止" in found["forms.entry"].text
    assert found["calendar.works"].source.startswith("从通知下发之日起开始征集")


def test_forms_draws_publicity_and_appeals():
    forms = clauses(ANNEXES)
    assert forms["forms.project.fields[8]"].text.startswith(
        "项目执行过程：必填，可分段填写，300字以内，应体现"
    )
    assert forms["forms.entry.fields[17]"].text == (
        "盟市主管部门推荐意见：必填，可分段填写，由代表队填写，盟市主管部门盖章，注明日期。"
    )
    assert forms["publicity.picks"].assumption == "publicity-length"
    found = clauses(DEADLINES)
    assert found["publicity.selection"].text == (
        "入选名单公示：通过官方网站公示入选选手名单，"
        "公示期自公示发布起5个工作日（当日不计，末日24:00止），联系方式：组委会办公室。"
    )
    assert found["appeals.event.levels[1]"].text == (
        "对处理结果不服的，可自收到处理决定起1个工作日内（当日不计，末日24:00止）"
        "向组委会提出，其决定为最终决定。"
    )
    assert found["draws.order"].text.startswith("决赛顺序抽签：抽签决定决赛出场顺序，重新抽签")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rules", [ANNEXES, DEADLINES], ids=["annexes", "deadlines"])
def test_every_clause_is_a_sentence_about_a_place(rules, lang):
    for path, clause in clauses(rules, lang).items():
        assert clause.text.endswith(("。", "."))
        assert "  " not in clause.text
        assert "None" not in clause.text
        assert not re.search("，，|，。|、。|：。", clause.text), clause.text
        assert read_path(path)[0] in (
            "calendar",
            "holidays",
            "forms",
            "draws",
            "publicity",
            "appeals",
        )


def test_every_rule_has_a_clause():
    found = clauses(DEADLINES)
    for part in ("calendar", "forms", "draws", "publicity", "appeals"):
        for name in getattr(DEADLINES, part):
            assert f"{part}.{name}" in found
    assert "holidays" in found
