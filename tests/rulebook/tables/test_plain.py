"""A rulebook in plain words: every rule a clause, in the order of a notice, in two languages."""

import dataclasses
import re

import pytest

from leitai.kernel import canonical
from leitai.rulebook import load, loading, packaged, plain
from leitai.rulebook.model import Rulebook
from leitai.rulebook.plain.keys import has_title
from leitai.rulebook.plain.render import numeral
from leitai.rulebook.schema import key_of

SLIPS = re.compile("，，|，。|、。|：。|；。|。。|；；|：；|（）|，；|？。|“”")
SICHUAN = load(packaged("sichuan-2022"), name="sichuan-2022.yaml")
RICH = """\
rulebook: 1
id: rich
title: 全能比武
year: 2026
theme: 练兵
host: {unit: "15", name: 自治区人社厅}
bodies:
  arbiters: {title: 监督仲裁组, members: 纪检干部3人, duties: 受理申诉}
delegations:
  also:
    - {unit: a, name: 甲市}
    - {unit: b, name: 乙市}
    - {unit: g, name: 区本级, guest: true}
tracks:
  guidance: {title: 职业指导}
  grassroots: {title: 劳动保障}
facts:
  age: {title: 年龄, unit: 岁}
  group: {title: 组别, values: [甲组, 乙组]}
beyond: {national: {title: 全国赛}}
events:
  theory: {title: 理论, kind: exam, max: 100, minutes: 90, decimals: 1, sitting: {mode: on-site, late_minutes: 30}}
  show: {title: 展示, max: 100, decimals: 1}
  scene: {title: 情景, max: 45, decimals: 1}
stages:
  semi:
    title: 半决赛
    events: [theory, show]
    quota: {per: delegation, count: 2, least: 1, tracks: [guidance]}
    caps: [{per: unit, count: 1}]
    bars:
      - {id: age, title: 年龄, require: {is: {kind: age, most: 60}}}
      - id: past
        title: 往届
        refuse: {all: [{has: {kind: contest, key: 全国赛, since: 2019}}, {not: {has: {kind: group, key: 甲组}}}]}
        tracks: [grassroots]
    roster: {players: 3, substitutes: 1, leader: extra, slots: [{title: 队长, require: {has: {kind: title, key: 能手}}}], cover: [{title: 青年, where: {is: {kind: age, under: 40}}, least: 2}]}
    absent: zero
    qualify: [{of: theory, least: 60}]
    total: {weights: {theory: "50%", show: "50%"}, base: 10, round: {decimals: 2}}
    ranking: {keys: [total, theory, -fact:age], at_lines: [show], unbroken: draw, distinct: [{ranks: [1, 3], unbroken: playoff}]}
    boards: {young: {title: 青年榜, where: {is: {kind: age, under: 35}}, per: group}}
    advance:
      - {to: final, top: 7, guests: skip, confirm: committee, reserves: 2, fill: next, unbroken: confirmation, tracks: [guidance]}
      - {to: final, share: {share: "30%", round: down}, guests: include, tracks: [grassroots], cap: [{per: unit, count: 1}]}
      - {to: final, up_to: 20, except: already, guests: include}
  final:
    title: 决赛
    events: [scene]
    held: {least: 4}
    total: {sum: [scene], carry: [{from: semi, share: "40%"}]}
    figures: {own: {title: 决赛成绩, sum: [scene], decimals: 1}}
    ranking: {keys: [total, own, stage:semi.theory], unbroken: vote}
    advance:
      - {to: national, as: recommended, top: 1, per: track, guests: skip}
awards:
  - {id: first, title: 一等奖, to: person, stage: final, ranks: [1, 2]}
  - {id: second, title: 二等奖, to: person, stage: final, share: {share: "20%", round: half-up}, unless: [first]}
  - {id: rest, title: 优胜奖, to: person, stage: final, rest: true, unless: [first, second]}
  - {id: line, title: 达标奖, to: person, stage: semi, least: 60}
  - {id: org, title: 组织奖, to: person, stage: final, decided: arbiters, count: 3}
honours:
  - {id: cash, title: 奖金, kind: money, amount: 3000, awards: [first]}
  - {id: medal, title: 五一劳动奖章, kind: honour, stage: final, ranks: [1, 1], given_by: 总工会, where: {is: {kind: age, least: 18}}}
visibility:
  final: {public: list, contestant: own, unit: own, committee: all, supervisor: all}
assumptions:
  weights: {question: 两部分各占多少？, chosen: 各半。, confirm: arbiters, concerns: [stages.semi.total]}
"""


