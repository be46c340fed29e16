"""The five forms of seed A: filled in, and with every kind of mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.rulebook.model import Asked, Form, FormField
from leitai.rulebook.procedure import FileIn, check_answers
from leitai.rulebook.texts import text_of
from tests.rulebook.procedure.builders import ANNEXES

ID = "110101199003070097"  # 1×7+1×9+0+1×5+0+1×4+1×2+9×1+9×6+0+0+3×9+0+7×5+0+0+9×2 = 170; 170 mod 11 = 5 → 7
CONTACT = {
    "league": "甲盟",
    "contacts": (
        {
            "name": "张一",
            "unit": "甲盟就业服务中心",
            "mobile": "13800000000",
            "landline": "0471-6200000",
        },
        {"name": "", "unit": ""},
        {"name": "李二", "unit": "甲盟人社局", "mobile": "+86 13800000001"},
    ),
    "filled-by": "张一",
    "phone": "0471-6200000-12",
    "filled-on": "2022-03-18",
}
ENTRY = {
    "league": "甲盟",
    "filled-on": "2022-03-28",
    "track": "职业指导人员竞赛",
    "name": "王三",
    "sex": "女",
    "photo": FileIn("王三.JPG", 20_000),
    "born": "1990-03-07",
    "ethnic": "蒙古族",
    "id-number": ID,
    "politics": "群众",
    "unit": "某旗就业服务中心",
    "post": "科员",
    "mobile": "13800000002",
    "email": "wang.san@example.cn",
    "opinion": "同意推荐。",
}
PROJECT = {
    "league": "乙市",
    "submitter": "赵四",
    "phone": "13800000003",
    "filled-on": "2022-04-01",
    "name": "零工驿站",
    "place": "乙市某区",
    "period": ("2021-03", "2022-02"),
    "unit": "乙市就业服务中心",
    "process": "一" * 299 + "。",
    "results": "PPT " * 300,
    "evidence": ({"what": "某某文件"}, {}, {"what": "视频一部"}),
    "opinion": "同意报送。",
}


def wrong(form, answers, **options):
    problems = check_answers(ANNEXES.forms[form], answers, **options)
    for problem in problems:
        assert text_of(problem)
        assert text_of(problem, "en")
    return {(problem.place, problem.code) for problem in problems}


def test_the_forms_are_the_annexes():
    assert [(form.annex, form.title, len(form.fields)) for form in ANNEXES.forms.values()] == [
        ("附件2", "盟市级联络人员信息表", 5),
        ("附件3", "自治区赛参赛人员报名表", 18),
        ("附件4", "优秀就业服务项目参评表", 12),
        ("附件5", "优秀就业服务成果参评表", 9),
        ("附件6", "优秀就业服务案例参评表", 15),
    ]
    limits = {
        field.title: field.words
        for form in ANNEXES.forms.values()
        for field in form.fields
        if field.words
    }
    assert limits == {"项目执行过程": 300, "项目执行结果": 300, "成果介绍": 1000}
    seals = [field.seal for form in ANNEXES.forms.values() for field in form.fields if field.seal]
    assert seals == ["盟市主管部门", "盟市级组委会", "盟市公共就业服务部门"]


@pytest.mark.parametrize(
    ("form", "answers"), [("contact", CONTACT), ("entry", ENTRY), ("project", PROJECT)]
)
def test_a_form_in_order(form, answers):
    assert wrong(form, answers) == set()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"league": " "}, {("league", "answer_missing")}),
        ({"surname": "王"}, {("surname", "answer_unknown")}),
        ({"track": "其他"}, {("track", "answer_not_option")}),
        ({"photo": FileIn("王三.pdf", 1)}, {("photo", "answer_file_type")}),
        (
            {"photo": FileIn("王三", 0)},
            {("photo", "answer_file_type"), ("photo", "answer_file_empty")},
        ),
        ({"photo": "王三.jpg"}, {("photo", "answer_shape")}),
        ({"born": "1990-02-30"}, {("born", "answer_not_date")}),
        ({"born": "1990.3.7"}, {("born", "answer_not_date")}),
        ({"id-number": ID[:-1] + "X"}, {("id-number", "answer_not_id_number")}),
        ({"id-number": "110101199013070097"}, {("id-number", "answer_not_id_number")}),
        ({"mobile": "1380000000"}, {("mobile", "answer_not_mobile")}),
        ({"landline": "13800000002"}, {("landline", "answer_not_landline")}),
        ({"email": "wang@"}, {("email", "answer_not_email")}),
        ({"name": "王\n三"}, {("name", "answer_lines")}),
        ({"name": ("王三",)}, {("name", "answer_shape")}),
        ({"unit": "字" * 100_001}, {("unit", "answer_long")}),
        ({"opinion": None}, {("opinion", "answer_missing")}),
    ],
)
def test_mistakes_of_a_registration(change, expected):
    assert wrong("entry", {**ENTRY, **change}) == expected


def test_each_side_fills_in_its_own():
    mine = {key: value for key, value in ENTRY.items() if key != "opinion"}
    assert wrong("entry", mine, by="entrant") == set()
    assert wrong("entry", mine, by="delegation") == {("opinion", "answer_missing")}
    assert wrong("entry", mine) == {("opinion", "answer_missing")}


def test_300_characters():
    assert wrong("project", {**PROJECT, "process": "一" * 300 + "。"}) == {
        ("process", "answer_words_over")
    }
    assert wrong("project", {**PROJECT, "results": "PPT " * 301}) == {
        ("results", "answer_words_over")
    }
    problem = check_answers(ANNEXES.forms["project"], {**PROJECT, "process": "一" * 301})[0]
    assert text_of(problem) == "process: “项目执行过程”共301字，限300字以内。请精简。"


def test_months_and_tables():
    assert wrong("project", {**PROJECT, "period": ("2022-02", "2021-03")}) == {
        ("period", "answer_backwards")
    }
    assert wrong("project", {**PROJECT, "period": ("2021-13", "2021-3")}) == {
        ("period[0]", "answer_not_month"),
        ("period[1]", "answer_not_month"),
    }
    assert wrong("project", {**PROJECT, "period": "2021-03"}) == {("period", "answer_shape")}
    assert wrong("project", {**PROJECT, "evidence": ({"what": "甲"},) * 8}) == {
        ("evidence", "answer_many")
    }
    row = {"name": "张一", "unit": "甲", "mobile": "0471-6200000", "age": "3"}
    assert wrong("contact", {**CONTACT, "contacts": (row,)}) == {
        ("contacts[0].mobile", "answer_not_mobile"),
        ("contacts[0].age", "answer_unknown"),
    }
    full = {"name": "张一", "unit": "甲", "mobile": "13800000000"}
    assert wrong("contact", {**CONTACT, "contacts": (full,) * 6}) == {("contacts", "answer_many")}
    assert wrong("contact", {**CONTACT, "contacts": ({"name": ""},)}) == {
        ("contacts", "answer_missing")
    }
    assert wrong("contact", {**CONTACT, "contacts": ("张一",)}) == {
        ("contacts[0]", "answer_shape"),
        ("contacts", "answer_missing"),
    }


SURVEY = Form(
    "意向表",
    "consent",
    (
        FormField("agree", "参赛承诺", "yes-no", required=True, options=("yes",)),
        FormField("graduate", "是否应届毕业生", "yes-no"),
        FormField("home", "生源地", required=True, asked_if=Asked("graduate", ("yes",))),
        FormField(
            "topics",
            "擅长内容",
            "choices",
            options=("政策", "经办", "咨询"),
            count=2,
            count_least=1,
        ),
        FormField("age", "年龄", "number", least=18, most=60),
        FormField("when", "起止日期", "dates"),
        FormField("team", "队员", "persons", count=2),
        FormField("films", "视频", "files", count=2, size_mb=1, types=("mp4",)),
        FormField("motto", "口号", words=10, words_least=4),
    ),
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, set()),
        ({"agree": "no"}, {("agree", "answer_not_agreed")}),
        ({"agree": "是"}, {("agree", "answer_not_yes_no")}),
        ({"graduate": "yes"}, {("home", "answer_missing")}),
        ({"graduate": "yes", "home": "甲市"}, set()),
        ({"graduate": "no", "home": "甲市"}, {("home", "answer_not_asked")}),
        ({"topics": ()}, {("topics", "answer_missing")}),
        ({"topics": ("政策", "政策")}, {("topics[1]", "answer_twice")}),
        (
            {"topics": ("政策", "", "其他")},
            {
                ("topics", "answer_many"),
                ("topics[1]", "answer_missing"),
                ("topics[2]", "answer_not_option"),
            },
        ),
        ({"topics": "政策"}, {("topics", "answer_shape")}),
        ({"age": "17.5"}, {("age", "answer_under")}),
        ({"age": "61"}, {("age", "answer_over")}),
        ({"age": "六十"}, {("age", "answer_not_number")}),
        ({"when": ("2022-03-02", "2022-03-01")}, {("when", "answer_backwards")}),
        ({"when": ("2022-03-02", 5)}, {("when[1]", "answer_shape")}),
        ({"team": ("甲", "乙", "丙")}, {("team", "answer_many")}),
        (
            {"films": (FileIn("a.mp4", 1024 * 1024), FileIn("b.MP4", 1024 * 1024 + 1))},
            {("films[1]", "answer_file_size")},
        ),
        ({"motto": "加油"}, {("motto", "answer_words_under")}),
        ({"motto": "一二三四五六七八九十。"}, {("motto", "answer_words_over")}),
    ],
)
def test_other_kinds(change, expected):
    answers = {"agree": "yes", "topics": ("政策",), **change}
    found = {(problem.place, problem.code) for problem in check_answers(SURVEY, answers)}
    assert found == expected


ANY = st.recursive(
    st.one_of(
        st.none(),
        st.integers(),
        st.text(max_size=8),
        st.booleans(),
        st.builds(FileIn, st.text(max_size=6), st.integers()),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=4), inner, max_size=3),
    ),
    max_leaves=8,
)


@given(st.data())
def test_no_answer_breaks_the_checker(data):
    for form in (*ANNEXES.forms.values(), SURVEY):
        ids = [field.id for field in form.fields]
        answers = data.draw(st.dictionaries(st.sampled_from([*ids, "?"]), ANY, max_size=4))
        for problem in check_answers(form, answers):
            assert text_of(problem)
