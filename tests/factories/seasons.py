"""A season of the packaged rulebook, brought as far as a test needs it."""

from __future__ import annotations

from datetime import UTC, datetime

from leitai.base.actor import Actor
from leitai.seasons import selectors, services
from leitai.seasons.models import Entry, Season
from leitai.units import services as units
from tests.factories import people
from tests.factories.units import HOUSE, csv_file, load_packaged

CODE = "sichuan-2022"
AT = datetime(2022, 4, 1, 1, 0, tzinfo=UTC)
OFFICE = people.actor("office", season=CODE)
WINDOWS = {
    "selection": (datetime(2022, 4, 1, tzinfo=UTC), datetime(2022, 6, 10, 10, 0, tzinfo=UTC)),
    "advancement": (
        datetime(2022, 7, 15, 1, 30, tzinfo=UTC),
        datetime(2022, 7, 15, 3, 0, tzinfo=UTC),
    ),
    "final": (datetime(2022, 8, 18, 1, 30, tzinfo=UTC), datetime(2022, 8, 18, 3, 0, tzinfo=UTC)),
}


def draft() -> Season:
    """A season that exists, with the packaged tree and its delegations; nothing else is done."""
    load_packaged()
    season = services.create_season(actor=HOUSE, rulebook=CODE, at=AT)
    law = selectors.rulebook_of(season)
    units.make_delegations(actor=HOUSE, season_code=season.code, rulebook=law, at=AT)
    return season


def confirm_all(season: Season, actor: Actor = OFFICE) -> None:
    for state in selectors.open_assumptions(season):
        services.confirm_assumption(actor=actor, season=season, key=state.key, at=AT)


def set_windows(season: Season, actor: Actor = OFFICE) -> None:
    for name, (opens_at, closes_at) in WINDOWS.items():
        services.set_window(
            actor=actor, season=season, name=name, opens_at=opens_at, closes_at=closes_at, at=AT
        )


def opened() -> Season:
    """A season that runs: every assumption confirmed, every window set within the notice."""
    season = draft()
    confirm_all(season)
    set_windows(season)
    return services.open_season(actor=OFFICE, season=season, at=AT)


def eligible(codes: list[str]) -> None:
    """Give people what the notice asks for, as platforms would send it."""
    rows = ["person,kind,key,value,from,to,source"]
    for code in codes:
        rows.append(f"{code},title,日日学之星,,2022-05-31,,学习平台")
        rows.append(f"{code},points,周周练,1000,2022-05-31,,学习平台")
    services.import_facts(actor=HOUSE, source=csv_file("\n".join(rows), "facts.csv"), at=AT)


def nominated(season: Season, unit: str, count: int) -> list[Entry]:
    """So many eligible people of a unit, entered for its delegation."""
    listed = [person.code for person in people.people(unit, count)]
    eligible(listed)
    report = services.nominate(
        actor=OFFICE, season=season, stage="selection", delegation=unit, people=listed, at=AT
    )
    return list(report.accepted)
