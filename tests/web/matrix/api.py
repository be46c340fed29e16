"""A notice, a draw by hand, a frozen list for the level above and a token, each the first."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from leitai.api import services
from leitai.notices import services as notices
from leitai.notices.services import Draft
from leitai.results import services as results
from leitai.results.models import UpwardList
from leitai.results.services import UpwardLine
from leitai.seasons import services as seasons
from tests.factories import draws as make
from tests.factories import people
from tests.world import Held, World

FORMS = {"api:tokens": {"label": "省平台读取报送名单", "days": "30"}}
_ROWS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
NO_PAGE = {pattern for pattern in _ROWS if pattern.startswith("/api/")}


def things(world: World, place: str) -> dict[str, Any]:
    held = world.home if place == "own" else world.away
    made = services.make_token(
        actor=held.office, season=held.season, label="省平台", days=30, at=world.now
    )
    published(held, world.now)
    drawn(held, world.now)
    upward(held, world.now)
    return {"number": 1, "token": made.token.pk, "code": "5101"}


def published(held: Held, now: datetime) -> int:
    draft = Draft("period", "晋级赛成绩公示", "现予公示。", subject="stage-result:heat", within=5)
    made = notices.draft_notice(actor=held.office, season=held.season, draft=draft, at=now)
    return notices.publish_notice(actor=held.office, notice=made, at=now).number


def drawn(held: Held, now: datetime) -> int:
    draw = seasons.open_hand_draw(
        actor=people.actor("office", season=held.season.code, account="77"),
        season=held.season,
        purpose="出场次序",
        roster=make.ROSTER,
        absent_rule="last",
        at=now,
    )
    return draw.number


def upward(held: Held, now: datetime, *, freeze: bool = True) -> UpwardList:
    """The best two of the heat, in this order."""
    stage = held.season.stages.get(code="heat")
    made = results.begin_upward_list(
        actor=held.office,
        season=held.season,
        goal="",
        title="报送名单",
        to="上级组委会",
        at=now,
    )
    chosen = [stage.entries.get(code=f"2022-{short}") for short in ("5101-1", "51-province-1")]
    lines = [UpwardLine(one.pk, "selected") for one in chosen]
    results.write_upward_list(actor=held.office, upward=made, lines=lines, at=now)
    if freeze:
        made = results.freeze_upward_list(actor=held.office, upward=made, at=now)
    return made
