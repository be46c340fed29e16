"""Published results as far as the season's rules show them to the public (DESIGN law 11).

Always as a stranger sees them, whoever asks: the answer is the same for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TypedDict

from leitai.api.schemas import (
    AdvancementOut,
    AwardOut,
    BoardOut,
    LineOut,
    Named,
    Paged,
    ResultOut,
    Titled,
)
from leitai.api.selectors.paging import checked, page_of, page_of_list, place_of
from leitai.api.selectors.seasons import delegation, public_season
from leitai.base.actor import NOBODY
from leitai.kernel.errors import DomainError
from leitai.results import selectors as results
from leitai.results.models import Advancement, Award, StageResult
from leitai.results.selectors import Line
from leitai.rulebook.data import MAIN, TEAMS, team_board
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons


class _Of(TypedDict):
    """Which version of a result a table is of."""

    stage: str
    version: int
    state: str
    digest: str


def page_of_results(code: str, number: int) -> Paged[ResultOut]:
    """The published stages in their order."""
    page = page_of_list(_visible(code), number)
    return Paged[ResultOut](items=[_result(one) for one in page], **place_of(page))


def result_detail(code: str, stage: str) -> ResultOut:
    return _result(_public_result(code, stage))


def people_board(code: str, stage: str, *, track: str, team: str, page: int) -> BoardOut:
    """Everybody's ranks, or those inside the delegation `team`."""
    result = _public_result(code, stage)
    law = _law_of(result)
    table = results.person_table(
        result,
        law,
        _track(result, law, track),
        board=team_board(team) if team else MAIN,
        page=page,
    )
    if table.page is None:
        raise DomainError("not_found")
    shown = checked(table.page, page)
    return BoardOut(
        items=[_line(one) for one in table.lines],
        track=table.track,
        board=table.board,
        **_of(result),
        **place_of(shown),
    )


def teams_board(code: str, stage: str, *, track: str, page: int) -> BoardOut:
    """The delegations as teams; empty where the stage ranks none."""
    result = _public_result(code, stage)
    law = _law_of(result)
    table = results.team_table(result, law, _track(result, law, track))
    shown = page_of_list(table.lines, page)
    return BoardOut(
        items=[_line(one) for one in shown],
        track=table.track,
        board=TEAMS,
        **_of(result),
        **place_of(shown),
    )


def page_of_advancement(code: str, stage: str, number: int) -> Paged[AdvancementOut]:
    """Who goes on from a stage."""
    result = _public_result(code, stage)
    rows = result.advancements.select_related("entry__person", "entry__delegation__unit")
    page = page_of(rows.order_by("pk"), number)
    return Paged[AdvancementOut](items=[_advancement(one) for one in page], **place_of(page))


def page_of_awards(code: str, number: int) -> Paged[AwardOut]:
    """The awards of every published result, the season's own last."""
    rows = [
        result.awards.select_related("entry__person", "delegation__unit", "result__stage").order_by(
            "position"
        )
        for result in _visible(code)
    ]
    page = page_of_list(list(chain.from_iterable(rows)), number)
    return Paged[AwardOut](items=[_award(one) for one in page], **place_of(page))


def _visible(code: str) -> Sequence[StageResult]:
    public_season(code)
    found = results.published_stages(code)
    return [one for one in found if results.sight_of(NOBODY, one).tables]


def _public_result(code: str, stage: str) -> StageResult:
    """Raises DomainError("not_found"): nobody learns that something unpublished exists."""
    public_season(code)
    return results.get_result_for(NOBODY, code, stage)


def _law_of(result: StageResult) -> Rulebook:
    """The rules that the result was decided by."""
    return seasons.parse(result.rulebook.hash, result.rulebook.text)


def _track(result: StageResult, law: Rulebook, asked: str) -> str:
    """The one asked for, else the first that has a ranking here."""
    if asked and asked not in law.tracks:
        raise DomainError("track_unknown", track=asked)
    return asked or next(iter((*results.tracks_of(result, law), *law.tracks)))


def _of(result: StageResult) -> _Of:
    return _Of(
        stage=result.stage.code,
        version=result.version,
        state=result.state,
        digest=result.outcome_digest,
    )


def _result(result: StageResult) -> ResultOut:
    law = _law_of(result)
    return ResultOut(
        **_of(result),
        title=result.stage.title,
        published_at=result.published_at,
        final_at=result.final_at,
        rulebook=result.rulebook_hash,
        tracks=[
            Titled(code=code, title=law.tracks[code].title)
            for code in results.tracks_of(result, law)
        ],
        teams=law.stages[result.stage.code].team is not None,
    )


def _line(line: Line) -> LineOut:
    home = Named(code=line.delegation_code, name=line.delegation) if line.delegation else None
    return LineOut(
        rank=line.rank,
        code=line.key,
        name=line.name,
        delegation=home,
        guest=line.guest,
        total=line.total,
        marks=[mark.word for mark in line.marks],
    )


def _advancement(row: Advancement) -> AdvancementOut:
    return AdvancementOut(
        to_stage=row.to_stage,
        track=row.track,
        code=row.entry.code,
        name=row.entry.name,
        delegation=delegation(row.entry.delegation),
        way=row.as_kind,
    )


def _award(row: Award) -> AwardOut:
    holder = row.entry.name if row.entry else row.delegation.name
    return AwardOut(
        award=row.award,
        title=row.title,
        stage=row.result.stage.code,
        track=row.entry.track if row.entry else "",
        holder=holder,
        entry=row.entry.code if row.entry else "",
        delegation=delegation(row.delegation),
    )
