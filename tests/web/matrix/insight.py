"""The home season has practice for the room's routes; 成都's bureau; a report issued, one in draft."""

from __future__ import annotations

from datetime import date
from typing import Any

from leitai import rulebook
from leitai.insight import services
from leitai.kernel import canonical
from leitai.seasons.models import RulebookVersion, Season
from tests.factories import people as make
from tests.factories.results import TEXT
from tests.world import AWAY, HOME, World

PRACTICE = """
practice:
  source: 开展岗位练兵活动
  ledgers:
    daily: {title: 日日学}
  acts:
    daily:
      title: 日日学
      credits:
        - {ledger: daily, points: "1"}
"""
AWARD = """
  - id: organisation
    title: 优秀组织奖
    to: team
    stage: final
    decided: committee
    rubric: {lines: {spirit: {title: 组织发动, of: hand, max: 5}}}
"""
_REPORT = {
    "title": "参学情况通报",
    "number": "练通9号",
    "to": "各单位",
    "wording": "参学{{参学人数}}人。",
    "signer": "四川省人力资源和社会保障厅",
}
_DAYS = {"first": "2022-04-04", "last": "2022-04-10", "dated": "2022-04-11"}
FORMS = {
    "insight:report-new": _REPORT | _DAYS,
    "insight:report-edit": _REPORT | _DAYS,
    "insight:rubric-why": {"line": "spirit", "points": "4", "reason": "动员到位"},
}
NO_PAGE = {
    "/figures/<slug:season>/<str:unit>/figures.xlsx",
    "/figures/<slug:season>/<str:unit>/reports/<int:issued>/paper.<str:ending>",
    "/office/<slug:season>/organisation/<slug:award>/rubric.xlsx",
    "/office/<slug:season>/reports/<int:report>/archive.zip",
    "/office/<slug:season>/reports/<int:report>/<int:position>/paper.<str:ending>",
}


def things(world: World, place: str) -> dict[str, Any]:
    code = HOME if place == "own" else AWAY
    text = TEXT.replace("\nawards:\n", f"\nawards:{AWARD}") + PRACTICE
    rulebook.load(text)  # as it would be accepted
    version, _ = RulebookVersion.objects.get_or_create(
        hash=f"practice-{len(text)}",
        defaults={"text": text, "canonical": canonical.encode(text), "added_at": world.now},
    )
    Season.objects.filter(code=code).update(rulebook=version)
    season = Season.objects.get(code=code)
    office = make.actor("office", season=code, account="900007")
    days = {name: date.fromisoformat(value) for name, value in _DAYS.items()}
    draft = services.Draft(**_REPORT | days)
    report = services.draft_report(actor=office, season=season, draft=draft, at=world.now)
    services.issue_report(actor=office, report=report, at=world.now)
    services.make_report(report.pk, at=world.now)
    free = services.Draft(**_REPORT | days | {"number": "练通8号"})
    other = services.draft_report(actor=office, season=season, draft=free, at=world.now)
    return {
        "unit": "5101-rsj" if place == "own" else "5103",
        "report": report.pk,
        "draft": other.pk,
        "award": "organisation",
        "position": 1,
        "issued": report.copies.get().pk,
        "ending": "docx",
    }