@pytest.fixture(scope="module")
def rich():
    from leitai.kernel.errors import Problems
    from leitai.rulebook.texts import text_of

    try:
        return load(RICH, name="rich.yaml")
    except Problems as error:
        pytest.fail(text_of(error, "en"))


def clauses(rules, lang="zh"):
    return {
        clause.path: clause.text
        for section in plain.write(rules, lang)
        for clause in section.clauses
    }


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("title", "全能比武（2026年）。"),
        ("bodies.arbiters", "监督仲裁组：纪检干部3人；受理申诉。"),
        ("delegations.also[2]", "区本级参加并计成绩，不占名额；能否晋级、获奖，见各条规定。"),
        ("events.theory", "理论：考试；满分100分；成绩最多1位小数；限时90分钟。"),
        ("events.theory.sitting", "理论：现场集中进行；迟到超过30分钟按缺考处理。"),
        ("stages.semi.quota", "职业指导：每个代表队限2名选手，不少于1名。"),
        ("stages.semi.caps[0]", "各赛项每个单位限1名选手。"),
        ("stages.semi.bars[0]", "年龄：须年龄不超过60岁，方可参加。"),
        ("stages.semi.bars[1]", "劳动保障：往届：2019年以来参加过全国赛，且组别不是“甲组”的，不得参加。"),
        ("stages.semi.roster", "每队上场3人，替补1人，另设领队1人。"),
        ("stages.semi.roster.slots[0]", "1号席位：队长，须已获得“能手”。"),
        ("stages.semi.qualify[0]", "理论不足60分的，不参加排名。"),
        ("stages.semi.total", "总分＝基础分10分＋理论×50%＋展示×50%，四舍五入保留2位小数。"),
        ("stages.semi.absent", "缺考、缺席的科目按0分计。"),
        ("stages.semi.ranking", ("各赛项分别排名，依次比较总分、理论、年龄（小者、早者在前）；仍相同且影响晋级的，再比较展示；"
         "仍相同且影响晋级的，抽签确定先后。")),
        ("stages.semi.ranking.distinct[0]", "第1至3名不得并列；各项均相同的，加赛确定先后。"),
        ("stages.semi.boards.young", "另设青年榜：按组别分别排名，只排年龄低于35岁的。"),
        ("stages.semi.advance[0]", ("职业指导：前7名选手进入决赛；区本级选手不参加；有人不能参加的，由后一名依次递补；"
         "另列2名递补选手；界线处同分的，由组委会确认先后；经组委会确认后生效。")),
        ("stages.semi.advance[1]", ("劳动保障：名次居参赛选手总数的30%（舍去小数）以内的选手进入决赛；"
         "每个单位至多1名；区本级选手可以参加；有人不能参加的，由后一名依次递补。")),
        ("stages.final.total", "总分＝情景＋半决赛总分×40%。"),
        ("stages.final.figures.own", "决赛成绩＝情景，保留1位小数。"),
        ("stages.final.ranking", "各赛项分别排名，依次比较总分、决赛成绩、半决赛理论；仍相同且影响晋级或奖项的，表决确定先后。"),
        ("stages.final.advance[0]", "每个赛项第1名选手被推荐参加全国赛；区本级选手不参加；有人不能参加的，由后一名依次递补。"),
        ("awards.first", "一等奖：授予决赛各赛项第1至2名；区本级选手参评。"),
        ("awards.second", ("二等奖：按决赛各赛项参赛选手总数的20%（四舍五入取整）设奖；"
         "已获一等奖的，依次顺延；区本级选手参评。")),
        ("awards.rest", "优胜奖：授予决赛各赛项其余全部选手；已获一等奖、二等奖的除外；区本级选手参评。"),
        ("awards.line", "达标奖：授予半决赛各赛项总分达到60分的选手；区本级选手参评。"),
        ("awards.org", "组织奖：授予个人，由监督仲裁组评定，共3名。"),
        ("honours.cash", "奖金（3000元）：授予一等奖获得者。"),
        ("honours.medal", "五一劳动奖章（荣誉）：授予决赛各赛项第1名；须年龄不低于18岁；由总工会按规定程序办理。"),
        ("assumptions.weights", "问题：两部分各占多少？暂定：各半。（须由监督仲裁组确认）"),
    ],
)  # fmt: skip
def test_a_rule_in_chinese(rich, path, text):
    assert clauses(rich)[path] == text


