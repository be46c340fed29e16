"""The pictures of docs/screens, which show the house to its builders."""

from __future__ import annotations

from picturing.shots import Shot, click, keys, link, see, wait

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
DONE, NOW = "sichuan-2022", "open-now"
WHY = (click("[hx-get*='/why/']", at=3), wait(600))
SIT = (
    link("进入考室"),
    click(".stem"),
    keys("b", "ArrowRight", "c", "ArrowRight", "a", "ArrowRight", "m", "ArrowRight", "d"),
)
CONSOLE = (link("统一在线比试"), wait(2500))
_SHOTS = [
    Shot("season", "", f"/s/{DONE}/", size="desktop phone"),
    Shot("rules", "", f"/s/{DONE}/rules/"),
    Shot("results", "", f"/s/{DONE}/results/advancement/", WHY, whole=True),
    Shot("results", "", f"/s/{DONE}/results/advancement/", size="phone"),
    Shot("verify", "", "/c/", size="desktop phone"),
    Shot("sign-in", "", "/account/login/", size="phone"),
    Shot("mine", "contestant", "/me/", size="desktop phone", whole=True),
    Shot("exam", "contestant", "/me/", SIT, size="desktop phone"),
    Shot("console", "exam", f"/office/{NOW}/exams/", CONSOLE),
    Shot("office", "office", f"/office/{DONE}/", size="desktop phone"),
    Shot("office-results", "office", f"/office/{DONE}/results/final/"),
    Shot("ledger", "supervisor", f"/ledger/{DONE}/"),
    Shot("bank", "writer", "/bank/"),
    Shot("act", "leader", "/acts/", (link("作废证书"), see("批准并办理"))),
    Shot("committee", "office", f"/office/{NOW}/committee/"),
    Shot("units", "manager", "/units/"),
    Shot("roster", "manager", "/rosters/5101-02/", size="desktop phone"),
    Shot("inbox", "contestant", "/inbox/", size="phone"),
    Shot("complaints", "supervisor", "/complaints/1/"),
    Shot("complain", "", f"/complain/?season={NOW}", size="phone"),
    Shot("draw", "", f"/s/{NOW}/draws/1/", (see("已在本机重算"),), size="desktop phone"),
    Shot("draw-hall", "", f"/s/{NOW}/draws/3/display/"),
    Shot("checkpoint", "supervisor", f"/ledger/{NOW}/checkpoint/"),
    Shot("components", "", "/design/"),
]
SHOTS = [
    Shot(f"{one.name}-{size}", one.who, one.path, one.first, size, whole=one.whole)
    for one in _SHOTS
    for size in one.size.split()
]
