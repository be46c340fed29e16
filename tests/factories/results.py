"""A whole small season with marks that are worked out by hand in the tests' comments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leitai import rulebook
from leitai.base.actor import Actor
from leitai.results import services
from leitai.results.models import StageResult
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Season
from leitai.seasons.services import NewScore
from leitai.units import selectors
from leitai.units import services as units
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged

AT = datetime(2022, 7, 18, 2, 0, tzinfo=UTC)
CODE = "small-contest"
TEXT = (Path(__file__).parent / "small-contest.yaml").read_text(encoding="utf-8")
OFFICE: Actor = make.actor("office", season=CODE, unit="51/", account="7")
HOMES = {"5101": 3, "5103": 3, "5104": 3, "51-province": 2}

# entry number → (hundredths, multiple's hundredths, seconds). Sums of two: 成都 185.00, 自贡 180.00,
# 攀枝花 170.00, 省本级 183.00.
HEAT: Mapping[str, tuple[int, int, int]] = {
    "5101-1": (9500, 3600, 3000),
    "5101-2": (9000, 3400, 3000),
    "5101-3": (6000, 2000, 3000),
    "5103-1": (9000, 3600, 3000),
    "5103-2": (9000, 3400, 2800),
    "5103-3": (7000, 2000, 3000),
    "5104-1": (9000, 3400, 3100),
    "5104-2": (8000, 3000, 3000),
    "5104-3": (5000, 2000, 3000),
    "51-province-1": (9200, 3400, 3000),
    "51-province-2": (9100, 3400, 3000),
}
# In the final: 5101 and 5103 as teams of two, 51-province-1 and -2 as individuals (ranks 2 and 3).
FINAL: Mapping[str, tuple[int, int, int]] = {
    "5101-1": (8800, 3200, 3000),
    "5101-2": (8600, 3200, 3000),
    "5103-1": (9400, 3600, 3000),
    "5103-2": (8500, 3000, 3000),
    "51-province-1": (9000, 3400, 3000),
    "51-province-2": (7000, 2000, 3000),
}


def entry(short: str) -> str:
    """`5101-2` → the entry's code as nominations number it."""
    return f"2022-{short}"


def open_season() -> Season:
    """Open, with everybody nominated and confirmed in the first stage."""
    load_packaged()
    season = seasons.create_season(actor=HOUSE, rulebook=TEXT, at=make.SINCE)
    law = rulebook.load(TEXT)
    units.make_delegations(actor=OFFICE, season_code=CODE, rulebook=law, at=make.SINCE)
    for key in law.assumptions:
        seasons.confirm_assumption(actor=OFFICE, season=season, key=key, at=make.SINCE)
    for name in law.calendar:
        seasons.set_window(
            actor=OFFICE,
            season=season,
            name=name,
            opens_at=make.SINCE,
            closes_at=make.SINCE + timedelta(days=150),
            at=make.SINCE,
        )
    season = seasons.open_season(actor=OFFICE, season=season, at=make.SINCE)
    for unit, count in HOMES.items():
        codes = [person.code for person in make.people(unit, count)]
        seasons.nominate(
            actor=OFFICE,
            season=season,
            stage="selection",
            delegation=unit,
            people=codes,
            at=make.SINCE,
        )
    seasons.confirm_entries(actor=OFFICE, season=season, stage="selection", at=make.SINCE)
    return season


def more_people(season: Season, count: int) -> None:
    """Further entries of 5104 in the first stage, beyond the quota that the service would keep."""
    stage = season.stages.get(code="selection")
    delegation = selectors.get_delegation(CODE, "5104")
    Entry.objects.bulk_create(
        Entry(
            stage=stage,
            track="individual",
            code=entry(f"5104-{number}"),
            person=person,
            delegation=delegation,
            state="confirmed",
            entered_at=AT,
        )
        for number, person in enumerate(make.people("5104", count, prefix="more"), start=4)
    )


def held(season: Season, stage: str, *, publish: bool = False) -> StageResult:
    """Compute and confirm (and publish) a stage."""
    result = services.compute_stage(actor=OFFICE, season=season, stage=stage, at=AT)
    result = services.confirm_result(actor=OFFICE, result=result, at=AT)
    return services.publish_result(actor=OFFICE, result=result, at=AT) if publish else result


def score(season: Season, stage: str, marks: Mapping[str, tuple[int, int, int]]) -> None:
    seasons.record_scores(
        actor=OFFICE,
        season=season,
        stage=stage,
        event="exam",
        scores=[
            NewScore(entry(short), value, 2, f"test:{short}", {"multiple": multiple, "seconds": s})
            for short, (value, multiple, s) in marks.items()
        ],
        at=AT,
    )


def absent(season: Season, stage: str, short: str) -> None:
    seasons.record_scores(
        actor=OFFICE,
        season=season,
        stage=stage,
        event="exam",
        scores=[NewScore(entry(short), 0, 2, f"test:{short}", status="absent")],
        at=AT,
    )


def at_heat(marks: Mapping[str, tuple[int, int, int]] = HEAT) -> Season:
    """A season whose second stage has been marked."""
    season = open_season()
    held(season, "selection")
    score(season, "heat", marks)
    return season


def at_final(*, publish: bool = False) -> Season:
    """A season whose last stage has been marked, the one before confirmed."""
    season = at_heat()
    held(season, "heat", publish=publish)
    score(season, "final", FINAL)
    return season