def test_the_open_question_stands_at_the_rule_that_it_concerns(rich):
    found = {
        clause.path: clause.assumption
        for section in plain.write(rich)
        for clause in section.clauses
    }
    assert found["stages.semi.total"] == "weights"


def test_sections_stand_in_the_order_of_a_notice():
    titles = [section.title for section in plain.write(SICHUAN)]
    expected = [
        "竞赛概况", "参赛单位和赛项", "时间安排", "比赛科目", "市（州）选拔赛", "全省晋级赛", "全省总决赛",
        "奖项", "成绩公开", "待确认事项",
    ]  # fmt: skip
    assert [title for title in titles if title in expected] == expected


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [*loading.library(), "rich"])
def test_every_clause_is_a_sentence_with_a_place(name, lang):
    rules = load(RICH if name == "rich" else packaged(name), name=f"{name}.yaml")
    stop = (".", "。", "）", ")", "：", ":")
    for section in plain.write(rules, lang):
        assert section.title
        for clause in section.clauses:
            assert clause.text.endswith(stop), clause
            assert clause.path, clause
            assert "None" not in clause.text
            assert "  " not in clause.text


@pytest.mark.parametrize("name", loading.library())
def test_the_chinese_page_has_no_names_for_programs_and_no_slips(name):
    rules = load(packaged(name), name=f"{name}.yaml")
    for section in plain.write(rules):
        texts = [clause.text for clause in section.clauses]
        assert len(texts) == len(set(texts)), section
        for text in texts:
            said = re.sub(r"https?://[^\s（）、。]+", "网址", text)
            assert not SLIPS.search(said), said
            assert set(re.findall(r"[a-z][a-z0-9_-]*", said)) <= {"jpg", "png", "pdf"}, said


@pytest.mark.parametrize("name", loading.library())
def test_every_source_and_every_open_question_is_shown(name):
    rules = load(packaged(name), name=f"{name}.yaml")
    clauses = [clause for section in plain.write(rules) for clause in section.clauses]
    shown = {source for clause in clauses for source in clause.source.splitlines()}
    assert set(quoted(canonical.decode(rules.canonical))) - shown == set()
    rest = [clause for clause in clauses if not clause.path.startswith("assumptions.")]
    assert {name for clause in rest for name in clause.questions} == set(rules.assumptions)


