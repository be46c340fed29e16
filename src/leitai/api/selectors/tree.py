"""The organisation tree, for those who hold an appointment over a part of it."""

from __future__ import annotations

from leitai.api.schemas import Named, Paged, UnitDetail, UnitOut
from leitai.api.selectors.paging import page_of, place_of
from leitai.base.actor import Actor
from leitai.units import selectors as units
from leitai.units.models import Unit
from leitai.units.selectors import UnitQuery


def page_of_units(viewer: Actor, query: UnitQuery, number: int) -> Paged[UnitOut]:
    """Those of the viewer's subtrees; raises DomainError("forbidden") for who has none."""
    page = page_of(units.list_units_for(viewer, query.known()), number)
    return Paged[UnitOut](items=[_unit(one) for one in page], **place_of(page))


def unit_detail(viewer: Actor, code: str) -> UnitDetail:
    unit = units.get_unit_for(viewer, code)
    page = units.unit_page(viewer, unit)
    return UnitDetail(
        **_unit(unit).model_dump(),
        opened_on=unit.opened_on,
        closed_on=unit.closed_on,
        successor=unit.successor.code if unit.successor else "",
        above=[_named(one) for one in page.crumbs],
        children=[_named(one) for one in (*page.places, *page.bodies)],
        more=page.more,
        below=page.below,
    )


def _named(unit: Unit) -> Named:
    return Named(code=unit.code, name=unit.name)


def _unit(unit: Unit) -> UnitOut:
    above = unit.path.rstrip("/").split("/")[:-1]
    return UnitOut(
        code=unit.code,
        name=unit.name,
        level=unit.level,
        kind=unit.kind,
        body_kind=unit.body_kind,
        window=unit.window,
        state=unit.state,
        parent=above[-1] if above else "",
        path=unit.path,
    )
