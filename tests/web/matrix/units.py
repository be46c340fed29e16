"""What the routes of the organisation tree are asked with."""

from __future__ import annotations

from typing import Any

from leitai.units.models import UnitImport
from tests.world import World

FORMS = {
    "units:create": {"kind": "body", "name": "职业技能鉴定中心"},
    "units:edit": {"window": "on", "opened_on": "2001-03-01"},
    "units:rename": {"name": "新城市", "reason": "区划调整"},
    "units:move": {"to": "51", "reason": "区划调整"},
    "units:merge": {"to": "5104", "reason": "区划调整"},
    "units:close": {"reason": "区划调整"},
    "units:reopen": {"reason": "区划调整"},
    "units:delegation-new": {"unit": "510104", "carve": "on"},
    "units:delegation-part": {"delegation": "5101", "unit": "510104", "carved_out": "1"},
    "units:delegation-remove": {"delegation": "5101"},
}


def things(world: World, place: str) -> dict[str, Any]:
    del place  # an import belongs to whoever made it, wherever that is
    row = {"code": "510199", "parent": "5101", "name": "某县", "level": "county"}
    draft = UnitImport.objects.create(
        name="单位.csv",
        state="ready",
        rows=[[2, row]],
        counts={"rows": 1, "created": 1, "wrong": 0},
        plan="shown",
        by=str(world.accounts["unit_manager"].pk),
        at=world.now,
    )
    return {"draft": draft.pk}