def quoted(part):
    """Find every sentence of the notice that a rulebook quotes."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "source":
                yield value
            else:
                yield from quoted(value)
    elif isinstance(part, list):
        for value in part:
            yield from quoted(value)


def test_defaults_are_not_said_as_if_the_notice_said_them():
    head = "rulebook: 1\ntitle: 竞赛\n"
    one = load(f"{head}draws: {{order: {{title: 抽签, of: order}}}}\n")
    two = load(f"{head}draws: {{order: {{title: 抽签, of: order, absent: organiser}}}}\n")
    assert clauses(one)["draws.order"] == "抽签：抽签决定出场顺序。"
    assert clauses(two)["draws.order"] == "抽签：抽签决定出场顺序，未到场抽签的，由主办方代抽。"
    assert "stages.contest.absent" not in clauses(one)


def test_what_decides_nothing_is_not_said():
    """Where no place hangs on a tie, its answer is not said; moving up, only where places are."""
    text = (
        "rulebook: 1\ntitle: 竞赛\nevents: {score: {title: 成绩}}\n"
        "stages: {contest: {title: 比赛, events: [score], ranking: {unbroken: draw}%s}}\n"
    )
    go = ", advance: [{to: up, as: recommended, %s}]"
    beyond = "beyond: {up: {title: 省赛}}\n"
    assert clauses(load(text % ""))["stages.contest.ranking"] == (
        "按总分排名；总分相同的，名次并列。"
    )
    found = clauses(load(text % (go % "take: everyone") + beyond))
    assert found["stages.contest.advance[0]"] == "全部选手被推荐参加省赛。"
    found = clauses(load(text % (go % "top: 3") + beyond))
    assert found["stages.contest.ranking"] == "按总分排名；相同且影响晋级的，抽签确定先后。"
    assert found["stages.contest.advance[0]"] == (
        "前3名选手被推荐参加省赛；有人不能参加的，由后一名依次递补。"
    )


def test_an_open_question_stands_at_the_nearest_clause():
    text = RICH.replace("concerns: [stages.semi.total]", "concerns: [stages.semi.total.weights]")
    sections = plain.write(load(text, name="rich.yaml"))
    found = {one.path: one.questions for section in sections for one in section.clauses}
    assert found["stages.semi.total"] == ("weights",)


def test_every_sentence_of_the_notice_stands_on_the_page():
    text = plain.text(SICHUAN)
    for source in ("分别选拔产生40名参加全省晋级赛选手", "已获得全国“人社知识通”称号的"):
        assert f"原文：{source}" in text
    assert "待确认：第4、5项" in text
    page = plain.html(SICHUAN)
    assert '<a class="open" href="#assumptions.team-ties">待确认：第4项</a>' in page
    assert '<a class="open" href="#assumptions.short-team">待确认：第5项</a>' in page


def test_the_page_is_html_that_says_no_more_than_it_should():
    rules = load('rulebook: 1\ntitle: "<script>alert(1)</script>&"\n')
    page = plain.html(rules)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    page = plain.html(SICHUAN)
    assert page.startswith("<!doctype html>")
    assert "src=" not in page
    assert 'href="http' not in page
    ids = [part.partition('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    for target in [part.partition('"')[0] for part in page.split('href="#')[1:]]:
        assert target in ids


def test_numerals():
    assert [numeral(n) for n in (1, 9, 10, 11, 20, 21, 99)] == [
        "一", "九", "十", "十一", "二十", "二十一", "九十九"
    ]  # fmt: skip


def test_every_key_of_the_language_has_a_chinese_name():
    """Comparisons and the editor show these; a new key gets its name in plain/keys.py."""
    missing = set()
    todo, seen = [Rulebook], set()
    while todo:
        cls = todo.pop()
        if cls in seen:
            continue
        seen.add(cls)
        for field in dataclasses.fields(cls):
            name = key_of(field.name)
            given = field.name in getattr(cls, "GIVEN", ())
            if not given and not has_title(cls.__name__, name):
                missing.add(f"{cls.__name__}.{name}")
        todo += list(parts(cls))
    assert missing == set()


def parts(cls):
    import typing

    todo = list(typing.get_type_hints(cls, include_extras=True).values())
    while todo:
        kind = todo.pop()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            yield kind
        todo += typing.get_args(kind)
