"""The pictures of docs/guides: the pages that each guide describes, as its reader meets them."""

from __future__ import annotations

from picturing.shots import Shot, click, go, keys, link, open_all, press, put, see, top, wait

SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
DONE, NOW = "sichuan-2022", "open-now"
ENTERING, SEMIFINAL = "entering-now", "inner-mongolia-2022"
OFFICE, UNIT = f"/office/{ENTERING}/", f"/unit/{ENTERING}/"
RULES = f"{OFFICE}rules/"
QUOTA = f"{RULES}1/edit/?path=stages.league.quota"
WHY = "[hx-get*='/why/']"

OFFICE_SHOTS = [
    Shot("office-overview", "northoffice", OFFICE),
    Shot("office-prepare", "northoffice", f"{OFFICE}prepare/"),
    Shot("office-order", "northoffice", f"{OFFICE}orders/", (link("关于报送联络人员信息"),)),
    Shot("office-local", "northoffice", f"{OFFICE}local/league/"),
    Shot(
        "office-review",
        "northoffice",
        f"{OFFICE}registration/?state=submitted",
        (click("main tbody a"),),
    ),
    Shot("office-notice", "office", f"/office/{DONE}/notices/", (link("拟获奖名单公示"),)),
    Shot(
        "office-results",
        "northoffice",
        f"/office/{SEMIFINAL}/results/semifinal/",
        (click(WHY, at=2), see("名次理由"), wait(600)),
    ),
    Shot("office-exams", "exam", f"/office/{NOW}/exams/"),
    Shot("office-console", "exam", f"/office/{NOW}/exams/", (link("统一在线比试"), wait(2500))),
    Shot("office-moving", "northoffice", f"/office/{SEMIFINAL}/moving/"),
    Shot(
        "office-design",
        "office",
        f"/office/{DONE}/certificates/",
        (link("版式与文字人社知识通"), see("此奖项共"), wait(600)),
    ),
]
CONTEST_SHOTS = [
    Shot("contest-steps", "county", "/contests/", (link("业务知识竞赛"),)),
    Shot("contest-done", "county", "/contests/", (link("窗口服务技能比赛"),)),
    Shot(
        "contest-preflight",
        "county",
        "/contests/",
        (link("服务礼仪比赛"), link("奖项与证书"), link("印前检查"), see("处须处理")),
    ),
]
CONTESTANT_SHOTS = [
    Shot("contestant-mine", "contestant", "/me/", size="phone"),
    Shot(
        "contestant-exam",
        "contestant",
        "/me/",
        (
            link("进入考室"),
            click(".stem"),
            keys("b", "ArrowRight", "c", "ArrowRight", "m", "a"),
        ),
        size="phone",
    ),
    Shot("contestant-result", "contestant", "/me/", (open_all, top("^全省晋级赛成绩"))),
]
LEARNER_SHOTS = [
    Shot("learner-today", "contestant", f"/practice/{NOW}/", size="phone"),
    Shot("learner-map", "contestant", f"/practice/{NOW}/map/", size="phone"),
]
PUBLIC_SHOTS = [
    Shot("public-home", "", f"/s/{DONE}/home/"),
    Shot("public-notice", "", f"/s/{DONE}/notices/", (link("拟获奖名单公示"),)),
    Shot("public-objections", "", f"/s/{DONE}/objections/", size="phone"),
    Shot("public-verify", "", "/c/SICHUAN-2022-SCHOLAR-0001/", size="phone"),
    Shot("public-draw", "", f"/s/{NOW}/draws/1/", (see("已在本机重算"),), size="phone"),
    Shot(
        "public-results",
        "",
        f"/s/{DONE}/results/advancement/",
        (click(WHY, at=3), see("名次理由"), wait(600)),
    ),
]
PUBLICITY_SHOTS = [
    Shot("publicity-desk", "publicity", f"/office/{DONE}/news/"),
    Shot("publicity-article", "publicity", f"/office/{DONE}/news/articles/", (link("练兵笔记"),)),
]
SUPERVISOR_SHOTS = [
    Shot("supervisor-home", "supervisor", f"/supervision/{DONE}/"),
    Shot("supervisor-ledger", "supervisor", f"/ledger/{NOW}/"),
    Shot("supervisor-act", "leader", "/acts/", (link("作废证书"), see("批准并办理"))),
    Shot("supervisor-objection", "supervisor", f"/office/{DONE}/objections/1/"),
]
UNIT_SHOTS = [
    Shot("unit-roster", "manager", "/rosters/5101-02/"),
    Shot("unit-slips", "manager", "/people/slips/?unit=5101-02"),
    Shot("unit-order", "northunit", f"{UNIT}orders/", (link("参赛回执"),), size="phone"),
    Shot("unit-registration", "northunit", f"{UNIT}registration/"),
    Shot("unit-form", "northunit", f"{UNIT}registration/", (link("修改"),)),
]
OPERATOR_SHOTS = [
    Shot("operator-state", "operator", "/state/"),
    Shot("operator-appointments", "security", "/appointments/"),
]
JUDGED, LIVE = f"/office/{SEMIFINAL}/judging/", f"/office/{SEMIFINAL}/live/"
MATCH = "基层公共就业服务人员竞赛抢答赛"
ON, TOLD = "基层公共就业服务人员情景再现", "职业指导人员情景再现"  # runs; is announced
JUDGE_SHOTS = [
    Shot("judge-queue", "judge", "/judging/", (link(ON),), size="phone"),
    Shot(
        "judge-sheet",
        "judge",
        "/judging/",
        (link(ON), click(".queue .now a"), wait(600)),
        size="phone",
    ),
]
TALLY_SHOTS = [
    Shot("tally-desk", "tally", JUDGED, (link(TOLD),)),
    Shot("tally-table", "tally", JUDGED, (link(TOLD), link("统分表"))),
    Shot("tally-paper", "tally", JUDGED, (link(ON), link("纸质录入"))),
]
STAGE_SHOTS = [
    Shot("stage-calls", "stage", JUDGED, (link(ON), link("候赛"))),
    Shot("stage-clock", "stage", JUDGED, (link(ON), link("计时"))),
]
# The match is opened, a question put on stage, a judge named: the hall then shows all of it.
HOST_SHOTS = [
    Shot("host-match", "host", LIVE, (link(MATCH),)),
    Shot(
        "host-console",
        "host",
        f"/live/{SEMIFINAL}/m2/host/",
        (
            see("已接通"),
            press("开始抢答"),
            press("出题"),
            put("#host-strip", "岳望舒｜评委组长"),
            press("显示"),
            click(".host-seat", at=2),
            wait(600),
        ),
    ),
    Shot("host-hall", "host", f"/live/{SEMIFINAL}/m2/hall/", (see("评委组长"), wait(600))),
]
# They change the demonstration's rules into a draft: the last ones.
ORGANISER_SHOTS = [
    Shot(
        "organiser-draft",
        "northoffice",
        RULES,
        (
            press("开始修改"),
            go(QUOTA),
            put("#in-count", "2"),
            press("保存"),
            see("已作的修改"),
            go(f"{RULES}1/"),
        ),
    ),
    Shot("organiser-adopt", "northoffice", f"{RULES}1/adopt/"),
]
# The contestant goes first: the console then shows a seat that is taken.
SHOTS = [
    *CONTESTANT_SHOTS,
    *LEARNER_SHOTS,
    *OFFICE_SHOTS,
    *CONTEST_SHOTS,
    *PUBLIC_SHOTS,
    *PUBLICITY_SHOTS,
    *SUPERVISOR_SHOTS,
    *UNIT_SHOTS,
    *OPERATOR_SHOTS,
    *JUDGE_SHOTS,
    *TALLY_SHOTS,
    *STAGE_SHOTS,
    *HOST_SHOTS,
    *ORGANISER_SHOTS,
]
