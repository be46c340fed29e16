"""What systems of an upper or lower level read with a token: entries, and the upward lists."""

from __future__ import annotations

from typing import Final

from leitai.api.models import Token
from leitai.api.schemas import EntryOut, Named, Paged, UpwardDetail, UpwardLineOut, UpwardOut
from leitai.api.selectors.paging import page_of, page_of_list, place_of
from leitai.api.selectors.seasons import delegation
from leitai.base.actor import system
from leitai.kernel.errors import DomainError
from leitai.people.models import Person
from leitai.results import selectors as results
from leitai.results.enums import UpwardState
from leitai.results.models import UpwardList, UpwardRow
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Entry, Season

READER: Final = system("api")  # the token was asked for its right before
GIVEN: Final = (UpwardState.FROZEN, UpwardState.SENT)


def season_of(token: Token, code: str) -> Season:
    """The token's own season; raises DomainError("api_token_season") for another one."""
    if token.season.code != code:
        raise DomainError("api_token_season", season=token.season.code)
    return token.season


def page_of_entries(token: Token, code: str, stage: str, number: int) -> Paged[EntryOut]:
    """Who stands in a stage, by delegation."""
    held = seasons.get_stage(season_of(token, code), stage)
    rows = seasons.list_entries(held).select_related("person__unit", "delegation__unit")
    page = page_of(rows, number)
    return Paged[EntryOut](items=[_entry(one) for one in page], **place_of(page))


def page_of_upward(token: Token, code: str, number: int) -> Paged[UpwardOut]:
    """Lists that are frozen or sent; a draft is nobody else's business."""
    season_of(token, code)
    lists = [one for one in results.upwards_page(READER, code).lists if one.state in GIVEN]
    page = page_of_list(lists, number)
    return Paged[UpwardOut](items=[_upward(one, _count(one)) for one in page], **place_of(page))


def upward_detail(token: Token, code: str, number: int, *, stage: str, page: int) -> UpwardDetail:
    """The rows of one list, of all stages or of one."""
    season_of(token, code)
    held = results.get_upward_for(READER, code, number)
    if held.state not in GIVEN:
        raise DomainError("not_found")
    rows = held.rows.select_related(
        "entry__person__unit", "entry__delegation__unit", "entry__stage"
    ).order_by("position")
    shown = page_of(rows.filter(entry__stage__code=stage) if stage else rows, page)
    return UpwardDetail(
        about=_upward(held, rows.count()),
        items=[_line(one) for one in shown],
        **place_of(shown),
    )


def _home(person: Person) -> Named:
    return Named(code=person.unit.code, name=person.unit.name)


def _entry(entry: Entry) -> EntryOut:
    return EntryOut(
        code=entry.code,
        track=entry.track,
        name=entry.name,
        unit=_home(entry.person),
        delegation=delegation(entry.delegation),
        kind=entry.as_kind,
        state=entry.state,
        entered_at=entry.entered_at,
    )


def _count(upward: UpwardList) -> int:
    """As `upwards_page` has counted it."""
    return int(getattr(upward, "count", 0))


def _upward(upward: UpwardList, count: int) -> UpwardOut:
    return UpwardOut(
        number=upward.number,
        title=upward.title,
        to=upward.to,
        goal=upward.goal,
        state=upward.state,
        digest=upward.digest,
        frozen_at=upward.frozen_at,
        sent_at=upward.sent_at,
        count=count,
    )


def _line(row: UpwardRow) -> UpwardLineOut:
    return UpwardLineOut(
        position=row.position,
        code=row.entry.code,
        stage=row.entry.stage.code,
        track=row.entry.track,
        name=row.entry.name,
        unit=_home(row.entry.person),
        delegation=delegation(row.entry.delegation),
        kind=row.kind,
        rank=row.rank,
        total=row.total,
        note=row.note,
    )
